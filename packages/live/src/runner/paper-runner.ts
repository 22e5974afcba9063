/** A strategy row by row: market rows and clock events go in one at a time, and the broker is the simulator itself. */
import type { PreparedRun, Session } from '@zanzibar/backtest';

/** A market row as it comes from a feed: times in UTC nanoseconds, prices and sizes as numbers. */
export type MarketRow = { readonly [column: string]: number | bigint };

/**
 * Runs a prepared strategy live on paper.
 *
 * It pushes blocks of one row through the pipeline that a backtest runs in big blocks, so both give the same bits. A row of several
 * instruments at one time comes in the order of their ids. `clock` lets bars close without a tick; it may be called at any time and any number of times.
 *
 * @example
 * const runner = new PaperRunner(prepareRun(strategy, settings));
 * runner.row('EURUSD.OANDA', { time: 1398902400000000000n, bid: 1.38701, ask: 1.38713 });
 * runner.clock(1398902460000000000n);
 */
export class PaperRunner {
  readonly session: Session;
  private readonly places: ReadonlyMap<string, number>;
  private readonly rows: { [column: string]: Float64Array | BigInt64Array }[];

  constructor(run: PreparedRun, isRecording = true) {
    this.session = run.session(isRecording);
    this.places = new Map(run.markets.map(({ id }, place) => [id, place]));
    this.rows = run.markets.map(() => ({}));
  }

  /** A row has come; bars that are due before it close first, orders meet it, the strategy is called. */
  row(instrument: string, row: MarketRow): void {
    const place = this.places.get(instrument);
    if (place === undefined) throw new RangeError(`paper runner: no instrument ${instrument}, known are ${[...this.places.keys()].join(', ')}`);
    const columns = this.rows[place];
    for (const column in row) {
      const value = row[column];
      columns[column] ??= typeof value === 'bigint' ? new BigInt64Array(1) : new Float64Array(1);
      (columns[column] as Float64Array)[0] = value as number;
    }
    this.session.push(place, columns, 0, 1);
    this.session.advance((row.closeTime ?? row.time) as bigint);
  }

  /** It is `time`, and no row has come. */
  clock(time: bigint): void {
    this.session.advance(time);
  }

  /** The end of the run: the strategy is told, orders are cancelled, positions marked. */
  stop(): void {
    this.session.finish();
  }

  /** Canonical bytes of everything but recorded stages; a new runner of the same run restores them and goes on. */
  snapshot(): Uint8Array {
    return this.session.snapshot();
  }

  restore(bytes: Uint8Array): void {
    this.session.restore(bytes);
  }
}
