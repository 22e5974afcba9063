import type { PipelineNode } from '../engine/pipeline.ts';
import { clockAfter, endOf, inOrder, runBatch, runLive } from './arrivals.ts';
import { Coverage } from './coverage.ts';
import { firstDifference } from './output-log.ts';
import { runTrials, type TrialPlan } from './trials.ts';

/** L1: row by row, in blocks of any size and with the clock at any times in between, a pipeline writes the bits of one batch. */
export function liveEqualsBatch(plan: TrialPlan, isUnderLaw: (node: PipelineNode) => boolean = () => true): void {
  const coverage = new Coverage();
  runTrials('L1', plan, coverage, ({ pipeline, sources, order }, random) => {
    const arrivals = inOrder(sources, order), until = endOf(arrivals), expected = runBatch(pipeline, sources, until);
    coverage.see(expected, pipeline.nodes.filter(isUnderLaw));
    const often = random.uniform();
    for (const [way, ends] of [['row by row', () => true], ['in blocks', () => random.uniform() < often]] as const) {
      const actual = runLive(pipeline, sources, arrivals, until, {
        ends,
        after(stream, k, log) {
          const time = random.uniform() < 0.3 ? clockAfter(arrivals, k, random) : undefined;
          if (time === undefined) return;
          stream.advance(time);
          log.take(stream.output);
        },
      });
      const difference = firstDifference(actual, expected);
      if (difference !== undefined) throw new Error(`live (${way}) differs from batch: ${difference}`);
    }
  });
}
