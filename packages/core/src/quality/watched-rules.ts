/** Rules that are looked for only when they are asked for: jumps, volumes, bounds, duplicates. */
import { positiveInteger, positiveNumber } from '../errors.ts';
import { extremeOf, forgetAll, forgetBefore, newPriceWindow, remember, shiftTimes } from './price-window.ts';
import type { RawTicks } from './raw-ticks.ts';
import { findRow, newRowHashes, type RowHashes } from './row-hashes.ts';
import { exponential } from '../numerics/exponential.ts';
import { logarithm } from '../numerics/logarithm.ts';

/** A price that moves too far too fast. */
export interface JumpRule {
  /** Largest part of an earlier price that it may move. @defaultValue 0.1, 10 % */
  readonly share?: number;
  /** Nanoseconds over which earlier prices count. @defaultValue 1000000000, 1 s */
  readonly within?: number;
}

/** A size that is too large for its recent past. */
export interface VolumeRule {
  /** Standard deviations of the logarithm above its mean. @defaultValue 3 */
  readonly deviations?: number;
  /** Rows after which a size counts half. @defaultValue 1000 */
  readonly halfLife?: number;
  /** Sizes that are seen first. @defaultValue 100 */
  readonly from?: number;
}

/** Prices that the instrument cannot have. */
export interface BoundsRule {
  /** @defaultValue none */
  readonly least?: number;
  /** @defaultValue none */
  readonly most?: number;
}

/** A row that comes again, not only as the very next one. */
export interface DuplicateRule {
  /** Rows back that are compared. @defaultValue 1000 */
  readonly window?: number;
}

/** The rules to look for beside those that are always on; `{}` asks for one with its defaults. */
export interface WatchedRules {
  readonly jump?: JumpRule;
  readonly volume?: VolumeRule;
  readonly bounds?: BoundsRule;
  readonly duplicate?: DuplicateRule;
}

export const watchedRuleNames = ['jump', 'volume', 'bounds', 'duplicate'] as const;

const known: { readonly [rule in keyof WatchedRules]-?: readonly string[] } = {
  jump: ['share', 'within'],
  volume: ['deviations', 'halfLife', 'from'],
  bounds: ['least', 'most'],
  duplicate: ['window'],
};

export function checkWatchedRules(rules: WatchedRules): void {
  for (const name in rules) {
    const members = known[name as keyof WatchedRules] as readonly string[] | undefined;
    if (members === undefined) throw new RangeError(`cleanTicks: rules knows ${watchedRuleNames.join(', ')}, was "${name}"`);
    for (const member in rules[name as keyof WatchedRules])
      if (!members.includes(member)) throw new RangeError(`cleanTicks: rules.${name} knows ${members.join(', ')}, was "${member}"`);
  }
  const { jump, volume, bounds, duplicate } = rules;
  positiveNumber('cleanTicks: rules.jump.share', jump?.share ?? 1);
  positiveNumber('cleanTicks: rules.jump.within', jump?.within ?? 1);
  positiveNumber('cleanTicks: rules.volume.deviations', volume?.deviations ?? 1);
  positiveNumber('cleanTicks: rules.volume.halfLife', volume?.halfLife ?? 1);
  positiveInteger('cleanTicks: rules.volume.from', volume?.from ?? 1);
  positiveInteger('cleanTicks: rules.duplicate.window', duplicate?.window ?? 1);
  if (bounds !== undefined && !((bounds.least ?? -Infinity) < (bounds.most ?? Infinity)))
    throw new RangeError(`cleanTicks: rules.bounds.least must be below most, were ${bounds.least} and ${bounds.most}`);
}

/** What the rules remember. A type, not an interface, so that it is a record of state values. */
export type WatchState = RowHashes & {
  /** Nanoseconds since some row, for the two windows of prices. */
  clock: number;
  highest: Float64Array;
  lowest: Float64Array;
  /** Sizes seen, the sum of their weights, weighted mean and sum of squares of their logarithms. */
  sizes: number;
  weight: number;
  mean: number;
  squares: number;
};

export function newWatchState({ duplicate }: WatchedRules): WatchState {
  return {
    clock: 0,
    highest: newPriceWindow(),
    lowest: newPriceWindow(),
    sizes: 0,
    weight: 0,
    mean: 0,
    squares: 0,
    ...newRowHashes(duplicate === undefined ? 0 : (duplicate.window ?? 1000)),
  };
}

/** Bits of the answer of `watchRow`; the value of each finding lies at the same place of `watchedValues`. */
export const jumpBit = 1,
  volumeBit = 2,
  boundsBit = 4,
  duplicateBit = 8;
/** Values of the findings of the row watched last, and the largest size that would have been none; written and read within one call. */
export const watchedValues: Float64Array = new Float64Array(watchedRuleNames.length);
export const watchedSize: Float64Array = new Float64Array(1);

/** Looks at position i, `step` nanoseconds after the row before: which rules it breaks. */
export function watchRow(state: WatchState, ticks: RawTicks, i: number, step: number, rules: WatchedRules): number {
  let broken = 0;
  if (rules.jump !== undefined && isJump(state, ticks, i, step, rules.jump)) broken |= jumpBit;
  if (rules.volume !== undefined && isLarge(state, ticks, i, rules.volume)) broken |= volumeBit;
  if (rules.bounds !== undefined && isOutside(ticks, i, rules.bounds)) broken |= boundsBit;
  if (rules.duplicate !== undefined) {
    const row = ticks.base + i,
      first = findRow(state, row, ticks, i);
    if (first === first) {
      watchedValues[3] = row - first;
      broken |= duplicateBit;
    }
  }
  return broken;
}

/** The last double below which every count of nanoseconds is exact, by far. */
const farthest = 1e15;

function isJump(state: WatchState, { bid, ask, price }: RawTicks, i: number, step: number, { share = 0.1, within = 1e9 }: JumpRule): boolean {
  const { highest, lowest } = state,
    p = price === undefined ? (bid === undefined || ask === undefined ? NaN : (bid[i] + ask[i]) / 2) : price[i];
  if (step > within) {
    forgetAll(highest);
    forgetAll(lowest);
    state.clock = 0;
  } else if (step > 0) state.clock += step;
  if (state.clock > farthest) {
    shiftTimes(highest, state.clock);
    shiftTimes(lowest, state.clock);
    state.clock = 0;
  }
  if (!Number.isFinite(p)) return false;
  forgetBefore(highest, state.clock - within);
  forgetBefore(lowest, state.clock - within);
  const high = extremeOf(highest),
    low = extremeOf(lowest),
    fall = (p - high) / Math.abs(high),
    rise = (p - low) / Math.abs(low);
  if (rise > share || fall < -share) {
    watchedValues[0] = rise > -fall ? rise : fall;
    return true;
  }
  state.highest = remember(highest, state.clock, p, 1);
  state.lowest = remember(lowest, state.clock, p, -1);
  return false;
}

function isLarge(state: WatchState, { bidSize, askSize, size }: RawTicks, i: number, rule: VolumeRule): boolean {
  const { deviations = 3, halfLife = 1000, from = 100 } = rule,
    volume = size === undefined ? (bidSize?.[i] ?? 0) + (askSize?.[i] ?? 0) : size[i];
  if (!(volume > 0 && volume < Infinity)) return false;
  const x = logarithm(volume),
    deviation = Math.sqrt(state.squares / state.weight),
    z = (x - state.mean) / deviation,
    isFound = state.sizes >= from && deviation > 0 && z > deviations;
  if (isFound) {
    watchedValues[1] = z;
    watchedSize[0] = exponential(state.mean + deviations * deviation);
  }
  const keep = exponential(-Math.LN2 / halfLife),
    before = x - state.mean;
  state.sizes++;
  state.weight = state.weight * keep + 1;
  state.mean += before / state.weight;
  state.squares = state.squares * keep + before * (x - state.mean);
  return isFound;
}

function isOutside({ bid, ask, price }: RawTicks, i: number, bounds: BoundsRule): boolean {
  for (const column of [bid, ask, price])
    if (column !== undefined && isBeyond(column[i], bounds)) {
      watchedValues[2] = column[i];
      return true;
    }
  return false;
}

/** Is a price outside of the bounds? NaN is nowhere. */
export function isBeyond(price: number, { least = -Infinity, most = Infinity }: BoundsRule): boolean {
  return price < least || price > most;
}
