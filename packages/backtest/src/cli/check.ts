/** `zanzibar check STRATEGY`: look-ahead, warm-up sensitivity and determinism in one go. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatInterval, formatTime } from '@zanzibar/core';
import { checkBlockSizes } from '../run/block-sizes.ts';
import { describeDifference } from '../run/differences.ts';
import { checkLookahead } from '../run/lookahead.ts';
import type { Progress } from '../run/replay.ts';
import { prepareRun } from '../run/prepare.ts';
import { checkWarmUp, type DependentColumn, type WarmUpStart } from '../run/warm-up.ts';
import { helpText, type Flags } from './arguments.ts';
import type { Console } from './console.ts';
import { intervalOf } from './data-flags.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { trapOutsideWorld, type OutsideTrap } from './outside-world.ts';
import { splitWords } from './result-or-run.ts';
import { runToResult } from './run-to-result.ts';
import { gatherFlags, lookaheadFlags, runFlags, strategyHelp, strategyRun } from './strategy-run.ts';
import { UsageError } from './usage-error.ts';

const ownFlags: Flags = {
  ...lookaheadFlags,
  starts: { type: 'text', value: 'COUNT', about: 'later starts whose decisions are compared (default 3)' },
  history: { type: 'text', value: 'TIME', about: 'data before each of them (default what the engines declare as their warm-up)' },
};
const flags: Flags = { ...runFlags, ...ownFlags };
const groups = [997, 64, 7];

const help = helpText('check STRATEGY --data PATH', [
  'Three checks of a strategy, one after another:',
  'look-ahead   the run, again, row by row, and with poisoned futures: every row of every stage, order and fill is the same; no clock, no unseeded randomness.',
  'warm-up      started later with only the history that its engines declare, it decides as with all of it; columns that still depend on the start are named.',
  'determinism  groups of other sizes, and a new process in another time zone, give the same bits.',
  'Exit code 1 where one of them finds something.',
].join('\n'), flags, ['zanzibar check examples/break-and-gap.ts --data data --symbol EURUSD.SAMPLE --from 2024-01-10 --to 2024-01-10T06:00Z --seeds 2']);

interface Check { readonly name: string; readonly findings: readonly string[]; readonly words: string }

export const checkVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const { given } = await gatherFlags('check', argv, flags), seeds = count('seeds', given.number('seeds') ?? 20), starts = count('starts', given.number('starts') ?? 3), history = intervalOf('check', given, 'history');
    const started = await strategyRun('check', argv, flags), run = started.prepare(), checks: Check[] = [], trap = trapOutsideWorld();
    const found = (check: Check): void => {
      checks.push(check);
      console.line(`${check.findings.length === 0 ? 'ok   ' : 'FOUND'} ${check.name.padEnd(12)} ${check.words}`);
      for (const finding of check.findings) console.line(`      ${finding}`);
    };
    try {
      const { findings, comparedRows, poisonedRuns } = await finish('look-ahead', checkLookahead(run, seeds, (_, data) => started.prepare(data)), console, signal, trap), uses = trap.uses();
      found({
        name: 'look-ahead', words: `${comparedRows} rows, row by row, repeated, under ${poisonedRuns} poisoned futures`,
        findings: [...uses.map(({ what, place }) => `reads ${what}${place === '' ? '' : ` at ${place}`}`), ...findings.map(({ test, seed, until, difference }) => `${test}${seed === undefined ? '' : ` (seed ${seed})`}: ${describeDifference(difference)}${until === undefined ? '' : `, although it was known at ${formatTime(until)}`}`)],
      });
    } finally {
      trap.disarm();
    }
    const warm = await finish('warm-up', checkWarmUp(run, starts, (data, from) => prepareRun(started.strategy, { ...started.settings, data, from, to: run.to }), history === undefined ? undefined : BigInt(history)), console, signal);
    const moved = warm.starts.filter(({ decisions }) => decisions !== undefined), columns = worst(warm.starts);
    found({
      name: 'warm-up', findings: moved.map(startWords),
      words: `${warm.starts.length} later starts${warm.skipped > 0 ? ` (${warm.skipped} more had no such history in the data)` : ''}${columns.length === 0 ? '' : `; still depend on the start: ${columns.map(columnWords).join(', ')}`}`,
    });
    const apart = await finish('determinism', checkBlockSizes(run, groups), console, signal), process = await inNewProcess(argv, started, console, signal);
    found({ name: 'determinism', words: `groups of ${groups.join(', ')} rows, a new process in another time zone`, findings: [...apart.map(({ groupRows, difference }) => `groups of ${groupRows} rows: ${describeDifference(difference)}`), ...process] });
    const clean = checks.every(({ findings }) => findings.length === 0);
    console.result({ clean, checks: checks.map(({ name, findings }) => ({ name, findings })), warmUp: { ...warm, columns } });
    return clean ? exitCode.done : exitCode.found;
  },
};

function count(name: string, value: number): number {
  if (!(Number.isInteger(value) && value >= 0)) throw new UsageError(`check: --${name} must be a whole number, was ${value}`, `--${name}`);
  return value;
}

/** Steps through a check; the trap is armed while the strategy may run. */
async function finish<R>(label: string, steps: Generator<Progress, R>, console: Console, signal: AbortSignal, trap?: OutsideTrap): Promise<R> {
  for (;;) {
    trap?.arm();
    const step = steps.next();
    trap?.disarm();
    if (step.done) return step.value;
    console.progress(label, step.value[0], step.value[1]);
    await new Promise(resume => setImmediate(resume));
    if (signal.aborted) throw new Interrupted(`interrupted during ${label}: no verdict`);
  }
}

function startWords({ from, dataFrom, decisions, columns }: WarmUpStart): string {
  const cause = columns.length === 0 ? 'no column of its engines differs' : `still depend on the start: ${columns.map(columnWords).join(', ')}`;
  return `from ${formatTime(from)} with data from ${formatTime(dataFrom)} (${formatInterval(Number(from - dataFrom))}): ${describeDifference(decisions!)}; ${cause}; --history gives more`;
}

function columnWords({ name, distance, last }: DependentColumn): string {
  return `${name} (${distance === Infinity ? 'other events or missing values' : `by up to ${(100 * distance).toPrecision(2)} %`}, last at ${formatTime(last)})`;
}

/** Of all starts the largest distance of each column. */
function worst(starts: readonly WarmUpStart[]): DependentColumn[] {
  const all = new Map<string, DependentColumn>();
  for (const column of starts.flatMap(({ columns }) => columns)) if (!(all.get(column.name)?.distance! >= column.distance)) all.set(column.name, column);
  return [...all.values()];
}

/** Saves the run's result, and has a new process compare it with its own. */
async function inNewProcess(argv: readonly string[], started: Awaited<ReturnType<typeof strategyRun>>, console: Console, signal: AbortSignal): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zanzibar-check-')), { words, flagWords } = splitWords('check', argv, flags), own = new Set([...Object.keys(ownFlags), 'json', 'quiet'].map(name => `--${name}`));
  try {
    const { writeResult } = await import('../result/result-files.ts'), { result } = await runToResult('determinism', started, console, signal);
    await writeResult(join(folder, 'result'), result);
    const shared = flagWords.filter((word, k) => !own.has(word.split('=')[0]) && !(k > 0 && own.has(flagWords[k - 1]) && !['--json', '--quiet'].includes(flagWords[k - 1])));
    const { out, error, code } = await command(['compare', join(folder, 'result'), words[0], ...shared, '--json', '--quiet']);
    if (code !== exitCode.done && code !== exitCode.found) return [`a new process ended with code ${code}: ${error.trim().split('\n').at(-1)}`];
    const { difference } = (JSON.parse(out) as { data: { difference: Parameters<typeof describeDifference>[0] & { time?: string } | null } }).data;
    return difference === null ? [] : [`a new process: ${describeDifference({ ...difference, ...(difference.time === undefined ? {} : { time: BigInt(difference.time) }) } as never)}`];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command itself in a process of its own, far away: what reads the local time zone or language shows. */
function command(argv: readonly string[]): Promise<{ out: string; error: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../bin/zanzibar.js', import.meta.url)), ...argv], { env: { ...process.env, NODE_OPTIONS: '', TZ: 'Asia/Kathmandu', LC_ALL: 'de_DE.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', error = '';
    child.stdout.on('data', text => (out += text));
    child.stderr.on('data', text => (error += text));
    child.on('error', reject);
    child.on('close', code => resolve({ out, error, code }));
  });
}
