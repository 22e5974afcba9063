import { defineEngine, randomStream, type Engine, type F64 } from '@zanzibar/core';
import { atr, ema, rsi } from '@zanzibar/engines';
import { expect, test } from 'vitest';

type AnyEngine = Engine<any, any, any, any, any, any>;

function market(): Record<string, Float64Array> {
  const random = randomStream(15, 'prices'), high = new Float64Array(300), low = new Float64Array(300), close = new Float64Array(300);
  let price = 100;
  for (let i = 0; i < 300; i++) {
    price += random.normal();
    close[i] = price;
    high[i] = price + random.uniform();
    low[i] = price - random.uniform();
  }
  return { high, low, close };
}

/** Oracle: the engine's own stream, row by row, as bits; and its declared warm-up. */
function batchIsTheFoldOfTheStream(engine: AnyEngine): void {
  const columns = market(), options = { period: 14 }, name = Object.keys(engine.spec.aligned)[0], batch: Float64Array = (engine as any)(columns, options)[name], stream = engine.stream(options);
  const rows = Array.from({ length: 300 }, (_, i): number => (stream.push({ high: columns.high[i], low: columns.low[i], close: columns.close[i] } as any) as any)[name]);
  expect([...batch.subarray(0, 300)]).toEqual(rows);
  const warmup = engine.spec.warmup!(engine.resolve(options)) as number;
  expect(rows.map(Number.isNaN)).toEqual(rows.map((_, i) => i < warmup));
}

test.each([['ema', ema], ['rsi', rsi], ['atr', atr]] as const)('pitfall 15: %s in batch is the fold of its stream and is NaN exactly as long as it declares', (_, engine) => batchIsTheFoldOfTheStream(engine as AnyEngine));

const smoothed = (advance: (state: { mean: number }, close: Float64Array, out: Float64Array, from: number, to: number) => void): Engine<{ period: number }, F64<'close'>, F64<'mean'>> =>
  defineEngine({
    name: 'smoothed', input: { close: 'f64' }, aligned: { mean: 'f64' }, defaults: { period: 14 }, warmup: () => 0, init: () => ({ mean: NaN }),
    advance: (state, { close }, { mean }, from, to) => advance(state, close, mean, from, to),
  });

test('pitfall 15: a recursion that seeds itself anew in every block is caught', () => {
  const reseeded = smoothed((_state, close, out, from, to) => {
    for (let i = from, mean = close[from]; i < to; i++) out[i] = mean += (close[i] - mean) / 14;
  });
  expect(() => batchIsTheFoldOfTheStream(reseeded as AnyEngine)).toThrow();
});

test('pitfall 15: a value shown before the warm-up is over is caught', () => {
  const early = defineEngine({
    name: 'early', input: { close: 'f64' }, aligned: { mean: 'f64' }, defaults: { period: 14 }, warmup: ({ period }) => period - 1, init: () => ({ mean: NaN }),
    advance(state, { close }, { mean }, from, to, { period }) {
      for (let i = from; i < to; i++) mean[i] = state.mean = Number.isNaN(state.mean) ? close[i] : state.mean + (close[i] - state.mean) / period;
    },
  });
  expect(() => batchIsTheFoldOfTheStream(early as AnyEngine)).toThrow();
});
