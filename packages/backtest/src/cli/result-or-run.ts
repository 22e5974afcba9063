/** A word of the command line that stands for a result: a saved one, or a run that is made now. */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Result } from '../result/result.ts';
import type { PreparedRun } from '../run/prepare.ts';
import { parseFlags, standardFlags, type Flags, type Parsed } from './arguments.ts';
import type { Console } from './console.ts';
import { UsageError } from './usage-error.ts';

export interface ResultOrRun {
  readonly result: Result;
  /** The run, where it was made now. */
  readonly run?: PreparedRun;
}

/** Is it a folder, as saved results are? */
export async function isFolder(word: string): Promise<boolean> {
  const info = await stat(word).catch(() => {
    throw new UsageError(`there is no result, run file or strategy ${word}`, word);
  });
  return info.isDirectory();
}

/** Reads the result in a folder, or runs the strategy or run file with the flags. */
export async function resultOrRun(command: string, word: string, flagWords: readonly string[], flags: Flags, console: Console, signal: AbortSignal): Promise<ResultOrRun> {
  if (await isFolder(word)) return { result: await (await import('../result/result-files.ts')).readResult(word) };
  const { strategyRun } = await import('./strategy-run.ts'), { runToResult } = await import('./run-to-result.ts');
  return runToResult(`${command} ${word}`, await strategyRun(command, [word, ...flagWords], flags), console, signal);
}

/** The words of a line, and the rest of it: its flags with their values. */
export function splitWords(command: string, argv: readonly string[], flags: Flags): { readonly words: readonly string[]; readonly flagWords: readonly string[]; readonly given: Parsed } {
  const given = parseFlags(command, argv, flags), options = Object.fromEntries(Object.entries({ ...flags, ...standardFlags }).map(([name, { type }]) => [name, { type: type === 'switch' ? 'boolean' : 'string', multiple: type === 'list' } as const]));
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true }), words = new Set(tokens.filter(({ kind }) => kind === 'positional').map(({ index }) => index));
  return { words: given.words, flagWords: argv.filter((_, index) => !words.has(index)), given };
}
