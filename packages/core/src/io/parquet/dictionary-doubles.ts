/** Doubles by their places in a dictionary, straight from the bit-packed indices: no pass in between writes the indices down. */
import type { Bytes } from './bytes.ts';
import { packedEnd, readRun, runValue } from './hybrid.ts';

/** Widths of indices that lie in one unaligned word. */
export const widestIndex = 24;

/**
 * Decodes `count` indices of `width` bits, at most `widestIndex`, from `input[from, to)` and writes the dictionary's values to `out` from `at` on.
 * Errors: Error where the runs are damaged or an index is not below `limit`, the dictionary's length.
 */
export function decodeDictionaryDoubles(
  input: Bytes,
  from: number,
  to: number,
  width: number,
  count: number,
  dictionary: Float64Array,
  limit: number,
  out: Float64Array,
  at: number,
): void {
  let next = from,
    done = 0;
  while (done < count) {
    const run = readRun(input.u8, next, to),
      wanted = Math.min(run.count, count - done),
      first = at + done;
    if (!run.isPacked) {
      const value = dictionary[runValue(input.u8, run.next, to, width, limit)];
      for (let i = first; i < first + wanted; i++) out[i] = value;
      next = run.next + ((width + 7) >> 3);
    } else {
      next = packedEnd(run, width, wanted, to);
      if (unpack(input.view, run.next, width, wanted, dictionary, limit, out, first) < 0)
        throw new Error(`an index of it is beyond the ${limit} values of the dictionary`);
    }
    done += wanted;
  }
}

/** Negative where an index was not below `limit`. Eight values take `width` bytes, so offsets and shifts repeat. */
function unpack(
  view: DataView,
  from: number,
  width: number,
  count: number,
  dictionary: Float64Array,
  limit: number,
  out: Float64Array,
  at: number,
): number {
  const mask = (1 << width) - 1,
    last = limit - 1,
    whole = at + (count & ~7);
  const b1 = width >> 3,
    b2 = (2 * width) >> 3,
    b3 = (3 * width) >> 3,
    b4 = (4 * width) >> 3,
    b5 = (5 * width) >> 3,
    b6 = (6 * width) >> 3,
    b7 = (7 * width) >> 3;
  const s1 = width & 7,
    s2 = (2 * width) & 7,
    s3 = (3 * width) & 7,
    s4 = (4 * width) & 7,
    s5 = (5 * width) & 7,
    s6 = (6 * width) & 7,
    s7 = (7 * width) & 7;
  let bad = 0,
    p = from,
    i = at;
  for (; i < whole; i += 8, p += width) {
    const k0 = view.getInt32(p, true) & mask,
      k1 = (view.getInt32(p + b1, true) >>> s1) & mask,
      k2 = (view.getInt32(p + b2, true) >>> s2) & mask,
      k3 = (view.getInt32(p + b3, true) >>> s3) & mask,
      k4 = (view.getInt32(p + b4, true) >>> s4) & mask,
      k5 = (view.getInt32(p + b5, true) >>> s5) & mask,
      k6 = (view.getInt32(p + b6, true) >>> s6) & mask,
      k7 = (view.getInt32(p + b7, true) >>> s7) & mask;
    bad |= (last - k0) | (last - k1) | (last - k2) | (last - k3) | (last - k4) | (last - k5) | (last - k6) | (last - k7);
    out[i] = dictionary[k0];
    out[i + 1] = dictionary[k1];
    out[i + 2] = dictionary[k2];
    out[i + 3] = dictionary[k3];
    out[i + 4] = dictionary[k4];
    out[i + 5] = dictionary[k5];
    out[i + 6] = dictionary[k6];
    out[i + 7] = dictionary[k7];
  }
  for (let bit = 0; i < at + count; i++, bit += width) {
    const k = (view.getInt32(p + (bit >> 3), true) >>> (bit & 7)) & mask;
    bad |= last - k;
    out[i] = dictionary[k];
  }
  return bad;
}
