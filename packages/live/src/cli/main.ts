/** The `zanzibar-live` command: its verbs. */
import { runProgram, type Streams, type Verb } from '@zanzibar/backtest/cli';

const verbs: { readonly [verb: string]: readonly [about: string, load: () => Promise<Verb>] } = {
  paper: ['run a strategy over recorded data at a chosen pace, with a journal', async () => (await import('./paper.ts')).paperVerb],
  verify: ['prove that what ran live equals the backtest', async () => (await import('./verify.ts')).verifyVerb],
};

/** Runs a command line and returns its exit code; never throws. */
export function main(argv: readonly string[], streams?: Streams, signal?: AbortSignal): Promise<number> {
  return runProgram({ name: 'zanzibar-live', verbs }, argv, streams, signal);
}
