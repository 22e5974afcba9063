/** What a run says about its account: limits, margin, rates between currencies, and when instruments are closed. */

/** What keeps the account from opening more; an order that may not open is reduce-only, or ends with its reason (docs/fills.md, B4 to B9). */
export interface RiskLimits {
  /** Instruments with a position at once (`positionLimit`). */
  readonly maximumPositions?: number;
  /** Nanoseconds after a position has closed during which nothing opens in its instrument (`cooldown`). @defaultValue 0 */
  readonly cooldownAfterExit?: number;
  /** The same after one whose net result was a loss. @defaultValue 0 */
  readonly cooldownAfterLoss?: number;
  /** Share of equity at the start of a session of the first instrument whose loss locks the account until that session ends (`locked`). @defaultValue none */
  readonly dailyLoss?: number;
  /** Share below the highest equity at which the account is locked for good (`locked`). @defaultValue none */
  readonly maximumDrawdown?: number;
  /** What becomes of positions where a lock begins. @defaultValue 'keep' */
  readonly onLock?: 'keep' | 'close';
}

/** Margin of the whole account, as shares of notional (docs/fills.md, B10 to B12). */
export interface Margin {
  /** Needed to open: 0.1 is a leverage of 10 (`insufficientCash`). */
  readonly initial: number;
  /** Equity at or below this ends all orders and closes all positions (`liquidation`); 0 never does. @defaultValue half of `initial` */
  readonly maintenance?: number;
  /** Fee of a liquidation on top of the usual one, basis points of notional. @defaultValue 0 */
  readonly liquidationBasisPoints?: number;
}

/** Account currency per unit of another; each holds from its time on. The first must not be later than the run. */
export interface Rates {
  readonly time: BigInt64Array;
  readonly rate: Float64Array;
}

/** A time in which an instrument is not traded, its end exclusive. */
export interface Halt {
  readonly from: bigint;
  readonly to: bigint;
}
