/** Random bars with an `atr` column of their price unit, for engines that take one by wiring. */
import type { RandomStream, Schema, SourceColumns } from '@zanzibar/core';
import { randomMarket, type Texture } from '@zanzibar/core/testing';

/** `data` of `engineLaws` for the columns of `schema` and `atr`; inputUnits: `{ atr: 'range' }`. */
export function withAtr(schema: Schema): (random: RandomStream, rows: number, texture: Texture) => SourceColumns {
  return (random, rows, texture) => {
    const bars = randomMarket(schema, random, rows, texture), atr = new Float64Array(rows);
    for (let i = 0; i < rows; i++) atr[i] = texture.isHoled && random.uniform() < 0.05 ? NaN : random.integer(1, 96) / 64;
    return { ...bars, atr };
  };
}
