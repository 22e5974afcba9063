/**
 * One life of a paper run in a process of its own: goes on with a journal until it is done, or kills itself at the n-th passing of a point.
 *
 *   mortal.js DATA JOURNAL SNAPSHOT_EVERY [POINT N]
 */
import { writeSync } from 'node:fs';
import { JournalReader, LiveRunner, RecordedFeed, UnpacedClock } from '@zanzibar/live';
import { prepareSampleRun } from './sample-run.ts';

const [data, folder, snapshotEvery, point, count] = process.argv.slice(2), run = await prepareSampleRun(data), feed = new RecordedFeed(run);
let left = Number(count ?? 0), journalFeeds: JournalReader['head']['feeds'] | undefined;
writeSync(1, 'alive\n');
const runner = new LiveRunner(run, {
  folder, snapshotEvery: Number(snapshotEvery),
  onJournalRow: (of, payload, record) => feed.skip((journalFeeds ??= new JournalReader(folder).head.feeds), of, payload, record),
  onPoint(passed, record) {
    if (passed !== point || --left !== 0) return;
    writeSync(1, `dies at ${passed} ${record}\n`);
    process.kill(process.pid, 'SIGKILL');
    // The signal ends this thread before it goes on.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  },
});
if (!runner.hasEnded) {
  await feed.run(runner, new UnpacedClock(), new AbortController().signal);
  runner.end();
}
runner.close();
writeSync(1, 'done\n');
