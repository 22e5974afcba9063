import { defineEngine, randomStream } from '@zanzibar/core';
import { ema } from '@zanzibar/engines';
import { expect, test } from 'vitest';

type Indicator = (close: Float64Array) => Float64Array;

/** Oracle: the definition of causality. What is known at row t is the same whether later rows exist or not. */
function prefixesAgree(indicator: Indicator): void {
  const random = randomStream(2, 'prices'), close = Float64Array.from({ length: 200 }, () => 100 + random.normal()), whole = indicator(close);
  for (const length of [1, 20, 21, 50, 137, 199]) expect([...indicator(close.slice(0, length))]).toEqual([...whole.subarray(0, length)]);
}

/** Scales by the mean of all rows that it was given, as a whole-series z-score does. */
const centred = defineEngine({
  name: 'centred',
  input: { close: 'f64' },
  aligned: { centred: 'f64' },
  defaults: {},
  init: () => ({}),
  advance(_state, { close }, { centred }, from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += close[i];
    for (let i = from; i < to; i++) centred[i] = close[i] - sum / (to - from);
  },
});

test('pitfall 2: an indicator on the first t rows is the beginning of the indicator on all rows', () => prefixesAgree(close => ema({ close }, { period: 20 }).ema));

test('pitfall 2: an indicator that uses the mean of the whole series is caught', () => {
  expect(() => prefixesAgree(close => centred({ close }).centred)).toThrow();
});
