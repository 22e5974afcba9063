/** Oracles: the backtest of the same rows, and the bytes on disk before and after. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bars, defineStrategy, integer, prepareRun, run as backtest, timer, type AnyStrategy, type PreparedRun, type RunSettings } from '@zanzibar/backtest';
import { combine, decodeCanonical, encodeCanonical, generateMarket, defineInstrument, randomStream } from '@zanzibar/core';
import { sma } from '@zanzibar/engines/averages';
import { afterAll, describe, expect, test } from 'vitest';
import { backtestOfJournal, describeVerification, JournalReader, LiveRunner, readJournal, RecordedFeed, UnpacedClock, verifyJournal, type LiveSettings } from '@zanzibar/live';
import { readRecords, recordBytes } from '../src/journal/record-file.ts';

const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-live-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => join(home, String(folders++));

const instrument = defineInstrument({ id: 'EURUSD.TEST', kind: 'fx', baseCurrency: 'EUR', quoteCurrency: 'USD', tick: 0.00001, quantityStep: 1 });
const quotes = generateMarket({ seed: 5, days: 1 }).quotes, count = 4000;
const columns = Object.fromEntries(Object.entries(quotes).filter(([, values]) => ArrayBuffer.isView(values)).map(([name, values]) => [name, (values as Float64Array).slice(0, count)]));
const firstTime = (columns.time as unknown as BigInt64Array)[0];

const parts = {
  parameters: { period: integer(1, 100, 5) },
  sources: () => ({ m1: bars('1m'), every: timer('7m'), news: { kind: 'custom', columns: { time: BigInt64Array.from({ length: 5 }, (_, k) => firstTime + BigInt(k + 1) * 600_000_000_000n), score: [1, -1, 2, -2, 3] } } }),
  engines: ({ period }: { period: number }) => combine({ mean: [sma, 'm1', { period }] }),
  init: () => ({ calls: 0, score: 0 }),
  decide(state: { calls: number; score: number }, now: any, account: any, actions: any): void {
    state.calls++;
    if (now.kind === 'custom') state.score += now.columns.score[now.row];
    if (now.kind === 'timer') actions.record('calls', state.calls);
    if (now.kind !== 'bar' || account.position() !== 0 || account.openOrders().length > 0) return;
    const side = now.columns.close[now.row] > now.columns.mean[now.row] ? 1 : -1, price = now.columns.close[now.row];
    actions.submit({ side, quantity: 100 + state.score, stop: price - side * 0.0004, target: price + side * 0.0004, tag: side > 0 ? 'up' : 'down' });
  },
};
const strategy: AnyStrategy = defineStrategy({ name: 'live', ...parts } as never);
const settings: RunSettings = { data: [{ instrument, kind: 'quotes', columns: columns as never }], options: { latency: { submit: 20e6 } } };
const expected = backtest(strategy, settings);

/** One process' worth of a run: goes on with the journal for some rows, or to the end. */
async function live(run: PreparedRun, folder: string, rows: number = Infinity, more: Partial<LiveSettings> = {}): Promise<LiveRunner> {
  const feed = new RecordedFeed(run), controller = new AbortController();
  let feeds: JournalReader['head']['feeds'] | undefined;
  const runner = new LiveRunner(run, { folder, snapshotEvery: 700, sourceHash: 'abc', onJournalRow: (of, payload, record) => feed.skip((feeds ??= new JournalReader(folder).head.feeds), of, payload, record), ...more });
  try {
    if (rows < Infinity) for (let k = 0; k < rows && feed.order.take(); k++) runner.row(feed.order.feed, feed.order.feeds[feed.order.feed].columns, feed.order.at, feed.order.isHeld);
    else if (!runner.hasEnded) {
      await feed.run(runner, new UnpacedClock(), controller.signal);
      runner.end();
    }
  } finally {
    runner.close();
  }
  return runner;
}

function verified(folder: string, of: AnyStrategy = strategy) {
  const content = readJournal(folder), { session, simulator } = backtestOfJournal(content, of), verification = verifyJournal(folder, content, session, simulator);
  return { content, verification, simulator, difference: describeVerification(verification) };
}

const bytesOf = (folder: string): { [file: string]: string } => Object.fromEntries((readdirSync(folder, { recursive: true }) as string[]).sort().filter(file => statSync(join(folder, file)).isFile()).map(file => [file, readFileSync(join(folder, file), 'hex')]));

/** A journal of a run that was left in the middle. */
async function halfWay(): Promise<string> {
  const folder = newFolder();
  await live(prepareRun(strategy, settings), folder, 2500);
  return folder;
}

describe('a run with a journal', () => {
  test('is the backtest of its rows at every stage, with a source of its own, timers and clock events', async () => {
    const folder = newFolder();
    await live(prepareRun(strategy, settings), folder);
    const { content, verification, simulator, difference } = verified(folder);
    expect(difference).toBeUndefined();
    expect(verification.isWhole).toBe(true);
    expect([content.feeds.map(({ length }) => length), content.hasEnded]).toEqual([[count, 5], true]);
    expect(content.clockEvents).toBeGreaterThan(20);
    expect(simulator.output.orders.length).toBe(expected.orders.length);
    expect(expected.orders.length).toBeGreaterThan(50);
    expect(verification.stages.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['ticks EURUSD.TEST', 'bars m1', 'engine mean', 'orders', 'executions', 'fills', 'equity']));
    expect(verification.executions).toEqual({ sent: expected.executions.length, expected: expected.executions.length, difference: undefined });
  });

  test('that is left and gone on with at random rows is the same, whatever the policy', async () => {
    const folder = newFolder(), random = randomStream(3, 'restarts'), run = prepareRun(strategy, settings);
    for (const sync of ['effects', 'always', 'never', 'effects'] as const) await live(run, folder, random.integer(1, 900), { sync });
    const runner = await live(run, folder);
    expect(runner.recovered.restored).toBeGreaterThan(0);
    const { verification, difference } = verified(folder);
    expect(difference).toBeUndefined();
    expect(verification.executions.sent).toBe(expected.executions.length);
    const before = bytesOf(folder);
    expect((await live(run, folder)).hasEnded).toBe(true);
    expect(bytesOf(folder)).toEqual(before);
  });

  test('goes on without its snapshot and without the end of its last record and of its last line', async () => {
    const folder = await halfWay();
    rmSync(join(folder, 'snapshot'));
    for (const file of ['journal', 'executions.jsonl']) truncateSync(join(folder, file), statSync(join(folder, file)).size - 5);
    const { recovered } = await live(prepareRun(strategy, settings), folder);
    expect(recovered).toMatchObject({ restored: 0, torn: 16 + 8 * Object.keys(columns).length - 5 });
    expect(verified(folder).difference).toBeUndefined();
    expect(verified(folder).verification.executions.sent).toBe(expected.executions.length);
  });

  test('of bars of two instruments that close at one time holds the clock until both are there', async () => {
    const openTime = BigInt64Array.from({ length: 300 }, (_, k) => firstTime + BigInt(k) * 60_000_000_000n), closeTime = openTime.map(time => time + 60_000_000_000n), random = randomStream(9, 'bars');
    const market = (id: string) => {
      const open = Float64Array.from(openTime, () => 100 + random.integer(-50, 50)), close = open.map(price => price + random.integer(-5, 5));
      return { instrument: defineInstrument({ id, tick: 1 }), kind: 'bars' as const, interval: 60e9, columns: { openTime, closeTime, open, close, high: open.map((price, i) => Math.max(price, close[i]) + 1), low: open.map((price, i) => Math.min(price, close[i]) - 1) } };
    };
    const pair: AnyStrategy = defineStrategy({
      name: 'pair', parameters: {}, sources: () => ({ a: bars('1m', { instrument: 'A' }), b: bars('1m', { instrument: 'B' }) }), init: () => ({ n: 0 }),
      decide(state: { n: number }, now: any, account: any, actions: any) {
        if (now.kind === 'bar' && state.n++ % 7 === 0) actions.submit({ instrument: now.source === 'a' ? 'B.X' : 'A.X', side: account.position(now.source === 'a' ? 'B.X' : 'A.X') > 0 ? -1 : 1, quantity: 1 });
      },
    } as never);
    const given = { data: [market('A.X'), market('B.X')] }, folder = newFolder();
    await live(prepareRun(pair, given), folder, 301);
    await live(prepareRun(pair, given), folder);
    const { difference, verification, content } = verified(folder, pair);
    expect([difference, content.clockEvents]).toEqual([undefined, 0]);
    expect(verification.executions.sent).toBe(backtest(pair, given).executions.length);
    expect(verification.executions.sent).toBeGreaterThan(100);
  });
});

describe('refused, with nothing changed on disk', () => {
  const other: AnyStrategy = defineStrategy({ name: 'other', ...parts } as never);

  test.each<readonly [what: string, run: () => PreparedRun, more: Partial<LiveSettings>, message: RegExp]>([
    ['another strategy', () => prepareRun(other, settings), {}, /journal: was written by another run: strategy was live, is other/],
    ['another text of the strategy', () => prepareRun(strategy, settings), { sourceHash: 'def' }, /the source hash of the strategy was abc, is def/],
    ['other parameters', () => prepareRun(strategy, { ...settings, parameters: { period: 6 } }), {}, /parameters was {"period":5}, is {"period":6}/],
    ['other options', () => prepareRun(strategy, { ...settings, options: { cash: 5 } }), {}, /options was {"latency":{"submit":20000000}}, is {"cash":5}/],
    ['other data', () => prepareRun(strategy, { ...settings, data: [{ ...settings.data[0], columns: { ...columns, bid: (columns.bid as Float64Array).map((bid, i) => (i === 1234 ? bid - 1 : bid)) } as never }] }), {}, /EURUSD.TEST, row 1234, column "bid": record \d+ of the journal has another value: the data has changed/],
  ])('a journal of %s', async (_, run, more, message) => {
    const folder = await halfWay(), before = bytesOf(folder);
    truncateSync(join(folder, 'journal'), statSync(join(folder, 'journal')).size - 3);
    const torn = bytesOf(folder);
    expect(torn).not.toEqual(before);
    await expect(live(run(), folder, Infinity, more)).rejects.toThrow(message);
    expect(bytesOf(folder)).toEqual(torn);
  });

  /** Rewrites the one canonical value of a file of records. */
  const rewrite = (file: string, change: (value: any) => object): void => {
    const records = [...readRecords(file)].map(({ type, payload }) => ({ type, payload: payload.slice() }));
    writeFileSync(file, recordBytes([{ type: records[0].type, payload: encodeCanonical(change(decodeCanonical(records[0].payload))) }]));
  };

  test.each<readonly [what: string, file: string, change: (value: any) => object, message: RegExp]>([
    ['a journal of another version', 'journal', head => ({ ...head, version: '2.0' }), /journal: is a journal of version 2.0, this program reads version 1.0/],
    ['a snapshot of another version', 'snapshot', snapshot => ({ ...snapshot, version: '2.0' }), /snapshot: is of version 2.0, this program reads version 1.0/],
    ['a snapshot of another strategy', 'snapshot', snapshot => ({ ...snapshot, strategy: 'other', run: '00' }), /snapshot: is of another run \(strategy other\), the journal beside it is of live/],
    ['a snapshot that is none', 'snapshot', () => ({ schema: 'zanzibar-stages' }), /snapshot: is no snapshot but of the schema zanzibar-stages/],
  ])('%s', async (_, file, change, message) => {
    const folder = await halfWay();
    rewrite(join(folder, file), change);
    const before = bytesOf(folder);
    await expect(live(prepareRun(strategy, settings), folder)).rejects.toThrow(message);
    expect(bytesOf(folder)).toEqual(before);
  });

  test('a journal with a changed byte, by file and offset', async () => {
    const folder = await halfWay(), file = join(folder, 'journal'), bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 4;
    writeFileSync(file, bytes);
    const before = bytesOf(folder);
    await expect(live(prepareRun(strategy, settings), folder)).rejects.toThrow(/journal: record \d+ (is damaged: its checksum differs|has a damaged head) \(byte \d+\); nothing was changed/);
    expect(bytesOf(folder)).toEqual(before);
  });

  test('a folder of something else, and a journal that another process writes to', async () => {
    const folder = await halfWay();
    writeFileSync(join(folder, 'lock'), String(process.ppid));
    await expect(live(prepareRun(strategy, settings), folder)).rejects.toThrow(`process ${process.ppid} is writing to this journal`);
    const foreign = newFolder();
    cpSync(join(folder, 'stages'), foreign, { recursive: true });
    await expect(live(prepareRun(strategy, settings), foreign)).rejects.toThrow(/is not empty and holds no journal \(it has 000001\)/);
  });
});

describe('verify', () => {
  test('names the first stage and row that differ', async () => {
    const folder = await halfWay(), file = join(folder, 'stages', '000002'), records = [...readRecords(file)].map(({ payload }) => payload.slice()), value = decodeCanonical(records[0]) as any;
    value.stages['bars m1'].columns.high[3] += 1;
    value.stages.orders.columns.quantity[0] += 1;
    writeFileSync(file, recordBytes([{ type: 1, payload: encodeCanonical(value) }]));
    const row = value.stages['bars m1'].base + 3;
    expect(verified(folder).difference).toMatch(new RegExp(`^bars m1, row ${row} \\(2024-.*\\), column "high": [\\d.]+ became [\\d.]+$`));
  });

  test('finds an execution that went out changed, doubled, or not at all', async () => {
    const folder = newFolder();
    await live(prepareRun(strategy, settings), folder);
    const file = join(folder, 'executions.jsonl'), lines = readFileSync(file, 'utf8').split('\n');
    const sent = (changed: readonly string[]): string | undefined => {
      writeFileSync(file, changed.join('\n'));
      return verified(folder).difference;
    };
    expect(sent(lines)).toBeUndefined();
    expect(sent(lines.map((line, k) => (k === 7 ? line.replace('"sequence":7', '"sequence":8') : line)))).toMatch(/^executions, row 7: /);
    expect(sent([...lines.slice(0, 5), ...lines.slice(4)])).toMatch(/^executions, row 5: /);
    expect(sent([...lines.slice(0, -2), ''])).toMatch(/^executions, row \d+: .* became no row$/);
  });
});
