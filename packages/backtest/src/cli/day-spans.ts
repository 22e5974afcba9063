/** Days as spans: `2024-01-02 .. 2024-01-05 (4 days)`. */
import { dayOf, formatDay, parseTime } from '@zanzibar/core';

/** The runs of days that follow one another, of dates in ascending order. */
export function daySpans(dates: readonly string[]): string[] {
  const spans: [first: number, last: number][] = [];
  for (const date of dates) {
    const day = dayOf(parseTime(date)), span = spans.at(-1);
    if (span && span[1] === day - 1) span[1] = day;
    else spans.push([day, day]);
  }
  return spans.map(([first, last]) => (first === last ? formatDay(first) : `${formatDay(first)} .. ${formatDay(last)} (${last - first + 1} days)`));
}
