/** `zanzibar parity`: the digests of every stage, whole and row by row. */
import { describeDifference } from '../run/differences.ts';
import { checkParity } from '../run/parity.ts';
import { nodeHasher } from '../result/digests.ts';
import { helpText } from './arguments.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { runFlags, strategyHelp, strategyRun } from './strategy-run.ts';

const help = helpText('parity STRATEGY --data PATH', 'Replays the data whole and row by row, as a live run would, and prints the digest of every stage of both. Exit code 1 where they part.', runFlags, ['zanzibar parity run.yaml', 'zanzibar parity examples/break-and-gap.ts --data data --from 2024-01-10 --to 2024-01-11']);

export const parityVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const { prepare } = await strategyRun('parity', argv, runFlags), steps = checkParity(prepare(), nodeHasher);
    for (;;) {
      const { done, value } = steps.next();
      if (!done) {
        console.progress('parity', value[0], value[1]);
        await new Promise(resume => setImmediate(resume));
        if (signal.aborted) throw new Interrupted(`interrupted at ${Math.floor((100 * value[0]) / value[1])} % of the rows: no verdict`);
        continue;
      }
      const { stages, difference } = value, width = Math.max(...stages.map(({ stage }) => stage.length));
      for (const { stage, rows, whole, rowByRow } of stages) console.line(`${whole === rowByRow ? '=' : '≠'} ${stage.padEnd(width)} ${String(rows).padStart(9)} rows  ${whole.slice(0, 16)}  ${rowByRow.slice(0, 16)}`);
      console.line(difference ? `first difference, from whole to row by row: ${describeDifference(difference)}` : 'the same bits, whole and row by row');
      console.result({ same: difference === undefined, stages, difference: difference ?? null });
      return difference ? exitCode.found : exitCode.done;
    }
  },
};
