import { describe, expect, test } from 'vitest';
import { combine, generateBars, parseTime } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { relativeVolumeOfHours } from '../../test/reference/relative-volume.ts';
import { relativeVolume, type RelativeVolumeOptions } from './relative-volume.ts';
import { volumeSpread } from './volume-spread.ts';

engineLaws(test, relativeVolume, { options: random => ({ sessions: random.integer(1, 3), minutes: random.integer(30, 400) }) });

function run(bars: readonly (readonly [time: string, volume: number])[], options: Partial<RelativeVolumeOptions> = {}, anchor?: Int8Array): number[] {
  return [...relativeVolume({ openTime: BigInt64Array.from(bars, ([time]) => parseTime(time)), volume: Float64Array.from(bars, ([, volume]) => volume), anchor }, options).relativeVolume];
}

test('the example in the header holds', () => {
  expect(run([['2024-01-01T09:30Z', 2], ['2024-01-02T09:30Z', 3]], { sessions: 1 })).toEqual([NaN, 1.5]);
});

describe('by hand', () => {
  test('the median of the same slot, whatever the other slots hold', () => {
    expect(run([
      ['2024-01-01T09:00Z', 10], ['2024-01-01T09:05Z', 1], ['2024-01-02T09:00Z', 20], ['2024-01-02T09:05Z', 3], ['2024-01-03T09:00Z', 60], ['2024-01-03T09:05Z', 8],
    ], { sessions: 2, minutes: 5 })).toEqual([NaN, NaN, NaN, NaN, 4, 4]);
  });
  test('sessions that begin with an anchor follow it, not the clock; before the first there is none, and none a day or more into one', () => {
    const bars = [['2024-01-01T08:00Z', 9], ['2024-01-01T09:30Z', 2], ['2024-01-02T10:30Z', 6], ['2024-01-02T10:31Z', 5], ['2024-01-03T10:31Z', 7]] as const;
    expect(run(bars, { sessions: 1 }, Int8Array.of(0, 1, 1, 0, 0))).toEqual([NaN, NaN, 3, NaN, NaN]);
  });
});

test.each([20, 7, 1])('over a year of hours it is the volume over the median of the %i bars 24 hours apart, by brute force', sessions => {
  const { openTime, volume } = generateBars({ seed: 2, count: 24 * 365, interval: '1h' });
  expect([...relativeVolume({ openTime, volume }, { sessions }).relativeVolume]).toEqual([...relativeVolumeOfHours(volume, sessions)]);
});

describe('bad input', () => {
  test('NaN is left out, and a slot without volume has no ratio', () => {
    expect(run([['2024-01-01', 2], ['2024-01-02', NaN], ['2024-01-03', 3], ['2024-01-04', 0], ['2024-01-05', 1]], { sessions: 1 })).toEqual([NaN, NaN, 1.5, 0, NaN]);
  });
  test('options out of range are refused by name', () => {
    expect(() => run([], { sessions: 0 })).toThrow(new RangeError('relativeVolume: sessions must be a positive integer, was 0'));
    expect(() => run([], { minutes: 0.5 })).toThrow(new RangeError('relativeVolume: minutes must be a positive integer, was 0.5'));
  });
});

test('it takes the place of the volume in another engine', () => {
  const bars = generateBars({ seed: 3, count: 2000, interval: '1h' }), graph = combine({ usual: [relativeVolume, 'bars', { sessions: 5 }], spread: [volumeSpread, 'bars', { window: 10 }, { volume: 'usual/relativeVolume' }] });
  const { usual, spread } = graph({ bars });
  expect(spread.volumeRank.findIndex(value => !Number.isNaN(value))).toBe(24 * 5 + 10);
  expect(spread.volumeRank[1500]).toBe([...usual.relativeVolume.subarray(1490, 1500)].filter(value => value < usual.relativeVolume[1500]).length / 10);
});
