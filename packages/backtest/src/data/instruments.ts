/** Facts of an instrument by symbol and venue: built-in ones, else none but its name. */
import { defineInstrument, instrumentId, builtInInstruments, type Instrument } from '@zanzibar/core';

/** The instrument of a run; `tick` overrides what is known, NaN takes the grid away. Unknown ones have no grid and no stated hours. */
export function instrumentOf(symbol: string, venue: string, tick?: number): Instrument {
  const id = instrumentId(symbol, venue), known = knownInstrument(id);
  if (tick === undefined) return known ?? defineInstrument({ id, calendar: 'UTC' });
  const { kind, baseCurrency, quoteCurrency, calendar } = known ?? { kind: 'spot', baseCurrency: '', quoteCurrency: '', calendar: 'UTC' };
  return defineInstrument({ id, kind, baseCurrency, quoteCurrency, calendar, ...(Number.isNaN(tick) ? {} : { tick }) });
}

/** The tick that an import puts prices on; NaN for an unknown instrument. */
export function defaultTick(symbol: string, venue: string): number {
  return knownInstrument(instrumentId(symbol, venue))?.tick ?? NaN;
}

function knownInstrument(id: string): Instrument | undefined {
  return builtInInstruments.find(one => one.id === id);
}
