/** What a reader of the result must know before the figures. */
import type { Venue } from './venue.ts';

export interface SimulatorWarning {
  readonly code: 'throughOnArrival' | 'ambiguousBars' | 'sameClose';
  readonly message: string;
}

export function warningsOf(venue: Venue): SimulatorWarning[] {
  const warnings: SimulatorWarning[] = [], { throughOnArrival, ambiguousBars, resolvedBars } = venue;
  if (throughOnArrival > 0) warnings.push({ code: 'throughOnArrival', message: `${throughOnArrival} bracket ${throughOnArrival === 1 ? 'leg was' : 'legs were'} through the market on arrival (throughOnArrival)` });
  if (ambiguousBars > 0) warnings.push({ code: 'ambiguousBars', message: `${ambiguousBars} ${ambiguousBars === 1 ? 'bar was' : 'bars were'} ambiguous: stop and target both inside, decided as ${venue.intrabar}${resolvedBars > 0 ? `, ${resolvedBars} of them by ticks` : ''}` });
  if (venue.setup.options.fillAt === 'sameClose') warnings.push({ code: 'sameClose', message: 'market orders fill at the close that decided them (fillAt: sameClose)' });
  return warnings;
}
