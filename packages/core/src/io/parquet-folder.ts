/** A folder of Parquet files as one table, as Spark writes them: parts in order of their names, `key=value` folders as columns of text. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import { isColumn, newColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import { unreadable } from './byte-source.ts';
import type { ParquetOptions } from './parquet-plan.ts';
import { TextCodes } from './parquet/text-codes.ts';
import type { ReadOptions, RowGroup, TableFile, TableSlice } from './table-file.ts';

/** What Spark and Hive call a key that is null. */
const nullKey = '__HIVE_DEFAULT_PARTITION__';

interface Part {
  readonly path: string;
  readonly keys: { readonly [key: string]: string };
  /** Index of its first row group and first row in the folder. */
  readonly firstGroup: number;
  readonly firstRow: number;
  readonly groups: readonly RowGroup[];
}

type Open = (path: string, options: ParquetOptions) => Promise<TableFile>;

/**
 * Opens the files ending in `.parquet` of a folder and of the folders in it; names that begin with `_` or `.` (such as `_SUCCESS`) are passed over.
 *
 * Each part is open only while it is read. Errors: DataError for a folder without parts, for a part of another schema, and for rows out of order.
 */
export async function openFolder(folder: string, options: ParquetOptions, open: Open): Promise<TableFile> {
  const found = await partsIn(folder, {});
  if (found.length === 0) throw new DataError('is a folder without Parquet files', { file: folder });
  const keyNames = Object.keys(found[0].keys).filter((key) => options.columns === undefined || Object.values(options.columns).includes(key));
  const partOptions = options.columns ? { ...options, columns: withoutKeys(options.columns, keyNames) } : options;
  const parts: Part[] = [];
  let first: TableFile | undefined,
    groups = 0,
    rows = 0;
  for (const { path, keys } of found) {
    const table = await open(path, partOptions);
    await table.close();
    first ??= table;
    if (JSON.stringify(table.schema) !== JSON.stringify(first.schema)) throw new DataError(`has other columns than ${first.name}`, { file: path });
    if (keyNames.some((key) => !Object.hasOwn(keys, key))) throw new DataError(`lies in no folder of ${keyNames.join(', ')}`, { file: path });
    parts.push({ path, keys, firstGroup: groups, firstRow: rows, groups: table.groups });
    groups += table.groups.length;
    rows += table.rowCount;
  }
  const { schema: stored, timeColumn, metadata } = first!,
    columnKeys = new Map<string, string>();
  for (const key of keyNames) {
    const name = nameOf(options.columns, key);
    // A column in the file itself goes before its folder's name.
    if (!(name in stored)) columnKeys.set(name, key);
  }
  const schema: Record<string, ColumnType> = { ...stored };
  for (const name of columnKeys.keys()) schema[name] = 'text';
  const texts: Record<string, TextCodes> = {};
  for (const name in schema) if (schema[name] === 'text') texts[name] = new TextCodes();

  function chosen(read: ReadOptions): { names: readonly string[]; inPart: (part: Part) => number[] } {
    const names = read.columns ?? Object.keys(schema);
    for (const name of names)
      if (!(name in schema)) throw new RangeError(`${folder}: there is no column "${name}", it has ${Object.keys(schema).join(', ')}`);
    for (const index of read.groups ?? [])
      if (!(index >= 0 && index < groups)) throw new RangeError(`${folder}: there is no row group ${index}, it has ${groups}`);
    const wanted = read.groups && new Set(read.groups);
    return { names, inPart: (part) => part.groups.map(({ index }) => index).filter((index) => !wanted || wanted.has(part.firstGroup + index)) };
  }

  /** A slice of a part as one of the folder: codes of the folder, keys, rows counted from its first. */
  function inFolder(part: Part, slice: TableSlice, names: readonly string[], into: ReadOptions['into']): TableSlice {
    const columns: Record<string, ColumnArray> = {},
      lists: Record<string, readonly string[]> = {},
      kinds: Record<string, ColumnType> = {};
    for (const name of names) {
      const key = columnKeys.get(name);
      kinds[name] = schema[name];
      if (key !== undefined) {
        const value = part.keys[key];
        columns[name] = (into?.[name]?.subarray(0, slice.length) ?? newColumn('text', slice.length)).fill(
          (value === nullKey ? -1 : texts[name].codeOf(value)) as never,
        );
      } else columns[name] = slice.columns[name];
      if (schema[name] !== 'text') continue;
      lists[name] = texts[name].list;
      if (key !== undefined) continue;
      const codes = columns[name] as Int32Array,
        known = slice.texts[name].map((text) => texts[name].codeOf(text));
      for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) codes[i] = known[codes[i]];
    }
    return { ...slice, schema: kinds, columns, texts: lists, base: part.firstRow + slice.base };
  }

  async function* stream(read: ReadOptions = {}): AsyncIterable<TableSlice> {
    const { names, inPart } = chosen(read);
    let before: bigint | undefined;
    for (const part of parts) {
      const wanted = inPart(part);
      if (wanted.length === 0) continue;
      const table = await open(part.path, partOptions);
      try {
        for await (const slice of table.stream({ ...read, columns: names.filter((name) => !columnKeys.has(name)), groups: wanted })) {
          const time = timeColumn === undefined ? undefined : (slice.columns[timeColumn] as BigInt64Array | undefined);
          if (time && options.order !== 'any') {
            if (before !== undefined && time[0] < before)
              throw new DataError('begins before the part before it ends', { file: part.path, row: slice.base, column: timeColumn });
            before = time[time.length - 1];
          }
          yield inFolder(part, slice, names, read.into);
        }
      } finally {
        await table.close();
      }
    }
  }

  async function readAll(read: ReadOptions = {}): Promise<TableSlice> {
    const { names, inPart } = chosen(read),
      columns: Record<string, ColumnArray> = {},
      lists: Record<string, readonly string[]> = {},
      kinds: Record<string, ColumnType> = {};
    let room = 0,
      length = 0,
      base = 0,
      offGrid = 0;
    for (const part of parts) for (const index of inPart(part)) room += part.groups[index].toRow - part.groups[index].fromRow;
    for (const name of names) {
      const into = read.into?.[name];
      if (into !== undefined && !isColumn(schema[name], into))
        throw new TypeError(`${folder}: the column to read "${name}" into is not of type ${schema[name]}`);
      if (into !== undefined && into.length < room)
        throw new RangeError(`${folder}: the column to read "${name}" into has room for ${into.length} of ${room} rows`);
      columns[name] = into ?? newColumn(schema[name], room);
      kinds[name] = schema[name];
      if (schema[name] === 'text') lists[name] = texts[name].list;
    }
    for await (const slice of stream({ ...read, into: undefined })) {
      if (length === 0) base = slice.base;
      for (const name of names) (columns[name] as Float64Array).set(slice.columns[name] as Float64Array, length);
      length += slice.length;
      offGrid += slice.offGrid;
    }
    for (const name of names) columns[name] = columns[name].subarray(0, length);
    return { schema: kinds, columns, texts: lists, length, base, offGrid };
  }

  const allGroups = parts.flatMap(({ groups: own, firstGroup, firstRow }) =>
    own.map((group) => ({ ...group, index: firstGroup + group.index, fromRow: firstRow + group.fromRow, toRow: firstRow + group.toRow })),
  );
  return { name: folder, schema, timeColumn, rowCount: rows, groups: allGroups, metadata, read: readAll, stream, close: () => Promise.resolve() };
}

/** The parts of a folder in order of their paths, with the keys that the folders' names give. */
async function partsIn(
  folder: string,
  keys: { readonly [key: string]: string },
): Promise<{ path: string; keys: { readonly [key: string]: string } }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts: { path: string; keys: { readonly [key: string]: string } }[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name),
      at = entry.name.indexOf('=');
    if (/^[_.]/.test(entry.name)) continue;
    if (entry.isDirectory())
      parts.push(...(await partsIn(path, at > 0 ? { ...keys, [entry.name.slice(0, at)]: unescaped(entry.name.slice(at + 1)) } : keys)));
    else if (entry.name.endsWith('.parquet')) parts.push({ path, keys });
  }
  return parts;
}

/** Values of keys are written with `%` escapes; a stray `%` stands for itself. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function nameOf(columns: ParquetOptions['columns'], source: string): string {
  return Object.entries(columns ?? {}).find(([, column]) => column === source)?.[0] ?? source;
}

function withoutKeys(columns: { readonly [column: string]: string }, keys: readonly string[]): { readonly [column: string]: string } {
  return Object.fromEntries(Object.entries(columns).filter(([, source]) => !keys.includes(source)));
}
