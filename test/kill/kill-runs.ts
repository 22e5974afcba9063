/**
 * Kills paper runs with SIGKILL at random points, lets them go on, and holds what is left on disk against the backtest after every death and at the end.
 *
 * A third of the deaths come from outside at a random moment. The others come at a seeded point that the runner passes (`LiveSettings.onPoint`), among them the one
 * between a journal that holds a decision and the executions that have not gone out; a share of the deaths right behind a journal's write also tear that record, as a
 * death within the write would.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHasher, resultOfSession, type PreparedRun } from '@zanzibar/backtest';
import { randomStream, type RandomStream } from '@zanzibar/core';
import { backtestOfJournal, describeVerification, readJournal, verifyJournal, type LivePoint } from '@zanzibar/live';

export interface KillSettings {
  readonly kills: number;
  readonly seed: number;
  /** The program that lives and dies, as JavaScript. */
  readonly program: string;
  /** Its data. */
  readonly data: string;
  readonly run: PreparedRun;
  onProgress?(done: number): void;
}

export interface KillCounts {
  kills: number;
  readonly byPoint: { [point in LivePoint | 'outside']: number };
  /** Deaths after which the journal held decisions whose executions had not gone out. */
  between: number;
  /** Deaths that left a torn record. */
  torn: number;
  /** Runs that came to their end. */
  runs: number;
  /** Restarts from a snapshot. */
  readonly orderHashes: Set<string>;
  readonly executions: Set<number>;
}

const points: readonly (readonly [point: LivePoint, mostPassings: number])[] = [['journalled', 900], ['applied', 900], ['decided', 20], ['decided', 20], ['sent', 20], ['stages', 1], ['snapshot', 1]];
const snapshotEvery = 900;

/** Errors: whatever differs, by stage and row; a life that ends by itself with an error. */
export async function killRuns({ kills, seed, program, data, run, onProgress = () => {} }: KillSettings): Promise<KillCounts> {
  const random = randomStream(seed, 'kills'), byPoint = { journalled: 0, applied: 0, decided: 0, sent: 0, stages: 0, snapshot: 0, outside: 0 };
  const counts: KillCounts = { kills: 0, byPoint, between: 0, torn: 0, runs: 0, orderHashes: new Set(), executions: new Set() };
  const home = mkdtempSync(join(tmpdir(), 'zanzibar-kill-'));
  try {
    while (counts.kills < kills) {
      const folder = join(home, String(counts.runs));
      for (;;) {
        const isLast = counts.kills >= kills, isOutside = random.integer(0, 2) === 0, [point, most] = points[random.integer(0, points.length - 1)], passings = random.integer(1, most), delay = random.integer(0, 80);
        const args = [program, data, folder, String(snapshotEvery), ...(isLast || isOutside ? [] : [point, String(passings)])];
        const { output, signal, code } = await live(args, !isLast && isOutside ? delay : undefined);
        if (signal === null && code !== 0) throw new Error(`run ${counts.runs}, after ${counts.kills} kills: the life ended with code ${code}: ${output}`);
        if (signal === null) break;
        counts.kills++;
        byPoint[output.includes('dies at') ? point : 'outside']++;
        examine(folder, output.includes('dies at journalled') ? random : undefined, run, counts);
        onProgress(counts.kills);
      }
      conclude(folder, run, counts);
      rmSync(folder, { recursive: true });
    }
    return counts;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** One life; with a delay it is killed that many milliseconds after its program has started. */
function live(args: readonly string[], delay: number | undefined): Promise<{ readonly output: string; readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => {
      if (output === '' && delay !== undefined) setTimeout(() => child.kill('SIGKILL'), delay);
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ output, code, signal }));
  });
}

/** After a death: what went out is what the journal gives, up to what could not go out any more; what the stages hold is what the backtest gives. */
function examine(folder: string, tearing: RandomStream | undefined, run: PreparedRun, counts: KillCounts): void {
  const file = join(folder, 'journal');
  // It died before its journal stood.
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  if (tearing !== undefined && tearing.integer(0, 1) === 0) truncateSync(file, statSync(file).size - tearing.integer(1, 23));
  const content = readJournal(folder);
  if (content.torn > 0) counts.torn++;
  if (content.reached === undefined) return;
  const { session, simulator } = backtestOfJournal(content, run.strategy), verification = verifyJournal(folder, content, session, simulator, nodeHasher), difference = describeVerification(verification);
  if (difference !== undefined) throw new Error(`run ${counts.runs}, kill ${counts.kills}: ${difference}`);
  if (verification.executions.expected > verification.executions.sent) counts.between++;
}

/** At the end: every row of the data once and in order, every stage, order, fill and line that went out as in the backtest. */
function conclude(folder: string, run: PreparedRun, counts: KillCounts): void {
  const content = readJournal(folder), { session, simulator, run: again } = backtestOfJournal(content, run.strategy), verification = verifyJournal(folder, content, session, simulator, nodeHasher);
  const difference = describeVerification(verification), times = run.data[0].columns.time as BigInt64Array, journalled = content.feeds[0].columns.time as BigInt64Array;
  if (difference !== undefined) throw new Error(`run ${counts.runs}, after ${counts.kills} kills: ${difference}`);
  if (!content.hasEnded || !verification.isWhole || verification.executions.sent !== verification.executions.expected) throw new Error(`run ${counts.runs}: the end is not whole`);
  if (journalled.length !== times.length || journalled.some((time, i) => time !== times[i])) throw new Error(`run ${counts.runs}: ${journalled.length} rows are journalled, the data has ${times.length}`);
  counts.orderHashes.add(resultOfSession(session, again).digests.orderHash());
  counts.executions.add(verification.executions.sent);
  counts.runs++;
}
