/** What the micro-price learns from a sample of quotes. */
import { positiveInteger } from '@zanzibar/core';
import { checkTick, needTick } from '../profile/session-profile.ts';

export interface MicropriceModel {
  /** Time of the last quote of the sample: it may be applied to later ones only. */
  readonly fittedThrough: bigint;
  /** Buckets of imbalance, an even number; spreads in ticks, from 1. */
  readonly buckets: number;
  readonly spreads: number;
  /** Ticks from the mid to the micro-price: for each spread those of the buckets on the bid's side, the most even first; the ask's side has their negatives. */
  readonly correction: Float64Array;
}

export interface FitMicropriceOptions {
  /** The instrument's tick. */
  tick: number;
  /** Buckets of imbalance, an even number. @defaultValue 10 */
  buckets?: number;
  /** Spreads that are told apart, 1 to so many ticks; quotes with others are left out. @defaultValue 2 */
  spreads?: number;
  /** Moves of the mid that are looked ahead. @defaultValue 6 */
  terms?: number;
}

interface QuoteColumns {
  readonly time: BigInt64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
}

/** The bucket of an imbalance, counted from the ask's side; NaN where nothing is shown. An even book is on the bid's side. */
export function imbalanceBucket(bidSize: number, askSize: number, buckets: number): number {
  const imbalance = (bidSize - askSize) / (bidSize + askSize), half = buckets / 2, k = Math.min(half - 1, Math.floor(Math.abs(imbalance) * half));
  return imbalance < 0 ? half - 1 - k : half + k;
}

/**
 * Fits the micro-price: the mid plus the change of it that is expected from the state of the book.
 *
 * Definition  a state is a spread of 1 to `spreads` ticks with a bucket of (bidSize - askSize) / (bidSize + askSize). Counted are steps from one quote to the next with both in a state and a
 *             mid that moves by a tick at most, each with its mirror image. With Q the shares of steps without a move, T of those with one, r the mean move of a step:
 *             G1 = (I - Q)^-1 r, B = (I - Q)^-1 T, correction = sum of B^i G1 for i = 0 .. terms - 1. A state from which no move can be reached has 0, one that was not met NaN
 * Units       correction in ticks     NaN  a quote with NaN is in no state
 * Errors      RangeError for options and an empty sample
 * Source      S. Stoikov, The micro-price: a high-frequency estimator of future prices, Quantitative Finance 18 (2018); there the buckets are quantiles, and a step without a move keeps its
 *             spread
 * Example     quotes 1 to 2 with sizes 3 and 1, then 2 to 3 with 1 and 3, buckets 2, spreads 1: the mid moved a tick to the larger queue, terms 1 gives correction 1; that queue is gone
 *             then, which terms 2 takes back: 0
 */
export function fitMicroprice({ time, bid, ask, bidSize, askSize }: QuoteColumns, { tick, buckets = 10, spreads = 2, terms = 6 }: FitMicropriceOptions): MicropriceModel {
  needTick('fitMicroprice', tick);
  checkTick('fitMicroprice', tick);
  positiveInteger('fitMicroprice: buckets', buckets);
  if (buckets % 2 !== 0) throw new RangeError(`fitMicroprice: buckets must be even, was ${buckets}`);
  positiveInteger('fitMicroprice: spreads', spreads);
  positiveInteger('fitMicroprice: terms', terms);
  if (time.length === 0) throw new RangeError('fitMicroprice: the sample has no quote');
  const size = buckets * spreads, still = new Float64Array(size * size), moved = new Float64Array(size * size), move = new Float64Array(size), met = new Float64Array(size);
  /** -1 is no state. */
  const stateOf = (i: number): number => {
    const spread = Math.round((ask[i] - bid[i]) / tick), bucket = imbalanceBucket(bidSize[i], askSize[i], buckets);
    return spread >= 1 && spread <= spreads && bucket === bucket ? (spread - 1) * buckets + bucket : -1;
  };
  const mirrorOf = (state: number): number => state - (state % buckets) + buckets - 1 - (state % buckets);
  for (let i = 1, from = stateOf(0); i < time.length; i++) {
    const to = stateOf(i), halfTicks = Math.round((bid[i] + ask[i] - bid[i - 1] - ask[i - 1]) / tick);
    if (from >= 0 && to >= 0 && Math.abs(halfTicks) <= 2) {
      const counts = halfTicks === 0 ? still : moved;
      counts[from * size + to]++;
      counts[mirrorOf(from) * size + mirrorOf(to)]++;
      move[from] += halfTicks / 2;
      move[mirrorOf(from)] -= halfTicks / 2;
      met[from]++;
      met[mirrorOf(from)]++;
    }
    from = to;
  }
  for (let x = 0; x < size; x++) {
    if (met[x] === 0) continue;
    move[x] /= met[x];
    for (let y = 0; y < size; y++) {
      still[x * size + y] /= met[x];
      moved[x * size + y] /= met[x];
    }
  }
  const reaches = reachesMove(still, moved, size), first = expectedBeforeMove(still, reaches, move);
  let correction = first;
  for (let term = 1; term < terms; term++) {
    const after = new Float64Array(size);
    for (let x = 0; x < size; x++) for (let y = 0; y < size; y++) after[x] += moved[x * size + y] * correction[y];
    const later = expectedBeforeMove(still, reaches, after);
    correction = first.map((value, x) => value + later[x]);
  }
  const half = buckets / 2, upper = new Float64Array(half * spreads);
  for (let spread = 0; spread < spreads; spread++) for (let k = 0; k < half; k++) upper[spread * half + k] = met[spread * buckets + half + k] === 0 ? NaN : correction[spread * buckets + half + k];
  return { fittedThrough: time[time.length - 1], buckets, spreads, correction: upper };
}

/** From which states can the mid come to move? */
function reachesMove(still: Float64Array, moved: Float64Array, size: number): Uint8Array {
  const reaches = new Uint8Array(size);
  for (let hasGrown = true; hasGrown; ) {
    hasGrown = false;
    for (let x = 0; x < size; x++) {
      if (reaches[x] === 1) continue;
      let isReached = false;
      for (let y = 0; y < size; y++) isReached ||= moved[x * size + y] > 0 || (still[x * size + y] > 0 && reaches[y] === 1);
      if (isReached) reaches[x] = 1;
      hasGrown ||= isReached;
    }
  }
  return reaches;
}

/** Solves (I - Q) v = gain by elimination; states that reach no move have 0. The diagonal dominates, so no rows change places. */
function expectedBeforeMove(still: Float64Array, reaches: Uint8Array, gain: Float64Array): Float64Array {
  const size = gain.length, matrix = new Float64Array(size * size), value = new Float64Array(size);
  for (let x = 0; x < size; x++) {
    value[x] = reaches[x] === 1 ? gain[x] : 0;
    for (let y = 0; y < size; y++) matrix[x * size + y] = (x === y ? 1 : 0) - (reaches[x] === 1 && reaches[y] === 1 ? still[x * size + y] : 0);
  }
  for (let pivot = 0; pivot < size; pivot++) {
    for (let x = pivot + 1; x < size; x++) {
      const factor = matrix[x * size + pivot] / matrix[pivot * size + pivot];
      if (factor === 0) continue;
      for (let y = pivot; y < size; y++) matrix[x * size + y] -= factor * matrix[pivot * size + y];
      value[x] -= factor * value[pivot];
    }
  }
  for (let x = size - 1; x >= 0; x--) {
    for (let y = x + 1; y < size; y++) value[x] -= matrix[x * size + y] * value[y];
    value[x] /= matrix[x * size + x];
  }
  return value;
}
