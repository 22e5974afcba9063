/** `kill -9` at random points. Oracle: the uninterrupted backtest, and the journal's own rows; `npm run kill-test` does the same a thousand times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run as backtest } from '@zanzibar/backtest';
import { afterAll, expect, test } from 'vitest';
import { makeTranspiledCopy } from '../../scripts/transpiled-copy.ts';
import { killRuns } from './kill-runs.ts';
import { prepareSampleRun } from './sample-run.ts';

const copy = mkdtempSync(join(tmpdir(), 'zanzibar-mortal-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a paper run that is killed a hundred times loses nothing, doubles nothing and has the hashes of the backtest', async () => {
  const place = makeTranspiledCopy(copy, ['test/kill/mortal.ts', 'test/kill/sample-run.ts', 'examples/break-and-gap.ts']);
  const data = fileURLToPath(new URL('../../data', import.meta.url)), run = await prepareSampleRun(data);
  const counts = await killRuns({ kills: 100, seed: 1, program: place('test/kill/mortal.ts'), data, run });
  expect(counts.kills).toBe(100);
  expect(counts.runs).toBeGreaterThan(1);
  expect(counts.between).toBeGreaterThanOrEqual(10);
  expect(counts.torn).toBeGreaterThanOrEqual(1);
  for (const point of ['journalled', 'applied', 'decided', 'sent', 'stages', 'snapshot', 'outside'] as const) expect(counts.byPoint[point], point).toBeGreaterThan(0);
  const whole = backtest(run.strategy, { data: run.data, parameters: run.parameters, options: run.options });
  expect([...counts.orderHashes]).toEqual([whole.digests.orderHash()]);
  expect([...counts.executions]).toEqual([whole.executions.length]);
  expect(whole.executions.length).toBeGreaterThan(100);
  // A minute on a machine of its own.
}, 400_000);
