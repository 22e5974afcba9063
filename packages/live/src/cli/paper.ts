/** `zanzibar-live paper`: a strategy over recorded data, row by row at a chosen pace, behind a journal that survives any crash. */
import { resolve } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatTime, nonNegativeInteger } from '@zanzibar/core';
import { dataHash, nodeHasher, resultOfSession, sourceHash, writeResult } from '@zanzibar/backtest';
import { checkResultFolder, exitCode, helpText, outputFlags, recordTrial, runFlags, strategyHelp, strategyRun, tellTrial, UsageError, type Console, type Flags, type Parsed, type Verb } from '@zanzibar/backtest/cli';
import { RecordedFeed } from '../feeds/recorded-feed.ts';
import { hasJournal, JournalReader, syncPolicies, type SyncPolicy } from '../journal/journal.ts';
import { clockOf } from '../runner/live-clock.ts';
import { LiveRunner } from '../runner/live-runner.ts';
import { backtestOfJournal, describeVerification, readJournal, verifyJournal } from '../verify/verify-journal.ts';

const flags: Flags = {
  ...runFlags,
  journal: { type: 'text', value: 'FOLDER', about: 'the journal: made where there is none, gone on with where there is one' },
  pace: { type: 'text', value: '10x|max', about: 'market time against the clock on the wall (default 1x)' },
  fsync: { type: 'text', value: 'effects|always|never', about: 'when the journal waits for the disk: before an execution goes out (default), at every row, or when the system likes; each survives kill -9, the first two a power cut' },
  'snapshot-every': { type: 'text', value: 'RECORDS', about: 'records between two snapshots, which shorten a restart (default 50000, 0: only at the end)' },
  out: { type: 'text', value: 'FOLDER', about: 'result files (summary.json, Parquet)' },
  trials: outputFlags.trials,
};

const help = helpText('paper STRATEGY --data PATH --journal FOLDER', 'Runs a strategy over recorded quotes, trades or bars as a live run would: one row at a time, at their times (--pace), orders to a paper broker.\nEverything that enters is written to the journal before it takes effect; executions go to FOLDER/executions.jsonl, each once. After a crash or kill -9 the same command goes on where the journal ends.\nCtrl-C leaves a journal that the same command goes on with, and a partial result. At the end the run is compared with the backtest of its journal.', flags, [
  'zanzibar-live paper examples/break-and-gap.ts --data data --journal out/paper --pace max', 'zanzibar-live paper run.yaml --journal out/paper --pace 10x --from 2024-01-10T08:00:00Z', 'tail -f out/paper/executions.jsonl',
], 'zanzibar-live');

export const paperVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    // A run file may name what only a backtest writes.
    const started = await strategyRun('paper', argv, flags, 'zanzibar-live'), { given } = started, settings = settingsOf(given), out = given.text('out');
    await checkResultFolder('paper', 'out', out);
    const run = started.prepare(), feed = new RecordedFeed(run), hash = await sourceHash(started.file), hadJournal = hasJournal(settings.folder);
    const journalFeeds = hadJournal ? new JournalReader(settings.folder).head.feeds : [];
    const runner = new LiveRunner(run, { ...settings, sourceHash: hash, file: resolve(started.file), onJournalRow: (k, payload, record) => feed.skip(journalFeeds, k, payload, record) });
    if (hadJournal) noteRecovery(runner, console);
    // The history that warms the engines is due at once: the pace is that of the run.
    const nextTime = feed.order.nextTime, firstTime = nextTime !== undefined && nextTime < run.from ? run.from : nextTime, begun = performance.now();
    let isWhole = true;
    try {
      if (!runner.hasEnded && firstTime !== undefined) {
        const pace = given.text('pace') ?? '1x';
        isWhole = await feed.run(runner, clockOf(pace, firstTime), signal, (done, total) => console.progress('paper', done, total));
        notePace(runner, firstTime, performance.now() - begun, pace, console);
      }
      if (isWhole && !runner.hasEnded) runner.end();
    } finally {
      runner.close();
    }
    return conclude(started, settings.folder, hash, given, console, isWhole);
  },
};

function settingsOf(given: Parsed): { readonly folder: string; readonly sync: SyncPolicy; readonly snapshotEvery: number } {
  const folder = given.text('journal'), sync = given.text('fsync') ?? 'effects', snapshotEvery = given.number('snapshot-every') ?? 50_000;
  if (folder === undefined || folder === '') throw new UsageError('paper: --journal FOLDER is needed', '--journal');
  if (!(syncPolicies as readonly string[]).includes(sync)) throw new UsageError(`paper: --fsync must be ${syncPolicies.join(', ')}, was ${sync}`, '--fsync');
  nonNegativeInteger('paper: --snapshot-every', snapshotEvery);
  clockOf(given.text('pace') ?? '1x', 0n);
  return { folder, sync: sync as SyncPolicy, snapshotEvery };
}

function noteRecovery({ recovered: { restored, applied, torn }, hasEnded, reached }: LiveRunner, console: Console): void {
  const cut = torn > 0 ? `, ${torn} bytes of a torn record cut off` : '';
  console.note(hasEnded ? `the journal has ended already${cut}: nothing is run again` : `going on behind ${reached === undefined ? 'the head' : formatTime(reached)}: ${restored} records by the snapshot, ${Math.max(0, applied)} replayed${cut}`);
}

function notePace({ reached }: LiveRunner, first: bigint, milliseconds: number, pace: string, console: Console): void {
  const market = reached === undefined ? 0 : Number(reached - first) / 1e6;
  console.note(`${(market / 1000).toFixed(1)} s of market in ${(milliseconds / 1000).toFixed(1)} s: ${(market / milliseconds).toPrecision(4)}x (asked for ${pace})`);
}

/** The result is that of the backtest of the journal, once what ran live has been found equal to it. */
async function conclude(started: Awaited<ReturnType<typeof strategyRun>>, folder: string, hash: string, given: Parsed, console: Console, isWhole: boolean): Promise<number> {
  const content = readJournal(folder);
  if (content.reached === undefined) {
    console.note('interrupted before the first row: there is no result yet');
    return exitCode.interrupted;
  }
  const { session, simulator, run } = backtestOfJournal(content, started.strategy), verification = verifyJournal(folder, content, session, simulator, nodeHasher), difference = describeVerification(verification);
  if (!isWhole) session.stopEarly();
  const result = resultOfSession(session, run, { sourceHash: hash, dataHash: dataHash(started.markets, { ...run, to: session.to }), isPartial: !isWhole });
  const { orders, fills, roundTrips } = result, out = given.text('out'), orderHash = result.digests.orderHash();
  console.line(`${content.records} records (${content.clockEvents} of the clock): ${orders.length} orders, ${fills.length} fills, ${roundTrips.length} round trips; equity ${simulator.output.equityNow.toFixed(2)}`);
  console.line(`order hash ${orderHash}`);
  console.line(difference === undefined ? 'live equals the backtest of the journal at every stage' : `live and the backtest of the journal differ: ${difference}`);
  if (out !== undefined) {
    await mkdir(dirname(out), { recursive: true });
    await writeResult(out, result);
    console.line(`wrote ${out}`);
  }
  const trial = isWhole && difference === undefined ? await recordTrial(result, session, run, given.text('trials')) : undefined;
  if (trial !== undefined) tellTrial(trial, console);
  console.result({ orderHash, journal: folder, records: content.records, rows: { orders: orders.length, fills: fills.length, roundTrips: roundTrips.length }, partial: !isWhole, difference: difference ?? null, summary: result.summary, trial: trial ?? null, ...(out === undefined ? {} : { out }) });
  if (!isWhole) console.note(`interrupted: the result covers the run up to ${result.summary.manifest.to} and is marked partial; the same command goes on from there`);
  return difference !== undefined ? exitCode.found : isWhole ? exitCode.done : exitCode.interrupted;
}
