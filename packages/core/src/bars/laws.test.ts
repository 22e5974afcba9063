import { describe, expect, test } from 'vitest';
import { randomStream, type RandomStream } from '../random.ts';
import { engineLaws, randomMarket, roughTexture } from '../testing/index.ts';
import { barsOfBars } from './bars-of-bars.ts';
import type { IntervalOptions } from './intervals.ts';
import { tickBars } from './tick-bars.ts';
import { timeBars } from './time-bars.ts';

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

describe('laws of bars', () => {
  engineLaws(test, timeBars, { data: ticks, options: (random) => ({ ...intervals(random, 10 * second), ...price(random) }) });
  engineLaws(test, tickBars, { data: ticks, options: (random) => ({ count: random.integer(1, 12), ...price(random) }) });
  engineLaws(test, barsOfBars, {
    data: (random, rows, texture) =>
      randomMarket({ openTime: 'i64', closeTime: 'i64', open: 'f64', high: 'f64', low: 'f64', close: 'f64' }, random, rows, texture),
    options: (random) => intervals(random, 60 * second),
  });
});

describe('bars of a market turned over, and in another unit of price', () => {
  const random = randomStream(7, 'bars'),
    data = ticks(random, 2000, { ...roughTexture, ticksPerUnit: 64, isCut: false });
  const larger = (bars: any): any => barsOfBars(bars, { interval: 300 * second }).bars;
  const makers: readonly (readonly [string, (columns: any) => any])[] = [
    ['time bars', (columns) => timeBars(columns, { price: 'mid', ticksPerUnit: 64 }).bars],
    ['tick bars', (columns) => tickBars(columns, { price: 'mid', count: 7 }).bars],
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
