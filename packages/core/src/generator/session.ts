/** A session and the rows made in it; `since` columns count nanoseconds from its opening. */
export interface Session {
  readonly open: bigint;
  readonly seconds: number;
  /** New York's clock at the opening, in seconds of the day. */
  readonly clock: number;
  readonly isAfterBreak: boolean;
  readonly firstMinute: number;
  readonly quotesFrom: number;
  readonly tradesFrom: number;
}
