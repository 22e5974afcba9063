/** The innermost loop over bars: equity and a call of the strategy, bar by bar, as long as no bar meets an order and no call asks for anything. */
import type { Now } from '../strategy/strategy.ts';
import type { Calls } from './calls.ts';
import type { Market } from './market.ts';
import type { Venue } from './venue.ts';

/** Decides bar `from`, whose orders have been met, and the bars after it; returns the first that was not decided. */
export function decideBars(venue: Venue, calls: Calls, market: Market, now: Now & { row: number }, from: number, to: number): number {
  const { clock, equity, ledger, schedule, state, setup } = venue, { decide } = setup, { call, account, actions } = calls, { tasks } = schedule;
  const { base, position, multiplier, sellLow, sellHigh, buyLow, buyHigh, sellBelow, buyAbove, buyBelow } = market, closes = position > 0 ? market.sellClose : market.buyClose;
  // Without a position the equity is the cash, whatever the price.
  const cash = ledger.money.value, average = position === 0 ? 0 : market.average;
  // An order that waits for any bar ends the stretch at the next.
  const sellAbove = market.isAlways ? -Infinity : market.sellAbove;
  clock.at = from;
  const room = equity.open(clock, cash), end = to - from < room ? to : from + room, values = equity.equity, shift = equity.log.at - from;
  let i = from;
  calls.isDeciding = true;
  try {
    do {
      const worth = position === 0 ? 0 : (closes[i] - average) * position * multiplier;
      values[i + shift] = cash + worth;
      clock.at = i;
      market.markRow = base + i;
      market.closed = base + i + 1;
      call.row = base + i;
      now.row = i;
      i++;
      decide(state, now, account, actions);
    } while (i < end && venue.queued === 0 && tasks.length === 0 && sellHigh[i] < sellAbove && sellLow[i] > sellBelow && buyLow[i] > buyBelow && buyHigh[i] < buyAbove);
    calls.isDeciding = false;
  } finally {
    equity.close(i - from);
  }
  return i;
}
