/** What a pipeline is given: its tables, their types, and where their rows stand in the order of time. */
import { noteReplacement } from '../array-replacements.ts';
import { clockClass, marketClass, marketKinds, timeClasses, type SourceOrder } from '../order-of-time.ts';
import { columnTypeOf, GrowingTable, isColumn, type ColumnArray, type Schema } from '../table.ts';
import { firstDescent } from '../time.ts';
import type { Node } from './node.ts';
import type { SourceColumns } from './pipeline.ts';
import type { Place } from './place.ts';

/** Sets a source's class and kind from its columns unless they are stated. */
export function classify(place: Place, order: SourceOrder | undefined): void {
  const { columns } = place.table;
  place.sourceClass = order?.class === undefined ? (columns.closeTime ? clockClass : marketClass) : timeClasses.indexOf(order.class);
  place.kind = marketKinds.indexOf(order?.kind ?? (columns.bid ? 'quote' : 'trade'));
}

/** The column that says when rows are known. */
export function timesOf(columns: SourceColumns): BigInt64Array | undefined {
  return columns.knownTime ?? columns.closeTime ?? columns.time;
}

/** A table that shares the given arrays; its times never decrease, equal ones are normal. */
export function tableOf(name: string, columns: SourceColumns): GrowingTable {
  const schema = schemaOfColumns(name, columns), arrays: Record<string, ColumnArray> = {}, times = timesOf(columns);
  let length = typeof columns.length === 'number' ? columns.length : -1;
  for (const column in schema) {
    const values = columns[column] as ColumnArray;
    if (length < 0) length = values.length;
    if (values.length < length || (typeof columns.length !== 'number' && values.length !== length)) throw new RangeError(`combine: column "${column}" of "${name}" has ${values.length} rows, others ${length}`);
    arrays[column] = values;
  }
  const descent = times ? firstDescent(times, 0, length) : length;
  if (times && descent < length) throw new RangeError(`combine: time of "${name}" runs backwards at row ${descent}: ${times[descent]} after ${times[descent - 1]}`);
  return new GrowingTable(schema, arrays, Math.max(0, length));
}

/** Throws unless a row known at `time` may still come: nothing that has been processed may follow it in the order of time. */
export function checkArrival(place: Place, time: bigint, frontier: bigint | undefined, sources: readonly Place[]): void {
  const { name, table, lastTime } = place;
  if (lastTime !== undefined && time < lastTime) throw new RangeError(`combine: time of "${name}" runs backwards at row ${table.base + table.length}: ${time} after ${lastTime}`);
  if (frontier !== undefined && (time < frontier || (time === frontier && place.class <= clockClass))) throw new RangeError(`combine: a row of "${name}" known at ${time} comes after the frontier ${frontier}`);
  for (const other of sources) {
    if (other === place || other.seenTime === undefined || time > other.seenTime) continue;
    if (time < other.seenTime || belongsBefore(place, other)) throw new RangeError(`combine: a row of "${name}" known at ${time} comes after one of "${other.name}" known at ${other.seenTime}, which follows it`);
  }
}

/** At one time: would a row of `place` have been visible at those of `other`? */
function belongsBefore(place: Place, other: Place): boolean {
  if (other.of !== undefined) return false;
  if (place.of !== undefined) return place.of === other;
  if (place.class !== other.class) return place.class < other.class;
  if (place.class === clockClass) return true;
  if (place.rank !== other.rank) return place.rank < other.rank;
  // The venue's sequence may order them either way.
  if (place.table.columns.sequence && other.table.columns.sequence) return false;
  return place.kind !== other.kind ? place.kind < other.kind : place.index < other.index;
}

/** Throws unless a block has the columns that earlier ones had, in their types, and rows before `to`; gives how many rows all of them have. */
export function checkColumns({ name, table: { schema, columns } }: Place, block: SourceColumns, to: number): number {
  let rows = Infinity;
  for (const column in schema) {
    const values: unknown = block[column];
    if (values === undefined) throw new TypeError(`combine: block of "${name}" lacks "${column}", which earlier rows had`);
    if (!isColumn(schema[column], values)) throw new TypeError(`combine: column "${column}" of "${name}" must be a ${columns[column].constructor.name}, was ${(values as object).constructor.name}`);
    const { length } = values as ColumnArray;
    if (length < to) throw new RangeError(`combine: column "${column}" of "${name}" has ${length} rows, the block goes to ${to}`);
    if (length < rows) rows = length;
  }
  if (block.segment !== undefined && !columns.segment) throw new TypeError(`combine: block of "${name}" has "segment", which earlier rows lacked`);
  return rows;
}

/** Is nothing known of its columns? A source has none before its first row. */
export function isUnopened({ schema }: GrowingTable): boolean {
  for (const _ in schema) return false;
  return true;
}

/** Takes a source back to before its first row. */
export function clear(table: GrowingTable): void {
  for (const column in table.schema) {
    delete (table.schema as Record<string, unknown>)[column];
    delete (table as unknown as Record<string, unknown>)[column];
  }
  table.columns = {};
  table.capacity = -1;
  noteReplacement(table);
}

export function schemaOfColumns(name: string, columns: SourceColumns): Schema {
  const declared: Schema | undefined = columns.schema, schema: Record<string, Schema[string]> = {};
  // A table states the order of its columns; one that was spread out, `{ ...bars, askOpen }`, may have further ones.
  for (const column in { ...declared, ...columns }) {
    const values = columns[column];
    if (values === undefined || (declared?.[column] === undefined && !ArrayBuffer.isView(values) && (declared !== undefined || !Array.isArray(values)))) continue;
    const type = columnTypeOf(values);
    if (type === undefined) throw new TypeError(`combine: column "${column}" of "${name}" must be a typed array, was ${values.constructor.name}`);
    schema[column] = declared?.[column] ?? type;
  }
  return schema;
}

/** The type of each field of a first row: what some node declares for it, else by its kind of value. */
export function schemaOfRow(place: Place, row: { readonly [column: string]: number | bigint | undefined }, nodes: readonly Node[]): Schema {
  const schema: Record<string, Schema[string]> = {};
  for (const column in row) if (row[column] !== undefined) schema[column] = column === 'segment' ? 'i32' : typeof row[column] === 'bigint' ? 'i64' : 'f64';
  for (const { spec, wiring } of nodes) {
    for (const column in wiring) if (wiring[column][0] === place && wiring[column][1] in schema) schema[wiring[column][1]] = spec.input[column] ?? spec.optional![column];
  }
  for (const { spec, reads } of nodes) {
    for (const table in reads) if (reads[table] === place) for (const column in spec.reads![table]) if (column in schema) schema[column] = spec.reads![table][column];
  }
  return schema;
}
