/**
 * Open loop: the columns of a plan become orders by a built-in `decide`.
 *
 * An entry goes out where there is neither a position nor an entry still working, an exit closes what is held. An entry in a position, an exit without one and
 * both in one row do nothing, unless `conflict` says otherwise: `accumulate` adds to a position of the entry's side; `reverse` closes one of the other side
 * and enters; of a row with both, `exitFirst` closes what is held and enters, `enterFirst` enters where nothing is held and else exits.
 *
 * A plan of weights says what share of equity the position should have, row by row; a row without one leaves it as it is.
 */
import { oneOf } from '@zanzibar/core';
import type { Account, Actions, Now, OrderRequest, PlanColumns } from '../strategy/strategy.ts';
import type { Decide, SimulationOptions } from './setup.ts';

const conflicts: readonly string[] = ['ignore', 'accumulate', 'reverse', 'exitFirst', 'enterFirst'];
const fields = ['enter', 'exit', 'side', 'size', 'limit', 'stop', 'target', 'hold', 'expire', 'weight'] as const;

/** The `decide` of a plan whose columns stand in `now.columns` as `<node>_enter` and so on, or under the node's name where it has one output, `only`. */
export function planDecide(node: string, options: SimulationOptions, only: string = 'enter'): Decide {
  refuseHedging(options);
  const conflict = options.conflict ?? 'ignore', names = fields.map(field => [field, `${node}_${field}`] as const);
  oneOf('plan: conflict', conflict, conflicts);
  const plan: { [F in keyof PlanColumns]: ArrayLike<number> } = {};
  let seen: Now['columns'] | undefined, first: ArrayLike<number> | undefined;
  return (_state, now, account, actions) => {
    if (now.kind !== 'bar' && now.kind !== 'tick' && now.kind !== 'custom') return;
    const { columns } = now, present = columns[node] ?? columns[names[0][1]] ?? columns[`${node}_weight`];
    // A new group of rows brings new arrays.
    if (columns !== seen || present !== first) {
      seen = columns;
      first = present;
      for (const [field, name] of names) (plan as { [field: string]: ArrayLike<number> })[field] = columns[name];
      if (columns[node] !== undefined) (plan as { [field: string]: ArrayLike<number> })[only] = columns[node];
    }
    decidePlan(plan, now, account, actions, conflict);
  };
}

/** The `decide` of columns that stay where they are. */
export function columnsDecide(plan: PlanColumns, options: SimulationOptions): Decide {
  refuseHedging(options);
  const conflict = options.conflict ?? 'ignore';
  oneOf('plan: conflict', conflict, conflicts);
  return (_state, now, account, actions) => {
    if (now.kind === 'bar') decidePlan(plan, now, account, actions, conflict);
  };
}

function refuseHedging({ positionMode }: SimulationOptions): void {
  if (positionMode === 'hedging') throw new RangeError('plan: goes by the one position of an instrument, positionMode is hedging: write decide instead');
}

function decidePlan(plan: PlanColumns, now: Now, account: Account, actions: Actions, conflict: string): void {
  const { row } = now;
  if (plan.weight !== undefined) {
    if (plan.enter !== undefined || plan.exit !== undefined) throw new RangeError('plan: weight stands alone, without enter and exit');
    if (!Number.isNaN(plan.weight[row])) actions.target({ weight: plan.weight[row] });
    return;
  }
  const entry = plan.enter === undefined ? 0 : +plan.enter[row], isEntry = entry !== 0 && entry === entry, isExit = plan.exit !== undefined && !!plan.exit[row];
  if (!isEntry && !isExit) return;
  const position = account.position();
  if (isEntry && isExit) {
    if (conflict !== 'exitFirst' && conflict !== 'enterFirst') return;
    if (position !== 0) close(actions, position);
    if (position === 0 || conflict === 'exitFirst') enter(plan, now, account, actions, entry, position !== 0);
  } else if (isExit) {
    if (position !== 0) close(actions, position);
  } else if (position === 0) enter(plan, now, account, actions, entry, false);
  else if (conflict === 'accumulate' && sideOf(plan, row, entry) * position > 0) enter(plan, now, account, actions, entry, true);
  else if (conflict === 'reverse' && sideOf(plan, row, entry) * position < 0) {
    close(actions, position);
    enter(plan, now, account, actions, entry, true);
  }
}

function sideOf(plan: PlanColumns, row: number, entry: number): number {
  return (plan.side === undefined ? entry : plan.side[row]) > 0 ? 1 : -1;
}

function close(actions: Actions, position: number): void {
  actions.submit({ side: position > 0 ? -1 : 1, quantity: Math.abs(position), reduceOnly: true });
}

/** Sends the entry of a row; without a position to go by, only if none is still working. */
function enter(plan: PlanColumns, now: Now, account: Account, actions: Actions, entry: number, isDespite: boolean): void {
  const { row, time } = now, at = (column: ArrayLike<number> | undefined): number | undefined => (column === undefined || Number.isNaN(column[row]) ? undefined : column[row]);
  if (!isDespite && account.openOrders(now.instrument === '' ? undefined : now.instrument).length > 0) return;
  const price = at(plan.limit), life = at(plan.expire);
  const order: OrderRequest = {
    side: sideOf(plan, row, entry), quantity: at(plan.size), stop: at(plan.stop), target: at(plan.target), hold: at(plan.hold),
    ...(price === undefined ? {} : { kind: 'limit', price }), ...(life === undefined ? {} : { timeInForce: 'gtd', expireTime: time + BigInt(Math.round(life)) }),
  };
  actions.submit(order);
}
