/** What a strategy is: declared parameters, the sources it listens to, its engines, and either a plan (open loop) or decisions (closed loop). */
import type { LinkKind, OrderKind, TimeInForce, TrailUnit } from '@zanzibar/core';

/** A parameter with its range and default: the command line, sweeps, messages and the trial's key come from it. */
export type Parameter =
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number; readonly default: number; readonly log?: boolean }
  | { readonly type: 'number'; readonly minimum: number; readonly maximum: number; readonly default: number; readonly log?: boolean }
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | { readonly type: 'flag'; readonly default: boolean };
export type Parameters = { readonly [name: string]: Parameter };
export type ParameterValue = number | string | boolean;

export type PriceSide = 'bid' | 'ask' | 'mid' | 'trade';

/** Something that a strategy listens to. An absent `instrument` is the run's only one. */
export type Source =
  | { readonly kind: 'bars'; readonly instrument?: string; readonly interval: number; readonly price: PriceSide; readonly align?: 'epoch' | 'session' }
  | { readonly kind: 'tickBars'; readonly instrument?: string; readonly count: number; readonly price: PriceSide }
  | { readonly kind: 'ticks'; readonly instrument?: string }
  | { readonly kind: 'timer'; readonly every: number; readonly offset?: number }
  | { readonly kind: 'reports' }
  | { readonly kind: 'custom'; readonly columns: { readonly time: BigInt64Array; readonly [column: string]: ArrayLike<number> | BigInt64Array } };
export type Sources = { readonly [name: string]: Source };

export type NowKind = 'bar' | 'tick' | 'timer' | 'report' | 'start' | 'stop' | 'segmentEnd' | 'custom';

/**
 * What has just happened; valid during the call only.
 *
 * It reads like a kernel's input: `now.columns.atr[now.row]`, and rows `[now.offsets.gaps[now.row], now.offsets.gaps[now.row + 1])` of `now.tables.gaps`
 * became visible at this row. `row` is a position in the present buffers, `base + row` the absolute row.
 */
export interface Now {
  readonly kind: NowKind;
  /** UTC nanoseconds. */
  readonly time: bigint;
  /** Name of the source, or the kind where there is none. */
  readonly source: string;
  /** Id of the instrument, empty where there is none. */
  readonly instrument: string;
  readonly row: number;
  readonly base: number;
  readonly columns: { readonly [column: string]: any };
  readonly tables: { readonly [table: string]: any };
  readonly offsets: { readonly [table: string]: Int32Array };
  /** For `report`: what happened to an order. */
  readonly report: Report | undefined;
}

/** One execution, as told to the strategy. Codes as in core's registers. */
export interface Report {
  readonly orderId: number;
  readonly event: number;
  readonly state: number;
  readonly reason: number;
  readonly quantity: number;
  readonly price: number;
  readonly time: bigint;
}

/** The account as the venue's ledger has it now. */
export interface Account {
  readonly cash: number;
  /** Cash and positions, marked at the side they would close on. */
  readonly equity: number;
  /** Initial margin of what is held, 0 where the run has none. */
  readonly margin: number;
  /** The price of its position at which the account is liquidated while all else stays as it is; NaN without a position or margin. */
  liquidationPrice(instrument?: string): number;
  /** Signed quantity, in hedging the sum of all; the calling source's instrument if none is named. */
  position(instrument?: string): number;
  /** Average entry price of the open quantity, NaN when flat, and in hedging where both sides are held. */
  averagePrice(instrument?: string): number;
  /** What is open, in order of the instruments and in each of opening: with hedging every position, else one an instrument. */
  positions(instrument?: string): readonly OpenPosition[];
  /** Ids of orders that are not at an end, ascending. */
  openOrders(instrument?: string): readonly number[];
  /** The working order's present facts, undefined once it is at an end. */
  order(orderId: number): OpenOrder | undefined;
}

export interface OpenPosition {
  /** Hedging: id of the order that opened it, which is what `OrderRequest.positionId` asks for; else NaN. */
  readonly positionId: number;
  readonly instrument: string;
  /** +1 long, -1 short. */
  readonly side: number;
  /** Above 0. */
  readonly quantity: number;
  /** Average of what is open. */
  readonly entryPrice: number;
}

export interface OpenOrder {
  readonly orderId: number;
  readonly instrument: string;
  readonly kind: OrderKind;
  readonly side: number;
  /** Still to be filled. */
  readonly quantity: number;
  readonly price: number;
  readonly stopPrice: number;
  /** Code in `orderStates`. */
  readonly state: number;
}

/** A step of a protecting stop: once the market has gone `profit` beyond the entry's first fill price, the stop stands at `stop` beyond it (below 0: short of it). */
export interface StopStep {
  /** Above 0. */
  readonly profit: number;
  /** Below `profit`. */
  readonly stop: number;
}

/** An order to send. NaN and undefined are both "not given". */
export interface OrderRequest {
  /** The calling source's instrument if left out. */
  readonly instrument?: string;
  /** +1 buys, -1 sells. */
  readonly side: number;
  /** @defaultValue 'market' */
  readonly kind?: OrderKind;
  /** In units of the base; exactly one of `quantity`, `percentOfEquity`, `riskFraction`, else the run's `sizing` decides. */
  readonly quantity?: number;
  /** Share of equity whose notional is taken, 0.5 is half. */
  readonly percentOfEquity?: number;
  /** Share of equity lost when the stop of the bracket is hit at its price. */
  readonly riskFraction?: number;
  /** Limit price. */
  readonly price?: number;
  /** Trigger price. */
  readonly stopPrice?: number;
  /** Trailing kinds: distance of the stop price from the best price since they began to trail. */
  readonly trail?: number;
  /** Of `trail` and `stopTrail`: prices, ticks, or basis points of the best price. @defaultValue 'price' */
  readonly trailUnit?: TrailUnit;
  /** Trailing kinds: price from which on they trail; without one from their first row. */
  readonly activationPrice?: number;
  readonly timeInForce?: TimeInForce;
  /** For `gtd`. */
  readonly expireTime?: bigint;
  /** Hedging: reduces this position and nothing else. Without one an order opens a position of its own, a reduce-only one takes the oldest on the other side. */
  readonly positionId?: number;
  readonly reduceOnly?: boolean;
  readonly postOnly?: boolean;
  /** Bracket leg: price of the protecting stop. */
  readonly stop?: number;
  /** Bracket leg: distance at which the protecting stop trails the market, beside or instead of `stop`. */
  readonly stopTrail?: number;
  /** Price from which on the protecting stop trails; without one from the leg's first row. */
  readonly trailFrom?: number;
  /** Bracket leg: the protecting stop moves as the entry gains, `[{ profit: 1, stop: 0 }]` to break even after one R. Not together with `stopTrail`. */
  readonly stopSteps?: readonly StopStep[];
  /** Of `stopSteps`: R is the distance from the entry's first fill to `stop`. @defaultValue 'R' */
  readonly stepUnit?: 'R' | 'price' | 'ticks';
  /** Bracket leg: price of the target (a limit). */
  readonly target?: number;
  /** Bracket leg: nanoseconds after the first fill at which what is left is closed at the market. */
  readonly hold?: number;
  /** Bracket leg: the same by rows of its market (with bars as the market, bars) after the row of the first fill. Not together with `hold`. */
  readonly holdRows?: number;
  /** Orders sent with the same positive number by one decision are linked: `oco`, the first to fill cancels the others; `oto`, the others wait for the first fill of the first. They may be of different instruments. */
  readonly linkGroup?: number;
  readonly linkKind?: LinkKind;
  readonly tag?: string;
}

/** What the position of an instrument should be; exactly one of `weight` and `quantity`. */
export interface TargetRequest {
  /** The calling source's instrument if left out. */
  readonly instrument?: string;
  /** Signed share of equity: 0.5 is long for half of it, -1 short for all of it. */
  readonly weight?: number;
  /** Signed, in units of the base. */
  readonly quantity?: number;
  readonly tag?: string;
}

export interface Replacement {
  readonly quantity?: number;
  readonly price?: number;
  readonly stopPrice?: number;
  readonly trail?: number;
}

export interface Actions {
  /** Sends an order and returns its id; the legs of a bracket get the ids that follow (stop, target, time). */
  submit(order: OrderRequest): number;
  market(side: number, quantity: number): number;
  /**
   * Sends a market order for what is missing to the target and returns its id, -1 where nothing is. Market orders of the instrument that still work count as
   * filled, limits and stops do not; what only shrinks the position is reduce-only.
   */
  target(target: TargetRequest): number;
  cancel(orderId: number): void;
  /** Arrives like a new order and keeps its id. */
  replace(orderId: number, change: Replacement): void;
  /** Calls `decide` with kind `timer` at `time`; at once after the present call if that has passed. */
  timer(time: bigint): void;
  /** Appends (time, value) to the recorded series `name`. */
  record(name: string, value: number): void;
  /** Draws a level on the report's candles. */
  mark(level: number): void;
}

/** Columns of an open-loop plan, aligned with its driving source; an absent one is "never" or "none". */
export interface PlanColumns {
  /** +1 enters long, -1 enters short, 0 nothing; or nonzero with `side`. */
  readonly enter?: ArrayLike<number>;
  /** Nonzero leaves. */
  readonly exit?: ArrayLike<number>;
  readonly side?: ArrayLike<number>;
  readonly size?: ArrayLike<number>;
  readonly limit?: ArrayLike<number>;
  readonly stop?: ArrayLike<number>;
  readonly target?: ArrayLike<number>;
  /** Time exit, nanoseconds. */
  readonly hold?: ArrayLike<number>;
  /** Entry order's life, nanoseconds. */
  readonly expire?: ArrayLike<number>;
  /** In place of all others: signed share of equity that the position should have from this row on; NaN leaves it as it is. */
  readonly weight?: ArrayLike<number>;
}
