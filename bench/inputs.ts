/**
 * Inputs of the benchmarks, the same bytes for both sides: written once to the folder `ZANZIBAR_BENCH_DATA`, read by our processes and by the peers'.
 *
 * Uniforms come from the multiplicative generator x <- 48271 x mod (2^31 - 1) (S. Park and K. Miller's "minimal standard", CACM 36 (1993) 105), u = x / (2^31 - 1);
 * a normal is the sum of twelve uniforms less six. Any language repeats both bit for bit.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const modulus = 2147483647;

export class Uniforms {
  private x: number;

  constructor(seed: number) {
    this.x = seed;
  }

  next(): number {
    const product = 48271 * this.x;
    this.x = product - Math.floor(product / modulus) * modulus;
    return this.x / modulus;
  }

  normal(): number {
    let sum = 0;
    for (let k = 0; k < 12; k++) sum += this.next();
    return sum - 6;
  }
}

export function inputPath(name: string): string {
  const folder = process.env.ZANZIBAR_BENCH_DATA;
  if (folder === undefined) throw new Error('bench: ZANZIBAR_BENCH_DATA is not set; run `npm run bench`');
  return join(folder, name);
}

/** Writes columns as little-endian doubles, one file each, unless they are there. */
export function writeInputs(make: () => { readonly [name: string]: Float64Array | Uint8Array }, ...names: readonly string[]): void {
  if (names.every(name => existsSync(inputPath(name)))) return;
  const columns = make();
  for (const name of names) writeFileSync(inputPath(name), columns[name]);
}

export function readDoubles(name: string, length?: number): Float64Array {
  const file = openSync(inputPath(name), 'r'), values = new Float64Array(length ?? fstatSync(file).size / 8), bytes = new Uint8Array(values.buffer);
  // Into its place: a second copy would count as our memory.
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, bytes.length - at, at);
  closeSync(file);
  return values;
}

const perUnit = 100_000;
const onGrid = (price: number): number => Math.round(price * perUnit) / perUnit;

/** Minute bars: a random walk of the log close, 0.001 a bar; open is the close before; prices on a grid of 0.00001. */
export const barFiles = ['open.f64', 'high.f64', 'low.f64', 'close.f64'] as const;

export function makeBars(count: number): { readonly [name: string]: Float64Array } {
  const random = new Uniforms(1), column = (): Float64Array => new Float64Array(count);
  const open = column(), high = column(), low = column(), close = column();
  let log = 0, before = 100;
  for (let i = 0; i < count; i++) {
    log += 0.001 * random.normal();
    const now = onGrid(100 * Math.exp(log));
    open[i] = before;
    close[i] = before = now;
    high[i] = onGrid(Math.max(open[i], now) * 1.0002);
    low[i] = onGrid(Math.min(open[i], now) * 0.9998);
  }
  return { 'open.f64': open, 'high.f64': high, 'low.f64': low, 'close.f64': close };
}

/** Quotes on a grid of 0.00001: the bid moves by one tick up or down on every second row or so, the ask is one or two ticks above. */
export const tickFiles = ['bid.f64', 'ask.f64'] as const;

export function makeQuotes(count: number): { readonly [name: string]: Float64Array } {
  const random = new Uniforms(2), bid = new Float64Array(count), ask = new Float64Array(count);
  let ticks = 150_000;
  for (let i = 0; i < count; i++) {
    const u = random.next();
    ticks += u < 0.25 ? -1 : u >= 0.75 ? 1 : 0;
    bid[i] = ticks / perUnit;
    ask[i] = (ticks + (u < 0.5 ? 1 : 2)) / perUnit;
  }
  return { 'bid.f64': bid, 'ask.f64': ask };
}

/** Times `step` nanoseconds apart from 2024-01-01. */
export function timesEvery(step: bigint, count: number, from: bigint = 1_704_067_200_000_000_000n): BigInt64Array {
  const times = new BigInt64Array(count);
  for (let i = 0, time = from; i < count; i++, time += step) times[i] = time;
  return times;
}
