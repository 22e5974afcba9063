/** Layouts by header line: the usual names of columns, so that a plain price file needs no mapping. */
import { DataError } from '../errors.ts';
import type { CsvLayout, CsvRecord } from './csv-layout.ts';
import { fieldText } from './csv-number.ts';
import { newFields, readRow } from './csv-rows.ts';
import { delimiterByte } from './csv-tables.ts';

/** Header names that mean a column, in small letters; the first that a file has is taken. */
const usual: { readonly [column: string]: readonly string[] } = {
  time: ['time', 'timestamp', 'datetime', 'date', 'open_time', 'opentime'],
  bid: ['bid'],
  ask: ['ask'],
  bidSize: ['bidsize', 'bid_size'],
  askSize: ['asksize', 'ask_size'],
  price: ['price'],
  size: ['size', 'amount', 'quantity', 'qty'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume'],
};
const needed: readonly (readonly [record: CsvRecord, columns: readonly string[], more: readonly string[]])[] = [
  ['quotes', ['bid', 'ask'], ['bidSize', 'askSize']],
  ['bars', ['open', 'high', 'low', 'close'], ['volume']],
  ['trades', ['price'], ['size']],
];

/**
 * What the header line says: record, columns, delimiter, and the form of the times by the first row (digits: a count since 1970 whose unit
 * its size tells; else ISO 8601). Interval, zone and which end times label are never guessed. Errors: DataError where the names are not usual ones.
 */
export function layoutByHeader(file: string, bytes: Uint8Array): Pick<CsvLayout, 'record' | 'columns' | 'delimiter' | 'timeFormat' | 'header'> {
  const fields = newFields(),
    start = bytes[0] === 0xef ? 3 : 0;
  const texts = (): string[] => Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields.starts[i], fields.ends[i]));
  for (const delimiter of [',', ';', '\t', '|']) {
    const next = readRow(bytes, start, delimiterByte(delimiter), fields, file, 0);
    if (next < 0) throw new DataError('is empty', { file });
    const names = texts().map((text) => text.toLowerCase()),
      found = (column: string): string | undefined => usual[column].find((name) => names.includes(name));
    const kind = needed.find(([, columns]) => [...columns, 'time'].every(found));
    if (!kind) continue;
    const [record, columns, more] = kind,
      all = ['time', ...columns, ...more].filter(found);
    const row = readRow(bytes, next, delimiterByte(delimiter), fields, file, 0),
      time = row < 0 ? '' : texts()[names.indexOf(found('time')!)];
    return {
      record,
      delimiter,
      header: true,
      columns: Object.fromEntries(all.map((column) => [column, found(column)!])),
      timeFormat: /^\d{9,}(\.\d+)?$/.test(time) ? 'epoch' : 'iso',
    };
  }
  throw new DataError(
    'its first line does not name a time with bid and ask, open, high, low and close, or a price: give a preset, or record, columns and timeFormat',
    { file },
  );
}
