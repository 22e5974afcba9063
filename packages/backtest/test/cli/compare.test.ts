/** `zanzibar compare`. Oracle: runs whose settings differ in one known thing. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { quotesText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('compare'), data = folder.write('eurusd.csv', quotesText(9000)), a = join(folder.root, 'a'), b = join(folder.root, 'b');
const strategy = folder.write('probe.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })" }));
const runFile = folder.write('run.yaml', 'strategy: probe.mjs\ndata: eurusd.csv\n');

beforeAll(async () => {
  await zanzibar(['backtest', strategy, '--data', data, '--trials', 'none', '--quiet', '--out', a]);
  await zanzibar(['backtest', strategy, '--data', data, '--trials', 'none', '--quiet', '--out', b, '--latency', '3s']);
});

test('a result and the run that made it are the same, exit code 0, and nothing is left on disk', async () => {
  const before = folder.list(), { code, out, error } = await zanzibar(['compare', a, runFile, '--quiet']);
  expect([code, error]).toEqual([0, '']);
  expect(out).toContain('the same bits in every stage');
  expect(out).not.toContain('settings differ');
  expect(folder.list()).toEqual(before);
});

test('a latency parts the results at the first arrival, exit code 1, in words and as JSON', async () => {
  const { code, out } = await zanzibar(['compare', a, b]), json = JSON.parse((await zanzibar(['compare', a, b, '--json'])).out) as { ok: boolean; data: { same: boolean; difference: object; settings: object[] } };
  expect(code).toBe(1);
  expect(out).toMatch(/the results part at executions, row 0 \(2024-01-08T00:01:00Z\), column "arrivalTime": 2024-01-08T00:01:00Z became 2024-01-08T00:01:03Z/);
  expect(out).toMatch(/^= orders +\d+ +\d+ rows$/m);
  expect(out).toMatch(/^≠ fills /m);
  expect(json).toMatchObject({ ok: true, data: { same: false, difference: { stage: 'executions', row: 0, column: 'arrivalTime' } } });
  expect(json.data.settings).toContainEqual({ name: 'options.latency.submit', expected: '', actual: '3000000000' });
});

test('a missing side, three sides and flags that would do nothing are usage errors', async () => {
  for (const [argv, message] of [
    [['compare', a], 'compare: name two results or run files'], [['compare', a, b, a], 'name two results'], [['compare', a, join(folder.root, 'none')], 'there is no result, run file or strategy'],
    [['compare', a, b, '--latency', '1s'], '--latency would do nothing, both results are saved'], [['compare', a, folder.root], 'is this the folder of a result?'],
  ] as const) {
    const { code, error } = await zanzibar(argv);
    expect(code, argv.join(' ')).toBe(2);
    expect(error).toContain(message);
  }
});
