/** Random bars as the laws draw them, with the long wicks and the bursts of volume that volume spread analysis is about. */
import type { RandomStream } from '@zanzibar/core';
import { randomMarket, type Texture } from '@zanzibar/core/testing';

type Bars = { readonly [column: string]: any; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly volume: Float64Array };

export function wickedMarket(random: RandomStream, rows: number, texture: Texture): Bars {
  const bars = randomMarket({ close: 'f64', volume: 'f64' }, random, rows, texture) as Bars, { high, low, close, volume } = bars;
  for (let i = 0; i < rows; i++) {
    const ticks = random.integer(0, 90) / texture.ticksPerUnit, draw = random.uniform();
    if (draw < 0.2) low[i] = Math.round((Math.min(low[i], close[i]) - ticks) * texture.ticksPerUnit) / texture.ticksPerUnit;
    else if (draw < 0.4) high[i] = Math.round((Math.max(high[i], close[i]) + ticks) * texture.ticksPerUnit) / texture.ticksPerUnit;
    if (random.uniform() < (draw < 0.4 ? 0.4 : 0.05)) volume[i] *= random.integer(2, 6);
  }
  return bars;
}
