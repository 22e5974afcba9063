/** Local times of files to UTC, by the zone rules of the calendars. */
import { localToUtc, zoneNames, zoneOffset } from '../calendars/index.ts';
import { nanosecondsPerDay, nanosecondsPerSecond } from '../time.ts';

/** Nanoseconds to add to a local time, given as day number and nanoseconds of the day, to get UTC. */
export type ToUtc = (day: number, nanoseconds: number) => number;

const minute = 60 * nanosecondsPerSecond;

/**
 * The way from local time in `zone` to UTC.
 *
 * Zones: fixed distances (`UTC`, `UTC-5`, `+05:30`) and the named ones that ship. A time that clocks show twice is the first of the two, one
 * that they skip is read with the offset before the jump (calendars, `localToUtc`). Errors: RangeError for a zone that is not known.
 */
export function toUtc(zone: string): ToUtc {
  if (!zoneNames.includes(zone)) {
    const shift = -zoneOffset(zone, 0n) * nanosecondsPerSecond;
    return () => shift;
  }
  // Offsets change on whole minutes, so one search serves all times of a minute.
  let known = NaN,
    shift = 0;
  return (day, nanoseconds) => {
    const minuteOfDay = Math.floor(nanoseconds / minute),
      now = day * 1440 + minuteOfDay;
    if (now !== known) {
      const local = BigInt(day) * BigInt(nanosecondsPerDay) + BigInt(minuteOfDay * minute);
      shift = Number(localToUtc(zone, local) - local);
      known = now;
    }
    return shift;
  };
}
