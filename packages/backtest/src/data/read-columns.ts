/** Any file of numbers as typed columns, for engines that need no record. */
import { DataError, parseTime } from '@zanzibar/core';
import { csvBytes, openParquet } from '@zanzibar/core/io';

const times: ReadonlySet<string> = new Set(['time', 'openTime', 'closeTime', 'eventTime', 'knownTime']);

/** Columns of a Parquet file as they are; of a CSV file with a header, numbers as doubles and times as nanoseconds (ISO, or integers of nanoseconds). */
export async function readColumns(file: string, zone: string): Promise<{ [column: string]: any }> {
  if (file.endsWith('.parquet')) {
    const table = await openParquet(file, { order: 'any' }), { columns } = await table.read();
    await table.close();
    return { ...columns };
  }
  const { bytes } = await csvBytes(file), lines = new TextDecoder().decode(bytes).split(/\r?\n/).filter(line => line.trim() !== ''), delimiter = [',', ';', '\t'].find(each => lines[0].includes(each)) ?? ',';
  const header = lines[0].split(delimiter).map(name => canonicalName(name.trim().replaceAll('"', ''))), length = lines.length - 1;
  if (length < 1) throw new DataError('has no rows', { file });
  const columns: { [column: string]: Float64Array | BigInt64Array } = {}, cells = lines.slice(1).map(line => line.split(delimiter));
  header.forEach((name, at) => {
    if (times.has(name)) {
      columns[name] = BigInt64Array.from(cells, (row, i) => timeOf(row[at], zone, { file, row: i, column: name }));
      return;
    }
    const values = new Float64Array(length);
    let isNumeric = true;
    for (let i = 0; i < length && isNumeric; i++) {
      const cell = (cells[i][at] ?? '').trim();
      values[i] = cell === '' ? NaN : Number(cell);
      isNumeric = cell === '' || cell.toLowerCase() === 'nan' || !Number.isNaN(values[i]);
      if (!isNumeric && i > 0) throw new DataError(`must be a number, was ${cell}`, { file, row: i, column: name });
    }
    if (isNumeric) columns[name] = values;
  });
  return columns;
}

function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  if (['time', 'timestamp', 'date', 'datetime'].includes(lower)) return 'time';
  return { opentime: 'openTime', closetime: 'closeTime', bidsize: 'bidSize', asksize: 'askSize', buyvolume: 'buyVolume', sellvolume: 'sellVolume' }[lower] ?? lower;
}

function timeOf(cell: string, zone: string, place: { file: string; row: number; column: string }): bigint {
  const text = (cell ?? '').trim();
  if (/^-?\d{15,}$/.test(text)) return BigInt(text);
  const iso = text.replace(' ', 'T');
  try {
    return parseTime(/T.*([Z+]|-\d\d:?\d\d$)/.test(iso) || !iso.includes('T') ? iso : zone === 'UTC' ? `${iso}Z` : iso);
  } catch (error) {
    throw new DataError((error as Error).message, place);
  }
}

