/** `zanzibar explain RESULT --order N`: why an order filled, or did not. */
import { parseTime } from '@zanzibar/core';
import type { MarketInput } from '../run/market-input.ts';
import { explainOrder } from '../run/explain-order.ts';
import type { Result } from '../result/result.ts';
import { helpText, type Flags, type Parsed } from './arguments.ts';
import { loadOptions } from './data-flags.ts';
import { exitCode, type Verb } from './main.ts';
import { isFolder, resultOrRun, splitWords } from './result-or-run.ts';
import { outputFlags, runFlags } from './strategy-run.ts';
import { UsageError } from './usage-error.ts';

const { trials: _, report: _report, svg: _svg, out: _out, ...shared } = { ...runFlags, ...outputFlags };
const flags: Flags = { order: { type: 'text', value: 'ID', about: 'the order; orders are counted from 0, legs of a bracket follow their entry' }, ...shared };

export const explainVerb: Verb = {
  help: helpText('explain RESULT --order ID', 'Tells in sentences what became of an order: decision, latency, arrival, the first row that could fill it, the rule of docs/fills.md that applied and, if it never filled, how near the market came. RESULT is a result folder, whose data --data may bring along for the market\'s rows, or a run file or strategy, which is run and leaves nothing on disk.', flags, [
    'zanzibar backtest run.yaml && zanzibar explain out/result --order 17', 'zanzibar explain out/result --order 17 --data data --symbol EURUSD.SAMPLE',
  ]),
  async run(argv, console, signal) {
    const { words, flagWords, given } = splitWords('explain', argv, flags), [word, ...more] = words, order = given.number('order');
    if (word === undefined || more.length > 0) throw new UsageError(`explain: name one result or run file, given were ${words.join(' ') || 'none'}`);
    if (order === undefined || !Number.isInteger(order) || order < 0) throw new UsageError(`explain: --order must be the id of an order, ${order === undefined ? 'none was given' : `was ${order}`}`, '--order');
    const { result, run } = await resultOrRun('explain', word, flagWords, flags, console, signal), data = run?.data ?? (await isFolder(word) ? await dataOf(result, given) : undefined);
    const explanation = explainOrder(result, order, data);
    for (const sentence of explanation.sentences) console.line(sentence);
    console.result(explanation);
    return exitCode.done;
  },
};

/** The market's rows of a saved result, where they are named. */
async function dataOf({ summary: { manifest } }: Result, given: Parsed): Promise<readonly MarketInput[] | undefined> {
  if (given.list('data').length === 0) {
    const idle = Object.keys(shared).find(name => given.text(name) !== undefined || given.has(name));
    if (idle !== undefined) throw new UsageError(`explain: --${idle} would do nothing without --data, the result is saved`, `--${idle}`);
    return undefined;
  }
  const { loadMarkets } = await import('../data/load-market.ts'), load = loadOptions('explain', given), symbols = load.symbols === undefined || load.symbols.length === 0 ? [] : load.symbols;
  const markets = await loadMarkets({ from: parseTime(manifest.from), to: parseTime(manifest.to), ...load, symbols });
  const known = manifest.instruments.map(({ id }) => id), missing = markets.every(({ instrument }) => !known.includes(instrument.id));
  if (missing) throw new UsageError(`explain: the data has ${markets.map(({ instrument }) => instrument.id).join(', ')}, the result is of ${known.join(', ')}`, '--data');
  return markets;
}
