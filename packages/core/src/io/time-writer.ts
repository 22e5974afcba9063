/** Times into a column by the 32-bit halves of its memory. */
import { nanosecondsPerDay, timeHalves } from '../time.ts';

/** Writes times into a column as day number and nanoseconds of the day (between a day before and a day after it). */
export type PutTime = (row: number, day: number, nanoseconds: number) => void;

/** A writer of times that works on the 32-bit halves of the column: no BigInt per row, exact to the nanosecond. */
export function timeWriter(column: BigInt64Array): PutTime {
  const halves = timeHalves(column),
    word = 4_294_967_296;
  let cachedDay = NaN,
    low = 0,
    high = 0;
  return (row, day, nanoseconds) => {
    if (nanoseconds < 0) {
      nanoseconds += nanosecondsPerDay;
      day--;
    } else if (nanoseconds >= nanosecondsPerDay) {
      nanoseconds -= nanosecondsPerDay;
      day++;
    }
    if (day !== cachedDay) {
      const start = BigInt(day) * 86_400_000_000_000n;
      low = Number(BigInt.asUintN(32, start));
      high = Number(start >> 32n);
      cachedDay = day;
    }
    const rest = nanoseconds % word,
      sum = low + rest,
      carry = sum >= word ? 1 : 0;
    halves[2 * row] = sum;
    halves[2 * row + 1] = high + (nanoseconds - rest) / word + carry;
  };
}
