/** Any file of numbers as typed columns, for engines that need no record. */
import { DataError, localToUtc, parseTime, type DataPlace } from '@zanzibar/core';
import { csvBytes, isTableFile, openTable, type TableSlice } from '@zanzibar/core/io';

const times: ReadonlySet<string> = new Set(['time', 'openTime', 'closeTime', 'eventTime', 'knownTime']);

/**
 * Columns of a Parquet or Arrow file as they are; of a CSV file with a header, numbers as doubles and times as nanoseconds: ISO 8601, in `zone` where they state none,
 * or integers since 1970 whose size tells their unit. A column of texts is left out. Errors: DataError with file, row and column.
 */
export async function readColumns(file: string, zone: string): Promise<{ [column: string]: any }> {
  if (isTableFile(file)) return { ...(await readTable(file)).columns };
  const { names, cells } = await readCells(file), header = names.map(canonicalName), columns: { [column: string]: Float64Array | BigInt64Array } = {};
  header.forEach((name, at) => {
    if (name in columns) throw new DataError(`two columns are called ${names[at]}`, { file, column: name });
    if (times.has(name)) {
      columns[name] = BigInt64Array.from(cells, (row, i) => timeOf(row[at], zone, { file, row: i, column: name }));
      return;
    }
    const values = Float64Array.from(cells, row => numberOf(row[at]));
    const wrong = cells.findIndex((row, i) => Number.isNaN(values[i]) && !/^(nan)?$/i.test(row[at].trim()));
    if (wrong > 0) throw new DataError(`must be a number, was ${cells[wrong][at]}`, { file, row: wrong, column: name });
    if (wrong < 0) columns[name] = values;
  });
  return columns;
}

/** All of a Parquet or Arrow file. Errors: DataError for one without rows. */
export async function readTable(file: string): Promise<TableSlice> {
  const table = await openTable(file, { order: 'any' });
  try {
    const slice = await table.read();
    if (slice.length === 0) throw new DataError('has no rows', { file });
    return slice;
  } finally {
    await table.close();
  }
}

/** Names and cells of a CSV file as they stand there, delimited by comma, semicolon or tab. Errors: DataError for one without a header or rows, or with a row of another length. */
export async function readCells(file: string): Promise<{ readonly names: readonly string[]; readonly cells: readonly (readonly string[])[] }> {
  const { bytes } = await csvBytes(file), lines = new TextDecoder().decode(bytes).split(/\r?\n/).filter(line => line.trim() !== '');
  if (lines.length === 0) throw new DataError('is empty', { file });
  const delimiter = [',', ';', '\t'].find(each => lines[0].includes(each)) ?? ',', names = lines[0].split(delimiter).map(name => name.trim().replaceAll('"', '')), cells = lines.slice(1).map(line => line.split(delimiter));
  if (names.every(name => name !== '' && !Number.isNaN(Number(name)))) throw new DataError('has no header line with the names of its columns', { file });
  if (cells.length === 0) throw new DataError('has no rows', { file });
  cells.forEach((row, i) => {
    if (row.length !== names.length) throw new DataError(`has ${row.length} fields, the header names ${names.length}`, { file, row: i });
  });
  return { names, cells };
}

function numberOf(cell: string): number {
  return cell.trim() === '' ? NaN : Number(cell);
}

const canonical: { readonly [lower: string]: string } = {
  timestamp: 'time', date: 'time', datetime: 'time', opentime: 'openTime', open_time: 'openTime', closetime: 'closeTime', close_time: 'closeTime', eventtime: 'eventTime', knowntime: 'knownTime',
  bidsize: 'bidSize', bid_size: 'bidSize', asksize: 'askSize', ask_size: 'askSize', buyvolume: 'buyVolume', sellvolume: 'sellVolume', tickcount: 'tickCount', fromrow: 'fromRow', torow: 'toRow',
};

function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return canonical[lower] ?? lower;
}

/** A time of a cell: an integer since 1970 by its size (seconds, milliseconds, microseconds, nanoseconds), else ISO 8601, in `zone` where it states none. */
export function timeOf(cell: string, zone: string, place: DataPlace): bigint {
  const text = cell.trim(), digits = /^-?(\d+)$/.exec(text)?.[1].length ?? 0;
  if (digits >= 9) return BigInt(text) * (digits <= 11 ? 1_000_000_000n : digits <= 14 ? 1_000_000n : digits <= 17 ? 1000n : 1n);
  const iso = text.replace(' ', 'T'), hasZone = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(iso);
  try {
    return hasZone ? parseTime(iso) : localToUtc(zone, parseTime(iso.includes('T') ? `${iso}Z` : iso));
  } catch (error) {
    if ((error as Error).message.startsWith('zone:')) throw error;
    throw new DataError((error as Error).message, place);
  }
}
