/**
 * The prices of an instrument that a result is judged by: its first, its last, and the last one at or before each row of the equity curve.
 *
 * A benchmark that is sampled with equity reads no others, so that these are enough of the ticks that went by.
 */
import type { SourceColumns } from '@zanzibar/core';
import type { MarketStream } from './market-stream.ts';
import { firstAtOrAfter } from './replay.ts';

export class PriceSamples {
  private readonly from: bigint;
  private readonly columns: readonly string[];
  private readonly times: bigint[] = [];
  private readonly values: number[][];
  /** The last row with a price so far: its time and its columns' values. */
  private lastTime: bigint | undefined = undefined;
  private readonly last: number[];
  /** Pieces of the group in hand, to be looked up when the group has been replayed. */
  private pieces: { readonly columns: SourceColumns; readonly from: number; readonly to: number }[] = [];

  /** Of the rows from `from` on. */
  constructor({ kind }: Pick<MarketStream, 'kind'>, from: bigint) {
    this.from = from;
    this.columns = kind === 'quotes' ? ['bid', 'ask'] : ['price'];
    this.values = this.columns.map(() => []);
    this.last = this.columns.map(() => NaN);
  }

  /** Rows `[from, to)` that are replayed next. */
  see(columns: SourceColumns, from: number, to: number): void {
    const time = columns.time as BigInt64Array;
    this.pieces.push({ columns, from: firstAtOrAfter(time, this.from, to, from), to });
  }

  /** The group has been replayed: keeps the price at each of the ascending `times` at which equity was taken. */
  keep(times: BigInt64Array): void {
    const { length: end } = times;
    let row = 0;
    for (const { columns, from, to } of this.pieces) {
      if (to <= from) continue;
      const time = columns.time as BigInt64Array, last = time[to - 1];
      let at = from;
      if (this.lastTime === undefined) {
        while (at < to && !this.isPriced(columns, at)) at++;
        if (at < to) {
          this.takeRow(columns, at);
          this.store();
        }
      }
      for (; row < end && times[row] < last; row++) {
        const next = firstAtOrAfter(time, times[row] + 1n, to, at);
        this.advance(columns, at, next);
        at = next;
        this.store();
      }
      this.advance(columns, at, to);
    }
    if (row < end) this.store();
    this.pieces = [];
  }

  /** Columns of the prices kept, in order of time, the last price of all behind them. */
  table(): SourceColumns {
    this.store();
    return { time: BigInt64Array.from(this.times), ...Object.fromEntries(this.columns.map((name, k) => [name, Float64Array.from(this.values[k])])) };
  }

  /** Remembers the last priced row of `[from, to)`. */
  private advance(columns: SourceColumns, from: number, to: number): void {
    for (let row = to - 1; row >= from; row--) {
      if (!this.isPriced(columns, row)) continue;
      this.takeRow(columns, row);
      return;
    }
  }

  private isPriced(columns: SourceColumns, row: number): boolean {
    let sum = 0;
    for (const name of this.columns) sum += columns[name][row] as number;
    return sum > 0;
  }

  private takeRow(columns: SourceColumns, row: number): void {
    this.lastTime = columns.time[row] as bigint;
    this.columns.forEach((name, k) => {
      this.last[k] = columns[name][row] as number;
    });
  }

  private store(): void {
    if (this.lastTime === undefined) return;
    // Rows of one time may differ: the last of them is the one at or before a later time.
    if (this.times.at(-1) === this.lastTime && this.values.every((values, k) => Object.is(values.at(-1), this.last[k]))) return;
    this.times.push(this.lastTime);
    this.values.forEach((values, k) => values.push(this.last[k]));
  }
}
