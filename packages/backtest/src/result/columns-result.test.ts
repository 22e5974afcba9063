import { Sha256, tableDigest } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { simulateColumns } from '../simulator/simulate-columns.ts';
import { attribution } from './attribution.ts';
import { columnsAttribution, columnsOrderHash } from './columns-result.ts';

const cash = 10_000, options = { cash, moneyUnit: 0, costs: { basisPoints: 10, perUnit: 0.01 } } as const, columns = 7, rows = 300;
const close = Array.from({ length: columns }, (_, k) => Float64Array.from({ length: rows }, (_, i) => 100 + 10 * Math.sin(i / (3 + k)) + k));
const entries = Array.from({ length: columns }, (_, k) => Int8Array.from({ length: rows }, (_, i) => (i % (5 + k) === 0 ? (i % 2 === 0 ? 1 : -1) : 0)));
const exits = Array.from({ length: columns }, (_, k) => Uint8Array.from({ length: rows }, (_, i) => (i % (7 + k) === 3 ? 1 : 0)));

test('the order hash is the digest of the fills as the order machine gives them, by another SHA-256 (oracle: simulate and core)', () => {
  const fast = simulateColumns({ close, entries, exits }, options), all = { column: [] as number[], side: [] as number[], time: [] as bigint[], row: [] as number[], quantity: [] as number[], price: [] as number[], fee: [] as number[] };
  for (let k = 0; k < columns; k++) {
    const { fills } = simulate({ close: close[k], enter: entries[k], exits: exits[k], time: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i + 1) * 86_400_000_000_000n) }, options);
    for (let i = 0; i < fills.length; i++) {
      all.column.push(k);
      for (const name of ['side', 'time', 'row', 'quantity', 'price', 'fee'] as const) all[name].push(fills.columns[name][i] as never);
    }
  }
  const schema = { column: 'i32', side: 'i8', time: 'i64', row: 'i32', quantity: 'f64', price: 'f64', fee: 'f64' } as const;
  const slow = { column: Int32Array.from(all.column), side: Int8Array.from(all.side), time: BigInt64Array.from(all.time), row: Int32Array.from(all.row), quantity: Float64Array.from(all.quantity), price: Float64Array.from(all.price), fee: Float64Array.from(all.fee) };
  expect(fast.fills.length).toBe(all.row.length);
  expect(all.row.length).toBeGreaterThan(100);
  expect(columnsOrderHash(fast.fills)).toBe(tableDigest(schema, slow, { createHasher: () => new Sha256() }));
});

test('the order hash tells one bit of one price, and does not see room behind the last fill', () => {
  const { fills } = simulateColumns({ close, entries, exits }, options), hash = columnsOrderHash(fills);
  fills.price[fills.length] = 1;
  expect(columnsOrderHash(fills)).toBe(hash);
  fills.price[3] += 1e-13;
  expect(columnsOrderHash(fills)).not.toBe(hash);
});

test('attribution of each column is that of its own run (oracle: attribution of simulate)', () => {
  const output = simulateColumns({ close, entries, exits }, options), { gross, fee, net } = columnsAttribution(cash, output);
  for (let k = 0; k < columns; k++) {
    const { fills, equity } = simulate({ close: close[k], enter: entries[k], exits: exits[k] }, options), whole = attribution(cash, fills, equity);
    expect(fee[k]).toBe(whole.fee);
    expect(fee[k]).toBeGreaterThan(0);
    expect(net[k]).toBe(whole.net);
    expect(gross[k]).toBeCloseTo(whole.gross, 9);
  }
});

test('a column without fills paid and made nothing', () => {
  const output = simulateColumns({ close: [[1, 2, 3]], entries: [0, 0, 0], exits: [0, 0, 0] }, { cash });
  expect(columnsAttribution(cash, output)).toEqual({ gross: Float64Array.of(0), fee: Float64Array.of(0), net: Float64Array.of(0) });
});
