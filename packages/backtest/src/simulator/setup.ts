/** What the simulator is given: instruments, market rows, sources that call the strategy, and options. The naive reference in the tests takes the same. */
import type { InstrumentActions } from '@zanzibar/core';
import type { FeeSchedules } from '../ledger/fee-schedule.ts';
import type { Financing } from '../ledger/financing.ts';
import type { Halt, Margin, Rates, RiskLimits } from './account-options.ts';
import type { ImpactModels } from './impact-model.ts';
import type { MarketIndex } from './market-index.ts';
import type { Account, Actions, Now, NowKind, PriceSide } from '../strategy/strategy.ts';

/** The facts of an instrument that the simulator needs. Its place in the list is its rank: lists are sorted by id. */
export interface TradedInstrument {
  readonly id: string;
  /** Smallest price step; NaN: no grid, prices and money stay doubles. */
  readonly tick: number;
  /** Smallest quantity step; NaN: none. */
  readonly quantityStep: number;
  readonly minimumQuantity: number;
  /** Money per price unit and quantity. */
  readonly multiplier: number;
  /** From then on its orders are denied (`instrumentExpired`). Absent: never. */
  readonly expires?: bigint | undefined;
  /** In these its orders are denied (`instrumentHalted`) and those at the venue do not fill. */
  readonly halts?: readonly Halt[] | undefined;
  /** In which it pays; absent or empty: the account's. */
  readonly currency?: string;
  readonly market: 'quotes' | 'trades' | 'bars';
  /** The end of the session in which `time` lies, for orders good for the day. */
  sessionEnd(time: bigint): bigint;
  /** Splits, dividends and rolls, stated for all of the run. Absent: nothing is known of any, and nothing happens. */
  readonly actions?: InstrumentActions | undefined;
  /** Bars: the ticks of which they were made; they decide what came first in a bar that reaches stop and target. */
  readonly ticks?: InsideTicks | undefined;
  /** Funding, borrow and swap, which are charged to what is held. */
  readonly financing?: Financing | undefined;
  /** Selling short is an error, for what borrowing costs is not stated. */
  readonly isBorrowUnknown?: boolean;
}

/** Quotes or trades of which bars were made. What buyers meet is the ask, what sellers meet the bid; of trades both are the price. */
export interface InsideTicks {
  readonly time: BigInt64Array;
  readonly buy: Float64Array;
  readonly sell: Float64Array;
}

/**
 * Rows of one instrument, in order of time; `base` is the absolute row of position 0.
 *
 * quotes: `time`, `bid`, `ask`, optional sizes. trades: `time`, `price`, optional `size`. bars: `openTime`, `closeTime`, `open`, `high`, `low`, `close`, and for
 * runs on bid and ask bars the four of the ask as well (the plain four are then the bid's).
 */
export interface MarketRows {
  readonly base: number;
  readonly length: number;
  /** Time of a row: quotes and trades `time`, bars `openTime`. */
  readonly time: BigInt64Array;
  readonly closeTime?: BigInt64Array;
  /** Bars: traded volume, where a participation limit or an impact model asks for it. */
  readonly volume?: Float64Array;
  readonly bid?: Float64Array;
  readonly ask?: Float64Array;
  readonly bidSize?: Float64Array;
  readonly askSize?: Float64Array;
  readonly price?: Float64Array;
  readonly size?: Float64Array;
  readonly open?: Float64Array;
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  readonly close?: Float64Array;
  readonly askOpen?: Float64Array;
  readonly askHigh?: Float64Array;
  readonly askLow?: Float64Array;
  readonly askClose?: Float64Array;
  /** Absolute rows, ascending, with which a session or a segment begins. The first row of the run is always one. */
  readonly starts?: Float64Array;
  /** From `indexMarket(instrument, rows)`, where several runs share the rows; else made on loading. */
  readonly index?: MarketIndex;
}

/** Rows at which the strategy is called. Sources are sorted: by instrument, then interval ascending, then name. */
export interface DecisionSource {
  readonly name: string;
  readonly kind: Extract<NowKind, 'bar' | 'tick' | 'timer' | 'custom'>;
  /** Place in the list of instruments, -1 is none. */
  readonly instrument: number;
  /** Nanoseconds; orders bars that close at one time. Timers: the distance of calls. */
  readonly interval: number;
  /** Timers: calls are at multiples of `interval` from the epoch plus this. */
  readonly offset?: number;
  /** What the strategy is shown; the simulator sets `row` and nothing else. */
  readonly now: Now & { row: number };
}

/** Rows of one source that have come. Bars: known at `time` (close time). Ticks: position i is the market's row of the same absolute number. */
export interface DecisionRows {
  readonly base: number;
  readonly length: number;
  readonly time: BigInt64Array;
  /** Bars made of this instrument's market rows: one past the last row, absolute. */
  readonly toRow?: Float64Array;
  /** Such bars that a cut ended early: the market's absolute row that proved it, NaN for all others. They are known with that row, not with the clock. */
  readonly provedBy?: Float64Array;
  /** Bars: the first row at or after a cut gets a `segmentEnd` call before it. */
  readonly segment?: Int32Array;
}

/** A group of rows of all instruments and sources up to a frontier; the groups of a run never change its orders. */
export interface Group {
  /** By place in the list of instruments. */
  readonly markets: readonly MarketRows[];
  /** By place in the list of sources. */
  readonly decisions: readonly DecisionRows[];
}

export type Decide = (state: any, now: Now, account: Account, actions: Actions) => void;

export interface Costs {
  /** Per unit of quantity. @defaultValue 0 */
  readonly perUnit?: number;
  /** Basis points of notional for both liquidities. @defaultValue 0 */
  readonly basisPoints?: number;
  /** Basis points of notional when the order rested; overrides `basisPoints`. */
  readonly makerBasisPoints?: number;
  /** Basis points of notional when it took; overrides `basisPoints`. */
  readonly takerBasisPoints?: number;
  /** Half the modelled spread, in price, for trades and bars. @defaultValue 0 */
  readonly halfSpread?: number;
  /** Slippage of takers against the order: ticks (price units without a grid). @defaultValue 0 */
  readonly slippage?: number;
  /** Slippage of market orders and stops as a share of the spread of the row that fills them, on top. @defaultValue 0 */
  readonly slippageSpreadShare?: number;
  /** The same in basis points of price. @defaultValue 0 */
  readonly slippageBasisPoints?: number;
  /** What the size of market orders and stops moves the price by, by instrument id, venue or `*`. */
  readonly impact?: ImpactModels;
  /** Fee schedules by instrument id, venue or `*`; where one holds, the four rates above do not. */
  readonly fees?: FeeSchedules;
}

/** Nanoseconds that a message needs. */
export interface Latency {
  readonly submit?: number;
  readonly cancel?: number;
  readonly replace?: number;
  readonly report?: number;
}

export type Sizing =
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'percentOfEquity'; readonly fraction: number }
  | { readonly kind: 'riskPerTrade'; readonly fraction: number };

/**
 * What a bar is taken to have done between its open and its close.
 *
 * - `pessimistic`: stops before limits, a stop leg before its target. `optimistic`: limits before stops.
 * - `openHighLowClose`, `openLowHighClose`: the price went to the one extreme, then to the other, and met every order on its way.
 * - `nearestExtremeFirst`: first to the extreme that is nearer to the open, to the low where both are as near.
 * - `barDirection`: a bar that rose, or did not move, went to its low first, one that fell to its high.
 * - `random`: a coin for each bar, drawn from the seed of the options, the instrument's id and the bar's open time: the same coin in every run over that bar.
 */
export type IntrabarPolicy = 'pessimistic' | 'optimistic' | 'openHighLowClose' | 'openLowHighClose' | 'nearestExtremeFirst' | 'barDirection' | 'random';

/** One position of an instrument, or one for each order that opens. */
export type PositionMode = 'netting' | 'hedging';

export interface SimulationOptions {
  /** Account currency at the start. @defaultValue 100000 */
  readonly cash?: number;
  readonly currency?: string;
  /** By currency in which instruments pay other than the account's. */
  readonly rates?: { readonly [currency: string]: Rates };
  readonly costs?: Costs;
  readonly latency?: Latency;
  /** @defaultValue { kind: 'units', units: 1 } */
  readonly sizing?: Sizing;
  /** `included`: a share of equity covers the fee of entering too, at the price with slippage; `apart`: notional alone. @defaultValue 'apart' */
  readonly sizingFees?: 'apart' | 'included';
  /** `sameClose` fills a market decision at the bar that made it, and the report says so. @defaultValue 'nextEvent' */
  readonly fillAt?: 'nextEvent' | 'sameClose';
  /** Bars: what decides when one bar reaches both. @defaultValue 'pessimistic' */
  readonly intrabar?: IntrabarPolicy;
  /** Of what is drawn at random, a whole number. @defaultValue 0 */
  readonly seed?: number;
  /** Limits on trades and bars. @defaultValue 'through' */
  readonly limitFill?: 'through' | 'touch';
  /** `hedging`: several positions of an instrument at once, long and short beside each other (docs/fills.md, H1 to H12). @defaultValue 'netting' */
  readonly positionMode?: PositionMode;
  /** What a fill that reduces a position closes: a share of its average, or its oldest lots. @defaultValue 'average' */
  readonly lots?: 'average' | 'fifo';
  readonly limits?: RiskLimits;
  readonly margin?: Margin;
  /** @defaultValue 'unlimited' */
  readonly quantity?: 'unlimited' | 'shown';
  /** Largest share of what a row trades or shows that all orders together may take, above 0 and at most 1; the rest waits. @defaultValue no limit */
  readonly participation?: number;
  /** Quotes with bid > ask. @defaultValue 'ignore' */
  readonly crossed?: 'ignore' | 'trade';
  /** Order prices off the grid: rounded to the passive side, or an error. @defaultValue 'round' */
  readonly grid?: 'round' | 'refuse';
  /** Smallest unit of money; 0 never rounds. @defaultValue 1e-6 on a grid, 0 without */
  readonly moneyUnit?: number;
  /** Open loop: what an entry in a position, an exit without one and both in one row do. @defaultValue 'ignore' */
  readonly conflict?: 'ignore' | 'accumulate' | 'reverse' | 'exitFirst' | 'enterFirst';
  /** Open positions at the end. @defaultValue 'mark' */
  readonly atEnd?: 'mark' | 'close';
}

export interface SimulatorSetup {
  readonly strategyId: string;
  readonly instruments: readonly TradedInstrument[];
  readonly sources: readonly DecisionSource[];
  /** Calls `decide` for every report, after the report latency. */
  readonly reports: boolean;
  /** Row at which equity is written: place of a source, or -1 for every trade date. */
  readonly equitySource: number;
  readonly from: bigint;
  /** Exclusive for decisions, inclusive for the clock. */
  readonly to: bigint;
  readonly decide: Decide;
  readonly state: unknown;
  readonly options: SimulationOptions;
  /** False: everything goes through the general loop, which the shortcuts must equal. @defaultValue true */
  readonly lanes?: boolean;
}

export type { PriceSide };
