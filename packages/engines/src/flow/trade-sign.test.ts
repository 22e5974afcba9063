import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { quotesBeside } from '../../test/beside.ts';
import { tradeSign, tradeSignRules, type TradeSignRule } from './trade-sign.ts';

engineLaws(test, tradeSign, {
  options: random => ({ rules: Array.from({ length: random.integer(1, 4) }, () => tradeSignRules[random.integer(0, tradeSignRules.length - 1)]) }),
  sources: { quotes: quotesBeside },
});

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const t = (...values: number[]): BigInt64Array => BigInt64Array.from(values, BigInt);

test('the example in the header holds', () => {
  const quotes = { time: t(0), bid: f(10), ask: f(12) }, trades = { time: t(1, 2, 3, 4), price: f(12, 11, 11, 10) };
  const { side, signedVolume } = tradeSign(trades, {}, { quotes });
  expect([...side]).toEqual([1, -1, -1, -1]);
  expect([...signedVolume]).toEqual([1, -1, -1, -1]);
});

test('a quote of the same time does not count, however many come with it', () => {
  const quotes = { time: t(1, 5, 5), bid: f(10, 20, 30), ask: f(12, 22, 32) };
  expect([...tradeSign({ time: t(5, 6), price: f(12, 12) }, { rules: ['quote'] }, { quotes }).side]).toEqual([1, -1]);
});

test("the venue's flag goes first, an unknown one falls through; without any rule that tells the side is 0", () => {
  const quotes = { time: t(0), bid: f(10), ask: f(12) }, trades = { time: t(1, 2, 3), price: f(12, 12, 11), side: Int8Array.of(-1, 0, 0), size: f(2, 3, 4) };
  expect([...tradeSign(trades, { rules: ['aggressor', 'quote'] }, { quotes }).signedVolume]).toEqual([-2, 3, 0]);
  expect([...tradeSign(trades, {}, { quotes }).side]).toEqual([-1, 1, -1]);
});

test('NaN: a trade without a price is passed over, a quote with NaN tells nothing, before the first quote only the tick rule speaks', () => {
  const quotes = { time: t(2, 4), bid: f(10, NaN), ask: f(12, 12) }, trades = { time: t(1, 3, 5, 6), price: f(9, NaN, 12, 8), size: f(1, 1, NaN, 1) };
  const { side, signedVolume } = tradeSign(trades, { rules: ['quote', 'tick'] }, { quotes });
  expect([...side]).toEqual([0, 0, 1, -1]);
  expect([...signedVolume]).toEqual([0, NaN, NaN, -1]);
});

test('prices that are no binary fractions meet the middle and the three tenths of a spread', () => {
  for (let cents = 1; cents < 400; cents++) {
    const quotes = { time: t(0), bid: f(cents / 100), ask: f((cents + 10) / 100) }, at = (offset: number, rule: TradeSignRule): number => tradeSign({ time: t(1, 2), price: f(9, (cents + offset) / 100) }, { rules: [rule] }, { quotes }).side[1];
    expect([at(5, 'quote'), at(4, 'quote'), at(6, 'quote'), at(7, 'clnv'), at(3, 'clnv')]).toEqual([0, -1, 1, 1, -1]);
  }
});

test('without quotes the flag and the tick rule speak', () => {
  expect([...tradeSign({ time: t(1, 2, 3), price: f(5, 6, 6), side: Int8Array.of(-1, 0, 0) }).side]).toEqual([-1, 1, 1]);
});

test('options out of range are refused by name', () => {
  const run = (rules: any): unknown => tradeSign({ time: t(0), price: f(1) }, { rules }, { quotes: { time: t(0), bid: f(1), ask: f(1) } });
  expect(() => run([])).toThrow(new RangeError('tradeSign: rules must name at least one of aggressor, quote, tick, leeReady, emo, clnv, depth, tradeSize, was '));
  expect(() => run(['elo'])).toThrow(new RangeError('tradeSign: rules must be of aggressor, quote, tick, leeReady, emo, clnv, depth, tradeSize, was elo'));
});

interface Peer { columns: { [column: string]: (number | null)[] }; labels: { [rules: string]: string } }
const { columns, labels } = JSON.parse(readFileSync(new URL('../../../../oracles/trade-sign/expected.json', import.meta.url), 'utf8')) as Peer;

describe('signs of 3,000 trades equal tclf, label for label', () => {
  const count = columns.price.length, column = (name: string, scale: number, isReversed: boolean): Float64Array => {
    const values = Float64Array.from(columns[name], value => (value === null ? NaN : value / scale));
    return isReversed ? values.reverse() : values;
  };
  /** tclf takes each trade with its quote: here the quote comes just before it. */
  const signs = (rules: readonly TradeSignRule[], isReversed = false): string => {
    const quotes = { time: BigInt64Array.from({ length: count }, (_, i) => BigInt(2 * i)), bid: column('bid', 64, isReversed), ask: column('ask', 64, isReversed), bidSize: column('bidSize', 1, isReversed), askSize: column('askSize', 1, isReversed) };
    const { side } = tradeSign({ time: quotes.time.map(time => time + 1n), price: column('price', 64, isReversed), size: column('size', 1, isReversed) }, { rules }, { quotes });
    return Array.from(isReversed ? side.reverse() : side, sign => '-0+'[sign + 1]).join('');
  };
  const differences = (ours: string, theirs: string): string[] => Array.from(theirs, (label, i) => (label === ours[i] ? '' : `${i}: ${ours[i]}, was ${label}`)).filter(text => text !== '');
  for (const rules of Object.keys(labels).filter(name => !name.startsWith('reverse'))) {
    test(rules, () => expect(differences(signs(rules.split(' ') as TradeSignRule[]), labels[rules])).toEqual([]));
  }
  // The rules that read the next price are no engine: they are ours over the trades in reverse order.
  for (const rule of ['tick', 'leeReady', 'emo', 'clnv'] as const) test(`reverse ${rule}`, () => expect(differences(signs([rule], true), labels[`reverse ${rule}`])).toEqual([]));
});
