/** `cold-start`: from the start of the process to the printed table of a backtest over 500 bars, with the built packages installed as npm would and a strategy in JavaScript. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBuiltCopy, packages } from '../scripts/built-copy.ts';
import type { Benchmark, PartResult } from './benchmark.ts';
import { barFiles, inputPath, makeBars } from './inputs.ts';
import { isClose, median, round } from './measure.ts';

const count = 500, runs = 9;

const strategy = `import { bars, defineStrategy } from '@zanzibar/backtest';
import { combine } from '@zanzibar/core';
import { sma } from '@zanzibar/engines/averages';

export default defineStrategy({
  name: 'reversal',
  parameters: {},
  sources: () => ({ bars: bars('1m') }),
  engines: () => combine({ fast: [sma, 'bars', { period: 10 }], slow: [sma, 'bars', { period: 20 }] }),
  init: () => ({ fast: NaN, slow: NaN }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    const fast = now.columns.fast[now.row], slow = now.columns.slow[now.row], position = account.position();
    if (state.fast < state.slow && fast > slow && position <= 0) actions.market(1, 100 - position);
    else if (state.fast > state.slow && fast < slow && position >= 0) actions.market(-1, 100 + position);
    state.fast = fast;
    state.slow = slow;
  },
});
`;

/** A project in which the packages are installed, not linked. */
function installedProject(folder: string): string {
  const built = join(folder, 'built'), project = join(folder, 'project'), modules = join(project, 'node_modules');
  makeBuiltCopy(built);
  mkdirSync(join(modules, '@zanzibar'), { recursive: true });
  for (const name of readdirSync(join(built, 'node_modules'))) if (name !== '@zanzibar') renameSync(join(built, 'node_modules', name), join(modules, name));
  for (const name of packages) {
    const target = join(modules, '@zanzibar', name);
    mkdirSync(target);
    for (const part of ['package.json', 'dist', 'bin']) if (existsSync(join(built, 'packages', name, part))) cpSync(join(built, 'packages', name, part), join(target, part), { recursive: true });
  }
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "type": "module", "private": true }\n');
  writeFileSync(join(project, 'strategy.js'), strategy);
  const bars = makeBars(count), [open, high, low, close] = barFiles.map(file => bars[file]);
  const lines = Array.from({ length: count }, (_, i) => [new Date(1_704_067_200_000 + 60_000 * i).toISOString(), open[i], high[i], low[i], close[i], 1].join(','));
  writeFileSync(join(project, 'prices.csv'), `time,open,high,low,close,volume\n${lines.join('\n')}\n`);
  return project;
}

/** Milliseconds from start to end of a process. */
function start(project: string, ...args: readonly string[]): number {
  const begun = performance.now(), { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' }), milliseconds = performance.now() - begun;
  if (status !== 0) throw new Error(`cold-start: ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return milliseconds;
}

const bench: Benchmark = {
  unit: 's',
  about: 'zanzibar backtest strategy.js --data prices.csv over 500 bars, built packages, process start to end',
  parts: {
    start(): PartResult {
      const folder = mkdtempSync(join(tmpdir(), 'zanzibar-cold-start-'));
      try {
        const project = installedProject(folder), command = ['node_modules/@zanzibar/backtest/bin/zanzibar.js', 'backtest', 'strategy.js', '--data', 'prices.csv', '--interval', '1m', '--time', 'open', '--trials', 'none', '--fee-bps', '2', '--quiet'];
        writeFileSync(join(project, 'memory.mjs'), `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));\n`);
        const { stderr } = spawnSync(process.execPath, ['--import', './memory.mjs', ...command], { cwd: project, encoding: 'utf8' });
        const { stdout } = spawnSync(process.execPath, [...command, '--json'], { cwd: project, encoding: 'utf8' }), figures = JSON.parse(stdout).data.summary.metrics.figures;
        copyFileSync(join(project, 'prices.csv'), inputPath('cold-start.csv'));
        start(project, ...command);
        const times: number[] = [], empty: number[] = [];
        for (let k = 0; k < runs; k++) {
          times.push(start(project, ...command));
          empty.push(start(project, '-e', '0'));
        }
        return { median: median(times) / 1000, best: Math.min(...times) / 1000, empty: median(empty) / 1000, emptyBest: Math.min(...empty) / 1000, rssMb: Math.round(Number(/\d+$/.exec(stderr)?.[0]) / 1024), equity: 100_000 * (1 + figures.totalReturn.value) };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  async line(bench) {
    const ours = await bench.part('start'), python = bench.peer('research', 'cold_start_backtesting.py', runs, inputPath('cold-start.csv')), theirs = python?.check ?? bench.expected?.['backtesting.py'];
    bench.say(`${round(ours.median)} s (best ${round(ours.best)}); an empty program of Node ${round(ours.empty)} (best ${round(ours.emptyBest)})${python ? `; ${python.peer} ${python.version} ${round(python.median)} s` : ''}`);
    return {
      ours: ours.median, peer: python?.median ?? null, peerName: python ? `${python.peer} ${python.version}` : null, rows: count, rssMb: ours.rssMb!, agree: theirs !== undefined && isClose(ours.equity, theirs.equity, 1e-9),
      extra: { best: round(ours.best), emptyNode: round(ours.empty), emptyNodeBest: round(ours.emptyBest), equity: ours.equity },
    };
  },
};
export default bench;
