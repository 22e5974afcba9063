/**
 * Margin of the whole account: what positions need, and the price at which one of them brings the account to its end (`fills.md` B10 to B12).
 *
 * Definition  requirement = sum of |quantity| x mark x multiplier x share. The liquidation price of a position is the price of it at which equity equals the
 *             maintenance requirement, everything else as it is marked now
 * Units       account currency; price
 */
import type { HedgedPosition } from './holding.ts';
import type { Market } from './market.ts';
import type { Venue } from './venue.ts';

export function requirement({ markets, clock, ledger }: Venue, share: number): number {
  let sum = 0;
  for (const market of markets) for (const { position } of market.holdings) if (position !== 0) sum += Math.abs(position) * Math.abs(market.mark(clock, position)) * ledger.worth(market, clock) * share;
  return sum;
}

/** NaN where there is no position, no margin, or no price at which it happens. */
export function liquidationPrice({ markets, clock, ledger, limits }: Venue, market: Market): number {
  const { position, average, hedge } = market;
  if ((position === 0 && hedge === null) || limits === null || limits.maintenance === 0) return NaN;
  const { maintenance } = limits;
  let free = ledger.cash(clock), others = 0;
  for (const other of markets) {
    if (other === market) continue;
    for (const { position: quantity, average: paid } of other.holdings) {
      if (quantity === 0) continue;
      const mark = other.mark(clock, quantity);
      free += (mark - paid) * quantity * ledger.worth(other, clock);
      others += Math.abs(quantity) * Math.abs(mark) * ledger.worth(other, clock) * maintenance;
    }
  }
  if (hedge !== null) return hedgedPrice(hedge.positions, others - free, maintenance, ledger.worth(market, clock));
  const worth = Math.abs(position) * ledger.worth(market, clock);
  return position > 0 ? (others - free + average * worth) / (worth * (1 - maintenance)) : (free - others + average * worth) / (worth * (1 + maintenance));
}

/** The same of positions beside each other, all of them at one price. */
function hedgedPrice(positions: readonly HedgedPosition[], missing: number, maintenance: number, worth: number): number {
  const exposure = exposureOf(positions, maintenance);
  if (exposure === 0) return NaN;
  let paid = 0;
  for (const { position, average } of positions) paid += average * position * worth;
  return (missing + paid) / (worth * exposure);
}

/** How much a price unit moves equity less maintenance, in units of quantity: above 0 a fall ends the account, below 0 a rise. */
export function exposureOf(positions: readonly HedgedPosition[], maintenance: number): number {
  let exposure = 0;
  for (const { position } of positions) exposure += position - maintenance * Math.abs(position);
  return exposure;
}
