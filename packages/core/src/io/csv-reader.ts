/** CSV files, plain, gzipped or in a zip, as tables of ticks or bars. */
import { gunzipSync } from 'node:zlib';
import { DataError, knownOptions } from '../errors.ts';
import { readBytes } from './byte-source.ts';
import type { CsvLayout } from './csv-layout.ts';
import { readTables } from './csv-tables.ts';
import type { TableSlice } from './table-file.ts';
import { zipMembers } from './zip-file.ts';

export interface CsvOptions extends Omit<CsvLayout, 'tables'> {
  /** Path of a `.csv` (any name), `.gz` or `.zip` file. One of file and text is required. */
  file?: string;
  /** The text itself. */
  text?: string;
}

const known = [
  'file',
  'text',
  'record',
  'columns',
  'header',
  'fieldCount',
  'delimiter',
  'timeFormat',
  'timeZone',
  'date',
  'time',
  'interval',
  'values',
  'scale',
  'symbolColumn',
  'symbol',
  'order',
  'prices',
  'onGrid',
];

/**
 * Reads a delimited file as one table of quotes, trades or bars.
 *
 * Numbers become the doubles nearest to their decimals, times exact UTC nanoseconds. Bars must say their `interval` and whether their times
 * label the `open` or the `close`; they get both, `openTime` and `closeTime`. Errors: DataError with file, row (from 0, the header not counted)
 * and column; RangeError for options. Example: `readCsv({ file: 'eurusd.csv', record: 'quotes', columns: { time: 0, bid: 1, ask: 2 }, timeFormat: 'iso' })`.
 */
export async function readCsv(options: CsvOptions): Promise<TableSlice> {
  knownOptions('readCsv', options, known);
  const { file, text, ...layout } = options;
  if ((file === undefined) === (text === undefined)) throw new RangeError('readCsv: give either file or text');
  if (text !== undefined) return readTables('text', new TextEncoder().encode(text), layout)[''];
  return readTables(file!, (await csvBytes(file!)).bytes, layout)[''];
}

/** The unpacked bytes of a delimited file, and the bytes as they are stored. */
export interface CsvBytes {
  readonly bytes: Uint8Array;
  readonly stored: Uint8Array;
  /** Name of the file inside a zip. */
  readonly member?: string;
}

/** Reads and unpacks a delimited file. Errors: DataError with the path. */
export async function csvBytes(file: string): Promise<CsvBytes> {
  const stored = await readBytes(file);
  if (stored.length === 0) throw new DataError('is empty', { file });
  if (file.endsWith('.zip')) {
    const members = zipMembers(file, stored);
    if (members.length !== 1)
      throw new DataError(`holds ${members.length} files (${members.map((member) => member.name).join(', ')}): one is expected`, { file });
    return { bytes: members[0].bytes(), stored, member: members[0].name };
  }
  if (!file.endsWith('.gz')) return { bytes: stored, stored };
  try {
    return { bytes: gunzipSync(stored), stored };
  } catch (error) {
    throw new DataError(`is no gzip file, or was cut short: ${(error as Error).message}`, { file });
  }
}
