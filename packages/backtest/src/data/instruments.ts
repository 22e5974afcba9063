/** Facts of an instrument by symbol and venue: built-in ones, else none but its name and the hours that its data shows. */
import { calendarOf, defineInstrument, instrumentId, builtInInstruments, weekday, type Instrument } from '@zanzibar/core';

export interface InstrumentWishes {
  /** Overrides the tick of known instruments; NaN takes the grid away. */
  readonly tick?: number;
  /** Overrides the trading hours: UTC, 24x7, fx-week. */
  readonly calendar?: string;
}

/**
 * The instrument of a run. One that nobody knows has no grid, and the hours that its data shows: `24x7` where rows fall on a Saturday or Sunday (UTC), else
 * weekdays, `UTC`.
 */
export function instrumentOf(symbol: string, venue: string, { tick, calendar }: InstrumentWishes, hasWeekend: () => boolean): Instrument {
  const id = instrumentId(symbol, venue), known = knownInstrument(id), hours = calendar ?? known?.calendar ?? (hasWeekend() ? '24x7' : 'UTC');
  calendarOf(hours);
  if (known !== undefined && tick === undefined && hours === known.calendar) return known;
  const { kind, baseCurrency, quoteCurrency, settleCurrency, quantityStep, minimumQuantity, multiplier, inverse } = known ?? defineInstrument({ id });
  const step = tick ?? known?.tick ?? NaN;
  return defineInstrument({ id, kind, baseCurrency, quoteCurrency, settleCurrency, multiplier, inverse, minimumQuantity, calendar: hours, ...stated('quantityStep', quantityStep), ...stated('tick', step) });
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

function stated(name: string, step: number): object {
  return Number.isNaN(step) ? {} : { [name]: step };
}
