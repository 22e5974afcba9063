/** Oracle: brute force over all pairs of intervals (packages/engines/test/reference/hayashi-yoshida.ts). */
import { expect, test } from 'vitest';
import { combine, defineEngine, randomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { bruteForceHayashiYoshida, type Tick } from '../../test/reference/hayashi-yoshida.ts';
import { hayashiYoshidaCorrelation } from './hayashi-yoshida-correlation.ts';

/** Another instrument's ticks at about a third of the rows, with the price of three rows ago, in the middle of which the driver's may fall. */
const others = defineEngine({
  name: 'others',
  input: { time: 'i64', price: 'f64', size: 'f64' },
  appended: { ticks: { sourceRow: 'f64', time: 'i64', price: 'f64' } },
  defaults: {},
  mirror: 'exact',
  scale: 'exact',
  init: () => ({ prices: new Float64Array(3).fill(NaN) }),
  advance({ prices }, { base, time, price, size }, { ticks }, from, to) {
    for (let i = from; i < to; i++) {
      if ((size[i] * 8) % 3 === 0) {
        const at = ticks.append();
        ticks.sourceRow[at] = base + i;
        ticks.time[at] = time[i];
        ticks.price[at] = prices[(base + i) % 3];
      }
      prices[(base + i) % 3] = price[i];
    }
  },
});

engineLaws(test, hayashiYoshidaCorrelation, { options: random => ({ period: random.integer(1, 30) }), tables: { other: [others, 'ticks'] } });

function randomTicks(seed: string, count: number, span: number): Tick[] {
  const random = randomStream(5, seed), times = Array.from({ length: count }, () => random.integer(0, span)).sort((a, b) => a - b);
  let price = 100;
  return times.map(time => ({ time, price: (price += random.integer(-8, 8)) / 4 }));
}
const columns = (ticks: readonly Tick[]): { time: BigInt64Array; price: Float64Array } => ({ time: BigInt64Array.from(ticks, ({ time }) => BigInt(time)), price: Float64Array.from(ticks, ({ price }) => price) });

/** `other` first at equal times: the driving row sees it. */
function correlations(first: readonly Tick[], second: readonly Tick[], period: number): Float64Array {
  const pipeline = combine({ it: [hayashiYoshidaCorrelation, 'x', { period }, { other: 'y' }] }, { x: { instrument: 'b' }, y: { instrument: 'a' } });
  return pipeline({ x: columns(first), y: columns(second) }).it.correlation;
}

test.each([[60, 60, 300], [80, 20, 200], [25, 120, 150], [100, 100, 60], [40, 3, 90]])('%i ticks against %i over %i instants equal the brute force over every pair', (own, other, span) => {
  const first = randomTicks(`first ${own}`, own, span), second = randomTicks(`second ${other}`, other, span);
  for (const period of [1, 7, 20]) {
    const actual = correlations(first, second, period);
    let compared = 0;
    first.forEach(({ time }, row) => {
      const expected = bruteForceHayashiYoshida(first.slice(0, row + 1), second.filter(tick => tick.time <= time), period);
      if (Number.isNaN(expected)) expect([row, actual[row]]).toEqual([row, NaN]);
      else expect([row, Math.abs(actual[row] - expected) < 1e-12]).toEqual([row, true]);
      if (!Number.isNaN(expected)) compared++;
    });
    if (other > 3 && period > 1) expect(compared).toBeGreaterThan(0);
  }
});

test('the example in the header holds: every pair but the first with the last overlaps', () => {
  const first = [[0, 1], [2, 2], [4, 4]].map(([time, price]) => ({ time, price })), second = [[1, 10], [3, 11], [4, 13]].map(([time, price]) => ({ time, price }));
  // 1 * 1 + 2 * 1 + 2 * 2 = 7 over sqrt((1 + 4)(1 + 4)).
  expect([...correlations(first, second, 2)]).toEqual([NaN, NaN, 7 / 5]);
});

test('ticks that come together give the plain correlation about zero', () => {
  const first = randomTicks('together', 50, 1e9), second = first.map(({ time, price }, k) => ({ time, price: price * (k % 3 === 0 ? 1 : 1.5) }));
  let cross = 0, own = 0, other = 0;
  for (let k = 1; k < 50; k++) {
    const x = first[k].price - first[k - 1].price, y = second[k].price - second[k - 1].price;
    cross += x * y;
    own += x * x;
    other += y * y;
  }
  expect(Math.abs(correlations(first, second, 49)[49] - cross / Math.sqrt(own * other))).toBeLessThan(1e-12);
});

test('ticks without price are none; a market that does not move has no correlation', () => {
  const first = randomTicks('holed', 30, 100), second = randomTicks('holed other', 30, 100), holed = first.map((tick, k) => (k % 5 === 2 ? { ...tick, price: NaN } : tick));
  const actual = correlations(holed, second, 5), time = holed[29].time;
  expect(Math.abs(actual[29] - bruteForceHayashiYoshida(holed, second.filter(tick => tick.time <= time), 5))).toBeLessThan(1e-12);
  expect([...correlations(first, second.map(tick => ({ ...tick, price: 3 })), 5)]).toEqual(Array(30).fill(NaN));
});

test('a period that is no positive integer is refused by name', () => {
  expect(() => correlations([], [], 0)).toThrow(new RangeError('hayashiYoshidaCorrelation: period must be a positive integer, was 0'));
});
