/**
 * One LZ4 block: what Arrow's frames and Parquet's pages hold.
 *
 * Source: Y. Collet, LZ4 Block Format Description (lz4.org).
 */

/**
 * Decodes the block `source[from, to)` to `target` from `at` on, to at most `limit`; matches reach back to `start`. Returns where it ended. Errors: Error with the byte for a damaged one.
 */
export function decodeLz4Block(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number, limit: number, start: number): number {
  let i = from,
    o = at;
  while (i < to) {
    const token = source[i++];
    let count = token >> 4;
    if (count === 15) {
      let byte = 255;
      while (byte === 255 && i < to) count += byte = source[i++];
    }
    if (i + count > to || o + count > limit) throw new Error(`lz4: literals at byte ${i} go beyond their block`);
    // A call costs more than copying a few bytes does.
    if (count <= 16) for (let k = 0; k < count; k++) target[o + k] = source[i + k];
    else target.set(source.subarray(i, i + count), o);
    i += count;
    o += count;
    if (i === to) return o;
    const distance = source[i] | (source[i + 1] << 8);
    i += 2;
    count = (token & 15) + 4;
    if (count === 19) {
      let byte = 255;
      while (byte === 255 && i < to) count += byte = source[i++];
    }
    const back = o - distance;
    if (i > to || distance === 0 || back < start || o + count > limit) throw new Error(`lz4: a match before byte ${i} lies outside of what is there`);
    if (distance >= count) target.copyWithin(o, back, back + count);
    else for (let k = 0; k < count; k++) target[o + k] = target[back + k];
    o += count;
  }
  throw new Error('lz4: the block ends without a literal');
}
