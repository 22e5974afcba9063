/**
 * Oracle: the naive reference of this folder, with section H of `fills.md`.
 *
 * Every order, execution, fill and row of equity equals the reference's, with all rows resident, in groups and from a snapshot; and every rule was reached.
 */
import { describe, expect, test } from 'vitest';
import type { Case } from './cases.ts';
import { firstDifference } from './compare.ts';
import { differenceFromSnapshot, differenceOfCase } from '../compare-ways.ts';
import { goldenSetup } from './goldens.ts';
import { goldensOfHedging } from './goldens-of-hedging.ts';
import { makeHedgingCase } from './hedging-cases.ts';
import type { Misreading, ReferenceResult } from './records.ts';
import { reference } from './reference.ts';

const caseCount = 2250, partSize = 250;
const counts = new Map<string, number>();

function count(cell: string, by = 1): void {
  counts.set(cell, (counts.get(cell) ?? 0) + by);
}

function cover({ options, instruments }: Case, result: ReferenceResult): void {
  const orders = new Map(result.orders.map(order => [order.orderId, order])), open = new Map<number, { instrument: string; quantity: number }>();
  for (const [rule, times] of result.reached) count(rule, times);
  for (const fill of result.fills) {
    const order = orders.get(fill.orderId)!, own = fill.positionId, { instrument } = fill, before = open.get(own)?.quantity ?? 0, others = [...open].filter(([id, position]) => id !== own && position.instrument === instrument);
    const after = before + fill.side * fill.quantity, isOpening = before === 0, isClosed = Math.abs(after) < 1e-9;
    if (isOpening && others.length > 0) count(others.some(([, { quantity }]) => quantity * fill.side < 0) ? 'opened against another position' : 'opened beside another position');
    if (!isOpening && before * fill.side > 0) count('position of several fills');
    if (isClosed && others.length > 0) count('closed with others open');
    if (before * fill.side < 0 && !isClosed) count('reduced in part');
    if (order.linkKind === 'bracket') count('reduced by a leg');
    else if (order.linkKind === 'oto' && !Number.isNaN(order.positionId) && order.reduceOnly && order.parentId === order.positionId) count('reduced by an exit of its first order');
    else if (!Number.isNaN(order.positionId)) count(order.decisionTime === fill.time && order.kind === 'market' ? 'reduced by its id at once' : 'reduced by its id');
    else if (order.reduceOnly) count('reduced as the oldest');
    if (before * fill.side < 0 && options.lots === 'fifo') count('reduced with lots');
    open.set(own, { instrument, quantity: after });
    if (isClosed) open.delete(own);
    if (options.margin !== undefined && open.size > 1) count('several positions with margin');
  }
  count('held on both sides at the end', instruments.filter(({ id }) => new Set([...open.values()].filter(position => position.instrument === id).map(({ quantity }) => Math.sign(quantity))).size === 2).length);
  count('liquidated inside a bar', result.liquidatedInside);
  for (const { event, orderId, reason } of result.executions) {
    const order = orders.get(orderId), isBound = order !== undefined && !Number.isNaN(order.positionId);
    if (ends.has(reason)) count(`${reason}: ${event}`);
    if (reason === 'nothingToReduce' && isBound) count('nothing to reduce by its id');
    if (reason === 'positionClosed' && isBound && order.linkKind === 'none') count('ended with its position');
    if (reason === 'positionClosed' && order?.linkKind === 'bracket') count('leg ended with its position');
    if (reason === 'sibling' && order !== undefined && Number.isNaN(order.positionId) && order.linkKind !== 'oco') count('opening order ended with its position');
  }
}

const ends: ReadonlySet<string> = new Set(['positionLimit', 'cooldown', 'locked', 'insufficientCash', 'liquidation']);
const required = ['opened beside another position', 'opened against another position', 'position of several fills', 'closed with others open', 'reduced in part', 'reduced by a leg', 'reduced by an exit of its first order', 'reduced by its id', 'reduced by its id at once',
  'reduced as the oldest', 'reduced with lots', 'several positions with margin', 'held on both sides at the end', 'liquidated inside a bar', 'nothing to reduce by its id', 'ended with its position', 'leg ended with its position', 'opening order ended with its position',
  'positionLimit: cancel', 'cooldown: cancel', 'cooldown: reject', 'locked: cancel', 'locked: reject', 'insufficientCash: cancel', 'liquidation: cancel', 'liquidated while both sides were held', 'closed by a lock while several were open'];

/** The difference of one seed in words. */
function differenceOf(seed: number): string | undefined {
  const of = makeHedgingCase(seed);
  return differenceOfCase(seed, of, (_run, expected) => cover(of, expected));
}

for (let first = 0; first < caseCount; first += partSize) {
  test(`hedging cases ${first} to ${first + partSize - 1}, resident and in groups`, () => {
    for (let seed = first; seed < first + partSize; seed++) expect(differenceOf(seed)).toBeUndefined();
  });
}

test('a simulator that goes on from a snapshot gives the same', () => {
  for (let seed = 0; seed < 300; seed++) expect(differenceFromSnapshot(seed, makeHedgingCase(seed))).toBeUndefined();
});

test('every rule of hedging came at least 20 times', () => {
  expect(required.map(cell => [cell, counts.get(cell) ?? 0] as const).filter(([, times]) => times < 20)).toEqual([]);
});

/** Readings that are wrong, the rule that says so, and in how many cases at least they have to be found. */
const planted: readonly (readonly [rule: string, misreading: Misreading, words: string, atLeast: number])[] = [
  ['H1', 'netted', 'an order against a position closes it, as with netting', 5],
  ['H2', 'youngestFirst', 'a reduce-only order takes the youngest position', 5],
  ['H2, H3', 'boundTakesOldest', 'an order with a position, or a leg, takes the oldest', 5],
  ['H4', 'boundStay', 'the orders of a position outlive it', 5],
  ['H4', 'openerStays', 'an order goes on opening after its position has closed', 1],
  ['H5', 'equityOfSum', 'equity is that of the sum of all positions', 5],
  ['H6', 'positionsByInstrument', 'an instrument that has a position may have more of them', 5],
  ['H7', 'marginOfSum', 'positions against each other need no margin', 1],
  ['H8', 'fallsBySum', 'the price at which the account ends is that of the sum', 1],
  ['H9', 'chargeOnSum', 'charges for holding are on the sum', 3],
];

describe('a misreading of the rules is caught', () => {
  const right = new Map<number, ReferenceResult>(), resultOf = (seed: number): ReferenceResult => {
    let known = right.get(seed);
    if (known === undefined) {
      const of = makeHedgingCase(seed);
      right.set(seed, (known = reference(of.start().setup, of.rows)));
    }
    return known;
  };
  test.each(planted)('%s, %s: %s', (_rule, misreading, _words, atLeast) => {
    let caught = goldensOfHedging.map(goldenSetup).filter(({ setup, rows }) => firstDifference(reference(setup, rows), reference(setup, rows, misreading))).length;
    for (let seed = 0; seed < 400 && caught < atLeast; seed++) {
      const of = makeHedgingCase(seed);
      if (firstDifference(resultOf(seed), reference(of.start().setup, of.rows, misreading))) caught++;
    }
    expect(caught).toBeGreaterThanOrEqual(atLeast);
  });
});
