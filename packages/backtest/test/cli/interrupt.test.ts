/** Ctrl-C. Oracle: contracts.md 11 (exit code 130, a valid partial result left and said, or nothing half-written). */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateMarket, quoteSchema } from '@zanzibar/core';
import { writeParquet } from '@zanzibar/core/io';
import { readResult } from '../../src/result/result-files.ts';
import { barsText, root, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('interrupt'), quotes = join(folder.root, 'eurusd.parquet');
const sources = "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' }, clock: { kind: 'timer', every: 3600e9 } })";
const strategy = folder.write('probe.mjs', strategyText({ sources, decide: 'if (now.kind === "bar" && (now.base + now.row) % 5 === 0) actions.market(account.position() > 0 ? -1 : 1, 1); if (now.kind === "timer") actions.record("calls", 1);' }));
await writeParquet(quotes, { columns: generateMarket({ seed: 3, days: 8 }).quotes as never }, { schema: quoteSchema, record: 'quotes' });

test('an interrupted backtest leaves a whole result of what it has run over, marked partial, and counts as no trial', async () => {
  const out = join(folder.root, 'result'), report = join(folder.root, 'report.html'), trials = join(folder.root, 'trials');
  const { code, error, out: printed } = await zanzibar(['backtest', strategy, '--data', quotes, '--out', out, '--report', report, '--trials', trials, '--json'], 'backtest: ');
  expect(code).toBe(130);
  expect(error).toMatch(/interrupted: the result covers the run up to 2024-/);
  const envelope = JSON.parse(printed) as { ok: boolean; data: { partial: boolean; summary: { manifest: { from: string; to: string }; warnings: { code: string }[] } } }, { manifest, warnings } = envelope.data.summary;
  expect(envelope).toMatchObject({ ok: true, data: { partial: true } });
  expect(warnings.map(warning => warning.code)).toContain('partial');
  expect(readFileSync(report, 'utf8')).toContain('The run was interrupted');
  expect(existsSync(trials)).toBe(false);
  const read = await readResult(out);
  expect(read.fills.length).toBeGreaterThan(100);

  // The oracle of the partial result is the run that ends there by itself; its clock stands still behind the interrupt.
  const same = await zanzibar(['backtest', strategy, '--data', quotes, '--to', manifest.to, '--trials', 'none', '--json', '--quiet']);
  expect((JSON.parse(same.out) as { data: { orderHash: string } }).data.orderHash).toBe(read.digests.orderHash());
  const times = read.series.calls.columns.time as BigInt64Array, end = BigInt(Date.parse(manifest.to.slice(0, 19) + 'Z')) * 1_000_000n + 1_000_000_000n;
  expect(times[times.length - 1] <= end).toBe(true);
});

test.each([['lookahead'], ['parity']])('an interrupted %s gives no verdict', async verb => {
  const { code, out, error } = await zanzibar([verb, strategy, '--data', quotes, '--json'], `${verb}: `);
  expect(code).toBe(130);
  expect(error).toMatch(/interrupted .* no verdict$/m);
  expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: 'Interrupted' } });
});

test('an interrupted import leaves a catalogue that holds whole files and goes on where it was', async () => {
  const catalogue = join(folder.root, 'catalogue'), files = Array.from({ length: 12 }, (_, k) => folder.write(`part${String(k).padStart(2, '0')}.csv`, barsText(2400, k).split('\n').filter((line, i) => i === 0 || (i > 200 * k && i <= 200 * (k + 1))).join('\n') + '\n'));
  const argv = ['data', 'import', ...files, '--venue', 'x', '--symbol', 'Y', '--interval', '1h', '--time', 'open', '--root', catalogue];
  const { code, error } = await zanzibar(argv, 'import: 33 %');
  expect(code).toBe(130);
  expect(error).toContain('interrupted: what is in the manifest is whole');
  const checked = await zanzibar(['data', 'check', catalogue]);
  expect([checked.code, /X\.Y|Y\.X: \d+ bars/.exec(checked.out)?.[0]]).toEqual([0, expect.stringMatching(/Y\.X: 800 bars/)]);
  expect((await zanzibar(argv)).code).toBe(0);
  expect((await zanzibar(['data', 'check', catalogue])).out).toContain('Y.X: 2400 bars');
});

test('a real Ctrl-C reaches a backtest in a process of its own', async () => {
  const out = join(folder.root, 'killed'), child = spawn(process.execPath, [join(root, 'packages/backtest/bin/zanzibar.js'), 'backtest', strategy, '--data', quotes, '--out', out, '--trials', 'none'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString();
    if (!child.killed && error.includes('backtest: ')) child.kill('SIGINT');
  });
  const code = await new Promise(resolve => child.on('exit', resolve));
  expect(error).toContain('interrupted: the result covers');
  expect(code).toBe(130);
  expect((await readResult(out)).summary.warnings.map(warning => warning.code)).toContain('partial');
});
