/** Many columns in one call. Oracle: the order machine. Every column gives the fills, cash and equity of `simulate` on it alone, bit for bit, on random plans and options. */
import { describe, expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { simulateColumns } from './simulate-columns.ts';
import { simulate } from './simulate.ts';
import type { SimulationOptions } from './setup.ts';

function randomPlan(seed: number) {
  const random = randomStream(seed, 'plans'), length = random.integer(1, 120), hasGaps = random.uniform() < 0.15, isShort = random.uniform() < 0.5;
  let price = 100;
  const close = Float64Array.from({ length }, () => {
    price += random.uniform() - 0.5;
    return hasGaps && random.uniform() < 0.05 ? NaN : price;
  });
  const entries = Float64Array.from({ length }, () => (random.uniform() < 0.25 ? (isShort && random.uniform() < 0.5 ? -1 : 1) : random.uniform() < 0.02 ? NaN : 0));
  const exits = Uint8Array.from({ length }, () => (random.uniform() < 0.25 ? 1 : 0)), pick = <T>(...values: T[]): T => values[random.integer(0, values.length - 1)];
  const options: SimulationOptions = {
    cash: pick(1000, 50), fillAt: pick('nextEvent', 'sameClose'), sizing: pick({ kind: 'units', units: pick(1, 2.5) } as const, { kind: 'percentOfEquity', fraction: pick(0.3, 1, 1.7) } as const),
    costs: pick({}, { basisPoints: 10 }, { perUnit: 0.01 }, { basisPoints: 3, perUnit: 0.02 }, { takerBasisPoints: 7, basisPoints: 1 }, { slippage: 0.01 }), ...(random.uniform() < 0.2 ? { conflict: pick('ignore', 'accumulate', 'reverse', 'exitFirst', 'enterFirst') } : {}),
  };
  return { close, entries, exits, options };
}

test('every column has the fills, cash and equity of a simulation of its own', () => {
  let fillCount = 0, shorts = 0, gaps = 0;
  for (let seed = 0; seed < 400; seed++) {
    const first = randomPlan(seed), { options } = first, second = { ...first, close: first.close.map(price => 300 - price) }, curves: Float64Array[] = [];
    const output = simulateColumns({ close: [first.close, second.close], entries: first.entries, exits: first.exits, onEquity: (_, equity) => curves.push(equity.slice()) }, options);
    let at = 0;
    [first, second].forEach(({ close, entries, exits }, column) => {
      const alone = simulate({ close, enter: entries, exits }, options), { fills } = alone, { length } = close;
      for (let k = 0; k < fills.length; k++, at++) {
        expect(output.fills.column[at]).toBe(column);
        for (const name of ['side', 'time', 'row', 'quantity', 'price'] as const) expect(output.fills[name][at], `${name} of fill ${k}, seed ${seed}`).toBe(fills.columns[name][k]);
        expect(output.fills.fee[at]).toBe(fills.columns.fee?.[k] ?? 0);
        if (fills.columns.side[k] === -1) shorts++;
      }
      expect([output.cash[column], output.equity[column]]).toEqual([alone.cash, alone.equityNow]);
      expect(Array.from(curves[column])).toEqual(Array.from((alone.equity.columns.equity as Float64Array).subarray(0, length)));
      if (close.some(Number.isNaN)) gaps++;
    });
    expect(output.fills.length).toBe(at);
    fillCount += at;
  }
  expect([fillCount > 2000, shorts > 500, gaps > 20]).toEqual([true, true, true]);
});

describe('memory and bad input', () => {
  const close = [Float64Array.of(10, 11, 12, 13), Float64Array.of(10, 9, 8, 7)], entries = [1, 0, 0, 0], exits = [0, 0, 1, 0];

  test('the example of its docstring, and fills that are used again', () => {
    const first = simulateColumns({ close, entries, exits });
    expect(Array.from(first.cash)).toEqual([100002, 99998]);
    const { price } = first.fills, again = simulateColumns({ close, entries: [entries, [0, 0, 0, 0]], exits, into: first.fills });
    expect(again.fills.price).toBe(price);
    expect(Array.from(again.fills.column.subarray(0, again.fills.length))).toEqual([0, 0]);
  });

  test.each([
    [{ close: [], entries, exits }, 'close must have at least one column of at least one row'],
    [{ close: [close[0], close[0].subarray(1)], entries, exits }, 'close of column 1 must have 4 rows as column 0 has, has 3'],
    [{ close, entries: [entries], exits }, 'entries of column 1 must have 4 rows as close has, has 0'],
    [{ close, entries, exits: [1] }, 'exits of column 0 must have 4 rows as close has, has 1'],
    [{ close, entries, exits, time: new BigInt64Array(2) }, 'time must have 4 rows as close has, has 2'],
  ])('columns that do not fit are named: %#', (input, message) => {
    expect(() => simulateColumns(input)).toThrow(`simulateColumns: ${message}`);
  });
});
