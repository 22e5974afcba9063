/** `orders`: a million orders, 1,000 columns of 1,000 closes, bought on even rows and sold on odd ones, each column with its own account. */
import { attribution, ColumnFills, columnsAttribution, columnsOrderHash, simulate, simulateColumns } from '@zanzibar/backtest';
import { Sha256, tableDigest } from '@zanzibar/core';
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

function readColumns(): { readonly close: readonly Float64Array[]; readonly entries: Uint8Array; readonly exits: Uint8Array } {
  const all = readDoubles(file), entries = Uint8Array.from({ length: rows }, (_, row) => (row + 1) % 2), exits = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  return { close: Array.from({ length: columns }, (_, k) => all.subarray(rows * k, rows * (k + 1))), entries, exits };
}

const bench: Benchmark = {
  isJoined: true,
  unit: 'ms',
  about: '1,000,000 market orders of 1,000 independent columns on plain arrays, all cash in and out at the close that decides; column, side, time, row, quantity, price and fee of each fill, in memory used again',
  prepare: () => writeInputs(makeCloses, file),
  parts: {
    run(): PartResult {
      const { close, entries, exits } = readColumns(), into = new ColumnFills();
      let output = simulateColumns({ close, entries, exits, into }, options);
      const timing = measure(() => {
        output = simulateColumns({ close, entries, exits, into }, options);
      });
      const orders = output.fills.length, returns = output.equity.map(equity => equity / 100 - 1);
      return { ...timing, orders, returns: Array.from(returns) };
    },
    /** With where each column's money went, and the order hash. */
    full(): PartResult {
      const { close, entries, exits } = readColumns(), into = new ColumnFills(), job = () => {
        const output = simulateColumns({ close, entries, exits, into }, options);
        return { output, money: columnsAttribution(options.cash, output), hash: columnsOrderHash(output.fills) };
      };
      const timing = measure(job), { output: { fills }, money, hash } = job(), { length, column, side, time, row, quantity, price, fee } = fills;
      const schema = { column: 'i32', side: 'i8', time: 'i64', row: 'i32', quantity: 'f64', price: 'f64', fee: 'f64' } as const;
      let agree = hash === tableDigest(schema, { column, side, time, row, quantity, price, fee }, { length, createHasher: () => new Sha256() });
      // Some columns through the order machine.
      for (let k = 0; k < columns; k += 97) {
        const slow = simulate({ close: close[k], enter: entries, exits }, options), whole = attribution(options.cash, slow.fills, slow.equity), from = column.indexOf(k);
        if (slow.fills.length === 0 || whole.net !== money.net[k] || whole.fee !== money.fee[k] || whole.gross !== money.gross[k]) agree = false;
        for (let i = 0; i < slow.fills.length; i++) {
          if (slow.fills.columns.price[i] !== price[from + i] || slow.fills.columns.quantity[i] !== quantity[from + i] || slow.fills.columns.row[i] !== row[from + i] || slow.fills.columns.side[i] !== side[from + i]) agree = false;
        }
      }
      return { ...timing, agree };
    },
  },
  async line(bench) {
    const ours = await bench.part('run'), full = await bench.part('full'), peer = bench.peer('research', 'signals_vectorbt.py', 'orders');
    bench.say(`${round(ours.median)} ms (best ${round(ours.best)}, processor ${round(ours.cpu)}), ${ours.orders} orders; with attribution and order hash ${round(full.median)} ms (best ${round(full.best)}, processor ${round(full.cpu)})${peer ? `; ${peer.peer} ${peer.version} ${round(peer.median)} ms` : ''}`);
    return {
      ours: ours.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: rows * columns, rssMb: ours.rssMb!, agree: full.agree && agrees(ours, peer?.check ?? bench.expected?.vectorbt),
      extra: { full: round(full.median), fullBest: round(full.best), fullCpu: round(full.cpu), best: round(ours.best), cpu: round(ours.cpu), peerCpu: peer ? round(peer.cpu) : null, nsPerOrder: round((ours.median * 1e6) / ours.orders), orders: ours.orders },
    };
  },
};
export default bench;

function agrees(ours: PartResult, theirs: PeerResult['check'] | undefined): boolean {
  if (theirs === undefined || ours.orders !== theirs.orders) return false;
  const sum = ours.returns.reduce((total: number, one: number) => total + one, 0);
  return isClose(sum, theirs.sumReturn, 1e-9) && isClose(1 + ours.returns[0], 1 + theirs.first, 1e-12) && isClose(1 + ours.returns[columns - 1], 1 + theirs.last, 1e-12);
}
