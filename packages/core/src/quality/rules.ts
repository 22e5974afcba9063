/** The register of quality rules: what is looked for in raw ticks, how bad it is, and what a finding's value says. */
import { findingSchema } from '../schemas.ts';
import { GrowingTable, type Table } from '../table.ts';

export type QualityRuleName = 'timeOrder' | 'equalTime' | 'gap' | 'repeat' | 'notANumber' | 'price' | 'size' | 'crossed' | 'locked' | 'offGrid';

export interface QualityRule {
  readonly name: QualityRuleName;
  /** 0 note, 1 warning, 2 error. */
  readonly severity: 0 | 1 | 2;
  readonly meaning: string;
  /** What the value of a finding is. */
  readonly value: string;
}

/** Every rule; its code is its place in the list, which only grows at its end. The findings of one row come in this order. */
export const qualityRules: readonly QualityRule[] = [
  { name: 'timeOrder', severity: 2, meaning: 'time is before that of the row before', value: 'nanoseconds back, above 0' },
  { name: 'equalTime', severity: 0, meaning: 'time is that of the row before, which is normal', value: 'rows of that time before this one' },
  { name: 'gap', severity: 0, meaning: 'more time than maxGap passed since the row before', value: 'nanoseconds' },
  { name: 'repeat', severity: 1, meaning: 'time, sequence, id and all values are those of the row before', value: 'repeats of it so far' },
  { name: 'notANumber', severity: 1, meaning: 'a price or size is NaN or infinite', value: 'rows of the run so far' },
  { name: 'price', severity: 2, meaning: 'a price is zero or negative, where the instrument does not allow it', value: 'the price' },
  { name: 'size', severity: 2, meaning: 'a size is negative', value: 'the size' },
  { name: 'crossed', severity: 1, meaning: 'bid is above ask', value: 'bid - ask' },
  { name: 'locked', severity: 0, meaning: 'bid equals ask', value: 'the price' },
  { name: 'offGrid', severity: 1, meaning: 'a price is no multiple of the tick', value: 'the price' },
];

/** The code of each rule: `ruleCode.crossed`. */
export const ruleCode: { readonly [R in QualityRuleName]: number } = Object.fromEntries(qualityRules.map(({ name }, code) => [name, code])) as {
  readonly [R in QualityRuleName]: number;
};

/** What is done with a row that breaks a rule; the code of a finding's action is the place in the list. `round` is for `offGrid` only. */
export const qualityActions = ['keep', 'drop', 'fail', 'round'] as const;
export type QualityAction = (typeof qualityActions)[number];

/** Actions by rule; `keep` where none is named. */
export type QualityPolicy = { readonly [R in QualityRuleName]?: QualityAction };

export type FindingTable = Table<typeof findingSchema>;

export function newFindings(): GrowingTable & FindingTable {
  return new GrowingTable(findingSchema) as GrowingTable & FindingTable;
}

/** The codes of the actions of all rules under a policy. Errors: RangeError for an unknown rule or action. */
export function actionCodes(policy: QualityPolicy): Int8Array {
  const codes = new Int8Array(qualityRules.length);
  for (const name in policy) {
    const code = ruleCode[name as QualityRuleName] as number | undefined,
      action = policy[name as QualityRuleName];
    if (code === undefined)
      throw new RangeError(`quality: there is no rule "${name}", known are ${qualityRules.map((rule) => rule.name).join(', ')}`);
    if (action === undefined) continue;
    codes[code] = qualityActions.indexOf(action);
    if (codes[code] < 0 || (action === 'round' && name !== 'offGrid')) {
      throw new RangeError(
        `quality: the policy for ${name} must be one of keep, drop, fail${name === 'offGrid' ? ', round' : ''}, was ${String(action)}`,
      );
    }
  }
  return codes;
}
