/** `zanzibar data coverage`: the days that a catalogue holds and those that its calendars miss. */
import { calendarOf, dayOf, parseTime } from '@zanzibar/core';
import { calendarCoverage, openCatalogue } from '@zanzibar/core/io';
import { instrumentOf, isWeekend } from '../data/instruments.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { dataFlags, timeOf } from './data-flags.ts';
import { daySpans } from './day-spans.ts';
import { exitCode, type Verb } from './main.ts';
import { chosenSeries, seriesFlags, seriesName } from './series-flags.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  ...seriesFlags,
  from: { type: 'text', value: 'DATE', about: 'first day (default: the first of each series)' },
  to: { type: 'text', value: 'DATE', about: 'end, exclusive (default: after the last day of each series)' },
  calendar: dataFlags.calendar,
};

export const dataCoverageVerb: Verb = {
  help: helpText(
    'data coverage [ROOT]',
    'Prints for every series of a catalogue (default data) the days that it holds, those on which its calendar has a session and that it misses, and those with rows outside of sessions. Days are UTC dates, of daily bars trade dates.',
    flags, ['zanzibar data coverage data', 'zanzibar data coverage data --symbol EURUSD --from 2024-01-01 --to 2024-02-01 --json'],
  ),
  async run(argv, console) {
    const given = parseFlags('data coverage', argv, flags), [root = 'data', more] = given.words, from = timeOf('data coverage', given, 'from'), to = timeOf('data coverage', given, 'to'), calendar = given.text('calendar');
    if (more !== undefined) throw new UsageError('data coverage: name one catalogue', more);
    if (from !== undefined && to !== undefined && from >= to) throw new UsageError('data coverage: --from must lie before --to', '--from');
    const series = [];
    for (const each of chosenSeries('data coverage', root, (await openCatalogue(root)).coverage(), given)) {
      const { days, ...facts } = each, hours = instrumentOf(each.symbol, each.venue, calendar === undefined ? {} : { calendar }, () => isWeekend(days.map(({ date }) => dayOf(parseTime(date))))).calendar;
      const found = calendarCoverage(each, calendarOf(hours), { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
      series.push({ ...facts, calendar: hours, days: days.map(({ date, rows }) => ({ date, rows })), coverage: found ?? null });
      console.line(`${seriesName(each)}  ${each.rows} rows  hours ${hours}`);
      if (found === undefined) {
        console.line(`  ${days.length} days with bars; bars longer than a day are not held against a calendar`);
        continue;
      }
      const { firstDay, lastDay, expected, present, missing, outside } = found;
      console.line(`  ${firstDay} .. ${lastDay}: ${present} days with rows, ${expected} with a session, ${missing.length} missing`);
      for (const [what, list] of [['missing', missing], ['outside of sessions', outside]] as const) for (const span of daySpans(list)) console.line(`  ${what}  ${span}`);
    }
    console.result({ root, series });
    return exitCode.done;
  },
};
