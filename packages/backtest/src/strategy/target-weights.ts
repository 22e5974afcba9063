/**
 * Target-weight rebalancing of a cross-section: a strategy that says what share of equity each instrument should have, over a panel of closes.
 *
 * Definition  at each time at which bars of the interval close, once, after all of them: `weights` sees the panel up to that time and gives a weight for each instrument;
 *             target = weight x equity / (close x multiplier), cut to whole quantity steps; a market order for target - position is sent, orders that reduce a position
 *             before those that do not, each in order of the ids. An instrument without a bar at that time keeps its position and its orders, whatever its weight.
 *             Orders of a valid one that have not filled are cancelled first
 * Shapes      weights by place in `instruments`; the panel has at least the last `history` rows since the run began, fewer at first
 * Units       weights are shares of equity, negative is short; their sum is the exposure, nothing forces it to 1
 * Errors      RangeError for weights of another number, or one of a valid instrument that is not finite, by id and time
 */
import { formatTime, roundToGrid, wholeSteps, type Instrument, type Panel } from '@zanzibar/core';
import { defineStrategy, type AnyStrategy } from './define-strategy.ts';
import type { ValuesOf } from './parameters.ts';
import { bars } from './sources.ts';
import type { Account, Actions, Now, ParameterValue, Parameters, PriceSide } from './strategy.ts';

export interface TargetWeightsDefinition<P extends Parameters> {
  readonly name: string;
  /** Stands for the code of a strategy that lives in memory only. */
  readonly version?: string;
  readonly parameters: P;
  /** What the cross-section consists of. */
  readonly instruments: readonly Instrument[];
  /** Of the bars, such as `1d`. */
  readonly interval: string | number;
  /** Which price of quotes the bars are of. @defaultValue 'mid' */
  readonly price?: PriceSide;
  readonly align?: 'epoch' | 'session';
  /** Rows of the panel that `weights` reads, the present one included. */
  readonly history: (parameters: ValuesOf<P>) => number;
  /** Weights at `row`, the panel's last; undefined leaves everything as it is. Views are valid during the call only. */
  readonly weights: (panel: Panel, row: number, parameters: ValuesOf<P>) => ArrayLike<number> | undefined;
}

/** Plain, so that it can be a snapshot. */
interface PanelState {
  readonly parameters: { readonly [name: string]: ParameterValue };
  readonly history: number;
  length: number;
  readonly time: BigInt64Array;
  readonly columns: Float64Array[];
  readonly valid: Uint8Array[];
}

/**
 * A strategy that holds target weights.
 *
 * @example
 * targetWeights({ name: 'equal', parameters: {}, instruments, interval: '1d', history: () => 1, weights: ({ ids, valid }, row) => {
 *   const count = ids.filter((_, k) => valid[k][row] === 1).length;
 *   return ids.map((_, k) => (valid[k][row] === 1 ? 1 / count : 0));
 * } });
 */
export function targetWeights<const P extends Parameters>(definition: TargetWeightsDefinition<P>): AnyStrategy {
  const { name, version, parameters, instruments, interval, price = 'mid', align = 'epoch', history, weights } = definition, ids = instruments.map(({ id }) => id);
  if (instruments.length === 0) throw new RangeError(`${name}: instruments must be at least one`);
  return defineStrategy({
    name, ...(version === undefined ? {} : { version }), parameters,
    sources: () => Object.fromEntries(ids.map((instrument, k) => [`bars${k}`, bars(interval, { instrument, price, align })])),
    init: (values): PanelState => {
      const rows = history(values);
      if (!(Number.isSafeInteger(rows) && rows > 0)) throw new RangeError(`${name}: history must be a positive integer, was ${rows}`);
      return {
        parameters: values as PanelState['parameters'], history: rows, length: 0, time: new BigInt64Array(2 * rows),
        columns: ids.map(() => new Float64Array(2 * rows)), valid: ids.map(() => new Uint8Array(2 * rows)),
      };
    },
    decide(state: PanelState, now: Now, account: Account, actions: Actions): void {
      if (now.kind === 'bar') {
        const k = ids.indexOf(now.instrument), close: number = now.columns.close[now.row], { time } = now;
        if (state.length === 0 || state.time[state.length - 1] !== time) {
          addRow(state, time);
          // Called after all bars that close now.
          actions.timer(time);
        }
        state.columns[k][state.length - 1] = close;
        state.valid[k][state.length - 1] = close === close ? 1 : 0;
      } else if (now.kind === 'timer') {
        const row = state.length - 1, wanted = weights({ ids, length: state.length, time: state.time, columns: state.columns, valid: state.valid }, row, state.parameters as ValuesOf<P>);
        if (wanted === undefined) return;
        if (wanted.length !== ids.length) throw new RangeError(`${name}: weights must be one for each of ${ids.length} instruments, were ${wanted.length}`);
        rebalance(name, instruments, state, row, wanted, account, actions);
      }
    },
  });
}

/** One more row, without a value yet; the oldest go where there is no room. */
function addRow(state: PanelState, time: bigint): void {
  const { history, columns, valid } = state;
  if (state.length === state.time.length) {
    const from = state.length - history + 1;
    for (const column of [state.time, ...columns, ...valid]) column.copyWithin(0, from);
    state.length -= from;
  }
  const row = state.length++;
  state.time[row] = time;
  for (const column of columns) column[row] = NaN;
  for (const mask of valid) mask[row] = 0;
}

function rebalance(name: string, instruments: readonly Instrument[], { columns, valid, time }: PanelState, row: number, weights: ArrayLike<number>, account: Account, actions: Actions): void {
  const { equity } = account, later: { id: string; change: number }[] = [];
  instruments.forEach(({ id, multiplier, quantityGrid }, k) => {
    if (valid[k][row] === 0) return;
    const weight = weights[k];
    if (!Number.isFinite(weight)) throw new RangeError(`${name}: weight of ${id} at ${formatTime(time[row])} must be a finite number, was ${weight}`);
    for (const order of account.openOrders(id)) actions.cancel(order);
    const held = account.position(id), target = wholeSteps(quantityGrid, (weight * equity) / (columns[k][row] * multiplier)), change = roundToGrid(quantityGrid, target - held, 'nearest');
    if (change * held < 0 && Math.abs(change) <= Math.abs(held)) send(id, change, actions);
    else if (change !== 0) later.push({ id, change });
  });
  for (const { id, change } of later) send(id, change, actions);
}

function send(instrument: string, change: number, actions: Actions): void {
  actions.submit({ instrument, side: change > 0 ? 1 : -1, quantity: Math.abs(change) });
}
