/** `zanzibar lookahead`: does a strategy see its future, a clock, or unseeded randomness? */
import { formatTime } from '@zanzibar/core';
import { describeDifference } from '../run/differences.ts';
import { checkLookahead } from '../run/lookahead.ts';
import { helpText, type Flags } from './arguments.ts';
import { trapOutsideWorld } from './outside-world.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { lookaheadFlags, runFlags, strategyHelp, strategyRun } from './strategy-run.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = { ...runFlags, ...lookaheadFlags };

const help = helpText('lookahead STRATEGY --data PATH', 'Compares every row of every bar, engine, order and fill with the row-by-row run, which has no future to see, and with runs whose future is poisoned. Also finds a strategy that reads the clock or unseeded randomness. Exit code 1 where something differs.', flags, ['zanzibar lookahead run.yaml', 'zanzibar lookahead examples/break-and-gap.ts --data data --from 2024-01-10 --to 2024-01-11 --seeds 3']);

export const lookaheadVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const { prepare, given } = await strategyRun('lookahead', argv, flags), seeds = given.number('seeds') ?? 20;
    if (!(Number.isInteger(seeds) && seeds >= 0)) throw new UsageError(`lookahead: --seeds must be a whole number, was ${seeds}`, '--seeds');
    const trap = trapOutsideWorld();
    try {
      const steps = checkLookahead(prepare(), seeds, (_, data) => prepare(data));
      for (;;) {
        trap.arm();
        const { done, value } = steps.next();
        trap.disarm();
        if (!done) {
          console.progress('lookahead', value[0], value[1]);
          await new Promise(resume => setImmediate(resume));
          if (signal.aborted) throw new Interrupted(`interrupted after ${Math.floor((100 * value[0]) / value[1])} % of the runs: no verdict`);
          continue;
        }
        const { findings, comparedRows, poisonedRuns } = value, uses = trap.uses();
        for (const use of uses) console.line(`the strategy reads ${use.what}${use.place === '' ? '' : ` at ${use.place}`}: pass time and randomness in, so that runs can be repeated`);
        for (const { test, seed, until, difference } of findings) {
          console.line(`${test}${seed === undefined ? '' : ` (seed ${seed})`}: ${describeDifference(difference)}${until === undefined ? '' : `, although it was known at ${formatTime(until)}, before the futures part`}`);
        }
        if (findings.length === 0 && uses.length === 0) console.line(`clean: ${comparedRows} rows are the same row by row, repeated, and under ${poisonedRuns} poisoned futures`);
        console.result({ clean: findings.length === 0 && uses.length === 0, comparedRows, poisonedRuns, findings, outsideWorld: uses });
        return findings.length === 0 && uses.length === 0 ? exitCode.done : exitCode.found;
      }
    } finally {
      trap.disarm();
    }
  },
};
