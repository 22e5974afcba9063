/** Laws L1 and L3 for all engines in one graph, and over the border of a process: what they remember lies in the bytes. Oracle: the batch, and the stream that was never stopped. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { firstDifference, OutputLog, runBatch } from '@zanzibar/core/testing';
import { everyEngineByName } from './engine-graph.ts';
import { arrivals, digestsOf, everyEngine, pushArrivals, sources } from './every-engine.ts';

const program = fileURLToPath(new URL('every-engine.ts', import.meta.url));

test('every public engine is in the pipeline', () => {
  expect(everyEngine.nodes.map(({ name }) => name).sort()).toEqual(Object.keys(everyEngineByName));
});

test('together, row by row over four sources, they write what they write over all rows at once', () => {
  const batch = runBatch(everyEngine, sources, arrivals.at(-1)!.time), log = new OutputLog(), live = everyEngine.stream();
  pushArrivals(live, 0, arrivals.length, log);
  expect(firstDifference(log, batch)).toBe(undefined);
}, 60_000);

test.each([3, 171, 950])('every engine goes on identically in a new process from a snapshot after %i rows', rows => {
  const live = everyEngine.stream();
  digestsOf(live, 0, rows);
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--conditions=@zanzibar/source', program, String(rows), String(arrivals.length)], { input: live.snapshot(), encoding: 'utf8' });
  expect(child.stderr).toBe('');
  expect(JSON.parse(child.stdout)).toEqual(digestsOf(live, rows, arrivals.length));
}, 60_000);
