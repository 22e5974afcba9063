import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { plainProfile, type PlainTrade } from '../../test/reference/volume-profile.ts';
import { barVolumeProfile } from './bar-volume-profile.ts';

engineLaws(test, barVolumeProfile, {
  options: random => ({
    tick: [1 / 64, 1 / 32][random.integer(0, 1)], rowTicks: random.integer(1, 8), share: random.integer(1, 10) / 10, growth: random.uniform() < 0.5 ? ('single' as const) : ('pair' as const),
    prominence: random.integer(0, 2) / 10, cap: random.integer(1, 2), maximumTicks: random.integer(100, 1000),
  }),
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);

test('the example in the header holds', () => {
  const { pointOfControl, valueAreaLow, valueAreaHigh } = barVolumeProfile({ high: f(11, 13), low: f(10, 11), volume: f(4, 3) }, { tick: 1 });
  expect([pointOfControl[1], valueAreaLow[1], valueAreaHigh[1]]).toEqual([11, 10, 11]);
});

test('rows of more ticks get a share for each tick, sides too; what is not known of a side is none', () => {
  const { levels } = barVolumeProfile(
    { high: f(12, 0), low: f(9, 0), volume: f(8, 1), buyVolume: f(4, 1), sellVolume: f(NaN, 0), anchor: Int8Array.of(0, 1) }, { tick: 1, rowTicks: 5 },
  );
  const rows = Array.from({ length: levels.length }, (_, k) => [levels.price[k], levels.volume[k], levels.buyVolume[k], levels.sellVolume[k]]);
  expect(rows).toEqual([[5, 2, 1, 0], [10, 6, 3, 0]]);
});

test('random bars equal the dense reference over their ticks', () => {
  for (let run = 0; run < 40; run++) {
    const random = randomStream(3, `bars ${run}`), count = 8, low = new Float64Array(count), high = new Float64Array(count), volume = new Float64Array(count), trades: PlainTrade[] = [];
    const rowTicks = random.integer(1, 4), share = random.integer(1, 10) / 10, growth = run % 2 === 0 ? 'single' : 'pair';
    for (let bar = 0; bar < count; bar++) {
      low[bar] = 50 + random.integer(-9, 9);
      // Powers of two share out without a rounding.
      const ticks = [1, 2, 4, 8, 16][random.integer(0, 4)];
      high[bar] = low[bar] + ticks - 1;
      volume[bar] = random.integer(0, 5);
      if (volume[bar] > 0) for (let tick = low[bar]; tick <= high[bar]; tick++) trades.push([tick, volume[bar] / ticks]);
    }
    const out = barVolumeProfile({ high, low, volume }, { tick: 1, rowTicks, share, growth }), plain = plainProfile(trades, rowTicks, share, growth), top = rowTicks - 1;
    const expected = plain ? [plain.pointOfControl * rowTicks + top / 2, plain.low * rowTicks, plain.high * rowTicks + top] : [NaN, NaN, NaN];
    expect([out.pointOfControl[count - 1], out.valueAreaLow[count - 1], out.valueAreaHigh[count - 1]]).toEqual(expected);
  }
});

test('wide profiles equal the dense reference after each bar, wherever it trades, and once more after an anchor', () => {
  const random = randomStream(9, 'wide profiles'), count = 200, low = new Float64Array(count), high = new Float64Array(count), volume = new Float64Array(count), anchor = new Int8Array(count);
  const trades: PlainTrade[] = [];
  for (let bar = 0; bar < count; bar++) {
    // Some rows far from the point of control, so that the area mostly grows as it did before; some at it, some gaps at the edges.
    const isWide = bar === 0 || bar === 100, ticks = isWide ? 512 : [1, 2, 4, 8][random.integer(0, 3)];
    low[bar] = isWide ? 1000 : Math.round(1256 + (bar % 3 === 0 ? 12 : 120) * random.normal());
    high[bar] = low[bar] + ticks - 1;
    volume[bar] = ticks * random.integer(1, 3);
    anchor[bar] = bar === 100 ? 1 : 0;
  }
  const { pointOfControl, valueAreaLow, valueAreaHigh } = barVolumeProfile({ high, low, volume, anchor }, { tick: 1 });
  for (let bar = 0; bar < count; bar++) {
    if (anchor[bar] === 1) trades.length = 0;
    for (let tick = low[bar]; tick <= high[bar]; tick++) trades.push([tick, volume[bar] / (high[bar] - low[bar] + 1)]);
    const plain = plainProfile(trades, 1, 0.7, 'single')!;
    expect([pointOfControl[bar], valueAreaLow[bar], valueAreaHigh[bar]]).toEqual([plain.pointOfControl, plain.low, plain.high]);
  }
});

test('bad bars bring nothing: NaN, no volume, low above high, longer than maximumTicks', () => {
  const none = (high: number, low: number, volume: number): number => barVolumeProfile({ high: f(high), low: f(low), volume: f(volume) }, { tick: 1, maximumTicks: 10 }).pointOfControl[0];
  expect([none(NaN, 1, 1), none(1, NaN, 1), none(1, 1, NaN), none(1, 1, 0), none(1, 1, -1), none(1, 2, 1), none(11, 1, 1), none(Infinity, 1, 1), none(1, 1, Infinity), none(1e300, 1e300, 1)]).toEqual(Array.from({ length: 10 }, () => NaN));
  expect([none(10, 1, 1), none(-3, -3, 1)]).toEqual([5, -3]);
});

test('options out of range are refused by name', () => {
  const run = (options: object): unknown => barVolumeProfile({ high: f(1), low: f(1), volume: f(1) }, options);
  expect(() => run({})).toThrow(new RangeError('barVolumeProfile: tick must be given and be a positive number, was NaN'));
  expect(() => run({ tick: 1, maximumTicks: 0 })).toThrow(new RangeError('barVolumeProfile: maximumTicks must be a positive integer, was 0'));
  expect(() => run({ tick: 1, share: 2 })).toThrow(new RangeError('barVolumeProfile: share must be above 0 and at most 1, was 2'));
});
