/** Bars of a schematic on the grid of the laws, with holes and cuts: random markets hardly ever go through a whole Wyckoff structure. */
import { generateSchematic, schematics, type RandomStream } from '@zanzibar/core';
import type { Texture } from '@zanzibar/core/testing';

export function schematicMarket(random: RandomStream, rows: number, { isHoled, isCut, ticksPerUnit }: Texture): { readonly [column: string]: any } {
  const rounds = Math.max(1, Math.round(rows / 340)), parts = Array.from({ length: rounds }, () => {
    const seed = random.integer(1, 1_000_000), schematic = schematics[random.integer(0, 3)];
    return generateSchematic({ schematic, seed, noise: random.uniform(), volumeNoise: random.uniform() / 2, missing: random.uniform() / 2, decoys: random.integer(0, 1), startPrice: 1000 }).bars;
  });
  const columns: Record<string, any> = {}, count = parts.reduce((sum, { close }) => sum + close.length, 0);
  for (const name of ['high', 'low', 'close', 'volume'] as const) columns[name] = Float64Array.from(parts.flatMap(part => [...part[name]]), value => Math.round(value * ticksPerUnit) / ticksPerUnit);
  if (isHoled && random.uniform() < 0.5) for (const name of ['high', 'low', 'close', 'volume']) columns[name].fill(NaN, 200, 203);
  const cut = isCut && random.uniform() < 0.7 ? random.integer(160, 280) : count;
  if (isCut) columns.segment = Int32Array.from({ length: count }, (_, i) => (i < cut ? 0 : 1));
  return columns;
}
