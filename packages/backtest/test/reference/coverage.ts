/** Counts what the random cases reached: order kind x outcome x gap x equal time x latency, and the rows that earlier tests had missed. */
import type { OrderKind } from '@zanzibar/core';
import { policies, type Case, type CaseRun } from './cases.ts';
import { requiredCosts } from './random-costs.ts';
import type { FillRow, OrderRow, ReferenceResult } from './records.ts';

export type Counts = Map<string, number>;

const kinds: readonly OrderKind[] = ['market', 'limit', 'stop', 'stopLimit'];
const yesNo = (what: string): readonly [string, string] => [what, `no ${what}`];

/**
 * Every cell that has to be reached. Fills: kind, liquidity, gap (the market jumped beyond the order's price, or for a market order moved by more than a tick,
 * since the row before), equal time (the row before, or the order's arrival, has its time), latency of submission. Other ends have no gap.
 *
 * Impossible: a market order or a stop never makes; a maker's fill needs no gap to be reached but can have one.
 */
export function requiredCells(): string[] {
  const cells: string[] = [];
  for (const kind of kinds) for (const latency of yesNo('latency')) for (const equal of yesNo('equal time')) {
    for (const gap of yesNo('gap')) for (const liquidity of kind === 'market' || kind === 'stop' ? ['taker'] : ['taker', 'maker']) cells.push([kind, liquidity, gap, equal, latency].join(', '));
    for (const outcome of ['cancel', 'expire', 'reject']) cells.push([kind, outcome, equal, latency].join(', '));
  }
  return cells;
}

/** Kinds beside the first four, and times in force: how each of them ended, on each family of markets. */
const endings: readonly string[] = ['quotes', 'trades', 'bars'].flatMap(family =>
  ['marketIfTouched, taker', 'marketIfTouched, gap', 'limitIfTouched, taker', 'limitIfTouched, maker', 'limitIfTouched, trigger', 'fillOrKill',
    'trailingStop, taker', 'trailingStop, gap', 'trailingStop in price, taker', 'trailingStop in ticks, taker', 'trailingStop in basisPoints, taker', 'trailingStop with activation, taker', 'trailingStop leg, taker', 'trailingStop after a replace, taker',
    'trailingStopLimit, taker', 'trailingStopLimit, maker', 'trailingStopLimit, trigger', 'onOpen, taker', 'onOpen at once, taker', 'onOpen of a later session, taker', 'onOpen, immediateOrCancel',
    'stop moved in steps', 'leg of rows, taker', 'oto released', 'oto of another instrument, filled', 'oto ended with its first', 'oto denied with its first', 'oto exit ended with its position',
    'onClose, taker', 'onClose, expire', 'onOpen limit, taker', 'onClose limit, taker'].map(cell => `${family}: ${cell}`));

export const requiredRows: readonly string[] = [
  ...endings, 'stop moved in steps of R', 'stop moved in steps of price', 'stop moved in steps of ticks', 'fok filled whole at a displayed size', 'fok of a reduce-only order',
  ...['stop', 'target', 'time'].flatMap(leg => ['cancel', 'replace'].flatMap(change => [`${change} of a ${leg} leg before its sibling's fill`, `${change} of a ${leg} leg after its sibling's fill`])),
  'fill at the time of a decision on another instrument, no latency', 'stopLimit triggered with fill', 'stopLimit triggered without fill', 'crossed row directly after the arrival', 'crossed row standing at the arrival',
  'trailing stop of no distance', 'bars: trailing stop proven by the close', 'timer for the present time', 'leg through on arrival', 'shown: partial fill', 'shown: nothing shown', 'entry partly filled when a leg fills', 'reduce-only cut', 'reduce-only without position', 'session start gives a better price',
  'cancel before its order', 'oco sibling cancelled', 'position closed by another order', 'segmentEnd', 'position through zero', 'bars: leg filled on its entry\'s bar', 'bars: ambiguous', ...policies.map(policy => `bars: ambiguous, ${policy}`), 'bars: decided by ticks', 'bars: ambiguous and not decided by its ticks', 'percent or risk sizing filled',
  ...requiredCosts,
];

export function count(counts: Counts, cell: string, by = 1): void {
  counts.set(cell, (counts.get(cell) ?? 0) + by);
}

export function cover(counts: Counts, of: Case, run: CaseRun, result: ReferenceResult): void {
  const hasLatency = (of.options.latency?.submit ?? 0) > 0 ? 'latency' : 'no latency', orders = new Map(result.orders.map(order => [order.orderId, order])), arrivals = new Map<number, bigint>();
  const place = new Map(of.instruments.map(({ id }, i) => [id, i])), marketTimes = new Set(of.rows.markets.flatMap(market => [...market.time]));
  const tick = Number.isNaN(of.instruments[0].tick) ? 0.25 : of.instruments[0].tick;
  for (const { event, orderId, time } of result.executions) if (event === 'accept' || event === 'replace') arrivals.set(orderId, time);

  for (const fill of result.fills) {
    const order = orders.get(fill.orderId)!;
    const market = of.rows.markets[place.get(order.instrument)!];
    if (!kinds.includes(order.kind)) count(counts, `${of.family}: ${order.kind}, ${fill.liquidity}`);
    if (!Number.isNaN(order.activateRows)) count(counts, `${of.family}: leg of rows, taker`);
    if (order.linkKind === 'oto' && orders.get(order.parentId) && orders.get(order.parentId)!.instrument !== order.instrument) count(counts, `${of.family}: oto of another instrument, filled`);
    if (order.kind === 'onOpen' || order.kind === 'onClose') {
      const { sessionEnd } = of.instruments[place.get(order.instrument)!];
      if (!Number.isNaN(order.price)) count(counts, `${of.family}: ${order.kind} limit, taker`);
      if (order.kind === 'onOpen') count(counts, `${of.family}: onOpen ${sessionEnd(arrivals.get(order.orderId)!) === sessionEnd(fill.time) ? 'at once' : 'of a later session'}, taker`);
    }
    if (order.kind === 'trailingStop') {
      const isReplaced = result.executions.some(({ event, orderId }) => event === 'replace' && orderId === order.orderId);
      for (const [what, is] of [[` in ${order.trailUnit}`, true], [' with activation', !Number.isNaN(order.activationPrice)], [' leg', !Number.isNaN(order.parentId)], [' after a replace', isReplaced]] as const) {
        if (is) count(counts, `${of.family}: trailingStop${what}, ${fill.liquidity}`);
      }
      if (isGap(of, order, fill, tick)) count(counts, `${of.family}: trailingStop, gap`);
    }
    if (order.kind === 'marketIfTouched' && (order.stopPrice - fill.price) * fill.side > 0.5 * tick) count(counts, `${of.family}: marketIfTouched, gap`);
    if (order.timeInForce === 'fok' && of.options.quantity === 'shown') count(counts, 'fok filled whole at a displayed size');
    if (order.timeInForce === 'fok' && order.reduceOnly) count(counts, 'fok of a reduce-only order');
    const isEqual = (fill.row > 0 && market.time[fill.row - 1] === market.time[fill.row]) || arrivals.get(fill.orderId) === fill.time;
    count(counts, [order.kind, fill.liquidity, isGap(of, order, fill, tick) ? 'gap' : 'no gap', isEqual ? 'equal time' : 'no equal time', hasLatency].join(', '));
  }
  for (const { event, orderId, time } of result.executions) {
    if (event !== 'cancel' && event !== 'expire' && event !== 'reject') continue;
    const kind = orders.get(orderId)!.kind;
    count(counts, [kind, event, marketTimes.has(time) ? 'equal time' : 'no equal time', hasLatency].join(', '));
  }
  coverRows(counts, of, run, result, orders);
  for (const [rule, times] of result.reached) count(counts, rule, times);
}

/** Did the market jump beyond the price at which the order would have been met? */
function isGap(of: Case, order: OrderRow, fill: FillRow, tick: number): boolean {
  const rows = of.rows.markets[of.instruments.findIndex(({ id }) => id === order.instrument)], side = fill.side > 0 ? (rows.ask ?? rows.price ?? rows.askOpen ?? rows.open!) : (rows.bid ?? rows.price ?? rows.open!);
  const price = side[fill.row], before = side[Math.max(0, fill.row - 1)];
  if (order.kind === 'market' || order.kind === 'trailingStop') return Math.abs(price - before) > 1.5 * tick;
  if (order.kind === 'stop' || (order.kind === 'stopLimit' && fill.liquidity === 'taker')) return (price - order.stopPrice) * fill.side > tick / 2;
  return (order.price - price) * fill.side > tick / 2;
}

function coverRows(counts: Counts, of: Case, run: CaseRun, result: ReferenceResult, orders: Map<number, OrderRow>): void {
  const { executions, fills } = result, fillSequence = new Map<number, number>(), filled = new Map<number, number>();
  for (const { event, orderId, sequence } of executions) if (event === 'fill' && !fillSequence.has(orderId)) fillSequence.set(orderId, sequence);
  const legName = ({ kind }: OrderRow): string => (kind === 'stop' ? 'stop' : kind === 'limit' ? 'target' : 'time');
  const siblingsOf = (leg: OrderRow): OrderRow[] => result.orders.filter(order => order.parentId === leg.parentId && order.orderId !== leg.orderId);
  const place = new Map(of.instruments.map(({ id }, i) => [id, i]));
  executions.forEach((row, n) => {
    const { event, orderId, reason, time, state } = row, order = orders.get(orderId);
    if (!order) return;
    const isLeg = order.linkKind === 'bracket', change = event === 'cancel' && reason === 'requested' ? 'cancel' : event === 'replace' ? 'replace' : event === 'cancelReject' ? 'cancelReject' : event === 'replaceReject' ? 'replaceReject' : '';
    if (isLeg && change !== '') {
      const sibling = Math.min(...siblingsOf(order).map(({ orderId: id }) => fillSequence.get(id) ?? Infinity));
      if (change === 'cancel' || change === 'replace') { if (sibling !== Infinity && sibling > row.sequence) count(counts, `${change} of a ${legName(order)} leg before its sibling's fill`); }
      else if (sibling < row.sequence) count(counts, `${change.replace('Reject', '')} of a ${legName(order)} leg after its sibling's fill`);
    }
    if (order.linkKind === 'oto' && !Number.isNaN(order.parentId)) {
      if (event === 'accept') count(counts, `${of.family}: oto released`);
      if (reason === 'parentEnded') count(counts, `${of.family}: oto ${state === 'denied' ? 'denied' : 'ended'} with its first`);
      if (reason === 'positionClosed') count(counts, `${of.family}: oto exit ended with its position`);
    }
    if (order.kind === 'onOpen' && reason === 'immediateOrCancel') count(counts, `${of.family}: onOpen, immediateOrCancel`);
    if (order.kind === 'onClose' && event === 'expire') count(counts, `${of.family}: onClose, expire`);
    if (event === 'trigger' && order.kind === 'trailingStopLimit') count(counts, `${of.family}: trailingStopLimit, trigger`);
    if (reason === 'invalidPrice' && order.kind === 'trailingStop') count(counts, 'trailing stop of no distance');
    if (reason === 'fillOrKill') count(counts, `${of.family}: fillOrKill`);
    if (event === 'trigger' && order.kind === 'limitIfTouched') count(counts, `${of.family}: limitIfTouched, trigger`);
    if (event === 'trigger' && (order.kind === 'stop' || order.kind === 'stopLimit')) {
      const next = executions[n + 1];
      count(counts, order.kind === 'stop' ? 'shown: nothing shown' : next && next.event === 'fill' && next.orderId === orderId ? 'stopLimit triggered with fill' : 'stopLimit triggered without fill');
    }
    if (event === 'accept' && !isLeg && of.family === 'quotes') {
      const market = of.rows.markets[place.get(order.instrument)!], isCrossed = (i: number): boolean => i >= 0 && i < market.length && market.bid![i] > market.ask![i];
      let next = 0;
      while (next < market.length && market.time[next] < time) next++;
      if (isCrossed(next)) count(counts, 'crossed row directly after the arrival');
      if (isCrossed(next - 1)) count(counts, 'crossed row standing at the arrival');
    }
    if (event === 'accept' && reason === 'throughOnArrival') count(counts, 'leg through on arrival');
    if (event === 'fill' && state === 'partiallyFilled' && of.options.quantity === 'shown') count(counts, 'shown: partial fill');
    if (event === 'fill' && state === 'partiallyFilled' && order.reduceOnly && of.options.quantity !== 'shown') count(counts, 'reduce-only cut');
    if (reason === 'nothingToReduce') count(counts, 'reduce-only without position');
    if (reason === 'positionClosed') count(counts, 'position closed by another order');
    if (reason === 'sibling' && order.linkKind === 'oco') count(counts, 'oco sibling cancelled');
    if (reason === 'sibling' && !isLeg && order.linkKind !== 'oco') count(counts, 'entry partly filled when a leg fills');
    if (event === 'cancel' && reason === 'requested' && executions[n - 1]?.event === 'accept' && executions[n - 1].orderId === orderId) count(counts, 'cancel before its order');
  });
  let position = of.instruments.map(() => 0);
  for (const fill of fills) {
    const order = orders.get(fill.orderId)!, i = place.get(fill.instrument)!, sending = run.sent.get(fill.orderId), held = position[i];
    if (fill.time === order.decisionTime && sending && sending.kind === 'tick' && sending.from !== i && !of.options.latency?.submit) count(counts, 'fill at the time of a decision on another instrument, no latency');
    if (fill.liquidity === 'maker' && fill.price !== order.price && (order.price - fill.price) * fill.side > 0) count(counts, 'session start gives a better price');
    if (held * fill.side < 0 && Math.abs(held) < fill.quantity) count(counts, 'position through zero');
    position = position.map((value, k) => (k === i ? value + fill.side * fill.quantity : value));
    const entry = order.linkKind === 'bracket' ? filled.get(order.parentId) : undefined;
    if (of.family === 'bars' && entry === fill.row) count(counts, 'bars: leg filled on its entry\'s bar');
    filled.set(fill.orderId, fill.row);
    if (sending?.isSized) count(counts, 'percent or risk sizing filled');
  }
  for (const [unit, times] of result.steppedStops) {
    count(counts, `${of.family}: stop moved in steps`, times);
    count(counts, `stop moved in steps of ${unit}`, times);
  }
  count(counts, 'bars: trailing stop proven by the close', result.provenTrails);
  count(counts, 'bars: ambiguous', result.ambiguousBars);
  if (of.family === 'bars') count(counts, `bars: ambiguous, ${of.options.intrabar ?? 'pessimistic'}`, result.ambiguousBars);
  count(counts, 'bars: decided by ticks', result.resolvedBars);
  if (of.instruments.every(({ ticks }) => ticks)) count(counts, 'bars: ambiguous and not decided by its ticks', result.ambiguousBars - result.resolvedBars);
  count(counts, 'segmentEnd', run.calls.filter(call => call.startsWith('segmentEnd')).length);
  count(counts, 'timer for the present time', run.timersForNow());
}
