/**
 * Oracle: the naive reference of this folder, written from `contracts.md` and `fills.md` alone.
 *
 * Every order, execution, fill and row of equity of the simulator equals the reference's, with all rows resident and in groups.
 */
import { randomStream } from '@zanzibar/core';
import { afterAll, describe, expect, test } from 'vitest';
import { makeCase } from './cases.ts';
import { describeDifference, firstDifference, type Comparable } from './compare.ts';
import { count, cover, requiredCells, requiredRows, type Counts } from './coverage.ts';
import { cutGroups } from './groups.ts';
import type { Misreading } from './records.ts';
import { reference } from './reference.ts';
import { simulate, simulateResumed } from '../simulated.ts';

const caseCount = 5000, partSize = 500;
const counts: Counts = new Map();

/** The difference of one seed in words, resident first, then in groups. */
function differenceOf(seed: number): string | undefined {
  const of = makeCase(seed), run = of.start(), expected = reference(run.setup, of.rows), tolerance = Number.isNaN(of.instruments[0].tick) ? 1e-9 : 0;
  cover(counts, of, run, expected);
  const random = randomStream(seed, 'groups'), most = [1, 2, 7, 30, 97][random.integer(0, 4)], groups = cutGroups(of, random, () => random.integer(1, most));
  count(counts, most === 1 ? 'groups of one row' : 'groups of several rows');
  for (const [way, parts] of [['resident', undefined], ['groups', groups]] as const) {
    const simulated = of.start(), actual = simulate(simulated.setup, of.rows, parts, simulated.show), difference = firstDifference(expected, actual, tolerance);
    if (difference) return describeDifference(`seed ${seed} (${of.family}, ${way})`, difference, expected, actual);
    if (actual.ambiguousBars !== expected.ambiguousBars) return `seed ${seed} (${way}): ambiguous bars: reference ${expected.ambiguousBars}, simulator ${actual.ambiguousBars}`;
    if (actual.resolvedBars !== expected.resolvedBars) return `seed ${seed} (${way}): bars decided by ticks: reference ${expected.resolvedBars}, simulator ${actual.resolvedBars}`;
    const call = run.calls.findIndex((value, i) => value !== simulated.calls[i]);
    if (call >= 0 || run.calls.length !== simulated.calls.length) return `seed ${seed} (${of.family}, ${way}): call ${call}: reference ${run.calls[call]}, simulator ${simulated.calls[call]}`;
  }
  return undefined;
}

describe('simulator and naive reference agree on random closed-loop cases', () => {
  for (let first = 0; first < caseCount; first += partSize) {
    test(`cases ${first} to ${first + partSize - 1}, resident and in groups`, () => {
      for (let seed = first; seed < first + partSize; seed++) expect(differenceOf(seed)).toBeUndefined();
    });
  }

  test('a simulator that goes on from a snapshot gives the same orders, executions and fills', () => {
    // A restored simulator does not know when orders of the past had arrived: arrivalTime is left out.
    const withoutArrivals = <R extends Comparable>(result: R): Comparable => ({ ...result, executions: result.executions.map(row => ({ ...row, arrivalTime: 0n })) });
    for (let seed = 0; seed < 500; seed++) {
      const of = makeCase(seed), random = randomStream(seed, 'snapshot'), groups = cutGroups(of, random, () => random.integer(1, 20)), first = of.start(), second = of.start();
      const actual = simulateResumed(first.setup, second.setup, groups, random.integer(1, groups.length), group => { first.show(group); second.show(group); });
      const expected = reference(of.start().setup, of.rows), difference = firstDifference(withoutArrivals(expected), withoutArrivals(actual), Number.isNaN(of.instruments[0].tick) ? 1e-9 : 0);
      expect(difference && describeDifference(`seed ${seed}`, difference, expected, actual)).toBeUndefined();
    }
  });

  test('every cell of kind x outcome x gap x equal time x latency, and every special row, came at least 20 times', () => {
    const short = [...requiredCells(), ...requiredRows, 'groups of one row', 'groups of several rows'].map(cell => [cell, counts.get(cell) ?? 0] as const).filter(([, times]) => times < 20);
    expect(short).toEqual([]);
  });

  afterAll(() => counts.clear());
});

describe('a misreading of the table is caught', () => {
  /** Of 200 cases at least this many. */
  const planted: readonly (readonly [Misreading, string, number])[] = [
    ['sameTick', 'an order is matched on the row that it was sent on', 20],
    ['betterPrice', 'a resting limit gets the better price of a jump', 20],
    ['crossedFills', 'crossed quotes fill', 20],
    ['triggerRowRetried', 'a stop limit that rests after its trigger row takes on the next', 3],
    ['restingTakes', 'a resting limit is a taker', 20],
    ['stopAtItsPrice', 'a stop fills at its own price through a gap', 20],
    ['strictStop', 'a price that equals the stop does not trigger it', 20],
    ['siblingSurvives', 'a filled leg leaves its sibling working', 20],
    ['legsSurviveParent', 'the legs of a cancelled entry stay held', 20],
    ['wholeEntryBar', 'a leg sees what its entry\'s bar did before the entry', 3],
    ['tieAfterRow', 'an arrival comes after market rows of its time', 20],
    ['cancelIgnoresLatency', 'a cancel arrives at once', 20],
    ['dayNeverEnds', 'a day order outlives its session', 5],
    ['touchedAsStop', 'a touched order triggers like a stop', 20],
    ['killFillsPartly', 'a fill-or-kill takes what is shown', 3],
    ['trailRaisedFirst', 'a trailing stop is raised by a bar\'s high before its low is tested', 3],
    ['trailForgetsExtreme', 'a replaced trailing stop begins anew', 3],
    ['trailLoosens', 'a trailing stop gives up the stop price that it was sent with', 20],
    ['activationIgnored', 'a trailing stop trails before its activation price', 10],
    ['openAnyRow', 'an order for the open is filled in the middle of a session', 20],
    ['staleClose', 'an order for the close gets a price from before it', 1],
    ['stepsFromStop', 'the steps of a stop are counted from its own price', 5],
    ['othersAtOnce', 'orders that wait for another one do not wait', 20],
    ['staleStanding', 'every limit counts as satisfied by the standing row', 20],
    ['minimumPerFill', 'each fill of an order pays its minimum', 5],
    ['ownVolumeAtOpen', 'a bar\'s open may take of what the bar is still to trade', 5],
    ['chargeAfterRows', 'a position is charged after the rows of that time', 5],
    ['impactOnLimits', 'a limit that takes pays beyond its limit', 5],
  ];
  test.each(planted)('%s: %s', (misreading, _, atLeast) => {
    let caught = 0;
    for (let seed = 0; seed < 200 && caught < atLeast; seed++) {
      const of = makeCase(seed);
      if (firstDifference(reference(of.start().setup, of.rows), reference(of.start().setup, of.rows, misreading))) caught++;
    }
    expect(caught).toBe(atLeast);
  });
});
