/** Law L3 over the border of a process: what engines remember lies in the bytes and nowhere else. Oracle: the stream that was never stopped. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { digestOf, everyEngine, everyEngineRows } from './every-engine.ts';

const program = fileURLToPath(new URL('every-engine.ts', import.meta.url));

test.each([3, 71, 350])('every engine goes on identically in a new process from a snapshot after %i rows', rows => {
  const live = everyEngine.stream(), length = everyEngineRows().bars.close.length;
  digestOf(live, 0, rows);
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--conditions=@zanzibar/source', program, String(rows), String(length)], { input: live.snapshot(), encoding: 'utf8' });
  expect(child.stderr).toBe('');
  expect(child.stdout).toBe(digestOf(live, rows, length));
});
