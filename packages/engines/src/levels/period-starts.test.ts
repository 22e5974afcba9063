import { combine, parseTime, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { expect, test } from 'vitest';
import { referencePeriodStarts } from '../../test/reference/anchors.ts';
import { vwap } from '../flow/vwap.ts';
import { periodStarts } from './period-starts.ts';

engineLaws(test, periodStarts, { options: random => ({ period: ['15m', '20m', '1h', '4h', '1d'][random.integer(0, 4)], calendar: ['fx-week', '24x7', 'UTC'][random.integer(0, 2)] }) });

const hour = 3_600_000_000_000n, opens = (from: string, count: number, step: bigint): bigint[] => Array.from({ length: count }, (_, k) => parseTime(from) + BigInt(k) * step);
const found = (times: readonly bigint[], period: string, segment?: Int32Array): number[] => [...periodStarts({ openTime: BigInt64Array.from(times), ...(segment && { segment }) }, { period }).anchor];

test('the example in the header holds', () => {
  expect(found(opens('2024-01-09T20:00:00Z', 4, hour), '1d')).toEqual([0, 0, 1, 0]);
});

test.each(['1d', '4h', '90m', '1w', '1M'])('the starts of %s are those that the clocks say, over both changes of New York\'s clock', period => {
  // Hours of the currency week: those without trading are left out.
  const times = opens('2024-02-26T00:00:00Z', 24 * 300, hour).filter(time => {
    const weekday = new Date(Number(time / 1_000_000n)).getUTCDay(), clock = Number((time / hour) % 24n);
    return !(weekday === 6 || (weekday === 5 && clock >= 20) || (weekday === 0 && clock < 23));
  });
  const expected = referencePeriodStarts(period, times);
  expect(found(times, period)).toEqual(expected);
  expect(expected.filter(start => start === 1).length).toBeGreaterThan(8);
});

test('a cut has no bar before it, and what is anchored begins there anyway', () => {
  expect(found(opens('2024-01-09T20:00:00Z', 4, hour), '1d', Int32Array.of(0, 0, 1, 1))).toEqual([0, 0, 0, 0]);
});

test('it is the anchor that vwap starts anew at', () => {
  const bars = randomMarket({ openTime: 'i64', close: 'f64' }, randomStream(2, 'period starts'), 400, { ...roughTexture, isHoled: false, isCut: false }) as any;
  const { day, value } = combine({ day: [periodStarts, 'bars', { period: '1h', calendar: '24x7' }], value: [vwap, 'bars', {}, { anchor: 'day/anchor' }] })({ bars });
  const starts = [...day.anchor].flatMap((start, row) => (start === 1 ? [row] : []));
  expect(starts.length).toBeGreaterThan(3);
  for (const row of starts) if (bars.volume[row] > 0) expect(value.vwap[row]).toBeCloseTo((bars.high[row] + bars.low[row] + bars.close[row]) / 3, 10);
});

test('a period or calendar that is none is refused by name', () => {
  expect(() => periodStarts({ openTime: new BigInt64Array(1) }, { period: '2d' })).toThrow(new RangeError('periodStarts: period must be a count of s, m or h below a day, or 1d, 1w or 1M, was 2d'));
  expect(() => periodStarts({ openTime: new BigInt64Array(1) }, { calendar: 'moon' })).toThrow('periodStarts: calendar must be');
  expect([...periodStarts({ openTime: new BigInt64Array(0) }).anchor]).toEqual([]);
});
