import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { combine, randomStream, timeBars } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barOrderFlowImbalance, orderFlowImbalance } from './order-flow-imbalance.ts';
import { orderFlowImpact } from './order-flow-impact.ts';

engineLaws(test, orderFlowImpact, { options: random => ({ window: random.integer(2, 12) }), inputUnits: { sum: 'signed' } });

const f = (...values: number[]): Float64Array => Float64Array.from(values);

test('the example in the header holds', () => {
  expect([...orderFlowImpact({ close: f(1, 2, 4), sum: f(0, 1, 3) }, { window: 2 }).impact]).toEqual([NaN, NaN, 0.5]);
});

interface Recorded { price: number[]; buyVolume: number[]; sellVolume: number[]; windows: { [window: string]: [slope: number | null, share: number | null][] } }
const recorded = JSON.parse(readFileSync(new URL('../../../../oracles/spreads/expected.json', import.meta.url), 'utf8')) as Recorded;
test.each([2, 5, 20, 50])('impact and share of variance equal scipy, windows of %i rows', window => {
  const close = Float64Array.from(recorded.price), sum = close.map((_, row) => recorded.buyVolume[row] - recorded.sellVolume[row]), { impact, rSquared } = orderFlowImpact({ close, sum }, { window });
  recorded.windows[window].forEach(([slope, share], k) => {
    if (slope === null || share === null) return;
    expect(Math.abs(impact[k + window] - slope)).toBeLessThan(1e-12 * Math.max(1, Math.abs(slope)));
    expect(Math.abs(rSquared[k + window] - share)).toBeLessThan(1e-12);
  });
});

test('in a book that shows 50 at every price, queues of which are taken and filled one by one, impact is about a tick over 100 (oracle: Cont, Kukanov and Stoikov)', () => {
  const random = randomStream(37, 'stylised book'), count = 60_000, shown = 50, bid = new Float64Array(count), ask = new Float64Array(count), bidSize = new Float64Array(count), askSize = new Float64Array(count);
  // Where the two queues end, counted in units of size: a price higher or lower for each `shown` of them.
  let bids = 1000.5 * shown, asks = 1000.5 * shown;
  const time = BigInt64Array.from({ length: count }, (_, row) => BigInt(row) * 10_000_000n);
  for (let row = 0; row < count; row++) {
    if (random.uniform() < 0.5) bids += random.uniform() < 0.5 ? 1 : -1;
    else asks += random.uniform() < 0.5 ? 1 : -1;
    bid[row] = Math.ceil(bids / shown) - 1;
    bidSize[row] = bids - bid[row] * shown;
    ask[row] = Math.floor(asks / shown) + 3;
    askSize[row] = (ask[row] - 2) * shown - asks;
  }
  const { impact } = combine({
    flow: [orderFlowImbalance, 'quotes'],
    seconds: [timeBars, 'quotes', { interval: 10e9, price: 'mid' }],
    sums: [barOrderFlowImbalance, 'seconds.bars', {}, { flow: 'flow' }],
    impact: [orderFlowImpact, 'seconds.bars', { window: 55 }, { close: 'seconds.bars/close', sum: 'sums/sum' }],
  })({ quotes: { time, bid, ask, bidSize, askSize } });
  const found = impact.impact.filter(value => value === value);
  expect(found.length).toBeGreaterThan(3);
  for (const value of found) expect(Math.abs(2 * shown * value - 1)).toBeLessThan(0.25);
});

test('no impact where the flow stands still, no share where the price does; NaN leaves with its rows', () => {
  expect(orderFlowImpact({ close: f(1, 2, 4, 3), sum: f(0, 2, 2, 2) }, { window: 3 }).impact[3]).toBeNaN();
  const { impact, rSquared } = orderFlowImpact({ close: f(5, 5, 5), sum: f(0, 2, 3) }, { window: 2 });
  expect([impact[2], rSquared[2]]).toEqual([0, NaN]);
  expect([...orderFlowImpact({ close: f(1, NaN, 3, 4, 6), sum: f(0, 1, 2, 3, 5) }, { window: 2 }).impact].map(Number.isNaN)).toEqual([true, true, true, true, false]);
});

test('options out of range are refused by name', () => {
  expect(() => orderFlowImpact({ close: f(1), sum: f(1) }, { window: 1 })).toThrow(new RangeError('orderFlowImpact: window must be at least 2, was 1'));
});
