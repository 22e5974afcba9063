/** `live-tick`: one quote through the main job's pipeline (quality, bars, engines, strategy, simulator), row by row as a live run does it; alone, and behind a journal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run as backtest, type PreparedRun } from '@zanzibar/backtest';
import { LiveRunner, PaperRunner } from '@zanzibar/live';
import { prepareSample, sampleOrderHash } from '../test/main-job/sample.ts';
import type { Benchmark, PartResult } from './benchmark.ts';
import { median, round } from './measure.ts';

const runs = 7;

interface Push {
  row(at: number): void;
  end(): { readonly orders: number; readonly fills: number };
}

/** Microseconds of every row of a run: mean and quantiles; the first run is not counted. */
function timeRows(run: PreparedRun, open: () => Push): PartResult {
  const count = (run.data[0].columns.time as BigInt64Array).length, times = new Float64Array(count), figures: Record<string, number[]> = { mean: [], p50: [], p99: [], p999: [], cpu: [] };
  let last = { orders: 0, fills: 0 };
  for (let k = 0; k <= runs; k++) {
    const push = open(), before = process.cpuUsage();
    for (let at = 0; at < count; at++) {
      const begun = performance.now();
      push.row(at);
      times[at] = performance.now() - begun;
    }
    const { user, system } = process.cpuUsage(before);
    last = push.end();
    if (k === 0) continue;
    let sum = 0;
    for (const time of times) sum += time;
    times.sort();
    figures.mean.push((sum * 1000) / count);
    figures.cpu.push((user + system) / count);
    for (const [name, share] of [['p50', 0.5], ['p99', 0.99], ['p999', 0.999]] as const) figures[name].push(times[Math.floor(share * count)] * 1000);
  }
  return { ...Object.fromEntries(Object.entries(figures).map(([name, values]) => [name, round(median(values))])), best: round(Math.min(...figures.p99)), rows: count, ...last };
}

const bench: Benchmark = {
  unit: 'us',
  about: 'a quote pushed through quality, minute bars, atr, swings, breaks, gaps, the example strategy and the simulator: 99th percentile over 207,564 rows',
  parts: {
    async memory(): Promise<PartResult> {
      const run = await prepareSample(), { time, bid, ask, bidSize, askSize } = run.data[0].columns as Record<string, any>, [{ id }] = run.markets;
      const timed = timeRows(run, () => {
        const runner = new PaperRunner(run, false);
        return {
          row: at => runner.row(id, { time: time[at], bid: bid[at], ask: ask[at], bidSize: bidSize[at], askSize: askSize[at] }),
          end() {
            runner.stop();
            return runner.session.simulator.output.counters;
          },
        };
      });
      const whole = backtest(run.strategy, { data: run.data, parameters: run.parameters, options: run.options });
      return { ...timed, agree: whole.digests.orderHash() === sampleOrderHash && whole.orders.length === timed.orders && whole.fills.length === timed.fills };
    },
    /** Written to the journal first, every stage recorded, executions sent, snapshots every 50,000 records. */
    async journal(): Promise<PartResult> {
      const run = await prepareSample(), { columns } = run.data[0], home = mkdtempSync(join(tmpdir(), 'zanzibar-live-tick-'));
      let folders = 0;
      try {
        return timeRows(run, () => {
          const runner = new LiveRunner(run, { folder: join(home, String(folders++)), sync: 'never' });
          return {
            row: at => runner.row(0, columns, at),
            end() {
              runner.end();
              runner.close();
              return runner.session.simulator.output.counters;
            },
          };
        });
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    },
  },
  async line(bench) {
    const memory = await bench.part('memory'), journal = await bench.part('journal');
    bench.say(`p99 ${memory.p99} us (best ${memory.best}), p50 ${memory.p50}, mean ${memory.mean} (processor ${memory.cpu}); behind a journal p99 ${journal.p99}, p50 ${journal.p50}, mean ${journal.mean}`);
    return {
      ours: memory.p99, peer: null, peerName: null, rows: memory.rows, rssMb: memory.rssMb!, agree: memory.agree && journal.orders === memory.orders && journal.fills === memory.fills,
      extra: { best: memory.best, p50: memory.p50, p999: memory.p999, mean: memory.mean, cpu: memory.cpu, journalP99: journal.p99, journalP50: journal.p50, journalMean: journal.mean, journalCpu: journal.cpu },
    };
  },
};
export default bench;
