/** A table as a golden file keeps it: its digest, and its rows, or two bytes a row that tell which row is the first to differ. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { columnDefault, newColumn, type ColumnArray, type ColumnType, type Schema } from '@zanzibar/core';
import { resultTableDigest } from '../result/digests.ts';
import { columnOf, resultTable, type ResultTable } from '../result/result-table.ts';

export interface GoldenTable {
  readonly rows: number;
  readonly digest: string;
  /** Base64 of 16 bits a row; each depends on the row and on all before it. Absent where the values are kept. */
  readonly checks?: string;
  /** Base64 of deflated JSON: the columns that are not default throughout. */
  readonly values?: string;
}

type StoredColumn = readonly [type: ColumnType, values: readonly (number | string | null)[]];

/** `keepsValues`: rows can then be shown and compared within tolerances. */
export function goldenTable(table: ResultTable, keepsValues: boolean): GoldenTable {
  const digest = resultTableDigest(table).slice(0, 32), facts = { rows: table.length, digest };
  if (table.length === 0) return facts;
  return keepsValues ? { ...facts, values: deflateRawSync(storedText(table), { level: 9 }).toString('base64') } : { ...facts, checks: rowChecks(table).toString('base64') };
}

/** The rows that were kept, undefined where only checks were. */
export function rowsOf({ rows, values }: GoldenTable): ResultTable | undefined {
  if (rows === 0) return { schema: {}, columns: {}, length: 0, texts: {} };
  if (values === undefined) return undefined;
  const stored = JSON.parse(inflateRawSync(Buffer.from(values, 'base64')).toString('utf8')) as { readonly [column: string]: StoredColumn };
  const schema: Record<string, ColumnType> = {}, columns: Record<string, ColumnArray> = {}, texts: Record<string, string[]> = {};
  for (const [name, [type, list]] of Object.entries(stored)) {
    schema[name] = type;
    const column = newColumn(type, list.length);
    if (type === 'text') {
      const known = new Map<string, number>();
      texts[name] = [];
      list.forEach((text, row) => {
        if (text !== '' && !known.has(text as string)) known.set(text as string, texts[name].push(text as string) - 1);
        column[row] = text === '' ? -1 : known.get(text as string)!;
      });
    } else list.forEach((value, row) => {
      (column as Float64Array)[row] = (type === 'i64' || type === 'u64' ? BigInt(value as string) : value === null ? NaN : Number(value)) as number;
    });
    columns[name] = column;
  }
  return resultTable(schema, columns, rows, texts);
}

/** The first row whose check differs; the shorter length where all rows of the shorter agree; undefined where all do. */
export function firstRowApart(golden: GoldenTable, table: ResultTable): number | undefined {
  const expected = Buffer.from(golden.checks ?? '', 'base64'), actual = rowChecks(table), length = Math.min(golden.rows, table.length);
  for (let row = 0; row < length; row++) if (expected.readUInt16LE(2 * row) !== actual.readUInt16LE(2 * row)) return row;
  return golden.rows === table.length ? undefined : length;
}

function storedText(table: ResultTable): string {
  const stored: Record<string, StoredColumn> = {};
  for (const name of columnsInUse(table)) {
    const column = columnOf(table, name), type = table.schema[name], texts = table.texts[name] ?? [];
    stored[name] = [type, Array.from(column as ArrayLike<number | bigint>, value => (type === 'text' ? (texts[Number(value)] ?? '') : typeof value === 'bigint' || !(Number.isFinite(value) || Number.isNaN(value)) ? String(value) : value))];
  }
  return JSON.stringify(stored);
}

/** Sorted, and without those that are default throughout, so that a column that is added changes nothing. */
function columnsInUse({ schema, columns, length }: ResultTable): string[] {
  return Object.keys(columns).filter(name => {
    const value = columnDefault(name, schema[name]), isText = schema[name] === 'text';
    for (let row = 0; row < length; row++) if (isText ? Number(columns[name][row]) >= 0 : columns[name][row] !== value && !(columns[name][row] !== columns[name][row] && value !== value)) return true;
    return false;
  }).sort();
}

/** FNV-1a over 16-bit halves of the values, run on from row to row; the low bits of each row's state are kept. */
function rowChecks(table: ResultTable): Buffer {
  const names = columnsInUse(table), { length } = table, checks = Buffer.alloc(2 * length), state = new Uint32Array(length);
  for (const name of names) {
    const type: Schema[string] = table.schema[name], column = columnOf(table, name), words = type === 'text' ? textHashes(column as Int32Array, table.texts[name] ?? []) : wordsOf(column, type), each = words.length / length;
    const seed = textHash(name);
    for (let row = 0; row < length; row++) {
      let h = state[row] ^ seed;
      for (let k = row * each; k < (row + 1) * each; k++) h = Math.imul(h ^ words[k], 0x01000193) ^ (h >>> 15);
      state[row] = h;
    }
  }
  let chain = 0x811c9dc5;
  for (let row = 0; row < length; row++) {
    chain = Math.imul(chain ^ state[row], 0x01000193);
    chain ^= chain >>> 16;
    checks.writeUInt16LE(chain & 0xffff, 2 * row);
  }
  return checks;
}

/** The bits of a column as 32-bit words; -0 is 0 and every NaN is one. */
function wordsOf(column: ColumnArray, type: ColumnType): Int32Array {
  if (type === 'i64' || type === 'u64') return new Int32Array(column.slice().buffer);
  const values = Float64Array.from(column as ArrayLike<number>, value => (value !== value ? NaN : value + 0));
  return new Int32Array(values.buffer);
}

function textHashes(codes: Int32Array, texts: readonly string[]): Int32Array {
  const hashes = texts.map(textHash);
  return codes.map(code => hashes[code] ?? 0);
}

function textHash(text: string): number {
  let h = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
