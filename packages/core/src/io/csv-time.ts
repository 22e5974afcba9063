/** Times as files write them: counts since 1970 or midnight, ISO 8601, and patterns such as `YYYYMMDD hh:mm`. */
import { dayNumber, nanosecondsPerDay } from '../time.ts';
import { fieldText, point, zero } from './csv-number.ts';

/**
 * How a time is written.
 *
 * `s`, `ms`, `us`, `ns`: a count since 1970 in UTC, decimals allowed · `epoch`: the same with the unit told by its size (each unit from
 * 1973 on) · `msOfDay`: milliseconds since local midnight of the file's date, decimals allowed · `iso`: ISO 8601 date or date and time, with or
 * without zone · `pattern:...`: of YYYY, M(M), D(D), hh, mm, ss, f (all remaining digits: a fraction of the second); other characters stand
 * for themselves, and what follows a `[` may be missing.
 */
export type TimeFormat = 's' | 'ms' | 'us' | 'ns' | 'epoch' | 'msOfDay' | 'iso' | `pattern:${string}`;

/** A parsed time, written by a parser: local or UTC day and nanoseconds of the day. */
export interface ParsedTime {
  day: number;
  nanoseconds: number;
  /** Seconds east of UTC where the text states its zone (counts since 1970: 0), NaN where it does not. */
  offset: number;
}

/** Reads `bytes[start, end)` into `time`; false where it is no such time. */
export type TimeParser = (bytes: Uint8Array, start: number, end: number, time: ParsedTime) => boolean;

/** The parser of a format; `day` is the date of the file for `msOfDay`. Errors: RangeError for an unknown format. */
export function timeParser(format: TimeFormat, day?: number): TimeParser {
  if (format === 's') return epochParser(0);
  if (format === 'ms') return epochParser(3);
  if (format === 'us') return epochParser(6);
  if (format === 'ns') return epochParser(9);
  if (format === 'epoch') return parseAnyEpoch;
  if (format === 'iso') return parseIso;
  if (format === 'msOfDay') {
    if (day === undefined)
      throw new RangeError('time format msOfDay: the date of the file is needed, as date or at the start of its name (20140501_...)');
    return (bytes, start, end, time) => {
      time.day = day;
      time.offset = NaN;
      time.nanoseconds = scaledCount(bytes, start, end, 6);
      return time.nanoseconds >= 0 && time.nanoseconds < nanosecondsPerDay;
    };
  }
  if (format.startsWith('pattern:')) return patternParser(format.slice('pattern:'.length));
  throw new RangeError(`time format: must be s, ms, us, ns, epoch, msOfDay, iso or pattern:..., was ${format}`);
}

/** A decimal count times 10^places as an exact integer below 2^53, -1 where it is none or has more than `places` decimals. */
function scaledCount(bytes: Uint8Array, start: number, end: number, places: number): number {
  let value = 0,
    at = start;
  if (at === end) return -1;
  for (; at < end && bytes[at] !== point; at++) {
    const digit = bytes[at] - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  if (at === start) return -1;
  let left = places;
  for (at++; at < end; at++) {
    const digit = bytes[at] - zero;
    if (digit < 0 || digit > 9) return -1;
    if (left === 0) {
      if (digit !== 0) return -1;
      continue;
    }
    value = value * 10 + digit;
    left--;
  }
  for (; left > 0; left--) value *= 10;
  return value <= 9_007_199_254_740_992 ? value : -1;
}

/** Counts since 1970 in units of 10^-decimals seconds: whole seconds and the digits below them are read apart, so nothing is rounded. */
function epochParser(decimals: number): TimeParser {
  return (bytes, start, end, time) => {
    let dot = start;
    while (dot < end && bytes[dot] !== point) dot++;
    const split = Math.max(start, dot - decimals),
      seconds = split === start ? 0 : scaledCount(bytes, start, split, 0);
    if (seconds < 0 || start === dot) return false;
    // The digits of the unit below the second, then the decimals of the count, make the fraction of the second.
    let fraction = 0,
      places = 9;
    for (let missing = decimals - (dot - split); missing > 0; missing--) places--;
    for (let at = split; at < end; at++) {
      if (at === dot) continue;
      const digit = bytes[at] - zero;
      if (digit < 0 || digit > 9) return false;
      if (places === 0) {
        if (digit !== 0) return false;
        continue;
      }
      fraction = fraction * 10 + digit;
      places--;
    }
    for (; places > 0; places--) fraction *= 10;
    time.day = Math.floor(seconds / 86_400);
    time.nanoseconds = (seconds - time.day * 86_400) * 1e9 + fraction;
    time.offset = 0;
    return time.day <= 106_750;
  };
}

const bySize: readonly TimeParser[] = [epochParser(0), epochParser(3), epochParser(6), epochParser(9)];

function parseAnyEpoch(bytes: Uint8Array, start: number, end: number, time: ParsedTime): boolean {
  let dot = start;
  while (dot < end && bytes[dot] !== point) dot++;
  // 9 to 11 digits are seconds from 1973 on, three more each finer unit.
  const unit = Math.floor((dot - start - 9) / 3);
  return unit >= 0 && unit < 4 && bySize[unit](bytes, start, end, time);
}

type Token = {
  readonly kind: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'end' | 'any' | 'text';
  readonly digits: number;
  readonly byte: number;
};
const fields: readonly (readonly [text: string, kind: Token['kind'], digits: number])[] = [
  ['YYYY', 'year', 4],
  ['MM', 'month', 2],
  ['M', 'month', 0],
  ['DD', 'day', 2],
  ['D', 'day', 0],
  ['hh', 'hour', 2],
  ['mm', 'minute', 2],
  ['ss', 'second', 2],
  ['f', 'fraction', 0],
  ['[', 'end', 0],
  ['?', 'any', 0],
];

const isoZone = /(?:Z|[+-]\d\d(?::?\d\d)?)$/;
const isoPattern: TimeParser = patternParser('YYYY-MM-DD[?hh:mm[:ss[.f');

function parseIso(bytes: Uint8Array, start: number, end: number, time: ParsedTime): boolean {
  let offset = NaN,
    stop = end;
  if (end - start > 11) {
    const last = bytes[end - 1];
    // Only a sign or Z behind the time of day can be a zone; the common case without one pays a few compares.
    if (last === 90 || last === 122) {
      offset = 0;
      stop = end - 1;
    } else {
      for (let at = end - 1; at > start + 10; at--) {
        if (bytes[at] !== 43 && bytes[at] !== 45) continue;
        const text = fieldText(bytes, at, end);
        if (!isoZone.test(text)) return false;
        const hours = +text.slice(1, 3),
          minutes = text.length > 3 ? +text.slice(-2) : 0;
        if (hours > 18 || minutes > 59) return false;
        offset = (text[0] === '-' ? -60 : 60) * (hours * 60 + minutes);
        stop = at;
        break;
      }
    }
    while (stop > start && bytes[stop - 1] === 32) stop--;
  }
  const isTime = isoPattern(bytes, start, stop, time);
  time.offset = offset;
  return isTime;
}

function patternParser(pattern: string): TimeParser {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const field = fields.find(([text]) => pattern.startsWith(text, at));
    tokens.push({ kind: field ? field[1] : 'text', digits: field ? field[2] : 0, byte: pattern.charCodeAt(at) });
    at += field ? field[0].length : 1;
  }
  for (const needed of ['year', 'month', 'day'] as const) {
    if (!tokens.some((token) => token.kind === needed)) throw new RangeError(`time format: pattern "${pattern}" has no ${needed}`);
  }
  const value = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, fraction: 0 };
  return (bytes, start, end, time) => {
    let at = start;
    value.hour = value.minute = value.second = value.fraction = 0;
    for (const { kind, digits, byte } of tokens) {
      if (kind === 'end') {
        if (at === end) break;
      } else if (kind === 'text' || kind === 'any') {
        if (at >= end || (kind === 'text' && bytes[at] !== byte)) return false;
        at++;
      } else {
        const first = at;
        const most = digits || (kind === 'fraction' ? 9 : 2);
        let number = 0;
        for (; at < end && at - first < most; at++) {
          const digit = bytes[at] - zero;
          if (digit < 0 || digit > 9) break;
          number = number * 10 + digit;
        }
        if (at === first || (digits && at - first !== digits)) return false;
        if (kind === 'fraction') for (let place = at - first; place < 9; place++) number *= 10;
        value[kind] = number;
      }
    }
    const { year, month, day, hour, minute, second } = value;
    if (at !== end || year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
      return false;
    if (day > 28 && day > dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1)) return false;
    time.day = dayNumber(year, month, day);
    time.nanoseconds = ((hour * 60 + minute) * 60 + second) * 1e9 + value.fraction;
    time.offset = NaN;
    return true;
  };
}
