/** The logs of a run as tables of the schemas, made when they are asked for. */
import { columnDefault, equitySchema, executionSchema, fillSchema, GrowingTable, newColumn, orderSchema, positionSchema, type ColumnArray, type Schema } from '@zanzibar/core';
import type { HedgedPosition } from './holding.ts';
import { denied } from './order.ts';
import { event } from './records.ts';
import type { Venue } from './venue.ts';

/** A recorded series: what the strategy gave to `record`. */
export interface RecordedSeries {
  readonly time: BigInt64Array;
  readonly value: Float64Array;
}

/** Columns that are undefined hold their default in every row and stay absent. */
export function tableOf(schema: Schema, length: number, base: number, columns: { readonly [column: string]: ColumnArray | undefined }, texts: { readonly [column: string]: string[] } = {}): GrowingTable {
  const present = Object.fromEntries(Object.entries(columns).filter(([, values]) => values !== undefined)) as Record<string, ColumnArray>;
  const table = new GrowingTable(schema, present, length);
  table.base = base;
  Object.assign(table.texts, texts);
  return table;
}

/** A column computed row by row; undefined if every value is the default. */
function column(schema: Schema, name: string, length: number, value: (row: number) => number): ColumnArray | undefined {
  const type = schema[name], values = newColumn(type, length) as Float64Array, fallback = columnDefault(name, type);
  let isDefault = true;
  for (let i = 0; i < length; i++) {
    const one = value(i);
    values[i] = one;
    if (isDefault && one !== fallback && !(one !== one && fallback !== fallback)) isDefault = false;
  }
  return isDefault ? undefined : values;
}

/** Text by code in order of first appearance; no text is -1. */
export function textColumn(length: number, textOf: (row: number) => string | undefined): { readonly codes: Int32Array; readonly texts: string[] } {
  const codes = new Int32Array(length), texts: string[] = [], known = new Map<string, number>();
  for (let i = 0; i < length; i++) {
    const text = textOf(i);
    if (text === undefined) {
      codes[i] = -1;
      continue;
    }
    let code = known.get(text);
    if (code === undefined) known.set(text, (code = texts.push(text) - 1));
    codes[i] = code;
  }
  return { codes, texts };
}

function expireTimes({ orders }: Venue): BigInt64Array | undefined {
  if (orders.expireTimes.size === 0) return undefined;
  const times = new BigInt64Array(orders.log.length);
  for (const [row, time] of orders.expireTimes) times[row] = time;
  return times;
}

export function ordersTable(venue: Venue, tags: readonly string[]): GrowingTable {
  const { orders } = venue, { log } = orders, { length, base } = log, facts = log.whole(0) as Int32Array, places = log.whole(1) as Int32Array;
  const fact = (name: string, shift: number, mask: number, offset: number = 0): ColumnArray | undefined => column(orderSchema, name, length, row => ((facts[row] >> shift) & mask) - offset);
  const instrument = textColumn(length, row => venue.markets[places[row]].facts.id), tag = textColumn(length, row => tags[orders.tag.value(row)]);
  return tableOf(orderSchema, length, base, {
    orderId: Float64Array.from({ length }, (_, row) => base + row), strategyId: new Int32Array(length), accountId: new Int32Array(length).fill(-1), instrument: instrument.codes,
    side: fact('side', 0, 7, 2), kind: fact('kind', 3, 15), quantity: log.whole(2), price: orders.price.whole(length), stopPrice: orders.stopPrice.whole(length),
    trail: orders.trail.whole(length), trailUnit: fact('trailUnit', 14, 3), activationPrice: orders.activation.whole(length), timeInForce: fact('timeInForce', 7, 7), activateAfter: orders.hold.whole(length), activateRows: orders.holdRows.whole(length), parentId: orders.parent.whole(length), linkGroup: orders.linkGroup.whole(length), positionId: orders.position.whole(length),
    linkKind: fact('linkKind', 10, 3), reduceOnly: fact('reduceOnly', 12, 1), postOnly: fact('postOnly', 13, 1), decisionTime: log.whole(3), expireTime: expireTimes(venue),
    decisionRow: log.whole(4), tag: tag.codes,
  }, { strategyId: length > 0 ? [venue.setup.strategyId] : [], instrument: instrument.texts, tag: tag.texts });
}

export function fillsTable(venue: Venue): GrowingTable {
  const { fills } = venue, { log } = fills, { length, base } = log, facts = log.whole(1) as Int32Array, { currency } = venue.setup.options;
  const instrument = textColumn(length, row => venue.markets[facts[row] >> 8].facts.id), { currencies } = venue.ledger, times = log.whole(2) as BigInt64Array;
  const paidIn = currencies === null ? undefined : textColumn(length, row => venue.markets[facts[row] >> 8].facts.currency || currency);
  return tableOf(fillSchema, length, base, {
    fillId: Float64Array.from({ length }, (_, row) => base + row), orderId: log.whole(0), instrument: instrument.codes, side: column(fillSchema, 'side', length, row => (facts[row] & 7) - 2),
    time: log.whole(2), row: log.whole(3), price: log.whole(4), quantity: log.whole(5), liquidity: column(fillSchema, 'liquidity', length, row => (facts[row] >> 3) & 3),
    spreadCost: fills.spread.whole(length), slippageCost: fills.slippage.whole(length), latencyCost: fills.latency.whole(length), impactCost: fills.impact.whole(length), fee: fills.fee.whole(length),
    feeCurrency: paidIn?.codes ?? new Int32Array(length).fill(currency === undefined ? -1 : 0),
    rate: currencies === null ? new Float64Array(length).fill(1) : Float64Array.from(times, (time, row) => currencies.rateAt(facts[row] >> 8, time)),
  }, { instrument: instrument.texts, feeCurrency: paidIn ? paidIn.texts : currency === undefined || length === 0 ? [] : [currency] });
}

/** Executions with their times, quantities and prices, taken from the orders, fills and stamps that they belong to. */
export function executionsTable(venue: Venue): GrowingTable {
  const { executions, orders, fills, setup } = venue, { log } = executions, { length, base } = log, codes = log.whole(0) as Float64Array;
  const decided = orders.log.whole(3) as BigInt64Array, filledAt = fills.log.whole(2) as BigInt64Array, row = (name: string): any => newColumn((executionSchema as Schema)[name], length);
  const prices = fills.log.whole(4) as Float64Array, quantities = fills.log.whole(5) as Float64Array, facts = fills.log.whole(1) as Int32Array, latency = BigInt(setup.options.latency?.submit ?? 0);
  const arrivals = new Map<number, bigint>(), { stampEntries, stampTimes, replaced } = executions;
  const sequence = row('sequence'), time = row('time'), arrivalTime = row('arrivalTime'), orderId = row('orderId'), what = row('event'), state = row('state'), reason = row('reason');
  const quantity = row('quantity'), price = new Float64Array(length).fill(NaN), liquidity = row('liquidity');
  let now = executions.firstTime, stamp = 0, fill = 0, replace = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i], order = Math.floor(code / 8192), bits = code - 8192 * order, kind = bits >> 9, at = order - orders.log.base;
    if (stamp < stampEntries.length && stampEntries[stamp] === i) now = stampTimes[stamp++];
    if (kind === event.submit) {
      now = decided[at];
      arrivals.set(order, order < venue.firstClosing && !venue.atOnce.has(order) ? now + latency : now);
    } else if (kind === event.reject && ((bits >> 5) & 15) === denied) arrivals.set(order, now);
    else if (kind === event.fill) now = filledAt[fill];
    else if (kind === event.accept) arrivals.set(order, now);
    sequence[i] = base + i;
    orderId[i] = order;
    what[i] = kind;
    state[i] = (bits >> 5) & 15;
    reason[i] = bits & 31;
    if (kind === event.fill) {
      quantity[i] = quantities[fill];
      price[i] = prices[fill];
      liquidity[i] = (facts[fill++] >> 3) & 3;
    } else if (kind === event.replace) {
      quantity[i] = replaced[replace].quantity;
      price[i] = replaced[replace++].price;
      if (state[i] !== 4) arrivals.set(order, now);
    }
    time[i] = now;
    arrivalTime[i] = arrivals.get(order) ?? (order >= 0 && order < executions.arrivalsBefore.length ? executions.arrivalsBefore[order] : now);
  }
  return tableOf(executionSchema, length, base, { sequence, time, arrivalTime, orderId, event: what, state, reason, quantity, price, liquidity });
}

export function equityTable(venue: Venue): GrowingTable {
  const { equity } = venue, { log } = equity, { length, base } = log;
  return tableOf(equitySchema, length, base, {
    time: equity.times(), equity: log.whole(0), cash: equity.cash(), margin: equity.margins.length === 0 ? undefined : Float64Array.from(equity.margins), funding: equity.flow('funding'), borrow: equity.flow('borrow'),
    dividends: equity.flow('dividends'), rate: new Float64Array(length).fill(1),
  });
}

/** The positions that are open now: one row an instrument, in hedging one a position. */
export function positionsTable(venue: Venue): GrowingTable {
  const { clock, ledger } = venue, open = venue.markets.flatMap(market => market.holdings.filter(({ position }) => position !== 0).map(holding => ({ market, holding, mark: market.mark(clock, holding.position), worth: ledger.worth(market, clock) })));
  const of = (value: (one: (typeof open)[number]) => number): Float64Array => Float64Array.from(open, value), { length } = open, instrument = textColumn(length, row => open[row].market.facts.id);
  return tableOf(positionSchema, length, 0, {
    time: BigInt64Array.from(open, () => clock.time), instrument: instrument.codes, quantity: of(({ holding }) => holding.position), averagePrice: of(({ holding }) => holding.average),
    mark: of(({ mark }) => mark), value: of(({ holding, mark, worth }) => (mark - holding.average) * holding.position * worth), rate: of(({ market, worth }) => worth / market.multiplier),
    margin: venue.limits?.initial ? of(({ holding, mark, worth }) => Math.abs(holding.position * mark) * worth * venue.limits!.initial) : undefined,
    positionId: venue.isHedging ? of(({ holding }) => (holding as HedgedPosition).id) : undefined,
  }, { instrument: instrument.texts });
}
