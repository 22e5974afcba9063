import { expect, test } from 'vitest';
import { engineLaws, randomMarket } from '@zanzibar/core/testing';
import { deltaByHand } from '../../test/reference/delta.ts';
import { delta } from './delta.ts';

engineLaws(test, delta, {
  options: random => ({ threshold: random.integer(0, 40) }),
  data(random, rows, texture) {
    const bars = randomMarket({ ...delta.spec.input, ...delta.spec.optional }, random, rows, texture);
    return { ...bars, volume: bars.volume.map((volume: number) => volume + random.integer(0, 8) / 4) };
  },
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const plain = (output: any): { [column: string]: number[] } => Object.fromEntries(Object.keys(deltaByHand.expected).map(name => [name, [...output[name]]]));

test('the example in the header holds', () => {
  expect(plain(delta({ volume: f(10, 4, 0), buyVolume: f(7, 1, 0), sellVolume: f(3, 2, 0) }))).toEqual({
    delta: [4, -1, 0], unsignedVolume: [0, 1, 0], cumulativeDelta: [4, 3, 3], heat: [70, 37.5, NaN], bias: [1, -1, 0],
  });
});

test('five bars of trades by hand, a session among them', () => {
  const total = (wanted: (side: number) => boolean): Float64Array => Float64Array.from(deltaByHand.trades, trades => trades.reduce((sum, [side, size]) => sum + (wanted(side) ? size : 0), 0));
  const bars = { volume: total(() => true), buyVolume: total(side => side > 0), sellVolume: total(side => side < 0), anchor: Int8Array.from(deltaByHand.anchor) };
  expect(plain(delta(bars))).toEqual(deltaByHand.expected);
});

test('NaN stays in the total until the next anchor or segment', () => {
  const bars = { volume: f(1, NaN, 1, 1, 1), buyVolume: f(1, NaN, 1, 1, 1), sellVolume: f(0, 0, 0, 0, 0) };
  expect([...delta(bars).cumulativeDelta]).toEqual([1, NaN, NaN, NaN, NaN]);
  expect([...delta({ ...bars, anchor: Int8Array.of(0, 0, 0, 1, 0) }).cumulativeDelta]).toEqual([1, NaN, NaN, 1, 2]);
  expect([...delta({ ...bars, segment: Int32Array.of(0, 0, 1, 1, 1) }).cumulativeDelta]).toEqual([1, NaN, 1, 2, 3]);
  expect([...delta(bars).bias]).toEqual([1, 0, 1, 1, 1]);
});

test('options out of range are refused by name', () => {
  expect(() => delta({ volume: f(1), buyVolume: f(1), sellVolume: f(0) }, { threshold: 51 })).toThrow(new RangeError('delta: threshold must be from 0 to 50, was 51'));
});
