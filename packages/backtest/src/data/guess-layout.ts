/** How a file without a stated format is read: by the names of its columns. */
import { DataError, formatInterval } from '@zanzibar/core';
import { csvBytes, isTableFile, openTable, type CsvLayout, type CsvRecord } from '@zanzibar/core/io';

const times = ['time', 'timestamp', 'datetime', 'date', 'opentime', 'open_time', 'ts'];

/** The layout of a CSV, Parquet or Arrow file with a header; what its columns do not tell (interval, zone) stays for the caller to state. */
export async function guessLayout(file: string, wanted: { readonly record?: CsvRecord | undefined } = {}): Promise<Partial<CsvLayout> & { readonly record: CsvRecord }> {
  if (isTableFile(file)) {
    const table = await openTable(file, { order: 'any' });
    await table.close();
    const names = Object.keys(table.schema), record = wanted.record ?? recordOf(file, names);
    return { record, ...(names.includes('time') || names.includes('openTime') ? {} : { columns: columnsOf(file, names, record) }) };
  }
  const { bytes } = await csvBytes(file), [header = '', ...lines] = new TextDecoder().decode(bytes.subarray(0, 65_536)).replace(/^\ufeff/, '').split(/\r?\n/), [first = ''] = lines;
  if (bytes.length === 0 || (header.trim() === '' && lines.every(line => line.trim() === ''))) throw new DataError('is empty', { file });
  const delimiter = [',', ';', '\t'].find(each => header.includes(each)) ?? ',', names = header.split(delimiter).map(name => name.trim().replaceAll('"', ''));
  if (/^[\d.+-]/.test(names[0])) throw new DataError('has no header line: name its format with --preset, or give it a first line with the names of its columns', { file });
  const record = wanted.record ?? recordOf(file, names), columns = columnsOf(file, names, record), step = record === 'bars' ? lengthOfBars(names, lines.map(line => line.split(delimiter))) : undefined, sample = first.split(delimiter)[names.findIndex(name => times.includes(name.toLowerCase()))] ?? '';
  return { record, columns, delimiter, header: true, timeFormat: /^\d+$/.test(sample.trim()) && sample.trim().length > 8 ? 'epoch' : 'iso', ...(step === undefined ? {} : { interval: formatInterval(step), time: 'open' as const }) };
}

/** The most frequent length among the first bars of a file that states both ends of each in nanoseconds, as `zanzibar bars` writes them. */
function lengthOfBars(names: readonly string[], rows: readonly (readonly string[])[]): number | undefined {
  const lower = names.map(name => name.toLowerCase()), open = lower.indexOf('opentime'), close = lower.indexOf('closetime'), counts = new Map<number, number>();
  if (open < 0 || close < 0) return undefined;
  for (const row of rows) if (/^\d{15,}$/.test(row[open] ?? '') && /^\d{15,}$/.test(row[close] ?? '')) counts.set(Number(BigInt(row[close]) - BigInt(row[open])), (counts.get(Number(BigInt(row[close]) - BigInt(row[open]))) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0];
}

function recordOf(file: string, names: readonly string[]): CsvRecord {
  const has = (name: string): boolean => names.some(each => each.toLowerCase() === name);
  if (has('bid') && has('ask') && !has('open')) return 'quotes';
  if (has('open') && has('high') && has('low') && has('close')) return 'bars';
  if (has('price')) return 'trades';
  throw new DataError(`holds neither quotes (bid, ask) nor trades (price) nor bars (open, high, low, close): its columns are ${names.join(', ')}`, { file });
}

const wantedColumns: { readonly [R in CsvRecord]: { readonly [column: string]: readonly string[] } } = {
  quotes: { bid: ['bid'], ask: ['ask'], bidSize: ['bidsize', 'bid_size'], askSize: ['asksize', 'ask_size'], sequence: ['sequence'] },
  trades: { price: ['price'], size: ['size', 'amount', 'quantity', 'qty', 'volume'], sequence: ['sequence'] },
  bars: { open: ['open'], high: ['high'], low: ['low'], close: ['close'], volume: ['volume', 'vol'] },
};

function columnsOf(file: string, names: readonly string[], record: CsvRecord): { [column: string]: string } {
  const columns: { [column: string]: string } = {}, find = (candidates: readonly string[]): string | undefined => names.find(name => candidates.includes(name.toLowerCase()));
  const time = find(times);
  if (time === undefined) throw new DataError(`has no time column (${times.join(', ')}) among ${names.join(', ')}`, { file });
  columns.time = time;
  for (const column in wantedColumns[record]) {
    const found = find(wantedColumns[record][column]);
    if (found !== undefined) columns[column] = found;
  }
  return columns;
}
