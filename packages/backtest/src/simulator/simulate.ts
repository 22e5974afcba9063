/** The shortest backtest: plain arrays in, tables out. */
import { columnsDecide } from './plan.ts';
import type { DecisionSource, MarketRows, SimulationOptions } from './setup.ts';
import { Simulator } from './simulator.ts';
import type { SimulatorOutput } from './simulator-output.ts';
import type { Now, NowKind, Report } from '../strategy/strategy.ts';

export interface SimulationInput {
  readonly close: ArrayLike<number>;
  /** With high and low: bars, which are then the market. */
  readonly open?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  readonly low?: ArrayLike<number>;
  /** Traded in each row, for participation limits and impact by volume. */
  readonly volume?: ArrayLike<number>;
  /** Nonzero or true buys. */
  readonly entries?: ArrayLike<number | boolean>;
  /** Nonzero or true closes what is held. */
  readonly exits?: ArrayLike<number | boolean>;
  /** In place of `entries`: +1 buys, -1 sells short. */
  readonly enter?: ArrayLike<number>;
  readonly size?: ArrayLike<number>;
  /** Entry at this limit; NaN: at the market. */
  readonly limit?: ArrayLike<number>;
  readonly stop?: ArrayLike<number>;
  readonly target?: ArrayLike<number>;
  /** Time exit, nanoseconds. */
  readonly hold?: ArrayLike<number>;
  /** In place of entries and exits: share of equity that the position should have from this row on; NaN leaves it as it is. */
  readonly weight?: ArrayLike<number>;
  /** When each row closes, UTC nanoseconds; else row i closes at day i + 1 since the epoch. */
  readonly time?: BigInt64Array;
  /** Smallest price step; without one nothing is rounded. */
  readonly tick?: number;
}

const day = 86_400_000_000_000n;

class RowNow implements Now {
  readonly kind: NowKind = 'bar';
  readonly source: string = 'rows';
  readonly instrument: string = 'instrument';
  row = 0;
  readonly base: number = 0;
  readonly columns: Now['columns'] = {};
  readonly tables: Now['tables'] = {};
  readonly offsets: Now['offsets'] = {};
  readonly report: Report | undefined = undefined;
  private readonly times: BigInt64Array;

  constructor(times: BigInt64Array) {
    this.times = times;
  }

  get time(): bigint {
    return this.times[this.row];
  }
}

/**
 * Backtests columns of entries and exits.
 *
 * What a row decides is filled on the next one: at its close where closes are all there is, at its open where open, high and low are given. `fillAt: 'sameClose'`
 * fills at the close that decided, and the result's warnings say so. One unit is bought unless `size` or the option `sizing` says otherwise; there is no grid
 * unless `tick` is given. Errors: RangeError for columns of other lengths.
 *
 * Example: `simulate({ close: [10, 11, 12, 13], entries: [1, 0, 0, 0], exits: [0, 0, 1, 0] }).cash` buys at 11, sells at 13: 100002.
 */
export function simulate(input: SimulationInput, options: SimulationOptions = {}): SimulatorOutput {
  const { length } = input.close, doubles = (name: 'close' | 'open' | 'high' | 'low' | 'volume'): Float64Array | undefined => {
    const column = input[name];
    return column === undefined ? undefined : column instanceof Float64Array ? column : Float64Array.from(column);
  };
  for (const [name, column] of Object.entries(input) as [string, ArrayLike<number> | number | undefined][]) {
    if (typeof column === 'object' && column.length !== length) throw new RangeError(`simulate: ${name} must have ${length} rows as close has, has ${column.length}`);
  }
  if (length === 0) throw new RangeError('simulate: close must have at least one row, has 0');
  const close = doubles('close')!, open = doubles('open'), high = doubles('high'), low = doubles('low'), volume = doubles('volume'), isBars = open !== undefined && high !== undefined && low !== undefined;
  if (!isBars && (open ?? high ?? low) !== undefined) throw new RangeError('simulate: open, high and low come together or not at all');
  const time = input.time ?? BigInt64Array.from({ length }, (_, row) => BigInt(row + 1) * day), first = isBars ? openTimes(time) : time;
  const isOwnBars = isBars || options.fillAt === 'sameClose', ends = time[length - 1] + 1n;
  const rows: MarketRows = isOwnBars
    ? { base: 0, length, time: isBars ? first : openTimes(time), closeTime: time, open: open ?? close, high: high ?? close, low: low ?? close, close, ...(volume && { volume }) }
    : { base: 0, length, time, price: close, ...(volume && { size: volume }) };
  const source: DecisionSource = { name: 'rows', kind: 'bar', instrument: 0, interval: 0, now: new RowNow(time) };
  const { size, limit, stop, target, hold, weight } = input, enter = input.enter ?? (input.entries as ArrayLike<number> | undefined), exit = input.exits as ArrayLike<number> | undefined;
  const simulator = new Simulator({
    strategyId: 'simulate', sources: [source], reports: false, equitySource: 0, from: rows.time[0], to: ends, state: null, options,
    instruments: [{
      id: 'instrument', tick: input.tick ?? NaN, quantityStep: NaN, minimumQuantity: 0, multiplier: 1, market: isOwnBars ? 'bars' : 'trades', sessionEnd: at => (at / day + 1n) * day,
    }],
    decide: columnsDecide({ enter, exit, size, limit, stop, target, hold, weight }, options),
  });
  const toRow = isOwnBars ? undefined : Float64Array.from({ length }, (_, row) => row + 1);
  simulator.load({ markets: [rows], decisions: [{ base: 0, length, time, toRow }] });
  simulator.finish();
  return simulator.output;
}

/** Each bar opens when the one before closes; the first one as long before its close as the second one lasts. */
function openTimes(closeTime: BigInt64Array): BigInt64Array {
  const open = new BigInt64Array(closeTime.length);
  open[0] = closeTime[0] - (closeTime.length > 1 ? closeTime[1] - closeTime[0] : day);
  open.set(closeTime.subarray(0, closeTime.length - 1), 1);
  return open;
}
