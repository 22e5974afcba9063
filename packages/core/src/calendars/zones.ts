/**
 * Time zones by rules that ship with the library, never those of the running machine.
 *
 * A zone is 'UTC', a fixed distance from it ('UTC-5', '+05:30', 'UTC+5:30'), or a name of the IANA time zone database ('America/New_York'; `zoneNames`
 * lists those that ship). Seconds east of UTC are positive: New York in summer is -14400.
 */
import { civilDate, dayNumber, dayOf, floorTime, nanosecondsPerSecond, weekday } from '../time.ts';
import { type ZoneRules, zoneRules } from './zone-rules.ts';

/** The named zones that ship. */
export const zoneNames: readonly string[] = Object.keys(zoneRules);

interface Zone {
  readonly moments: Float64Array;
  readonly offsets: Int32Array;
  readonly yearly: readonly number[] | null;
  /** The stretch of time that was asked for last, in which the offset does not change: times that follow each other mostly share it. */
  from: bigint;
  until: bigint;
  offset: number;
}

const zones: Map<string, Zone> = new Map();
const perSecond = BigInt(nanosecondsPerSecond);

/** Seconds east of UTC in `zone` at the instant `time`. */
export function zoneOffset(zone: string, time: bigint): number {
  const known = zones.get(zone) ?? openZone(zone);
  if (!(time >= known.from && time < known.until)) enterStretch(known, time);
  return known.offset;
}

function enterStretch(zone: Zone, time: bigint): void {
  const { moments, offsets, yearly } = zone, year = civilDate(dayOf(time)).year, second = Number(floorTime(time, nanosecondsPerSecond) / perSecond);
  const yearStart = dayNumber(year, 1, 1) * 86_400, yearEnd = dayNumber(year + 1, 1, 1) * 86_400;
  let from = yearStart, until = yearEnd;
  if (yearly && year >= yearly[0]) {
    const [, standard, daylight] = yearly, start = ruleSecond(yearly, 3, year) - standard, end = ruleSecond(yearly, 7, year) - daylight;
    const isDaylight = start < end ? second >= start && second < end : second >= start || second < end;
    zone.offset = isDaylight ? daylight : standard;
    for (const change of [start, end]) {
      if (change <= second) from = Math.max(from, change);
      else until = Math.min(until, change);
    }
  } else {
    let low = 0, high = moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (moments[middle] <= second) low = middle + 1;
      else high = middle;
    }
    zone.offset = offsets[low];
    if (low > 0) from = Math.max(from, moments[low - 1]);
    if (low < moments.length) until = Math.min(until, moments[low]);
  }
  zone.from = BigInt(from) * perSecond;
  zone.until = BigInt(until) * perSecond;
}

/**
 * The instant at which clocks in `zone` show `local`, given as nanoseconds since 1970-01-01 on those clocks.
 *
 * A time that clocks show twice is the first of the two; one that they skip is read with the offset before the jump, so it comes
 * out as much later as the clocks were set forward (02:30 becomes 03:30).
 */
export function localToUtc(zone: string, local: bigint): bigint {
  const day = 86_400n * perSecond;
  const offsetBefore = zoneOffset(zone, local - day), offsetAfter = zoneOffset(zone, local + day), before = BigInt(offsetBefore) * perSecond;
  if (offsetBefore === offsetAfter) return local - before;
  const after = BigInt(offsetAfter) * perSecond;
  const early = local - (before > after ? before : after), late = local - (before > after ? after : before);
  for (const time of [early, late]) if (time + BigInt(zoneOffset(zone, time)) * perSecond === local) return time;
  return local - before;
}

/** What clocks in `zone` show at the instant `time`, as nanoseconds since 1970-01-01 on those clocks. */
export function utcToLocal(zone: string, time: bigint): bigint {
  return time + BigInt(zoneOffset(zone, time)) * perSecond;
}

function openZone(name: string): Zone {
  const zone = Object.hasOwn(zoneRules, name) ? decode(zoneRules[name]) : fixed(name);
  zones.set(name, zone);
  return zone;
}

function decode({ offsets, transitions, yearly }: ZoneRules): Zone {
  const pairs = transitions.split(' ').map(pair => pair.split(':'));
  let moment = 0;
  return {
    moments: Float64Array.from(pairs, pair => (moment += parseInt(pair[0], 36))),
    offsets: Int32Array.of(offsets[0], ...pairs.map(pair => offsets[+pair[1]])),
    yearly, from: 0n, until: 0n, offset: 0,
  };
}

function fixed(name: string): Zone {
  const parts = /^(?:(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?|UTC|GMT|Etc\/UTC|Z)$/.exec(name);
  if (!parts || +(parts[2] ?? 0) > 18) {
    throw new RangeError(`zone: "${name}" is neither UTC, a distance such as UTC-5 or +05:30, nor one of ${zoneNames.join(', ')}`);
  }
  const seconds = 3600 * +(parts[2] ?? 0) + 60 * +(parts[3] ?? 0);
  return { moments: new Float64Array(0), offsets: Int32Array.of(parts[1] === '-' ? -seconds : seconds), yearly: null, from: 0n, until: 0n, offset: 0 };
}

/** Local second since 1970 of the change that the rule states at `at`: month, week of the month (5: the last), weekday, second of the day. */
function ruleSecond(rule: readonly number[], at: number, year: number): number {
  const first = dayNumber(year, rule[at], 1), next = rule[at] === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, rule[at] + 1, 1);
  let day = first + ((rule[at + 2] - weekday(first) + 7) % 7) + 7 * (rule[at + 1] - 1);
  while (day >= next) day -= 7;
  return day * 86_400 + rule[at + 3];
}
