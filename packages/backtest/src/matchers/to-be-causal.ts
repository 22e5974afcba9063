/** `expect(prepareRun(strategy, { data })).toBeCausal()`: the run does not see its future, a clock, or unseeded randomness. */
import { formatTime } from '@zanzibar/core';
import { trapOutsideWorld } from '../cli/outside-world.ts';
import { describeDifference } from '../run/differences.ts';
import { checkLookahead } from '../run/lookahead.ts';
import { prepareRun, type PreparedRun } from '../run/prepare.ts';
import type { Matching } from './matching.ts';

/** @param seeds runs with a poisoned future */
export function beCausal(received: PreparedRun, { seeds = 3 }: { readonly seeds?: number } = {}): Matching {
  if (typeof received?.session !== 'function') throw new TypeError('toBeCausal: expects what prepareRun(strategy, { data }) gives');
  if (!(Number.isInteger(seeds) && seeds >= 0)) throw new RangeError(`toBeCausal: seeds must be a whole number, was ${seeds}`);
  const steps = checkLookahead(received, seeds, ({ strategy, parameters, from, to, options, quality }, data) => prepareRun(strategy, { data, parameters, from, to, options, quality })), trap = trapOutsideWorld();
  try {
    trap.arm();
    let step = steps.next();
    while (!step.done) step = steps.next();
    trap.disarm();
    const { findings, poisonedRuns } = step.value, uses = trap.uses();
    const lines = [
      ...uses.map(({ what, place }) => `it reads ${what}${place === '' ? '' : ` at ${place}`}`),
      ...findings.map(({ test, seed, until, difference }) => `${test}${seed === undefined ? '' : ` (seed ${seed})`}: ${describeDifference(difference)}${until === undefined ? '' : `, although it was known at ${formatTime(until)}, before the futures part`}`),
    ];
    const { name } = received.strategy;
    return lines.length === 0 ? { pass: true, message: () => `${name} is the same row by row, repeated, and under ${poisonedRuns} poisoned futures, which was not to be` } : { pass: false, message: () => `${name} is not causal\n${lines.map(line => `  ${line}`).join('\n')}` };
  } finally {
    trap.disarm();
  }
}
