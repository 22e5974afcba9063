/**
 * What a taker pays beyond spread and fixed slippage: slippage by spread or price, and the impact of its own size (`fills.md` C9 and C10).
 *
 * Only orders that have no limit price pay it: market orders and stops. All parts of a price are added and rounded once, against the order.
 */
import { againstOrder, DataError, nonNegativeNumber, roundToGrid } from '@zanzibar/core';
import { checkScopes, scopeOf } from '../ledger/fee-schedule.ts';
import { type Impact, makeImpact } from './impact-model.ts';
import { inRange } from './look.ts';
import type { Market } from './market.ts';
import { limit, stopLimit } from './order.ts';
import type { RowVolumes } from './row-volumes.ts';
import type { Costs, TradedInstrument } from './setup.ts';

/** Kinds that never fill beyond their limit price, a bit each: limit, stopLimit, trailingStopLimit, limitIfTouched. */
const limited: number = (1 << limit) | (1 << stopLimit) | (1 << 5) | (1 << 7);

/** Does an order of this kind pay slippage and impact? */
export function paysImpact(kind: number): boolean {
  return ((limited >> kind) & 1) === 0;
}

export class ExecutionPrice {
  private readonly spreadShare: number;
  private readonly points: number;
  /** By instrument. */
  private readonly impacts: readonly (Impact | null)[];
  /** Before impact, of the last fill that was priced. */
  slipped = 0;

  constructor({ slippageSpreadShare = 0, slippageBasisPoints = 0, impact = {} }: Costs, instruments: readonly TradedInstrument[]) {
    nonNegativeNumber('costs: slippageSpreadShare', slippageSpreadShare);
    nonNegativeNumber('costs: slippageBasisPoints', slippageBasisPoints);
    checkScopes('impact', impact, instruments.map(({ id }) => id));
    this.spreadShare = slippageSpreadShare;
    this.points = slippageBasisPoints;
    const models = new Map(Object.entries(impact).map(([scope, model]) => [scope, makeImpact(scope, model)]));
    this.impacts = instruments.map(({ id }) => models.get(scopeOf(impact, id) ?? '') ?? null);
  }

  /** The price of a fill of this size where the market was met at `level`. */
  of(market: Market, side: number, at: number, level: number, quantity: number, look: number, time: bigint, volumes: RowVolumes | null): number {
    const { prices } = market, size = Math.abs(level), slip = market.halfAndSlip + this.spreadShare * this.spread(market, at, look) + (size * this.points) / 10000;
    this.slipped = roundToGrid(prices, level + side * slip, againstOrder(side));
    const impact = this.impacts[market.rank];
    if (impact === null) return this.slipped;
    return roundToGrid(prices, level + side * (slip + size * relative(impact, market, side, at, quantity, look, time, volumes)), againstOrder(side));
  }

  /** Of the row that fills: what is quoted, and what is modelled. */
  private spread(market: Market, at: number, look: number): number {
    const quoted = look === inRange ? market.buyClose[at] - market.sellClose[at] : market.isBars && look !== 0 ? market.standingBuy(at) - market.standingSell(at) : market.buy[at] - market.sell[at];
    return (quoted > 0 ? quoted : 0) + 2 * market.half;
  }
}

/** Impact as a share of price. */
function relative({ coefficient, volatility, volume }: Impact, market: Market, side: number, at: number, quantity: number, look: number, time: bigint, volumes: RowVolumes | null): number {
  if (volatility !== null && volume !== null) return coefficient * volatility.at(time) * Math.sqrt(quantity / volume.at(time));
  const traded = volumes!.of(market, side, at, look);
  if (!(traded > 0)) throw new DataError(`${market.facts.id}: impact by volume needs a volume above 0, was ${traded}: with a participation limit the order waits instead`, { row: market.base + at, column: market.isBars ? 'volume' : 'size' });
  const share = quantity / traded;
  return coefficient * share * share;
}
