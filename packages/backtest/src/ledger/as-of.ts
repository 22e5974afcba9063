/**
 * Numbers that hold from a time on: rates, daily volumes, volatilities.
 *
 * Definition  the value at t is that of the last row at or before t; a plain number holds always
 * NaN rule    a row that is NaN or outside of what is allowed is an error on construction, and so is a time before the first row: what is absent is not zero
 */
import { DataError, formatTime } from '@zanzibar/core';

/** A column of values, each from its time on. */
export interface DatedColumn {
  /** UTC nanoseconds, ascending. */
  readonly time: BigInt64Array;
  readonly value: Float64Array;
}

/** A number that always holds, or one that changes. */
export type DatedNumber = number | DatedColumn;

/** What values may be. */
export type Allowed = 'finite' | 'positive' | 'notNegative';

const rules: { readonly [A in Allowed]: string } = { finite: 'a finite number', positive: 'a positive number', notNegative: 'a number of at least 0' };

function isAllowed(value: number, allowed: Allowed): boolean {
  return Number.isFinite(value) && (allowed === 'finite' || (allowed === 'positive' ? value > 0 : value >= 0));
}

export class AsOf {
  readonly what: string;
  readonly time: BigInt64Array;
  readonly value: Float64Array;
  private readonly isPlain: boolean;
  private row = -1;

  /** `what` names it in errors. Errors: RangeError for a plain number and for lengths, DataError with the row for a column. */
  constructor(what: string, given: DatedNumber, allowed: Allowed) {
    this.what = what;
    this.isPlain = typeof given === 'number';
    if (typeof given === 'number') {
      if (!isAllowed(given, allowed)) throw new RangeError(`${what} must be ${rules[allowed]}, was ${given}`);
      this.time = BigInt64Array.of(0n);
      this.value = Float64Array.of(given);
      this.row = 0;
      return;
    }
    const { time, value } = given;
    if (!(time instanceof BigInt64Array) || !(value instanceof Float64Array)) throw new TypeError(`${what} must be a number, or a column of time (BigInt64Array, UTC nanoseconds) and value (Float64Array)`);
    if (time.length !== value.length) throw new RangeError(`${what}: time and value must be of equal length, were ${time.length} and ${value.length}`);
    for (let row = 0; row < time.length; row++) {
      if (row > 0 && time[row] <= time[row - 1]) throw new DataError(`${what} at ${formatTime(time[row])}: times must ascend`, { row, column: 'time' });
      if (!isAllowed(value[row], allowed)) throw new DataError(`${what} at ${formatTime(time[row])} must be ${rules[allowed]}, was ${value[row]}`, { row, column: 'value' });
    }
    this.time = time;
    this.value = value;
  }

  /** The row in force at a time, -1 before the first. */
  rowAt(time: bigint): number {
    const { time: times } = this, { length } = times;
    if (this.isPlain) return 0;
    if (this.row >= length || (this.row >= 0 && times[this.row] > time)) this.row = -1;
    // Times come in order: the next row is looked at first, then the rest is halved.
    if (this.row + 1 >= length || times[this.row + 1] > time) return this.row;
    let low = this.row + 1, high = length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle;
      else high = middle;
    }
    return (this.row = low);
  }

  /** The value in force. Errors: RangeError before the first row. */
  at(time: bigint): number {
    const row = this.rowAt(time);
    if (row < 0) throw new RangeError(`${this.what}: nothing is stated at ${formatTime(time)}${this.time.length > 0 ? `, the first row is of ${formatTime(this.time[0])}` : ''}: what is absent is not zero`);
    return this.value[row];
  }
}
