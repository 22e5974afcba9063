/** What of a source's rows goes to the simulator, and what the strategy is shown of them. */
import type { GrowingTable } from '@zanzibar/core';
import type { DecisionRows } from '../simulator/setup.ts';
import { cuttingRows } from './cutting-rows.ts';
import { OneRow } from './one-row.ts';
import type { BuiltSource } from './pipeline.ts';
import type { SourceNow } from './source-now.ts';

export const noTimes: BigInt64Array = new BigInt64Array(0);

/** A source that has had no row. */
export function noRows(base: number): DecisionRows {
  return { base, length: 0, time: noTimes, toRow: undefined, provedBy: undefined, segment: undefined };
}

/** The rows of one source, block by block; its view is turned to them. A block of one row is copied, of others the strategy sees the pipeline's own arrays. */
export class SourceBlocks {
  /** Absolute row up to which rows were taken. */
  consumed = 0;
  private readonly built: BuiltSource;
  private readonly now: SourceNow;
  private readonly find: (table: string) => GrowingTable;
  private readonly table: GrowingTable | undefined;
  /** Ticks of which its bars are made: these name rows of the market. */
  private readonly ticks: GrowingTable | undefined;
  private idle: DecisionRows = noRows(0);
  /** The source's own row, then that of each node beside it. */
  private ones: { readonly parts: readonly OneRow[]; readonly columns: { [column: string]: any }; readonly offsets: { readonly [table: string]: Int32Array } } | undefined;

  constructor(built: BuiltSource, now: SourceNow, find: (table: string) => GrowingTable, ticks: GrowingTable | undefined) {
    this.built = built;
    this.now = now;
    this.find = find;
    this.table = built.table === undefined ? undefined : find(built.table);
    this.ticks = ticks;
  }

  /** The rows that are new. */
  take(): DecisionRows {
    const { table, now, built } = this;
    if (table === undefined) return this.idle;
    const first = Math.max(0, this.consumed - table.base), length = table.length - first, base = table.base + first;
    this.consumed = base + length;
    if (length === 0) {
      if (this.idle.base !== base) this.idle = noRows(base);
      return this.idle;
    }
    now.base = base;
    now.tables = built.view.tables;
    if (length === 1) this.showOne(first);
    else this.showMany(table, first);
    const { segment } = table.columns, toRow = this.ticks === undefined ? undefined : table.columns.toRow, end = table.length, own = length === 1 ? now.columns : undefined;
    const provedBy = toRow && segment && built.source.kind === 'bars' ? cuttingRows(table, first, this.ticks!) : undefined;
    return {
      base, length, time: now.times,
      toRow: toRow && (own ? own.toRow : toRow.subarray(first, end)),
      provedBy,
      segment: segment && (own ? own.segment : segment.subarray(first, end)),
    };
  }

  private showOne(at: number): void {
    const { now, built: { view } } = this, { parts, columns, offsets } = this.ones ??= this.prepareOne();
    for (const part of parts) part.take(at);
    for (const name in offsets) {
      const given = view.offsets[name], own = offsets[name];
      own[0] = given[at];
      own[1] = given[at + 1];
    }
    now.columns = columns;
    now.offsets = offsets;
    now.times = columns.closeTime ?? columns.time ?? noTimes;
  }

  private prepareOne(): NonNullable<SourceBlocks['ones']> {
    const { built, find, table } = this, one = new OneRow(table!, columnsOf(table!)), parts = [one], columns: { [column: string]: any } = { ...one.columns };
    for (const name in built.columns) {
      const [node, output] = built.columns[name], part = new OneRow(find(`engines.${node}`), [output]);
      columns[name] = part.columns[output];
      parts.push(part);
    }
    return { parts, columns, offsets: Object.fromEntries(Object.keys(built.view.offsets).map(name => [name, new Int32Array(2)])) };
  }

  private showMany(table: GrowingTable, first: number): void {
    const { now, built, find } = this, { length } = table, columns: { [column: string]: any } = {}, offsets: Record<string, Int32Array> = {};
    for (const column of columnsOf(table)) columns[column] = table.columns[column].subarray(first, length);
    for (const name in built.columns) {
      const [node, output] = built.columns[name];
      columns[name] = find(`engines.${node}`).columns[output].subarray(first, length);
    }
    for (const name in built.view.offsets) offsets[name] = built.view.offsets[name].subarray(first, length + 1);
    now.columns = columns;
    now.offsets = offsets;
    now.times = columns.closeTime ?? columns.time ?? noTimes;
  }
}

/** The columns of a table without those that only the pipeline reads. */
function columnsOf({ schema, columns }: GrowingTable): string[] {
  return Object.keys(schema).filter(column => !column.startsWith('@') && columns[column] !== undefined);
}
