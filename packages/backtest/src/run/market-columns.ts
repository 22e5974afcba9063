/** What of an instrument's rows goes to the simulator. */
import type { GrowingTable } from '@zanzibar/core';
import type { MarketRows } from '../simulator/setup.ts';
import { noBars, type SessionStarts } from './market.ts';
import { OneRow } from './one-row.ts';

/** Columns of an instrument's rows that the simulator reads. */
export const marketColumns: readonly string[] = ['time', 'openTime', 'closeTime', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size', 'open', 'high', 'low', 'close', 'askOpen', 'askHigh', 'askLow', 'askClose'];

/** Rows of one block, filled in place. */
type Rows = { -readonly [K in keyof MarketRows]: MarketRows[K] };

/**
 * The rows of one instrument, block by block.
 *
 * They are copied: the pipeline moves its rows before the next block is loaded, and the simulator still looks at the last ones then. So two copies of a row take turns.
 */
export class MarketBlocks {
  /** Absolute row up to which rows were taken. */
  consumed = 0;
  private readonly table: GrowingTable;
  private readonly wanted: readonly string[];
  private readonly isBars: boolean;
  private readonly starts: SessionStarts;
  /** Columns that the rows have; known when the first has come. */
  private present: readonly string[] | undefined;
  private readonly turns: { readonly one: OneRow; readonly rows: Rows }[] = [];
  private turn = 0;

  constructor(table: GrowingTable, wanted: readonly string[], isBars: boolean, starts: SessionStarts) {
    this.table = table;
    this.wanted = wanted;
    this.isBars = isBars;
    this.starts = starts;
  }

  /** The rows that are new, and which of them begin a session or a segment. */
  take(): MarketRows {
    const { table } = this, first = Math.max(0, this.consumed - table.base), length = table.length - first, base = table.base + first;
    this.consumed = base + length;
    if (table.length > 0) this.present ??= this.wanted.filter(column => table.columns[column] !== undefined);
    const rows = length === 1 ? this.oneRow(first) : this.manyRows(first);
    rows.base = base;
    rows.length = length;
    rows.starts = this.starts.find(rows.time, table.columns.segment as Int32Array | undefined, base, length, first);
    return rows;
  }

  private oneRow(at: number): Rows {
    const { turns, table } = this;
    this.turn = 1 - this.turn;
    if (turns.length <= this.turn) {
      for (let k = turns.length; k < 2; k++) {
        const one = new OneRow(table, this.present!), { columns } = one;
        turns.push({ one, rows: { base: 0, length: 0, ...columns, time: this.isBars ? columns.openTime : columns.time } });
      }
    }
    const { one, rows } = turns[this.turn];
    one.take(at);
    return rows;
  }

  private manyRows(first: number): Rows {
    const { columns, length } = this.table, rows: { [column: string]: any } = length === first && this.isBars ? { ...noBars } : {};
    for (const column of this.present ?? this.wanted) if (columns[column] !== undefined) rows[column] = columns[column].slice(first, length);
    if (this.isBars) rows.time = rows.openTime;
    return rows as Rows;
  }
}
