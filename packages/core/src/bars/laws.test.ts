import { describe, expect, test } from 'vitest';
import { randomStream, type RandomStream } from '../random.ts';
import { engineLaws, randomMarket, roughTexture } from '../testing/index.ts';
import { barsOfBars } from './bars-of-bars.ts';
import { dollarBars } from './dollar-bars.ts';
import { imbalanceBars } from './imbalance-bars.ts';
import type { IntervalOptions } from './intervals.ts';
import type { InformationBarsOptions } from './information-options.ts';
import { rangeBars } from './range-bars.ts';
import { renkoBars } from './renko-bars.ts';
import { runBars } from './run-bars.ts';
import { signedVolume } from './signed-volume.ts';
import { tickBars } from './tick-bars.ts';
import { timeBars } from './time-bars.ts';
import { volumeBars } from './volume-bars.ts';

const second = 1_000_000_000,
  start = 1_700_000_040_000_000_000n;

/** The laws print a run's options as JSON, which has no integers of 64 bits. */
function printable(times: BigInt64Array): BigInt64Array {
  return Object.defineProperty(times, 'toJSON', { value: () => Array.from(times, String) });
}

function intervals(random: RandomStream, unit: number): Partial<IntervalOptions> {
  const interval = random.integer(1, 6) * unit,
    lateness = random.uniform() < 0.4 ? random.integer(0, 3) * unit : 0;
  if (random.uniform() < 0.5) return { interval, lateness };
  const step = BigInt(random.integer(7, 60) * unit);
  return {
    interval,
    lateness,
    sessionOpens: printable(BigInt64Array.from({ length: random.integer(1, 8) }, (_, k) => start + BigInt(k + 1) * step)),
  };
}

/** Quotes and trades in one table: sizes beside bids and asks, so that every price can be asked for. */
function ticks(random: RandomStream, rows: number, texture: typeof roughTexture): any {
  const quotes = randomMarket({ time: 'i64', bid: 'f64', ask: 'f64' }, random, rows, texture);
  const size = new Float64Array(rows).map(() => (random.uniform() < 0.01 ? NaN : random.integer(0, 80) / 8)),
    side = new Int8Array(rows).map(() => random.integer(-1, 1));
  return { ...quotes, price: quotes.bid.slice(), size, side };
}

const price = (random: RandomStream): any => ({
  price: (['bid', 'ask', 'mid', 'trade'] as const)[random.integer(0, 3)],
  ticksPerUnit: random.uniform() < 0.5 ? 100 : 0,
});

/** Expectations that begin within some ticks, so that bars come often. */
function information(random: RandomStream): Partial<InformationBarsOptions> {
  const isAdaptive = random.uniform() < 0.6;
  return {
    of: (['tick', 'volume', 'dollar'] as const)[random.integer(0, 2)],
    expectedTicks: random.integer(1, 9),
    window: random.integer(1, 30),
    previousBars: random.integer(1, 4),
    sign: random.uniform() < 0.5 ? 'aggressor' : 'tickRule',
    ...(isAdaptive ? { leastTicks: random.integer(0, 3), mostTicks: random.integer(3, 9) } : { lengths: 'constant' }),
    ...price(random),
  };
}

describe('laws of bars', () => {
  engineLaws(test, volumeBars, { data: ticks, options: (random) => ({ volume: random.integer(1, 40), ...price(random) }) });
  engineLaws(test, dollarBars, { data: ticks, options: (random) => ({ value: random.integer(100, 4000), ...price(random) }) });
  engineLaws(test, rangeBars, { data: ticks, options: (random) => ({ range: random.integer(1, 40) / 100, ...price(random) }) });
  engineLaws(test, renkoBars, {
    data: ticks,
    options: (random) => ({ box: random.integer(1, 30) / 100, origin: random.uniform() < 0.5 ? NaN : random.integer(0, 200) / 2, ...price(random) }),
  });
  engineLaws(test, imbalanceBars, { data: ticks, options: information });
  engineLaws(test, runBars, { data: ticks, options: information });
  engineLaws(test, signedVolume, { options: (random) => ({ sign: random.uniform() < 0.5 ? ('aggressor' as const) : ('tickRule' as const) }) });
  engineLaws(test, timeBars, { data: ticks, options: (random) => ({ ...intervals(random, 10 * second), ...price(random) }) });
  engineLaws(test, tickBars, { data: ticks, options: (random) => ({ count: random.integer(1, 12), ...price(random) }) });
  engineLaws(test, barsOfBars, {
    data: (random, rows, texture) =>
      randomMarket({ openTime: 'i64', closeTime: 'i64', open: 'f64', high: 'f64', low: 'f64', close: 'f64' }, random, rows, texture),
    options: (random) => intervals(random, 60 * second),
  });
});

describe('bars of price distances', () => {
  const random = randomStream(8, 'distances'),
    data = ticks(random, 2000, { ...roughTexture, ticksPerUnit: 64, isCut: false });
  test.each([
    ['range bars', (columns: any, unit: number): any => rangeBars(columns, { price: 'bid', range: unit / 8 }).bars],
    ['Renko bars', (columns: any, unit: number): any => renkoBars(columns, { price: 'bid', box: unit / 8 }).bars],
  ])('%s: turn over with the market and scale with their distance', (_name, make) => {
    const bars = make(data, 1),
      turned = make({ ...data, bid: data.bid.map((p: number) => 256 - p) }, 1),
      scaled = make({ ...data, bid: data.bid.map((p: number) => p * 8) }, 8);
    expect(bars.length).toBeGreaterThan(100);
    expect(turned.high).toEqual(bars.low.map((p: number) => 256 - p));
    expect(turned.close).toEqual(bars.close.map((p: number) => 256 - p));
    expect(scaled.high).toEqual(bars.high.map((p: number) => p * 8));
    for (const name of ['openTime', 'closeTime', 'volume', 'tickCount', 'fromRow', 'toRow']) expect([turned[name], scaled[name]]).toEqual([bars[name], bars[name]]);
  });
});

describe('bars of a market turned over, and in another unit of price', () => {
  const random = randomStream(7, 'bars'),
    data = ticks(random, 2000, { ...roughTexture, ticksPerUnit: 64, isCut: false });
  const larger = (bars: any): any => barsOfBars(bars, { interval: 300 * second }).bars;
  const makers: readonly (readonly [string, (columns: any) => any])[] = [
    ['time bars', (columns) => timeBars(columns, { price: 'mid', ticksPerUnit: 64 }).bars],
    ['tick bars', (columns) => tickBars(columns, { price: 'mid', count: 7 }).bars],
    ['volume bars', (columns) => volumeBars(columns, { price: 'mid', ticksPerUnit: 64, volume: 40 }).bars],
    ['imbalance bars', (columns) => imbalanceBars(columns, { price: 'mid', of: 'volume', expectedTicks: 9, window: 40, mostTicks: 9 }).bars],
    ['bars of bars', (columns) => larger(timeBars(columns, { price: 'mid' }).bars)],
  ];
  test.each(makers)('%s: high and low change places with the sign; figures scale', (_name, make) => {
    const bars = make(data),
      { bid, ask } = data,
      turned = make({ ...data, bid: ask.map((p: number) => 256 - p), ask: bid.map((p: number) => 256 - p) });
    const scaled = make({ ...data, bid: bid.map((p: number) => p * 8), ask: ask.map((p: number) => p * 8) });
    expect(bars.length).toBeGreaterThan(20);
    for (const [name, partner] of [
      ['open', 'open'],
      ['high', 'low'],
      ['low', 'high'],
      ['close', 'close'],
    ]) {
      expect(turned[partner]).toEqual(bars[name].map((p: number) => 256 - p));
      expect(scaled[name]).toEqual(bars[name].map((p: number) => p * 8));
    }
    for (const name of ['openTime', 'closeTime', 'volume', 'tickCount', 'fromRow', 'toRow']) expect(turned[name]).toEqual(bars[name]);
  });
});
