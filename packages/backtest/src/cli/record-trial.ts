/** Appends a run to the trial ledger and says how many trials the data has seen. */
import { returnPeriod } from '../run/result-of-session.ts';
import type { PreparedRun } from '../run/prepare.ts';
import type { Session } from '../run/session.ts';
import type { Result } from '../result/result.ts';
import { countTrials, ledgerFolder, readTrials, TrialLedger, trialOf } from '../trials/index.ts';
import type { Console } from './console.ts';

/** What the ledger knows after this run; null where it is switched off. */
export type TrialPlace = { readonly count: number; readonly since: string; readonly folder: string; readonly key: string } | null;

export async function recordTrial(result: Result, session: Session, run: PreparedRun, trials: string | undefined, console: Console): Promise<TrialPlace> {
  const folder = chosenLedger(trials);
  if (folder === undefined) {
    console.line('trials are not recorded');
    return null;
  }
  const now = BigInt(Date.now()) * 1_000_000n, trial = trialOf(result, returnPeriod(session, run), now);
  new TrialLedger(folder, now, process.pid).append(trial);
  const count = countTrials(await readTrials(folder), trial.scope);
  console.line(`trial ${count.count} on this data (the ledger ${folder} counts since ${count.since.slice(0, 10)})`);
  for (const { message } of count.warnings) console.note(`warning: ${message}`);
  return { count: count.count, since: count.since, folder, key: trial.key };
}

/** The ledger's folder, undefined where it is switched off. */
export function chosenLedger(trials: string | undefined): string | undefined {
  return ledgerFolder({ ...(trials === undefined ? {} : { trials }), environment: process.env, start: process.cwd() });
}
