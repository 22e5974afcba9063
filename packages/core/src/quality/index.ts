export { cleanBars, type CleanBarsOptions } from './clean-bars.ts';
export { cleanTicks, cleanTickSchema } from './clean-ticks.ts';
export type { CleanTicksOptions, CutPolicy } from './clean-options.ts';
export { checkOrder } from './check-order.ts';
export { QualityCount, qualityReport, type QualityReport, type RuleSummary } from './quality-report.ts';
export {
  qualityActions,
  qualityRules,
  ruleCode,
  type FindingTable,
  type QualityAction,
  type QualityPolicy,
  type QualityRule,
  type QualityRuleName,
} from './rules.ts';
export type { BoundsRule, DuplicateRule, JumpRule, VolumeRule, WatchedRules } from './watched-rules.ts';
