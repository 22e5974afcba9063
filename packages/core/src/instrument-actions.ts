/**
 * What happens to an instrument at a moment: splits, dividends and rolls, dated, and the span of time for which they are known.
 *
 * Definition  a split of ratio n/d makes n units of every d from its time on, and every price before it is worth d/n of itself after; a dividend pays `amount` a
 *             unit to those who hold at its time (the ex time) and takes it from those who are short; a roll closes what is held of a future and opens as
 *             much of the next one. Each holds from its time on, that instant included, and before the market's rows of that instant (class 0).
 * Units       ratio in units per unit, amount and cost in quote currency per unit, times UTC nanoseconds
 * Absent      a list states what it covers, `[from, to)`; a run beyond that is an error, for an unknown dividend is not a dividend of zero
 */
import { formatTime, parseTime } from './time.ts';

export interface Split {
  readonly kind: 'split';
  readonly time: bigint;
  /** New units for `denominator` old ones: 4 for one is 4 and 1, a reverse split of one for ten is 1 and 10. */
  readonly numerator: number;
  readonly denominator: number;
}

export interface Dividend {
  readonly kind: 'dividend';
  /** The ex time. */
  readonly time: bigint;
  readonly amount: number;
}

export interface Roll {
  readonly kind: 'roll';
  readonly time: bigint;
  /** Id of the instrument that is held from here on. */
  readonly into: string;
  /** What each of the two fills pays beyond the price at which it could be closed or opened, in price. */
  readonly cost: number;
}

export type InstrumentAction = Split | Dividend | Roll;

/** All that happened to one instrument in `[from, to)`. */
export interface InstrumentActions {
  readonly instrument: string;
  readonly from: bigint;
  readonly to: bigint;
  /** In order of time. */
  readonly list: readonly InstrumentAction[];
}

type Moment = bigint | string;
/** An action as it is written down: times may be dates. */
export type GivenAction =
  | { readonly kind: 'split'; readonly time: Moment; readonly numerator: number; readonly denominator?: number }
  | { readonly kind: 'dividend'; readonly time: Moment; readonly amount: number }
  | { readonly kind: 'roll'; readonly time: Moment; readonly into: string; readonly cost: number };

export interface InstrumentActionsOptions {
  readonly instrument: string;
  /** Time or date from which everything is stated. */
  readonly from: Moment;
  /** Time or date up to which it is, exclusive. */
  readonly to: Moment;
  /** In any order; none at all says that nothing happened. */
  readonly list: readonly GivenAction[];
}

/**
 * Checks and sorts what happened to an instrument.
 *
 * @example
 * defineActions({ instrument: 'AAPL.NASDAQ', from: '2020-01-01', to: '2021-01-01', list: [{ kind: 'split', time: '2020-08-31', numerator: 4 }, { kind: 'dividend', time: '2020-11-06', amount: 0.205 }] });
 */
export function defineActions({ instrument, from, to, list }: InstrumentActionsOptions): InstrumentActions {
  const id = instrument.toUpperCase(), start = moment(from), end = moment(to);
  if (end <= start) throw new RangeError(`actions of ${id}: to must be after ${formatTime(start)}, was ${formatTime(end)}`);
  const actions = list.map((given, place): InstrumentAction => {
    const time = moment(given.time), where = `actions of ${id}: ${given.kind} ${place} at ${formatTime(time)}`;
    const check = (field: string, value: number, isRight: boolean, rule: string): number => {
      if (!isRight) throw new RangeError(`${where}: ${field} must be ${rule}, was ${value}`);
      return value;
    };
    if (time < start || time >= end) throw new RangeError(`${where}: must lie in [${formatTime(start)}, ${formatTime(end)})`);
    if (given.kind === 'split') {
      const { numerator, denominator = 1 } = given;
      for (const [field, value] of [['numerator', numerator], ['denominator', denominator]] as const) check(field, value, Number.isSafeInteger(value) && value > 0, 'a positive integer');
      return { kind: 'split', time, numerator, denominator };
    }
    if (given.kind === 'dividend') return { kind: 'dividend', time, amount: check('amount', given.amount, given.amount >= 0 && Number.isFinite(given.amount), 'a number of at least 0') };
    if (given.kind !== 'roll') throw new TypeError(`actions of ${id}: kind must be one of split, dividend, roll, was ${(given as { kind: string }).kind}`);
    const into = given.into.toUpperCase();
    if (into === id) throw new RangeError(`${where}: into must be another instrument`);
    return { kind: 'roll', time, into, cost: check('cost', given.cost, given.cost >= 0 && Number.isFinite(given.cost), 'a number of at least 0') };
  });
  return { instrument: id, from: start, to: end, list: actions.map((action, place) => ({ action, place })).sort((a, b) => (a.action.time < b.action.time ? -1 : a.action.time > b.action.time ? 1 : a.place - b.place)).map(({ action }) => action) };
}

function moment(time: Moment): bigint {
  return typeof time === 'string' ? parseTime(time) : time;
}

/** The actions in `[from, to)`. Errors: RangeError where what is stated does not cover it. */
export function actionsWithin(actions: InstrumentActions, from: bigint, to: bigint): InstrumentAction[] {
  if (from < actions.from || to > actions.to) {
    throw new RangeError(`actions of ${actions.instrument}: are stated for [${formatTime(actions.from)}, ${formatTime(actions.to)}), [${formatTime(from)}, ${formatTime(to)}) needs them: what is absent is not zero`);
  }
  return actions.list.filter(({ time }) => time >= from && time < to);
}

/**
 * Prices as they looked at `asOf`: those before a split or a dividend that had happened by then are put on the scale of `asOf`, later ones change nothing.
 *
 * Definition  a price before a split is multiplied by denominator / numerator; before a dividend by 1 - amount / last price before it, so that returns count it as
 *             reinvested. So what a decision saw then is what it sees in every later study of that moment.
 * Shapes      `price` and `time` of equal length in order of time, one result for each; rows after `asOf` keep their price
 * Source      Center for Research in Security Prices, CRSP Data Definitions: factor to adjust price (FACPR)
 * Errors      RangeError for unequal lengths, and where the actions do not cover the rows up to `asOf`
 *
 * @example
 * adjustedAsOf([100, 102, 26], times, defineActions({ instrument: 'X.Y', from, to, list: [{ kind: 'split', time: times[2], numerator: 4 }] }), times[2]); // 25, 25.5, 26
 */
export function adjustedAsOf(price: ArrayLike<number>, time: BigInt64Array, actions: InstrumentActions, asOf: bigint): Float64Array {
  const { length } = price, adjusted = Float64Array.from(price);
  if (time.length !== length) throw new RangeError(`adjustedAsOf: price and time must be of equal length, were ${length} and ${time.length}`);
  if (length === 0 || time[0] > asOf) return adjusted;
  const known = actionsWithin(actions, time[0], asOf + 1n);
  let factor = 1, row = length - 1;
  while (row >= 0 && time[row] > asOf) row--;
  for (let k = known.length - 1; k >= 0; k--) {
    const action = known[k];
    for (; row >= 0 && time[row] >= action.time; row--) adjusted[row] *= factor;
    if (action.kind === 'split') factor = (factor * action.denominator) / action.numerator;
    else if (action.kind === 'dividend' && row >= 0) factor *= 1 - action.amount / price[row];
  }
  for (; row >= 0; row--) adjusted[row] *= factor;
  return adjusted;
}
