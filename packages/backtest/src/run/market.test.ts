/** Where sessions begin. Oracle: the hours of the FX week, written by hand. */
import { describe, expect, test } from 'vitest';
import { calendarOf, decodeCanonical, encodeCanonical, parseTime } from '@zanzibar/core';
import { SessionStarts } from './market.ts';

const times = (...texts: string[]): BigInt64Array => BigInt64Array.from(texts, parseTime);

describe('session starts', () => {
  const time = times('2024-01-05T21:59:00Z', '2024-01-05T21:59:30Z', '2024-01-07T22:00:00Z', '2024-01-08T21:59:59Z', '2024-01-08T22:00:00Z', '2024-01-08T22:00:00Z', '2024-01-12T22:00:01Z');

  test('the first row, the first behind a weekend, and a row of closed hours; days that abut are one', () => {
    expect(Array.from(new SessionStarts(calendarOf('fx-week')).find(time, undefined, 100, time.length))).toEqual([100, 102, 106]);
    expect(Array.from(new SessionStarts(calendarOf('24x7')).find(time, undefined, 0, time.length))).toEqual([0]);
  });

  test('a segment begins one, and blocks and a stored state change nothing', () => {
    const segment = Int32Array.of(0, 0, 0, 1, 1, 1, 1), whole = new SessionStarts(calendarOf('fx-week')).find(time, segment, 0, time.length);
    expect(Array.from(whole)).toEqual([0, 2, 3, 6]);
    let starts = new SessionStarts(calendarOf('fx-week'));
    const found: number[] = [];
    for (let i = 0; i < time.length; i++) {
      found.push(...starts.find(time.subarray(i, i + 1), segment.subarray(i, i + 1), i, 1));
      const bytes = encodeCanonical(starts.save());
      starts = new SessionStarts(calendarOf('fx-week'));
      starts.restore(decodeCanonical(bytes) as never);
    }
    expect(found).toEqual(Array.from(whole));
  });
});
