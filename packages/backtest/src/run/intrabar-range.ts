/** One run of bars under every intrabar policy, and how far the outcomes lie apart. */
import { orderKinds } from '@zanzibar/core';
import { metricNames, type MetricName } from '../metrics/metrics.ts';
import { numbersOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { intrabarPolicies } from '../simulator/intrabar.ts';
import type { IntrabarPolicy } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { RunSettings } from './prepare.ts';
import { run } from './run.ts';

/** The smallest and the largest value of a figure, and the policies (the first of equal ones) that gave them. */
export interface FigureRange {
  readonly lowest: number;
  readonly lowestPolicy: IntrabarPolicy;
  readonly highest: number;
  readonly highestPolicy: IntrabarPolicy;
}

export type PolicyResults = { readonly [P in IntrabarPolicy]?: Result };

export interface IntrabarRange {
  readonly results: PolicyResults;
  /** Figures that every policy has; one that some policy cannot give is left out. */
  readonly figures: { readonly [N in MetricName]?: FigureRange };
  /** Does the total return of every order of prices inside the bars lie in the range, not only that of the named policies? */
  readonly isBound: boolean;
  /** Why it is a bound, or why not. */
  readonly reason: string;
}

/**
 * Runs a strategy on bars once for every policy: what the order of prices inside a bar may have changed.
 *
 * Ambiguous bars of each policy are in `results[policy].summary.manifest.counters.ambiguousBars` (`resolvedBars` of them decided by ticks). The spread is a *range
 * over policies*: another order of prices may lie outside it, because a fill changes what a strategy decides later. It is a bound where that cannot be: see
 * `rangeOfPolicies`. Errors: RangeError where no market is bars.
 * @example intrabarRange(strategy, { data }).figures.totalReturn?.lowest
 */
export function intrabarRange(strategy: AnyStrategy, settings: RunSettings, policies: readonly IntrabarPolicy[] = intrabarPolicies): IntrabarRange {
  checkBars(strategy.name, settings.data);
  return rangeOfPolicies(strategy, Object.fromEntries(policies.map(intrabar => [intrabar, run(strategy, { ...settings, options: { ...settings.options, intrabar } })])));
}

/** Throws unless some market is bars: elsewhere ticks decide. */
export function checkBars(strategy: string, data: readonly Pick<RunSettings['data'][number], 'kind'>[]): void {
  if (!data.some(({ kind }) => kind === 'bars')) throw new RangeError(`${strategy}: a range over intrabar policies is about bars, the data are ${[...new Set(data.map(({ kind }) => kind))].join(' and ')}: ticks leave nothing open`);
}

/**
 * The range of results that differ in their policy only.
 *
 * It is a bound of the total return where the strategy is open loop (a plan), `pessimistic` and `optimistic` are among the policies, all policies sent the same orders, and these
 * are entries at the market, exits, stops and targets: then every ambiguous bar closes the same position at one of two prices and changes nothing else.
 */
export function rangeOfPolicies(strategy: AnyStrategy, results: PolicyResults): IntrabarRange {
  const policies = Object.keys(results) as IntrabarPolicy[], figures: { [N in MetricName]?: FigureRange } = {};
  if (policies.length === 0) throw new RangeError('intrabar range: no policy is given');
  for (const name of metricNames) {
    const values = policies.map(policy => results[policy]!.summary.metrics.figures[name].value);
    if (values.some(Number.isNaN)) continue;
    const lowest = Math.min(...values), highest = Math.max(...values);
    figures[name] = { lowest, lowestPolicy: policies[values.indexOf(lowest)], highest, highestPolicy: policies[values.indexOf(highest)] };
  }
  const open = whyOpen(strategy, policies.map(policy => results[policy]!), policies);
  return { results, figures, isBound: open === undefined, reason: open ?? 'a plan of market entries sent the same orders under every policy' };
}

/** What keeps the range from being a bound. */
function whyOpen({ plan }: AnyStrategy, results: readonly Result[], policies: readonly IntrabarPolicy[]): string | undefined {
  if (plan === undefined) return 'the strategy is closed loop: a fill may change what it decides later';
  if (!policies.includes('pessimistic') || !policies.includes('optimistic')) return 'pessimistic or optimistic was left out';
  if (results.some(({ digests }) => digests.stage('orders') !== results[0].digests.stage('orders'))) return 'fills changed later orders';
  const { orders } = results[0], kind = numbersOf(orders, 'kind'), parent = numbersOf(orders, 'parentId'), side = numbersOf(orders, 'side'), price = numbersOf(orders, 'price'), stops = numbersOf(orders, 'stopPrice');
  let stop = NaN;
  for (let i = 0; i < orders.length; i++) {
    const word = orderKinds[kind[i]];
    if (Number.isNaN(parent[i]) ? word !== 'market' : word !== 'market' && word !== 'limit' && word !== 'stop') return `orders of kind ${word} may fill inside a bar, where nobody knows what follows`;
    // Legs follow their entry: the stop, then the target.
    if (word === 'market') stop = NaN;
    else if (word === 'stop') stop = stops[i];
    else if ((price[i] - stop) * side[i] > 0) return `the stop of order ${parent[i]} is worth more than its target`;
  }
  return undefined;
}
