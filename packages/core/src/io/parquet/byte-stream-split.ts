/** BYTE_STREAM_SPLIT (apache/parquet-format, `Encodings.md`): all first bytes, then all second bytes, and so on. */

/** Puts `count` values of `width` bytes from `source[from...)` together in `target` from byte `at` on. */
export function joinStreams(source: Uint8Array, from: number, count: number, width: number, target: Uint8Array, at: number): void {
  if (width === 8) {
    joinEight(source, from, count, target, at);
    return;
  }
  for (let k = 0; k < width; k++) {
    for (let i = 0, p = from + k * count, o = at + k; i < count; i++, o += width) target[o] = source[p + i];
  }
}

function joinEight(source: Uint8Array, from: number, count: number, target: Uint8Array, at: number): void {
  for (let i = 0, p = from, o = at; i < count; i++, p++, o += 8) {
    target[o] = source[p];
    target[o + 1] = source[p + count];
    target[o + 2] = source[p + 2 * count];
    target[o + 3] = source[p + 3 * count];
    target[o + 4] = source[p + 4 * count];
    target[o + 5] = source[p + 5 * count];
    target[o + 6] = source[p + 6 * count];
    target[o + 7] = source[p + 7 * count];
  }
}
