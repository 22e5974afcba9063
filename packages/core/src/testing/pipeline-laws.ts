/** The laws of whole pipelines: sources, quality, bars, engines and all that they hand to one another. */
import type { RegisterTest } from './engine-laws.ts';
import { futureLeavesThePast } from './causality.ts';
import { liveEqualsBatch } from './live-equals-batch.ts';
import { memoryIsBounded, memoryIsWhole } from './memory.ts';
import type { TrialPlan } from './trials.ts';

export interface PipelineLawsPlan extends TrialPlan {
  /** Over which what it remembers has to stay bounded. @defaultValue 1000000 */
  readonly boundedRows?: number;
}

/**
 * Registers laws L1 to L3 for a pipeline: every node's outputs and event kinds have to occur.
 *
 * @example
 * pipelineLaws(test, 'ticks to gaps', { make: random => ({ pipeline: combine({ ... }), sources: { ticks: randomMarket(quoteSchema, random, 300, roughTexture) } }) });
 */
export function pipelineLaws(test: RegisterTest, title: string, plan: PipelineLawsPlan): void {
  test(`${title} L1: live equals batch bit for bit, whatever the frontiers`, () => liveEqualsBatch(plan));
  test(`${title} L2: a missing or poisoned future leaves the past as it was`, () => futureLeavesThePast(plan));
  test(`${title} L3: peek commits nothing, a restored snapshot goes on identically, memory is bounded`, () => {
    memoryIsWhole(plan);
    memoryIsBounded(plan, plan.boundedRows);
  });
}
