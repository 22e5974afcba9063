import { adjustedAsOf, defineActions, defineInstrument, instrumentAt, parseTime, randomStream, universeAt, type InstrumentActions } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { bars, defineStrategy, run, type MarketInput } from '../../src/index.ts';

const day = 86_400_000_000_000n, from = parseTime('2024-01-01'), length = 60, openTime = BigInt64Array.from({ length }, (_, i) => from + BigInt(i) * day), to = from + BigInt(length) * day;
/** Four for one on day 30, a dividend of 0.5 on day 40. */
const facts = { instrument: 'ACME.X', from, to, list: [{ kind: 'split', time: openTime[30], numerator: 4 }, { kind: 'dividend', time: openTime[40], amount: 0.5 }] } as const;
const actions = defineActions(facts), nothing = defineActions({ ...facts, list: [] });

/** What the share was worth, in cents, and what it was quoted at: worth / 4 from the split on, less the dividend. */
const random = randomStream(23, 'worth'), worth: number[] = [20_000];
while (worth.length < length) worth.push(Math.max(4_000, worth[worth.length - 1] + 4 * Math.round(150 * random.normal())));
const close = Float64Array.from(worth, (cents, i) => (i < 30 ? cents : i < 40 ? cents / 4 : cents / 4 - 50) / 100), instrument = defineInstrument({ id: 'ACME.X', kind: 'equity', quoteCurrency: 'USD', tick: 0.01, quantityStep: 1, calendar: '24x7' });

const input = (given: InstrumentActions | undefined): MarketInput => ({
  instrument, kind: 'bars', interval: 86_400e9, ...(given ? { actions: given } : {}),
  columns: { openTime, closeTime: openTime.map((at) => at + day - 1n), open: close, high: close, low: close, close },
});

const hold = defineStrategy({
  name: 'hold', parameters: {}, sources: () => ({ d1: bars('1d') }), init: () => ({ isIn: false }),
  decide(state, now, _account, actions) {
    if (now.kind !== 'bar' || state.isIn) return;
    state.isIn = true;
    actions.market(1, 100);
  },
});

/** Oracle: the worth of the shares in cents, in whole numbers. */
function neitherMakesNorLoses(given: InstrumentActions): void {
  const { equity, summary } = run(hold, { data: [input(given)], from, to, options: { cash: 100_000 } }), values = equity.columns.equity as Float64Array;
  expect(summary.conservation).toEqual({ difference: 0, tolerance: 0, holds: true });
  // Bought 100 at the open of the second day; 400 from the split on, with 0.5 each as cash since the dividend.
  const profit = 100 * (worth[length - 1] - worth[1]);
  expect(Math.round((values[values.length - 1] - 100_000) * 100)).toBe(profit);
}

test('pitfall 23: a holding is worth after a split and a dividend what it was worth before', () => {
  neitherMakesNorLoses(actions);
  expect(run(hold, { data: [input(actions)], from, to }).summary.attribution.dividends).toBe(200);
});

test('pitfall 23: a run that leaves them out loses three quarters, and is caught', () => expect(() => neitherMakesNorLoses(nothing)).toThrow(/expected -?\d+ to be -?\d+/));

test('pitfall 23: an equity whose splits and dividends are not stated, or not for all of the run, is refused', () => {
  expect(() => run(hold, { data: [input(undefined)], from, to })).toThrow('hold: ACME.X is an equity, its splits and dividends are missing: give `actions`, an empty list where there were none');
  expect(() => run(hold, { data: [input(defineActions({ ...facts, to: openTime[45] }))], from, to })).toThrow('actions of ACME.X: are stated for [2024-01-01T00:00:00Z, 2024-02-15T00:00:00Z)');
});

/** Days on which a share under 60 is bought, by the prices that `seen` shows on that day. */
const cheapDays = (seen: (row: number) => Float64Array): number[] => Array.from(close, (_, row) => row).filter((row) => seen(row)[row] < 60);

/** Oracle: the same with everything after that day cut off. */
function seesNoLaterSplit(seen: (row: number) => Float64Array): void {
  const cut = (row: number): Float64Array => adjustedAsOf(close.subarray(0, row + 1), openTime.subarray(0, row + 1), defineActions({ ...facts, list: facts.list.filter(({ time }) => time <= openTime[row]) }), openTime[row]);
  expect(cheapDays(seen)).toEqual(cheapDays(cut));
}

test('pitfall 23: prices as of a day know nothing of later splits', () => seesNoLaterSplit((row) => adjustedAsOf(close, openTime, actions, openTime[row])));

test('pitfall 23: prices adjusted by what came later are caught', () => {
  const today = adjustedAsOf(close, openTime, actions, openTime[length - 1]);
  expect(() => seesNoLaterSplit(() => today)).toThrow();
});

/** Oracle: the dates as stated. */
const listed = [defineInstrument({ id: 'OLD.X', to: '2024-02-01' }), defineInstrument({ id: 'NEW.X', from: '2024-02-01' }), defineInstrument({ id: 'ACME.X' })];
function holdsThoseOfThen(universe: (time: bigint) => string[]): void {
  expect(universe(parseTime('2024-01-15'))).toEqual(['ACME.X', 'OLD.X']);
  expect(universe(parseTime('2024-02-01'))).toEqual(['ACME.X', 'NEW.X']);
}

test('pitfall 23: the universe of a day holds what was listed then, and what has gone since', () => {
  holdsThoseOfThen((time) => universeAt(listed, time));
  expect(() => instrumentAt(listed, 'OLD.X', parseTime('2024-02-01'))).toThrow('nothing is stated about OLD.X');
});

test('pitfall 23: a universe of survivors is caught', () => expect(() => holdsThoseOfThen(() => universeAt(listed, to))).toThrow());
