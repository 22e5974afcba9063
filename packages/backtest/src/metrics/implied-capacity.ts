/**
 * The capacity curve that the impact of a run implies: what its own fills, all larger or smaller by one factor, would have made.
 *
 * Definition  at k times the capital every fill is k times as large: profit without impact grows by k, the impact of a fill by k^(1 + e), e = 1/2 by the square root law and 2 by the
 *             share of the row's volume. netReturn(k) = (net + impact - sum over fills of impact x k^e) / capital of the run. The best capital is where net profit in money is
 *             largest, the break-even capital where nothing is left: both by halving, for the sum rises with k.
 *             Fills stay those of the run: what a participation limit, tiers and minimums of fees or margin would do at another size is not in it; `capacityCurve` runs it.
 * Units       capital in account currency, returns as shares of it over the whole run
 * NaN         best and break-even capital where the run made nothing before impact; undefined where no fill paid impact
 * Source      Grinold, Kahn (2000), Active Portfolio Management, chapter 16
 */
import { compensatedSum, exponential, logarithm } from '@zanzibar/core';
import { numbersOf, textOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import type { ImpactModels } from '../simulator/impact-model.ts';

export interface ImpliedCapacity {
  /** Ascending, equal steps of the logarithm. */
  readonly capital: readonly number[];
  readonly netReturn: readonly number[];
  /** What the same fills make without impact. */
  readonly returnBeforeImpact: number;
  readonly bestCapital: number;
  readonly breakEvenCapital: number;
}

const points = 81, widest = 1e9;

export function impliedCapacity(result: Result): ImpliedCapacity | undefined {
  const { summary: { manifest, attribution }, fills } = result, models = (manifest.options.costs as { readonly impact?: ImpactModels } | undefined)?.impact;
  if (models === undefined || !(attribution.impact > 0)) return undefined;
  const { root, square } = impactByModel(fills, models), before = attribution.net + root + square, { cash } = manifest;
  // What is left of each unit of profit before impact, and what the last unit of capital adds.
  const left = (factor: number): number => before - root * Math.sqrt(factor) - square * factor * factor, added = (factor: number): number => before - 1.5 * root * Math.sqrt(factor) - 3 * square * factor * factor;
  const breakEven = crossing(left), best = crossing(added), high = Number.isNaN(breakEven) ? 10 : Math.max(1.5, Math.min(3 * breakEven, 1e6)), low = Math.min(0.1, high / 1000);
  const factors = Array.from({ length: points }, (_, k) => low * exponential((logarithm(high / low) * k) / (points - 1)));
  return {
    capital: factors.map(factor => factor * cash), netReturn: factors.map(factor => left(factor) / cash), returnBeforeImpact: before / cash,
    bestCapital: best * cash, breakEvenCapital: breakEven * cash,
  };
}

/** Impact paid by fills of each model, account currency. */
function impactByModel(fills: Result['fills'], models: ImpactModels): { readonly root: number; readonly square: number } {
  const cost = numbersOf(fills, 'impactCost'), rate = fills.columns.rate === undefined ? undefined : numbersOf(fills, 'rate'), root: number[] = [], square: number[] = [];
  for (let row = 0; row < fills.length; row++) {
    const id = textOf(fills, 'instrument', row), model = models[id] ?? models[id.slice(id.lastIndexOf('.') + 1)] ?? models['*'];
    if (cost[row] > 0) (model?.kind === 'volumeShare' ? square : root).push(cost[row] * (rate?.[row] ?? 1));
  }
  return { root: compensatedSum(Float64Array.from(root)), square: compensatedSum(Float64Array.from(square)) };
}

/** Where a falling function of the factor crosses 0; NaN where it is not above 0 at a vanishing factor. */
function crossing(value: (factor: number) => number): number {
  if (!(value(1 / widest) > 0)) return NaN;
  let low = -logarithm(widest), high = logarithm(widest);
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (value(exponential(middle)) > 0) low = middle;
    else high = middle;
  }
  return exponential(low);
}
