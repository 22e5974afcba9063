/** Flags that choose series of a catalogue, and how a series is called. */
import type { Coverage, SeriesKey } from '@zanzibar/core/io';
import type { Flags, Parsed } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const seriesFlags: Flags = {
  symbol: { type: 'list', value: 'NAME', about: 'instrument: EURUSD or EURUSD.OANDA; again for more (default: all)' },
  record: { type: 'text', value: 'KIND', about: 'quotes, trades or bars (default: all)' },
};

/** `EURUSD.OANDA  bars 1m bid`. */
export function seriesName({ kind, venue, symbol, interval, price }: SeriesKey): string {
  return `${symbol}.${venue}`.toUpperCase() + `  ${[kind, interval, price].filter(part => part !== undefined).join(' ')}`;
}

/** The series that the flags do not exclude. */
export function chosenSeries(command: string, root: string, all: readonly Coverage[], given: Parsed): Coverage[] {
  const symbols = given.list('symbol').map(symbol => symbol.toUpperCase()), record = given.text('record');
  if (record !== undefined && !['quotes', 'trades', 'bars'].includes(record)) throw new UsageError(`${command}: --record must be quotes, trades or bars, was ${record}`, '--record');
  const idOf = ({ symbol, venue }: SeriesKey): string => `${symbol}.${venue}`.toUpperCase(), isNamed = (series: SeriesKey, name: string): boolean => idOf(series) === name || series.symbol.toUpperCase() === name;
  for (const name of symbols) if (!all.some(series => isNamed(series, name))) throw new UsageError(`${command}: ${root} has no instrument ${name}, it has ${[...new Set(all.map(idOf))].join(', ')}`, '--symbol');
  const chosen = all.filter(series => (symbols.length === 0 || symbols.some(name => isNamed(series, name))) && (record === undefined || series.kind === record));
  if (chosen.length === 0) throw new UsageError(`${command}: ${root} has no ${record}${symbols.length > 0 ? ` of ${symbols.join(', ')}` : ''}`, root);
  return chosen;
}
