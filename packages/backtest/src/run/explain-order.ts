/** Why an order filled, or did not: its life in sentences, from a result's records and, where they are at hand, the market's rows. */
import { executionEvents, formatInterval, formatTime, linkKinds, liquidities, orderKinds, orderStates, parseTime, reasons, timesInForce, trailUnits } from '@zanzibar/core';
import type { Result } from '../result/result.ts';
import { columnOf, numbersOf, textOf, timesOf, type ResultTable } from '../result/result-table.ts';
import { fillRule, reasonRules } from './fill-rules.ts';
import { firstRow, nearestApproach } from './market-look.ts';
import type { MarketInput } from './market-input.ts';

export interface OrderEvent {
  readonly time: bigint;
  readonly event: string;
  readonly state: string;
  readonly reason: string;
  /** 0 and NaN where the event has none. */
  readonly quantity: number;
  readonly price: number;
  readonly liquidity: string;
}

export interface OrderExplanation {
  readonly orderId: number;
  readonly instrument: string;
  readonly kind: string;
  readonly events: readonly OrderEvent[];
  readonly filled: number;
  readonly sentences: readonly string[];
}

/**
 * Tells an order's life: decision, latency, arrival, first row that could fill it, what filled or ended it and by which sentence of docs/fills.md.
 *
 * @param data rows of the order's instrument; without them an order that did not fill is set against the result's own bars, where it has some
 * Errors: RangeError where the result has no such order.
 * @example explainOrder(await readResult('out/result'), 17).sentences.join('\n')
 */
export function explainOrder(result: Result, orderId: number, data?: readonly MarketInput[]): OrderExplanation {
  const { orders, executions, fills, summary: { manifest } } = result, ids = numbersOf(orders, 'orderId') as Float64Array, row = ids.indexOf(orderId);
  if (row < 0) throw new RangeError(`explain: the result has no order ${orderId}, ${ids.length === 0 ? 'it has none at all' : `it has ${ids[0]} to ${ids[ids.length - 1]}`}`);
  const number = (column: string): number => numbersOf(orders, column)[row], instrument = textOf(orders, 'instrument', row), kind = orderKinds[number('kind')], side = number('side'), limit = number('price'), stop = number('stopPrice');
  const quantity = number('quantity'), parent = number('parentId'), linkKind = linkKinds[number('linkKind')], timeInForce = timesInForce[number('timeInForce')], tag = textOf(orders, 'tag', row), decision = timesOf(orders, 'decisionTime')[row];
  const { market = 'quotes', tick: statedTick, multiplier = 1 } = manifest.instruments.find(({ id }) => id === instrument) ?? {}, tick = statedTick ?? NaN, options = manifest.options as Record<string, any>;
  const { events, arrival } = eventsOf(executions, orderId), hasLimit = /Limit$|^limit/.test(kind), isLeg = !Number.isNaN(parent), isWaiting = isLeg && linkKind === 'oto', isTimed = isLeg && !isWaiting && kind === 'market', isTrailing = kind.startsWith('trailing'), leg = isTimed ? 'time' : kind === 'stop' ? 'stop' : isTrailing ? 'trailing stop' : 'target';
  const doesCrossedTrade = options.crossed === 'trade', input = data?.find(each => each.instrument.id === instrument), sentences: string[] = [];
  const say = (text: string): void => void sentences.push(text), at = (time: bigint): string => formatTime(time), traits = [timeInForce === 'gtc' ? '' : timeInForce, number('reduceOnly') === 1 ? 'reduce-only' : '', number('postOnly') === 1 ? 'post-only' : '', tag === '' ? '' : `tagged "${tag}"`].filter(text => text !== '');
  const prices = [Number.isNaN(stop) ? '' : `stop price ${stop}`, Number.isNaN(limit) ? '' : `limit ${limit}`, isTrailing ? `trailing by ${number('trail')} ${trailUnits[number('trailUnit')]}` : ''].filter(text => text !== '').join(', ');

  say(`Order ${orderId} ${side > 0 ? 'buys' : 'sells'} ${quantity} ${instrument}: ${kind}${prices === '' ? '' : `, ${prices}`}${traits.length === 0 ? '' : ` (${traits.join(', ')})`}.`);
  if (isWaiting) say(`It waits for the first fill of order ${parent}, sent before it at ${at(decision)} (fills.md O16).`);
  else if (isLeg) say(`It is the ${leg} leg of order ${parent}, sent with it at ${at(decision)} and held until that fills (fills.md 23).`);
  else say(`The strategy decided it at ${at(decision)}, on row ${number('decisionRow')} of what called it.`);
  if (linkKind === 'oco') say(`It is one of the orders of link group ${number('linkGroup')}, of which the first to fill cancels the others (fills.md 29).`);
  const first = events[0], isDenied = first?.event === 'reject' && first.state === 'denied', accepted = events.find(({ event }) => event === 'accept');
  const latency = isLeg || isDenied || arrival === undefined ? 0 : Number(arrival - decision);
  if (!isLeg && !isDenied && arrival !== undefined) say(latency > 0 ? `With a latency of ${formatInterval(latency)} it arrived at ${at(arrival)} (fills.md 3).` : 'It arrived at once: the run has no latency for it (fills.md 3).');
  if (isLeg) say(accepted ? `It came to rest at ${at(accepted.time)}, with the fill of ${isWaiting ? 'that order' : 'its entry'}${accepted.reason === 'throughOnArrival' ? '; the market had passed its price by then (fills.md 25)' : ''}.` : `${isWaiting ? 'That order' : 'Its entry'} never filled, so it never rested.`);

  const begin = (isLeg ? accepted?.time : arrival) ?? decision, last = events[events.length - 1], over = events.find(({ state }) => isOver(state)), end = over && over.event !== 'fill' ? over.time : parseTime(manifest.to), isTested = !isDenied && (!isLeg || accepted !== undefined);
  // What is decided on a tick, or comes to rest on a row, is not tested on that row; a decision on a bar's close precedes the rows of its time.
  const isAfterRow = isLeg || (latency === 0 && market !== 'bars' && !isBarClose(result, decision)), eligible = isAfterRow ? begin + 1n : begin;
  const seen = input && isTested && !isTimed ? firstRow(input, eligible, parseTime(manifest.to), doesCrossedTrade) : undefined;
  if (seen) say(`The first ${noun(market)} that could fill it came at ${at(seen.time)}: ${seen.words} (fills.md ${isLeg ? '10' : '4'}).`);
  let filled = 0;
  for (const each of events) {
    if (each.event === 'replace') say(`At ${at(each.time)} it was replaced: ${each.quantity} still to fill${Number.isNaN(each.price) ? '' : ` at ${each.price}`}, and arrived anew (fills.md 31).`);
    if (each.event === 'trigger') say(`At ${at(each.time)} its stop price was met and it became ${hasLimit ? 'a limit' : 'a market order'} (fills.md ${kind === 'stopLimit' ? '18' : kind === 'limitIfTouched' ? 'O3' : hasLimit ? 'O7' : '61'}).`);
    if (each.event === 'cancelReject' || each.event === 'replaceReject') say(`At ${at(each.time)} a ${each.event === 'cancelReject' ? 'cancel' : 'replace'} came too late: the order was ${each.state}.`);
    if (each.event !== 'fill') continue;
    const fill = fillOf(fills, orderId, each), { sentence, text } = fillRule({
      market, kind, side, limit: lastPrice(events, each, 'limit', kind, limit), stop: lastPrice(events, each, 'stop', kind, stop), isTaker: each.liquidity === 'taker', price: each.price, isTimed, isImmediate: timeInForce === 'ioc' || timeInForce === 'fok',
      isSameClose: options.fillAt === 'sameClose' && kind === 'market', isAtEnd: tag === 'endOfData', isThrough: options.limitFill !== 'touch',
    });
    filled += each.quantity;
    say(`It filled ${each.quantity === quantity ? '' : `${each.quantity} of ${quantity} `}at ${each.price} as ${each.liquidity} at ${at(each.time)}${fill === undefined ? '' : `, on row ${numbersOf(fills, 'row')[fill]} of ${instrument}`}: ${text} (fills.md ${sentence}).`);
    const impact = fill === undefined ? 0 : numbersOf(fills, 'impactCost')[fill];
    if (impact > 0) say(`Of that price its own size moved the market by ${Number((impact / each.quantity / multiplier).toPrecision(6))}, which cost ${Number(impact.toPrecision(6))} (fills.md C9).`);
    if (each.state === 'partiallyFilled' && options.participation !== undefined && number('reduceOnly') === 0) say(`No more than ${100 * options.participation} % of what a row trades or shows may be taken: the rest waited (fills.md C6).`);
  }
  if (over && over.event !== 'fill') {
    const rule = reasonRules[over.reason];
    say(`${filled > 0 ? 'What was left of it' : 'It'} was ${over.state} at ${at(over.time)}: ${rule ? `${rule.text} (fills.md ${rule.sentence})` : over.reason}.`);
  } else if (!over && last) say(`At the end of the run it was ${last.state}.`);
  const level = events.some(({ event }) => event === 'trigger') || Number.isNaN(stop) ? lastPrice(events, undefined, 'limit', kind, limit) : lastPrice(events, undefined, 'stop', kind, stop);
  if (filled === 0 && isTested && !Number.isNaN(level) && !isTrailing) say(approach(level));
  return { orderId, instrument, kind, events, filled, sentences };

  function approach(price: number): string {
    const isStop = kind === 'stop' || (kind === 'stopLimit' && !events.some(({ event }) => event === 'trigger')), isAbove = isStop === side > 0, [source, words] = input ? [input, market] as const : ownBars(result, instrument);
    if (!source) return 'How near the market came is not known here: the result holds no bars of it, name the data.';
    const nearest = nearestApproach(source, side, price, isAbove, eligible, end, doesCrossedTrade);
    if (!nearest) return `There was no ${noun(source.kind)} between its arrival and its end.`;
    const { distance } = nearest, ticks = tick > 0 ? `, ${Math.round(Math.abs(distance) / tick)} ticks` : '';
    const away = distance > 0 ? `${Number(distance.toPrecision(6))}${ticks} away` : distance === 0 ? 'touching it' : `${Number((-distance).toPrecision(6))}${ticks} beyond it`;
    return `The nearest that the market${input ? '' : ` (by the result's bars of the ${words}, not by the prices that fill; name the data for those)`} came to ${price} was ${nearest.price} at ${at(nearest.time)}, ${away}.`;
  }
}

function noun(kind: MarketInput['kind']): string {
  return kind === 'quotes' ? 'quote' : kind === 'trades' ? 'trade' : 'bar';
}

function isOver(state: string): boolean {
  return state === 'filled' || state === 'cancelled' || state === 'expired' || state === 'rejected' || state === 'denied';
}

function eventsOf(executions: ResultTable, orderId: number): { events: OrderEvent[]; arrival: bigint | undefined } {
  const ids = numbersOf(executions, 'orderId'), time = timesOf(executions, 'time'), arrivals = timesOf(executions, 'arrivalTime'), events: OrderEvent[] = [];
  const [event, state, reason, quantity, price, liquidity] = ['event', 'state', 'reason', 'quantity', 'price', 'liquidity'].map(column => numbersOf(executions, column));
  let arrival: bigint | undefined;
  for (let i = 0; i < executions.length; i++) {
    if (ids[i] !== orderId) continue;
    arrival ??= arrivals[i];
    events.push({ time: time[i], event: executionEvents[event[i]], state: orderStates[state[i]], reason: reasons[reason[i]], quantity: quantity[i], price: price[i], liquidity: liquidities[liquidity[i]] });
  }
  return { events, arrival };
}

/** Place among the fills of the one that an execution stands for. */
function fillOf(fills: ResultTable, orderId: number, { time, price }: OrderEvent): number | undefined {
  const ids = numbersOf(fills, 'orderId'), times = timesOf(fills, 'time'), prices = numbersOf(fills, 'price');
  for (let i = 0; i < fills.length; i++) if (ids[i] === orderId && times[i] === time && prices[i] === price) return i;
  return undefined;
}

/** The price that an order worked at when an event came: that of the last replace before it (limits: limit, stops: stop price), else its own. */
function lastPrice(events: readonly OrderEvent[], before: OrderEvent | undefined, which: 'limit' | 'stop', kind: string, own: number): number {
  if ((which === 'stop') !== (kind === 'stop' || kind === 'marketIfTouched')) return own;
  let price = own;
  for (const each of events) {
    if (each === before) break;
    if (each.event === 'replace' && !Number.isNaN(each.price)) price = each.price;
  }
  return price;
}

/** Was the decision made on a bar's close? */
function isBarClose({ bars }: Result, time: bigint): boolean {
  return Object.values(bars).some(({ table }) => timesOf(table, 'closeTime').includes(time));
}

/** The finest bars of an instrument that the result holds, as rows of a market. */
function ownBars({ bars }: Result, id: string): readonly [MarketInput, string] | readonly [undefined, string] {
  const own = Object.values(bars).filter(({ instrument, table }) => instrument === id && table.length > 0).sort((a, b) => (a.interval || Infinity) - (b.interval || Infinity))[0];
  if (own === undefined) return [undefined, ''];
  const columns = Object.fromEntries(['openTime', 'closeTime', 'open', 'high', 'low', 'close'].map(column => [column, columnOf(own.table, column)]));
  return [{ instrument: { id } as MarketInput['instrument'], kind: 'bars', columns }, own.price];
}
