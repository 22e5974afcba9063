/** Data of a run from catalogues and files. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError, makeGrid, parseInterval, putOnGrid, type Instrument, type SourceColumns } from '@zanzibar/core';
import { openCatalogue, readSource, type Catalogue, type CsvRecord, type PresetName, type SeriesKey } from '@zanzibar/core/io';
import type { MarketInput } from '../run/market-input.ts';
import { guessLayout } from './guess-layout.ts';
import { instrumentOf } from './instruments.ts';

export interface LoadOptions {
  /** Folders of catalogues and files. */
  readonly data: readonly string[];
  /** Instruments, as `EURUSD` or `EURUSD.OANDA`. @defaultValue the only one of a catalogue, the name of a file */
  readonly symbols?: readonly string[];
  readonly from?: bigint;
  readonly to?: bigint;
  readonly preset?: string;
  readonly record?: CsvRecord;
  /** Bars of files: their length, and which end their time labels. */
  readonly interval?: string;
  readonly time?: 'open' | 'close';
  readonly zone?: string;
  /** Overrides the tick of known instruments; NaN is no grid. */
  readonly tick?: number;
}

export interface LoadedMarket extends MarketInput {
  /** Digest by UTC day, where a catalogue keeps them. */
  readonly days: readonly { readonly date: string; readonly digest: string }[];
  /** What it was read from. */
  readonly origin: string;
}

/** Reads everything that a run needs into memory. Errors: DataError for data, RangeError for names that are not there, listing those that are. */
export async function loadMarkets(options: LoadOptions): Promise<LoadedMarket[]> {
  const loaded: LoadedMarket[] = [], wanted = options.symbols ?? [];
  for (const path of options.data) {
    const info = await stat(path).catch(() => undefined);
    if (!info) throw new DataError('there is no such file or folder', { file: path });
    if (info.isDirectory()) loaded.push(...(await fromCatalogue(path, options)));
    else loaded.push(await fromFile(path, options, options.data.length === 1 ? wanted[0] : wanted[options.data.indexOf(path)]));
  }
  return loaded;
}

async function fromCatalogue(root: string, options: LoadOptions): Promise<LoadedMarket[]> {
  const catalogue = await openCatalogue(root), series = catalogue.coverage(), names = series.map(idOf);
  if (series.length === 0) throw new DataError('is an empty catalogue', { file: root });
  const distinct = [...new Set(names)], symbols = options.symbols && options.symbols.length > 0 ? options.symbols : distinct.length === 1 ? distinct : undefined;
  if (!symbols) throw new RangeError(`${root} holds several instruments, name one with --symbol: ${distinct.join(', ')}`);
  const markets: LoadedMarket[] = [];
  for (const symbol of symbols) {
    const ids = distinct.filter(id => id === symbol.toUpperCase() || id.split('.')[0] === symbol.toUpperCase());
    if (ids.length === 0) throw new RangeError(`${root} has no instrument ${symbol}, it has ${distinct.join(', ')}`);
    if (ids.length > 1) throw new RangeError(`${root} has ${symbol} of several venues, name one: ${ids.join(', ')}`);
    const own = series.filter((_, k) => names[k] === ids[0]), chosen = chooseSeries(root, ids[0], own, options);
    markets.push(await readSeries(catalogue, chosen, options));
  }
  return markets;
}

function idOf({ symbol, venue }: SeriesKey): string {
  return `${symbol}.${venue}`.toUpperCase();
}

/** Ticks before bars, quotes before trades; of bars the stated interval. Bid and ask bars go together. */
function chooseSeries(root: string, id: string, series: readonly SeriesKey[], { record, interval }: LoadOptions): readonly SeriesKey[] {
  for (const kind of record ? [record] : (['quotes', 'trades'] as const)) {
    const found = series.find(each => each.kind === kind && kind !== 'bars');
    if (found) return [found];
  }
  const bars = series.filter(each => each.kind === 'bars'), intervals = [...new Set(bars.map(each => each.interval))];
  if (bars.length === 0) throw new RangeError(`${root} has no ${record ?? 'data'} of ${id}`);
  if (interval === undefined && intervals.length > 1) throw new RangeError(`${root} has bars of ${intervals.join(', ')} for ${id}, name one with --interval`);
  const chosen = bars.filter(each => each.interval === (interval ?? intervals[0]));
  if (chosen.length === 0) throw new RangeError(`${root} has no bars of ${interval} for ${id}, it has ${intervals.join(', ')}`);
  return chosen;
}

async function readSeries(catalogue: Catalogue, series: readonly SeriesKey[], options: LoadOptions): Promise<LoadedMarket> {
  const { from, to } = options, [{ kind, symbol, venue, interval }] = series, instrument = instrumentOf(symbol, venue, options.tick), onGrid = gridder(instrument);
  const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), onGrid };
  const tables: { price: string; columns: SourceColumns; length: number }[] = [];
  for (const key of series) {
    const { columns, length } = await catalogue.read({ ...key, ...query });
    if (length === 0) throw new RangeError(`${catalogue.root} has no rows of ${idOf(key)} in the time asked for`);
    tables.push({ price: key.price ?? '', columns, length });
  }
  const days = series.flatMap(key => catalogue.days({ ...key, ...query }));
  return { instrument, kind, columns: joinSides(tables), ...(interval === undefined ? {} : { interval: parseInterval(interval) }), days, origin: catalogue.root };
}

async function fromFile(file: string, options: LoadOptions, symbol: string | undefined): Promise<LoadedMarket> {
  const { preset, interval, time, zone } = options, name = (symbol ?? basename(file).split(/[.\-_]/)[0]).toUpperCase(), [id, venue = 'FILE'] = name.split('.'), instrument = instrumentOf(id, venue, options.tick);
  const layout = preset === undefined ? await guessLayout(file, { record: options.record }) : {};
  const read = await readSource(file, {
    ...layout,
    ...(preset === undefined ? {} : { preset: preset as PresetName }),
    ...(interval === undefined ? {} : { interval }),
    ...(time === undefined ? {} : { time }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(symbol === undefined ? {} : { symbol: id }),
    venue, onGrid: gridder(instrument),
  });
  const tables = Object.entries(read.tables).map(([price, { columns, length }]) => ({ price, columns, length }));
  const cut = tables.map(table => cutTo(table, read.record, options));
  if (cut[0].length === 0) throw new RangeError(`${file} has no rows in the time asked for`);
  return { instrument, kind: read.record, columns: joinSides(cut), ...(read.interval === undefined ? {} : { interval: parseInterval(read.interval) }), days: [], origin: file };
}

function gridder(instrument: Instrument): (column: Float64Array, name: string, noise: 'f64' | 'f32') => number {
  const grid = makeGrid(instrument.tick);
  return (column, _name, noise) => putOnGrid(column, grid, noise);
}

/** Bid and ask bars as one market: the plain columns are the bid's. */
function joinSides(tables: readonly { readonly price: string; readonly columns: SourceColumns; readonly length: number }[]): SourceColumns {
  const bid = tables.find(({ price }) => price === 'bid'), ask = tables.find(({ price }) => price === 'ask');
  if (tables.length === 1 || !bid || !ask) return tables[0].columns;
  const times = bid.columns.openTime as BigInt64Array, others = ask.columns.openTime as BigInt64Array;
  if (bid.length !== ask.length || times.some((time, i) => time !== others[i])) throw new DataError('bid and ask bars do not line up', {});
  const { open, high, low, close } = ask.columns;
  return { ...bid.columns, askOpen: open, askHigh: high, askLow: low, askClose: close };
}

function cutTo<T extends { readonly columns: SourceColumns; readonly length: number }>(table: T, record: CsvRecord, { from, to }: LoadOptions): T {
  const times = table.columns[record === 'bars' ? 'openTime' : 'time'] as BigInt64Array;
  let first = 0, last = table.length;
  if (from !== undefined) while (first < last && times[first] < from) first++;
  if (to !== undefined) while (last > first && times[last - 1] >= to) last--;
  if (first === 0 && last === table.length) return table;
  const columns = Object.fromEntries(Object.entries(table.columns).map(([name, values]) => [name, values.subarray(first, last)]));
  return { ...table, columns, length: last - first };
}

