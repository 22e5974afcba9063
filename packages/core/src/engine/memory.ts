/** The memory of a running engine: all that a snapshot needs of it, and what `peek` copies. */
import type { State } from './engine.ts';

/** What a node knows besides its tables. */
export interface Memory {
  state: State;
  /** Absolute row of the driver up to which everything is consumed. */
  row: number;
  /** NaN before the first row. */
  segment: number;
  /** Absolute row of each table read, in the order of the spec, up to which everything was visible. */
  cursors: Float64Array;
}

/** As a snapshot has it: cursors by the names of the tables. */
export type SavedMemory = Omit<Memory, 'cursors'> & { readonly cursors: { readonly [table: string]: number } };

/** A copy on which `peek` runs. A state holds numbers and typed arrays only, so this copies all of it. */
export function copyMemory(memory: Memory): Memory {
  const state: State = {};
  for (const field in memory.state) {
    const value = memory.state[field];
    state[field] = typeof value === 'number' ? value : value.slice();
  }
  return { ...memory, state, cursors: memory.cursors.slice() };
}
