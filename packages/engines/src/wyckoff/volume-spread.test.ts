import { describe, expect, test } from 'vitest';
import { eventKinds, generateBars } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { volumeSpreadRows } from '../../test/reference/volume-spread.ts';
import { wickedMarket } from '../../test/wicked-market.ts';
import { atr } from '../volatility/atr.ts';
import { volumeSpread } from './volume-spread.ts';

engineLaws(test, volumeSpread, {
  data: wickedMarket, rows: 400, runs: 60,
  options: random => ({ window: random.integer(4, 20), atrPeriod: random.integer(1, 6), trendPeriod: random.integer(2, 10) }),
});

test('the example in the header holds', () => {
  const f = (...values: number[]): Float64Array => Float64Array.from(values);
  const { volumeRank, spreadRank, closeLocation, trend, events } = volumeSpread(
    { high: f(12, 10, 8, 7, 8), low: f(10, 8, 6, 1, 4), close: f(11, 9, 7, 5, 6), volume: f(2, 1, 2, 9, 2) }, { window: 3, atrPeriod: 1, trendPeriod: 1 },
  );
  expect([volumeRank[3], spreadRank[3], closeLocation[3].toFixed(2), trend[3].toFixed(2), trend[2].toFixed(2)]).toEqual([1, 1, '0.33', '-0.67', '-0.67']);
  expect(Array.from({ length: events.length }, (_, k) => [eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k]])).toEqual([
    ['stoppingVolume', 1, 3, 3, NaN, 1, 7], ['climaxBar', 1, 3, 3, NaN, 1, 7], ['confirmed', 1, 4, 4, 0, 4, 8], ['confirmed', 1, 4, 4, 1, 4, 8],
  ]);
});

type Bar = readonly [low: number, high: number, close: number, volume: number];
const columns = (bars: readonly Bar[]) => ({
  low: Float64Array.from(bars, ([low]) => low), high: Float64Array.from(bars, ([, high]) => high), close: Float64Array.from(bars, ([, , close]) => close),
  volume: Float64Array.from(bars, ([, , , volume]) => volume),
});

/** [kind, direction, row, ref] of each event from `row` on. */
function found(bars: readonly Bar[], row: number): unknown[][] {
  const { events } = volumeSpread(columns(bars), { window: 20, atrPeriod: 5, trendPeriod: 10 });
  return Array.from({ length: events.length }, (_, k) => k).filter(k => events.knownRow[k] >= row).map(k => [eventKinds[events.kind[k]], events.direction[k], events.knownRow[k], events.ref[k]]);
}

/** Forty bars that go a point down (slope -1: a fall) or up on every second, 2 to 3 wide, volume 100 to 110. */
function approach(slope: number): Bar[] {
  let close = 200 - 10 * slope;
  return Array.from({ length: 40 }, (_, k): Bar => {
    const before = close;
    close += slope * (k % 2 === 0 ? 1 : 0);
    return [Math.min(before, close) - 1 + (k % 3) / 4, Math.max(before, close) + 1 - (k % 3) / 4, close, 100 + (k % 11)];
  });
}

/** Worked by hand: the bar that follows the approach, whose last close is 190 (fall) or 210 (rise). */
describe('each label by hand', () => {
  const fall = approach(-1), rise = approach(1), sideways = fall.map(([, , , volume], k): Bar => [199, 202, 200 + (k % 2), volume]), start = fall.length;
  test('the fall ends at 190', () => {
    expect([fall[39][2], rise[39][2]]).toEqual([190, 210]);
  });
  test.each([
    ['stoppingVolume and climaxBar: wide and down on ultra volume after a fall, closing near its middle', fall, [180, 195, 188, 500], ['stoppingVolume', 1], ['climaxBar', 1]],
    ['a climaxUp is the same after a rise', rise, [205, 220, 212, 500], ['stoppingVolume', -1], ['climaxBar', -1]],
    ['noSupply: down, narrow, on low volume, not closing on its low', fall, [189.5, 190.2, 189.9, 50], ['noSupply', 1]],
    ['noDemand: up, narrow, on low volume', rise, [209.8, 210.5, 210.1, 50], ['noSupply', -1]],
    ['testBar: below the two lows before, narrow, low volume, closing high', fall, [188, 188.6, 188.5, 50], ['noSupply', 1], ['testBar', 1]],
    ['shakeoutBar: a new low of ten bars, wide, high volume, closing high; it is up, so an effortBar too', fall, [184, 192, 191.5, 500], ['shakeoutBar', 1], ['effortBar', 1]],
    ['upthrustBar', rise, [208, 216, 208.5, 500], ['shakeoutBar', -1], ['effortBar', -1]],
    ['effort without result and squat: high volume, narrow, close unchanged', fall, [189.8, 190.2, 190, 500], ['effortDivergence', 0], ['squat', 0]],
    ['effort without result goes against the bar', sideways, [199.8, 201.1, 200.1, 500], ['effortDivergence', 1], ['squat', 0]],
    ['an ordinary bar is nothing', fall, [188.5, 191.5, 189, 105]],
  ] as const)('%s', (_, before, bar, ...labels) => {
    expect(found([...before, bar], start).map(([kind, direction]) => [kind, direction])).toEqual(labels);
  });
  test('the next bar confirms what it agrees with', () => {
    const bars: Bar[] = [...fall, [180, 195, 188, 500]], first = found(bars, start), ids = first.map((_, k) => found(bars, 0).length - first.length + k);
    expect(found([...bars, [187, 191, 189, 105]], start + 1)).toEqual(ids.map(id => ['confirmed', 1, start + 1, id]));
    expect(found([...bars, [184, 189, 187, 105]], start + 1)).toEqual([]);
    expect(found([...bars, [184, 189, 188, 105]], start + 1)).toEqual([]);
  });
});

test('the columns are what their definitions say, by brute force over a random walk (atr from the engine of that name)', () => {
  const bars = generateBars({ seed: 4, count: 400 }), options = { window: 30, atrPeriod: 7, trendPeriod: 20 }, output = volumeSpread(bars, options);
  const rows = volumeSpreadRows(bars, atr(bars, { period: 7 }).atr, 30, 20);
  rows.forEach((row, i) => {
    for (const column of ['volumeRank', 'spreadRank', 'closeLocation', 'trend'] as const) expect(output[column][i], `${column} ${i}`).toBe(row[column]);
  });
  const divergences = [...output.events.knownRow].filter((_, k) => eventKinds[output.events.kind[k]] === 'effortDivergence');
  expect(divergences).toEqual(rows.flatMap(({ volumeRank, resultRank }, i) => (volumeRank >= 0.8 && resultRank <= 0.4 ? [i] : [])));
  expect(divergences.length).toBeGreaterThan(5);
});

describe('bad input', () => {
  const bars = approach(-1);
  test('a market without volume ranks no bar above another and has no label', () => {
    const output = volumeSpread(columns(bars.map(([low, high, close]) => [low, high, close, 0])), { window: 20 });
    expect([...output.volumeRank.subarray(20)]).toEqual(Array<number>(20).fill(0));
    expect(output.events.length).toBe(0);
  });
  test('a flat market gives ranks of 0, no trend and no label', () => {
    const output = volumeSpread(columns(bars.map(() => [1, 1, 1, 5])), { window: 5, atrPeriod: 2, trendPeriod: 4 });
    expect([output.spreadRank[39], output.closeLocation[39], output.trend[39], output.events.length]).toEqual([0, 0, 0, 0]);
  });
  test('a bar with NaN is left out as if it had not come', () => {
    const whole = volumeSpread(columns(bars), { window: 10 }), holed = volumeSpread(columns([...bars.slice(0, 20), [1, NaN, 1, 1], [1, 1, 1, NaN], ...bars.slice(20)]), { window: 10 });
    for (const column of ['volumeRank', 'spreadRank', 'closeLocation', 'trend'] as const) {
      expect([...holed[column]].filter((_, i) => i !== 20 && i !== 21)).toEqual([...whole[column]]);
      expect([holed[column][20], holed[column][21]]).toEqual([NaN, NaN]);
    }
  });
  test('one row, fewer rows than the warm-up, negative prices and huge volumes give what the definition says', () => {
    expect([...volumeSpread(columns(bars.slice(0, 1))).volumeRank]).toEqual([NaN]);
    expect(volumeSpread(columns(bars)).volumeRank.every(Number.isNaN)).toBe(true);
    const below = volumeSpread(columns(bars.map(([low, high, close, volume]) => [low - 300, high - 300, close - 300, volume * 1e12])), { window: 10 }), above = volumeSpread(columns(bars), { window: 10 });
    expect([...below.volumeRank]).toEqual([...above.volumeRank]);
    expect([...below.closeLocation]).toEqual([...above.closeLocation]);
  });
  test('options out of range are refused by name', () => {
    for (const name of ['window', 'atrPeriod', 'trendPeriod']) expect(() => volumeSpread(columns(bars), { [name]: 0 })).toThrow(new RangeError(`volumeSpread: ${name} must be a positive integer, was 0`));
  });
});
