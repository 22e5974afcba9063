/**
 * LZ4 frames as Arrow's buffers hold them.
 *
 * Source: Y. Collet, LZ4 Frame Format Description 1.6.4 (lz4.org). One frame or several, skippable ones passed
 * over, blocks linked or not, stored blocks as they are; a frame that needs a dictionary is refused. Checksums are not verified.
 */
import { decodeLz4Block } from '../lz4-block.ts';

const magic = 0x184d2204;
const skippable = 0x184d2a50;
/** Largest decoded block by the code in the frame's header: 64 KB to 4 MB. */
const blockBytes: readonly number[] = [65_536, 262_144, 1_048_576, 4_194_304];

/** The decoded bytes of all frames, in memory of their own. Errors: Error for bytes that are no such frames, or end early. */
export function decodeLz4Frames(data: Uint8Array): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let output: Uint8Array = new Uint8Array(Math.max(64, 4 * data.length)),
    length = 0,
    at = 0;
  while (at < data.length) {
    const kind = uint32(view, at);
    at += 4;
    if ((kind & 0xfffffff0) >>> 0 === skippable) {
      at += 4 + uint32(view, at);
      continue;
    }
    if (kind !== magic) throw new Error(`lz4: there is no frame at byte ${at - 4}`);
    const flags = uint8(view, at),
      most = blockBytes[((uint8(view, at + 1) >> 4) & 7) - 4];
    if (flags >> 6 !== 1 || most === undefined) throw new Error(`lz4: the header at byte ${at} is of no known version`);
    if (flags & 1) throw new Error('lz4: the frame needs a dictionary');
    const hasBlockChecksums = (flags & 16) !== 0,
      hasChecksum = (flags & 4) !== 0,
      frameStart = length;
    at += 3 + (flags & 8 ? 8 : 0);
    for (;;) {
      const size = uint32(view, at),
        end = at + 4 + (size & 0x7fffffff);
      at += 4;
      if (size === 0) break;
      if (end > data.length) throw new Error(`lz4: the block at byte ${at} ends early`);
      if (size >>> 31) {
        output = withRoom(output, length, end - at);
        output.set(data.subarray(at, end), length);
        length += end - at;
      } else {
        output = withRoom(output, length, most);
        length = decodeLz4Block(data, at, end, output, length, length + most, frameStart);
      }
      at = end + (hasBlockChecksums ? 4 : 0);
    }
    if (hasChecksum) at += 4;
  }
  return output.length === length ? output : output.slice(0, length);
}

function withRoom(output: Uint8Array, length: number, more: number): Uint8Array {
  if (length + more <= output.length) return output;
  const grown = new Uint8Array(Math.max(2 * output.length, length + more));
  grown.set(output.subarray(0, length));
  return grown;
}

function uint8(view: DataView, at: number): number {
  if (at >= view.byteLength) throw new Error('lz4: the frame ends early');
  return view.getUint8(at);
}

function uint32(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) throw new Error('lz4: the frame ends early');
  return view.getUint32(at, true);
}
