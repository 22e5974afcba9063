/** Many columns of closes, each with entries, exits and an account of its own: the shortest form of a sweep. */
import { ColumnFills } from './column-fills.ts';
import { runColumn, type ColumnEnd, type ColumnTerms } from './column-lane.ts';
import type { SimulationOptions } from './setup.ts';
import { simulate } from './simulate.ts';

type Signals = ArrayLike<number | boolean>;

export interface ColumnsInput {
  /** One array a column, all of one length. */
  readonly close: readonly ArrayLike<number>[];
  /** One array a column, or one for all: +1 or true buys, -1 sells short. */
  readonly entries: readonly Signals[] | Signals;
  /** Nonzero or true closes what is held. */
  readonly exits: readonly Signals[] | Signals;
  /** When each row closes, UTC nanoseconds; else row i closes at day i + 1 since the epoch. */
  readonly time?: BigInt64Array;
  /** Is shown each column's equity, row by row, in an array that the next column uses again. */
  readonly onEquity?: (column: number, equity: Float64Array) => void;
  /** Fills of an earlier run whose memory is used again; their rows are gone then. */
  readonly into?: ColumnFills;
}

/** The accounts at the end, by column. */
export interface ColumnsOutput {
  /** Column after column, by row. */
  readonly fills: ColumnFills;
  readonly cash: Float64Array;
  /** Signed. */
  readonly position: Float64Array;
  readonly equity: Float64Array;
}

const day = 86_400_000_000_000n;
/** What the shortcut knows; anything else goes through the machine. */
const known: readonly string[] = ['cash', 'currency', 'costs', 'sizing', 'fillAt', 'moneyUnit', 'conflict', 'intrabar', 'limitFill', 'crossed', 'grid'];
const knownCosts: readonly string[] = ['perUnit', 'basisPoints', 'takerBasisPoints', 'makerBasisPoints'];

/**
 * Backtests every column as `simulate({ close, enter, exits })` would, and gives the same fills, cash and equity.
 *
 * Orders go to the market; a row's decision fills at the next close, with `fillAt: 'sameClose'` at the close that decided. Columns of plain terms (units or a
 * share of equity, fees by unit or basis points) run in a loop of their own, 5 to 15 ns a row; other options and columns with gaps run through the order machine. Errors: RangeError for
 * columns of other lengths.
 *
 * Example: `simulateColumns({ close: [[10, 11, 12, 13], [10, 9, 8, 7]], entries: [1, 0, 0, 0], exits: [0, 0, 1, 0] }).cash` buys both on the second row and sells
 * them on the last: 100002 and 99998.
 */
export function simulateColumns(input: ColumnsInput, options: SimulationOptions = {}): ColumnsOutput {
  const { close, onEquity, into: fills = new ColumnFills() } = input, count = close.length, length = count === 0 ? 0 : close[0].length;
  if (length === 0) throw new RangeError('simulateColumns: close must have at least one column of at least one row');
  const signals = (name: 'entries' | 'exits', k: number): Signals => {
    const given = input[name], own = typeof given[0] === 'object' ? (given as readonly Signals[])[k] : (given as Signals);
    if (own === undefined || own.length !== length) throw new RangeError(`simulateColumns: ${name} of column ${k} must have ${length} rows as close has, has ${own?.length ?? 0}`);
    return own;
  };
  const time = input.time ?? BigInt64Array.from({ length }, (_, row) => BigInt(row + 1) * day), terms = plainTerms(options);
  if (time.length !== length) throw new RangeError(`simulateColumns: time must have ${length} rows as close has, has ${time.length}`);
  const cash = new Float64Array(count), position = new Float64Array(count), equity = new Float64Array(count), curve = onEquity ? new Float64Array(length) : undefined;
  const end: ColumnEnd = { cash: 0, position: 0, averagePrice: NaN };
  fills.length = 0;
  for (let k = 0; k < count; k++) {
    const column = close[k], closes = column instanceof Float64Array ? column : Float64Array.from(column), enter = numbersOf(signals('entries', k)), exit = numbersOf(signals('exits', k));
    if (closes.length !== length) throw new RangeError(`simulateColumns: close of column ${k} must have ${length} rows as column 0 has, has ${closes.length}`);
    fills.reserve(length);
    if (terms !== undefined && runColumn(k, { close: closes, time, enter, exit }, terms, fills, end, curve)) {
      cash[k] = end.cash;
      position[k] = end.position;
      equity[k] = end.position === 0 ? end.cash : end.cash + (closes[length - 1] - end.averagePrice) * end.position;
      onEquity?.(k, curve!);
      continue;
    }
    const output = simulate({ close: closes, enter, exits: exit, time }, options), held = output.positions;
    appendFills(fills, k, output.fills);
    cash[k] = output.cash;
    position[k] = held.length === 0 ? 0 : Number(held.columns.quantity[0]);
    equity[k] = output.equityNow;
    onEquity?.(k, (output.equity.columns.equity as Float64Array).subarray(0, length));
  }
  return { fills, cash, position, equity };
}

/** The options as terms of the shortcut; undefined where they ask for more. */
function plainTerms(options: SimulationOptions): ColumnTerms | undefined {
  const { costs = {}, sizing = { kind: 'units', units: 1 }, conflict = 'ignore', fillAt, cash = 100_000, moneyUnit = 0 } = options;
  const isKnown = Object.entries(options).every(([name, value]) => value === undefined || known.includes(name)) && Object.entries(costs).every(([name, value]) => value === undefined || knownCosts.includes(name));
  if (!isKnown || conflict !== 'ignore' || moneyUnit !== 0 || sizing.kind === 'riskPerTrade') return undefined;
  const { basisPoints = 0, takerBasisPoints = basisPoints, perUnit = 0 } = costs;
  if (!Number.isFinite(cash)) return undefined;
  return { cash, units: sizing.kind === 'units' ? sizing.units : NaN, fraction: sizing.kind === 'units' ? NaN : sizing.fraction, basisPoints: takerBasisPoints, perUnit, isSameClose: fillAt === 'sameClose' };
}

function numbersOf(signals: Signals): ArrayLike<number> {
  return ArrayBuffer.isView(signals) ? (signals as ArrayLike<number>) : Float64Array.from(signals as ArrayLike<number>);
}

function appendFills(into: ColumnFills, column: number, { columns, length }: { readonly columns: { readonly [name: string]: any }; readonly length: number }): void {
  into.reserve(length);
  for (let k = 0; k < length; k++) {
    const at = into.length++;
    into.column[at] = column;
    into.side[at] = columns.side?.[k] ?? 0;
    into.time[at] = columns.time[k];
    into.row[at] = columns.row[k];
    into.quantity[at] = columns.quantity[k];
    into.price[at] = columns.price[k];
    into.fee[at] = columns.fee?.[k] ?? 0;
  }
}
