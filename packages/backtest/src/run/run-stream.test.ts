/** Runs over streams of ticks. Oracle: the run over the same rows in memory; every table, metric and digest that both have is the same to the last bit. */
import { describe, expect, test } from 'vitest';
import { builtInInstruments, combine, generateMarket, randomStream, type SourceColumns } from '@zanzibar/core';
import { atr } from '@zanzibar/engines/volatility';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { bars, custom, tickBars, ticks } from '../strategy/sources.ts';
import type { MarketStream } from './market-stream.ts';
import { compareResults, run, runStream, type RunSettings } from './index.ts';

const instrument = (id: string): MarketStream['instrument'] => builtInInstruments.find(one => one.id === id)!;
const options = { seed: 1, days: 2, quotesPerDay: 2500, tradesPerDay: 300, from: '2024-01-08' };

/** Quotes of which many share a time with the row before. */
function crowded(seed: number): SourceColumns {
  const { quotes } = generateMarket({ ...options, seed }), random = randomStream(seed, 'crowd'), time = quotes.time.slice();
  for (let i = 1; i < time.length; i++) if (random.uniform() < 0.3) time[i] = time[i - 1];
  return { ...quotes, time } as unknown as SourceColumns;
}

const data = { 'EURUSD.OANDA': crowded(1), 'EURUSD.FXCM': crowded(2) };
const whole = Object.entries(data).map(([id, columns]) => ({ instrument: instrument(id), kind: 'quotes' as const, columns }));

/** Cuts columns into blocks of random lengths that are all read into the same arrays, as a file's row groups may be. */
function streamOf(id: keyof typeof data, seed: number, mostRows: number): MarketStream {
  const columns = data[id], time = columns.time as BigInt64Array, random = randomStream(seed, 'blocks');
  return {
    instrument: instrument(id), kind: 'quotes', firstTime: time[0], lastTime: time[time.length - 1], rows: time.length,
    async *blocks() {
      const shared = Object.fromEntries(Object.entries(columns).filter(([, values]) => ArrayBuffer.isView(values)).map(([name, values]) => [name, values.slice(0, mostRows)]));
      for (let from = 0; from < time.length; ) {
        const to = Math.min(time.length, from + random.integer(1, mostRows));
        yield Object.fromEntries(Object.entries(shared).map(([name, values]) => {
          values.set(columns[name].subarray(from, to));
          return [name, values.subarray(0, to - from)];
        })) as SourceColumns;
        from = to;
        for (const values of Object.values(shared)) values.fill(values instanceof BigInt64Array ? 0n : NaN);
      }
    },
  };
}

const news = { time: BigInt64Array.from({ length: 20 }, (_, k) => (data['EURUSD.OANDA'].time as BigInt64Array)[k * 200 + 7]) };
const strategy = defineStrategy({
  name: 'streamed',
  parameters: {},
  sources: () => ({ m1: bars('1m', { instrument: 'EURUSD.OANDA' }), count: tickBars(70, { instrument: 'EURUSD.FXCM' }), tick: ticks('EURUSD.FXCM'), news: custom(news) }),
  engines: () => combine({ wide: [atr, 'm1', { period: 5 }], thin: [atr, 'count', { period: 3 }] }),
  init: () => ({ count: 0 }),
  decide(state, now, account, actions) {
    if (now.kind === 'tick') {
      if (++state.count % 211 === 0) actions.submit({ instrument: 'EURUSD.FXCM', side: state.count % 2 ? 1 : -1, kind: 'limit', quantity: 50, price: now.columns.bid[now.row] });
    } else if (now.kind === 'custom') actions.submit({ instrument: 'EURUSD.OANDA', side: 1, quantity: 20 });
    else if (now.source === 'm1' && (now.base + now.row) % 9 === 0) {
      const distance = 2 * now.columns.wide[now.row];
      if (account.position('EURUSD.OANDA') === 0 && distance > 0) actions.submit({ instrument: 'EURUSD.OANDA', side: 1, quantity: 200, stop: now.columns.close[now.row] - distance, target: now.columns.close[now.row] + distance });
    }
  },
});

async function expectSame(settings: Omit<RunSettings, 'data'>, seed: number, mostRows: number): Promise<void> {
  const expected = run(strategy, { ...settings, data: whole }), ids = ['EURUSD.FXCM', 'EURUSD.OANDA'] as const;
  const actual = await runStream(strategy, { ...settings, data: ids.map((id, k) => streamOf(id, seed + k, mostRows)) });
  expect(expected.orders.length).toBeGreaterThan(20);
  expect(compareResults(expected, actual).difference).toBeUndefined();
  expect(actual.digests.orderHash()).toBe(expected.digests.orderHash());
  expect(actual.summary).toEqual(expected.summary);
  const ofTicks = (stage: string): boolean => stage.startsWith('ticks ');
  expect(actual.digests.stages.filter(stage => !expected.digests.stages.includes(stage))).toEqual([]);
  expect(expected.digests.stages.filter(stage => !actual.digests.stages.includes(stage)).every(ofTicks)).toBe(true);
  for (const stage of actual.digests.stages) expect(actual.digests.stage(stage), stage).toBe(expected.digests.stage(stage));
}

describe('a stream of ticks', () => {
  test.each([[1, 1], [2, 7], [3, 400], [4, 100_000]])('gives the result of the run in memory: seed %i, blocks of up to %i rows', (seed, most) => expectSame({ options: { latency: { submit: 50e6 } } }, seed, most));

  test('also with warm-up rows before, and an end inside of the data', () => {
    const time = data['EURUSD.OANDA'].time as BigInt64Array;
    return expectSame({ from: time[1000] + 1n, to: time[4000] }, 5, 300);
  });

  test('a block that begins before the last one ended is refused', async () => {
    const stream = streamOf('EURUSD.OANDA', 1, 100);
    const broken: MarketStream = {
      ...stream,
      async *blocks() {
        const rows = (from: number, to: number): SourceColumns => Object.fromEntries(Object.entries(data['EURUSD.OANDA']).filter(([, values]) => ArrayBuffer.isView(values)).map(([name, values]) => [name, values.slice(from, to)])) as SourceColumns;
        yield rows(100, 200);
        yield rows(0, 100);
      },
    };
    await expect(runStream(strategy, { data: [broken, streamOf('EURUSD.FXCM', 2, 100)] })).rejects.toThrow(/a block of EURUSD\.OANDA begins at .* before the one in front of it ends/);
    await expect(runStream(strategy, { data: [{ ...stream, lastTime: stream.firstTime - 1n }] })).rejects.toThrow('the stream of EURUSD.OANDA ends before it begins');
  });
});
