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
}

const zones: Map<string, Zone> = new Map();
const perSecond = BigInt(nanosecondsPerSecond);

/** Seconds east of UTC in `zone` at the instant `time`. */
export function zoneOffset(zone: string, time: bigint): number {
  const { moments, offsets, yearly } = zones.get(zone) ?? openZone(zone);
  const second = Number(floorTime(time, nanosecondsPerSecond) / perSecond);
  if (yearly) {
    const year = civilDate(dayOf(time)).year;
    if (year >= yearly[0]) return yearlyOffset(yearly, year, second);
  }
  let low = 0, high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle] <= second) low = middle + 1;
    else high = middle;
  }
  return offsets[low];
}

/**
 * The instant at which clocks in `zone` show `local`, given as nanoseconds since 1970-01-01 on those clocks.
 *
 * A time that clocks show twice is the first of the two; one that they skip is read with the offset before the jump, so it comes
 * out as much later as the clocks were set forward (02:30 becomes 03:30).
 */
export function localToUtc(zone: string, local: bigint): bigint {
  const day = 86_400n * perSecond;
  const before = BigInt(zoneOffset(zone, local - day)) * perSecond, after = BigInt(zoneOffset(zone, local + day)) * perSecond;
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
    yearly,
  };
}

function fixed(name: string): Zone {
  const parts = /^(?:(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?|UTC|GMT|Etc\/UTC|Z)$/.exec(name);
  if (!parts || +(parts[2] ?? 0) > 18) {
    throw new RangeError(`zone: "${name}" is neither UTC, a distance such as UTC-5 or +05:30, nor one of ${zoneNames.join(', ')}`);
  }
  const seconds = 3600 * +(parts[2] ?? 0) + 60 * +(parts[3] ?? 0);
  return { moments: new Float64Array(0), offsets: Int32Array.of(parts[1] === '-' ? -seconds : seconds), yearly: null };
}

function yearlyOffset(rule: readonly number[], year: number, second: number): number {
  const [, standard, daylight] = rule;
  const start = ruleSecond(rule, 3, year) - standard, end = ruleSecond(rule, 7, year) - daylight;
  const isDaylight = start < end ? second >= start && second < end : second >= start || second < end;
  return isDaylight ? daylight : standard;
}

/** Local second since 1970 of the change that the rule states at `at`: month, week of the month (5: the last), weekday, second of the day. */
function ruleSecond(rule: readonly number[], at: number, year: number): number {
  const first = dayNumber(year, rule[at], 1), next = rule[at] === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, rule[at] + 1, 1);
  let day = first + ((rule[at + 2] - weekday(first) + 7) % 7) + 7 * (rule[at + 1] - 1);
  while (day >= next) day -= 7;
  return day * 86_400 + rule[at + 3];
}
