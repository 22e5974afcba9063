/** LZ4 blocks (format: lz4/lz4, `lz4_Block_format.md`), raw and in the frames of Hadoop. */
import type { Bytes } from './bytes.ts';

/** No input gets longer than this by being decoded: each byte of a length adds 255. */
export const lz4Ratio = 256;

/** Decodes the raw block `input[from, to)` into `output` from `at` on, to at most `limit`; returns where it ended. Errors: Error where it is damaged. */
export function decodeLz4(input: Bytes, from: number, to: number, output: Bytes, at: number, limit: number): number {
  const source = input.u8,
    target = output.u8;
  let i = from,
    o = at;
  while (i < to) {
    const token = source[i++];
    let count = token >> 4;
    if (count === 15) {
      let byte = 255;
      while (byte === 255 && i < to) count += byte = source[i++];
    }
    if (i + count > to || o + count > limit) throw new Error('a literal of its lz4 block reaches beyond the end');
    if (count <= 16) for (let k = 0; k < count; k++) target[o + k] = source[i + k];
    else target.set(source.subarray(i, i + count), o);
    i += count;
    o += count;
    if (i === to) return o;
    const offset = source[i] | (source[i + 1] << 8);
    i += 2;
    count = (token & 15) + 4;
    if (count === 19) {
      let byte = 255;
      while (byte === 255 && i < to) count += byte = source[i++];
    }
    if (i > to || offset === 0 || offset > o - at || o + count > limit) throw new Error('a copy of its lz4 block reaches beyond what is there');
    const back = o - offset;
    if (offset >= count) target.copyWithin(o, back, back + count);
    else for (let k = 0; k < count; k++) target[o + k] = target[back + k];
    o += count;
  }
  throw new Error('its lz4 block ends without a literal');
}

/** Decodes `input[from, to)`, in Hadoop's frames (lengths before each block, big-endian) or, as some writers left them out, raw. */
export function decodeHadoopLz4(input: Bytes, from: number, to: number, output: Bytes, length: number): void {
  let i = from,
    o = 0;
  while (i + 8 <= to) {
    const decoded = input.view.getUint32(i),
      stored = input.view.getUint32(i + 4);
    if (stored === 0 || i + 8 + stored > to || o + decoded > length) break;
    let end: number;
    try {
      end = decodeLz4(input, i + 8, i + 8 + stored, output, o, o + decoded);
    } catch {
      break;
    }
    if (end !== o + decoded) break;
    i += 8 + stored;
    o = end;
  }
  if (i === to && o === length) return;
  if (decodeLz4(input, from, to, output, 0, length) !== length) throw new Error(`its lz4 block has fewer than ${length} bytes`);
}
