import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { RandomStream, randomStream } from './random.ts';

const draw = (stream: RandomStream, count: number): number[] => Array.from({ length: count }, () => stream.bits());

describe('bits', () => {
  test('are those of xoshiro128** from the state 1, 2, 3, 4 (oracle: the test vector of the Rust crate rand_xoshiro 0.6)', () => {
    expect(draw(new RandomStream(Float64Array.of(0, 0, 0, 0, 1, 2, 3, 4, NaN)), 10)).toEqual(
      [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
  });

  test('of a seed and name never change (frozen: sample data and random tests rest on them)', () => {
    expect(draw(randomStream(1, 'spread'), 4)).toEqual([802481313, 872157860, 3156969935, 1362334814]);
  });
});

describe('streams', () => {
  test('of other names and seeds differ, and drawing from one moves no other', () => {
    const alone = draw(randomStream(7, 'b'), 5), a = randomStream(7, 'a'), b = randomStream(7, 'b');
    const mixed = alone.map(() => {
      a.normal();
      return b.bits();
    });
    expect(mixed).toEqual(alone);
    const starts = [randomStream(7, 'a'), randomStream(7, 'b'), randomStream(8, 'a'), randomStream(-7, 'a'), randomStream(7, 'a').fork('b')].map(stream => stream.bits());
    expect(new Set(starts).size).toBe(5);
  });

  test('forks depend on names only, not on what was drawn', () => {
    const early = randomStream(3, 'x').fork('y'), parent = randomStream(3, 'x');
    draw(parent, 100);
    const late = parent.fork('y');
    expect(draw(late, 5)).toEqual(draw(early, 5));
    expect(draw(new RandomStream(parent.snapshot()).fork('y'), 5)).toEqual(draw(randomStream(3, 'x').fork('y'), 5));
  });

  test('two streams of one seed are uncorrelated (|r| < 4 / sqrt(n))', () => {
    const a = randomStream(1, 'a'), b = randomStream(1, 'b'), count = 20_000;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += a.normal() * b.normal();
    expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
  });

  test('continue from a snapshot through bytes, between the two normals of a pair too', () => {
    fc.assert(fc.property(fc.integer(), fc.nat(20), (seed, count) => {
      const stream = randomStream(seed, 's');
      for (let i = 0; i < count; i++) stream.normal();
      const copy = new RandomStream(decodeCanonical(encodeCanonical(stream.snapshot())) as Float64Array);
      for (let i = 0; i < 5; i++) expect(copy.normal()).toBe(stream.normal());
      expect(copy.uniform()).toBe(stream.uniform());
    }));
  });

  test('refuse what is no state and no seed', () => {
    expect(() => new RandomStream(new Float64Array(9))).toThrow('a state of zeros');
    expect(() => new RandomStream(Float64Array.of(1, 2, 3))).toThrow('no state of a random stream');
    expect(() => randomStream(0.5, 'x')).toThrow('random: seed must be a whole number, was 0.5');
  });
});

describe('distributions', () => {
  const count = 100_000;

  function moments(next: () => number): { mean: number; variance: number; fourth: number; min: number; max: number } {
    const values = Float64Array.from({ length: count }, next);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const power = (k: number): number => values.reduce((sum, value) => { let p = 1; for (let j = 0; j < k; j++) p *= value - mean; return sum + p; }, 0) / count;
    return { mean, variance: power(2), fourth: power(4), min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
  }

  test('uniform lies in [0, 1) with mean 1/2 and variance 1/12', () => {
    const stream = randomStream(1, 'uniform'), { mean, variance, min, max } = moments(() => stream.uniform());
    expect(min).toBeGreaterThanOrEqual(0);
    expect(max).toBeLessThan(1);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 3);
  });

  test('normal has mean 0, variance 1 and fourth moment 3', () => {
    const stream = randomStream(1, 'normal'), { mean, variance, fourth } = moments(() => stream.normal());
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.15);
  });

  test('exponential has mean 1 and variance 1 and is never negative', () => {
    const stream = randomStream(1, 'exponential'), { mean, variance, min } = moments(() => stream.exponential());
    expect(Object.is(min, -0) || min < 0).toBe(false);
    expect(Math.abs(mean - 1)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  test('integer gives every number of its range equally often (chi-squared of 6 faces below 20.5, p = 0.001)', () => {
    const stream = randomStream(1, 'integer'), faces = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) faces[stream.integer(-1, 4) + 1]++;
    expect(faces.reduce((sum, seen) => sum + ((seen - 10_000) * (seen - 10_000)) / 10_000, 0)).toBeLessThan(20.5);
    for (let i = 0; i < 1_000; i++) expect(Number.isSafeInteger(stream.integer(-4_000_000_000_000, 4_000_000_000_000))).toBe(true);
    expect(stream.integer(5, 5)).toBe(5);
    expect(() => stream.integer(2, 1)).toThrow('were 2 and 1');
  });
});
