/** The main job on the sample. Oracle: itself in other blocks: 1 row, 1,000 rows and whole give one order hash, also started elsewhere. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadStrategy } from '../../src/cli/load-strategy.ts';
import { loadMarkets } from '../../src/data/load-market.ts';
import { orderHash } from '../../src/result/digests.ts';
import { prepareRun } from '../../src/run/prepare.ts';
import { replayGroups } from '../../src/run/replay.ts';
import { root, zanzibar } from './run-main.ts';

test('blocks of 1, 1,000 and all rows of the sample give the order hash that the command prints, in another folder', async () => {
  const run = prepareRun(await loadStrategy(join(root, 'examples/break-and-gap.ts')), { data: await loadMarkets({ data: [join(root, 'data')] }), parameters: { minimumStop: 0.00024 }, options: { latency: { submit: 50e6, cancel: 50e6, replace: 50e6 } } });
  const hashes = [1, 1000, Infinity].map(rows => {
    const session = run.session(false), { output } = session.simulator;
    for (const _ of replayGroups(session, run.data, rows));
    return orderHash(output.orders as never, output.fills as never);
  });
  expect(new Set(hashes).size).toBe(1);
  const working = process.cwd();
  try {
    process.chdir('/');
    const { code, out } = await zanzibar(['backtest', join(root, 'examples/break-and-gap.ts'), '--data', join(root, 'data'), '--symbol', 'EURUSD.SAMPLE', '--latency', '50ms', '--set', 'minimumStop=0.00024', '--trials', 'none', '--json', '--quiet']);
    expect(code).toBe(0);
    expect(JSON.parse(out).data.orderHash).toBe(hashes[0]);
  } finally {
    process.chdir(working);
  }
});
