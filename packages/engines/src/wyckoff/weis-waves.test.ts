import { describe, expect, test } from 'vitest';
import { eventKinds, generateBars, median } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { nextWave } from '../../test/reference/weis-waves.ts';
import { atr } from '../volatility/atr.ts';
import { weisWaves } from './weis-waves.ts';

engineLaws(test, weisWaves, { options: random => ({ reversal: random.integer(1, 6) / 4, memory: random.integer(1, 3), absorption: random.integer(4, 6) / 4, atrPeriod: random.integer(1, 6) }) });

type Wave = readonly [direction: number, fromRow: number, originRow: number, knownRow: number, level0: number, level1: number, volume: number, effort: number, result: number];

/** Bars of one price each. */
function run(prices: readonly number[], volumes: readonly number[], options: object = {}): { waves: Wave[]; events: unknown[][] } {
  const close = Float64Array.from(prices), { waves, events } = weisWaves({ high: close, low: close, close, volume: Float64Array.from(volumes) }, { atrPeriod: 1, reversal: 1, memory: 1, ...options });
  return {
    waves: Array.from({ length: waves.length }, (_, k) => [waves.direction[k], waves.fromRow[k], waves.originRow[k], waves.knownRow[k], waves.level0[k], waves.level1[k], waves.volume[k], waves.effort[k], waves.result[k]]),
    events: Array.from({ length: events.length }, (_, k) => [eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k], events.level1[k], events.value[k]]),
  };
}

test('the example in the header holds', () => {
  const { waves } = run([10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 10], [1, 1, 2, 3, 4, 5, 6, 7, 8, 4, 4], { reversal: 2 });
  expect(waves.map(wave => wave.slice(0, 7))).toEqual([[-1, 2, 5, 7, 9, 12, 12], [1, 5, 8, 10, 9, 12, 21]]);
});

/** Worked by hand: every move is one point, so that the range is 1 and a wave ends two points from its extreme. */
describe('waves over sixteen bars by hand', () => {
  const prices = [10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 10], volumes = [1, 1, 2, 3, 4, 5, 6, 7, 8, 4, 4, 4, 21, 21, 21, 1, 1];
  const { waves, events } = run(prices, volumes, { reversal: 2 });
  test('a wave has the volume after the extreme before up to its own; shares of the wave before on its side', () => {
    expect(waves).toEqual([
      [-1, 2, 5, 7, 9, 12, 12, NaN, NaN],
      [1, 5, 8, 10, 9, 12, 21, NaN, NaN],
      [-1, 8, 11, 13, 9, 12, 12, 1, 1],
      [1, 11, 14, 16, 9, 12, 63, 3, 1],
    ]);
  });
  test('three times the volume for the same way is absorbed by the other side', () => {
    expect(events).toEqual([['waveAbsorption', -1, 14, 16, 9, 12, 3]]);
  });
});

test('over a random walk each wave is the next by brute force, and effort and result are shares of medians', () => {
  const bars = generateBars({ seed: 9, count: 4000 }), { waves, events } = weisWaves(bars, { reversal: 2, memory: 3 }), range = atr(bars).atr, seen: { [side: string]: [number, number][] } = { 1: [], '-1': [] };
  expect(waves.length).toBeGreaterThan(100);
  const absorbed: number[] = [];
  for (let k = 0; k < waves.length; k++) {
    const side = waves.direction[k], length = (waves.level1[k] - waves.level0[k]) / range[waves.knownRow[k] - 1], before = seen[side].slice(-3), share = (of: 0 | 1): number => median(before.map(pair => pair[of]));
    if (k > 0) {
      expect([side, waves.fromRow[k]]).toEqual([-waves.direction[k - 1], waves.originRow[k - 1]]);
      const next = nextWave(bars, range, 2, side, waves.fromRow[k], waves.knownRow[k - 1])!, price = side > 0 ? waves.level1[k] : waves.level0[k];
      expect({ originRow: waves.originRow[k], knownRow: waves.knownRow[k], price, volume: waves.volume[k] }).toEqual(next);
    }
    const effort = before.length < 3 ? NaN : waves.volume[k] / share(0), result = before.length < 3 ? NaN : length / share(1);
    expect([waves.effort[k], waves.result[k]]).toEqual([effort, result]);
    if (effort > 1.5 * result) absorbed.push(waves.originRow[k]);
    seen[side].push([waves.volume[k], length]);
  }
  expect([...events.originRow]).toEqual(absorbed);
});

describe('bad input', () => {
  test('without volume there are waves, but no effort and no absorption', () => {
    const { waves, events } = run([10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 10, 9, 10, 11, 12, 11, 10], Array<number>(17).fill(0), { reversal: 2 });
    expect(waves.map(([, , , , , , volume, effort]) => [volume, effort])).toEqual(Array.from({ length: 4 }, () => [0, NaN]));
    expect(events).toEqual([]);
  });
  test('a flat market, one row and rows of NaN have no wave; a bar with NaN is left out', () => {
    expect(run([5], [1]).waves).toEqual([]);
    expect(run([NaN, NaN, NaN, NaN], [1, 1, 1, 1]).waves).toEqual([]);
    const prices = [10, 11, 12, 11, 10, 9, 10, 11], holed = [10, 11, 12, NaN, 11, 10, 9, 10, 11];
    expect(run(holed, Array<number>(9).fill(1), { reversal: 2 }).waves).toEqual(run(prices, Array<number>(8).fill(1), { reversal: 2 }).waves.map(wave => wave.map((value, k) => (k === 2 || k === 3 ? value + 1 : value))));
  });
  test('options out of range are refused by name', () => {
    expect(() => run([1], [1], { reversal: 0 })).toThrow(new RangeError('weisWaves: reversal must be a positive number, was 0'));
    expect(() => run([1], [1], { memory: 0.5 })).toThrow(new RangeError('weisWaves: memory must be a positive integer, was 0.5'));
    expect(() => run([1], [1], { absorption: -1 })).toThrow(new RangeError('weisWaves: absorption must be a positive number, was -1'));
    expect(() => run([1], [1], { atrPeriod: 0 })).toThrow(new RangeError('weisWaves: atrPeriod must be a positive integer, was 0'));
  });
});
