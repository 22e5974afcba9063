/** `zanzibar capacity` and the flags of costs. Oracle: the library's own curve, which is tested in closed form, and the contract of the command line. */
import { expect, test } from 'vitest';
import { barsText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('capacity'), data = folder.write('bars.csv', barsText(300));
const strategy = folder.write('probe.mjs', strategyText({ sources: "({ h1: { kind: 'bars', interval: 3600e9, price: 'mid' } })", decide: 'if (now.kind === "bar" && (now.base + now.row) % 5 === 0) actions.submit({ side: account.position() > 0 ? -1 : 1 });' }));
const run = [strategy, '--data', data, '--interval', '1h', '--time', 'open', '--quiet'], impact = ['--impact', 'squareRoot:1:1%:1e6'];

test('prints a line a capital, and the same numbers as JSON', async () => {
  const { code, out, error } = await zanzibar(['capacity', ...run, '--size', '100', ...impact, '--capital', '1e5,1e6', '--capital', '1e7']);
  expect([code, error]).toEqual([0, '']);
  expect(out.split('\n').slice(0, 4).map(line => line.trim().split(/ {2,}/)[0])).toEqual(['capital', '100000', '1000000', '10000000']);
  expect(out).toMatch(/^largest net profit at \d+/m);
  const { data: { points } } = JSON.parse((await zanzibar(['capacity', ...run, '--size', '100', ...impact, '--capital', '1e5,1e7', '--json'])).out);
  // The square root law: a hundred times the size is ten times the price.
  expect(points[1].impact / points[0].impact).toBeCloseTo(10, 1);
  expect(points[1].grossReturn).toBeCloseTo(points[0].grossReturn, 3);
});

test('flags of costs reach the run', async () => {
  const attribution = async (...flags: string[]): Promise<{ readonly [cost: string]: number }> => JSON.parse((await zanzibar(['backtest', ...run, '--trials', 'none', '--size', '10', '--json', ...flags])).out).data.summary.attribution;
  const fees = folder.write('fees.json', '{ "*": { "perUnit": 0.005, "minimum": 1 } }'), plain = await attribution();
  expect(plain).toMatchObject({ fee: 0, slippage: 0, impact: 0, funding: 0 });
  expect(await attribution('--fees', fees)).toMatchObject({ fee: 60 });
  expect((await attribution('--impact', 'volumeShare:0.1', '--participation', '50%')).impact).toBeGreaterThan(0);
  expect((await attribution('--slippage-bps', '2')).slippage).toBeGreaterThan(0);
  expect((await attribution('--half-spread', '0.01', '--slippage-spread', '0.5')).slippage).toBeCloseTo(60 * 10 * 0.01, 6);
  expect((await attribution('--swap=-0.01:0.002')).funding).not.toBe(0);
});

test('what cannot be is a usage error', async () => {
  const fees = folder.write('bad.json', '{ "*": { "perUnit": "x" } }');
  for (const [flags, message] of [
    [['--capital', '2e5,1e5'], 'capacity: capitals must ascend, 100000 follows 200000 (--capital 2e5,1e5)'], [['--capital', 'much,more'], 'a capital must be a positive number, was NaN'], [['--impact', 'squareRoot:1'], '--impact must be squareRoot:'],
    [['--impact', 'squareRoot:1:1%:0'], '--impact must be squareRoot:'], [['--participation', 'half'], '--participation must be a share such as 0.1 or 10%, was half'], [['--swap', '1'], '--swap must be LONG:SHORT'], [['--fees', 'none.json'], '--fees: there is no file none.json'],
    [['--fees', fees], 'fees of *: perUnit must be a finite number, was x'], [['--participation', '200%'], 'participation must be above 0 and at most 1, was 2'],
  ] as const) {
    const { code, error } = await zanzibar(['capacity', ...run, ...flags]);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  }
});
