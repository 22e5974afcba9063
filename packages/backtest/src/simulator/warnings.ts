/** What a reader of the result must know before the figures. */
import type { Venue } from './venue.ts';

export function warningsOf(venue: Venue): string[] {
  const warnings: string[] = [], { throughOnArrival, ambiguousBars, resolvedBars } = venue;
  if (throughOnArrival > 0) warnings.push(`${throughOnArrival} bracket ${throughOnArrival === 1 ? 'leg was' : 'legs were'} through the market on arrival (throughOnArrival)`);
  if (ambiguousBars > 0) warnings.push(`${ambiguousBars} ${ambiguousBars === 1 ? 'bar was' : 'bars were'} ambiguous: stop and target both inside, decided as ${venue.intrabar}${resolvedBars > 0 ? `, ${resolvedBars} of them by ticks` : ''}`);
  if (venue.setup.options.fillAt === 'sameClose') warnings.push('market orders fill at the close that decided them (fillAt: sameClose)');
  return warnings;
}
