/** The capacity curve of a result, for its report. */
import { impliedCapacity } from '../metrics/implied-capacity.ts';
import type { Result } from '../result/result.ts';
import { numberText } from './figure-text.ts';
import type { ReportCurve } from './report-model.ts';

/** Undefined for a run without an impact model, or one that paid none. */
export function capacityCurveOf(result: Result): { readonly curve: ReportCurve; readonly text: string } | undefined {
  const implied = impliedCapacity(result), { manifest: { cash, currency, options } } = result.summary;
  if (implied === undefined) return undefined;
  const { capital, netReturn, returnBeforeImpact, bestCapital, breakEvenCapital } = implied, last = capital[capital.length - 1], rounded = (money: number): string => numberText(Number(money.toPrecision(3)), 0);
  const limit = options.participation === undefined ? '' : ` A participation limit of ${numberText(100 * (options.participation as number), 1)} % is not in it: at a larger size it leaves orders unfilled.`;
  const marks = [{ at: cash, label: 'this run' }, { at: bestCapital, label: 'best' }, { at: breakEvenCapital, label: 'break-even' }].filter(({ at }) => at >= capital[0] && at <= last);
  const found = Number.isNaN(breakEvenCapital) ? 'The run made nothing before impact: no capital would have gained.' : `The largest net profit in money would have been made with about ${rounded(bestCapital)} ${currency}; with about ${rounded(breakEvenCapital)} impact takes all of it.`;
  return {
    curve: {
      title: 'Return against capital', unit: 'fraction', along: `capital, ${currency}`, isLogarithmic: true, at: capital,
      lines: [{ title: 'Net return', value: netReturn }, { title: 'Before impact', value: capital.map(() => returnBeforeImpact) }], marks,
    },
    text: `${found} It is what the fills of this run imply, all larger or smaller by one factor.${limit} zanzibar capacity runs the strategy at each capital.`,
  };
}
