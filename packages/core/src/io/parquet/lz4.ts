/** LZ4 blocks in Parquet's pages, raw and in the frames of Hadoop. */
import { decodeLz4Block } from '../../lz4-block.ts';
import type { Bytes } from './bytes.ts';

/** No input gets longer than this by being decoded: each byte of a length adds 255. */
export const lz4Ratio = 256;

/** Decodes the raw block `input[from, to)` into `output` from `at` on, to at most `limit`; returns where it ended. Errors: Error where it is damaged. */
export function decodeLz4(input: Bytes, from: number, to: number, output: Bytes, at: number, limit: number): number {
  return decodeLz4Block(input.u8, from, to, output.u8, at, limit, at);
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
