/** Does a run depend on how its rows are cut into groups? */
import type { Difference } from './differences.ts';
import { compareAll, tablesOfSession } from './lookahead.ts';
import type { PreparedRun } from './prepare.ts';
import { replayGroups, type Progress } from './replay.ts';

export interface BlockSizeFinding {
  readonly groupRows: number;
  readonly difference: Difference;
}

/** Runs whole, then in groups of each size, and compares every row of every stage, order, execution and fill. */
export function* checkBlockSizes(run: PreparedRun, sizes: readonly number[]): Generator<Progress, readonly BlockSizeFinding[]> {
  const findings: BlockSizeFinding[] = [], whole = run.session();
  for (const _ of replayGroups(whole, run.data, Infinity)) yield [0, sizes.length + 1];
  for (const [k, groupRows] of sizes.entries()) {
    const session = run.session();
    for (const [done, total] of replayGroups(session, run.data, groupRows)) yield [k + 1 + (total > 0 ? done / total : 1), sizes.length + 2];
    const difference = compareAll(tablesOfSession(whole), tablesOfSession(session));
    if (difference) findings.push({ groupRows, difference });
  }
  return findings;
}
