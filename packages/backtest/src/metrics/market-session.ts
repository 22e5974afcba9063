/**
 * Market session: which of the large centres were at work at an instant, by their own clocks.
 *
 * Definition  a centre is open on its Mondays to Fridays from `open` to `close`, hours of its local clock, the start included and the end not; the label joins
 *             the names of those open, in the order of the list, with ` + `. Holidays are not known. Zone rules are those that ship with the library.
 * Example     2024-07-01T13:00Z, default sessions -> `London + New York`
 */
import { dayOf, dayStart, utcToLocal, weekday } from '@zanzibar/core';

export interface MarketSession {
  readonly name: string;
  readonly zone: string;
  /** Hours of the local clock. */
  readonly open: number;
  readonly close: number;
}

/** Office hours of the three centres that foreign exchange is usually divided by. */
export const marketSessions: readonly MarketSession[] = [
  { name: 'Tokyo', zone: 'Asia/Tokyo', open: 9, close: 18 }, { name: 'London', zone: 'Europe/London', open: 8, close: 17 },
  { name: 'New York', zone: 'America/New_York', open: 8, close: 17 },
];

export function sessionLabel(time: bigint, sessions: readonly MarketSession[] = marketSessions): string {
  const isOpen = ({ zone, open, close }: MarketSession): boolean => {
    const local = utcToLocal(zone, time), day = dayOf(local), hour = Number(local - dayStart(day)) / 3_600_000_000_000, week = weekday(day);
    return week >= 1 && week <= 5 && hour >= open && hour < close;
  };
  return sessions.filter(isOpen).map(({ name }) => name).join(' + ') || 'none';
}
