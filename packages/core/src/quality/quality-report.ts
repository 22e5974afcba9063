/** Counts of findings by rule. */
import type { findingSchema } from '../schemas.ts';
import type { Columns } from '../table.ts';
import { qualityActions, qualityRules, type QualityRuleName } from './rules.ts';

export interface RuleSummary {
  readonly rule: QualityRuleName;
  readonly severity: 'note' | 'warning' | 'error';
  readonly count: number;
  /** Rows that the policy took out, and that it put on the grid. */
  readonly dropped: number;
  readonly rounded: number;
  /** Rows in which it put another value in place. */
  readonly repaired: number;
  /** First row, NaN where there is none. */
  readonly firstRow: number;
  /** Smallest and largest value, NaN where there is none. */
  readonly smallest: number;
  readonly largest: number;
}

export interface QualityReport {
  readonly rules: readonly RuleSummary[];
  /** Findings by severity. */
  readonly notes: number;
  readonly warnings: number;
  readonly errors: number;
}

const severities = ['note', 'warning', 'error'] as const;

/** Counts findings piece by piece: a stream in blocks gives what the whole table gives. */
export class QualityCount {
  readonly #rules = qualityRules.map(({ name, severity }) => ({
    rule: name,
    severity: severities[severity],
    count: 0,
    dropped: 0,
    rounded: 0,
    repaired: 0,
    firstRow: NaN,
    smallest: NaN,
    largest: NaN,
  }));

  /** Takes the findings at positions `[from, to)`. */
  add({ row, rule, value, action }: Columns<typeof findingSchema>, from: number, to: number): void {
    for (let k = from; k < to; k++) {
      const summary = this.#rules[rule[k]];
      if (summary.count++ === 0) {
        summary.firstRow = row[k];
        summary.smallest = summary.largest = value[k];
      }
      if (value[k] < summary.smallest) summary.smallest = value[k];
      if (value[k] > summary.largest) summary.largest = value[k];
      if (qualityActions[action[k]] === 'drop') summary.dropped++;
      if (qualityActions[action[k]] === 'round') summary.rounded++;
      if (qualityActions[action[k]] === 'repair') summary.repaired++;
    }
  }

  get report(): QualityReport {
    const rules = this.#rules.map((summary) => ({ ...summary }));
    const total = (severity: RuleSummary['severity']): number =>
      rules.reduce((sum, summary) => sum + (summary.severity === severity ? summary.count : 0), 0);
    return { rules, notes: total('note'), warnings: total('warning'), errors: total('error') };
  }
}

/** How often each rule was broken, in the order of the register; `count` of all rules, 0 included. */
export function qualityReport(findings: Columns<typeof findingSchema> & { readonly length: number }): QualityReport {
  const count = new QualityCount();
  count.add(findings, 0, findings.length);
  return count.report;
}
