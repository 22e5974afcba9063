/** One call from a strategy and its data to a result. */
import type { Result } from '../result/result.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { prepareRun, type RunSettings } from './prepare.ts';
import { replayGroups } from './replay.ts';
import { resultOfSession } from './result-of-session.ts';

/**
 * Replays data through a strategy: a pure function of both, of parameters and options.
 *
 * @example
 * const result = run(strategy, { data: [{ instrument, kind: 'quotes', columns }], parameters: { hold: 30 }, options: { latency: { submit: 50e6 } } });
 * result.summary.metrics.figures.totalReturn.value;
 */
export function run(strategy: AnyStrategy, settings: RunSettings): Result {
  const prepared = prepareRun(strategy, settings), session = prepared.session();
  for (const _ of replayGroups(session, prepared.data, Infinity));
  return resultOfSession(session, prepared);
}
