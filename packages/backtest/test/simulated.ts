/** Runs the simulator over a case, whole or in groups, and reads its tables as the reference's records. */
import { executionEvents, exitReasons, liquidities, linkKinds, orderKinds, orderStates, reasons, timesInForce, trailUnits, columnDefault, type ColumnType } from '@zanzibar/core';
import type { Group, SimulatorSetup } from '../src/simulator/setup.ts';
import { Simulator } from '../src/simulator/simulator.ts';
import type { GroupOfRows } from './reference/groups.ts';
import type { TripRow } from './reference/round-trips.ts';
import type { EquityRow, ExecutionRow, FillRow, OrderRow } from './reference/records.ts';

export interface SimulatedResult {
  readonly orders: readonly OrderRow[];
  readonly executions: readonly ExecutionRow[];
  readonly fills: readonly FillRow[];
  readonly equity: readonly EquityRow[];
  readonly ambiguousBars: number;
  readonly resolvedBars: number;
  /** Closed round trips; of a resumed run those of its second part. */
  readonly roundTrips: readonly TripRow[];
}

interface ReadableTable {
  readonly length: number;
  readonly schema: { readonly [column: string]: ColumnType };
  readonly columns: { readonly [column: string]: ArrayLike<number> | BigInt64Array | unknown };
  readonly texts?: { readonly [column: string]: readonly string[] };
}

/** `groups` undefined: all rows as one group. `show` turns the views that the strategy reads to the rows that were loaded. */
export function simulate(setup: SimulatorSetup, rows: Group, groups?: readonly GroupOfRows[], show: (group: Group) => void = () => {}): SimulatedResult {
  const simulator = new Simulator(setup);
  feed(simulator, setup, groups ?? [{ group: rows, until: setup.to }], show);
  simulator.finish();
  return readOutput(simulator.output);
}

/** The same in groups, but after `count` of them the simulator is written to bytes, and another one with a fresh strategy goes on from these. */
export function simulateResumed(first: SimulatorSetup, second: SimulatorSetup, groups: readonly GroupOfRows[], count: number, show: (group: Group) => void): SimulatedResult {
  const before = new Simulator(first);
  if (feed(before, first, groups.slice(0, count), show)) {
    before.finish();
    return readOutput(before.output);
  }
  const bytes = before.snapshot(), after = new Simulator(second);
  after.restore(bytes);
  feed(after, second, groups.slice(count), show);
  after.finish();
  const left = readOutput(before.output), right = readOutput(after.output);
  return {
    orders: [...left.orders, ...right.orders], executions: [...left.executions, ...right.executions], fills: [...left.fills, ...right.fills], equity: [...left.equity, ...right.equity],
    ambiguousBars: right.ambiguousBars, resolvedBars: right.resolvedBars, roundTrips: right.roundTrips,
  };
}

/** True when the end of the run was reached: nothing is loaded after that. */
function feed(simulator: Simulator, { to }: SimulatorSetup, groups: readonly GroupOfRows[], show: (group: Group) => void): boolean {
  for (const { group, until } of groups) {
    show(group);
    simulator.load(group);
    simulator.run(until < to ? until : to);
    if (until >= to) return true;
  }
  return false;
}

type TableName = 'orders' | 'executions' | 'fills' | 'equity' | 'roundTrips';

interface ReadableOutput {
  readonly orders: ReadableTable;
  readonly executions: ReadableTable;
  readonly fills: ReadableTable;
  readonly equity: ReadableTable;
  readonly roundTrips: ReadableTable;
  readonly counters: { readonly ambiguousBars: number; readonly resolvedBars?: number };
}

export function readOutput(output: ReadableOutput): SimulatedResult {
  const read = (table: TableName) => {
    const { columns, texts, schema } = output[table];
    return {
      number: (column: string, row: number): number => (columns[column] ? (columns[column] as Float64Array)[row] : (columnDefault(column, schema[column]) as number)),
      time: (column: string, row: number): bigint => (columns[column] ? (columns[column] as BigInt64Array)[row] : 0n),
      text: (column: string, row: number): string => texts?.[column]?.[(columns[column] as Int32Array)[row]] ?? '',
    };
  };
  const rowsOf = <R>(table: TableName, row: (at: ReturnType<typeof read>, i: number) => R): R[] => {
    const at = read(table);
    return Array.from({ length: output[table].length }, (_, i) => row(at, i));
  };
  return {
    orders: rowsOf('orders', ({ number, time, text }, i) => ({
      orderId: number('orderId', i), instrument: text('instrument', i), side: number('side', i), kind: orderKinds[number('kind', i)], quantity: number('quantity', i), price: number('price', i),
      stopPrice: number('stopPrice', i), trail: number('trail', i), trailUnit: trailUnits[number('trailUnit', i)], activationPrice: number('activationPrice', i), timeInForce: timesInForce[number('timeInForce', i)], expireTime: time('expireTime', i), activateAfter: number('activateAfter', i), activateRows: number('activateRows', i), parentId: number('parentId', i), linkGroup: number('linkGroup', i),
      linkKind: linkKinds[number('linkKind', i)], positionId: number('positionId', i), reduceOnly: number('reduceOnly', i) === 1, postOnly: number('postOnly', i) === 1, decisionTime: time('decisionTime', i), decisionRow: number('decisionRow', i),
    })),
    executions: rowsOf('executions', ({ number, time }, i) => ({
      sequence: number('sequence', i), time: time('time', i), arrivalTime: time('arrivalTime', i), orderId: number('orderId', i), event: executionEvents[number('event', i)], state: orderStates[number('state', i)],
      reason: reasons[number('reason', i)], quantity: number('quantity', i), price: number('price', i), liquidity: liquidities[number('liquidity', i)],
    })),
    fills: rowsOf('fills', ({ number, time, text }, i) => ({
      fillId: number('fillId', i), orderId: number('orderId', i), instrument: text('instrument', i), side: number('side', i), time: time('time', i), row: number('row', i), price: number('price', i),
      quantity: number('quantity', i), liquidity: liquidities[number('liquidity', i)], fee: number('fee', i),
    })),
    equity: rowsOf('equity', ({ number, time }, i) => ({ time: time('time', i), equity: number('equity', i), cash: number('cash', i) })),
    ambiguousBars: output.counters.ambiguousBars, resolvedBars: output.counters.resolvedBars ?? 0,
    roundTrips: rowsOf('roundTrips', ({ number, time, text }, i) => ({
      positionId: number('positionId', i), lotId: number('lotId', i), instrument: text('instrument', i), side: number('side', i), entryTime: time('entryTime', i), entryRow: number('entryRow', i), exitTime: time('exitTime', i), exitRow: number('exitRow', i),
      entryPrice: number('entryPrice', i), exitPrice: number('exitPrice', i), quantity: number('quantity', i), gross: number('gross', i), costs: number('costs', i), mae: number('mae', i), mfe: number('mfe', i), exitReason: exitReasons[number('exitReason', i)],
    })),
  };
}
