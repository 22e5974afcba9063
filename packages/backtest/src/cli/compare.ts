/** `zanzibar compare A B`: the first stage and row where two results part. */
import { codeWord } from '../result/code-words.ts';
import { compareResults, type ResultComparison } from '../run/compare-results.ts';
import { describeDifference } from '../run/differences.ts';
import { helpText } from './arguments.ts';
import type { Console } from './console.ts';
import { exitCode, type Verb } from './main.ts';
import { isFolder, resultOrRun, splitWords } from './result-or-run.ts';
import { outputFlags, runFlags } from './strategy-run.ts';
import { UsageError } from './usage-error.ts';

const { trials: _, report: _report, svg: _svg, out: _out, ...flags } = { ...runFlags, ...outputFlags };

export const compareVerb: Verb = {
  help: helpText('compare A B', 'Names the first stage (ticks, bars, engines, orders, fills ...) and row where two results part, and what was set differently. A and B are result folders that backtest --out wrote, or run files and strategies, which are run with the flags, leave nothing on disk and count as no trial. Exit code 1 where they part.', flags, [
    'zanzibar backtest run.yaml && zanzibar compare out/result out/result',
    'zanzibar compare run.yaml examples/break-and-gap.ts --data data --symbol EURUSD.SAMPLE --latency 50ms --set minimumStop=0.00027 --from 2024-01-10 --to 2024-01-11',
  ]),
  async run(argv, console, signal) {
    const { words, flagWords } = splitWords('compare', argv, flags), [a, b, ...more] = words;
    if (a === undefined || b === undefined || more.length > 0) throw new UsageError(`compare: name two results or run files, given were ${words.join(' ') || 'none'}`);
    const own = flagWords.filter(word => !['--json', '--quiet'].includes(word)), areSaved = await isFolder(a) && await isFolder(b);
    if (areSaved && own.length > 0) throw new UsageError(`compare: ${own[0]} would do nothing, both results are saved`, own[0]);
    const expected = await resultOrRun('compare', a, flagWords, flags, console, signal), actual = await resultOrRun('compare', b, flagWords, flags, console, signal);
    const comparison = compareResults(expected.result, actual.result);
    print(comparison, a, b, console);
    console.result({ ...comparison, difference: comparison.difference ?? null });
    return comparison.same ? exitCode.done : exitCode.found;
  },
};

function print({ same, stages, difference, columns, settings }: ResultComparison, a: string, b: string, console: Console): void {
  const width = Math.max(...stages.map(({ stage }) => stage.length)), count = (rows: number): string => (Number.isNaN(rows) ? '-' : String(rows)).padStart(9);
  for (const { stage, rows, same: isSame } of stages) console.line(`${isSame ? '=' : '≠'} ${stage.padEnd(width)} ${count(rows[0])} ${count(rows[1])} rows`);
  console.line();
  if (difference) {
    const { stage, column } = difference, word = (value: string): string => codeWord(stage, column, value);
    console.line(`the results part at ${describeDifference({ ...difference, expected: word(difference.expected), actual: word(difference.actual) })}`);
    table([['', a, b], ...columns.map(each => [each.column, codeWord(stage, each.column, each.expected), codeWord(stage, each.column, each.actual)])], console);
  } else console.line('the same bits in every stage');
  if (settings.length === 0) return;
  console.line(same ? 'although these settings differ:' : 'these settings differ:');
  table(settings.map(each => [each.name, shortened(each.expected), shortened(each.actual)]), console);
}

function shortened(value: string): string {
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 16) : value === '' ? 'none' : value;
}

function table(rows: readonly (readonly string[])[], console: Console): void {
  if (rows.length === 1 && rows[0][0] === '') return;
  const widths = rows[0].map((_, k) => Math.max(...rows.map(row => row[k].length)));
  for (const row of rows) console.line(`  ${row.map((text, k) => text.padEnd(widths[k])).join('  ').trimEnd()}`);
}
