/** Facts of an instrument by symbol and venue: built-in ones, else none but its name and the hours that its data shows. */
import { calendarOf, defineInstrument, instrumentId, builtInInstruments, weekday, type Instrument, type InstrumentOptions } from '@zanzibar/core';
import type { StatedFacts } from './instruments-file.ts';

export interface InstrumentWishes {
  /** Overrides the tick of known instruments; NaN takes the grid away. */
  readonly tick?: number;
  /** Overrides the trading hours: UTC, 24x7, fx-week. */
  readonly calendar?: string;
  /** Facts that come before the built-in ones. */
  readonly facts?: StatedFacts;
}

/**
 * The instrument of a run. What a file states of it comes first; one that nobody knows has no grid, and the hours that its data shows: `24x7` where rows fall on a Saturday or Sunday (UTC), else
 * weekdays, `UTC`.
 */
export function instrumentOf(symbol: string, venue: string, { tick, calendar, facts }: InstrumentWishes, hasWeekend: () => boolean): Instrument {
  const id = instrumentId(symbol, venue), given = facts?.(symbol, venue), known: InstrumentOptions | undefined = given ?? knownInstrument(id), hours = calendar ?? known?.calendar ?? (hasWeekend() ? '24x7' : 'UTC');
  calendarOf(hours);
  if (given === undefined && known !== undefined && tick === undefined && hours === known.calendar) return known as Instrument;
  const { kind, baseCurrency, quoteCurrency, settleCurrency, quantityStep = NaN, minimumQuantity, multiplier, inverse, from, to } = known ?? defineInstrument({ id });
  const step = tick ?? known?.tick ?? NaN;
  return defineInstrument({ id, kind, baseCurrency, quoteCurrency, settleCurrency, multiplier, inverse, minimumQuantity, from, to, calendar: hours, ...stated('quantityStep', quantityStep), ...stated('tick', step) } as InstrumentOptions);
}

/** The tick that an import puts prices on; NaN for an unknown instrument. */
export function defaultTick(symbol: string, venue: string): number {
  return knownInstrument(instrumentId(symbol, venue))?.tick ?? NaN;
}

/** Does one of these days since 1970-01-01 lie on a weekend? */
export function isWeekend(days: Iterable<number>): boolean {
  for (const day of days) if (weekday(day) % 6 === 0) return true;
  return false;
}

function knownInstrument(id: string): Instrument | undefined {
  return builtInInstruments.find(one => one.id === id);
}

function stated(name: string, step: InstrumentOptions['tick']): object {
  return Number.isNaN(step) ? {} : { [name]: step };
}
