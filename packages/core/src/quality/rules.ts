/** The register of quality rules: what is looked for in raw ticks, how bad it is, and what a finding's value says. */
import { DataError } from '../errors.ts';
import { findingSchema } from '../schemas.ts';
import { GrowingTable, type Table } from '../table.ts';
import { formatTime } from '../time.ts';

export type QualityRuleName =
  | 'timeOrder'
  | 'equalTime'
  | 'gap'
  | 'repeat'
  | 'notANumber'
  | 'price'
  | 'size'
  | 'crossed'
  | 'locked'
  | 'offGrid'
  | 'jump'
  | 'volume'
  | 'bounds'
  | 'duplicate'
  | 'unit'
  | 'enclosed';

export interface QualityRule {
  readonly name: QualityRuleName;
  /** 0 note, 1 warning, 2 error. */
  readonly severity: 0 | 1 | 2;
  readonly meaning: string;
  /** What the value of a finding is. */
  readonly value: string;
  /** What the action `repair` puts in place of what is wrong; absent where nothing can be put. */
  readonly repair?: string;
}

/** What stands for a wrong price: nothing that came later. */
const lastGood = 'the price of the last row without notANumber, price, crossed, jump or bounds; a row before any such is dropped';

/** Every rule; its code is its place in the list, which only grows at its end. The findings of one row come in this order. */
export const qualityRules: readonly QualityRule[] = [
  { name: 'timeOrder', severity: 2, meaning: 'time is before that of the row before', value: 'nanoseconds back, above 0' },
  { name: 'equalTime', severity: 0, meaning: 'time is that of the row before, which is normal', value: 'rows of that time before this one' },
  { name: 'gap', severity: 0, meaning: 'more time than maxGap passed since the row before', value: 'nanoseconds' },
  { name: 'repeat', severity: 1, meaning: 'time, sequence, id and all values are those of the row before', value: 'repeats of it so far' },
  { name: 'notANumber', severity: 1, meaning: 'a price or size is NaN or infinite', value: 'rows of the run so far', repair: `${lastGood}; a size of 0` },
  { name: 'price', severity: 2, meaning: 'a price is zero or negative, where the instrument does not allow it', value: 'the price', repair: lastGood },
  { name: 'size', severity: 2, meaning: 'a size is negative', value: 'the size', repair: 'a size of 0' },
  { name: 'crossed', severity: 1, meaning: 'bid is above ask', value: 'bid - ask', repair: `${lastGood}, of both sides` },
  { name: 'locked', severity: 0, meaning: 'bid equals ask', value: 'the price' },
  { name: 'offGrid', severity: 1, meaning: 'a price is no multiple of the tick', value: 'the price' },
  { name: 'jump', severity: 1, meaning: 'the price (mid) moved too far within too short a time', value: 'move as part of the earlier price', repair: lastGood },
  {
    name: 'volume',
    severity: 1,
    meaning: 'the size is far above its recent past',
    value: 'standard deviations of the logarithm above its mean',
    repair: 'the largest size that would have been no finding, of shown sizes each its part',
  },
  { name: 'bounds', severity: 2, meaning: 'a price is outside of the stated bounds', value: 'the price', repair: lastGood },
  { name: 'duplicate', severity: 1, meaning: 'time, sequence, id and all values are those of an earlier row', value: 'rows back' },
  {
    name: 'unit',
    severity: 2,
    meaning: 'a price of a bar is so many times, or such a part of, the last good close that its unit must be another',
    value: 'price as part of that close',
    repair: 'the price in the unit of that close',
  },
  {
    name: 'enclosed',
    severity: 1,
    meaning: 'the high or low of a bar does not enclose its prices',
    value: 'how far it falls short',
    repair: 'the highest and lowest of the four prices',
  },
];

/** The code of each rule: `ruleCode.crossed`. */
export const ruleCode: { readonly [R in QualityRuleName]: number } = Object.fromEntries(qualityRules.map(({ name }, code) => [name, code])) as {
  readonly [R in QualityRuleName]: number;
};

/**
 * What is done with a row that breaks a rule; the code of a finding's action is the place in the list. `round` is for `offGrid` only, `repair` for rules that state
 * what they put in place.
 */
export const qualityActions = ['keep', 'drop', 'fail', 'round', 'repair'] as const;
export type QualityAction = (typeof qualityActions)[number];

/** Actions by rule; `keep` where none is named. */
export type QualityPolicy = { readonly [R in QualityRuleName]?: QualityAction };

export type FindingTable = Table<typeof findingSchema>;

export function newFindings(): GrowingTable & FindingTable {
  return new GrowingTable(findingSchema) as GrowingTable & FindingTable;
}

/** Writes a finding down. Errors: DataError, naming the row, where the action is `fail`. */
export function writeFinding(findings: FindingTable, row: number, time: bigint, code: number, value: number, action: number): void {
  const k = findings.append(),
    { name, severity, meaning, value: what } = qualityRules[code];
  findings.row[k] = row;
  findings.time[k] = time;
  findings.rule[k] = code;
  findings.severity[k] = severity;
  findings.value[k] = value;
  findings.action[k] = action;
  if (qualityActions[action] === 'fail') throw new DataError(`${name} at ${formatTime(time)}: ${meaning} (${what}: ${value})`, { row });
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
    const allowed = actionsOf(qualityRules[code]);
    if (!allowed.includes(action)) throw new RangeError(`quality: the policy for ${name} must be one of ${allowed.join(', ')}, was ${String(action)}`);
    codes[code] = qualityActions.indexOf(action);
  }
  return codes;
}

function actionsOf({ name, repair }: QualityRule): readonly QualityAction[] {
  return ['keep', 'drop', 'fail', ...(name === 'offGrid' ? (['round'] as const) : []), ...(repair === undefined ? [] : (['repair'] as const))];
}
