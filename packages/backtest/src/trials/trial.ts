/**
 * A trial: one thing that was tried, in the compact form that multiple-testing statistics need.
 *
 * Definition  key        SHA-256 of name, source hash, parameters, options that change results and data scope, as JSON with sorted keys
 *             moments    mean, sample variance (n - 1), population skewness and excess kurtosis of the returns that are numbers
 *             spans      [from, to) in 64 equal parts of time, each with count, sum and sum of squares of the returns that end in it; a return that ends on a
 *                        boundary belongs to the part that ends there. CSCV adds them by four, correlations use the sums
 * Units       returns are fractions of the named return period; trials of different periods are never pooled
 */
import { createHash } from 'node:crypto';
import { compensatedSum, formatTime, mean, parseTime, populationKurtosis, populationSkewness, variance } from '@zanzibar/core';
import { periodReturns } from '../metrics/metrics.ts';
import type { MetricsInput } from '../metrics/metrics.ts';
import { daysSince, periodEnds } from '../metrics/return-period.ts';
import type { Json } from '../result/manifest.ts';
import { timesOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import type { ParameterValue } from '../strategy/strategy.ts';

export const trialSchema = 'zanzibar/trial';
export const trialVersion = '1.0';
export const spanCount = 64;

export interface TrialScope {
  /** Ids, ascending. */
  readonly instruments: readonly string[];
  readonly from: string;
  readonly to: string;
}

export interface TrialIdentity {
  /** Of the strategy or signal. */
  readonly name: string;
  readonly sourceHash: string;
  readonly parameters: { readonly [name: string]: ParameterValue };
  readonly options: { readonly [name: string]: Json };
  readonly scope: TrialScope;
}

export interface TrialMoments {
  readonly rowCount: number;
  readonly mean: number | null;
  readonly variance: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  readonly spans: { readonly count: readonly number[]; readonly sum: readonly number[]; readonly squares: readonly number[] };
}

export interface Trial extends TrialIdentity, TrialMoments {
  readonly schema: typeof trialSchema;
  readonly version: string;
  readonly key: string;
  /** When it was tried, ISO 8601. */
  readonly time: string;
  readonly dataHash: string;
  readonly orderHash: string;
  readonly seed: number;
  readonly returnPeriod: string;
  readonly periodsPerYear: number;
  /** Null: not available. */
  readonly metrics: { readonly [name: string]: number | null };
}

export function trialKey({ name, sourceHash, parameters, options, scope }: TrialIdentity): string {
  return createHash('sha256').update(sortedJson({ name, sourceHash, parameters, options, scope: { ...scope } } as unknown as Json)).digest('hex');
}

/** JSON whose text does not depend on the order in which keys were written. */
function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const object = value as { readonly [key: string]: Json };
  return `{${Object.keys(object).sort().map(key => `${JSON.stringify(key)}:${sortedJson(object[key])}`).join(',')}}`;
}

/** The moments and spans of returns that end at these times (days since the start of the run, `length` days long). */
export function trialMoments(returns: ArrayLike<number>, endDays: ArrayLike<number>, length: number): TrialMoments {
  const values: number[] = [], parts: number[][] = Array.from({ length: spanCount }, () => []);
  for (let i = 0; i < returns.length; i++) {
    if (Number.isNaN(returns[i])) continue;
    values.push(returns[i]);
    parts[Math.min(Math.max(Math.ceil((endDays[i] / length) * spanCount) - 1, 0), spanCount - 1)].push(returns[i]);
  }
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    rowCount: values.length, mean: known(mean(values)), variance: known(variance(values)), skewness: known(populationSkewness(values)), kurtosis: known(populationKurtosis(values)),
    spans: { count: parts.map(part => part.length), sum: parts.map(part => compensatedSum(part)), squares: parts.map(part => compensatedSum(part.map(r => r * r))) },
  };
}

/** The trial that a run was; `time` is the caller's clock. */
export function trialOf(result: Result, period: MetricsInput['period'], time: bigint): Trial {
  const { manifest, metrics } = result.summary, { equity } = result, from = parseTime(manifest.from), to = parseTime(manifest.to);
  const identity: TrialIdentity = {
    name: manifest.strategy, sourceHash: manifest.sourceHash, parameters: manifest.parameters, options: manifest.options,
    scope: { instruments: manifest.instruments.map(({ id }) => id).sort(), from: manifest.from, to: manifest.to },
  };
  const time0 = timesOf(equity, 'time'), days = daysSince(time0, from), ends = periodEnds(time0, period.endOf), endDays = Float64Array.from(ends, row => days[row]);
  const moments = trialMoments(periodReturns({ cash: manifest.cash, equity, period }), endDays, daysSince(BigInt64Array.of(to), from)[0]);
  return {
    schema: trialSchema, version: trialVersion, key: trialKey(identity), time: formatTime(time), ...identity, dataHash: manifest.dataHash,
    orderHash: result.digests.orderHash(), seed: manifest.seed, returnPeriod: period.name, periodsPerYear: period.perYear, ...moments,
    metrics: Object.fromEntries(Object.entries(metrics.figures).map(([name, { value }]) => [name, Number.isFinite(value) ? value : null])),
  };
}
