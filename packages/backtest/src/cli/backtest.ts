/** `zanzibar backtest`: replays data through a strategy, prints the table, writes report and result. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceText } from '@zanzibar/core/io';
import { replayGroups } from '../run/replay.ts';
import { resultOfSession } from '../run/result-of-session.ts';
import { helpText, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { runFlags, strategyHelp, strategyRun } from './strategy-run.ts';
import { recordTrial } from './record-trial.ts';
import { dataHash } from '../data/data-hash.ts';
import { sourceHash } from '../trials/source-hash.ts';

const flags: Flags = {
  ...runFlags,
  report: { type: 'text', value: 'FILE', about: 'HTML report' },
  svg: { type: 'text', value: 'FILE', about: 'equity curve as SVG' },
  out: { type: 'text', value: 'FOLDER', about: 'result files (summary.json, Parquet)' },
  trials: { type: 'text', value: 'FOLDER|none', about: 'trial ledger (default .zanzibar/trials beside package.json)' },
};

const help = helpText('backtest STRATEGY|run.yaml --data PATH', 'Replays quotes, trades or bars through a strategy, tick by tick where there are ticks. Orders fill on the next event after they arrive.', flags, [
  'zanzibar backtest run.yaml', 'zanzibar backtest examples/break-and-gap.ts --data data --set hold=30 --report out/report.html', 'zanzibar backtest strategy.ts --data prices.csv --interval 1d --time open --json',
]);

/** Rows between two looks at the interrupt signal. */
const groupRows = 100_000;

export const backtestVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const started = await strategyRun('backtest', argv, flags), { given } = started, run = started.prepare(), session = run.session();
    let isPartial = false;
    for (const [done, total] of replayGroups(session, run.data, groupRows)) {
      console.progress('backtest', done, total);
      await new Promise(resume => setImmediate(resume));
      if (!signal.aborted || done >= total) continue;
      session.stopEarly();
      isPartial = true;
      break;
    }
    const result = resultOfSession(session, run, { sourceHash: await sourceHash(started.file), dataHash: dataHash(started.markets, run), isPartial });
    const { makeReport, renderTerminal, renderHtml, renderSvgEquity } = await import('../report/index.ts'), report = given.text('report'), svg = given.text('svg'), out = given.text('out');
    const model = makeReport(result, { withDigests: report !== undefined });
    if (!console.isJson) console.line(renderTerminal(model, { width: Math.min(120, process.stdout.columns ?? 100), color: process.stdout.isTTY === true }).trimEnd());
    console.line();
    console.line(`order hash ${result.digests.orderHash()}`);
    for (const [file, render] of [[report, renderHtml], [svg, renderSvgEquity]] as const) {
      if (file === undefined) continue;
      await mkdir(dirname(file), { recursive: true });
      await replaceText(file, await render(model));
      console.line(`wrote ${file}`);
    }
    if (out !== undefined) {
      const { writeResult } = await import('../result/result-files.ts');
      await mkdir(dirname(out), { recursive: true });
      await writeResult(out, result);
      console.line(`wrote ${out}`);
    }
    if (!isPartial) await recordTrial(result, session, run, given.text('trials'), console);
    console.result({ orderHash: result.digests.orderHash(), summary: result.summary, rows: { orders: result.orders.length, fills: result.fills.length, roundTrips: result.roundTrips.length }, partial: isPartial, ...(report === undefined ? {} : { report }), ...(out === undefined ? {} : { out }) });
    if (isPartial) console.note('interrupted: the result covers the run up to here and is marked partial');
    return isPartial ? exitCode.interrupted : exitCode.done;
  },
};

