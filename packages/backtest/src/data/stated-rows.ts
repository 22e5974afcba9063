/**
 * Rows that state something beside the prices: rates, funding, dividends, facts of instruments. CSV with a header, Parquet or Arrow.
 *
 * Times are ISO 8601 (in a zone where they state none) or integers since 1970. A cell that is needed and empty, NaN or out of range is an error, and so is a
 * column that nobody reads: what is absent or misspelt is not zero. Errors: DataError with file, row and column.
 */
import { DataError } from '@zanzibar/core';
import { isTableFile } from '@zanzibar/core/io';
import { readCells, readTable, timeOf } from './read-columns.ts';

/** What a number of a cell may be. */
export type NumberRule = 'finite' | 'positive' | 'notNegative';

const rules: { readonly [R in NumberRule]: readonly [words: string, holds: (value: number) => boolean] } = {
  finite: ['a finite number', () => true], positive: ['a positive number', value => value > 0], notNegative: ['a number of at least 0', value => value >= 0],
};

export class StatedRows {
  readonly file: string;
  readonly length: number;
  private readonly cells: ReadonlyMap<string, (row: number) => string | bigint>;
  private readonly zone: string;

  constructor(file: string, length: number, cells: ReadonlyMap<string, (row: number) => string | bigint>, zone: string) {
    this.file = file;
    this.length = length;
    this.cells = cells;
    this.zone = zone;
  }

  has(column: string): boolean {
    return this.cells.has(column);
  }

  /** The text of a cell, empty where there is none: in a table a time of 0 is none. */
  text(row: number, column: string): string {
    const cell = this.cells.get(column)?.(row) ?? '';
    return cell === 0n ? '' : String(cell);
  }

  /** A number that must be there. */
  number(row: number, column: string, rule: NumberRule): number {
    const text = this.text(row, column), value = text === '' ? NaN : Number(text), [words, holds] = rules[rule];
    if (!Number.isFinite(value) || !holds(value)) this.fail(row, column, `must be ${words}, ${text === '' ? 'was empty: what is absent is not zero' : `was ${text}`}`);
    return value;
  }

  /** UTC nanoseconds. */
  time(row: number, column: string): bigint {
    const cell = this.cells.get(column)?.(row) ?? '';
    if (typeof cell === 'bigint') return cell;
    if (cell === '') this.fail(row, column, 'must be a time, was empty');
    return timeOf(cell, this.zone, { file: this.file, row, column });
  }

  fail(row: number, column: string, message: string): never {
    throw new DataError(message, { file: this.file, row, column });
  }
}

/** Reads a file whose header must name every needed column and no other than those that are known. */
export async function readStatedRows(file: string, zone: string, needed: readonly string[], others: readonly string[]): Promise<StatedRows> {
  const { length, cells } = isTableFile(file) ? await ofTable(file) : await ofCsv(file), known = [...needed, ...others];
  for (const column of cells.keys()) if (!known.includes(column)) throw new DataError(`unknown column, known are ${known.join(', ')}`, { file, column });
  for (const column of needed) if (!cells.has(column)) throw new DataError(`column is missing, the header names ${[...cells.keys()].join(', ')}`, { file, column });
  return new StatedRows(file, length, cells, zone);
}

async function ofCsv(file: string): Promise<{ length: number; cells: Map<string, (row: number) => string> }> {
  const { names, cells: rows } = await readCells(file), cells = new Map<string, (row: number) => string>();
  names.forEach((name, at) => {
    if (cells.has(name)) throw new DataError('two columns have this name', { file, column: name });
    cells.set(name, row => rows[row][at].trim().replace(/^"(.*)"$/, '$1'));
  });
  return { length: rows.length, cells };
}

async function ofTable(file: string): Promise<{ length: number; cells: Map<string, (row: number) => string | bigint> }> {
  const { schema, columns, texts, length } = await readTable(file), cells = new Map<string, (row: number) => string | bigint>();
  for (const [name, values] of Object.entries(columns)) {
    if (schema[name] === 'text') cells.set(name, row => texts[name][values[row] as number] ?? '');
    else if (schema[name] === 'i64' || schema[name] === 'u64') cells.set(name, row => values[row] as bigint);
    else cells.set(name, row => (Number.isNaN(values[row]) ? '' : String(values[row])));
  }
  return { length, cells };
}
