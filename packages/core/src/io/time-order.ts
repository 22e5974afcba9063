/** Order of time: the check that every reader makes, and the rows between two times. */
import { DataError } from '../errors.ts';
import { formatTime } from '../time.ts';

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
  let last = previous ?? time[0],
    i = previous === undefined ? 1 : 0;
  for (; i < time.length; i++) {
    const now = time[i];
    if (now < last || (isStrict && now === last)) {
      throw new DataError(`time ${formatTime(now)} ${now < last ? 'is before' : 'repeats'} ${formatTime(last)} of the row before`, {
        file,
        row: firstRow + i,
        column,
      });
    }
    last = now;
  }
  return last;
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
