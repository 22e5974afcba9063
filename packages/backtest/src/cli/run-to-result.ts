/** Runs a strategy to its result, with progress, for commands that look at it and write nothing. */
import { dataHash } from '../data/data-hash.ts';
import type { Result } from '../result/result.ts';
import type { PreparedRun } from '../run/prepare.ts';
import { replayGroups } from '../run/replay.ts';
import { resultOfSession } from '../run/result-of-session.ts';
import { sourceHash } from '../trials/source-hash.ts';
import type { Console } from './console.ts';
import { Interrupted } from './interrupted.ts';
import type { StrategyRun } from './strategy-run.ts';

/** Rows between two looks at the interrupt signal. */
const groupRows = 50_000;

export async function runToResult(label: string, started: StrategyRun, console: Console, signal: AbortSignal): Promise<{ readonly result: Result; readonly run: PreparedRun }> {
  const run = started.prepare(), session = run.session();
  for (const [done, total] of replayGroups(session, run.data, groupRows)) {
    console.progress(label, done, total);
    await new Promise(resume => setImmediate(resume));
    if (signal.aborted && done < total) throw new Interrupted(`interrupted after ${Math.floor((100 * done) / total)} % of the rows: nothing to show`);
  }
  return { result: resultOfSession(session, run, { sourceHash: await sourceHash(started.file), dataHash: dataHash(started.markets, { ...run, to: session.to }) }), run };
}
