/** Order of time: the check that every reader makes, and the rows between two times. */
import { DataError } from '../errors.ts';
import { firstDescent, formatTime } from '../time.ts';

export interface TimeOrder {
  readonly time: BigInt64Array;
  /** The last time before this column, where it continues another. */
  readonly previous?: bigint;
  readonly file: string;
  readonly column: string;
  /** Row of the file at position 0. */
  readonly firstRow: number;
  /** Equal times are an error too, as for bars. @defaultValue false */
  readonly isStrict?: boolean;
}

/** Verifies that times never decrease (or strictly rise) and returns the last one. Errors: DataError with file, row and both times. */
export function checkTimeOrder({ time, previous, file, column, firstRow, isStrict = false }: TimeOrder): bigint | undefined {
  const { length } = time,
    fail = (i: number, last: bigint): never => {
      const now = time[i];
      throw new DataError(`time ${formatTime(now)} ${now < last ? 'is before' : 'repeats'} ${formatTime(last)} of the row before`, { file, row: firstRow + i, column });
    };
  if (length === 0) return previous;
  if (previous !== undefined && (time[0] < previous || (isStrict && time[0] === previous))) fail(0, previous);
  const descent = firstDescent(time, 0, length);
  if (isStrict) for (let i = 1; i < descent; i++) if (time[i] === time[i - 1]) fail(i, time[i - 1]);
  if (descent < length) fail(descent, time[descent - 1]);
  return time[length - 1];
}

/** Positions `[start, end)` of the times in `[from, to)` of a column in order of time. */
export function rowsBetween(time: BigInt64Array, from: bigint | undefined, to: bigint | undefined): [number, number] {
  const start = from === undefined ? 0 : lowerBound(time, from),
    end = to === undefined ? time.length : lowerBound(time, to);
  return [start, Math.max(start, end)];
}

/** Position of the first time at or after `bound`. */
export function lowerBound(time: BigInt64Array, bound: bigint): number {
  let low = 0,
    high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
