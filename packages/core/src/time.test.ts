import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  civilDate, dayNumber, dayOf, dayStart, floorTime, formatDate, formatInterval, formatTime, nanosecondsSince, parseInterval, parseTime, timesSince, weekday,
} from './time.ts';

const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });

describe('parseTime and formatTime', () => {
  test('read dates, nine digits and offsets (hand-stated values)', () => {
    expect(parseTime('2014-05-01')).toBe(1_398_902_400_000_000_000n);
    expect(parseTime('2014-05-01T00:00:00.123456789Z')).toBe(1_398_902_400_123_456_789n);
    expect(parseTime('2014-05-01T02:00:00+02:00')).toBe(1_398_902_400_000_000_000n);
    expect(parseTime('2014-04-30T19:00-05:00')).toBe(1_398_902_400_000_000_000n);
    expect(parseTime('1969-12-31T23:59:59.999999999Z')).toBe(-1n);
  });

  test('refuse a time of day without zone, days and hours that do not exist, and other text, each by name', () => {
    expect(() => parseTime('2014-05-01T09:30:00')).toThrow('time: "2014-05-01T09:30:00" has no zone, add Z or an offset such as +02:00');
    expect(() => parseTime('2014-02-29')).toThrow('"2014-02-29" names no day');
    expect(() => parseTime('2014-05-01T24:00:00Z')).toThrow('names no time of the day');
    expect(() => parseTime('01.05.2014')).toThrow('is neither a date');
    expect(() => parseTime('2300-01-01')).toThrow('outside the years');
  });

  test('agree with Date over milliseconds (oracle: the ECMAScript Date)', () => {
    fc.assert(fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), milliseconds => {
      const iso = new Date(milliseconds).toISOString();
      expect(parseTime(iso)).toBe(BigInt(milliseconds) * 1_000_000n);
      expect(formatTime(BigInt(milliseconds) * 1_000_000n)).toBe(iso.replace('.000Z', 'Z'));
    }));
  });

  test('formatting and reading gives every int64 back', () => {
    fc.assert(fc.property(int64, time => { expect(parseTime(formatTime(time))).toBe(time); }));
  });

  test('pitfall 18: nanoseconds keep their last digit where milliseconds x 1e6 in a number lose it', () => {
    const time = parseTime('2014-05-01T09:30:00.123456789Z');
    expect(BigInt(Number(time)) === time).toBe(false);
    expect(BigInt(1_398_936_600_123.456789 * 1e6) === time).toBe(false);
    const since = new Float64Array(1), back = new BigInt64Array(1);
    nanosecondsSince(BigInt64Array.of(time), dayStart(dayOf(time)), since);
    timesSince(since, dayStart(dayOf(time)), back);
    expect(back[0]).toBe(time);
    expect(since[0]).toBe(34_200_123_456_789);
  });
});

describe('intervals', () => {
  test('read and write their units', () => {
    expect(['1d', '1h', '5m', '30s', '250ms', '7us', '3ns', 42].map(parseInterval)).toEqual(
      [86_400e9, 3_600e9, 300e9, 30e9, 250e6, 7_000, 3, 42]);
    for (const text of ['1d', '1h', '5m', '90s', '250ms', '7us', '3ns']) expect(formatInterval(parseInterval(text))).toBe(text);
    expect(formatInterval(3_600e9 * 24)).toBe('1d');
  });

  test('refuse zero, fractions, unknown units and more than 2^53 nanoseconds', () => {
    expect(() => parseInterval('0m')).toThrow('interval: must be a positive whole number');
    expect(() => parseInterval(0.5)).toThrow('was 0.5');
    expect(() => parseInterval('1.5h')).toThrow('"1.5h" is not a count with a unit');
    expect(() => parseInterval('5min')).toThrow('"5min"');
    expect(() => parseInterval('105d')).toThrow('104 days');
  });

  test('floorTime is the last boundary at or before the time, before 1970 too', () => {
    expect(floorTime(parseTime('2014-05-01T09:33:20Z'), parseInterval('5m'))).toBe(parseTime('2014-05-01T09:30:00Z'));
    expect(floorTime(-1n, 1_000)).toBe(-1_000n);
    fc.assert(fc.property(int64, fc.integer({ min: 1, max: 2 ** 50 }), int64, (time, interval, origin) => {
      const floor = floorTime(time, interval, origin);
      expect(floor <= time && time - floor < BigInt(interval) && (floor - origin) % BigInt(interval) === 0n).toBe(true);
    }));
  });
});

describe('days', () => {
  test('agree with Date over 400 years and more (oracle: the ECMAScript Date)', () => {
    for (let day = -150_000; day < 150_000; day += 61) {
      const date = new Date(day * 86_400_000);
      const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(civilDate(day)).toEqual(civil);
      expect(dayNumber(civil.year, civil.month, civil.day)).toBe(day);
      expect(weekday(day)).toBe(date.getUTCDay());
    }
    expect(weekday(dayNumber(2014, 5, 4))).toBe(0);
  });

  test('a time belongs to the UTC day that it falls in', () => {
    expect(formatDate(-1n)).toBe('1969-12-31');
    expect(dayOf(-1n)).toBe(-1);
    expect(formatDate(parseTime('2014-05-01T23:59:59.999999999Z'))).toBe('2014-05-01');
  });
});

describe('nanosecondsSince', () => {
  test('equals BigInt subtraction for every row and is undone by timesSince', () => {
    const near = fc.bigInt({ min: -8_640_000_000_000_000n, max: 8_640_000_000_000_000n });
    const anchors = fc.bigInt({ min: -(1n << 62n), max: 1n << 62n });
    fc.assert(fc.property(anchors, fc.array(near, { minLength: 1, maxLength: 40 }), (anchor, distances) => {
      const buffer = new BigInt64Array(distances.length + 3), column = buffer.subarray(3), since = new Float64Array(distances.length);
      distances.forEach((distance, i) => { column[i] = anchor + distance; });
      nanosecondsSince(column, anchor, since);
      expect([...since]).toEqual(distances.map(Number));
      const back = new BigInt64Array(distances.length);
      timesSince(since, anchor, back);
      expect([...back]).toEqual([...column]);
    }));
  });

  test('touches only its rows and names the row that is too far', () => {
    const column = BigInt64Array.of(5n, 6n, 7n, 8_640_000_000_000_001n), out = new Float64Array(4);
    nanosecondsSince(column, 0n, out, 1, 3);
    expect([...out]).toEqual([0, 6, 7, 0]);
    expect(() => nanosecondsSince(column, 0n, out)).toThrow(/row 3, column "time": 1970-04-11T00:00:00.000000001Z is more than 100 days/);
  });
});
