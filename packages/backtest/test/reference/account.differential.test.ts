/**
 * Oracle: the naive reference of this folder, with the account's sections of `fills.md`.
 *
 * Every order, execution, fill and row of equity equals the reference's, with all rows resident, in groups and from a snapshot; and every rule was reached.
 */
import { describe, expect, test } from 'vitest';
import { makeAccountCase } from './account-cases.ts';
import type { Case, CaseRun } from './cases.ts';
import { firstDifference } from './compare.ts';
import { goldenSetup, type Golden } from './goldens.ts';
import { differenceFromSnapshot, differenceOfCase } from '../compare-ways.ts';
import type { Misreading, ReferenceResult } from './records.ts';
import { reference } from './reference.ts';
import { simulate } from '../simulated.ts';

const caseCount = 1500, partSize = 250;
const counts = new Map<string, number>();

function count(cell: string, by = 1): void {
  counts.set(cell, (counts.get(cell) ?? 0) + by);
}

function cover({ options }: Case, { calls, sent, setup }: CaseRun, result: ReferenceResult): void {
  for (const call of calls) if (call.startsWith('target')) count(call === 'target -1' ? 'target: nothing missing' : 'target: order');
  const own = new Set(calls.filter(call => /^target \d/.test(call)).map(call => Number(call.slice(7)))), orders = new Map(result.orders.map(order => [order.orderId, order]));
  if (options.lots === 'fifo') for (const { id } of setup.instruments) coverLots(result.fills.filter(({ instrument }) => instrument === id));
  const { limits = {}, margin } = options, mayLock = limits.dailyLoss !== undefined || limits.maximumDrawdown !== undefined;
  for (const { orderId } of result.fills) {
    const order = orders.get(orderId)!, isForeign = options.rates !== undefined && setup.instruments.find(({ id }) => id === order.instrument)!.currency !== options.currency;
    if (isForeign) count('fill in another currency');
    // The venue's own: a lock's or a liquidation's where the case has one of both only.
    if (sent.has(orderId) || !Number.isNaN(order.parentId) || order.decisionTime === setup.to || (mayLock && margin !== undefined)) continue;
    count(mayLock ? 'closed by a lock' : 'liquidated');
    if (!mayLock && isForeign) count('liquidated in another currency');
  }
  count('liquidated inside a bar', result.liquidatedInside);
  for (const [rule, times] of result.reached) count(rule, times);
  for (const { event, orderId, reason, state } of result.executions) {
    if (event === 'fill' && state === 'partiallyFilled' && options.quantity !== 'shown' && !orders.get(orderId)!.reduceOnly) count('cut to the position');
    if (ends.has(reason)) count(`${reason}: ${event}`);
    if (!own.has(orderId)) continue;
    if (event === 'fill') count(orders.get(orderId)!.reduceOnly ? 'target: filled and reduced' : 'target: filled');
    if (reason === 'invalidQuantity') count('target: no answer');
  }
}

const required = ['target: nothing missing', 'target: order', 'target: filled', 'target: filled and reduced', 'target: no answer',
  'positionLimit: cancel', 'cooldown: cancel', 'cooldown: reject', 'locked: cancel', 'locked: reject', 'insufficientCash: cancel', 'liquidation: cancel', 'closed by a lock', 'liquidated', 'liquidated inside a bar', 'cut to the position', 'instrumentExpired: cancel', 'instrumentExpired: reject', 'instrumentHalted: reject', 'fill in another currency', 'several lots at a fill that closes', 'liquidated in another currency', 'sizingFees: a size beside fee schedules'];
const ends: ReadonlySet<string> = new Set(['positionLimit', 'cooldown', 'locked', 'insufficientCash', 'liquidation', 'instrumentExpired', 'instrumentHalted']);

/** Fills that close and meet more than one lot. */
function coverLots(fills: ReferenceResult['fills']): void {
  let lots: number[] = [], side = 0;
  for (const fill of fills) {
    if (lots.length === 0 || fill.side === side) {
      lots.push(fill.quantity);
      ({ side } = fill);
      continue;
    }
    if (lots.length > 1) count('several lots at a fill that closes');
    let left = fill.quantity;
    while (left > 0 && lots.length > 0) {
      const part = Math.min(left, lots[0]);
      left -= part;
      lots[0] -= part;
      if (lots[0] <= 1e-9) lots.shift();
    }
    if (left > 1e-9) [lots, side] = [[left], fill.side];
  }
}

function differenceOf(seed: number): string | undefined {
  const of = makeAccountCase(seed);
  return differenceOfCase(seed, of, (run, expected) => cover(of, run, expected), (run, simulated) => {
    const call = run.calls.findIndex((value, i) => value !== simulated.calls[i]);
    return call >= 0 || run.calls.length !== simulated.calls.length ? `call ${call}: reference ${run.calls[call]}, simulator ${simulated.calls[call]}` : undefined;
  });
}

for (let first = 0; first < caseCount; first += partSize) {
  test(`account cases ${first} to ${first + partSize - 1}, resident and in groups`, () => {
    for (let seed = first; seed < first + partSize; seed++) expect(differenceOf(seed)).toBeUndefined();
  });
}

test('a simulator that goes on from a snapshot gives the same', () => {
  for (let seed = 0; seed < 300; seed++) expect(differenceFromSnapshot(seed, makeAccountCase(seed))).toBeUndefined();
});

test('every rule of the account came at least 20 times', () => {
  expect(required.map(cell => [cell, counts.get(cell) ?? 0] as const).filter(([, times]) => times < 20)).toEqual([]);
});

/** What chance reaches too seldom, worked by hand. */
const handWorked: readonly Golden[] = [
  {
    name: 'one row both liquidates and locks: liquidation comes first, so orders end with its reason', reading: 'B9', market: 'quotes', rows: [[0, 100, 100], [10, 100, 100], [20, 60, 60], [30, 60, 60]], options: { cash: 200, margin: { initial: 0.3, maintenance: 0.25 }, limits: { dailyLoss: 0.1 } },
    // At 60 equity of 40 is below 4 x 60 x 0.25, and 80 % are lost.
    on: { 0: a => { a.market(1, 4); a.submit({ side: 1, quantity: 1, kind: 'limit', price: 50 }); } }, fills: ['0 1 100 4 taker', '2 2 60 4 taker'], events: ['1 cancel liquidation'],
  },
  {
    name: 'each part of a fill that closes two lots is rounded on its own', reading: 'B17', market: 'trades', tick: 0.001, rows: [[0, 0.1], [10, 0.1], [20, 0.3], [30, 1.549], [40, 1.549]], options: { lots: 'fifo', moneyUnit: 1 },
    // 1.449 and 1.249 are 1 and 1; together they would be 3 of 2.698.
    on: { 0: a => { a.market(1, 1); }, 1: a => { a.market(1, 1); }, 2: a => { a.market(-1, 2); } }, fills: ['0 1 0.1 1 taker', '1 2 0.3 1 taker', '2 3 1.549 2 taker'], cash: 100_002,
  },
];

test.each(handWorked.map(golden => [golden.name, golden] as const))('%s', (_, golden) => {
  const { setup, rows } = goldenSetup(golden);
  for (const { fills, executions, equity } of [reference(setup, rows), simulate(setup, rows)]) {
    expect(fills.map(fill => `${fill.orderId} ${fill.row} ${fill.price} ${fill.quantity} ${fill.liquidity}`)).toEqual(golden.fills);
    expect(executions.filter(({ event }) => event === 'cancel').map(({ orderId, event, reason }) => `${orderId} ${event} ${reason}`)).toEqual(golden.events ?? []);
    if (golden.cash !== undefined) expect(equity.at(-1)!.cash).toBe(golden.cash);
  }
});

/** Readings that are wrong, the rule that says so, and in how many cases at least they have to be found. */
const planted: readonly (readonly [rule: string, misreading: Misreading, words: string, atLeast: number])[] = [
  ['B2', 'feesApart', 'a size that includes fees leaves none for them', 5],
  ['B4', 'opensWhole', 'an order against a position counts as opening whole', 5],
  ['B4', 'keptEndsWhole', 'an order that may close but not open is cancelled instead of cut to the position', 3],
  ['B5', 'cooldownInclusive', 'the end of a cooldown is still in it', 3],
  ['B5', 'lossByGross', 'a loss is judged before fees', 3],
  ['B6', 'sentInLock', 'an order that is sent in a lock or a cooldown is not denied', 5],
  ['B7', 'drawdownFromStart', 'drawdown is measured from the start, not from the highest equity', 3],
  ['B7', 'dayFromStart', 'the loss of a day is measured from the start of the run', 3],
  ['B8', 'lockEndsExits', 'a lock cancels what can only reduce a position', 5],
  ['B9', 'locksFirst', 'locks are looked at before liquidation', 1],
  ['B10', 'marginOfHeld', 'margin is asked for what is held before the fill', 3],
  ['B11', 'liquidationKeepsOrders', 'a liquidation leaves orders working', 3],
  ['B12', 'liquidatesAtRows', 'a bar liquidates at its close only', 3],
  ['B13', 'oneBalance', 'profits in another currency are exchanged when they are booked', 5],
  ['B14', 'rateAfterRows', 'a rate takes hold after the rows of its time', 3],
  ['B16', 'haltCancels', 'a halt cancels what would fill in it', 3],
  ['B16', 'expiryLater', 'an instrument can be traded at the time of its expiry', 1],
  ['B17', 'youngestLot', 'the youngest lot is closed first', 5],
  ['B17', 'roundedTogether', 'the parts of a fill that closes several lots are rounded together', 1],
];

describe('a misreading of the rules is caught', () => {
  const right = new Map<number, ReferenceResult>(), resultOf = (seed: number): ReferenceResult => {
    let known = right.get(seed);
    if (known === undefined) {
      const of = makeAccountCase(seed);
      right.set(seed, (known = reference(of.start().setup, of.rows)));
    }
    return known;
  };
  test.each(planted)('%s, %s: %s', (_rule, misreading, _words, atLeast) => {
    let caught = handWorked.map(goldenSetup).filter(({ setup, rows }) => firstDifference(reference(setup, rows), reference(setup, rows, misreading))).length;
    for (let seed = 0; seed < 400 && caught < atLeast; seed++) {
      const of = makeAccountCase(seed);
      if (firstDifference(resultOf(seed), reference(of.start().setup, of.rows, misreading))) caught++;
    }
    expect(caught).toBeGreaterThanOrEqual(atLeast);
  });
});
