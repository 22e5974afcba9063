/**
 * `npm run kill-test`: kills a paper run a thousand times with SIGKILL at random points; `npm run kill-test -- KILLS SEED`. Exit code 1 where anything is lost, doubled
 * or different.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run as backtest } from '@zanzibar/backtest';
import { root } from '../lint/repository.ts';
import { killRuns } from '../test/kill/kill-runs.ts';
import { prepareSampleRun } from '../test/kill/sample-run.ts';
import { makeTranspiledCopy } from './transpiled-copy.ts';

const [kills = 1000, seed = 1] = process.argv.slice(2).map(Number), copy = mkdtempSync(join(tmpdir(), 'zanzibar-mortal-'));
try {
  const place = makeTranspiledCopy(copy, ['test/kill/mortal.ts', 'test/kill/sample-run.ts', 'examples/break-and-gap.ts']), data = join(root, 'data'), run = await prepareSampleRun(data);
  const begun = performance.now(), counts = await killRuns({ kills, seed, program: place('test/kill/mortal.ts'), data, run, onProgress: done => done % 50 === 0 && console.log(`${done} of ${kills}, ${Math.round((performance.now() - begun) / 1000)} s`) });
  const expected = backtest(run.strategy, { data: run.data, parameters: run.parameters, options: run.options }), hashes = [...counts.orderHashes];
  console.log(JSON.stringify({ ...counts, orderHashes: hashes, executions: [...counts.executions], backtest: expected.digests.orderHash(), seconds: Math.round((performance.now() - begun) / 1000) }));
  if (hashes.length !== 1 || hashes[0] !== expected.digests.orderHash() || counts.between === 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
