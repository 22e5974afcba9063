import { expect, test } from 'vitest';
import { fillsOf, simulated, type Case, type Run } from './golden-runs.ts';

const rows = Array.from({ length: 12 }, (_, i) => [10 * i, 100 + i, 101 + i]);
const market: Case = { market: 'quotes', rows, on: { 0: a => { a.market(1, 1); } } };

/** Oracle: the first quote at or after 0 + latency, worked by hand: row r has time 10 r and ask 101 + r. */
function latencyDelays(run: Run): void {
  for (const [latency, row] of [[0, 1], [1, 1], [10, 1], [11, 2], [55, 6], [110, 11]]) expect(fillsOf(run({ ...market, options: { latency: { submit: latency } } }))).toEqual([`0 ${row} ${101 + row}`]);
  expect(fillsOf(run({ ...market, options: { latency: { submit: 1e9 } } }))).toEqual([]);
}

/** Messages of one kind arrive in the order in which they were sent, whatever the latency. */
function arrivalsKeepTheirOrder(run: Run): void {
  const on: Case['on'] = { 0: a => { a.market(1, 1); a.market(-1, 2); }, 1: a => { a.market(1, 3); } }, result = run({ ...market, on, options: { latency: { submit: 25 } } });
  const arrivals = result.executions.filter(({ event }) => event === 'accept');
  expect(arrivals.map(({ orderId, time }) => `${orderId} ${time}`)).toEqual(['0 25', '1 25', '2 35']);
}

test('pitfall 14: latency delays a fill by what it says, without end never fills', () => latencyDelays(simulated));
test('pitfall 14: arrivals keep the order of sending', () => arrivalsKeepTheirOrder(simulated));

test('pitfall 14: a slow order is cancelled by a fast cancel only after it has arrived', () => {
  const result = simulated({ ...market, options: { latency: { submit: 50, cancel: 5 } }, on: { 0: a => { a.market(1, 1); a.cancel(0); } } });
  expect(result.executions.map(({ event, time }) => `${event} ${time}`)).toEqual(['submit 0', 'accept 50', 'cancel 50']);
});

test('pitfall 14: latency that does nothing is caught', () => {
  const deaf: Run = of => simulated({ ...of, options: {} });
  expect(() => latencyDelays(deaf)).toThrow();
  expect(() => arrivalsKeepTheirOrder(deaf)).toThrow();
});
