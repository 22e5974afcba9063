/** Options of the quality step. */
import { nonNegativeInteger, positiveInteger, positiveNumber } from '../errors.ts';
import { makeGrid } from '../grid.ts';
import { actionCodes, type QualityPolicy } from './rules.ts';
import { checkWatchedRules, watchedRuleNames, type WatchedRules } from './watched-rules.ts';

/** Where an uninterrupted stretch of data ends. Nothing cuts unless it is named here. */
export interface CutPolicy {
  /** At the first row after a gap of more nanoseconds than this. */
  readonly gap?: number;
  /** At the first row at or after each of these rising times: the session closes of a calendar, UTC nanoseconds. */
  readonly times?: BigInt64Array;
  /** At the first row with numbers after at least so many rows without. */
  readonly nanRun?: number;
}

export interface CleanTicksOptions {
  /** What is done with a row that breaks a rule, by rule. @defaultValue every rule: 'keep' */
  readonly policy: QualityPolicy;
  /** Where a new segment begins: after a gap in time, at stated times, after a run of NaN. @defaultValue no cuts */
  readonly cut: CutPolicy;
  /** Nanoseconds between rows above which there is a gap. @defaultValue 5000000000, 5 s */
  readonly maxGap: number;
  /** Are prices of zero and below legal for this instrument? @defaultValue false */
  readonly isNegativeAllowed: boolean;
  /** The instrument's tick; NaN is no grid and finds nothing off it. @defaultValue NaN */
  readonly tick: Parameters<typeof makeGrid>[0];
  /** Rules that are looked for only when named here: jump, volume, bounds, duplicate. @defaultValue none */
  readonly rules: WatchedRules;
}

export const cleanTicksDefaults: CleanTicksOptions = { policy: {}, cut: {}, maxGap: 5_000_000_000, isNegativeAllowed: false, tick: NaN, rules: {} };

export function checkCleanTicks({ policy, cut, maxGap, tick, rules }: CleanTicksOptions): void {
  actionCodes(policy);
  if (policy.timeOrder !== undefined)
    throw new RangeError('cleanTicks: rows that run backwards never reach this step; sort them or leave them out where checkOrder names them');
  for (const name of ['unit', 'enclosed'] as const)
    if (policy[name] !== undefined) throw new RangeError(`cleanTicks: ${name} is a rule of bars, which cleanBars looks at`);
  checkWatchedRules(rules);
  for (const name of watchedRuleNames)
    if (policy[name] !== undefined && rules[name] === undefined) throw new RangeError(`cleanTicks: there is a policy for ${name}, which rules does not ask for`);
  positiveNumber('cleanTicks: maxGap', maxGap);
  for (const name in cut)
    if (!['gap', 'times', 'nanRun'].includes(name)) throw new RangeError(`cleanTicks: nothing cuts at "${name}", known are gap, times, nanRun`);
  if (cut.gap !== undefined) nonNegativeInteger('cleanTicks: cut.gap', cut.gap);
  if (cut.nanRun !== undefined) positiveInteger('cleanTicks: cut.nanRun', cut.nanRun);
  if (cut.times !== undefined) {
    if (!(cut.times instanceof BigInt64Array)) throw new TypeError('cleanTicks: cut.times must be a BigInt64Array of UTC nanoseconds');
    for (let k = 1; k < cut.times.length; k++)
      if (cut.times[k] <= cut.times[k - 1])
        throw new RangeError(`cleanTicks: cut.times must rise, ${cut.times[k]} at ${k} follows ${cut.times[k - 1]}`);
  }
  makeGrid(tick, 'cleanTicks: tick');
}
