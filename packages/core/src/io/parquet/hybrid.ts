/** Runs of equal and of bit-packed integers (the format's RLE hybrid): definition levels, dictionary indices and booleans. */
import type { Bytes } from './bytes.ts';

/** Length of the next run and whether it is bit-packed, at `next`. */
export interface Run {
  next: number;
  count: number;
  isPacked: boolean;
}

const run: Run = { next: 0, count: 0, isPacked: false };

/** Reads the head of the run at `from`; what it returns holds until the next call. */
export function readRun(source: Uint8Array, from: number, to: number): Run {
  let at = from,
    head = 0,
    scale = 1,
    byte = 128;
  while (byte >= 128) {
    if (at >= to || scale > 268_435_456) throw new Error('its runs are cut short');
    byte = source[at++];
    head += (byte & 127) * scale;
    scale *= 128;
  }
  run.next = at;
  run.isPacked = head % 2 === 1;
  run.count = run.isPacked ? ((head - 1) / 2) * 8 : head / 2;
  if (run.count === 0) throw new Error('one of its runs is empty');
  return run;
}

/**
 * Decodes `count` integers of `width` bits from `input[from, to)` into `out`. Errors: Error where the runs are damaged or an integer is not below
 * `limit`.
 */
export function decodeRuns(input: Bytes, from: number, to: number, width: number, count: number, limit: number, out: Int32Array): void {
  if (width > 32) throw new Error(`its integers are ${width} bits wide`);
  const source = input.u8;
  let at = from,
    done = 0;
  while (done < count) {
    const head = readRun(source, at, to),
      { next, isPacked } = head,
      wanted = Math.min(head.count, count - done);
    if (!isPacked) {
      const value = runValue(source, next, to, width, limit),
        end = done + wanted;
      if (wanted < 32) for (let i = done; i < end; i++) out[i] = value;
      else out.fill(value, done, end);
      at = next + ((width + 7) >> 3);
      done = end;
      continue;
    }
    at = packedEnd(head, width, wanted, to);
    if (width === 0) out.fill(0, done, done + wanted);
    else if (width <= 24) unpackNarrow(input, next, width, wanted, out, done);
    else unpackWide(input, next, width, wanted, out, done);
    checkBelow(out, done, done + wanted, limit);
    done += wanted;
  }
}

/** The value that a run of equal integers repeats. Errors: Error where it is cut short or not below `limit`. */
export function runValue(source: Uint8Array, from: number, to: number, width: number, limit: number): number {
  const bytes = (width + 7) >> 3;
  if (from + bytes > to) throw new Error('its runs are cut short');
  let value = 0;
  for (let k = 0, scale = 1; k < bytes; k++, scale *= 256) value += source[from + k] * scale;
  if (value >= limit) throw new Error(`its index ${value} is beyond the ${limit} values of the dictionary`);
  return value;
}

/** The place behind a bit-packed run of which `wanted` integers are needed: writers may leave out the padding of the last one. */
export function packedEnd(run: Run, width: number, wanted: number, to: number): number {
  if (run.next + Math.ceil((wanted * width) / 8) > to) throw new Error('its runs are cut short');
  return run.next + (run.count / 8) * width;
}

/** Up to 24 bits lie in one unaligned word. Eight values take `width` bytes, so offsets and shifts repeat. */
function unpackNarrow(input: Bytes, from: number, width: number, count: number, out: Int32Array, at: number): void {
  const { view } = input,
    mask = (1 << width) - 1;
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
  const whole = at + (count & ~7);
  let p = from,
    i = at;
  for (; i < whole; i += 8, p += width) {
    out[i] = view.getInt32(p, true) & mask;
    out[i + 1] = (view.getInt32(p + b1, true) >>> s1) & mask;
    out[i + 2] = (view.getInt32(p + b2, true) >>> s2) & mask;
    out[i + 3] = (view.getInt32(p + b3, true) >>> s3) & mask;
    out[i + 4] = (view.getInt32(p + b4, true) >>> s4) & mask;
    out[i + 5] = (view.getInt32(p + b5, true) >>> s5) & mask;
    out[i + 6] = (view.getInt32(p + b6, true) >>> s6) & mask;
    out[i + 7] = (view.getInt32(p + b7, true) >>> s7) & mask;
  }
  for (let bit = 0; i < at + count; i++, bit += width) out[i] = (view.getInt32(p + (bit >> 3), true) >>> (bit & 7)) & mask;
}

function unpackWide(input: Bytes, from: number, width: number, count: number, out: Int32Array, at: number): void {
  const { view } = input,
    mask = width === 32 ? -1 : (1 << width) - 1;
  for (let i = 0, bit = 0; i < count; i++, bit += width) {
    const p = from + Math.floor(bit / 8),
      shift = bit % 8,
      low = view.getInt32(p, true) >>> shift;
    out[at + i] = (shift === 0 ? low : low | (view.getUint8(p + 4) << (32 - shift))) & mask;
  }
}

function checkBelow(values: Int32Array, from: number, to: number, limit: number): void {
  const last = limit - 1;
  let bad = 0;
  for (let i = from; i < to; i++) bad |= values[i] | (last - values[i]);
  if (bad < 0) throw new Error(`an index of it is beyond the ${limit} values of the dictionary`);
}

/**
 * Reads definition levels of 0 and 1 from `input[from, to)`: returns how many are 1, and writes them to `isPresent` only where some are 0.
 */
export function decodeLevels(input: Bytes, from: number, to: number, count: number, isPresent: Uint8Array): number {
  const source = input.u8;
  let at = from,
    done = 0,
    present = 0;
  while (done < count) {
    const { next, count: length, isPacked } = readRun(source, at, to),
      end = Math.min(count, done + length);
    at = next;
    if (!isPacked) {
      if (at >= to) throw new Error('its levels are cut short');
      const level = source[at++];
      if (level > 1) throw new Error(`it has a definition level of ${level}`);
      if (level === 1) present += end - done;
      isPresent.fill(level, done, end);
      done = end;
      continue;
    }
    if (at + ((end - done + 7) >> 3) > to) throw new Error('its levels are cut short');
    for (let i = done, bit = 0; i < end; i++, bit++) present += isPresent[i] = (source[at + (bit >> 3)] >> (bit & 7)) & 1;
    at += length / 8;
    done = end;
  }
  return present;
}
