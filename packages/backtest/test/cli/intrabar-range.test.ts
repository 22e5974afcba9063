/** `zanzibar backtest --intrabar range` and `--inside`. Oracle: the runs of each policy alone, and the ticks of which the bars were made. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { intrabarPolicies } from '../../src/simulator/intrabar.ts';
import { strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('range'), random = randomStream(5, 'prices');
let cents = 10_000;
/** A trade every ten seconds, a day long. */
const prices = Array.from({ length: 8640 }, () => (cents += random.integer(-3, 3)) / 100);
const trades = folder.write('gold.csv', `time,price,size\n${prices.map((price, i) => `${new Date(Date.parse('2024-01-08T00:00:00Z') + 10_000 * i).toISOString()},${price},1`).join('\n')}\n`);
const strategy = folder.write('probe.mjs', strategyText({
  sources: "({ m10: { kind: 'bars', interval: 600e9, price: 'trade' } })",
  decide: 'if (now.kind === "bar" && account.position() === 0) { const price = now.columns.close[now.row]; actions.submit({ side: 1, quantity: 1, stop: price - 0.07, target: price + 0.07 }); }',
}));
const bars = join(folder.root, 'bars.csv'), data = ['--data', bars, '--interval', '10m', '--time', 'open', '--symbol', 'GOLD', '--tick', '0.01', '--calendar', '24x7', '--trials', 'none'];
const backtest = async (...more: string[]): Promise<any> => {
  const { code, out, error } = await zanzibar(['backtest', strategy, ...data, '--json', '--quiet', ...more]);
  expect([code, error]).toEqual([0, '']);
  return JSON.parse(out).data;
};

test('the range has the run of each policy, its own result is that of the pessimistic one, and the warning tells the spread', async () => {
  expect((await zanzibar(['bars', '--data', trades, '--every', '10m', '--price', 'trade', '--out', bars, '--quiet'])).code).toBe(0);
  const plain = await backtest(), { intrabar, orderHash, summary } = await backtest('--intrabar', 'range');
  expect(orderHash).toBe(plain.orderHash);
  expect(intrabar.policies.map(({ policy }: { policy: string }) => policy)).toEqual(intrabarPolicies);
  for (const each of intrabar.policies) {
    const alone = await backtest('--intrabar', each.policy);
    expect(each).toMatchObject({ orderHash: alone.orderHash, ambiguousBars: alone.summary.manifest.counters.ambiguousBars, resolvedBars: 0, figures: { totalReturn: alone.summary.metrics.figures.totalReturn.value } });
    expect(each.ambiguousBars).toBeGreaterThan(5);
  }
  const { lowest, highest } = intrabar.figures.totalReturn;
  expect(lowest).toBeLessThan(highest);
  expect(summary.warnings.map(({ code }: { code: string }) => code)).toContain('intrabarRange');
  expect([intrabar.isBound, intrabar.reason]).toEqual([false, 'the strategy is closed loop: a fill may change what it decides later']);
});

test('on a terminal every policy has its line', async () => {
  const { out } = await zanzibar(['backtest', strategy, ...data, '--intrabar', 'range', '--quiet']), lines = out.split('\n'), at = lines.findIndex((line) => line.startsWith('intrabar policy'));
  expect(lines.slice(at + 1, at + 8).map((line) => line.split(' ')[0])).toEqual(intrabarPolicies);
  expect(out).toMatch(/! Total return over the intrabar policies: from .* to .*; not a bound: the strategy is closed loop/);
});

test('seeds give other coins and the same seed the same ones', async () => {
  const hashes = await Promise.all(['1', '2', '1'].map(async (seed) => (await backtest('--intrabar', 'random', '--seed', seed)).orderHash));
  expect(hashes[0]).toBe(hashes[2]);
  expect(hashes[0]).not.toBe(hashes[1]);
});

describe('the ticks of which the bars were made', () => {
  test('decide every ambiguous bar, so that all policies give one result, which is another data hash', async () => {
    const plain = await backtest(), { intrabar, summary } = await backtest('--intrabar', 'range', '--inside', trades);
    expect(new Set(intrabar.policies.map((each: { orderHash: string }) => each.orderHash)).size).toBe(1);
    for (const { ambiguousBars, resolvedBars } of intrabar.policies) expect([ambiguousBars > 5, resolvedBars]).toEqual([true, ambiguousBars]);
    expect(summary.manifest.dataHash).not.toBe(plain.summary.manifest.dataHash);
  });

  test.each([
    ['bars inside bars', () => ['--inside', bars], /bars need their length|wants quotes or trades/],
    ['ticks of something else', () => ['--inside', folder.write('silver.csv', 'time,price,size\n2024-01-08T00:00:01Z,1.001,1\n'), '--symbol', 'GOLD'], /1\.001 is not on the grid/],
    ['no such file', () => ['--inside', join(folder.root, 'absent.csv')], /there is no such file or folder/],
    ['another word', () => ['--intrabar', 'worst'], /--intrabar must be pessimistic or optimistic .* or range, was worst/],
    ['half a seed', () => ['--intrabar', 'random', '--seed', '0.5'], /seed must be a whole number, was 0\.5/],
  ])('%s: refused by name', async (_, more, message) => {
    const { code, error } = await zanzibar(['backtest', strategy, ...data.filter((word) => word !== '--symbol' && word !== 'GOLD'), '--symbol', 'GOLD', ...more().filter((word) => word !== '--symbol' && word !== 'GOLD')]);
    expect([code, message.test(error) ? '' : error]).toEqual([2, '']);
  });

  test('ticks have nothing to decide where the market is ticks, and neither has a range', async () => {
    const given = ['backtest', strategy, '--data', trades, '--trials', 'none'];
    expect(await zanzibar([...given, '--inside', trades])).toMatchObject({ code: 2, error: expect.stringMatching(/--inside is about bars, the data of GOLD\.FILE are trades/) });
    expect(await zanzibar([...given, '--intrabar', 'range'])).toMatchObject({ code: 2, error: expect.stringMatching(/a range over intrabar policies is about bars, the data are trades/) });
  });
});

test('an interrupt between the policies keeps the result whole and leaves the range out', async () => {
  const out = join(folder.root, 'result'), { code, error } = await zanzibar(['backtest', strategy, ...data, '--intrabar', 'range', '--out', out], 'backtest, barDirection');
  expect([code, error.includes('interrupted: the result is whole, the range over the intrabar policies is left out')]).toEqual([130, true]);
  expect(folder.list()).toContain(join('result', 'summary.json'));
});
