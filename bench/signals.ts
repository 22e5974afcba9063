/** `signals`: ten columns of a million closes with random entries and exits, all in and out with a fee of 0.1 %, and three metrics of each equity curve. */
import { ColumnFills, maximumDrawdown, sharpeRatio, simulateColumns, totalReturn } from '@zanzibar/backtest';
import { readFileSync } from 'node:fs';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { inputPath, readDoubles, timesEvery, Uniforms, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';

const rows = 1_000_000, columns = 10, files = ['signals-close.f64', 'signals-entries.u8', 'signals-exits.u8'] as const;
/** Minutes of 365 days. */
const periodsPerYear = 365 * 24 * 60;
// All cash goes into the position and its fee.
const start = 1e15, options = { cash: start, moneyUnit: 0, fillAt: 'sameClose', costs: { basisPoints: 10 }, sizing: { kind: 'percentOfEquity', fraction: 1 / 1.001 } } as const;

/** Column after column; a signal on one row of fifty. */
function makeSignals(): { readonly [name: string]: Float64Array | Uint8Array } {
  const close = new Float64Array(rows * columns), entries = new Uint8Array(rows * columns), exits = new Uint8Array(rows * columns);
  for (let k = 0; k < columns; k++) {
    const random = new Uniforms(10 + k);
    let log = 0;
    for (let i = rows * k; i < rows * (k + 1); i++) {
      log += 0.001 * random.normal();
      close[i] = 100 * Math.exp(log);
      entries[i] = random.next() < 0.02 ? 1 : 0;
      exits[i] = random.next() < 0.02 ? 1 : 0;
    }
  }
  return { [files[0]]: close, [files[1]]: entries, [files[2]]: exits };
}

function returnsOf(equity: Float64Array, start: number, returns: Float64Array): Float64Array {
  let before = start;
  for (let i = 0; i < equity.length; i++) {
    returns[i] = equity[i] / before - 1;
    before = equity[i];
  }
  return returns;
}

const bench: Benchmark = {
  isJoined: true,
  unit: 'ms',
  about: '10 columns of 1,000,000 closes with entries and exits on plain arrays, fee 0.1 %, total return, maximum drawdown and Sharpe ratio',
  prepare: () => writeInputs(makeSignals, ...files),
  parts: {
    run(): PartResult {
      const close = readDoubles(files[0]), entries = new Uint8Array(readFileSync(inputPath(files[1]))), exits = new Uint8Array(readFileSync(inputPath(files[2])));
      const time = timesEvery(60_000_000_000n, rows), total: number[] = [], depth: number[] = [], sharpe: number[] = [];
      const parts = <T extends Float64Array | Uint8Array>(all: T): T[] => Array.from({ length: columns }, (_, k) => all.subarray(rows * k, rows * (k + 1)) as T);
      const input = { time, close: parts(close), entries: parts(entries), exits: parts(exits), into: new ColumnFills() }, returns = new Float64Array(rows);
      let orders = 0;
      const judge = (k: number, equity: Float64Array): void => {
        depth[k] = maximumDrawdown(start, equity).depth;
        sharpe[k] = sharpeRatio(returnsOf(equity, start, returns), periodsPerYear);
      };
      const run = (withMetrics: boolean) => () => {
        const { fills, equity } = simulateColumns(withMetrics ? { ...input, onEquity: judge } : input, options);
        orders = fills.length;
        // Of the end, after a fill at the last close.
        equity.forEach((final, k) => (total[k] = totalReturn(start, final)));
      };
      const alone = measure(run(false)), timing = measure(run(true));
      return { ...timing, alone: alone.median, orders, total, depth, sharpe };
    },
  },
  async line(bench) {
    const ours = await bench.part('run'), peer = bench.peer('research', 'signals_vectorbt.py', 'signals');
    bench.say(`${round(ours.median)} ms (best ${round(ours.best)}, processor ${round(ours.cpu)}), without metrics ${round(ours.alone)}${peer ? `; ${peer.peer} ${peer.version} ${round(peer.median)} ms` : ''}`);
    return {
      ours: ours.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: rows * columns, rssMb: ours.rssMb!, agree: agrees(ours, peer?.check ?? bench.expected?.vectorbt),
      extra: { best: round(ours.best), cpu: round(ours.cpu), peerCpu: peer ? round(peer.cpu) : null, simulationOnly: round(ours.alone), orders: ours.orders },
    };
  },
};
export default bench;

/** Ten thousand all-in trades a column leave 1e-9 of the start, and both sides' sums lose digits on the way there: what is left is compared to 1e-5. */
function agrees(ours: PartResult, theirs: PeerResult['check'] | undefined): boolean {
  if (theirs === undefined || ours.orders !== theirs.orders) return false;
  const all = (name: string, tolerance: number, shift = 0): boolean => ours[name].every((value: number, k: number) => isClose(shift + value, shift + theirs[name][k], tolerance));
  return all('total', 1e-5, 1) && all('depth', 1e-6) && all('sharpe', 1e-6);
}
