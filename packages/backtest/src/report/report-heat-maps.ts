/** Heat maps: returns by year and month, net of round trips by weekday and hour. */
import { dayOf, dayStart, weekday } from '@zanzibar/core';
import { monthlyReturns } from '../metrics/monthly-returns.ts';
import { weekdays } from '../metrics/trip-groups.ts';
import { numbersOf, timesOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { numberText } from './figure-text.ts';
import type { ReportHeatMap } from './report-model.ts';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Undefined for a run of one month. */
export function monthsMap({ equity, summary }: Result): ReportHeatMap | undefined {
  const months = monthlyReturns(summary.manifest.cash, timesOf(equity, 'time'), numbersOf(equity, 'equity'));
  if (months.length < 2) return undefined;
  const first = months[0].year, count = months[months.length - 1].year - first + 1, value: (number | null)[][] = Array.from({ length: count }, () => Array.from({ length: 13 }, () => null));
  for (const { year, month, value: growth } of months) {
    const row = value[year - first];
    row[month - 1] = Number.isFinite(growth) ? growth : null;
    row[12] = Number.isFinite(growth) ? (1 + (row[12] ?? 0)) * (1 + growth) - 1 : row[12];
  }
  return {
    title: 'Returns by month (UTC)', unit: '%', rows: value.map((_, k) => String(first + k)), columns: [...monthNames, 'Year'], value,
    text: value.map(row => row.map(growth => (growth === null ? '' : numberText(100 * growth, 1)))), full: Math.max(...months.map(month => Math.abs(month.value)).filter(Number.isFinite), 1e-12),
  };
}

/** Undefined without a round trip. Weekdays and hours that have none are left out at the edges only of the week. */
export function hoursMap({ roundTrips, summary }: Result): ReportHeatMap | undefined {
  if (roundTrips.length === 0) return undefined;
  const time = timesOf(roundTrips, 'entryTime'), net = numbersOf(roundTrips, 'net'), all: (number | null)[][] = weekdays.map(() => Array.from({ length: 24 }, () => null));
  for (let i = 0; i < roundTrips.length; i++) {
    const day = dayOf(time[i]), row = all[(weekday(day) + 6) % 7], hour = Number((time[i] - dayStart(day)) / 3_600_000_000_000n);
    row[hour] = (row[hour] ?? 0) + net[i];
  }
  const used = weekdays.map((_, k) => k).filter(k => k < 5 || all[k].some(sum => sum !== null)), value = used.map(k => all[k]), full = Math.max(...value.flat().map(sum => Math.abs(sum ?? 0)), 1e-12);
  return {
    title: 'Net by weekday and hour of the entry (UTC)', unit: summary.manifest.currency, rows: used.map(k => weekdays[k].slice(0, 3)), columns: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
    value, text: value.map(row => row.map(sum => (sum === null ? '' : numberText(sum, full < 10 ? 1 : 0)))), full,
  };
}
