/** Data of a run from catalogues and files. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { calendarOf, DataError, dayOf, formatTime, makeGrid, parseInterval, parseTime, putOnGrid, type Calendar, type Instrument, type SourceColumns } from '@zanzibar/core';
import { openCatalogue, presets, readSource, type Catalogue, type Coverage, type CsvRecord, type PresetName, type TableSlice } from '@zanzibar/core/io';
import type { MarketInput, TickInput } from '../run/market-input.ts';
import type { MarketStream } from '../run/market-stream.ts';
import { firstAtOrAfter } from '../run/replay.ts';
import { guessLayout } from './guess-layout.ts';
import { instrumentOf, isWeekend, type InstrumentWishes } from './instruments.ts';

export interface LoadOptions extends InstrumentWishes {
  /** Folders of catalogues and files. */
  readonly data: readonly string[];
  /** Instruments, as `EURUSD` or `EURUSD.OANDA`; of files one each, in their order. @defaultValue the only one of a catalogue, the name of a file */
  readonly symbols?: readonly string[];
  readonly from?: bigint;
  readonly to?: bigint;
  readonly preset?: string;
  readonly record?: CsvRecord;
  /** Bars of files: their length, and which end their time labels. */
  readonly interval?: string;
  readonly time?: 'open' | 'close';
  readonly zone?: string;
  /** Where reading starts so that engines are warm at `from`, by the market's hours. @defaultValue at `from` */
  readonly startOf?: (calendar: Calendar, from: bigint) => bigint;
}

export interface LoadedMarket extends MarketInput {
  /** Digest by UTC day, where a catalogue keeps them. */
  readonly days: readonly { readonly date: string; readonly digest: string }[];
  /** What it was read from. */
  readonly origin: string;
  /** From `loadInside`. */
  readonly ticks?: LoadedTicks;
}

/** Ticks inside bars, with the digests of their days where a catalogue keeps them. */
export interface LoadedTicks extends TickInput {
  readonly days: LoadedMarket['days'];
}

/** A catalogue's ticks, read row group by row group. */
export interface StreamedMarket extends MarketStream {
  readonly days: LoadedMarket['days'];
  readonly origin: string;
}

/** A catalogue and the ids of its series. */
interface Shelf {
  readonly catalogue: Catalogue;
  readonly series: readonly (Coverage & { readonly id: string })[];
}

interface Table {
  readonly price: string;
  readonly columns: SourceColumns;
  readonly length: number;
}

/** Reads everything that a run needs into memory. Errors: DataError for data, RangeError for names that are not there, listing those that are. */
export async function loadMarkets(options: LoadOptions): Promise<LoadedMarket[]> {
  const { shelves, files } = await openPaths(options), { symbols = [] } = options, markets: LoadedMarket[] = [];
  for (const { shelf, id } of chooseInstruments(shelves, symbols)) markets.push(await fromCatalogue(shelf, id, options));
  for (const [k, file] of files.entries()) markets.push(await fromFile(file, options, shelves.length === 0 ? symbols[k] : undefined));
  return markets;
}

/** Opens everything that a run needs, to be read while it is replayed. Errors: as `loadMarkets`; RangeError for files and for bars. */
export async function streamMarkets(options: LoadOptions): Promise<StreamedMarket[]> {
  const { shelves, files } = await openPaths(options);
  if (files.length > 0) throw new RangeError(`--stream reads catalogues, ${files.join(', ')} is read whole: import it first (zanzibar data import)`);
  return chooseInstruments(shelves, options.symbols ?? []).map(({ shelf, id }) => streamOf(shelf, id, options));
}

async function openPaths(options: LoadOptions): Promise<{ readonly shelves: readonly Shelf[]; readonly files: readonly string[] }> {
  const { data, symbols = [], preset, to, from } = options, shelves: Shelf[] = [], files: string[] = [];
  if (preset !== undefined && !Object.hasOwn(presets, preset)) throw new RangeError(`preset must be one of ${Object.keys(presets).join(', ')}, was ${preset}`);
  if (from !== undefined && to !== undefined && to <= from) throw new RangeError(`the end must be after the start, were ${formatTime(from)} and ${formatTime(to)}`);
  for (const path of data) {
    const info = await stat(path).catch(() => undefined);
    if (!info) throw new DataError('there is no such file or folder', { file: path });
    if (!info.isDirectory()) {
      files.push(path);
      continue;
    }
    const catalogue = await openCatalogue(path);
    shelves.push({ catalogue, series: catalogue.coverage().map(each => ({ ...each, id: `${each.symbol}.${each.venue}`.toUpperCase() })) });
  }
  if (shelves.length === 0 && symbols.length > 0 && symbols.length !== files.length) throw new RangeError(`${files.length} files need ${files.length} symbols in their order, were ${symbols.join(', ')}`);
  // A flag that nobody would read must not be ignored.
  const ofFiles = (['preset', 'time', 'zone'] as const).filter(name => options[name] !== undefined);
  if (files.length === 0 && ofFiles.length > 0) throw new RangeError(`${ofFiles.map(name => `--${name}`).join(', ')}: about files only, ${data.join(', ')} is a catalogue`);
  return { shelves, files };
}

/** Each symbol's instrument and the one catalogue that has it; without symbols the only instrument of each catalogue. */
function chooseInstruments(shelves: readonly Shelf[], symbols: readonly string[]): { shelf: Shelf; id: string }[] {
  const idsOf = ({ series }: Shelf): string[] => [...new Set(series.map(({ id }) => id))], roots = shelves.map(({ catalogue }) => catalogue.root).join(', ');
  if (symbols.length === 0) return shelves.map(shelf => {
    const ids = idsOf(shelf);
    if (ids.length !== 1) throw new RangeError(`${shelf.catalogue.root} holds several instruments, name one with --symbol: ${ids.join(', ')}`);
    return { shelf, id: ids[0] };
  });
  if (shelves.length === 0) return [];
  const all = shelves.flatMap(shelf => idsOf(shelf).map(id => ({ shelf, id }))), chosen = symbols.map(symbol => {
    const wanted = symbol.toUpperCase(), found = all.filter(({ id }) => id === wanted || id.split('.')[0] === wanted);
    if (found.length === 0) throw new RangeError(`${roots}: there is no instrument ${symbol}, there are ${[...new Set(all.map(({ id }) => id))].join(', ')}`);
    if (new Set(found.map(({ id }) => id)).size > 1) throw new RangeError(`${roots}: ${symbol} is there from several venues, name one: ${found.map(({ id }) => id).join(', ')}`);
    if (found.length > 1) throw new RangeError(`${symbol} is in several catalogues, leave out all but one: ${found.map(({ shelf }) => shelf.catalogue.root).join(', ')}`);
    return found[0];
  });
  for (const shelf of shelves) if (!chosen.some(one => one.shelf === shelf)) throw new RangeError(`${shelf.catalogue.root} has none of ${symbols.join(', ')}, it has ${idsOf(shelf).join(', ')}`);
  return chosen;
}

/** Quotes before trades before bars; of bars the stated interval, bid and ask together. */
function chooseSeries(root: string, id: string, series: readonly Coverage[], { record, interval }: LoadOptions): readonly Coverage[] {
  for (const kind of record ? [record] : (['quotes', 'trades'] as const)) {
    const found = series.find(each => each.kind === kind && kind !== 'bars');
    if (found && interval !== undefined) throw new RangeError(`--interval is about bars, ${root} has ${kind} of ${id}: add --record bars, or leave it out`);
    if (found) return [found];
  }
  const bars = series.filter(each => each.kind === 'bars'), intervals = [...new Set(bars.map(each => each.interval))], kinds = [...new Set(series.map(({ kind }) => kind))];
  if (bars.length === 0 || (record !== undefined && record !== 'bars')) throw new RangeError(`${root} has no ${record ?? 'data'} of ${id}, it has ${kinds.join(', ')}`);
  if (interval === undefined && intervals.length > 1) throw new RangeError(`${root} has bars of ${intervals.join(', ')} for ${id}, name one with --interval`);
  const chosen = bars.filter(each => each.interval === (interval ?? intervals[0]));
  if (chosen.length === 0) throw new RangeError(`${root} has no bars of ${interval} for ${id}, it has ${intervals.join(', ')}`);
  return chosen;
}

/** What of a catalogue an instrument is read from. */
function seriesOf({ catalogue, series }: Shelf, id: string, options: LoadOptions) {
  const chosen = chooseSeries(catalogue.root, id, series.filter(each => each.id === id), options), [{ symbol, venue }] = chosen;
  const instrument = instrumentOf(symbol, venue, options, () => isWeekend(chosen.flatMap(({ days }) => days.map(({ date }) => dayOf(parseTime(date))))));
  const { to } = options, from = startOf(options, instrument), query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), onGrid: gridder(instrument) };
  return { chosen, instrument, query };
}

async function fromCatalogue(shelf: Shelf, id: string, options: LoadOptions): Promise<LoadedMarket> {
  const { catalogue } = shelf, { chosen, instrument, query } = seriesOf(shelf, id, options), [{ kind, symbol, venue, interval }] = chosen;
  const tables: Table[] = [];
  for (const key of chosen) {
    const { columns, length } = await catalogue.read({ kind, symbol, venue, ...(interval === undefined ? {} : { interval }), ...(key.price === undefined ? {} : { price: key.price }), ...query });
    refuseNone(`${catalogue.root}: ${id}`, kind, columns, length, key.firstTime, key.lastTime, options);
    tables.push({ price: key.price ?? '', columns, length });
  }
  const days = chosen.flatMap(key => catalogue.days({ ...key, ...query }));
  return { instrument, kind, columns: joinSides(tables), ...(interval === undefined ? {} : { interval: parseInterval(interval) }), days, origin: catalogue.root };
}

function streamOf(shelf: Shelf, id: string, options: LoadOptions): StreamedMarket {
  const { catalogue } = shelf, { chosen, instrument, query } = seriesOf(shelf, id, options), [{ kind, symbol, venue, firstTime: first, lastTime: last }] = chosen, { from = first, to } = query;
  if (kind === 'bars') throw new RangeError(`--stream reads ticks, ${catalogue.root} has bars of ${id}: they are read whole`);
  const firstTime = from > first ? from : first, lastTime = to !== undefined && to <= last ? to - 1n : last, days = catalogue.days({ kind, symbol, venue, ...query });
  refuseNone(`${catalogue.root}: ${id}`, kind, { time: BigInt64Array.of(lastTime) }, days.length, first, last, options);
  const rows = days.reduce((sum, day) => sum + day.rows, 0), blocks = (): AsyncIterable<SourceColumns> => columnsOf(catalogue.stream({ kind, symbol, venue, ...query, reuse: true }));
  return { instrument, kind, firstTime, lastTime, rows, days, origin: catalogue.root, blocks };
}

async function* columnsOf(slices: AsyncIterable<TableSlice>): AsyncIterable<SourceColumns> {
  for await (const { columns } of slices) yield columns;
}

async function fromFile(file: string, options: LoadOptions, symbol: string | undefined): Promise<LoadedMarket> {
  const { preset, interval, time, zone } = options, [, name = basename(file).split(/[.\-_]/)[0], venue = 'FILE'] = symbol === undefined ? [] : /^([^.]*)\.?(.*)$/.exec(symbol)!.map(part => part || undefined);
  if (!/^[A-Za-z0-9]+$/.test(name) && symbol === undefined) throw new RangeError(`${file}: its name does not say which instrument it holds, name it with --symbol`);
  const layout = preset === undefined ? await guessLayout(file, { record: options.record }) : {};
  const read = await readSource(file, {
    ...layout,
    ...(preset === undefined ? {} : { preset: preset as PresetName }),
    ...(interval === undefined ? {} : { interval }),
    ...(time === undefined ? {} : { time }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(symbol === undefined ? {} : { symbol: name }),
    // Hours do not change the grid, and are not known before the rows are.
    venue, onGrid: gridder(instrumentOf(name, venue, options, () => false)),
  }).catch((error: unknown) => {
    throw withFlags(file, error);
  });
  const tables = Object.entries(read.tables).map(([price, { columns, length }]) => ({ price, columns, length })), timeColumn = read.record === 'bars' ? 'openTime' : 'time', times = tables[0].columns[timeColumn] as BigInt64Array;
  const instrument = instrumentOf(name, venue, options, () => isWeekend(daysOf(times)));
  const cut = tables.map(table => cutTo(table, timeColumn, startOf(options, instrument), options.to)), step = read.interval === undefined ? intervalOf(tables[0]) : parseInterval(read.interval);
  for (const { columns, length } of cut) refuseNone(file, read.record, columns, length, times[0], times[times.length - 1], options);
  return { instrument, kind: read.record, columns: joinSides(cut), ...(step === undefined ? {} : { interval: step }), days: [], origin: file };
}

function* daysOf(times: BigInt64Array): Generator<number> {
  for (const time of times) yield dayOf(time);
}

/** Where a run wants rows and there are none: the error says where they are. */
function refuseNone(what: string, kind: string, columns: SourceColumns, length: number, first: bigint, last: bigint, { from, to }: LoadOptions): void {
  const time = columns[kind === 'bars' ? 'closeTime' : 'time'] as BigInt64Array | undefined;
  if (length > 0 && time && (from === undefined || time[length - 1] >= from)) return;
  throw new RangeError(`${what} has no ${kind} ${from === undefined ? '' : `from ${formatTime(from)} `}${to === undefined ? '' : `until ${formatTime(to)} `}(--from, --to): its rows go from ${formatTime(first)} to ${formatTime(last)}`);
}

function startOf({ from, startOf }: LoadOptions, instrument: Instrument): bigint | undefined {
  return from === undefined || startOf === undefined ? from : startOf(calendarOf(instrument.calendar), from);
}

/** What the reader of files asks for, in the words of the command line. */
export function withFlags(file: string, error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  if (/bars need their interval/.test(error.message)) return new RangeError(`${file}: bars need their length and the end that their times label: add --interval 1m (or what it is) and --time open or --time close`);
  if (/bars need time/.test(error.message)) return new RangeError(`${file}: say which end of a bar its times label: --time open or --time close`);
  return error;
}

function gridder(instrument: Instrument): (column: Float64Array, name: string, noise: 'f64' | 'f32') => number {
  const grid = makeGrid(instrument.tick);
  return (column, _name, noise) => putOnGrid(column, grid, noise);
}

/** The most frequent length of bars that state both times (the longer of two equally frequent ones): those cut short are fewer. */
function intervalOf({ columns, length }: Table): number | undefined {
  const open = columns.openTime as BigInt64Array | undefined, close = columns.closeTime as BigInt64Array | undefined, counts = new Map<bigint, number>();
  if (!open || !close) return undefined;
  for (let i = 0; i < length; i++) counts.set(close[i] - open[i], (counts.get(close[i] - open[i]) ?? 0) + 1);
  let found: bigint | undefined;
  for (const [step, count] of counts) if (found === undefined || count > counts.get(found)! || (count === counts.get(found) && step > found)) found = step;
  return found === undefined ? undefined : Number(found);
}

/** Bid and ask bars as one market: the plain columns are the bid's. */
function joinSides(tables: readonly Table[]): SourceColumns {
  const bid = tables.find(({ price }) => price === 'bid'), ask = tables.find(({ price }) => price === 'ask');
  if (tables.length === 1 || !bid || !ask) return tables[0].columns;
  const times = bid.columns.openTime as BigInt64Array, others = ask.columns.openTime as BigInt64Array;
  if (bid.length !== ask.length || times.some((time, i) => time !== others[i])) throw new DataError('bid and ask bars do not line up', {});
  const { open, high, low, close } = ask.columns;
  return { ...bid.columns, askOpen: open, askHigh: high, askLow: low, askClose: close };
}

function cutTo(table: Table, timeColumn: string, from: bigint | undefined, to: bigint | undefined): Table {
  const times = table.columns[timeColumn] as BigInt64Array, first = from === undefined ? 0 : firstAtOrAfter(times, from, table.length), last = to === undefined ? table.length : Math.max(first, firstAtOrAfter(times, to, table.length));
  if (first === 0 && last === table.length) return table;
  return { ...table, columns: Object.fromEntries(Object.entries(table.columns).map(([name, values]) => [name, values.subarray(first, last)])), length: last - first };
}
