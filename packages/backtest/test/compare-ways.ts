/** A seeded case against the reference: resident, in groups, and from a snapshot. */
import { randomStream } from '@zanzibar/core';
import { simulate, simulateResumed } from './simulated.ts';
import type { Case } from './reference/cases.ts';
import { describeDifference, firstDifference, type Comparable } from './reference/compare.ts';
import { cutGroups } from './reference/groups.ts';
import { reference } from './reference/reference.ts';
import type { ReferenceResult } from './reference/records.ts';
import { differentTrip, referenceTrips } from './reference/round-trips.ts';

const toleranceOf = ({ instruments }: Case): number => (Number.isNaN(instruments[0].tick) ? 1e-9 : 0);

/** The difference of a case in words, its rows resident and in groups; `see` is shown what the reference made of it, `alsoDiffers` may find more. */
export function differenceOfCase(seed: number, of: Case, see: (run: ReturnType<Case['start']>, expected: ReferenceResult) => void, alsoDiffers?: (run: ReturnType<Case['start']>, simulated: ReturnType<Case['start']>) => string | undefined): string | undefined {
  const run = of.start(), expected = reference(run.setup, of.rows), { instruments, options } = of;
  see(run, expected);
  const random = randomStream(seed, 'groups'), most = [1, 2, 7, 30, 97][random.integer(0, 4)], groups = cutGroups(of, random, () => random.integer(1, most));
  for (const [way, parts] of [['resident', undefined], ['groups', groups]] as const) {
    const simulated = of.start(), actual = simulate(simulated.setup, of.rows, parts, simulated.show), difference = firstDifference(expected, actual, toleranceOf(of));
    if (difference) return describeDifference(`seed ${seed} (${of.family}, ${way})`, difference, expected, actual);
    const words = (options.rates === undefined ? differentTrip(referenceTrips(expected.fills, instruments, options, of.rows), actual.roundTrips) : undefined) ?? alsoDiffers?.(run, simulated);
    if (words !== undefined) return `seed ${seed} (${of.family}, ${way}): ${words}`;
  }
  return undefined;
}

/** The difference of a case in words, the simulator stopped between two groups and gone on from its snapshot. */
export function differenceFromSnapshot(seed: number, of: Case): string | undefined {
  const random = randomStream(seed, 'snapshot'), groups = cutGroups(of, random, () => random.integer(1, 20)), first = of.start(), second = of.start();
  const withoutArrivals = <R extends Comparable>(result: R): Comparable => ({ ...result, executions: result.executions.map(row => ({ ...row, arrivalTime: 0n })) });
  const actual = simulateResumed(first.setup, second.setup, groups, random.integer(1, groups.length), group => { first.show(group); second.show(group); });
  const expected = reference(of.start().setup, of.rows), difference = firstDifference(withoutArrivals(expected), withoutArrivals(actual), toleranceOf(of));
  return difference && describeDifference(`seed ${seed}`, difference, expected, actual);
}
