/**
 * The trial ledger: every trial of a project, in `.zanzibar/trials/` beside the nearest package.json.
 *
 * Each process appends to one file of its own, one trial a line, so that writers never meet; readers merge. The option, then the environment variable
 * `ZANZIBAR_TRIALS`, moves it to a folder or switches it off with `none`; reports then say so.
 */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataError } from '@zanzibar/core';
import { trialSchema, trialVersion } from './trial.ts';
import type { Trial } from './trial.ts';

export interface LedgerPlace {
  /** A folder, or `none`. */
  readonly trials?: string;
  /** `process.env`. */
  readonly environment: { readonly [variable: string]: string | undefined };
  /** Where the search for package.json starts: the working folder. */
  readonly start: string;
}

/** The ledger's folder, undefined where it is switched off. */
export function ledgerFolder({ trials, environment, start }: LedgerPlace): string | undefined {
  const chosen = trials ?? (environment.ZANZIBAR_TRIALS || undefined);
  if (chosen !== undefined) return chosen === 'none' ? undefined : resolve(start, chosen);
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, '.zanzibar', 'trials');
    if (folder === dirname(folder)) return join(resolve(start), '.zanzibar', 'trials');
  }
}

/** The file of one process: its start in UTC nanoseconds and its id make the name. */
export class TrialLedger {
  readonly file: string;

  constructor(folder: string, startTime: bigint, processId: number) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${startTime}-${processId}.jsonl`);
  }

  /** One write a trial: a process that is killed leaves whole lines before at most one broken one. */
  append(trial: Trial): void {
    appendFileSync(this.file, `${JSON.stringify(trial)}\n`);
  }
}

/** All trials of a ledger's files; a last line that was cut off by the end of its process is left out. An absent folder has none. */
export async function readTrials(folder: string): Promise<Trial[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const trials: Trial[] = [];
  for (const name of files.filter(file => file.endsWith('.jsonl')).sort()) {
    const file = join(folder, name), text = await readFile(file, 'utf8'), lines = text.split('\n');
    // What follows the last line break is empty, or a line that was never finished.
    lines.pop();
    lines.forEach((line, row) => trials.push(parseTrial(line, file, row)));
  }
  return trials;
}

function parseTrial(line: string, file: string, row: number): Trial {
  let trial: Trial;
  try {
    trial = JSON.parse(line) as Trial;
  } catch (error) {
    throw new DataError(`is no trial: ${(error as Error).message}`, { file, row });
  }
  if (trial?.schema !== trialSchema) throw new DataError(`schema must be ${trialSchema}, was ${String(trial?.schema)}`, { file, row });
  if (trial.version.split('.')[0] !== trialVersion.split('.')[0]) {
    throw new DataError(`${trialSchema} version ${trial.version} is unknown, this reads ${trialVersion}`, { file, row });
  }
  return trial;
}
