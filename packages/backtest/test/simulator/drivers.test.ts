/** Oracle: the general loop over all rows at once, which `test/reference` compares with the naive reference. */
import type { GrowingTable } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { Lanes } from '../../src/simulator/lanes.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOutput } from '../../src/simulator/simulator-output.ts';
import { cutAt, randomRun, type RandomRun } from './random-run.ts';

const tables = ['orders', 'executions', 'fills', 'roundTrips', 'equity'] as const;
type Rows = { readonly [column: string]: readonly unknown[] };

/** The rows of a table as plain values, text written out; absent columns stay absent. */
function rowsOf(table: GrowingTable): Rows {
  return Object.fromEntries(Object.entries(table.columns).map(([name, values]) => {
    const texts = table.texts[name], list = [...(values as Float64Array).subarray(0, table.length)];
    return [name, texts ? list.map(code => texts[code] ?? '') : list];
  }));
}

function read(output: SimulatorOutput): { readonly [table: string]: Rows } {
  return Object.fromEntries(tables.map(name => [name, rowsOf(output[name])]));
}

function whole(run: RandomRun, lanes: boolean): SimulatorOutput {
  const simulator = new Simulator(run.setup(lanes).setup);
  simulator.load(run.rows);
  simulator.finish();
  return simulator.output;
}

/** Joins the columns of two runs of one strategy; a column that one of them leaves out is filled with its default there. */
function join(a: { readonly [table: string]: Rows }, lengths: readonly number[], b: { readonly [table: string]: Rows }, ends: readonly number[], full: { readonly [table: string]: Rows }): { readonly [table: string]: Rows } {
  return Object.fromEntries(tables.map((name, k) => [name, Object.fromEntries(Object.keys(full[name]).map(column => {
    const blank = typeof full[name][column][0] === 'bigint' ? 0n : nanColumns.has(column) ? NaN : 0, blanks = (length: number): unknown[] => Array.from({ length }, () => blank);
    return [column, [...(a[name][column] ?? blanks(lengths[k])), ...(b[name][column] ?? blanks(ends[k]))]];
  }))]));
}
const nanColumns: ReadonlySet<string> = new Set(['price', 'stopPrice', 'trail', 'activationPrice', 'activateRows', 'activateAfter', 'parentId', 'linkGroup']);

describe('every driver gives the same orders (law L7)', () => {
  test('lanes and the general loop agree on every row of every table, and the lanes were taken', () => {
    let taken = 0, fills = 0;
    const prototype = Lanes.prototype as unknown as { [method: string]: (...rest: unknown[]) => void }, originals = ['runBars', 'runTicks'].map(name => [name, prototype[name]] as const);
    for (const [name, original] of originals) prototype[name] = function (...rest) {
      taken++;
      original.apply(this, rest);
    };
    try {
      for (let seed = 0; seed < 600; seed++) {
        const run = randomRun(seed), fast = whole(run, true), slow = whole(run, false);
        fills += slow.fills.length;
        expect({ seed, ...read(fast) }).toEqual({ seed, ...read(slow) });
        expect(fast.counters).toEqual(slow.counters);
      }
    } finally {
      for (const [name, original] of originals) prototype[name] = original;
    }
    expect(taken).toBeGreaterThan(600);
    expect(fills).toBeGreaterThan(5000);
  });

  test('groups of one step of the clock, of a few and whole give the same rows', () => {
    for (let seed = 0; seed < 120; seed++) {
      const run = randomRun(seed), expected = read(whole(run, true)), { setup, view } = run.setup(), simulator = new Simulator(setup), at = { market: 0, decision: 0 }, step = BigInt([1000, 10_000, 70_000][seed % 3]);
      for (let until = setup.from + (run.kind === 'bars' ? 20_000n : 1000n); until < setup.to + step; until += run.kind === 'bars' ? 10_000n : step) {
        simulator.load(cutAt(run, view, at, until));
        simulator.run(until);
      }
      simulator.finish();
      expect({ seed, ...read(simulator.output) }).toEqual({ seed, ...expected });
    }
  });

  test('a run that goes on from a snapshot at any time gives the rest of the rows', () => {
    for (let seed = 0; seed < 300; seed++) {
      const run = randomRun(seed), full = read(whole(run, true)), first = run.setup(), before = new Simulator(first.setup), at = { market: 0, decision: 0 };
      const span = Number(first.setup.to - first.setup.from), middle = first.setup.from + BigInt(Math.floor((span * ((seed * 37) % 100)) / 100 / 10_000)) * 10_000n;
      before.load(cutAt(run, first.view, at, middle));
      before.run(middle);
      const bytes = before.snapshot(), second = run.setup(), after = new Simulator(second.setup);
      after.restore(bytes);
      after.load(cutAt(run, second.view, at, second.setup.to));
      after.finish();
      const lengths = tables.map(name => before.output[name].length), ends = tables.map(name => after.output[name].length);
      expect(tables.map(name => after.output[name].base)).toEqual(lengths);
      expect({ seed, ...join(read(before.output), lengths, read(after.output), ends, full) }).toEqual({ seed, ...full });
      expect(after.output.conservation.difference).toBe(0);
    }
  });

  test('a snapshot restored and taken again is the same bytes', () => {
    const run = randomRun(4), { setup, view } = run.setup(), simulator = new Simulator(setup), middle = setup.from + 200_000n;
    simulator.load(cutAt(run, view, { market: 0, decision: 0 }, middle));
    simulator.run(middle);
    const bytes = simulator.snapshot(), again = new Simulator(run.setup().setup);
    again.restore(bytes);
    expect(again.snapshot()).toEqual(bytes);
  });
});
