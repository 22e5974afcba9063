import { describe, expect, test } from 'vitest';
import { actionsWithin, adjustedAsOf, defineActions } from './instrument-actions.ts';
import { randomStream } from './random.ts';
import { parseTime } from './time.ts';

const day = 86_400_000_000_000n, start = parseTime('2020-08-27');
const times = (length: number): BigInt64Array => BigInt64Array.from({ length }, (_, i) => start + BigInt(i) * day);
const actions = defineActions({
  instrument: 'aapl.nasdaq', from: '2020-01-01', to: '2021-01-01',
  list: [{ kind: 'dividend', time: '2020-11-06', amount: 0.205 }, { kind: 'split', time: '2020-08-31', numerator: 4 }, { kind: 'dividend', time: '2020-08-07', amount: 0.82 }],
});

describe('a list of actions', () => {
  test('is sorted, with times and ids in one form', () => {
    expect(actions.instrument).toBe('AAPL.NASDAQ');
    expect(actions.list.map(({ kind, time }) => [kind, time])).toEqual([['dividend', parseTime('2020-08-07')], ['split', parseTime('2020-08-31')], ['dividend', parseTime('2020-11-06')]]);
    expect(actions.list[1]).toEqual({ kind: 'split', time: parseTime('2020-08-31'), numerator: 4, denominator: 1 });
  });

  test('gives what happened in a span, its end left out, and refuses a span that it does not cover', () => {
    expect(actionsWithin(actions, parseTime('2020-08-31'), parseTime('2020-11-06'))).toHaveLength(1);
    expect(() => actionsWithin(actions, parseTime('2020-08-31'), parseTime('2021-01-02'))).toThrow('actions of AAPL.NASDAQ: are stated for [2020-01-01T00:00:00Z, 2021-01-01T00:00:00Z), [2020-08-31T00:00:00Z, 2021-01-02T00:00:00Z) needs them');
    expect(() => actionsWithin(actions, parseTime('2019-12-31'), parseTime('2020-11-06'))).toThrow('what is absent is not zero');
  });

  test('refuses impossible facts by instrument, kind and time', () => {
    const define = (one: object) => () => defineActions({ instrument: 'X.Y', from: '2020-01-01', to: '2021-01-01', list: [one as never] });
    expect(define({ kind: 'split', time: '2020-02-01', numerator: 1.5 })).toThrow('actions of X.Y: split 0 at 2020-02-01T00:00:00Z: numerator must be a positive integer, was 1.5');
    expect(define({ kind: 'dividend', time: '2020-02-01', amount: NaN })).toThrow('dividend 0 at 2020-02-01T00:00:00Z: amount must be a number of at least 0, was NaN');
    expect(define({ kind: 'dividend', time: '2021-01-01', amount: 1 })).toThrow('must lie in [2020-01-01T00:00:00Z, 2021-01-01T00:00:00Z)');
    expect(define({ kind: 'roll', time: '2020-02-01', into: 'x.y', cost: 0 })).toThrow('into must be another instrument');
    expect(define({ kind: 'roll', time: '2020-02-01', into: 'z.y' })).toThrow('cost must be a number of at least 0, was undefined');
    expect(define({ kind: 'merger', time: '2020-02-01' })).toThrow('kind must be one of split, dividend, roll, was merger');
    expect(() => defineActions({ instrument: 'X.Y', from: '2020-01-01', to: '2020-01-01', list: [] })).toThrow('to must be after');
  });
});

describe('prices as of a moment', () => {
  test('count a split from its time on (worked by hand: Apple, 4 for 1 on 2020-08-31, closes of 27, 28 and 31 August)', () => {
    const closes = [500.04, 499.23, 499.23, 499.23, 129.04], time = times(5);
    expect([...adjustedAsOf(closes, time, actions, start + 3n * day)]).toEqual(closes);
    expect([...adjustedAsOf(closes, time, actions, start + 4n * day)]).toEqual([125.01, 124.8075, 124.8075, 124.8075, 129.04]);
  });

  test('count a dividend by the price before it, so that returns are total (worked by hand)', () => {
    const list = defineActions({ instrument: 'X.Y', from: start, to: start + 10n * day, list: [{ kind: 'dividend', time: start + 2n * day, amount: 2 }, { kind: 'split', time: start + 3n * day, numerator: 1, denominator: 10 }] });
    // 100 before the dividend of 2: a factor of 0.98; one for ten: a factor of 10.
    const seen = (asOf: bigint): number[] => Array.from(adjustedAsOf([50, 100, 98, 980], times(4), list, asOf), (value) => Number(value.toFixed(9)));
    expect(seen(start + 3n * day)).toEqual([490, 980, 980, 980]);
    expect(seen(start + 2n * day)).toEqual([49, 98, 98, 980]);
  });

  test('are the product of all factors between a row and that moment (brute force over random lists)', () => {
    const random = randomStream(23, 'actions');
    for (let trial = 0; trial < 50; trial++) {
      const length = 12, time = times(length), price = Array.from({ length }, () => 50 + 50 * random.uniform());
      const list = Array.from({ length: 5 }, () => start + BigInt(1 + Math.floor(random.uniform() * (length - 1))) * day).map((at, k) =>
        k % 2 === 0 ? ({ kind: 'split', time: at, numerator: 1 + Math.floor(random.uniform() * 4), denominator: 1 + Math.floor(random.uniform() * 4) } as const) : ({ kind: 'dividend', time: at, amount: random.uniform() } as const));
      const facts = defineActions({ instrument: 'X.Y', from: start, to: start + 20n * day, list }), asOf = start + BigInt(Math.floor(random.uniform() * length)) * day, got = adjustedAsOf(price, time, facts, asOf);
      price.forEach((value, row) => {
        let expected = value;
        for (const action of facts.list) {
          if (time[row] >= action.time || action.time > asOf || time[row] > asOf) continue;
          const before = price[Number((action.time - start) / day) - 1];
          expected *= action.kind === 'split' ? action.denominator / action.numerator : action.kind === 'dividend' ? 1 - action.amount / before : 1;
        }
        expect(Math.abs(got[row] - expected)).toBeLessThan(1e-12 * expected);
      });
    }
  });

  test('need all actions up to that moment, and a time for each price', () => {
    expect(() => adjustedAsOf([1], BigInt64Array.of(start), actions, parseTime('2021-06-01'))).toThrow('what is absent is not zero');
    expect(() => adjustedAsOf([1, 2], BigInt64Array.of(start), actions, start)).toThrow('adjustedAsOf: price and time must be of equal length, were 2 and 1');
  });
});
