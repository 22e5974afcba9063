/** `backtest --intrabar range`: the same run under the other policies, and how far they lie apart. */
import { valueText } from '../report/figure-text.ts';
import type { Result, Warning } from '../result/result.ts';
import { checkBars, rangeOfPolicies, type IntrabarRange } from '../run/intrabar-range.ts';
import { prepareRun } from '../run/prepare.ts';
import { replayGroups } from '../run/replay.ts';
import { resultOfSession } from '../run/result-of-session.ts';
import { intrabarPolicies } from '../simulator/intrabar.ts';
import type { Console } from './console.ts';
import type { StrategyRun } from './strategy-run.ts';

/** Rows between two looks at the interrupt signal. */
const groupRows = 50_000;
const shown = ['totalReturn', 'maximumDrawdown', 'roundTripCount'] as const;

/** Throws where a range makes no sense. */
export function checkRange({ strategy, markets }: StrategyRun): void {
  checkBars(strategy.name, markets);
}

/** Runs the policies that `pessimistic` is not; undefined where it was interrupted. */
export async function policyRange({ strategy, settings }: StrategyRun, pessimistic: Result, console: Console, signal: AbortSignal): Promise<IntrabarRange | undefined> {
  const results: { [policy: string]: Result } = { pessimistic };
  for (const intrabar of intrabarPolicies.filter(policy => policy !== 'pessimistic')) {
    const run = prepareRun(strategy, { ...settings, options: { ...settings.options, intrabar } }), session = run.session();
    for (const [done, total] of replayGroups(session, run.data, groupRows)) {
      console.progress(`backtest, ${intrabar}`, done, total);
      await new Promise(resume => setImmediate(resume));
      if (signal.aborted) return undefined;
    }
    results[intrabar] = resultOfSession(session, run);
  }
  return rangeOfPolicies(strategy, results);
}

/** The result with the range among its warnings. */
export function withRange(result: Result, range: IntrabarRange): Result {
  const { totalReturn } = range.figures;
  // Nothing to start with has no return.
  if (totalReturn === undefined) return result;
  const { lowest, lowestPolicy, highest, highestPolicy } = totalReturn, text = (value: number): string => valueText(value, 'fraction', '');
  const warning: Warning = { code: 'intrabarRange', message: `Total return over the intrabar policies: from ${text(lowest)} (${lowestPolicy}) to ${text(highest)} (${highestPolicy}); ${boundText(range)}`, count: 1 };
  return { ...result, summary: { ...result.summary, warnings: [...result.summary.warnings, warning] } };
}

function boundText({ isBound, reason }: IntrabarRange): string {
  return isBound ? `no order of prices inside the bars gets out of it: ${reason}` : `not a bound: ${reason}`;
}

/** A line for each policy. */
export function printRange(range: IntrabarRange, console: Console): void {
  const rows = [['intrabar policy', 'total return', 'max drawdown', 'round trips', 'ambiguous bars', 'by ticks']];
  for (const policy of intrabarPolicies) {
    const { metrics: { figures }, manifest: { counters, currency } } = range.results[policy]!.summary;
    rows.push([policy, ...shown.map(name => valueText(figures[name].value, figures[name].unit, currency)), String(counters.ambiguousBars), String(counters.resolvedBars ?? '-')]);
  }
  const widths = rows[0].map((_, k) => Math.max(...rows.map(row => row[k].length)));
  console.line();
  for (const row of rows) console.line(row.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join('  '));
}

/** The same for programs. */
export function rangeData({ results, figures, isBound, reason }: IntrabarRange): object {
  const policies = intrabarPolicies.map(policy => {
    const { digests, summary: { metrics, manifest: { counters } } } = results[policy]!;
    return { policy, orderHash: digests.orderHash(), figures: Object.fromEntries(shown.map(name => [name, metrics.figures[name].value])), ambiguousBars: counters.ambiguousBars, resolvedBars: counters.resolvedBars ?? 0 };
  });
  return { policies, figures, isBound, reason };
}
