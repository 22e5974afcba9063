/** Byte arrays of any length or of a fixed one: where each stands in memory, whatever its encoding. */
import { joinStreams } from './byte-stream-split.ts';
import { Bytes, Integers } from './bytes.ts';
import { decodeDelta } from './delta.ts';
import type { Encoding } from './page-header.ts';

/** The most bytes that shared beginnings may become. */
const mostBytes = 268_435_456;

/** Byte arrays: the i-th is `bytes.u8[starts[i], starts[i] + lengths[i])`. */
export class ByteArrays {
  bytes: Bytes = new Bytes();
  private readonly joined: Bytes = new Bytes();
  private readonly places: Integers = new Integers();
  private readonly sizes: Integers = new Integers();
  private readonly shared: Integers = new Integers();
  starts: Int32Array = this.places.values;
  lengths: Int32Array = this.sizes.values;

  /** Finds `count` arrays in `input[from, to)`; `fixed` is the length of all, 0 where they vary. Errors: Error where they do not fit. */
  read(encoding: Encoding, input: Bytes, from: number, to: number, count: number, fixed: number): void {
    const starts = (this.starts = this.places.reserve(count)),
      lengths = (this.lengths = this.sizes.reserve(count));
    this.bytes = input;
    if (encoding === 'byteStreamSplit' && fixed > 0) {
      if (to - from < count * fixed) throw new Error(`its ${count} values do not fit into ${to - from} bytes`);
      this.joined.reserve(count * fixed);
      joinStreams(input.u8, from, count, fixed, this.joined.u8, 0);
      this.bytes = this.joined;
      for (let i = 0; i < count; i++) starts[i] = i * fixed;
      lengths.fill(fixed, 0, count);
    } else if (encoding === 'plain' && fixed > 0) {
      if (to - from < count * fixed) throw new Error(`its ${count} values do not fit into ${to - from} bytes`);
      for (let i = 0; i < count; i++) starts[i] = from + i * fixed;
      lengths.fill(fixed, 0, count);
    } else if (encoding === 'plain') {
      for (let i = 0, at = from; i < count; i++) {
        const length = at + 4 <= to ? input.view.getUint32(at, true) : 0;
        if (at + 4 + length > to) throw new Error('one of its byte arrays is cut short');
        starts[i] = at + 4;
        lengths[i] = length;
        at += 4 + length;
      }
    } else if (encoding === 'deltaLengthByteArray') {
      this.place(decodeDelta(input, from, to, count, false, lengths, 0), to, count);
    } else if (encoding === 'deltaByteArray') {
      const prefixes = this.shared.reserve(count),
        behind = decodeDelta(input, from, to, count, false, prefixes, 0);
      this.place(decodeDelta(input, behind, to, count, false, lengths, 0), to, count);
      this.join(prefixes, count);
    } else throw new Error(`byte arrays have no encoding ${encoding}`);
    if (fixed > 0)
      for (let i = 0; i < count; i++) if (lengths[i] !== fixed) throw new Error(`one of its values has ${lengths[i]} bytes instead of ${fixed}`);
  }

  private place(from: number, to: number, count: number): void {
    const { starts, lengths } = this;
    for (let i = 0, at = from; i < count; i++) {
      if (lengths[i] < 0 || lengths[i] > to - at) throw new Error('one of its byte arrays is cut short');
      starts[i] = at;
      at += lengths[i];
    }
  }

  /** Puts each value behind the beginning that it shares with the one before. */
  private join(prefixes: Int32Array, count: number): void {
    const { starts, lengths, joined, bytes } = this;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const before = i === 0 ? 0 : prefixes[i - 1] + lengths[i - 1];
      if (prefixes[i] < 0 || prefixes[i] > before) throw new Error('one of its byte arrays shares more than there is');
      total += prefixes[i] + lengths[i];
      if (total > mostBytes) throw new Error(`its byte arrays take more than ${mostBytes} bytes`);
    }
    joined.reserve(total);
    for (let i = 0, at = 0, last = 0; i < count; i++) {
      joined.u8.copyWithin(at, last, last + prefixes[i]);
      joined.u8.set(bytes.u8.subarray(starts[i], starts[i] + lengths[i]), at + prefixes[i]);
      starts[i] = last = at;
      lengths[i] += prefixes[i];
      at += lengths[i];
    }
    this.bytes = joined;
  }
}
