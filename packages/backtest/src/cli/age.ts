/** Ages such as `30d`: how long ago, counted back over the calendar from now. */
import { civilDate, dayNumber, dayOf, dayStart, parseTime } from '@zanzibar/core';
import type { Flag, Parsed } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** The flags of commands that choose data by its age. */
export const ageFlags: { readonly older: Flag; readonly now: Flag } = {
  older: { type: 'text', value: 'AGE', about: 'of files whose last row is older: 30d, 8w, 6mo or 1y, counted back from the midnight (UTC) before now (required)' },
  now: { type: 'text', value: 'TIME', about: 'what to count back from, for scripts that must not depend on the clock (default: the clock)' },
};

/** The midnight (UTC) that lies an age before the day of `now`; the 31st of a shorter month is its last day. Errors: RangeError with the text. */
export function timeOfAge(now: bigint, age: string): bigint {
  const parts = /^([1-9]\d{0,4})(d|w|mo|y)$/.exec(age);
  if (!parts) throw new RangeError(`an age is a count of d, w, mo or y (such as 30d), was ${age}`);
  const count = Number(parts[1]), today = dayOf(now), [, , unit] = parts;
  if (unit === 'd' || unit === 'w') return dayStart(today - count * (unit === 'w' ? 7 : 1));
  const { year, month, day } = civilDate(today), months = year * 12 + month - 1 - count * (unit === 'y' ? 12 : 1), [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
  if (toYear < 1678) throw new RangeError(`an age must not lead back beyond the year 1678, was ${age}`);
  const monthAfter = toMonth === 12 ? dayNumber(toYear + 1, 1, 1) : dayNumber(toYear, toMonth + 1, 1);
  return dayStart(Math.min(dayNumber(toYear, toMonth, 1) + day - 1, monthAfter - 1));
}

/** The time that `--older` names; `clock` tells the time where `--now` does not. */
export function cutoffOf(command: string, given: Parsed, clock: () => bigint): bigint {
  const older = given.text('older'), now = given.text('now');
  if (older === undefined) throw new UsageError(`${command}: --older AGE is needed, such as --older 30d`, '--older');
  let flag = '--now';
  try {
    const from = now === undefined ? clock() : parseTime(now);
    flag = '--older';
    return timeOfAge(from, older);
  } catch (error) {
    throw new UsageError(`${command}: ${flag}: ${(error as Error).message}`, flag);
  }
}

/** The clock of the machine. */
export const clock = (): bigint => BigInt(Date.now()) * 1_000_000n;
