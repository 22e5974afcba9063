/**
 * Snappy blocks (format: google/snappy, `format_description.txt`, 2011): length, then literals and copies from what was written before.
 *
 * Short pieces are copied as whole words beyond their end, which the next piece overwrites; that is why both buffers have slack.
 */
import type { Bytes } from './bytes.ts';

/** No input gets longer than this by being decoded: a copy of 64 bytes takes three. */
export const snappyRatio = 22;

/** Decodes `input[from, to)` into the first `length` bytes of `output`, which has room for them. Errors: Error where the block is damaged. */
export function decodeSnappy(input: Bytes, from: number, to: number, output: Bytes, length: number): void {
  const source = input.u8,
    read = input.view,
    target = output.u8,
    write = output.view;
  let i = from,
    declared = 0,
    scale = 1,
    byte = 128;
  while (byte >= 128) {
    if (i >= to || scale > 268_435_456) throw new Error('its snappy block has no length');
    byte = source[i++];
    declared += (byte & 127) * scale;
    scale *= 128;
  }
  if (declared !== length) throw new Error(`its snappy block has ${declared} bytes, its header says ${length}`);
  let o = 0;
  while (i < to) {
    const tag = source[i++];
    if ((tag & 3) === 0) {
      let count = (tag >> 2) + 1;
      if (count <= 16 && i + count <= to && o + count <= length) {
        write.setInt32(o, read.getInt32(i, true), true);
        if (count > 4) {
          write.setInt32(o + 4, read.getInt32(i + 4, true), true);
          if (count > 8) {
            write.setInt32(o + 8, read.getInt32(i + 8, true), true);
            write.setInt32(o + 12, read.getInt32(i + 12, true), true);
          }
        }
        i += count;
        o += count;
        continue;
      }
      if (count > 60) {
        const extra = count - 60;
        count = (extra === 4 ? read.getUint32(i, true) : read.getInt32(i, true) & (0xff_ff_ff >> (24 - 8 * extra))) + 1;
        i += extra;
      }
      if (i + count > to || o + count > length) throw new Error('a literal of its snappy block reaches beyond the end');
      target.set(source.subarray(i, i + count), o);
      i += count;
      o += count;
      continue;
    }
    let count = (tag >> 2) + 1,
      offset: number;
    if ((tag & 3) === 1) {
      count = ((tag >> 2) & 7) + 4;
      offset = ((tag & 0xe0) << 3) | source[i++];
    } else if ((tag & 3) === 2) {
      offset = source[i] | (source[i + 1] << 8);
      i += 2;
    } else {
      offset = read.getUint32(i, true);
      i += 4;
    }
    if (offset === 0 || offset > o || o + count > length) throw new Error('a copy of its snappy block reaches beyond what is there');
    const end = o + count;
    let back = o - offset;
    if (offset >= 4) {
      // One word at a time: a wider load would wait for two stores before it.
      do {
        write.setInt32(o, write.getInt32(back, true), true);
        o += 4;
        back += 4;
      } while (o < end);
    } else while (o < end) target[o++] = target[back++];
    o = end;
  }
  if (o !== length || i !== to) throw new Error(`its snappy block ends after ${o} of ${length} bytes`);
}
