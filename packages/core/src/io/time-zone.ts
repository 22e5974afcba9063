/** Local times of files to UTC: fixed offsets here, IANA zones by the rules of the calendars. */
import { nanosecondsPerDay, nanosecondsPerSecond } from '../time.ts';

const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?$/;

/** Nanoseconds to add to a local time, given as day number and nanoseconds of the day, to get UTC. */
export type ToUtc = (day: number, nanoseconds: number) => number;

/** Seconds east of UTC of a fixed zone (`UTC`, `Z`, `UTC-5`, `UTC-05:00`, `+05:30`); undefined for any other name. */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'Z' || zone === 'GMT') return 0;
  const parts = fixed.exec(zone);
  if (!parts) return undefined;
  const hours = +parts[2], minutes = +(parts[3] ?? 0);
  if (hours > 18 || minutes > 59) throw new RangeError(`time zone: "${zone}" is no offset of at most 18 hours`);
  return (parts[1] === '-' ? -60 : 60) * (hours * 60 + minutes);
}

/** The way from local time in `zone` to UTC. Errors: RangeError for a zone that is not known. */
export function toUtc(zone: string): ToUtc {
  const offset = fixedOffset(zone);
  if (offset === undefined) throw new RangeError(`time zone: "${zone}" is not known; fixed offsets such as UTC, UTC-5 and +05:30 are`);
  const shift = offset === 0 ? 0 : -offset * nanosecondsPerSecond;
  return () => shift;
}

/** Writes times into a column as day number and nanoseconds of the day (between a day before and a day after it). */
export type PutTime = (row: number, day: number, nanoseconds: number) => void;

/** A writer of times that works on the 32-bit halves of the column: no BigInt per row, exact to the nanosecond. */
export function timeWriter(column: BigInt64Array): PutTime {
  const halves = new Int32Array(column.buffer, column.byteOffset, column.length * 2), word = 4_294_967_296;
  let cachedDay = NaN, low = 0, high = 0;
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
    const rest = nanoseconds % word, sum = low + rest, carry = sum >= word ? 1 : 0;
    halves[2 * row] = sum;
    halves[2 * row + 1] = high + (nanoseconds - rest) / word + carry;
  };
}
