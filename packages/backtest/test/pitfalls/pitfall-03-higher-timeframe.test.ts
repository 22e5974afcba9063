import { combine, defineEngine } from '@zanzibar/core';
import { expect, test } from 'vitest';

/** The close of the last slow bar that was known at each fast bar. */
const lastSlowClose = defineEngine({
  name: 'lastSlowClose',
  input: { close: 'f64' },
  reads: { slow: { closeTime: 'i64', close: 'f64' } },
  aligned: { slowClose: 'f64' },
  defaults: {},
  init: () => ({ close: NaN }),
  advance(state, { tables: { slow }, offsets }, { slowClose }, from, to) {
    for (let i = from; i < to; i++) {
      for (let k = offsets.slow[i]; k < offsets.slow[i + 1]; k++) state.close = slow.close[k];
      slowClose[i] = state.close;
    }
  },
});

const minute = 60_000_000_000n;
const at = (...minutes: number[]): BigInt64Array => BigInt64Array.from(minutes, value => BigInt(value) * minute);
const columns = (close: number[]) => ({ open: Float64Array.from(close), high: Float64Array.from(close), low: Float64Array.from(close), close: Float64Array.from(close) });

type SlowBars = { openTime: BigInt64Array; closeTime: BigInt64Array };

/** Oracle: worked by hand. Bars of five minutes close at 5 and 10; the one that closes at 5 is known to the minute that closes at 5, and to none before. */
function slowBarsAreKnownFromTheirClose(label: (bars: SlowBars) => SlowBars): void {
  const fast = { openTime: at(2, 3, 4, 5, 8, 9, 10), closeTime: at(3, 4, 5, 6, 9, 10, 11), ...columns([1, 2, 3, 4, 5, 6, 7]) };
  const slow = { ...label({ openTime: at(0, 5), closeTime: at(5, 10) }), ...columns([50, 100]) };
  const { it } = combine({ it: [lastSlowClose, 'fast', {}, { slow: 'slow' }] })({ fast, slow });
  expect([...it.slowClose]).toEqual([NaN, NaN, 50, 50, 50, 100, 100]);
}

test('pitfall 3: a bar of a higher timeframe is visible from its close on, inclusive', () => slowBarsAreKnownFromTheirClose(bars => bars));

test('pitfall 3: joining by the open time is caught', () => expect(() => slowBarsAreKnownFromTheirClose(({ openTime }) => ({ openTime, closeTime: openTime }))).toThrow());
