import { defineActions, defineInstrument, parseTime } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { bars, defineStrategy, run, type Financing, type MarketInput } from '../../src/index.ts';

const hour = 3_600_000_000_000n, from = parseTime('2024-01-01'), length = 24 * 20, openTime = BigInt64Array.from({ length }, (_, i) => from + BigInt(i) * hour), to = from + BigInt(length) * hour;
const price = Float64Array.from(openTime, (_, i) => 100 + (i % 7)), eight = 8;

/** Rates of every eighth hour, in units of 1e-6: both signs, so that a constant is not them. */
const millionths = Float64Array.from({ length: length / eight }, (_, k) => ((k * 37) % 91) - 30), time = BigInt64Array.from(millionths, (_, k) => from + BigInt(k * eight) * hour);
const funding = { time, rate: millionths.map(rate => rate / 1e6), every: Number(8n * hour) };

const perpetual = defineInstrument({ id: 'BTCUSDT.X', kind: 'perpetual', quoteCurrency: 'USD', tick: 0.01, quantityStep: 1 }), share = defineInstrument({ id: 'ACME.X', kind: 'equity', quoteCurrency: 'USD', tick: 0.01, quantityStep: 1 });
const input = (instrument: typeof perpetual, financing?: Financing): MarketInput => ({
  instrument, kind: 'bars', interval: 3_600e9, ...(financing ? { financing } : {}), ...(instrument === share ? { actions: defineActions({ instrument: 'ACME.X', from, to, list: [] }) } : {}),
  columns: { openTime, closeTime: openTime.map(at => at + hour), open: price, high: price, low: price, close: price },
});

/** Sells 100 at the second bar's open and keeps them. */
const stayShort = defineStrategy({
  name: 'stay-short', parameters: {}, sources: () => ({ h1: bars('1h') }), init: () => ({ isIn: false }),
  decide(state, now, _account, actions) {
    if (now.kind !== 'bar' || state.isIn) return;
    state.isIn = true;
    actions.market(-1, 100);
  },
});
const fundingPaid = (financing: Financing): number => run(stayShort, { data: [input(perpetual, financing)], from, to }).summary.attribution.funding;

/** Oracle: each charge in whole millionths, at the close of the bar that ends then (the first charge finds no position). */
function paysWhatIsStated(financing: Financing): void {
  let owed = 0;
  for (let k = 1; k < millionths.length; k++) owed += -100 * price[k * eight - 1] * millionths[k];
  expect(Math.round(fundingPaid(financing) * 1e6)).toBe(owed);
}

test('pitfall 21: a position pays the funding that was stated for each time', () => paysWhatIsStated({ funding }));

test('pitfall 21: a constant rate in their place, their mean, pays something else, and is caught', () => {
  const mean = funding.rate.reduce((sum, rate) => sum + rate, 0) / funding.rate.length;
  expect(() => paysWhatIsStated({ funding: { ...funding, rate: funding.rate.map(() => mean) } })).toThrow(/expected -?\d+ to be -?\d+/);
});

test('pitfall 21: a perpetual without funding, or with a hole in it, is refused and does not run for nothing', () => {
  expect(() => run(stayShort, { data: [input(perpetual)], from, to })).toThrow('stay-short: BTCUSDT.X is a perpetual, its funding is missing: give `financing.funding`, for what is absent is not zero');
  expect(() => fundingPaid({ funding: { ...funding, time: funding.time.filter((_, k) => k !== 30), rate: funding.rate.filter((_, k) => k !== 30) } })).toThrow('row 30, column "time": funding of BTCUSDT.X: no rate between 2024-01-10T16:00:00Z and 2024-01-11T08:00:00Z');
  expect(() => fundingPaid({ funding: { ...funding, rate: funding.rate.map((rate, k) => (k === 30 ? NaN : rate)) } })).toThrow('row 30, column "value": funding of BTCUSDT.X at 2024-01-11T00:00:00Z must be a finite number, was NaN');
});

test('pitfall 21: the rates are part of what was run, and the summary that says so stays small', () => {
  const options = (rate: Float64Array): string => JSON.stringify(run(stayShort, { data: [input(perpetual, { funding: { ...funding, rate } })], from, to }).summary.manifest.options);
  const one = options(funding.rate), other = options(funding.rate.map((rate, k) => (k === 30 ? rate + 1e-9 : rate)));
  expect(one).not.toBe(other);
  expect(one.length).toBeLessThan(1000);
});

test('pitfall 21: shares sold short cost their borrow rate, and without one selling them is refused', () => {
  const result = run(stayShort, { data: [input(share, { borrow: { rate: 0.072 } })], from, to });
  // 19 midnights, each 100 x price of the hour before x 0.0002.
  let owed = 0;
  for (let k = 1; k < 20; k++) owed += 100 * price[24 * k - 1] * 200;
  expect(Math.round(result.summary.attribution.borrow * 1e6)).toBe(owed);
  expect(result.summary.conservation.holds).toBe(true);
  expect(() => run(stayShort, { data: [input(share)], from, to })).toThrow('ACME.X: is an equity and was sold short at 2024-01-01T01:00:00Z, its borrow rate is missing: give `financing.borrow`, a rate of 0 where it costs nothing');
});
