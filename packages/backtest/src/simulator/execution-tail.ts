/** Executions one by one, as they are written: what a live run sends on, while the table of all of them is made when it is asked for. */
import { executionEvents, liquidities, orderKinds, orderStates, reasons } from '@zanzibar/core';
import { event } from './records.ts';
import type { Venue } from './venue.ts';

/** One execution in words; the order's own facts stand on its submission only. */
export interface Execution {
  readonly sequence: number;
  readonly time: bigint;
  readonly orderId: number;
  readonly event: string;
  readonly state: string;
  readonly reason: string;
  /** Submissions and fills. */
  readonly instrument?: string;
  /** Submission only: 1 buys, -1 sells. */
  readonly side?: number;
  /** Submission only. */
  readonly kind?: string;
  /** Ordered, filled, or left to do after a replace; absent otherwise. */
  readonly quantity?: number;
  /** Of the order, the fill or the replace. */
  readonly price?: number;
  readonly stopPrice?: number;
  readonly liquidity?: string;
}

/** Reads a run's log of executions from its beginning, in time in proportion to what is new. */
export class ExecutionTail {
  private readonly venue: Venue;
  private row = 0;
  private stamp = 0;
  private fill = 0;
  private replace = 0;
  private readonly now: BigInt64Array = new BigInt64Array(1);

  constructor(venue: Venue) {
    this.venue = venue;
    this.now[0] = venue.executions.firstTime;
  }

  /** The next execution; undefined where there is none yet. */
  next(): Execution | undefined {
    const { venue, row, now } = this, { executions, orders, fills } = venue;
    if (row >= executions.log.length) return undefined;
    const code: number = executions.log.value(0, row), orderId = Math.floor(code / 8192), bits = code - 8192 * orderId, what = bits >> 9, order = orderId - orders.log.base;
    if (executions.stampEntries[this.stamp] === row) now[0] = executions.stampTimes[this.stamp++];
    if (what === event.submit) now[0] = orders.log.value(3, order);
    else if (what === event.fill) now[0] = fills.log.value(2, this.fill);
    this.row++;
    const common = { sequence: executions.log.base + row, time: now[0], orderId, event: executionEvents[what] as string, state: orderStates[(bits >> 5) & 15] as string, reason: reasons[bits & 31] as string };
    if (what === event.fill) {
      const at = this.fill++, facts: number = fills.log.value(1, at);
      return { ...common, instrument: venue.markets[facts >> 8].facts.id, quantity: fills.log.value(5, at), price: fills.log.value(4, at), liquidity: liquidities[(facts >> 3) & 3] };
    }
    if (what === event.replace) return { ...common, ...executions.replaced[this.replace++] };
    if (what !== event.submit) return common;
    const facts: number = orders.log.value(0, order), price = orders.price.value(order), stopPrice = orders.stopPrice.value(order);
    return {
      ...common, instrument: venue.markets[orders.log.value(1, order)].facts.id, side: (facts & 7) - 2, kind: orderKinds[(facts >> 3) & 15], quantity: orders.log.value(2, order),
      ...(price === price ? { price } : {}), ...(stopPrice === stopPrice ? { stopPrice } : {}),
    };
  }
}
