/**
 * How many things were tried: what the deflated Sharpe ratio and the probability of backtest overfitting have to know.
 *
 * Equal keys count once, and so do equal order hashes on equal data, under whatever name. One key with another order hash on the same data and seed counts
 * again, with a warning: something undeclared changed. With a scope, only trials that share an instrument and time with it count.
 */
import type { Warning } from '../result/result.ts';
import { parseTime } from '@zanzibar/core';
import type { Trial, TrialScope } from './trial.ts';

export interface TrialCount {
  readonly count: number;
  /** The trials that count, the earliest of each. */
  readonly trials: readonly Trial[];
  readonly warnings: readonly Warning[];
  /** Time of the first trial in the ledger, empty without one: before it nothing was counted. */
  readonly since: string;
}

export function countTrials(all: readonly Trial[], scope?: TrialScope): TrialCount {
  const ordered = [...all].sort((a, b) => compareTimes(a.time, b.time) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const trials: Trial[] = [], warnings: Warning[] = [], outcomes = new Set<string>(), keys = new Set<string>(), runs = new Set<string>();
  for (const trial of ordered) {
    if (scope !== undefined && !overlaps(trial.scope, scope)) continue;
    const outcome = `${trial.dataHash} ${trial.orderHash}`, run = `${trial.key} ${trial.dataHash} ${trial.seed}`;
    const isKnownOutcome = outcomes.has(outcome), isKnownKey = keys.has(trial.key), isSameRun = runs.has(run);
    outcomes.add(outcome);
    keys.add(trial.key);
    runs.add(run);
    if (isKnownOutcome || (isKnownKey && !isSameRun)) continue;
    trials.push(trial);
    if (isSameRun) {
      warnings.push({
        code: 'undeclaredChange', count: 1,
        message: `${trial.name}: the same source, parameters, options, data and seed gave other orders at ${trial.time}; something undeclared changed, it counts as another trial`,
      });
    }
  }
  return { count: trials.length, trials, warnings, since: ordered[0]?.time ?? '' };
}

function compareTimes(a: string, b: string): number {
  const first = parseTime(a), second = parseTime(b);
  return first < second ? -1 : first > second ? 1 : 0;
}

function overlaps(a: TrialScope, b: TrialScope): boolean {
  const sharesTime = parseTime(a.from) < parseTime(b.to) && parseTime(b.from) < parseTime(a.to);
  return sharesTime && a.instruments.some(id => b.instruments.includes(id));
}
