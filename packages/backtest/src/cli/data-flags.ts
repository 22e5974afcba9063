/** Flags that say which data a command reads, shared by all that read some. */
import { calendarRules, parseInterval, parseTime } from '@zanzibar/core';
import { presets, type CsvRecord } from '@zanzibar/core/io';
import type { LoadOptions } from '../data/load-market.ts';
import type { Flags, Parsed } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const dataFlags: Flags = {
  data: { type: 'list', value: 'PATH', about: 'catalogue folder, or a file (parquet, arrow, feather, csv, gz, zip); again for more' },
  symbol: { type: 'list', value: 'NAME', about: 'instrument: EURUSD or EURUSD.OANDA; again for more; of files one each' },
  from: { type: 'text', value: 'TIME', about: 'start, inclusive: 2014-05-01 or 2014-05-01T08:00:00Z' },
  to: { type: 'text', value: 'TIME', about: 'end, exclusive' },
  preset: { type: 'text', value: 'NAME', about: 'format of a file: ' + Object.keys(presets).join(', ') },
  record: { type: 'text', value: 'KIND', about: 'quotes, trades or bars, where a catalogue has several (default: the first of these)' },
  interval: { type: 'text', value: 'TIME', about: "length of a file's bars: 1m, 1h, 1d" },
  time: { type: 'text', value: 'open|close', about: "which end of a bar a file's time labels (required for bars)" },
  zone: { type: 'text', value: 'ZONE', about: 'time zone of times that state none: UTC, UTC-5, America/New_York' },
  tick: { type: 'text', value: 'PRICE', about: 'smallest price step (default: that of a known instrument, else prices have no grid)' },
  calendar: { type: 'text', value: 'NAME', about: `hours: ${calendarRules.map(({ name }) => name).join(', ')} (default: those of a known instrument, else 24x7 where rows fall on a weekend, UTC weekdays otherwise)` },
};

export function loadOptions(command: string, given: Parsed): LoadOptions {
  const data = given.list('data'), from = timeOf(command, given, 'from'), to = timeOf(command, given, 'to'), record = given.text('record'), time = given.text('time'), tick = given.number('tick');
  if (data.length === 0) throw new UsageError(`${command}: --data PATH is needed`, '--data');
  if (time !== undefined && time !== 'open' && time !== 'close') throw new UsageError(`${command}: --time must be open or close, was ${time}`, '--time');
  if (record !== undefined && !['quotes', 'trades', 'bars'].includes(record)) throw new UsageError(`${command}: --record must be quotes, trades or bars, was ${record}`, '--record');
  intervalOf(command, given, 'interval');
  const texts = Object.fromEntries((['preset', 'interval', 'zone', 'calendar'] as const).map(name => [name, given.text(name)]).filter(([, value]) => value !== undefined));
  return {
    data, symbols: given.list('symbol'), ...texts,
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(tick === undefined ? {} : { tick }),
    ...(record === undefined ? {} : { record: record as CsvRecord }), ...(time === undefined ? {} : { time: time as 'open' | 'close' }),
  };
}

/** Nanoseconds since 1970 of a flag such as `2014-05-01`. */
export function timeOf(command: string, given: Parsed, name: string): bigint | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  try {
    return parseTime(text);
  } catch (error) {
    throw new UsageError(`${command}: --${name}: ${(error as Error).message}`, `--${name}`);
  }
}

/** Nanoseconds of a flag such as `50ms` or `1h`. */
export function intervalOf(command: string, given: Parsed, name: string): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  if (text === '0') return 0;
  try {
    return parseInterval(text);
  } catch (error) {
    throw new UsageError(`${command}: --${name}: ${(error as Error).message}`, `--${name}`);
  }
}
