/** What the reference keeps and returns: plain objects with words instead of codes. */
import type { ExecutionEvent, ExitReason, Liquidity, LinkKind, OrderKind, OrderState, Reason, TimeInForce, TrailUnit } from '@zanzibar/core';
import type { StopStep } from '../../src/strategy/strategy.ts';

/** A price at which everything can be tested at once: a quote, a trade, a bar's open. */
export interface Point {
  readonly instrument: number;
  readonly row: number;
  readonly time: bigint;
  /** What a buyer meets: ask, price or open; and what is shown there. */
  readonly buy: number;
  readonly sell: number;
  readonly buySize: number;
  readonly sellSize: number;
  readonly half: number;
  /** Bars: what has been traded of it that is known, or of the bar before. */
  readonly volume: number;
  /** Limits need a price beyond them, not at them. */
  readonly isStrict: boolean;
  readonly isStart: boolean;
}

export interface Order {
  readonly id: number;
  readonly instrument: number;
  readonly side: number;
  readonly kind: OrderKind;
  readonly timeInForce: TimeInForce;
  readonly expireTime: bigint;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  readonly parent: Order | undefined;
  /** Legs in order of id: stop, target, time. */
  legs: Order[];
  readonly linkKind: LinkKind;
  readonly linkGroup: number;
  /** H2, H3: the position that it reduces, else NaN. */
  readonly positionId: number;
  /** Time leg: nanoseconds after the first fill, else NaN. */
  readonly hold: number;
  /** Time leg: rows after the first fill, else NaN; then the first row that may match it. */
  readonly holdRows: number;
  restedUntil: number;
  /** The order whose first fill it waits for, and those that wait for this one. */
  readonly trigger: Order | undefined;
  others: Order[];
  readonly isExit: boolean;
  /** What its trigger's fill causes. */
  arrive: () => void;
  state: OrderState;
  quantity: number;
  filled: number;
  price: number;
  stopPrice: number;
  /** Trailing kinds: distance in its unit, the stop price that was asked for, where it begins to trail, and the best price since then. */
  trail: number;
  readonly trailUnit: TrailUnit;
  given: number;
  readonly activation: number;
  extreme: number;
  /** A leg that moves in steps: as asked for, and as prices once its entry has filled. */
  steps: readonly StopStep[];
  readonly stepUnit: 'R' | 'price' | 'ticks';
  moves: readonly { readonly at: number; readonly to: number }[];
  /** Place of the message by which it stands, in the order of sending. */
  place: number;
  arrivalTime: bigint;
  hasArrived: boolean;
  /** First row that may match it; bars: first bar whose open may. */
  eligible: number;
  /** Its first eligible row is still to come. */
  isFresh: boolean;
  /** On arrival the standing row satisfied it. */
  standingSatisfied: boolean;
  isTriggered: boolean;
  /** A time leg before its activation is not. */
  isActive: boolean;
  /** Bars: the bar inside which its entry was filled, and where: only that bar's range, or only its close, may match it before `eligible`. */
  insideBar: number;
  insideLook: 'range' | 'close' | 'none';
  insideLevel: number;
  /** Cancels and replaces that arrived before it. */
  waiting: (() => void)[];
}

export interface OrderRow {
  readonly orderId: number;
  readonly instrument: string;
  readonly side: number;
  readonly kind: OrderKind;
  readonly quantity: number;
  readonly price: number;
  readonly stopPrice: number;
  readonly trail: number;
  readonly trailUnit: TrailUnit;
  readonly activationPrice: number;
  readonly timeInForce: TimeInForce;
  readonly expireTime: bigint;
  readonly activateAfter: number;
  readonly activateRows: number;
  readonly parentId: number;
  readonly linkGroup: number;
  readonly linkKind: LinkKind;
  readonly positionId: number;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  readonly decisionTime: bigint;
  readonly decisionRow: number;
}

export interface ExecutionRow {
  readonly sequence: number;
  readonly time: bigint;
  readonly arrivalTime: bigint;
  readonly orderId: number;
  readonly event: ExecutionEvent;
  readonly state: OrderState;
  readonly reason: Reason;
  readonly quantity: number;
  readonly price: number;
  readonly liquidity: Liquidity;
}

export interface FillRow {
  readonly fillId: number;
  readonly orderId: number;
  readonly instrument: string;
  readonly side: number;
  readonly time: bigint;
  readonly row: number;
  readonly price: number;
  readonly quantity: number;
  readonly liquidity: Liquidity;
  readonly fee: number;
}

/** A fill as the reference knows it. */
export interface PositionFill extends FillRow {
  /** Hedging: what it opened or reduced, else NaN. */
  readonly positionId: number;
  /** What it is as an exit (73). */
  readonly exit: ExitReason;
}

export interface EquityRow {
  readonly time: bigint;
  readonly equity: number;
  readonly cash: number;
}

export interface ReferenceResult {
  readonly orders: readonly OrderRow[];
  readonly executions: readonly ExecutionRow[];
  readonly fills: readonly PositionFill[];
  readonly equity: readonly EquityRow[];
  readonly cash: number;
  readonly finalEquity: number;
  readonly positions: readonly number[];
  readonly ambiguousBars: number;
  /** Liquidations at a price inside of a bar. */
  readonly liquidatedInside: number;
  /** Trailing stops that only a bar's close proved to have fired. */
  readonly provenTrails: number;
  /** By unit, how many fired at a stop price that a step had moved. */
  readonly steppedStops: ReadonlyMap<string, number>;
  readonly resolvedBars: number;
  /** How often rules of costs were reached. */
  readonly reached: ReadonlyMap<string, number>;
}

/** Deliberate misreadings of the pages, to show that a comparison finds them. */
export type Misreading =
  | 'sameTick' | 'betterPrice' | 'crossedFills' | 'triggerRowRetried' | 'restingTakes' | 'stopAtItsPrice' | 'siblingSurvives' | 'legsSurviveParent' | 'wholeEntryBar' | 'tieAfterRow'
  | 'cancelIgnoresLatency' | 'dayNeverEnds' | 'strictStop' | 'staleStanding' | 'throughLegsRejected' | 'sessionGapsIgnored' | 'touchedAsStop' | 'killFillsPartly'
  | 'trailRaisedFirst' | 'trailForgetsExtreme' | 'trailLoosens' | 'activationIgnored' | 'openAnyRow' | 'staleClose' | 'stepsFromStop' | 'othersAtOnce'
  | 'minimumPerFill' | 'ownVolumeAtOpen' | 'chargeAfterRows' | 'impactOnLimits'
  | 'opensWhole' | 'keptEndsWhole' | 'cooldownInclusive' | 'lossByGross' | 'sentInLock' | 'drawdownFromStart' | 'dayFromStart' | 'lockEndsExits' | 'locksFirst' | 'marginOfHeld' | 'liquidationKeepsOrders' | 'liquidatesAtRows'
  | 'oneBalance' | 'rateAfterRows' | 'haltCancels' | 'expiryLater' | 'youngestLot' | 'roundedTogether' | 'feesApart'
  | 'netted' | 'youngestFirst' | 'boundTakesOldest' | 'boundStay' | 'openerStays' | 'equityOfSum' | 'positionsByInstrument' | 'marginOfSum' | 'fallsBySum' | 'chargeOnSum';

export const isEnd = (state: OrderState): boolean => state === 'denied' || state === 'rejected' || state === 'filled' || state === 'cancelled' || state === 'expired';
