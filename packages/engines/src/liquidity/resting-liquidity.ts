import { defineEngine, eventCode, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { levelColumns } from '../levels/level-columns.ts';

/**
 * Resting liquidity: the nearest level above and below that price has not passed since it is known, and how far the nearer one is.
 *
 * Definition  levels are the events without `ref` of any table: pools, swings, levels of periods and sessions. X is the outer edge, level1 (or level0 where that is the
 *             only one) of direction +1, level0 of -1. A level rests from the row at which it is known until a high > X (low < X), or its table says `superseded`,
 *             `expired` or `violated`. above = the lowest X of direction +1 that rests, below = the highest of -1; distance = (X - close) / atr of the nearer one,
 *             positive above and negative below. Within a row levels that end go first, then new ones come, then price is looked at
 * Units       price in, and `atr` in price (wire it: `{ atr: 'atr/atr' }`); liquidityAbove and liquidityBelow prices, liquidityDistance in average true ranges with a sign
 * Warm-up     that of the levels     Lag  none of its own
 * NaN         where no level rests; a distance also where the close or atr is NaN, atr is not above 0, or both levels are equally near; such a high or low passes nothing
 * Source      inner-circle trading practice (draw on liquidity), no primary source
 * Oracle      reference packages/engines/test/reference/resting-liquidity.ts
 * Example     a swing high 12 and a swing low 7 that rest, close 10, atr 2: above 12, below 7, distance 1
 */
export interface RestingLiquidityOptions {
  /** Newest levels of each side that are followed. @defaultValue 64 */
  cap: number;
}

export const restingLiquidity: Engine<
  RestingLiquidityOptions, F64<'high' | 'low' | 'close' | 'atr'>, F64<'liquidityAbove' | 'liquidityBelow' | 'liquidityDistance'>, {}, { levels: typeof levelColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'restingLiquidity',
  input: { high: 'f64', low: 'f64', close: 'f64', atr: 'f64' },
  reads: { levels: levelColumns },
  aligned: { liquidityAbove: 'f64', liquidityBelow: 'f64', liquidityDistance: 'f64' },
  sparse: ['liquidityAbove', 'liquidityBelow', 'liquidityDistance'],
  defaults: { cap: 64 },
  check: ({ cap }) => positiveInteger('restingLiquidity: cap', cap),
  units: { liquidityDistance: 'signed' },
  pairs: [['liquidityAbove', 'liquidityBelow']],
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap }) => ({
    above: Infinity, below: -Infinity,
    // Two rings of levels, highs before lows: `oldest` is the slot that the next one takes, a level of NaN is free.
    oldest: Int32Array.of(0, cap), id: new Float64Array(2 * cap), level: new Float64Array(2 * cap).fill(NaN),
  }),

  advance(state, { high, low, close, atr, tables, offsets }, { liquidityAbove, liquidityBelow, liquidityDistance }, from, to) {
    const { levels } = tables, start = offsets.levels;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        const kind = levels.kind[k];
        if (levels.ref[k] === levels.ref[k]) {
          if (kind === eventCode.superseded || kind === eventCode.expired || kind === eventCode.violated) leave(state, levels.ref[k]);
        } else if (levels.direction[k] > 0) rest(state, 0, levels.id[k], levels.level1[k] === levels.level1[k] ? levels.level1[k] : levels.level0[k]);
        else if (levels.direction[k] < 0) rest(state, 1, levels.id[k], levels.level0[k]);
      }
      if (high[i] > state.above || low[i] < state.below) pass(state, high[i], low[i]);
      const { above, below } = state, range = atr[i], up = (above - close[i]) / range, down = (close[i] - below) / range;
      liquidityAbove[i] = above < Infinity ? above : NaN;
      liquidityBelow[i] = below > -Infinity ? below : NaN;
      liquidityDistance[i] = !(range > 0 && range < Infinity) || up === down ? NaN : up < down ? up : down < up ? 0 - down : NaN;
    }
  },
});

interface Resting { above: number; below: number; oldest: Int32Array; id: Float64Array; level: Float64Array }

function rest(state: Resting, ring: number, id: number, level: number): void {
  const { oldest } = state, cap = state.level.length / 2, z = oldest[ring], isFull = state.level[z] === state.level[z];
  oldest[ring] = z + 1 === (ring + 1) * cap ? ring * cap : z + 1;
  state.id[z] = id;
  state.level[z] = level;
  if (isFull) findNearest(state);
  else if (ring === 0) state.above = Math.min(state.above, level);
  else state.below = Math.max(state.below, level);
}

function leave(state: Resting, id: number): void {
  for (let z = 0; z < state.id.length; z++) if (state.id[z] === id) state.level[z] = NaN;
  findNearest(state);
}

function pass(state: Resting, high: number, low: number): void {
  const { level } = state, cap = level.length / 2;
  for (let z = 0; z < cap; z++) if (high > level[z]) level[z] = NaN;
  for (let z = cap; z < 2 * cap; z++) if (low < level[z]) level[z] = NaN;
  findNearest(state);
}

function findNearest(state: Resting): void {
  const { level } = state, cap = level.length / 2;
  let above = Infinity, below = -Infinity;
  for (let z = 0; z < cap; z++) if (level[z] < above) above = level[z];
  for (let z = cap; z < 2 * cap; z++) if (level[z] > below) below = level[z];
  state.above = above;
  state.below = below;
}
