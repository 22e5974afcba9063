/** What comes first inside a bar: the named policies, and the ticks of which a bar was made (`fills.md` 40 and I1 to I5). */
import { randomStream } from '@zanzibar/core';
import { firstAtOrAfter } from './first-at-or-after.ts';
import type { Market } from './market.ts';
import { limit, type Slot } from './order.ts';
import type { IntrabarPolicy, SimulationOptions } from './setup.ts';

/** Every policy, in the order of reports. */
export const intrabarPolicies: readonly IntrabarPolicy[] = ['pessimistic', 'optimistic', 'openHighLowClose', 'openLowHighClose', 'nearestExtremeFirst', 'barDirection', 'random'];

/** The policy of a run. Errors: RangeError for one that does not exist, or a seed that is no whole number. */
export function policyOf({ intrabar = 'pessimistic', seed = 0 }: SimulationOptions): IntrabarPolicy {
  if (!intrabarPolicies.includes(intrabar)) throw new RangeError(`simulator: intrabar must be one of ${intrabarPolicies.join(', ')}, was ${intrabar}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`simulator: seed must be a whole number, was ${seed}`);
  return intrabar;
}

/** Does the policy walk a path, or look at one kind of order after the other? */
export function isPathPolicy(policy: IntrabarPolicy): boolean {
  return policy !== 'pessimistic' && policy !== 'optimistic';
}

/** Did this bar reach its high before its low? Bars of bid and ask: the bid's. */
function isHighFirst(policy: IntrabarPolicy, seed: number, { facts, time, sell, sellHigh, sellLow, sellClose }: Market, at: number): boolean {
  if (policy === 'openHighLowClose' || policy === 'openLowHighClose') return policy === 'openHighLowClose';
  if (policy === 'random') return randomStream(seed, `intrabar ${facts.id} ${time[at]}`).uniform() < 0.5;
  return policy === 'nearestExtremeFirst' ? sellHigh[at] - sell[at] < sell[at] - sellLow[at] : sellClose[at] < sell[at];
}

/** Keys of the orders of one look, by which they are sorted: which part of the bar meets them, then how far along. */
const parts: number[] = [], ways: number[] = [];

/** Puts the first `count` orders, which stand in order of id, in the order in which the policy's path meets them. */
export function sortAlongPath(policy: IntrabarPolicy, seed: number, market: Market, at: number, hits: Slot[], count: number): void {
  const highFirst = isHighFirst(policy, seed, market, at);
  for (let k = 0; k < count; k++) {
    const slot = hits[k], isRising = isLimit(slot) ? slot.side < 0 : slot.turn > 0, open = slot.side > 0 ? market.buy[at] : market.sell[at], level = isLimit(slot) ? slot.limit : slot.stop;
    const way = isRising ? level - open : open - level;
    parts[k] = way < 0 ? 0 : isRising === highFirst ? 1 : 2;
    ways[k] = way < 0 ? 0 : way;
  }
  sortByKeys(hits, count);
}

/** Puts them in the order in which the bar's ticks met them; false, and nothing is moved, where a pair of legs was met by one tick or by none. */
export function sortByTicks(market: Market, at: number, hits: Slot[], count: number): boolean {
  const { ticks } = market.facts;
  if (ticks === undefined) return false;
  const { time, buy, sell } = ticks, from = firstAtOrAfter(time, market.time[at]), to = firstAtOrAfter(time, market.closeTime[at]);
  for (let k = 0; k < count; k++) {
    const slot = hits[k], { side } = slot, isOfLimit = isLimit(slot), level = isOfLimit ? slot.limit : slot.stop, prices = side > 0 ? buy : sell;
    let row = from;
    for (; row < to; row++) {
      if (!(buy[row] >= sell[row])) continue;
      const beyond = isOfLimit ? (level - prices[row]) * side : (prices[row] - level) * slot.turn;
      if (isOfLimit && market.isStrict ? beyond > 0 : beyond >= 0) break;
    }
    parts[k] = 0;
    ways[k] = row < to ? row : Infinity;
  }
  for (let k = 0; k < count; k++) for (let m = 0; m < k; m++) if (hits[k].parent !== null && hits[k].parent === hits[m].parent && ways[k] === ways[m]) return false;
  sortByKeys(hits, count);
  return true;
}

function isLimit(slot: Slot): boolean {
  return slot.kind === limit || slot.isTriggered;
}

/** Sorts by part, then by way; equal ones keep their order of id. */
function sortByKeys(hits: Slot[], count: number): void {
  for (let k = 1; k < count; k++) {
    const slot = hits[k], part = parts[k], way = ways[k];
    let at = k;
    for (; at > 0 && (parts[at - 1] > part || (parts[at - 1] === part && ways[at - 1] > way)); at--) {
      hits[at] = hits[at - 1];
      parts[at] = parts[at - 1];
      ways[at] = ways[at - 1];
    }
    hits[at] = slot;
    parts[at] = part;
    ways[at] = way;
  }
}
