/** Random runs of one law: the same draws on every machine, and a message that says which draw broke it. */
import type { Pipeline } from '../engine/pipeline.ts';
import type { SourceOrder } from '../order-of-time.ts';
import { randomStream, type RandomStream } from '../random.ts';
import type { Sources } from './arrivals.ts';
import type { Coverage } from './coverage.ts';

/** One pipeline over one draw of data. */
export interface Trial {
  readonly pipeline: Pipeline<any>;
  readonly sources: Sources;
  readonly order?: { readonly [source: string]: SourceOrder };
  /** What was drawn, for messages. */
  readonly about?: string;
}

export interface TrialPlan {
  /** How often. @defaultValue 40 */
  readonly runs?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  make(random: RandomStream): Trial;
}

/** Runs `body` on each trial; `coverage` must be full at the end. */
export function runTrials(law: string, plan: TrialPlan, coverage: Coverage, body: (trial: Trial, random: RandomStream) => void): void {
  const { runs = 40, seed = 1 } = plan;
  for (let run = 0; run < runs; run++) {
    const random = randomStream(seed, `${law} run ${run}`), trial = plan.make(random.fork('data'));
    try {
      body(trial, random.fork('law'));
    } catch (cause) {
      throw new Error(`${law} ${(cause as Error).message} (seed ${seed}, run ${run}${trial.about ? `, ${trial.about}` : ''})`, { cause });
    }
  }
  coverage.demand(law);
}
