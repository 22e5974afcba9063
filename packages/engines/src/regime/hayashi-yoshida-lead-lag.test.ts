/** Oracle: brute force over all pairs of intervals (packages/engines/test/reference/hayashi-yoshida.ts). */
import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { bruteForceHayashiYoshida, type Tick } from '../../test/reference/hayashi-yoshida.ts';
import { hayashiYoshidaLeadLag, type Ticks } from './hayashi-yoshida-lead-lag.ts';

function randomTicks(seed: string, count: number, span: number): Tick[] {
  const random = randomStream(6, seed), times = Array.from({ length: count }, () => random.integer(0, span)).sort((a, b) => a - b);
  let price = 0;
  return times.map(time => ({ time, price: (price += random.normal()) }));
}
const columns = (ticks: readonly Tick[]): Ticks => ({ time: BigInt64Array.from(ticks, ({ time }) => BigInt(time)), price: Float64Array.from(ticks, ({ price }) => price) });

test('at every delay it equals the brute force with the second clock set back', () => {
  const first = randomTicks('a', 80, 400), second = randomTicks('b', 60, 400), delays = [-50, -7, -1, 0, 1, 3, 20, 390, 1000];
  const { correlations } = hayashiYoshidaLeadLag(columns(first), columns(second), delays);
  delays.forEach((delay, k) => expect(Math.abs(correlations[k] - bruteForceHayashiYoshida(first, second.map(tick => ({ ...tick, time: tick.time - delay }))))).toBeLessThan(1e-12));
});

test('a series repeated 2 s later, observed at other instants, is found at 2 s', () => {
  const second = 1_000_000_000, random = randomStream(7, 'walk'), walk = new Float64Array(3000);
  for (let i = 1; i < walk.length; i++) walk[i] = walk[i - 1] + random.normal();
  const seen = (delay: number, share: number): Tick[] => [...walk.keys()].filter(() => random.uniform() < share).map(i => ({ time: i * second + delay, price: walk[i] }));
  const result = hayashiYoshidaLeadLag(columns(seen(0, 0.4)), columns(seen(2 * second, 0.6)), Float64Array.from({ length: 21 }, (_, k) => (k - 10) * second));
  expect([result.delay, result.correlation > 0.5, result.asymmetry > 0.5]).toEqual([2 * second, true, true]);
});

test('the example in the header holds, no ticks give NaN, a delay that is no number is refused', () => {
  const first = randomTicks('c', 30, 60).map(({ time, price }) => ({ time: time * 1_000_000_000, price })), late = first.map(({ time, price }) => ({ time: time + 2_000_000_000, price }));
  const { delay, correlation } = hayashiYoshidaLeadLag(columns(first), columns(late), [0, 2e9, -2e9]);
  expect([delay, Math.abs(correlation - 1) < 1e-12]).toEqual([2e9, true]);
  const none = hayashiYoshidaLeadLag(columns([]), columns([]), [0]);
  expect([none.delay, none.correlation, none.asymmetry]).toEqual([NaN, NaN, NaN]);
  expect(() => hayashiYoshidaLeadLag(columns(first), columns(late), [NaN])).toThrow(new RangeError('hayashiYoshidaLeadLag: a delay must be a number of nanoseconds, was NaN'));
});
