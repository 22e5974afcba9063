/** Who decides in a run, and on what. */
import { planDecide } from '../simulator/plan.ts';
import type { Decide, DecisionSource, SimulationOptions } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { BuiltPipeline, BuiltSource } from './pipeline.ts';

export function decisionKind({ kind }: BuiltSource['source']): DecisionSource['kind'] {
  return kind === 'ticks' ? 'tick' : kind === 'timer' ? 'timer' : kind === 'custom' ? 'custom' : 'bar';
}

/** The strategy's own function, or one that follows its plan. */
export function decideOf(strategy: AnyStrategy, options: SimulationOptions, { pipeline }: BuiltPipeline): Decide {
  if (strategy.decide) return strategy.decide as Decide;
  const outputs = Object.keys(pipeline.nodes.find(({ name }) => name === 'engines.plan')?.engine.spec.aligned ?? {});
  return planDecide('plan', options, outputs.length === 1 ? outputs[0] : 'enter');
}
