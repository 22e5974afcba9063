import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeInteger, nonNegativeNumber, positiveInteger, type Engine, type EventTable, type F64 } from '@zanzibar/core';
import { levelColumns } from '../levels/level-columns.ts';
import { closestRung, insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from '../structure/ladder.ts';

/**
 * Liquidity pools: swing highs (lows) at nearly one price, equal highs (lows), beyond which stops are thought to rest.
 *
 * Definition  t = tolerance + atrMultiple * atr[i]. A swing high v known at row i joins the unpassed level X of earlier ones with |v - X| <= t, the nearest,
 *             of equally near ones the older; X is then the highest of its members. With its second member it is a pool: `liquidityPool`, then `joined`
 *             for each further one. A swing less than `separation` rows after the newest member is the same touch and left out; one that fits nowhere
 *             begins a level. A pool ends at the first high > X, `violated`; a level of one swing is forgotten at a high > X + t. Within a row what
 *             price passes comes before what swings bring. `expired` when `cap` newer levels of its side came, `segmentEnd` at a cut. Lows mirror
 * Units       price in; direction +1 highs, -1 lows; level0 and level1 the lowest and highest member, value their mean; originRow the first member's row,
 *             of `joined` the member's
 * Warm-up     that of swings and atr     Lag  none of its own: knownRow is the row at which the second member is known
 * NaN         such a bar passes nothing; while t is NaN nothing joins and no single level is forgotten
 * Source      inner-circle trading practice (equal highs and lows), no primary source; tolerance in ATR as LuxAlgo's Smart Money Concepts states it.
 *             smart-money-concepts takes 1 % of the whole file's range instead, which lies in the future
 * Oracle      reference packages/engines/test/reference/liquidity-pools.ts
 * Example     swing highs 10 of row 1 and 10.5 of row 5, known at rows 2 and 6, tolerance 0.5 give one pool: originRow 1, knownRow 6, levels 10 and 10.5
 */
export interface LiquidityPoolsOptions {
  /** Price by which a member may lie off the level. @defaultValue 0 */
  tolerance: number;
  /** The same in average true ranges, of the optional column `atr`, which is required unless this is 0. @defaultValue 0.1 */
  atrMultiple: number;
  /** Rows between members at least. @defaultValue 3 */
  separation: number;
  /** Newest levels of each side that are followed, single ones included. @defaultValue 64 */
  cap: number;
}

export const liquidityPools: Engine<
  LiquidityPoolsOptions, F64<'high' | 'low'>, {}, { events: typeof eventSchema }, { swings: typeof levelColumns }, { atr: 'f64' }
> = /* @__PURE__ */ defineEngine({
  name: 'liquidityPools',
  version: 2,
  input: { high: 'f64', low: 'f64' },
  optional: { atr: 'f64' },
  reads: { swings: levelColumns },
  appended: { events: eventSchema },
  kinds: ['liquidityPool', 'joined', 'violated', 'expired', 'segmentEnd'],
  defaults: { tolerance: 0, atrMultiple: 0.1, separation: 3, cap: 64 },
  check({ tolerance, atrMultiple, separation, cap }) {
    nonNegativeNumber('liquidityPools: tolerance', tolerance);
    nonNegativeNumber('liquidityPools: atrMultiple', atrMultiple);
    nonNegativeInteger('liquidityPools: separation', separation);
    positiveInteger('liquidityPools: cap', cap);
  },
  optionUnits: { tolerance: 'range' },
  // Means round.
  mirror: 1e-12,
  scale: 'exact',
  init: ({ cap }) => ({
    // The nearest level of highs and of lows: a bar that passes neither changes nothing.
    above: Infinity, below: -Infinity,
    // Two rings of levels, highs before lows: `oldest` is the slot that the next one takes; count 0 is free, id NaN is a level of one swing.
    oldest: Int32Array.of(0, cap), count: new Int32Array(2 * cap), id: new Float64Array(2 * cap), outer: new Float64Array(2 * cap),
    inner: new Float64Array(2 * cap), sum: new Float64Array(2 * cap), first: new Float64Array(2 * cap), newest: new Float64Array(2 * cap),
    // The levels by nearness, of highs on side 1, and those that a bar passes.
    ladder: newLadder(cap), hits: new Int32Array(cap),
  }),

  advance(state, { base, high, low, atr, tables, offsets }, { events }, from, to, { tolerance, atrMultiple, separation }) {
    if (atr === undefined && atrMultiple > 0) throw new TypeError('liquidityPools: column "atr" is missing: wire one, or set atrMultiple to 0');
    const { swings } = tables, start = offsets.swings;
    for (let i = from; i < to; i++) {
      const reach = atr === undefined || atrMultiple === 0 ? tolerance : tolerance + atrMultiple * atr[i];
      if (high[i] > state.above) pass(events, state, 0, high[i], reach, base + i);
      if (low[i] < state.below) pass(events, state, 1, low[i], reach, base + i);
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (swings.kind[k] !== eventCode.swing) continue;
        const side = swings.direction[k], level = swings.level0[k], origin = swings.originRow[k];
        const ring = side > 0 ? 0 : 1, z = closestRung(state.ladder, 1 - ring, ring === 0 ? -level : level, reach, state.oldest[ring]);
        if (z < 0) begin(events, state, ring, level, origin, base + i);
        else if (origin - state.newest[z] >= separation) join(events, state, z, level, origin, base + i);
      }
    }
  },

  end(state, { base }, { events }, row, { cap }) {
    for (let k = 0; k < 2 * cap; k++) {
      const z = slot(state, k);
      if (isPool(state, z)) tell(events, state, eventCode.segmentEnd, z, base + row, base + row);
    }
  },
});

type Pools = {
  above: number; below: number; oldest: Int32Array; count: Int32Array; id: Float64Array; outer: Float64Array; inner: Float64Array; sum: Float64Array;
  first: Float64Array; newest: Float64Array; ladder: Float64Array; hits: Int32Array;
};

/** The k-th slot: highs by age, then lows by age. */
function slot({ oldest, count }: Pools, k: number): number {
  const cap = count.length >> 1, ring = k < cap ? 0 : 1, end = (ring + 1) * cap, z = oldest[ring] + k - ring * cap;
  return z < end ? z : z - cap;
}

function isHigh({ count }: Pools, z: number): boolean {
  return z < count.length >> 1;
}

function isPool({ count, id }: Pools, z: number): boolean {
  return count[z] > 0 && id[z] === id[z];
}

/** What a bar ends on one side, the oldest first; a level of one swing within reach stays. */
function pass(events: EventTable, pools: Pools, ring: number, price: number, reach: number, row: number): void {
  const { count, outer, id, oldest, ladder, hits } = pools, passed = takeRungs(ladder, 1 - ring, ring === 0 ? -price : price, true, hits, 0);
  sortByAge(hits, passed, oldest[ring]);
  for (let k = 0; k < passed; k++) {
    const z = hits[k], beyond = ring === 0 ? price - outer[z] : outer[z] - price;
    if (id[z] === id[z] || beyond > reach) {
      if (id[z] === id[z]) tell(events, pools, eventCode.violated, z, row, row);
      count[z] = 0;
    } else insertRung(ladder, 1 - ring, ring === 0 ? -outer[z] : outer[z], z);
  }
  watch(pools);
}

function watch(pools: Pools): void {
  pools.above = -nearestRung(pools.ladder, 1);
  pools.below = nearestRung(pools.ladder, 0);
}

function begin(events: EventTable, pools: Pools, ring: number, level: number, origin: number, row: number): void {
  const { oldest, count } = pools, cap = count.length >> 1, z = oldest[ring];
  if (isPool(pools, z)) tell(events, pools, eventCode.expired, z, row, row);
  if (count[z] > 0) removeRung(pools.ladder, 1 - ring, z);
  oldest[ring] = z + 1 === (ring + 1) * cap ? ring * cap : z + 1;
  count[z] = 1;
  pools.id[z] = NaN;
  pools.outer[z] = pools.inner[z] = pools.sum[z] = level;
  pools.first[z] = pools.newest[z] = origin;
  insertRung(pools.ladder, 1 - ring, ring === 0 ? -level : level, z);
  watch(pools);
}

function join(events: EventTable, pools: Pools, z: number, level: number, origin: number, row: number): void {
  const { count, id, outer, inner, sum } = pools;
  sum[z] += level;
  count[z]++;
  if (isHigh(pools, z) ? level > outer[z] : level < outer[z]) {
    removeRung(pools.ladder, isHigh(pools, z) ? 1 : 0, z);
    outer[z] = level;
    insertRung(pools.ladder, isHigh(pools, z) ? 1 : 0, isHigh(pools, z) ? -level : level, z);
    watch(pools);
  }
  inner[z] = isHigh(pools, z) ? Math.min(inner[z], level) : Math.max(inner[z], level);
  pools.newest[z] = origin;
  if (count[z] > 2) tell(events, pools, eventCode.joined, z, origin, row);
  else id[z] = tell(events, pools, eventCode.liquidityPool, z, pools.first[z], row);
}

function tell(events: EventTable, pools: Pools, kind: number, z: number, origin: number, row: number): number {
  const { id, outer, inner, sum, count } = pools, isUp = isHigh(pools, z), lowest = isUp ? inner[z] : outer[z], highest = isUp ? outer[z] : inner[z];
  return appendEvent(events, kind, isUp ? 1 : -1, origin, row, id[z], lowest, highest, sum[z] / count[z]);
}
