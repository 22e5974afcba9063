/** A live order: what changes about it stands in a reused slot, and every change of state goes through one table of allowed moves. */
import { orderStates, type OrderState } from '@zanzibar/core';
import type { Trail } from './trail.ts';

/** Codes of the states in core's register. */
export const created = 0, denied = 1, submitted = 2, accepted = 3, held = 4, triggered = 5, rejected = 6, partiallyFilled = 9, filled = 10, cancelled = 11, expired = 12, unknown = 13;
/** Codes of the kinds of order. An order works as one of the first four, whatever it is written down as. */
export const market = 0, limit = 1, stop = 2, stopLimit = 3, trailingStop = 4, trailingStopLimit = 5, marketIfTouched = 6, limitIfTouched = 7, onOpen = 8, onClose = 9;
/** How each kind works, by its code; orders for the open or close are limits where they have a price. */
export const worksAs: readonly number[] = [market, limit, stop, stopLimit, stop, stopLimit, stop, stopLimit, market, market];
/** Where the market has to go to trigger an order of this kind. */
export function turnsOf(form: number, side: number): number {
  return form === marketIfTouched || form === limitIfTouched ? -side : side;
}
/** Codes of the times in force that the venue asks for. */
export const day = 1, ioc = 2, fok = 3, gtd = 4;

/** The moves an order may make; what is not here is an error. The pending states and `unknown` are for live venues, which do not answer at once. */
export const allowedMoves: { readonly [S in OrderState]: readonly OrderState[] } = {
  created: ['denied', 'submitted', 'held'],
  denied: [],
  submitted: ['accepted', 'rejected', 'pendingCancel', 'cancelled', 'unknown'],
  held: ['accepted', 'cancelled'],
  accepted: ['triggered', 'rejected', 'pendingReplace', 'pendingCancel', 'partiallyFilled', 'filled', 'cancelled', 'expired', 'unknown'],
  triggered: ['rejected', 'pendingReplace', 'pendingCancel', 'partiallyFilled', 'filled', 'cancelled', 'expired', 'unknown'],
  rejected: [],
  pendingReplace: ['accepted', 'triggered', 'pendingCancel', 'partiallyFilled', 'filled', 'cancelled', 'expired', 'unknown'],
  pendingCancel: ['accepted', 'triggered', 'partiallyFilled', 'filled', 'cancelled', 'expired', 'unknown'],
  partiallyFilled: ['triggered', 'rejected', 'pendingReplace', 'pendingCancel', 'partiallyFilled', 'filled', 'cancelled', 'expired', 'unknown'],
  filled: [],
  cancelled: [],
  expired: [],
  unknown: ['accepted', 'held', 'triggered', 'rejected', 'partiallyFilled', 'filled', 'cancelled', 'expired'],
};

const moves: Int32Array = Int32Array.from(orderStates, from => allowedMoves[from].reduce((set, to) => set | (1 << orderStates.indexOf(to)), 0));
const ends: number = orderStates.reduce((set, state, code) => (allowedMoves[state].length === 0 ? set | (1 << code) : set), 0);

/** Is an order in this state at its end? */
export function isEnd(state: number): boolean {
  return ((ends >> state) & 1) === 1;
}

/** Throws on a move that no order may make. */
export function checkMove(order: number, from: number, to: number): void {
  if (((moves[from] >> to) & 1) === 0) throw new RangeError(`order ${order}: must not move from ${orderStates[from]} to ${orderStates[to]}`);
}

/** Is it judged on its first eligible row, and over after it? */
export function isImmediate(slot: Slot): boolean {
  return slot.timeInForce === ioc || slot.timeInForce === fok;
}

/** Codes of the kinds of link. */
export const oco = 1, oto = 2, bracket = 3;

/** Which looks inside its entry's own bar may still test a leg. */
export const insideNone = 0, insideRange = 1, insideClose = 2;

/** One live order. Rows are absolute; every field has its final representation from the start. */
export class Slot {
  order = -1;
  instrument = 0;
  side = 0;
  /** How it works: market, limit, stop or stopLimit. */
  kind = 0;
  /** What it was asked to be. */
  form = 0;
  /** Where the market has to go to trigger it: +1 up, -1 down. */
  turn = 0;
  state = 0;
  timeInForce = 0;
  isReduceOnly = false;
  isPostOnly = false;
  quantity = 0.5;
  filled = 0.5;
  limit = 0.5;
  stop = 0.5;
  /** Of an order whose stop price follows the market. */
  trail: Trail | null = null;
  /** First row that may match it; bars: first bar whose open may. */
  eligible = 0.5;
  /** Ticks: the row at which it must be looked at next. */
  next = 0.5;
  /** Its first eligible row is still to come, and what stood at its arrival satisfied it. */
  isFresh = false;
  isSatisfied = false;
  isTriggered = false;
  /** A time leg waits for its hour, an order for an auction for that. */
  isActive = true;
  insideBar = 0.5;
  insideLook = 0;
  insideLevel = 0.5;
  parent: Slot | null = null;
  /** Legs in order of id. */
  leg0: Slot | null = null;
  leg1: Slot | null = null;
  leg2: Slot | null = null;
  /** Legs that are not at their end; the slot lives as long. */
  liveLegs = 0;
  /** The order whose first fill brings it to rest, as long as it waits for that; and those that wait for this one, by id. */
  trigger: Slot | null = null;
  others: Slot[] | null = null;
  /** Waits, or waited, for an entry to close its position: it ends with that, as a leg does. */
  isExit = false;
  /** Hedging: the position that it reduces, NaN where it opens one of its own or takes the oldest. */
  positionId = 0.5;
  linkKind = 0;
  linkGroup = 0.5;
  hold = 0.5;
  /** Time leg: rows of its market after the first fill, NaN is none; the first row that may then match it. */
  holdRows = 0.5;
  restedUntil = 0.5;
  /** Of an order good till a time, else 0. */
  expireTime = 0n;
  /** Number of the message by which it stands, in order of sending. */
  place = 0.5;
  /** First row for what a bar of the instrument's own rows decided. */
  notBefore = 0.5;
  /** What a market order would have paid when it was sent, then how far that had moved on arrival. */
  sentPrice = 0.5;
  /** Its submission is still under way. */
  isUnderWay = false;
  hasArrived = false;
  isSameClose = false;
  tag = -1;
  /** Place in the live list of its instrument, -1 is none. */
  livePlace = -1;
  /** Messages that arrived before it. */
  waiting: Message[] | null = null;

  constructor() {
    // Fractions above fix the fields as doubles; an order sets every one of them.
    this.reset();
  }

  reset(): void {
    this.order = -1;
    this.state = 0;
    this.filled = 0;
    this.next = Infinity;
    this.isFresh = true;
    this.isSatisfied = false;
    this.isTriggered = false;
    this.isActive = true;
    this.insideBar = -1;
    this.insideLook = insideNone;
    this.insideLevel = NaN;
    this.trail = null;
    this.parent = null;
    this.trigger = null;
    this.others = null;
    this.isExit = false;
    this.restedUntil = 0;
    this.leg0 = null;
    this.leg1 = null;
    this.leg2 = null;
    this.liveLegs = 0;
    this.isUnderWay = false;
    this.hasArrived = false;
    this.isSameClose = false;
    this.livePlace = -1;
    this.waiting = null;
  }
}

/** A cancel or a replace on its way. */
export interface Message {
  readonly isReplace: boolean;
  readonly order: number;
  /** In order of sending. */
  readonly place: number;
  readonly instrument: number;
  readonly notBefore: number;
  readonly quantity: number;
  readonly price: number;
  readonly stopPrice: number;
  readonly trail: number;
}
