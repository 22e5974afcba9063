import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  againstOrder, fromTicks, halfGrid, isOnGrid, makeGrid, noGrid, passiveSide, putOnGrid, roundToGrid, toTicks, wholeSteps,
} from './grid.ts';

const eurusd = makeGrid(0.00001);
const ticks = fc.integer({ min: -20_000_000, max: 20_000_000 });

describe('makeGrid', () => {
  test('takes whole ticks, one over a whole number, and fractions in lowest terms', () => {
    expect(eurusd).toEqual({ tick: 0.00001, numerator: 1, denominator: 100_000, isGrid: true });
    expect(makeGrid(0.05).denominator).toBe(20);
    expect(makeGrid(5)).toEqual({ tick: 5, numerator: 5, denominator: 1, isGrid: true });
    expect(makeGrid({ numerator: 10, denominator: 4 })).toEqual({ tick: 2.5, numerator: 5, denominator: 2, isGrid: true });
    expect(makeGrid({ numerator: 1, denominator: 32 })).toEqual(makeGrid(1 / 32));
    expect(makeGrid(NaN)).toBe(noGrid);
  });

  test('refuses what is no grid and names the value', () => {
    for (const tick of [0, -0.01, 2.5, 0.3, Infinity]) expect(() => makeGrid(tick)).toThrow(`was ${tick}`);
    expect(() => makeGrid({ numerator: 1, denominator: 0.5 })).toThrow('were 1 and 0.5');
  });

  test('has 1/n for every n up to 20,000 although 1/(1/n) is often not n', () => {
    let surprises = 0;
    for (let n = 2; n <= 20_000; n++) {
      expect(makeGrid(1 / n).denominator).toBe(n);
      if (1 / (1 / n) !== n) surprises++;
    }
    expect(surprises).toBeGreaterThan(1_000);
  });
});

describe('ticks and prices', () => {
  test('a price is the double nearest to its decimal (oracle: the number that the decimal text reads as)', () => {
    fc.assert(fc.property(ticks, count => {
      const digits = String(Math.abs(count)).padStart(6, '0');
      const decimal = Number(`${count < 0 ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`) + 0;
      expect(fromTicks(eurusd, count)).toBe(decimal);
      expect(toTicks(eurusd, decimal)).toBe(count);
      expect(isOnGrid(eurusd, decimal)).toBe(true);
    }), { numRuns: 2_000 });
  });

  test('ticks x 0.00001 is another double in 55 % of the prices from 1 to 2', () => {
    let different = 0;
    for (let count = 100_000; count < 200_000; count++) if (count * 0.00001 !== fromTicks(eurusd, count)) different++;
    expect(different).toBe(55_262);
  });

  test('whole ticks and fractions come back too', () => {
    for (const grid of [makeGrid(5), makeGrid(0.25), makeGrid({ numerator: 5, denominator: 2 }), makeGrid({ numerator: 1, denominator: 3 })]) {
      fc.assert(fc.property(ticks, count => { expect(toTicks(grid, fromTicks(grid, count))).toBe(count); }));
    }
  });

  test('the mid of two prices is on the half grid', () => {
    const half = halfGrid(eurusd);
    expect(fromTicks(half, toTicks(eurusd, 1.38676) + toTicks(eurusd, 1.38687))).toBe(1.386815);
    expect(halfGrid(noGrid)).toBe(noGrid);
  });

  test('zero is never negative', () => {
    expect(Object.is(toTicks(eurusd, -0.000001), 0)).toBe(true);
    const column = Float64Array.of(-0, -1e-12);
    putOnGrid(column, eurusd);
    expect([...column].map(value => Object.is(value, 0))).toEqual([true, true]);
  });
});

describe('rounding', () => {
  test('goes down, up and to the nearest, below zero too', () => {
    expect([1.234567, -1.234567].map(price => roundToGrid(eurusd, price, 'down'))).toEqual([1.23456, -1.23457]);
    expect([1.234567, -1.234567].map(price => roundToGrid(eurusd, price, 'up'))).toEqual([1.23457, -1.23456]);
    expect([1.234567, 1.234562].map(price => roundToGrid(eurusd, price, 'nearest'))).toEqual([1.23457, 1.23456]);
  });

  test('leaves a sum that should be on the grid on it, both ways', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    for (const rounding of ['down', 'up'] as const) expect(roundToGrid(eurusd, 0.1 + 0.2, rounding)).toBe(0.3);
  });

  test('is never farther than one step, on its side, and changes nothing on the grid', () => {
    fc.assert(fc.property(fc.double({ min: -200, max: 200, noNaN: true }), price => {
      const down = toTicks(eurusd, price, 'down'), up = toTicks(eurusd, price, 'up');
      expect(up - down === 0 || up - down === 1).toBe(true);
      expect(fromTicks(eurusd, down)).toBeLessThanOrEqual(price + 1e-11);
      expect(fromTicks(eurusd, up)).toBeGreaterThanOrEqual(price - 1e-11);
      expect(toTicks(eurusd, fromTicks(eurusd, down), 'up')).toBe(down);
    }));
  });

  test('a modelled price gets worse for the order, a limit goes to the passive side, a quantity down to the step', () => {
    expect(roundToGrid(eurusd, 1.234567, againstOrder(1))).toBe(1.23457);
    expect(roundToGrid(eurusd, 1.234567, againstOrder(-1))).toBe(1.23456);
    expect(roundToGrid(eurusd, 1.234567, passiveSide(1))).toBe(1.23456);
    expect(roundToGrid(eurusd, 1.234567, passiveSide(-1))).toBe(1.23457);
    const step = makeGrid(1000);
    expect([1999, 999, -1999, 3000].map(quantity => wholeSteps(step, quantity))).toEqual([1000, 0, -1000, 3000]);
    expect(wholeSteps(makeGrid(0.001), 0.1 + 0.2)).toBe(0.3);
  });
});

describe('putOnGrid', () => {
  test('takes away the noise of float32 and of sums, and leaves and counts what is really off', () => {
    const column = Float64Array.of(Math.fround(1.38676), 0.1 + 0.2, 1.386765, NaN, Infinity, 1.38677);
    expect(putOnGrid(column, eurusd, 'f32')).toBe(2);
    expect([...column]).toEqual([1.38676, 0.3, 1.386765, NaN, Infinity, 1.38677]);
    expect(isOnGrid(eurusd, column[2])).toBe(false);
  });

  test('does not call float32 values noise when they were stored as float64', () => {
    const column = Float64Array.of(Math.fround(1.38676));
    expect(putOnGrid(column, eurusd)).toBe(1);
    expect(column[0]).toBe(Math.fround(1.38676));
  });

  test('puts every float32 of a grid price back on its double where the grid is wider than float32', () => {
    fc.assert(fc.property(fc.integer({ min: 50_000, max: 200_000 }), count => {
      const column = Float64Array.of(Math.fround(fromTicks(eurusd, count)));
      expect(putOnGrid(column, eurusd, 'f32')).toBe(0);
      expect(column[0]).toBe(fromTicks(eurusd, count));
    }));
  });

  test('touches only its rows', () => {
    const column = new Float64Array(3).fill(0.1 + 0.2);
    expect(putOnGrid(column, eurusd, 'f64', 1, 2)).toBe(0);
    expect([...column]).toEqual([0.1 + 0.2, 0.3, 0.1 + 0.2]);
  });
});

test('without a grid nothing is rounded and everything is on it', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
    expect(toTicks(noGrid, value, 'down')).toBe(value);
    expect(fromTicks(noGrid, value)).toBe(value);
    expect(roundToGrid(noGrid, value, 'up')).toBe(value);
    expect(isOnGrid(noGrid, value)).toBe(true);
  }));
  expect(putOnGrid(Float64Array.of(1.23456789), noGrid)).toBe(0);
});
