/** `orders`: a million orders, 1,000 columns of 1,000 closes, bought on even rows and sold on odd ones, each column with its own account. */
import { ColumnFills, simulateColumns } from '@zanzibar/backtest';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { readDoubles, Uniforms, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';

const rows = 1000, columns = 1000, file = 'orders-close.f64';
const options = { cash: 100, moneyUnit: 0, fillAt: 'sameClose', sizing: { kind: 'percentOfEquity', fraction: 1 } } as const;

/** Column after column. */
function makeCloses(): { readonly [name: string]: Float64Array } {
  const random = new Uniforms(4), close = new Float64Array(rows * columns);
  for (let i = 0; i < close.length; i++) close[i] = 100 + random.next();
  return { [file]: close };
}

const bench: Benchmark = {
  unit: 'ms',
  about: '1,000,000 market orders of 1,000 independent columns on plain arrays, all cash in and out at the close that decides; column, side, time, row, quantity, price and fee of each fill, in memory used again',
  prepare: () => writeInputs(makeCloses, file),
  parts: {
    run(): PartResult {
      const all = readDoubles(file), entries = Uint8Array.from({ length: rows }, (_, row) => (row + 1) % 2), exits = Uint8Array.from({ length: rows }, (_, row) => row % 2);
      const close = Array.from({ length: columns }, (_, k) => all.subarray(rows * k, rows * (k + 1))), into = new ColumnFills();
      let output = simulateColumns({ close, entries, exits, into }, options);
      const timing = measure(() => {
        output = simulateColumns({ close, entries, exits, into }, options);
      });
      const orders = output.fills.length, returns = output.equity.map(equity => equity / 100 - 1);
      return { ...timing, orders, returns: Array.from(returns) };
    },
  },
  async line(bench) {
    const ours = await bench.part('run'), peer = bench.peer('research', 'signals_vectorbt.py', 'orders');
    bench.say(`${round(ours.median)} ms (best ${round(ours.best)}, processor ${round(ours.cpu)}), ${ours.orders} orders${peer ? `; ${peer.peer} ${peer.version} ${round(peer.median)} ms` : ''}`);
    return {
      ours: ours.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: rows * columns, rssMb: ours.rssMb!, agree: agrees(ours, peer?.check ?? bench.expected?.vectorbt),
      extra: { best: round(ours.best), cpu: round(ours.cpu), peerCpu: peer ? round(peer.cpu) : null, nsPerOrder: round((ours.median * 1e6) / ours.orders), orders: ours.orders },
    };
  },
};
export default bench;

function agrees(ours: PartResult, theirs: PeerResult['check'] | undefined): boolean {
  if (theirs === undefined || ours.orders !== theirs.orders) return false;
  const sum = ours.returns.reduce((total: number, one: number) => total + one, 0);
  return isClose(sum, theirs.sumReturn, 1e-9) && isClose(1 + ours.returns[0], 1 + theirs.first, 1e-12) && isClose(1 + ours.returns[columns - 1], 1 + theirs.last, 1e-12);
}
