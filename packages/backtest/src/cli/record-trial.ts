/** Appends a run to the trial ledger and says how many trials the data has seen. */
import { returnPeriod } from '../run/result-of-session.ts';
import type { PreparedRun } from '../run/prepare.ts';
import type { Session } from '../run/session.ts';
import type { Result } from '../result/result.ts';
import { countTrials, ledgerFolder, readTrials, TrialLedger, trialOf } from '../trials/index.ts';
import type { Console } from './console.ts';

/** What the ledger knows after this run; null where it is switched off. */
export type TrialPlace = { readonly count: number; readonly since: string; readonly folder: string; readonly key: string; readonly warnings: readonly string[] } | null;

export async function recordTrial(result: Result, session: Session, run: PreparedRun, trials: string | undefined): Promise<TrialPlace> {
  const folder = chosenLedger(trials);
  if (folder === undefined) return null;
  const now = BigInt(Date.now()) * 1_000_000n, trial = trialOf(result, returnPeriod(session, run), now);
  new TrialLedger(folder, now, process.pid).append(trial);
  const count = countTrials(await readTrials(folder), trial.scope);
  return { count: count.count, since: count.since, folder, key: trial.key, warnings: count.warnings.map(({ message }) => message) };
}

/** Says what the ledger knows. */
export function tellTrial(place: TrialPlace, console: Console): void {
  if (place === null) {
    console.line('trials are not recorded');
    return;
  }
  console.line(`trial ${place.count} on this data (the ledger ${place.folder} counts since ${place.since.slice(0, 10)})`);
  for (const message of place.warnings) console.note(`warning: ${message}`);
}

/** How many trials share data with a saved result; undefined where the ledger is switched off or has none of them. */
export async function trialsOn({ summary: { manifest } }: Result): Promise<{ readonly count: number; readonly since: string } | undefined> {
  const folder = chosenLedger(undefined);
  if (folder === undefined) return undefined;
  const { count, since } = countTrials(await readTrials(folder), { instruments: manifest.instruments.map(({ id }) => id), from: manifest.from, to: manifest.to });
  return count === 0 ? undefined : { count, since };
}

/** The ledger's folder, undefined where it is switched off. */
export function chosenLedger(trials: string | undefined): string | undefined {
  return ledgerFolder({ ...(trials === undefined ? {} : { trials }), environment: process.env, start: process.cwd() });
}
