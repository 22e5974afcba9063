/** Orders on the candles of a source: sent where the strategy decided, until what ended them. */
import { orderKinds, orderStates } from '@zanzibar/core';
import { numbersOf, textOf, timesOf } from '../result/result-table.ts';
import type { Result, ResultBars } from '../result/result.ts';
import type { ReportOrder } from './candle-model.ts';

const endStates: ReadonlySet<string> = new Set(['denied', 'rejected', 'filled', 'cancelled', 'expired']);

export function reportOrders({ orders, executions }: Result, { instrument, table }: ResultBars): ReportOrder[] {
  const endTime = new Map<number, bigint>(), endState = new Map<number, string>(), ids = numbersOf(executions, 'orderId'), states = numbersOf(executions, 'state'), times = timesOf(executions, 'time');
  for (let i = 0; i < executions.length; i++) {
    const state = orderStates[states[i]];
    if (!endStates.has(state)) continue;
    endTime.set(ids[i], times[i]);
    endState.set(ids[i], state);
  }
  const closeTime = timesOf(table, 'closeTime'), rowOf = (time: bigint): number => firstClosing(closeTime, table.length, time);
  const id = numbersOf(orders, 'orderId'), side = numbersOf(orders, 'side'), kind = numbersOf(orders, 'kind'), quantity = numbersOf(orders, 'quantity'), price = numbersOf(orders, 'price');
  const stopPrice = numbersOf(orders, 'stopPrice'), decision = timesOf(orders, 'decisionTime'), out: ReportOrder[] = [];
  for (let i = 0; i < orders.length; i++) {
    if (textOf(orders, 'instrument', i) !== instrument) continue;
    const ended = endTime.get(id[i]), level = Number.isNaN(price[i]) ? stopPrice[i] : price[i];
    out.push({
      orderId: id[i], side: side[i], kind: orderKinds[kind[i]], quantity: quantity[i], row: rowOf(decision[i]), toRow: ended === undefined ? null : rowOf(ended), level: Number.isNaN(level) ? null : level,
      end: endState.get(id[i]) ?? '',
    });
  }
  return out;
}

/** The first bar that has closed at a time, or holds it; the last for a time behind all. */
function firstClosing(closeTime: BigInt64Array, count: number, time: bigint): number {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (closeTime[middle] < time) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(count - 1, 0));
}
