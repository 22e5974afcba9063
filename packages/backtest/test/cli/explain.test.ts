/** `zanzibar explain`. Oracle: the library's own explanation, which is tested by hand, and the contract of the command line. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { quotesText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('explain'), data = folder.write('eurusd.csv', quotesText(9000)), result = join(folder.root, 'result');
const strategy = folder.write('probe.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })", decide: 'if (now.kind === "bar" && (now.base + now.row) % 5 === 0) actions.submit({ side: 1, kind: "limit", price: 0.5, quantity: 1 });' }));
const runFile = folder.write('run.yaml', 'strategy: probe.mjs\ndata: eurusd.csv\n');

beforeAll(async () => void (await zanzibar(['backtest', strategy, '--data', data, '--trials', 'none', '--quiet', '--out', result])));

test('a saved result with its data and the run itself tell the same', async () => {
  const saved = await zanzibar(['explain', result, '--order', '3', '--data', data]), made = await zanzibar(['explain', runFile, '--order', '3', '--quiet']);
  expect([saved.code, saved.error]).toEqual([0, '']);
  expect(saved.out).toMatch(/^Order 3 buys 1 EURUSD\.FILE: limit, limit 0\.5\.$/m);
  expect(saved.out).toMatch(/^The nearest that the market came to 0\.5 was 1\.02 at /m);
  expect(made.out).toBe(saved.out);
});

test('without data the bars of the result stand in and say so; --json gives the events', async () => {
  expect((await zanzibar(['explain', result, '--order', '3'])).out).toContain("by the result's bars of the mid, not by the prices that fill; name the data for those");
  const { out } = await zanzibar(['explain', result, '--order', '3', '--json']);
  expect(JSON.parse(out)).toMatchObject({ ok: true, data: { orderId: 3, kind: 'limit', filled: 0, events: [{ event: 'submit' }, { event: 'accept' }, { event: 'cancel', reason: 'endOfData' }] } });
});

test('what is missing or would do nothing is a usage error', async () => {
  for (const [argv, message] of [
    [['explain', result], '--order must be the id of an order, none was given'], [['explain', result, '--order', '1.5'], 'was 1.5'], [['explain', result, '--order', '999'], 'the result has no order 999, it has 0 to 29'],
    [['explain', '--order', '1'], 'name one result or run file'], [['explain', result, '--order', '1', '--latency', '1s'], '--latency would do nothing without --data'],
  ] as const) {
    const { code, error } = await zanzibar(argv);
    expect(code, argv.join(' ')).toBe(2);
    expect(error).toContain(message);
  }
});
