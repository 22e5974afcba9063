import { expect, test } from 'vitest';
import type { SimulatorSetup } from '../../src/simulator/setup.ts';
import { makeCase } from '../reference/cases.ts';
import { firstDifference } from '../reference/compare.ts';
import { simulate } from '../simulated.ts';

/** Oracle: the run before it. Ids, random draws and tables of a second run in the same process begin as those of the first. */
function theSecondRunIsTheFirst(setupOf: (seed: number) => SimulatorSetup): void {
  for (let seed = 0; seed < 20; seed++) {
    const { rows } = makeCase(seed), first = simulate(setupOf(seed), rows), second = simulate(setupOf(seed), rows);
    expect(firstDifference(first, second)).toBeUndefined();
    expect(first.orders[0]?.orderId ?? 0).toBe(0);
  }
}

test('pitfall 25: a run is a function of its data, parameters and seed', () => theSecondRunIsTheFirst(seed => makeCase(seed).start().setup));

test('pitfall 25: runs of other cases in between change nothing', () => {
  const of = makeCase(3), alone = simulate(of.start().setup, of.rows);
  for (const seed of [4, 5, 6]) simulate(makeCase(seed).start().setup, makeCase(seed).rows);
  expect(firstDifference(alone, simulate(of.start().setup, of.rows))).toBeUndefined();
});

test('pitfall 25: a strategy whose state outlives its run is caught', () => {
  const states = new Map<number, unknown>();
  const leaking = (seed: number): SimulatorSetup => {
    const { setup } = makeCase(seed).start(), state = states.get(seed) ?? setup.state;
    states.set(seed, state);
    return { ...setup, state };
  };
  expect(() => theSecondRunIsTheFirst(leaking)).toThrow();
});
