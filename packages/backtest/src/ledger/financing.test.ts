/**
 * Oracle: worked by hand from published rules.
 *
 * Binance, Introduction to Funding Rates: funding amount = nominal value of the position (mark price x size) x funding rate, at 00:00, 08:00 and 16:00 UTC, longs pay where the rate is positive.
 * Interactive Brokers, Short Securities Availability and borrow fees: value of the short position x annual rate / 360 for each day, weekends among them.
 * Swaps of spot currencies are booked at 17:00 New York, three nights on Wednesday, whose settlement passes over the weekend.
 */
import { calendarOf, parseTime } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { buy, play, sell, type Script } from '../../test/simulator/played.ts';
import { chargesWithin, type Financing, type FundingRates } from './financing.ts';

const hour = 3_600_000_000_000n, day = 24n * hour, from = parseTime('2024-01-01'), at = (text: string): bigint => parseTime(text);
/** Quotes of 100 (bid) and 100.1, one an hour, in hours since 1970-01-01. */
const hours = (count: number, bid = 100): number[][] => Array.from({ length: count }, (_, i) => [i, bid, bid + 0.1]);
const column = (output: { readonly columns: { readonly [name: string]: unknown } }, name: string): number[] => [...((output.columns[name] as Float64Array | undefined) ?? [])];
const held = (financing: Financing, more: Partial<Script> = {}) => play({ rows: hours(60), unit: hour, to: 60, on: { 0: buy(50) }, ...more, instrument: { financing, ...more.instrument } });
const rates = (every: bigint, rate: readonly number[], more: Partial<FundingRates> = {}): FundingRates => ({ time: BigInt64Array.from(rate, (_, i) => BigInt(i) * every), rate: Float64Array.from(rate), every: Number(every), ...more });

describe('funding', () => {
  const eight = rates(8n * hour, [0.01, 0.0001, -0.0003, 0.0002, 0, 0.0001, 0.0001, 0.0001]);

  test('a long of 50 at 100 pays 0.5 at 0.01 % and receives 1.5 at -0.03 %, at the price on which it would close', () => {
    const { output, cash } = held({ funding: eight }), funding = column(output.equity, 'funding');
    // Bought at 01:00: the charge at 00:00 finds nothing. 08:00 0.5, 16:00 -1.5, next day 1.0, 0, 0.5; 00:00 and 08:00 of the third day 0.5 each.
    expect(funding.map((value, row) => [row, value]).filter(([, value]) => value !== 0)).toEqual([[8, 0.5], [16, -1.5], [24, 1], [40, 0.5], [48, 0.5], [56, 0.5]]);
    expect(cash).toBe(100_000 - 1.5);
    expect(output.conservation).toMatchObject({ funding: 1.5, borrow: 0, dividends: 0, fees: 0, difference: 0 });
  });

  test('a short receives what a long pays, at the ask', () => {
    expect(column(held({ funding: eight }, { on: { 0: sell(50) } }).output.equity, 'funding').filter(value => value !== 0)).toEqual([-0.5005, 1.5015, -1.001, -0.5005, -0.5005, -0.5005]);
  });

  test('it comes before the rows of its time: what is sold on the row at 08:00 still pays, what is bought there does not', () => {
    expect(column(held({ funding: eight }, { on: { 0: buy(50), 7: sell(50) } }).output.equity, 'funding').filter(value => value !== 0)).toEqual([0.5]);
    expect(column(held({ funding: eight }, { on: { 7: buy(50), 8: sell(50) } }).output.equity, 'funding')).toEqual([]);
  });

  test('the venue\'s own mark price and a contract\'s multiplier count where they are given', () => {
    const funding = { ...eight, price: Float64Array.from(eight.rate, () => 99) };
    expect(column(held({ funding }, { instrument: { multiplier: 10 } }).output.equity, 'funding').filter(value => value !== 0).slice(0, 2)).toEqual([4.95, -14.85]);
  });

  test('rates that are announced hold until the charges at their times', () => {
    const announced: FundingRates = { time: BigInt64Array.of(3n * hour, 11n * hour, 19n * hour), rate: Float64Array.of(0.0001, 0.0002, 0.0004), every: Number(8n * hour), charge: 'interval' };
    expect(column(held({ funding: announced }, { to: 26, rows: hours(26), from: 4, on: { 4: buy(50) } }).output.equity, 'funding').filter(value => value !== 0)).toEqual([0.5, 1, 2]);
  });

  test('inside of a bar what was held after its open is charged, at its end what its range has left', () => {
    const bars = [0, 24].map(time => [time, 100, 105, 95, 100, 0]), script: Script = { kind: 'bars', interval: 24, rows: [...bars, [48, 100, 105, 95, 100, 0]], unit: hour, to: 72, on: { 0: buy(50, { stop: 96 }) }, instrument: { financing: { funding: rates(8n * hour, [0, 0, 0, 1e-4, 2e-4, 4e-4, 8e-4, 0, 0]) } } };
    // Bought at the open of the second day and stopped out in its range: 08:00 and 16:00 of that day find it (the charge at its open does not), midnight does not.
    expect(column(play(script).output.equity, 'funding').filter(value => value !== 0)).toEqual([3]);
  });

  test('groups of rows with snapshots between them charge the same', () => {
    const whole = held({ funding: eight }), parts = held({ funding: eight }, { cuts: [7, 8, 20, 41] });
    expect([parts.cash, parts.equity]).toEqual([whole.cash, whole.equity]);
    expect(parts.output.conservation.difference).toBe(0);
  });
});

describe('borrow', () => {
  test('a short of 50 at 100.10 pays 36 % a year as 5.005 a day, weekends among them; a long nothing', () => {
    const borrow = { rate: 0.36 }, rows = hours(24 * 8);
    const { output } = held({ borrow }, { on: { 0: sell(50) }, rows, to: 24 * 8 });
    expect(column(output.equity, 'borrow').filter(value => value !== 0)).toEqual([5.005, 5.005, 5.005, 5.005, 5.005, 5.005, 5.005]);
    expect(output.conservation).toMatchObject({ borrow: 35.035, difference: 0 });
    expect(column(held({ borrow }, { rows, to: 24 * 8 }).output.equity, 'borrow')).toEqual([]);
  });

  test('the rate of each day is the one that holds then, by its own count of days and hour', () => {
    const borrow = { rate: { time: BigInt64Array.of(0n, 30n * hour), value: Float64Array.of(0.0365, 0.365) }, dayCount: 365, at: Number(20n * hour) };
    expect(column(held({ borrow }, { on: { 0: sell(50) } }).output.equity, 'borrow').filter(value => value !== 0)).toEqual([0.5005, 5.005]);
  });
});

describe('swap', () => {
  const { nextClose } = calendarOf('fx-week'), swap = { long: -0.00006, short: 0.00002 };

  test('a week has seven nights: one each on Monday, Tuesday, Thursday and Friday, three on Wednesday, at 17:00 New York', () => {
    const charges = chargesWithin('EURUSD.X', { swap }, at('2024-01-08'), at('2024-01-15'), nextClose);
    expect(charges.map(({ time, long }) => [time, Number((long / 0.00006).toFixed(9))])).toEqual([[at('2024-01-08T22:00Z'), 1], [at('2024-01-09T22:00Z'), 1], [at('2024-01-10T22:00Z'), 3], [at('2024-01-11T22:00Z'), 1], [at('2024-01-12T22:00Z'), 1]]);
    expect(chargesWithin('EURUSD.X', { swap }, at('2024-07-08'), at('2024-07-09'), nextClose).map(({ time }) => time)).toEqual([at('2024-07-08T21:00Z')]);
  });

  test.each([[buy, 0.6], [sell, -0.2]] as const)('10,000 at points of -0.6 and +0.2 pips a night', (order, paid) => {
    // 1970-01-01 is a Thursday: sessions end at midnight here, so that Wednesday's end is 24 * 7 hours.
    const { output, cash } = play({ rows: hours(24 * 9, 1), unit: hour, to: 24 * 9, on: { 0: order(10_000) }, instrument: { financing: { swap }, tick: 0.00001, sessionEnd: time => (time / day + 1n) * day } });
    const nights = column(output.equity, 'funding').map((value, row) => [row, value]).filter(([, value]) => value !== 0);
    expect(nights.map(([row, value]) => [row / 24, Number((value / paid).toFixed(9))])).toEqual([[1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1], [7, 3], [8, 1]]);
    expect(cash).toBeCloseTo(100_000 - 10 * paid, 6);
    expect(output.conservation.difference).toBe(0);
  });

  test('pairs that settle a day later triple on Thursday, and the day can be left out', () => {
    const threes = (tripleDay: 'thursday' | 'none'): (string | undefined)[] => chargesWithin('USDCAD.X', { swap: { ...swap, tripleDay } }, at('2024-01-08'), at('2024-01-15'), nextClose).filter(({ long }) => long > 0.0001).map(({ time }) => new Date(Number(time / 1_000_000n)).toISOString().slice(0, 10));
    expect([threes('thursday'), threes('none')]).toEqual([['2024-01-11'], []]);
  });
});

describe('what is absent is not zero', () => {
  const eight = 8n * hour, to = from + 2n * day, within = (financing: Financing) => () => chargesWithin('BTCUSDT.BINANCE', financing, from, to, time => (time / day + 1n) * day);
  const time = BigInt64Array.from([0, 8, 16, 24, 32, 40], each => from + BigInt(each) * hour), rate = Float64Array.from(time, () => 0.0001), funding: FundingRates = { time, rate, every: Number(eight) };
  const without = (row: number): FundingRates => ({ ...funding, time: time.filter((_, k) => k !== row), rate: rate.filter((_, k) => k !== row) });

  test('rates without a hole are taken', () => {
    expect(within({ funding })().length).toBe(6);
    expect(within({ funding: { ...funding, charge: 'interval' } })().length).toBe(6);
    expect(within({ funding: { ...funding, time: time.map(each => each + 4_000_000n) } })().length).toBe(6);
  });

  test.each<readonly [string, Financing, string]>([
    ['NaN', { funding: { ...funding, rate: rate.map((value, k) => (k === 3 ? NaN : value)) } }, 'row 3, column "value": funding of BTCUSDT.BINANCE at 2024-01-02T00:00:00Z must be a finite number, was NaN'],
    ['a row that is missing', { funding: without(2) }, 'row 2, column "time": funding of BTCUSDT.BINANCE: no rate between 2024-01-01T08:00:00Z and 2024-01-02T00:00:00Z, where charges are 8h apart: what is absent is not zero'],
    ['the first rows are missing', { funding: { ...funding, time: time.subarray(2), rate: rate.subarray(2) } }, 'row 0, column "time": funding of BTCUSDT.BINANCE: no rate between 2024-01-01T00:00:00Z and 2024-01-01T16:00:00Z'],
    ['the last rows are missing', { funding: { ...funding, time: time.subarray(0, 4), rate: rate.subarray(0, 4) } }, 'row 4, column "time": funding of BTCUSDT.BINANCE: no rate between 2024-01-02T00:00:00Z and 2024-01-03T00:00:00Z'],
    ['no row at all', { funding: { ...funding, time: time.subarray(0, 0), rate: rate.subarray(0, 0) } }, 'no rate between 2024-01-01T00:00:00Z and 2024-01-03T00:00:00Z'],
    ['an old rate at a charge', { funding: { ...without(4), charge: 'interval' } }, 'row 4, column "time": funding of BTCUSDT.BINANCE: no rate for 2024-01-02T08:00:00Z, the last one before it is of 2024-01-02T00:00:00Z and rates are 8h apart'],
    ['times that fall', { funding: { ...funding, time: time.map((each, k) => (k === 4 ? time[3] : each)) } }, 'row 4, column "time": funding of BTCUSDT.BINANCE at 2024-01-02T00:00:00Z: times must ascend'],
    ['a borrow rate that begins later', { borrow: { rate: { time: time.subarray(1), value: rate.subarray(1) } } }, 'borrow of BTCUSDT.BINANCE: rate: nothing is stated at 2024-01-01T00:00:00Z, the first row is of 2024-01-01T08:00:00Z'],
    ['a negative borrow rate', { borrow: { rate: -0.1 } }, 'borrow of BTCUSDT.BINANCE: rate must be a number of at least 0, was -0.1'],
    ['swap points that are NaN', { swap: { long: NaN, short: 0 } }, 'swap of BTCUSDT.BINANCE: long must be a finite number, was NaN'],
    ['a day that is none', { swap: { long: 0, short: 0, tripleDay: 'sunday' as never } }, 'swap of BTCUSDT.BINANCE: tripleDay must be one of monday, tuesday, wednesday, thursday, friday, none, was sunday'],
    ['an unknown name', { fundingRate: 1 } as never, 'financing of BTCUSDT.BINANCE: unknown option "fundingRate"'],
  ])('%s', (_, financing, message) => expect(within(financing)).toThrow(message));
});
