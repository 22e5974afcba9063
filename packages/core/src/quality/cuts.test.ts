import { describe, expect, test } from 'vitest';
import { timeBars } from '../bars/time-bars.ts';
import { combine } from '../engine/combine.ts';
import type { CleanTicksOptions } from './clean-options.ts';
import { cleanTicks } from './clean-ticks.ts';

const second = 1_000_000_000;
const rows = {
  time: BigInt64Array.from([1, 2, 9, 10, 11, 12, 13, 13, 14], (time) => BigInt(time * second)),
  bid: Float64Array.of(5, 5, 7, NaN, NaN, 5, 5, 5, 5),
  ask: Float64Array.of(6, 6, 6, 6, 6, 6, 6, 7, 6),
};
const segments = (options: Partial<CleanTicksOptions>): number[] => Array.from(cleanTicks(rows, options).ticks.segment);

describe('cuts', () => {
  test('are made by a policy only: by a gap, at given times, after rows without numbers (worked by hand)', () => {
    expect(segments({})).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(segments({ cut: { gap: 6 * second } })).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(segments({ cut: { gap: 7 * second } })).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(segments({ cut: { gap: second / 2 }, maxGap: 100 * second })).toEqual([0, 1, 2, 3, 4, 5, 6, 6, 7]);
    const times = BigInt64Array.of(0n, 9_500_000_000n, 9_600_000_000n, 13_000_000_000n, 99_000_000_000n);
    expect(segments({ cut: { times } })).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(segments({ cut: { nanRun: 2 } })).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(segments({ cut: { nanRun: 3 } })).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('hold where the row that makes one is left out', () => {
    expect(segments({ cut: { gap: 6 * second }, policy: { crossed: 'drop' } })).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
  });

  test('restart the bars of clean ticks, which are cut short at the cutting row', () => {
    const pipeline = combine({
      c: [cleanTicks, 'raw', { cut: { gap: 6 * second } }],
      b: [timeBars, 'c.ticks', { interval: 20 * second, price: 'ask' }],
    });
    const { bars } = (pipeline({ raw: rows }, BigInt(20 * second)) as any).b;
    const seen = Array.from({ length: bars.length }, (_, k) => [
      Number(bars.openTime[k]),
      Number(bars.closeTime[k]) / second,
      bars.tickCount[k],
      bars.segment[k],
    ]);
    expect(seen).toEqual([
      [0, 9, 2, 0],
      [0, 20, 7, 1],
    ]);
  });
});
