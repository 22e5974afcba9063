/**
 * Bars that follow a Wyckoff schematic, and where its events lie: the answer sheet for a detector.
 *
 * Definition  straight ways between the turning points of `drawCourse`, each with a Brownian bridge; a turning point's bar has its extreme there. The range is 3 to 6
 *             percent of the price wide. Volume is lognormal around a level that the turning points set. Then `noise` moves every close, and
 *             `volumeNoise` lets that share of the bars change volumes. Labels say where events lie in the course without noise
 * Units       prices as they come, on no grid; rows count from 0     Source  `schematic-course.ts`
 * Errors      RangeError for options out of range
 * Example     `generateSchematic({ schematic: 'accumulation', seed: 1, noise: 0.5 }).labels.event` begins preliminarySupport, climax, automaticRally
 */
import { randomStream, type RandomStream } from '../random.ts';
import { parseInterval, parseTime } from '../time.ts';
import type { GeneratedBars } from './generate-bars.ts';
import { drawCourse, type TurningPoint } from './schematic-course.ts';
import { schematicOptions, type SchematicOptions } from './schematic-options.ts';
import { exponential } from '../numerics/exponential.ts';

/** One row an event, in order of rows. */
export interface SchematicLabels {
  readonly event: readonly string[];
  /** +1 for an event of strength (climax of sellers, spring, sign of strength), -1 for its twin in the market turned over. */
  readonly direction: Int8Array;
  readonly row: Float64Array;
  readonly time: BigInt64Array;
  readonly price: Float64Array;
}

export interface GeneratedSchematic {
  readonly bars: GeneratedBars;
  readonly labels: SchematicLabels;
}

export function generateSchematic(options: SchematicOptions): GeneratedSchematic {
  const { schematic, seed, noise, volumeNoise, missing, decoys, startPrice, interval, from } = schematicOptions(options);
  const random = randomStream(seed, `schematic ${schematic}`), isContinuation = schematic.startsWith('re'), side = schematic === 'accumulation' || schematic === 'redistribution' ? 1 : -1;
  const { points, leadIn } = drawCourse(random.fork('course'), isContinuation, missing, decoys), count = points.reduce((sum, { bars }) => sum + bars, 0);
  const width = startPrice * (0.03 + 0.03 * random.fork('width').uniform()), ends = endRows(points), heights = pathOf(points, ends, random.fork('path'));
  const exitRow = ends[points.findIndex(({ event }) => event === 'markup')], step = meanMove(heights, ends[leadIn], exitRow);
  const shake = random.fork('noise'), wick = random.fork('wicks'), column = (): Float64Array => new Float64Array(count);
  const open = column(), high = column(), low = column(), close = column(), openTime = new BigInt64Array(count), closeTime = new BigInt64Array(count), every = BigInt(parseInterval(interval));
  let time = parseTime(from), before = heights[0];
  const turns = turnsOf(points, ends, count);
  for (let i = 0; i < count; i++) {
    const last = heights[i] + noise * step * shake.normal(), bottom = Math.min(before, last) - 0.3 * step * Math.abs(wick.normal()), top = Math.max(before, last) + 0.3 * step * Math.abs(wick.normal());
    // A turning point is an extreme that price did not stay at.
    const reach = 0.6 * step * (1 + wick.uniform()), lower = turns[i] < 0 ? Math.min(bottom, last - reach) : bottom, upper = turns[i] > 0 ? Math.max(top, last + reach) : top;
    open[i] = startPrice + side * width * before;
    close[i] = startPrice + side * width * last;
    high[i] = startPrice + width * (side > 0 ? upper : -lower);
    low[i] = startPrice + width * (side > 0 ? lower : -upper);
    openTime[i] = time;
    closeTime[i] = time += every;
    before = last;
  }
  const volume = volumesOf(points, ends, count, random.fork('volume'));
  shuffle(volume, volumeNoise, random.fork('shuffle'));
  const bars = { openTime, closeTime, open, high, low, close, volume };
  return { bars, labels: labelsOf(points, ends, heights, bars, side, isContinuation) };
}

function endRows(points: readonly TurningPoint[]): number[] {
  let row = -1;
  return points.map(({ bars }) => (row += bars));
}

/** Straight ways (a panic's is a parabola), each bent by a random bridge that is 0 at both ends; counted from the last, so that what comes before changes none. */
function pathOf(points: readonly TurningPoint[], ends: readonly number[], random: RandomStream): Float64Array {
  const heights = new Float64Array(ends[ends.length - 1] + 1);
  heights[0] = points[0].height;
  for (let k = 1; k < points.length; k++) {
    const { bars, height, isPanic } = points[k], from = ends[k - 1], start = points[k - 1].height, walk = new Float64Array(bars + 1), bridge = random.fork(`${points.length - k}`);
    for (let j = 1; j <= bars; j++) walk[j] = walk[j - 1] + bridge.normal();
    const roughness = 0.3 * Math.max(0.02, Math.abs(height - start) / bars);
    const way = (share: number): number => (isPanic ? share * share : share);
    for (let j = 1; j <= bars; j++) heights[from + j] = start + (height - start) * way(j / bars) + roughness * (walk[j] - (walk[bars] * j) / bars);
  }
  return heights;
}

function meanMove(heights: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from + 1; i <= to; i++) sum += Math.abs(heights[i] - heights[i - 1]);
  return sum / (to - from);
}

/** -1 where price turns up, +1 where it turns down. */
function turnsOf(points: readonly TurningPoint[], ends: readonly number[], count: number): Int8Array {
  const turns = new Int8Array(count);
  for (let k = 1; k < points.length - 1; k++) {
    const before = points[k].height - points[k - 1].height, after = points[k + 1].height - points[k].height;
    if (before < 0 && after > 0) turns[ends[k]] = -1;
    if (before > 0 && after < 0) turns[ends[k]] = 1;
  }
  return turns;
}

/** A level that swells towards a turning point of much volume and fades after it. */
function volumesOf(points: readonly TurningPoint[], ends: readonly number[], count: number, random: RandomStream): Float64Array {
  const volume = new Float64Array(count).fill(1);
  for (let k = 1; k < points.length; k++) {
    for (let i = ends[k - 1] + 1; i <= ends[k]; i++) {
      const share = (i - ends[k - 1]) / (ends[k] - ends[k - 1]), isRally = points[k].beyond !== undefined;
      // The way through an edge has its volume where it goes through, other turning points where they turn.
      const weight = isRally ? 1 - Math.abs(2 * share - 1) : share * share * share, rest = (1 - share) * (1 - share) * (1 - share);
      const before = points[k - 1].beyond === undefined ? points[k - 1].volume : 1;
      volume[i] = 1 + weight * (points[k].volume - 1) + rest * (before - 1) * (1 - weight);
    }
  }
  return volume.map(level => Math.max(1, Math.round(1000 * level * exponential(0.25 * random.normal()))));
}

/** Lets a share of the values change places with one another. */
function shuffle(values: Float64Array, share: number, random: RandomStream): void {
  const rows = Array.from(values, (_, i) => i);
  for (let k = rows.length - 1; k > 0; k--) {
    const other = random.integer(0, k);
    [rows[k], rows[other]] = [rows[other], rows[k]];
  }
  const chosen = rows.slice(0, Math.round(share * values.length)), taken = chosen.map(row => values[row]);
  // The order of the chosen rows is random, so moving each value on by one mixes them.
  chosen.forEach((row, k) => {
    values[row] = taken[(k + 1) % taken.length];
  });
}

function labelsOf(points: readonly TurningPoint[], ends: readonly number[], heights: Float64Array, bars: GeneratedBars, side: number, isContinuation: boolean): SchematicLabels {
  const placed = points.map((point, k) => ({ ...point, end: ends[k], start: ends[k - 1] })).filter(({ event }) => event !== undefined);
  const labelled = placed.flatMap(point => (point.also === undefined ? [point] : [{ ...point, event: point.also, isExit: false }, point]));
  const row = Float64Array.from(labelled, ({ beyond, start, end, height }) => {
    if (beyond === undefined) return end;
    let i = start + 1;
    while (i < end && (height > beyond ? heights[i] <= beyond : heights[i] >= beyond)) i++;
    return i;
  });
  const direction = Int8Array.from(labelled, ({ isExit }) => (isExit && isContinuation ? -side : side));
  return {
    event: labelled.map(({ event }) => event!), direction, row, time: BigInt64Array.from(row, value => bars.closeTime[value]),
    price: Float64Array.from(labelled, ({ beyond, event }, k) => {
      const isLow = event === 'automaticRally' || event === 'upthrustAction' ? direction[k] < 0 : direction[k] > 0;
      return beyond === undefined ? (isLow ? bars.low : bars.high)[row[k]] : bars.close[row[k]];
    }),
  };
}
