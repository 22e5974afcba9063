/**
 * Instruments: dated facts about what is traded. A fact holds from its `from` on until its `to`, exclusive; specifications change by a new row.
 *
 * An id is `SYMBOL.VENUE` in upper case, each of letters, digits, `_` and `-`: EURUSD.OANDA. It names one thing at one venue, so the same pair from two
 * venues is two instruments. Without a stated tick (NaN) prices have no grid; without a quantity step sizes have none.
 */
import { type Grid, makeGrid, noGrid } from './grid.ts';
import { compareText } from './order-of-time.ts';
import { instrumentSchema } from './schemas.ts';
import { GrowingTable } from './table.ts';
import { formatTime, parseTime } from './time.ts';
import { calendarOf } from './calendars/index.ts';

type Step = number | { readonly numerator: number; readonly denominator: number };

export interface Instrument {
  readonly id: string;
  readonly venue: string;
  /** fx, spot, future, perpetual, cfd, equity, index */
  readonly kind: string;
  readonly baseCurrency: string;
  readonly quoteCurrency: string;
  readonly settleCurrency: string;
  /** Smallest price step, NaN: no grid. */
  readonly tick: number;
  readonly quantityStep: number;
  readonly minimumQuantity: number;
  /** Quote currency per price and unit. */
  readonly multiplier: number;
  /** Pays in base currency by 1 / price. */
  readonly inverse: boolean;
  readonly calendar: string;
  /** UTC nanoseconds, 0: since ever. */
  readonly from: bigint;
  /** UTC nanoseconds, exclusive, 0: without end. */
  readonly to: bigint;
  /** The grids of `tick` and `quantityStep`. */
  readonly priceGrid: Grid;
  readonly quantityGrid: Grid;
}

export interface InstrumentOptions {
  /** `SYMBOL.VENUE`, any case. */
  readonly id: string;
  /** @defaultValue 'spot' */
  readonly kind?: string;
  /** @defaultValue '' */
  readonly baseCurrency?: string;
  /** @defaultValue '' */
  readonly quoteCurrency?: string;
  /** @defaultValue the quote currency, of an inverse instrument the base currency */
  readonly settleCurrency?: string;
  /** @defaultValue NaN, no grid; a step such as 2.5 may be given as a fraction */
  readonly tick?: Step;
  /** @defaultValue NaN, no grid */
  readonly quantityStep?: Step;
  /** @defaultValue 0 */
  readonly minimumQuantity?: number;
  /** @defaultValue 1 */
  readonly multiplier?: number;
  /** @defaultValue false */
  readonly inverse?: boolean;
  /** @defaultValue '24x7' */
  readonly calendar?: string;
  /** Time or date from which it holds. @defaultValue since ever */
  readonly from?: bigint | string;
  /** Time or date until which it holds, exclusive. @defaultValue without end */
  readonly to?: bigint | string;
}

const kinds = ['fx', 'spot', 'future', 'perpetual', 'cfd', 'equity', 'index'];

/** The id of a symbol at a venue: `instrumentId('eurusd', 'oanda')` is EURUSD.OANDA. Errors: RangeError for other characters. */
export function instrumentId(symbol: string, venue: string): string {
  for (const part of [symbol, venue]) {
    if (!/^[A-Za-z0-9_-]+$/.test(part)) throw new RangeError(`instrument: symbol and venue are letters, digits, _ and -, were "${symbol}" and "${venue}"`);
  }
  return `${symbol}.${venue}`.toUpperCase();
}

/** Symbol and venue of an id. */
export function splitInstrumentId(id: string): { symbol: string; venue: string } {
  const parts = id.split('.');
  if (parts.length !== 2) throw new RangeError(`instrument: an id is SYMBOL.VENUE, such as EURUSD.OANDA, was "${id}"`);
  const [symbol, venue] = instrumentId(parts[0], parts[1]).split('.');
  return { symbol, venue };
}

/** One dated record. Errors: RangeError that names the instrument and the field. */
export function defineInstrument(options: InstrumentOptions): Instrument {
  const { symbol, venue } = splitInstrumentId(options.id), id = `${symbol}.${venue}`;
  const { kind = 'spot', baseCurrency = '', quoteCurrency = '', minimumQuantity = 0, multiplier = 1, inverse = false, calendar = '24x7' } = options;
  const fail = (field: string, rule: string, value: unknown): never => {
    throw new RangeError(`instrument ${id}: ${field} must be ${rule}, was ${String(value)}`);
  };
  if (!kinds.includes(kind)) fail('kind', `one of ${kinds.join(', ')}`, kind);
  if (!(minimumQuantity >= 0 && Number.isFinite(minimumQuantity))) fail('minimumQuantity', 'a number of at least 0', minimumQuantity);
  if (!(multiplier > 0 && Number.isFinite(multiplier))) fail('multiplier', 'a positive number', multiplier);
  calendarOf(calendar);
  const priceGrid = gridOf(id, 'tick', options.tick), quantityGrid = gridOf(id, 'quantityStep', options.quantityStep);
  const moment = (time: bigint | string | undefined): bigint => (typeof time === 'string' ? parseTime(time) : time ?? 0n);
  const from = moment(options.from), to = moment(options.to);
  if (to !== 0n && to <= from) fail('to', `after ${formatTime(from)}`, formatTime(to));
  const settleCurrency = options.settleCurrency ?? (inverse ? baseCurrency : quoteCurrency);
  return {
    id, venue, kind, baseCurrency, quoteCurrency, settleCurrency, tick: priceGrid.tick, quantityStep: quantityGrid.tick, minimumQuantity, multiplier, inverse,
    calendar, from, to, priceGrid, quantityGrid,
  };
}

function gridOf(id: string, field: string, step: Step | undefined): Grid {
  if (step === undefined) return noGrid;
  try {
    return makeGrid(typeof step === 'number' ? asFraction(step) : step);
  } catch (cause) {
    throw new RangeError(`instrument ${id}: ${field}: ${(cause as Error).message}`, { cause });
  }
}

/** A step such as 2.5 or 1.1 as the simplest fraction that is this double: tables hold steps as numbers. Others stay as they are. */
function asFraction(step: number): Step {
  if (!(step > 0) || Number.isInteger(step)) return step;
  let [numerator, denominator, oldNumerator, oldDenominator] = [Math.floor(step), 1, 1, 0], rest = step - Math.floor(step);
  while (numerator / denominator !== step && denominator < 1e9 && rest > 0) {
    const inverse = 1 / rest, whole = Math.floor(inverse);
    [numerator, denominator, oldNumerator, oldDenominator] = [whole * numerator + oldNumerator, whole * denominator + oldDenominator, numerator, denominator];
    rest = inverse - whole;
  }
  return numerator / denominator === step ? { numerator, denominator } : step;
}

/** The record of `id` that holds at `time`. Errors: RangeError where there is none, naming the ids known. */
export function instrumentAt(instruments: readonly Instrument[], id: string, time: bigint): Instrument {
  const wanted = id.toUpperCase(), found = instruments.find(one => one.id === wanted && (one.from === 0n || one.from <= time) && (one.to === 0n || time < one.to));
  if (found) return found;
  const ids = [...new Set(instruments.map(one => one.id))];
  if (ids.includes(wanted)) throw new RangeError(`instrument: nothing is stated about ${wanted} at ${formatTime(time)}`);
  throw new RangeError(`instrument: "${id}" is unknown, known are ${ids.join(', ') || 'none'}`);
}

/** Ids of which something is stated at `time`, ascending: what could be traded then, and not what is left of it today. */
export function universeAt(instruments: readonly Instrument[], time: bigint): string[] {
  const held = instruments.filter(({ from, to }) => (from === 0n || from <= time) && (to === 0n || time < to));
  return [...new Set(held.map(({ id }) => id))].sort(compareText);
}

/** The records as a table, for files. Errors: RangeError where two records of one id overlap in time. */
export function instrumentTable(instruments: readonly Instrument[]): GrowingTable {
  const table = new GrowingTable(instrumentSchema);
  for (const [i, one] of instruments.entries()) {
    for (const other of instruments.slice(0, i)) {
      const isBefore = one.to !== 0n && one.to <= other.from, isAfter = other.to !== 0n && other.to <= one.from;
      if (other.id === one.id && !isBefore && !isAfter) throw new RangeError(`instrument ${one.id}: records ${i} and those before overlap in time`);
    }
    const code = (column: 'id' | 'venue' | 'kind' | 'baseCurrency' | 'quoteCurrency' | 'settleCurrency' | 'calendar'): number => table.code(column, one[column]);
    table.push({
      id: code('id'), venue: code('venue'), kind: code('kind'), baseCurrency: code('baseCurrency'), quoteCurrency: code('quoteCurrency'),
      settleCurrency: code('settleCurrency'), tick: one.tick, quantityStep: one.quantityStep, minimumQuantity: one.minimumQuantity, multiplier: one.multiplier,
      inverse: one.inverse ? 1 : 0, calendar: code('calendar'), from: one.from, to: one.to,
    });
  }
  return table;
}

/** The records of a table: the way back. */
export function instrumentsOf(table: GrowingTable): Instrument[] {
  return Array.from({ length: table.length }, (_, row) => {
    const text = (column: string): string => table.texts[column][(table.columns[column] as Int32Array)[row]] ?? '';
    const number = (column: string): number => (table.columns[column] as Float64Array)[row];
    const time = (column: string): bigint => (table.columns[column] as BigInt64Array)[row];
    return defineInstrument({
      id: text('id'), kind: text('kind'), baseCurrency: text('baseCurrency'), quoteCurrency: text('quoteCurrency'), settleCurrency: text('settleCurrency'),
      tick: number('tick'), quantityStep: number('quantityStep'), minimumQuantity: number('minimumQuantity'), multiplier: number('multiplier'),
      inverse: number('inverse') === 1, calendar: text('calendar'), from: time('from'), to: time('to'),
    });
  });
}

/**
 * Instruments known without being told: those of the sample data and of the forms that Lean's archives use.
 *
 * Ticks are those that the archives' prices really have, and they agree with Lean's symbol properties: EURUSD five decimals, XAUUSD three.
 */
export const builtInInstruments: readonly Instrument[] = /* @__PURE__ */ [
  { id: 'EURUSD.SAMPLE', kind: 'fx', baseCurrency: 'EUR', tick: 0.00001 }, { id: 'EURUSD.OANDA', kind: 'fx', baseCurrency: 'EUR', tick: 0.00001 },
  { id: 'EURUSD.FXCM', kind: 'fx', baseCurrency: 'EUR', tick: 0.00001 }, { id: 'XAUUSD.OANDA', kind: 'cfd', baseCurrency: 'XAU', tick: 0.001 },
].map(facts => defineInstrument({ ...facts, quoteCurrency: 'USD', quantityStep: 1, minimumQuantity: 1, calendar: 'fx-week' }));
