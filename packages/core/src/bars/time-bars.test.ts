import { describe, expect, test } from 'vitest';
import { sharedFeather } from '../../test/shared-feather.ts';
import { hasSharedData, leanBars, leanMarkets, leanQuotes, sharedJson, skipReason } from '../../test/shared-market.ts';
import { combine } from '../engine/combine.ts';
import { timeBars, type TimeBarsOptions } from './time-bars.ts';

const second = 1_000_000_000,
  dayTime = 86_400_000_000_000n;

/** Bars of trades [time, price, size, side], the clock run to `until`. */
function barsOf(
  ticks: readonly (readonly [time: number, price: number, size?: number, side?: number])[],
  options: Partial<TimeBarsOptions>,
  until: number,
  segment?: readonly number[],
): any {
  const columns: Record<string, any> = {
    time: BigInt64Array.from(ticks, ([time]) => BigInt(time)),
    price: Float64Array.from(ticks, (tick) => tick[1]),
    size: Float64Array.from(ticks, (tick) => tick[2] ?? 1),
    side: Int8Array.from(ticks, (tick) => tick[3] ?? 0),
  };
  if (segment) columns.segment = Int32Array.from(segment);
  return (combine({ it: [timeBars, 'ticks', { price: 'trade', ...options }] })({ ticks: columns }, BigInt(until)) as any).it.bars;
}

/** The named columns of bars, row by row. */
function rows(bars: any, ...names: string[]): number[][] {
  return Array.from({ length: bars.length }, (_, k) => names.map((name) => Number(bars[name][k])));
}

describe('time bars', () => {
  test('hold the ticks of [start, end): one at the end belongs to the next bar, an empty interval makes none (worked by hand)', () => {
    const bars = barsOf(
      [
        [1, 5],
        [9, 7],
        [10, 6],
        [35, 8],
      ],
      { interval: 10 },
      40,
    );
    expect(rows(bars, 'openTime', 'closeTime', 'open', 'high', 'low', 'close', 'tickCount', 'fromRow', 'toRow')).toEqual([
      [0, 10, 5, 7, 5, 7, 2, 0, 2],
      [10, 20, 6, 6, 6, 6, 1, 2, 3],
      [30, 40, 8, 8, 8, 8, 1, 3, 4],
    ]);
  });

  test('are written at their end by the clock, not a nanosecond before, and the same as by a later tick', () => {
    expect(barsOf([[1, 5]], { interval: 10 }, 9).length).toBe(0);
    expect(rows(barsOf([[1, 5]], { interval: 10 }, 10), 'closeTime', 'close')).toEqual([[10, 5]]);
    expect(
      rows(
        barsOf(
          [
            [1, 5],
            [25, 6],
          ],
          { interval: 10 },
          25,
        ),
        'closeTime',
        'close',
      ),
    ).toEqual([[10, 5]]);
  });

  test('sum volume by aggressor (worked by hand)', () => {
    const bars = barsOf(
      [
        [1, 5, 2, 1],
        [2, 5, 3, -1],
        [3, 5, 4, 0],
        [11, 5, NaN, 1],
      ],
      { interval: 10 },
      20,
    );
    expect(rows(bars, 'volume', 'buyVolume', 'sellVolume')).toEqual([
      [9, 2, 3],
      [NaN, NaN, 0],
    ]);
  });

  test('pass over rows without a price, which open no bar and count nowhere', () => {
    const bars = barsOf(
      [
        [1, NaN],
        [2, 5],
        [3, NaN, 9],
        [4, 6],
        [5, NaN],
        [12, NaN],
        [21, 7],
      ],
      { interval: 10 },
      30,
    );
    expect(rows(bars, 'openTime', 'open', 'close', 'volume', 'tickCount', 'fromRow', 'toRow')).toEqual([
      [0, 5, 6, 2, 2, 1, 4],
      [20, 7, 7, 1, 1, 6, 7],
    ]);
  });

  test('lie on the grid of their origin, before it too', () => {
    expect(
      rows(
        barsOf(
          [
            [-4, 5],
            [3, 6],
            [12, 7],
          ],
          { interval: 10, origin: 3n },
          30,
        ),
        'openTime',
        'closeTime',
      ),
    ).toEqual([
      [-7, 3],
      [3, 13],
    ]);
    expect(rows(barsOf([[-4, 5]], { interval: 10, origin: 103n }, 30), 'openTime', 'closeTime')).toEqual([[-7, 3]]);
  });

  test('start anew at every session open, so that a short session ends with a short bar', () => {
    const sessionOpens = BigInt64Array.of(0n, 24n, 47n);
    const bars = barsOf(
      [
        [-1, 4],
        [3, 5],
        [13, 5],
        [22, 5],
        [24, 6],
        [45, 6],
        [47, 7],
        [58, 8],
      ],
      { interval: 10, sessionOpens },
      67,
    );
    expect(rows(bars, 'openTime', 'closeTime')).toEqual([
      [-10, 0],
      [0, 10],
      [10, 20],
      [20, 24],
      [24, 34],
      [44, 47],
      [47, 57],
      [57, 67],
    ]);
  });

  test('of one hour stay aligned to 17:00 in New York over the change of clocks when the calendar gives the opens (2014-03-09: 22:00, then 21:00 UTC)', () => {
    const hour = 3600 * second,
      friday = (Date.UTC(2014, 2, 7) / 1000) * second,
      sunday = (Date.UTC(2014, 2, 9) / 1000) * second;
    const opens = BigInt64Array.of(BigInt(friday - 2 * hour), BigInt(sunday + 21 * hour));
    const ticks = [friday + 20.5 * hour, sunday + 21 * hour, sunday + 22 * hour].map((time) => [time, 1] as const);
    expect(rows(barsOf(ticks, { interval: 4 * hour, sessionOpens: opens }, sunday + 30 * hour), 'openTime')).toEqual([
      [friday + 18 * hour],
      [sunday + 21 * hour],
    ]);
  });

  test('with lateness are known that much later and keep their rows apart; several may wait', () => {
    const ticks = [
      [1, 5],
      [11, 6],
      [21, 7],
      [31, 8],
    ] as const;
    expect(rows(barsOf(ticks, { interval: 10, lateness: 25 }, 45), 'openTime', 'closeTime', 'close')).toEqual([
      [0, 35, 5],
      [10, 45, 6],
    ]);
    expect(rows(barsOf(ticks, { interval: 10, lateness: 25 }, 44), 'openTime')).toEqual([[0]]);
    expect(rows(barsOf(ticks, { interval: 10, lateness: 25 }, 65), 'openTime', 'closeTime', 'close', 'fromRow', 'toRow')).toEqual([
      [0, 35, 5, 0, 1],
      [10, 45, 6, 1, 2],
      [20, 55, 7, 2, 3],
      [30, 65, 8, 3, 4],
    ]);
  });

  test('are cut short by a new segment: known at the cutting row, or at their end if that came first', () => {
    const bars = barsOf(
      [
        [1, 5],
        [4, 6],
        [6, 7],
        [13, 8],
        [25, 9],
      ],
      { interval: 10 },
      30,
      [0, 0, 1, 1, 2],
    );
    expect(rows(bars, 'openTime', 'closeTime', 'close', 'segment', 'fromRow', 'toRow')).toEqual([
      [0, 6, 6, 0, 0, 2],
      [0, 10, 7, 1, 2, 3],
      [10, 20, 8, 1, 3, 4],
      [20, 30, 9, 2, 4, 5],
    ]);
  });

  test('of mids give equal doubles for equal mids where the tick is known', () => {
    const bid = Float64Array.of(1.38742, 1.38741, 1.3874),
      ask = Float64Array.of(1.38744, 1.38745, 1.38746),
      time = BigInt64Array.of(0n, 1n, 2n);
    const bars = (combine({ it: [timeBars, 'ticks', { interval: 10, ticksPerUnit: 100_000 }] })({ ticks: { time, bid, ask } }, 10n) as any).it.bars;
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([1.38743, 1.38743, 1.38743, 1.38743]);
  });

  test('refuse options and columns that mean nothing', () => {
    expect(() => timeBars.resolve({ interval: 0 })).toThrow('timeBars: interval must be a positive integer, was 0');
    expect(() => timeBars.resolve({ lateness: -1 })).toThrow('timeBars: lateness');
    expect(() => timeBars.resolve({ price: 'last' as never })).toThrow('timeBars: price must be one of bid, ask, mid, trade, was last');
    expect(() => timeBars.resolve({ sessionOpens: BigInt64Array.of(2n, 2n) })).toThrow('timeBars: sessionOpens must rise');
    expect(() => timeBars.resolve({ origin: 5 as never })).toThrow('timeBars: origin must be a bigint');
    expect(() => timeBars({ time: BigInt64Array.of(1n), bid: Float64Array.of(1) }, { price: 'mid' })).toThrow(
      'timeBars: column "ask" is missing, price is "mid"',
    );
  });

  test('at the end of time close at the last nanosecond that there is', () => {
    const time = BigInt64Array.of((1n << 63n) - 5n),
      price = Float64Array.of(3);
    const bars = (
      combine({ it: [timeBars, 'ticks', { interval: 86_400 * second, price: 'trade' }] })({ ticks: { time, price } }, (1n << 63n) - 1n) as any
    ).it.bars;
    expect([bars.length, bars.closeTime[0]]).toEqual([1, (1n << 63n) - 1n]);
  });
});

describe.skipIf(!hasSharedData)(`Lean's bars from Lean's ticks${skipReason}`, () => {
  for (const market of leanMarkets) {
    for (const [resolution, interval, expected] of [
      ['minute', 60 * second, { 'OANDA EURUSD': 9_552, 'FXCM EURUSD': 9_590, 'OANDA XAUUSD': 6_911 }],
      ['second', second, { 'OANDA EURUSD': 38_719, 'FXCM EURUSD': 48_474, 'OANDA XAUUSD': 30_235 }],
    ] as const) {
      test(`${market.name}: every ${resolution} bar that Lean has, all eight prices`, () => {
        const quotes = leanQuotes(market),
          theirs = leanBars(market, resolution);
        const until = quotes.time[quotes.time.length - 1] + BigInt(interval);
        const both = combine({ bid: [timeBars, 'ticks', { interval, price: 'bid' }], ask: [timeBars, 'ticks', { interval, price: 'ask' }] })(
          { ticks: quotes },
          until,
        ) as any;
        // Lean's second bars are there for some days only: compare the days that both have.
        const days = new Set(Array.from(theirs.time, (time) => (time - market.toUtc) / dayTime));
        let k = 0,
          wrong = 0;
        for (let b = 0; b < both.bid.bars.length; b++) {
          if (!days.has((both.bid.bars.openTime[b] - market.toUtc) / dayTime)) continue;
          if (both.bid.bars.openTime[b] !== theirs.time[k] || both.ask.bars.openTime[b] !== theirs.time[k]) wrong++;
          ['open', 'high', 'low', 'close'].forEach((name, f) => {
            if (both.bid.bars[name][b] !== theirs.values[f][k] || both.ask.bars[name][b] !== theirs.values[5 + f][k]) wrong++;
          });
          k++;
        }
        expect({ wrong, compared: k, theirs: theirs.time.length }).toEqual({
          wrong: 0,
          compared: expected[market.name as keyof typeof expected],
          theirs: k,
        });
      });
    }
  }
});

describe.skipIf(!hasSharedData)(`bars of recorded trades${skipReason}`, () => {
  test("Binance's 12,477 XRP/ETH trades give freqtrade's 2,469 one-minute bars, prices and volumes", () => {
    const trades: (string | number)[][] = sharedJson('market/ticks/binance-xrpeth/XRP_ETH-trades.json.gz'),
      theirs = sharedFeather('oracles/trades-to-ohlcv/XRP_ETH-1m.feather');
    const time = BigInt64Array.from(trades, (row) => BigInt(row[0]) * 1_000_000n),
      until = time[time.length - 1] + BigInt(60 * second);
    const ticks = {
      time,
      price: Float64Array.from(trades, (row) => +row[4]),
      size: Float64Array.from(trades, (row) => +row[5]),
      side: Int8Array.from(trades, (row) => (row[3] === 'buy' ? 1 : -1)),
    };
    const bars = (combine({ it: [timeBars, 'ticks', { price: 'trade' }] })({ ticks }, until) as any).it.bars;
    expect([trades.length, bars.length]).toEqual([12_477, 2_469]);
    expect(bars.openTime).toEqual(theirs.date);
    for (const name of ['open', 'high', 'low', 'close', 'volume']) expect(bars[name], name).toEqual(theirs[name]);
    for (let k = 0; k < bars.length; k++) expect(bars.buyVolume[k] + bars.sellVolume[k]).toBe(bars.volume[k]);
  });

  test('a recorded hour and day of quotes give the bars of dukascopy-node', () => {
    for (const [file, minutes, input] of [
      ['tick_to_m1', 1, 'sample_tick_data'],
      ['tick_to_m15', 15, 'sample_tick_data'],
      ['tick_to_m1_with_gaps', 1, 'sample_tick_data_with_gaps'],
    ] as const) {
      const ticks: number[][] = sharedJson(`oracles/ohlc-aggregation/${input}.json.gz`),
        { expectedOutput }: { expectedOutput: number[][] } = sharedJson(`oracles/ohlc-aggregation/cases/${file}.json`);
      const time = BigInt64Array.from(ticks, (row) => BigInt(row[0]) * 1_000_000n);
      const bars = (
        combine({ it: [timeBars, 'ticks', { interval: minutes * 60 * second, price: 'bid' }] })(
          { ticks: { time, bid: Float64Array.from(ticks, (row) => row[2]) } },
          time[time.length - 1] + BigInt(minutes * 60 * second),
        ) as any
      ).it.bars;
      expect(rows(bars, 'openTime', 'open', 'high', 'low', 'close')).toEqual(
        expectedOutput.filter((row) => row.length > 0).map(([ms, ...prices]) => [ms * 1_000_000, ...prices.slice(0, 4)]),
      );
    }
  });
});
