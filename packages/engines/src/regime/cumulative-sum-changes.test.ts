import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { sharedHint, sharedText } from '../../test/oracles.ts';
import { cumulativeSumEvents } from '../../test/papers/regime.ts';
import { seededReturns } from '../../test/reference/seeded-series.ts';
import { dollarBars } from '../../test/spread-bars.ts';
import { cumulativeSumChanges } from './cumulative-sum-changes.ts';

engineLaws(test, cumulativeSumChanges, { options: random => ({ threshold: random.integer(8, 160) / 64, drift: random.integer(0, 4) / 64 }) });

test('the events of the seeded series are those of the filter of Lopez de Prado', () => {
  let sum = 0;
  const close = Float64Array.from(seededReturns(), value => (sum += value)), { events } = cumulativeSumChanges({ close }, { threshold: 0.05 });
  expect([events.length, [...events.knownRow.subarray(0, 12)]]).toEqual([cumulativeSumEvents.count, cumulativeSumEvents.first]);
});

const filters = sharedText('oracles/mlfinpy/expected.json');
test.skipIf(filters === undefined)(`the events of log closes are those of mlfinpy's filter, at each of its seven thresholds ${sharedHint}`, () => {
  interface Case { test: string; computed: { event_rows: { [threshold: string]: number[] } } }
  const { computed: { event_rows: expected } } = (JSON.parse(filters!) as { tests: Case[] }).tests.find(({ test: name }) => name === 'test_filters.test_cusum_filter')!;
  const close = Float64Array.from(dollarBars()!.close, Math.log);
  expect(Object.keys(expected).length).toBe(7);
  for (const threshold in expected) {
    const { events } = cumulativeSumChanges({ close }, { threshold: Number(threshold) });
    expect([threshold, [...events.knownRow.subarray(0, events.length)]]).toEqual([threshold, expected[threshold]]);
  }
});

test('the example in the header holds', () => {
  const { up, down, events } = cumulativeSumChanges({ close: Float64Array.of(0, 1, 2, 1) }, { threshold: 1.5 });
  expect([[...up], [...down]]).toEqual([[NaN, 1, 2, 0], [NaN, 0, 0, 1]]);
  expect([events.length, events.direction[0], events.originRow[0], events.knownRow[0], events.level0[0], events.value[0]]).toEqual([1, 1, 1, 2, 0, 2]);
});

test('a drift takes small moves for noise; the threshold itself is no change', () => {
  const close = Float64Array.of(0, 1, 2, 3, 4);
  expect(cumulativeSumChanges({ close }, { threshold: 1.5, drift: 1 }).events.length).toBe(0);
  expect(cumulativeSumChanges({ close }, { threshold: 4 }).events.length).toBe(0);
});

test('a difference spans a NaN; flat markets, one row and negative prices', () => {
  const { up, events } = cumulativeSumChanges({ close: Float64Array.of(0, 1, NaN, 3) }, { threshold: 2.5 });
  expect([...up]).toEqual([NaN, 1, NaN, 3]);
  expect([events.length, events.originRow[0], events.knownRow[0]]).toEqual([1, 1, 3]);
  expect([...cumulativeSumChanges({ close: new Float64Array(3).fill(-5) }, { threshold: 1 }).down]).toEqual([NaN, 0, 0]);
  expect([...cumulativeSumChanges({ close: Float64Array.of(9) }, { threshold: 1 }).up]).toEqual([NaN]);
  expect(cumulativeSumChanges({ close: Float64Array.of(10, -37.6) }, { threshold: 1 }).events.direction[0]).toBe(-1);
});

test('without a threshold, and with options out of range, it refuses by name', () => {
  const close = new Float64Array(2);
  expect(() => cumulativeSumChanges({ close })).toThrow(new RangeError('cumulativeSumChanges: threshold must be a positive number, was NaN'));
  expect(() => cumulativeSumChanges({ close }, { threshold: -1 })).toThrow(new RangeError('cumulativeSumChanges: threshold must be a positive number, was -1'));
  expect(() => cumulativeSumChanges({ close }, { threshold: 1, drift: -1 })).toThrow(new RangeError('cumulativeSumChanges: drift must be a number of at least 0, was -1'));
});
