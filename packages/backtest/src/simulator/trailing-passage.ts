/**
 * The first row that fires an order whose stop price follows the market, without walking the rows between.
 *
 * A block is ruled out where its prices reach neither the present stop price nor, having raised it as far as they can, the raised one; for a distance the
 * block's largest fall (to buy: rise) must be as large, too. Everything else is walked: the row, compared on the grid, decides.
 */
import { swingsOf } from './drawdowns.ts';
import type { FirstPassage } from './first-passage.ts';
import type { Market } from './market.ts';
import type { Slot } from './order.ts';
import { beginning, distanceAt, stopAt, type Trail } from './trail.ts';

/** The first row from `trail.row` on that fires the order, Infinity if none that is loaded does. */
export function trailingPassage(market: Market, slot: Slot): number {
  const trail = slot.trail!, { base, length } = market, { side } = slot, index = side > 0 ? market.index?.buy : market.index?.sell;
  if (index === undefined) return Infinity;
  let at = Math.max(trail.row - base, 0), { extreme } = trail, { stop } = slot;
  if (at >= length) return Infinity;
  if (extreme !== extreme) {
    const begin = beginning(market, slot, trail, base + length), last = begin < base + length ? begin - base + 1 : length;
    // Until it trails only the price that was given can fire it, also on the row with which it begins.
    const fired = trail.given !== trail.given ? last : side > 0 ? index.first(at, last, -Infinity, trail.given) : index.first(at, last, trail.given, Infinity);
    if (fired < last) return base + fired;
    if (!(begin < base + length)) return Infinity;
    at = begin - base;
    extreme = index.column[at];
    stop = stopAt(market, slot, trail, extreme);
    at++;
  }
  const found = firing(market, slot, trail, index, at, length, extreme, stop);
  return found < length ? base + found : Infinity;
}

function firing(market: Market, slot: Slot, trail: Trail, index: FirstPassage, from: number, end: number, best: number, present: number): number {
  const { side } = slot, { column, levels } = index, top = levels.length, swings = swingsOf(index), moves = side > 0 ? swings.rises : swings.falls;
  let at = from, extreme = best, stop = present;
  while (at < end) {
    if (top > 0 && (at & 63) === 0) {
      let level = 0, block = at >> 6;
      while (level + 1 < top && (block & 63) === 0 && (block >> 6) < levels[level + 1].min.length) {
        block >>= 6;
        level++;
      }
      // The widest block that begins here and can be ruled out.
      for (; level >= 0; level--, block <<= 6) {
        const { min, max } = levels[level], low = min[block], high = max[block];
        const worst = side > 0 ? high : low, reached = side > 0 ? low : high, next = (extreme - reached) * side > 0 ? reached : extreme;
        const raised = next === extreme ? stop : stopAt(market, slot, trail, next);
        if (low <= high && (worst - raised) * side >= 0 && ((worst - stop) * side >= 0 || moves[level][block] >= leastDistance(market, trail, extreme, next))) continue;
        if (low <= high) {
          extreme = next;
          stop = raised;
        }
        at = (block + 1) << (6 * (level + 1));
        break;
      }
      if (level >= 0) continue;
    }
    const last = top > 0 ? Math.min((at | 63) + 1, end) : end;
    for (; at < last; at++) {
      const price = column[at];
      if (price !== price || !index.exists(at)) continue;
      if ((price - stop) * side >= 0) return at;
      if ((extreme - price) * side > 0) {
        extreme = price;
        stop = stopAt(market, slot, trail, extreme);
      }
    }
  }
  return end;
}

/** No level is nearer than this to a best price from `a` to `b`, whatever the rounding. */
function leastDistance(market: Market, trail: Trail, a: number, b: number): number {
  if (trail.steps !== null) return 0;
  const nearest = a > 0 === b > 0 ? (Math.abs(a) < Math.abs(b) ? a : b) : 0, slack = 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + (market.prices.isGrid ? 1e-5 * market.tick : 0);
  return distanceAt(market, trail, nearest) - slack;
}
