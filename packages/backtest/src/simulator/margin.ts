/**
 * Margin of the whole account: what positions need, and the price at which one of them brings the account to its end (`fills.md` B10 to B12).
 *
 * Definition  requirement = sum of |quantity| x mark x multiplier x share. The liquidation price of a position is the price of it at which equity equals the
 *             maintenance requirement, everything else as it is marked now
 * Units       account currency; price
 */
import type { Market } from './market.ts';
import type { Venue } from './venue.ts';

export function requirement({ markets, clock, ledger }: Venue, share: number): number {
  let sum = 0;
  for (const market of markets) if (market.position !== 0) sum += Math.abs(market.position) * Math.abs(market.mark(clock)) * ledger.worth(market, clock) * share;
  return sum;
}

/** NaN where there is no position, or no margin. */
export function liquidationPrice({ markets, clock, ledger, limits }: Venue, market: Market): number {
  const { position, average } = market;
  if (position === 0 || limits === null || limits.maintenance === 0) return NaN;
  const { maintenance } = limits;
  let free = ledger.cash(clock), others = 0;
  for (const other of markets) {
    if (other === market || other.position === 0) continue;
    const mark = other.mark(clock);
    free += (mark - other.average) * other.position * ledger.worth(other, clock);
    others += Math.abs(other.position) * Math.abs(mark) * ledger.worth(other, clock) * maintenance;
  }
  const worth = Math.abs(position) * ledger.worth(market, clock);
  return position > 0 ? (others - free + average * worth) / (worth * (1 - maintenance)) : (free - others + average * worth) / (worth * (1 + maintenance));
}
