/** Calendars of exchanges, as data: sessions, holidays, early closes, each with where it is stated and from which year it holds. */
import type { CalendarRules } from './calendar-rules.ts';
import type { HolidayRule } from './holidays.ts';

const hour = 3600;
const monday = 1,
  thursday = 4;

const newYear: HolidayRule = { name: "New Year's Day", kind: 'fixed', month: 1, day: 1, saturday: 'none', sunday: 'after' };
const martinLutherKing: HolidayRule = { name: 'Martin Luther King Jr. Day', kind: 'weekday', month: 1, weekday: monday, nth: 3 };
const presidents: HolidayRule = { name: "Washington's Birthday", kind: 'weekday', month: 2, weekday: monday, nth: 3 };
const goodFriday: HolidayRule = { name: 'Good Friday', kind: 'easter', plus: -2 };
const memorial: HolidayRule = { name: 'Memorial Day', kind: 'weekday', month: 5, weekday: monday, nth: -1 };
const juneteenth: HolidayRule = { name: 'Juneteenth', kind: 'fixed', month: 6, day: 19, saturday: 'before', sunday: 'after', from: 2022 };
const independence: HolidayRule = { name: 'Independence Day', kind: 'fixed', month: 7, day: 4, saturday: 'before', sunday: 'after' };
const labor: HolidayRule = { name: 'Labor Day', kind: 'weekday', month: 9, weekday: monday, nth: 1 };
const thanksgiving: HolidayRule = { name: 'Thanksgiving Day', kind: 'weekday', month: 11, weekday: thursday, nth: 4 };
const christmas: HolidayRule = { name: 'Christmas Day', kind: 'fixed', month: 12, day: 25, saturday: 'before', sunday: 'after' };

const beforeIndependence: HolidayRule = {
  name: 'before Independence Day',
  kind: 'fixed',
  month: 7,
  day: 3,
  saturday: 'none',
  sunday: 'none',
  weekdays: [1, 2, 4],
};
const beforeIndependenceWednesday: HolidayRule = { ...beforeIndependence, from: 2013, weekdays: [3] };
const afterThanksgiving: HolidayRule = { name: 'after Thanksgiving', kind: 'weekday', month: 11, weekday: thursday, nth: 4, plus: 1 };
const christmasEve: HolidayRule = {
  name: 'Christmas Eve',
  kind: 'fixed',
  month: 12,
  day: 24,
  saturday: 'none',
  sunday: 'none',
  weekdays: [1, 2, 3, 4],
};

/** Good Fridays on which the employment report came out, so that index futures traded until 08:15. */
const reportFridays = [2010, 2012, 2015, 2021, 2023, 2026];

export const exchangeCalendars: readonly CalendarRules[] = [
  {
    name: 'XNYS',
    zone: 'America/New_York',
    weekdays: [1, 2, 3, 4, 5],
    open: 9.5 * hour,
    close: 16 * hour,
    from: 2000,
    source: 'New York Stock Exchange, rule 7.2 and its yearly notices of holidays and early closings (13:00)',
    holidays: [
      newYear,
      martinLutherKing,
      presidents,
      goodFriday,
      memorial,
      juneteenth,
      independence,
      labor,
      thanksgiving,
      christmas,
      {
        name: 'closed for an event: 11 September 2001, mourning of presidents, hurricane Sandy',
        kind: 'dates',
        dates: [
          [2001, 9, 11],
          [2001, 9, 12],
          [2001, 9, 13],
          [2001, 9, 14],
          [2004, 6, 11],
          [2007, 1, 2],
          [2012, 10, 29],
          [2012, 10, 30],
          [2018, 12, 5],
          [2025, 1, 9],
        ],
      },
    ],
    earlyCloses: [
      { close: 13 * hour, rule: beforeIndependence },
      { close: 13 * hour, rule: beforeIndependenceWednesday },
      { close: 13 * hour, rule: afterThanksgiving },
      { close: 13 * hour, rule: christmasEve },
      {
        close: 13 * hour,
        rule: {
          name: 'single early closings',
          kind: 'dates',
          dates: [
            [2002, 7, 5],
            [2003, 12, 26],
          ],
        },
      },
    ],
  },
  {
    // Index futures on Globex. The trade date opens at 17:00 of the day before; a holiday on which trading stops at noon is a trade date of its own here, as data vendors have it.
    name: 'CME',
    zone: 'America/Chicago',
    weekdays: [1, 2, 3, 4, 5],
    open: -7 * hour,
    close: 16 * hour,
    from: 2015,
    source: 'CME Group, Globex holiday calendar of equity index products; noon on holidays, 12:15 on the short days of the stock market',
    holidays: [newYear, { ...goodFriday, except: reportFridays } as HolidayRule, christmas],
    earlyCloses: [
      ...[martinLutherKing, presidents, memorial, juneteenth, independence, labor, thanksgiving].map((rule) => ({ close: 12 * hour, rule })),
      ...[beforeIndependence, beforeIndependenceWednesday, afterThanksgiving, christmasEve].map((rule) => ({ close: 12.25 * hour, rule })),
      { close: 8.25 * hour, rule: { ...goodFriday, only: reportFridays } as HolidayRule },
      {
        close: 8.5 * hour,
        rule: {
          name: 'mourning of presidents',
          kind: 'dates',
          dates: [
            [2018, 12, 5],
            [2025, 1, 9],
          ],
        },
      },
    ],
  },
];
