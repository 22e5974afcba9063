import { expect, test } from 'vitest';
import type { Group, SimulatorSetup } from '../../src/simulator/setup.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { goldenSetup } from '../reference/goldens.ts';

type Run = (setup: SimulatorSetup, rows: Group) => void;

const simulated: Run = (setup, rows) => {
  const simulator = new Simulator(setup);
  simulator.load(rows);
  simulator.run(setup.to);
  simulator.finish();
};

/** One bracket every ten quotes, closed by its target within ten: a few are open at a time, however many there have been. */
function brackets(count: number): ReturnType<typeof goldenSetup> {
  const rows = Array.from({ length: 10 * count + 40 }, (_, i) => [i, 1000 + (i % 20 < 10 ? 0 : 10), 1001 + (i % 20 < 10 ? 0 : 10)]);
  return goldenSetup({ name: '', reading: '', fills: [], market: 'quotes', rows, on: Object.fromEntries(Array.from({ length: count }, (_, k) => [10 * k, a => { a.submit({ side: 1, quantity: 1, stop: 900, target: 1010 }); }])) });
}

/** The least of some times, in nanoseconds an order. */
function costOfAnOrder(run: Run, count: number): number {
  let least = Infinity;
  for (let n = 0; n < 4; n++) {
    const { setup, rows } = brackets(count), start = process.hrtime.bigint();
    run({ ...setup, to: 10_000_000n }, rows);
    least = Math.min(least, Number(process.hrtime.bigint() - start) / count);
  }
  return least;
}

/** Oracle: none but the clock. With 16 times the orders an order may cost 4 times as much (caches, growth, a busy machine), not 16 times. */
function costStaysConstant(run: Run, few: number): void {
  costOfAnOrder(run, few);
  const before = costOfAnOrder(run, few), after = costOfAnOrder(run, 16 * few);
  expect(after / before).toBeLessThan(4);
}

test('pitfall 28: the cost of an order does not grow with the number of orders', () => costStaysConstant(simulated, 500));

test('pitfall 28: a program that looks through all orders there ever were at every row is caught', () => {
  const walking: Run = (setup, rows) => simulated({
    ...setup,
    decide: (state, now, account, actions) => {
      setup.decide(state, now, account, actions);
      for (let id = 0; id < 0.3 * (now.base + now.row); id++) account.order(id);
    },
  }, rows);
  expect(() => costStaysConstant(walking, 60)).toThrow();
});
