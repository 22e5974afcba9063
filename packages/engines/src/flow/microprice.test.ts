import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { plainMicroprice, type PlainQuote } from '../../test/reference/microprice.ts';
import { fitMicroprice } from './fit-microprice.ts';
import { microprice } from './microprice.ts';

const model = { fittedThrough: 5n, buckets: 4, spreads: 3, correction: Float64Array.of(0.125, 0.5, 0.25, NaN, 0.5, 4) };

engineLaws(test, microprice, { options: () => ({ tick: 1 / 64, model }) });

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const later = (count: number): BigInt64Array => BigInt64Array.from({ length: count }, (_, i) => BigInt(6 + i));

test('the example in the header holds', () => {
  const half = { fittedThrough: 0n, buckets: 2, spreads: 1, correction: f(0.25) };
  expect([...microprice({ time: later(1), bid: f(100), ask: f(101), bidSize: f(3), askSize: f(1) }, { tick: 1, model: half }).microprice]).toEqual([100.75]);
});

test('the example of the fit holds', () => {
  const quotes = { time: later(2), bid: f(1, 2), ask: f(2, 3), bidSize: f(3, 1), askSize: f(1, 3) };
  expect([...fitMicroprice(quotes, { tick: 1, buckets: 2, spreads: 1, terms: 1 }).correction]).toEqual([1]);
  expect([...fitMicroprice(quotes, { tick: 1, buckets: 2, spreads: 1, terms: 2 }).correction]).toEqual([0]);
});

test('each side of the book leans by the state it is in, the even book not at all, none farther than a quote', () => {
  const quotes = { bid: f(10, 10, 10, 10, 10, 10), ask: f(11, 11, 11, 12, 13, 13), bidSize: f(5, 3, 1, 1, 9, 1), askSize: f(5, 1, 3, 1, 1, 9) };
  expect([...microprice({ time: later(6), ...quotes }, { tick: 1, model }).microprice]).toEqual([10.5, 11, 10, 11, 13, 10]);
});

test('NaN: missing prices and sizes, an empty book, crossed, locked and wide quotes, states that the sample did not have', () => {
  const quotes = { bid: f(NaN, 10, 10, 11, 10, 10, 10), ask: f(11, 11, 11, 10, 10, 14, 12), bidSize: f(1, NaN, 0, 1, 1, 1, 9), askSize: f(1, 1, 0, 1, 1, 1, 1) };
  expect([...microprice({ time: later(7), ...quotes }, { tick: 1, model }).microprice]).toEqual(Array.from({ length: 7 }, () => NaN));
});

test('a model may not be applied to the rows that it was fitted on', () => {
  const one = f(1);
  expect(() => microprice({ time: BigInt64Array.of(5n), bid: one, ask: f(2), bidSize: one, askSize: one }, { tick: 1, model })).toThrow(/was fitted through 5 and must not be applied at 5/);
});

test('options out of range are refused by name', () => {
  const quotes = { time: later(1), bid: f(1), ask: f(2), bidSize: f(1), askSize: f(1) };
  expect(() => microprice(quotes, { model })).toThrow(new RangeError('microprice: tick must be given and be a positive number, was NaN'));
  expect(() => microprice(quotes, { tick: 1 })).toThrow(new RangeError('microprice: model must be given, as fitMicroprice returns it'));
  expect(() => fitMicroprice(quotes, { tick: 1, buckets: 5 })).toThrow(new RangeError('fitMicroprice: buckets must be even, was 5'));
  expect(() => fitMicroprice(quotes, { tick: 1, terms: 0 })).toThrow(new RangeError('fitMicroprice: terms must be a positive integer, was 0'));
  const none = f();
  expect(() => fitMicroprice({ time: later(0), bid: none, ask: none, bidSize: none, askSize: none }, { tick: 1 })).toThrow(new RangeError('fitMicroprice: the sample has no quote'));
});

interface Peer { columns: { [column: string]: (number | null)[] }; cases: { buckets: number; spreads: number; terms: number; correction: number[] }[] }
const { columns, cases } = JSON.parse(readFileSync(new URL('../../../../oracles/microprice/expected.json', import.meta.url), 'utf8')) as Peer;
const column = (name: string, scale: number = 1): Float64Array => Float64Array.from(columns[name], value => (value === null ? NaN : value * scale));
const sample = { time: BigInt64Array.from(columns.bid, (_, i) => BigInt(i)), bid: column('bid', 0.25), ask: column('ask', 0.25), bidSize: column('bidSize'), askSize: column('askSize') };

describe('the fit on 6,000 quotes', () => {
  for (const { buckets, spreads, terms, correction } of cases) {
    test(`equals numpy.linalg with ${buckets} buckets, ${spreads} spreads, ${terms} terms`, () => {
      const fitted = fitMicroprice(sample, { tick: 0.25, buckets, spreads, terms });
      correction.forEach((value, k) => expect(Math.abs(fitted.correction[k] - value)).toBeLessThan(1e-11));
      expect([fitted.fittedThrough, fitted.correction.length]).toEqual([5999n, correction.length]);
    });
  }
  test('comes, with many terms, to the expected move of the plain reference over 4,000 steps', () => {
    const quotes = columns.bid.map((bid, i): PlainQuote => [bid!, columns.ask[i]!, columns.bidSize[i] ?? NaN, columns.askSize[i]!]);
    const plain = plainMicroprice(quotes, 4, 2, 4000), { correction } = fitMicroprice(sample, { tick: 0.25, buckets: 4, spreads: 2, terms: 500 });
    ['1 1', '1 2', '2 1', '2 2'].forEach((state, k) => {
      expect(Math.abs(correction[k] - plain.get(state)!)).toBeLessThan(1e-9);
      expect(Math.abs(correction[k] + plain.get(state.replace(' ', ' -'))!)).toBeLessThan(1e-9);
    });
  });
});

test('states that never move have 0, states that were not met NaN', () => {
  const { correction } = fitMicroprice({ time: later(3), bid: f(1, 1, 1), ask: f(2, 2, 2), bidSize: f(2, 2, 2), askSize: f(1, 1, 1) }, { tick: 1, buckets: 2, spreads: 2 });
  expect([...correction]).toEqual([0, NaN]);
});
