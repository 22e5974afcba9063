/** Order of time of a raw column, before any pipeline. */
import { timeHalves } from '../time.ts';
import { newFindings, qualityRules, ruleCode, type FindingTable } from './rules.ts';

/**
 * The rows whose time is before that of the row before, as findings of the rule `timeOrder`.
 *
 * Drivers refuse rows out of order, so no engine can meet one: this check of a column comes first, when a file is looked at or imported. Value: nanoseconds
 * back (exact below 2^53). Action: 0, nothing is changed here. Example: times 5, 3, 4 give one finding, row 1, value 2.
 */
export function checkOrder(time: BigInt64Array): FindingTable {
  const findings = newFindings(),
    halves = timeHalves(time);
  for (let i = 1; i < time.length; i++) {
    if (time[i] >= time[i - 1]) continue;
    const k = findings.append();
    findings.row[k] = i;
    findings.time[k] = time[i];
    findings.rule[k] = ruleCode.timeOrder;
    findings.severity[k] = qualityRules[ruleCode.timeOrder].severity;
    findings.value[k] = (halves[2 * i - 1] - halves[2 * i + 1]) * 4_294_967_296 + ((halves[2 * i - 2] >>> 0) - (halves[2 * i] >>> 0));
  }
  return findings;
}
