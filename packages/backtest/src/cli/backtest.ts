/** `zanzibar backtest`: replays data through a strategy, prints the table, writes report and result. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceText } from '@zanzibar/core/io';
import { replayGroups } from '../run/replay.ts';
import { makeReport } from '../report/make-report.ts';
import { renderTerminal } from '../report/terminal.ts';
import { resultOfSession, type RunFacts } from '../run/result-of-session.ts';
import { helpText, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { checkFiles, checkResultFolder } from './outputs.ts';
import { gatherFlags, outputFlags, rangeWord, runFlags, strategyHelp, strategyRun } from './strategy-run.ts';
import { chosenLedger, recordTrial, tellTrial } from './record-trial.ts';
import { checkRange, policyRange, printRange, rangeData, withRange } from './policy-range.ts';
import { dataHash } from '../data/data-hash.ts';
import { sourceHash } from '../trials/source-hash.ts';

const flags: Flags = {
  ...runFlags, ...outputFlags,
  stream: { type: 'switch', about: 'read the ticks of a catalogue while they are replayed: memory does not grow with the days, and the result does not hold the ticks' },
};

const help = helpText('backtest STRATEGY|run.yaml --data PATH', 'Replays quotes, trades or bars through a strategy, tick by tick where there are ticks. Orders fill on the next event after they arrive.\nWith --intrabar range the result is that of the pessimistic policy; the others are run beside it and count as no trials.\nWith --from the engines are warmed by what the data has before it.', flags, [
  'zanzibar backtest run.yaml', 'zanzibar backtest examples/break-and-gap.ts --data data --set hold=30 --report out/report.html',
  'zanzibar bars --data data --every 1m --out out/minutes.csv && zanzibar backtest examples/break-and-gap.ts --data out/minutes.csv --interval 1m --time open',
]);

/** Rows between two looks at the interrupt signal. */
const groupRows = 50_000;

export const backtestVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const { given } = await gatherFlags('backtest', argv, flags), report = given.text('report'), svg = given.text('svg'), out = given.text('out');
    await checkFiles('backtest', { report, svg });
    await checkResultFolder('backtest', 'out', out);
    const started = await strategyRun('backtest', argv, flags), isRange = given.text('intrabar') === rangeWord;
    if (isRange) checkRange(started);
    const stream = started.stream?.(), run = stream?.run ?? started.prepare(), session = stream?.session ?? run.session();
    const isRecorded = chosenLedger(given.text('trials')) !== undefined;
    let isPartial = false;
    for await (const [done, total] of stream?.replay() ?? replayGroups(session, run.data, groupRows)) {
      console.progress('backtest', done, total);
      await new Promise(resume => setImmediate(resume));
      if (!signal.aborted || done >= total) continue;
      session.stopEarly();
      isPartial = true;
      break;
    }
    const facts: RunFacts = {
      sourceHash: await sourceHash(started.file), dataHash: dataHash(started.markets, { ...run, to: session.to }), isPartial,
      ...(isRecorded ? {} : { warnings: [{ code: 'noTrials', message: 'Trials are not recorded: how many were tried on this data is not known', count: 1 }] }),
    }, own = stream?.result(facts) ?? resultOfSession(session, run, facts);
    const range = isRange && !isPartial ? await policyRange(started, own, console, signal) : undefined, result = range === undefined ? own : withRange(own, range);
    // Recorded before it is shown, so that the report has the count.
    const place = isPartial ? undefined : await recordTrial(result, session, run, given.text('trials'));
    const model = makeReport(result, { withDigests: report !== undefined, withAnalyses: report !== undefined, ...(place ? { trials: place } : {}) });
    if (!console.isJson) console.line(renderTerminal(model, { width: Math.min(120, process.stdout.columns ?? 100), color: process.stdout.isTTY === true }).trimEnd());
    if (range !== undefined) printRange(range, console);
    console.line();
    console.line(`order hash ${result.digests.orderHash()}`);
    // The page and the drawing bring a chart library along: loaded when one is asked for.
    for (const [file, load] of [[report, async () => (await import('../report/html.ts')).renderHtml], [svg, async () => (await import('../report/svg.ts')).renderSvgEquity]] as const) {
      if (file === undefined) continue;
      const render = await load();
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
    if (place !== undefined) tellTrial(place, console);
    const trial = place ? { count: place.count, since: place.since, folder: place.folder, key: place.key } : null;
    console.result({ orderHash: result.digests.orderHash(), summary: result.summary, rows: { orders: result.orders.length, fills: result.fills.length, roundTrips: result.roundTrips.length }, partial: isPartial, trial, ...(range === undefined ? {} : { intrabar: rangeData(range) }), ...(report === undefined ? {} : { report }), ...(svg === undefined ? {} : { svg }), ...(out === undefined ? {} : { out }) });
    if (isPartial) console.note(`interrupted: the result covers the run up to ${result.summary.manifest.to}, is marked partial and counts as no trial`);
    else if (isRange && range === undefined) console.note('interrupted: the result is whole, the range over the intrabar policies is left out');
    return isPartial || (isRange && range === undefined) ? exitCode.interrupted : exitCode.done;
  },
};
