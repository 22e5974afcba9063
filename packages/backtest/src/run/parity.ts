/** Does the row-by-row run give the bits of the whole one? Both sides' digests, stage by stage. */
import { tableDigest, type CreateHasher } from '@zanzibar/core';
import type { Difference } from './differences.ts';
import { compareAll, tablesOfSession } from './lookahead.ts';
import type { PreparedRun } from './prepare.ts';
import { replayGroups, replayRows, type Progress } from './replay.ts';

export interface ParityResult {
  readonly stages: readonly { readonly stage: string; readonly rows: number; readonly whole: string; readonly rowByRow: string }[];
  readonly difference: Difference | undefined;
}

export function* checkParity(run: PreparedRun, createHasher?: CreateHasher): Generator<Progress, ParityResult> {
  const whole = run.session(), single = run.session();
  // Whole in groups that let an interrupt through; the row-by-row side takes most of the time.
  for (const _ of replayGroups(whole, run.data, 500_000)) yield [0, 1];
  for (const [done, total] of replayRows(single, run.data)) if (done % 5000 === 0 || done === total) yield [done, total];
  const expected = tablesOfSession(whole), actual = tablesOfSession(single);
  const digest = (stage: { readonly [name: string]: any }): string => tableDigest(stage.schema, stage.columns, { length: stage.length, texts: stage.texts, ...(createHasher ? { createHasher } : {}) });
  const stages = Object.keys(expected).map(stage => ({ stage, rows: expected[stage].length, whole: digest(expected[stage]), rowByRow: digest(actual[stage]) }));
  return { stages, difference: compareAll(expected, actual) };
}
