/**
 * Time: UTC nanoseconds since 1970-01-01, int64 at the edges, doubles since an anchor inside loops.
 *
 * A double counts nanoseconds exactly for 104 days only, so a time is never `milliseconds * 1e6` in a number, and elements of a
 * `BigInt64Array` are compared, never subtracted, in a loop. Days before 1970 count down: floors go towards the past.
 */
import { DataError } from './errors.ts';

export const nanosecondsPerSecond = 1_000_000_000;
export const nanosecondsPerDay = 86_400_000_000_000;

const perDay = 86_400_000_000_000n;
const perSecond = 1_000_000_000n;
const earliest = -(1n << 63n);
const latest = (1n << 63n) - 1n;
const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * The nanoseconds of an ISO 8601 date (its midnight in UTC) or date and time with its zone.
 *
 * Up to nine digits of a second; `Z` or an offset such as `+02:00` is required with a time of day, because without one the meaning would
 * depend on the reader. Errors: RangeError with the text. Example: `parseTime('1970-01-01T00:00:01.5Z')` is `1500000000n`.
 */
export function parseTime(text: string): bigint {
  const parts = pattern.exec(text);
  if (!parts) throw new RangeError(`time: "${text}" is neither a date (2014-05-01) nor an ISO 8601 time (2014-05-01T09:30:00Z)`);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts;
  if (parts[4] !== undefined && zone === undefined) {
    throw new RangeError(`time: "${text}" has no zone, add Z or an offset such as +02:00`);
  }
  if (+month < 1 || +month > 12 || +day < 1 || +day > daysInMonth(+year, +month)) throw new RangeError(`time: "${text}" names no day of the calendar`);
  if (+hour > 23 || +minute > 59 || +second > 59) throw new RangeError(`time: "${text}" names no time of the day`);
  const seconds = (+hour * 60 + +minute) * 60 + +second - zoneSeconds(zone ?? 'Z', text);
  const time = BigInt(dayNumber(+year, +month, +day)) * perDay + BigInt(seconds) * perSecond + BigInt(fraction.padEnd(9, '0'));
  if (time < earliest || time > latest) throw new RangeError(`time: "${text}" is outside the years 1677 to 2262 of int64 nanoseconds`);
  return time;
}

function zoneSeconds(zone: string, text: string): number {
  if (zone === 'Z') return 0;
  const hours = +zone.slice(1, 3), minutes = +zone.slice(-2);
  if (hours > 18 || minutes > 59) throw new RangeError(`time: "${text}" has an impossible offset ${zone}`);
  return (zone[0] === '-' ? -60 : 60) * (hours * 60 + minutes);
}

/** A time as ISO 8601 in UTC with as many digits of the second as it needs: none, 3, 6 or 9. `formatTime(1500000000n)` is `1970-01-01T00:00:01.500Z`. */
export function formatTime(time: bigint): string {
  const day = dayOf(time), rest = Number(time - BigInt(day) * perDay);
  const second = Math.floor(rest / nanosecondsPerSecond), nanoseconds = rest - second * nanosecondsPerSecond;
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  let fraction = '';
  if (nanoseconds !== 0) {
    fraction = `.${String(nanoseconds).padStart(9, '0')}`;
    while (fraction.endsWith('000')) fraction = fraction.slice(0, -3);
  }
  return `${formatDay(day)}T${clock}${fraction}Z`;
}

/** The UTC date of a time, as in `date=2014-05-01` of the catalogue. */
export function formatDate(time: bigint): string {
  return formatDay(dayOf(time));
}

/** A day number as an ISO date. */
export function formatDay(day: number): string {
  const { year, month, day: dayOfMonth } = civilDate(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const units: readonly (readonly [name: string, nanoseconds: number])[] = [
  ['d', nanosecondsPerDay], ['h', 3_600_000_000_000], ['m', 60_000_000_000], ['s', nanosecondsPerSecond], ['ms', 1_000_000], ['us', 1_000], ['ns', 1],
];

/**
 * An interval in nanoseconds: a whole count of `d`, `h`, `m`, `s`, `ms`, `us` or `ns`, or the nanoseconds themselves.
 *
 * A day is 24 hours here; trading days are a matter of calendars. Errors: RangeError. Example: `parseInterval('5m')` is 300000000000.
 */
export function parseInterval(interval: string | number): number {
  let nanoseconds = typeof interval === 'number' ? interval : NaN;
  if (typeof interval === 'string') {
    const parts = /^(\d+)(d|h|m|s|ms|us|ns)$/.exec(interval);
    if (!parts) throw new RangeError(`interval: "${interval}" is not a count with a unit of d, h, m, s, ms, us, ns (such as 5m)`);
    nanoseconds = +parts[1] * units.find(([name]) => name === parts[2])![1];
  }
  if (!(Number.isSafeInteger(nanoseconds) && nanoseconds > 0)) {
    throw new RangeError(`interval: must be a positive whole number of nanoseconds below 2^53 (104 days), was ${interval}`);
  }
  return nanoseconds;
}

/** An interval in the largest unit that holds it whole: `formatInterval(300000000000)` is `5m`. */
export function formatInterval(nanoseconds: number): string {
  parseInterval(nanoseconds);
  const [name, size] = units.find(unit => nanoseconds % unit[1] === 0)!;
  return `${nanoseconds / size}${name}`;
}

/** The last boundary of a grid of intervals at or before `time`; `origin` is one of the boundaries. */
export function floorTime(time: bigint, interval: number, origin: bigint = 0n): bigint {
  const step = BigInt(interval), rest = (time - origin) % step;
  return time - (rest < 0n ? rest + step : rest);
}

/** Number of the UTC day of a time, 0 is 1970-01-01. */
export function dayOf(time: bigint): number {
  return Number(floorTime(time, nanosecondsPerDay) / perDay);
}

/** Midnight in UTC at which day `day` starts. */
export function dayStart(day: number): bigint {
  return BigInt(day) * perDay;
}

/** Number of a day of the Gregorian calendar, 0 is 1970-01-01. Counts 400-year cycles of 146097 days from a year that begins in March. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year, cycle = Math.floor(y / 400), yearOfCycle = y - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return cycle * 146_097 + yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear - 719_468;
}

/** Year, month (1 to 12) and day of the month of a day number. */
export function civilDate(day: number): { year: number; month: number; day: number } {
  const shifted = day + 719_468, cycle = Math.floor(shifted / 146_097), dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1_460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) / 365);
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153), month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

/** Day of the week of a day number: 0 Sunday to 6 Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function daysInMonth(year: number, month: number): number {
  return month === 12 ? 31 : dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/** Farthest that a loop's times may lie from its anchor: 100 days, below the 104 that doubles count exactly. */
export const farthestFromAnchor: number = 100 * nanosecondsPerDay;

/** The same memory as pairs of 32-bit halves: `[2 * i]` the low one (read it with `>>> 0`), `[2 * i + 1]` the high one. */
export function timeHalves(column: BigInt64Array): Int32Array {
  for (let k = 0; k < shortColumns.length; k++) if (shortColumns[k] === column) return shortHalves[k];
  const halves = new Int32Array(column.buffer, column.byteOffset, column.length * 2);
  // Blocks of one row ask for the same few columns row after row; a long one is not kept alive.
  if (column.length <= 4096) {
    shortColumns[nextShort] = column;
    shortHalves[nextShort] = halves;
    nextShort = (nextShort + 1) & 15;
  }
  return halves;
}

/** The short columns asked for last, at most 16. */
const shortColumns: BigInt64Array[] = [], shortHalves: Int32Array[] = [];
let nextShort = 0;

/**
 * Nanoseconds since `anchor` of rows `[from, to)`, written to the same positions of `out`.
 *
 * Exact; a row farther than 100 days from the anchor is a DataError that names it. Loops move their anchor (a midnight) before that.
 */
export function nanosecondsSince(column: BigInt64Array, anchor: bigint, out: Float64Array, from: number = 0, to: number = column.length): void {
  const halves = timeHalves(column), anchorLow = Number(BigInt.asUintN(32, anchor)), anchorHigh = Number(anchor >> 32n);
  for (let i = from; i < to; i++) {
    const since = (halves[2 * i + 1] - anchorHigh) * 4_294_967_296 + ((halves[2 * i] >>> 0) - anchorLow);
    if (!(since <= farthestFromAnchor && since >= -farthestFromAnchor)) {
      throw new DataError(`${formatTime(column[i])} is more than 100 days from the anchor ${formatTime(anchor)}`, { row: i, column: 'time' });
    }
    out[i] = since;
  }
}

/** The way back: writes `anchor + since[i]` to rows `[from, to)` of `column`. `since` holds whole numbers within 100 days. */
export function timesSince(since: Float64Array, anchor: bigint, column: BigInt64Array, from: number = 0, to: number = column.length): void {
  const halves = timeHalves(column), anchorLow = Number(BigInt.asUintN(32, anchor)), anchorHigh = Number(anchor >> 32n);
  for (let i = from; i < to; i++) {
    const low = anchorLow + since[i], carry = Math.floor(low / 4_294_967_296);
    halves[2 * i] = low - carry * 4_294_967_296;
    halves[2 * i + 1] = anchorHigh + carry;
  }
}

/** The first row in `(from, to)` whose time is before that of the row in front of it, or `to`. */
export function firstDescent(column: BigInt64Array, from: number, to: number): number {
  let i = from + 1;
  // By fours, because every round looks at the array anew, which costs as much as the comparisons.
  for (; i + 4 <= to; i += 4) if (column[i] < column[i - 1] || column[i + 1] < column[i] || column[i + 2] < column[i + 1] || column[i + 3] < column[i + 2]) break;
  for (; i < to; i++) if (column[i] < column[i - 1]) return i;
  return to;
}
