/** The calendars that ship, as data. Another market is another entry. */
import { exchangeCalendars } from './exchange-calendars.ts';
import type { HolidayRule } from './holidays.ts';

export interface CalendarRules {
  readonly name: string;
  /** Zone whose clocks the sessions follow. */
  readonly zone: string;
  /** Days of the week that are trade dates, 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Seconds from local midnight of the trade date; negative on the day before. */
  readonly open: number;
  readonly close: number;
  /** Dates without a session. @defaultValue none */
  readonly holidays?: readonly HolidayRule[];
  /** Dates whose session closes earlier, in seconds from local midnight; a later entry does not override an earlier one. @defaultValue none */
  readonly earlyCloses?: readonly EarlyClose[];
  /** First year for which the rules hold: earlier dates are refused. @defaultValue every year */
  readonly from?: number;
  /** Where the rules are stated. */
  readonly source?: string;
}

export interface EarlyClose {
  readonly close: number;
  readonly rule: HolidayRule;
}

export const calendarRules: readonly CalendarRules[] = [
  // Monday to Friday from midnight to midnight: for data whose market's hours are not known.
  { name: 'UTC', zone: 'UTC', weekdays: [1, 2, 3, 4, 5], open: 0, close: 86_400 },
  { name: '24x7', zone: 'UTC', weekdays: [0, 1, 2, 3, 4, 5, 6], open: 0, close: 86_400 },
  // Sunday 17:00 to Friday 17:00 in New York; the day rolls there at 17:00.
  { name: 'fx-week', zone: 'America/New_York', weekdays: [1, 2, 3, 4, 5], open: -25_200, close: 61_200 },
  ...exchangeCalendars,
];
