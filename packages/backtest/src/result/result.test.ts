import { describe, expect, test } from 'vitest';
import { combineDigests, equitySchema, fillSchema, orderSchema, tableDigest } from '@zanzibar/core';
import { seededResult } from '../../test/seeded-result.ts';
import { attribution, checkConservation, clientId, columnOf, emptyTable, lazyDigests, orderHash, resultTable, resultTableDigest, textOf } from './index.ts';

describe('order hash and stage digests', () => {
  const made = seededResult({ bars: 600 }), hash = orderHash(made.orders, made.fills);

  test("the order hash is core's digest of orders and fills together, by its own SHA-256", () => {
    const of = ({ schema, columns, length, texts }: typeof made.orders, exclude: string[]): string => tableDigest(schema, columns, { length, texts, exclude });
    expect(hash).toBe(combineDigests({ orders: of(made.orders, ['tag']), fills: of(made.fills, []) }));
    expect(made.digests.orderHash()).toBe(hash);
  });

  test('a tag changes the stage but not the order hash; a last bit of a price changes both', () => {
    const { orders, fills } = made, renamed = { ...orders, texts: { ...orders.texts, tag: ['other', 'words'] } };
    expect(orderHash(renamed, fills)).toBe(hash);
    expect(resultTableDigest(renamed)).not.toBe(resultTableDigest(orders));
    const price = (columnOf(fills, 'price') as Float64Array).slice();
    price[3] += Number.EPSILON;
    expect(orderHash(orders, { ...fills, columns: { ...fills.columns, price } })).not.toBe(hash);
  });

  test('codes of text, spare capacity and columns of defaults change nothing', () => {
    const { orders, fills } = made, swapped = { ...fills, texts: { ...fills.texts, instrument: ['unused', ...fills.texts.instrument] }, columns: { ...fills.columns, instrument: (fills.columns.instrument as Int32Array).map(code => code + 1) } };
    expect(orderHash(orders, swapped)).toBe(hash);
    const { impactCost: _, ...fewer } = fills.columns;
    expect(orderHash(orders, { ...fills, columns: fewer })).toBe(hash);
    expect(orderHash(resultTable(orderSchema, Object.fromEntries(Object.entries(orders.columns).map(([name, column]) => [name, column.slice(0, orders.length)])), orders.length, orders.texts), fills)).toBe(hash);
  });

  test('a digest is made when it is asked for, and once', () => {
    let calls = 0;
    const digests = lazyDigests({ ticks: () => `${++calls}` });
    expect(calls).toBe(0);
    expect([digests.stage('ticks'), digests.stage('ticks'), calls]).toEqual(['1', '1', 1]);
    expect(() => digests.stage('clean')).toThrow('result: no stage "clean", known are ticks');
  });

  test('the stages are in the order in which they follow from each other', () => {
    expect(made.digests.stages).toEqual(['ticks', 'bars/1m', 'engines/atr', 'engines/swings.events', 'engines/gaps.events', 'engines/breaks.events', 'orders', 'executions', 'fills', 'roundTrips', 'equity', 'marks', 'series/range', 'returns']);
  });
});

describe('tables', () => {
  test('an absent column holds its default, a missing text is empty', () => {
    const table = resultTable(orderSchema, { quantity: Float64Array.of(1, 2, 3) }, 2);
    expect(Array.from(columnOf(table, 'quantity') as Float64Array)).toEqual([1, 2]);
    expect(Array.from(columnOf(table, 'price') as Float64Array)).toEqual([NaN, NaN]);
    expect(Array.from(columnOf(table, 'side') as Int8Array)).toEqual([0, 0]);
    expect(textOf(table, 'tag', 0)).toBe('');
    expect(() => columnOf(table, 'clientId')).toThrow('result: the table has no column "clientId"');
    expect(() => resultTable(orderSchema, { quantity: new Float64Array(1) }, 2)).toThrow('result: column "quantity" has 1 rows, the table 2');
  });
});

describe('attribution', () => {
  test('worked by hand: net 90 is gross 128 less spread 20, slippage 6, fees 12 at a rate of 2 for the second fill', () => {
    const fills = resultTable(fillSchema, { spreadCost: Float64Array.of(10, 5), slippageCost: Float64Array.of(0, 3), fee: Float64Array.of(2, 5), rate: Float64Array.of(1, 2) });
    const equity = resultTable(equitySchema, { equity: Float64Array.of(1000, 1090) });
    expect(attribution(1000, fills, equity)).toMatchObject({ gross: 128, spread: 20, slippage: 6, latency: 0, fee: 12, funding: 0, net: 90 });
  });

  test('gross less every cost is net, whatever the run', () => {
    const { attribution: a } = seededResult({ bars: 1000 }).summary;
    expect(a.gross - a.spread - a.slippage - a.latency - a.impact - a.fee - a.funding - a.borrow + a.dividends).toBeCloseTo(a.net, 9);
    expect(attribution(100, emptyTable(fillSchema), emptyTable(equitySchema))).toMatchObject({ gross: 0, net: 0 });
  });
});

describe('conservation', () => {
  const books = { cash: 100_000, finalEquity: 100_012.345678, gross: [10.1, 20.2], costs: [1.5, 6.454322], openProfit: -10, moneyUnit: 1e-6, turnover: 1e6 };

  test('balanced books differ by exactly 0, although decimal fractions do not add up in doubles', () => {
    expect(checkConservation(books)).toEqual({ difference: 0, tolerance: 0, holds: true });
  });

  test('pitfall 17: one unit of money that vanished is found', () => {
    const { difference, holds } = checkConservation({ ...books, finalEquity: books.finalEquity - 1e-6 });
    expect(holds).toBe(false);
    expect(difference).toBeCloseTo(-1e-6, 12);
  });

  test('without a unit of money 1e-12 of the turnover is rounding, more is not', () => {
    const loose = { ...books, moneyUnit: 0 };
    expect(checkConservation(loose).holds).toBe(true);
    expect(checkConservation({ ...loose, finalEquity: books.finalEquity + 2e-6 }).holds).toBe(false);
  });
});

test('a client id is the same whenever it is derived, and another in another run or account', () => {
  const id = clientId(12, 'break-and-gap', 'main', 'key');
  expect(id).toBe(clientId(12, 'break-and-gap', 'main', 'key'));
  expect(id).toMatch(/^[a-zA-Z0-9-]{1,36}$/);
  expect(new Set([id, clientId(13, 'break-and-gap', 'main', 'key'), clientId(12, 'break-and-gap', 'main', 'other'), clientId(12, 'break-and-gap', 'second', 'key')]).size).toBe(4);
  expect(clientId(9_007_199_254, 'a'.repeat(80), 'main', 'key').length).toBeLessThanOrEqual(36);
});
