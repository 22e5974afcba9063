/** DELTA_BINARY_PACKED integers (apache/parquet-format, `Encodings.md`): blocks of a least difference and bit-packed rests, summed up. */
import type { Bytes } from './bytes.ts';
import { CompactReader } from './compact.ts';

const word = 4_294_967_296;

/**
 * Decodes `count` integers from `input[from, to)` into the 32-bit halves `out` of 64-bit integers (`isWide`) or into 32-bit integers, from `at` on;
 * returns the first byte behind them. Sums wrap around as the writer's did. Errors: Error where the blocks are damaged.
 */
export function decodeDelta(input: Bytes, from: number, to: number, count: number, isWide: boolean, out: Int32Array, at: number): number {
  const reader = new CompactReader(input.view, from, to);
  const blockValues = reader.unsigned(),
    miniblocks = reader.unsigned(),
    total = reader.unsigned();
  if (!(miniblocks > 0 && miniblocks <= 512 && blockValues <= 1_048_576 && blockValues % (32 * miniblocks) === 0 && blockValues > 0))
    throw new Error(`its delta blocks have ${blockValues} values in ${miniblocks} parts`);
  if (total < count) throw new Error(`its delta blocks hold ${total} of ${count} values`);
  const perMiniblock = blockValues / miniblocks,
    stride = isWide ? 2 : 1;
  let [low, high] = zigzag(reader);
  if (count === 0) return reader.at;
  let o = at * stride;
  out[o++] = low;
  if (isWide) out[o++] = high;
  let left = total - 1,
    wanted = count - 1;
  while (left > 0) {
    const [leastLow, leastHigh] = zigzag(reader),
      widths = reader.at;
    // As a double where sums of it stay exact, else through bigints.
    const least = leastHigh * word + (leastLow >>> 0),
      isSmall = Math.abs(least) <= 2_251_799_813_685_248;
    reader.at += miniblocks;
    for (let k = 0; k < miniblocks && left > 0; k++) {
      if (widths + k >= to) throw new Error('its delta blocks are cut short');
      const width = input.u8[widths + k],
        bytes = (perMiniblock / 8) * width,
        values = Math.min(perMiniblock, left);
      if (width > 64) throw new Error(`its delta block is ${width} bits wide`);
      // The last part may lack its padding.
      if (reader.at + Math.ceil((values * width) / 8) > to) throw new Error('its delta blocks are cut short');
      const taken = Math.min(values, wanted);
      for (let i = 0, bit = 0; i < taken; i++, bit += width) {
        const p = reader.at + Math.floor(bit / 8),
          shift = bit & 7;
        let restLow = 0,
          restHigh = 0;
        if (width > 0) {
          restLow = input.view.getInt32(p, true) >>> shift;
          if (width + shift > 32) {
            const next = input.view.getInt32(p + 4, true);
            if (shift > 0) restLow |= next << (32 - shift);
            if (width > 32) {
              restHigh = next >>> shift;
              if (shift > 0 && width + shift > 64) restHigh |= input.u8[p + 8] << (32 - shift);
              if (width < 64) restHigh &= (1 << (width - 32)) - 1;
            } else if (width < 32) restLow &= (1 << width) - 1;
          } else if (width < 32) restLow &= (1 << width) - 1;
        }
        if (isSmall && restHigh >= 0 && restHigh < 524_288) {
          const sum = (low >>> 0) + least + restHigh * word + (restLow >>> 0),
            carry = Math.floor(sum / word);
          low = (sum - carry * word) | 0;
          high = (high + carry) | 0;
        } else {
          const sum = BigInt.asIntN(64, wide(low, high) + wide(leastLow, leastHigh) + wide(restLow, restHigh));
          low = Number(BigInt.asIntN(32, sum));
          high = Number(sum >> 32n);
        }
        out[o++] = low;
        if (isWide) out[o++] = high;
      }
      reader.at = Math.min(to, reader.at + bytes);
      left -= values;
      wanted -= taken;
    }
  }
  return reader.at;
}

function wide(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

/** A zigzag integer of 64 bits as its halves. */
function zigzag(reader: CompactReader): [low: number, high: number] {
  let low = 0,
    high = 0,
    shift = 0;
  for (;;) {
    const byte = reader.byte(),
      bits = byte & 127;
    if (shift < 28) low |= bits << shift;
    else if (shift === 28) {
      low |= bits << 28;
      high |= bits >> 4;
    } else if (shift < 64) high |= bits << (shift - 32);
    else throw new Error('its delta blocks hold a number of more than ten bytes');
    if (byte < 128) break;
    shift += 7;
  }
  const isNegative = (low & 1) === 1,
    halfLow = (low >>> 1) | (high << 31),
    halfHigh = high >>> 1;
  return isNegative ? [~halfLow, ~halfHigh] : [halfLow, halfHigh];
}
