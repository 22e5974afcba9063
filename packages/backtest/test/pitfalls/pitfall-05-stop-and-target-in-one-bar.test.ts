import { expect, test } from 'vitest';
import { goldenSetup } from '../reference/goldens.ts';
import { simulate } from '../simulated.ts';
import { fillsOf, simulated, type Case, type Run } from './golden-runs.ts';

/** Oracle: worked by hand. Long from 100 with stop 90 and target 110; the third bar spans 80 to 120. */
const bars: Case = {
  market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, 100, 120, 80, 100]], on: { 0: a => { a.submit({ side: 1, quantity: 1, stop: 90, target: 110 }); } },
};

function stopComesFirst(run: Run): void {
  expect(fillsOf(run(bars))).toEqual(['0 1 100', '1 2 90']);
}

test('pitfall 5: a bar that reaches stop and target hits the stop', () => stopComesFirst(simulated));

test('pitfall 5: the optimistic policy hits the target, and both count the bar as ambiguous', () => {
  for (const [intrabar, exit] of [['pessimistic', '1 2 90'], ['optimistic', '2 2 110']] as const) {
    const { setup, rows } = goldenSetup({ name: '', reading: '', fills: [], ...bars, options: { intrabar } }), result = simulate(setup, rows);
    expect(fillsOf(result)).toEqual(['0 1 100', exit]);
    expect(result.ambiguousBars).toBe(1);
  }
});

test('pitfall 5: a bar that reaches one of them only is not ambiguous', () => {
  const { setup, rows } = goldenSetup({ name: '', reading: '', fills: [], ...bars, rows: [...bars.rows.slice(0, 2), [20, 100, 120, 91, 100]] });
  expect(simulate(setup, rows).ambiguousBars).toBe(0);
});

test('pitfall 5: a program that gives the target the benefit of the doubt is caught', () => {
  expect(() => stopComesFirst(of => simulated({ ...of, options: { intrabar: 'optimistic' } }))).toThrow(/2 2 110/);
});
