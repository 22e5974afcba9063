/** Random tables for the laws: bars, trades and quotes with all that breaks engines: ties, flat stretches, jumps, NaN runs, equal times, cuts. */
import type { SourceColumns } from '../engine/pipeline.ts';
import type { RandomStream } from '../random.ts';
import { newColumn, type ColumnArray, type Schema } from '../table.ts';

/** What the data holds besides an ordinary walk. */
export interface Texture {
  /** Runs of NaN in prices and sizes. */
  readonly isHoled: boolean;
  /** Stretches in which nothing moves, and rows without volume. */
  readonly isFlat: boolean;
  /** Segments. */
  readonly isCut: boolean;
  /** Prices are multiples of 1 / ticksPerUnit: 64 keeps sums exact, 100 has the roundings of real prices. */
  readonly ticksPerUnit: number;
}

export const roughTexture: Texture = { isHoled: true, isFlat: true, isCut: true, ticksPerUnit: 100 };

const minute = 60_000_000_000n;
const start = 1_700_000_040_000_000_000n;

/** A table with at least the columns of `schema`: quotes where it names a bid or ask, trades where a price or size, else bars. */
export function randomMarket(schema: Schema, random: RandomStream, rows: number, texture: Texture): SourceColumns {
  const columns: Record<string, ColumnArray> = 'bid' in schema || 'ask' in schema ? quotes(random, rows, texture)
    : 'price' in schema || 'size' in schema ? trades(random, rows, texture) : bars(random, rows, texture);
  if (texture.isHoled) punch(columns, random, rows);
  if (texture.isCut) columns.segment = segments(columns, random, rows);
  for (const name in schema) columns[name] ??= other(schema, name, random, rows, texture);
  return columns;
}

/** Moves of a walk in ticks: calm and wild spells, trends, and now and then none at all. */
function moves(random: RandomStream, rows: number, texture: Texture): Int32Array {
  const steps = new Int32Array(rows);
  for (let i = 0; i < rows; ) {
    const until = Math.min(rows, i + random.integer(5, 40)), isStill = texture.isFlat && random.uniform() < 0.12;
    const size = isStill ? 0 : random.integer(1, 30), drift = isStill ? 0 : random.integer(-size, size) / 3;
    for (; i < until; i++) steps[i] = Math.round(drift + size * random.normal());
  }
  return steps;
}

function bars(random: RandomStream, rows: number, { isFlat, ticksPerUnit }: Texture): Record<string, ColumnArray> {
  const open = new Float64Array(rows), high = new Float64Array(rows), low = new Float64Array(rows), close = new Float64Array(rows);
  const volume = new Float64Array(rows), buyVolume = new Float64Array(rows), sellVolume = new Float64Array(rows), tickCount = new Float64Array(rows);
  const openTime = new BigInt64Array(rows), closeTime = new BigInt64Array(rows);
  let ticks = random.integer(6000, 12_000), time = start;
  const steps = moves(random, rows, { isHoled: false, isFlat, isCut: false, ticksPerUnit });
  for (let i = 0; i < rows; i++) {
    const first = ticks + (random.uniform() < 0.1 ? random.integer(-20, 20) : 0), last = first + steps[i], reach = Math.abs(steps[i]);
    open[i] = first / ticksPerUnit;
    close[i] = last / ticksPerUnit;
    high[i] = (Math.max(first, last) + (reach > 0 ? random.integer(0, reach) : 0)) / ticksPerUnit;
    low[i] = (Math.min(first, last) - (reach > 0 ? random.integer(0, reach) : 0)) / ticksPerUnit;
    buyVolume[i] = isFlat && random.uniform() < 0.15 ? 0 : random.integer(1, 40) / 4;
    sellVolume[i] = isFlat && random.uniform() < 0.15 ? 0 : random.integer(1, 40) / 4;
    volume[i] = buyVolume[i] + sellVolume[i];
    tickCount[i] = random.integer(1, 60);
    if (random.uniform() < 0.05) time += minute * BigInt(random.integer(1, 600));
    openTime[i] = time;
    closeTime[i] = time += minute;
    ticks = Math.min(16_000, Math.max(3000, last));
  }
  return { openTime, closeTime, open, high, low, close, volume, buyVolume, sellVolume, tickCount };
}

/** Times of ticks: a fifth of them equal to the one before. */
function tickTimes(random: RandomStream, rows: number): BigInt64Array {
  const times = new BigInt64Array(rows);
  let time = start;
  for (let i = 0; i < rows; i++) {
    if (random.uniform() > 0.2) time += BigInt(random.integer(1, random.uniform() < 0.05 ? 400 : 20)) * 1_000_000_000n;
    times[i] = time;
  }
  return times;
}

function trades(random: RandomStream, rows: number, texture: Texture): Record<string, ColumnArray> {
  const price = new Float64Array(rows), size = new Float64Array(rows), side = new Int8Array(rows), steps = moves(random, rows, texture);
  let ticks = random.integer(6000, 12_000);
  for (let i = 0; i < rows; i++) {
    ticks = Math.min(16_000, Math.max(3000, ticks + Math.trunc(steps[i] / 4)));
    price[i] = ticks / texture.ticksPerUnit;
    size[i] = texture.isFlat && random.uniform() < 0.05 ? 0 : random.integer(1, 80) / 8;
    side[i] = random.integer(-1, 1);
  }
  return { time: tickTimes(random, rows), price, size, side };
}

function quotes(random: RandomStream, rows: number, texture: Texture): Record<string, ColumnArray> {
  const bid = new Float64Array(rows), ask = new Float64Array(rows), bidSize = new Float64Array(rows), askSize = new Float64Array(rows);
  const steps = moves(random, rows, texture);
  let ticks = random.integer(6000, 12_000);
  for (let i = 0; i < rows; i++) {
    ticks = Math.min(16_000, Math.max(3000, ticks + Math.trunc(steps[i] / 4)));
    // Locked and crossed quotes occur in real data.
    const spread = random.uniform() < 0.05 ? -random.integer(0, 3) : random.integer(1, 6);
    bid[i] = ticks / texture.ticksPerUnit;
    ask[i] = (ticks + spread) / texture.ticksPerUnit;
    bidSize[i] = random.integer(1, 50);
    askSize[i] = random.integer(1, 50);
  }
  return { time: tickTimes(random, rows), bid, ask, bidSize, askSize };
}

/** Holes of a few rows in all columns of doubles, some in one of them only. */
function punch(columns: Record<string, ColumnArray>, random: RandomStream, rows: number): void {
  const names = Object.keys(columns).filter(name => columns[name] instanceof Float64Array), holes = random.integer(0, Math.ceil(rows / 150));
  for (let hole = 0; hole < holes; hole++) {
    const from = random.integer(0, rows - 1), to = Math.min(rows, from + random.integer(1, 4)), one = random.uniform() < 0.3 ? random.integer(0, names.length - 1) : -1;
    names.forEach((name, k) => {
      if (one < 0 || k === one) columns[name].fill(NaN as never, from, to);
    });
  }
}

/** Cuts, at times of their own: rows of one time belong to one segment. */
function segments(columns: Record<string, ColumnArray>, random: RandomStream, rows: number): Int32Array {
  const segment = new Int32Array(rows), times = columns.closeTime ?? columns.time, first = random.uniform() < 0.5 ? 0 : random.integer(1, 5);
  for (let i = 0; i < rows; i++) {
    const isCut = i > 0 && random.uniform() < 1 / 70 && times[i] !== times[i - 1];
    segment[i] = i === 0 ? first : segment[i - 1] + (isCut ? random.integer(1, 3) : 0);
  }
  return segment;
}

/** A column that no market table has: sparse flags, counts, or a walk. */
function other(schema: Schema, name: string, random: RandomStream, rows: number, texture: Texture): ColumnArray {
  const type = schema[name], column = newColumn(type, rows), steps = moves(random, rows, texture);
  let level = 0;
  for (let i = 0; i < rows; i++) {
    level += steps[i];
    if (type === 'i64' || type === 'u64') (column as BigInt64Array)[i] = BigInt(i);
    else if (type === 'i8') column[i] = random.uniform() < 1 / 40 ? (random.uniform() < 0.5 ? 1 : -1) : 0;
    else if (type === 'f64' || type === 'f32') column[i] = level / texture.ticksPerUnit;
    else column[i] = random.integer(0, 60);
  }
  return column;
}
