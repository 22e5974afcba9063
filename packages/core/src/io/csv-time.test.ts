import { describe, expect, test } from 'vitest';
import { dayNumber, parseTime } from '../time.ts';
import { timeParser } from './csv-time.ts';
import type { ParsedTime, TimeFormat } from './csv-time.ts';
import { timeWriter } from './time-writer.ts';
import { toUtc } from './time-zone.ts';

/** Day, nanoseconds and offset of a text, or undefined where it is refused. */
function parse(format: TimeFormat, text: string, day?: number): ParsedTime | undefined {
  const time: ParsedTime = { day: 0, nanoseconds: 0, offset: NaN },
    padded = new TextEncoder().encode(`,${text},`);
  return timeParser(format, day)(padded, 1, padded.length - 1, time) ? time : undefined;
}

function utc(format: TimeFormat, text: string): bigint | undefined {
  const time = parse(format, text);
  return time && BigInt(time.day) * 86_400_000_000_000n + BigInt(time.nanoseconds) - BigInt(time.offset || 0) * 1_000_000_000n;
}

describe('times in text (oracle: the decimal digits themselves)', () => {
  test.each([
    ['s', '1398902400', 1398902400000000000n],
    ['s', '1398902400.123456789', 1398902400123456789n],
    ['ms', '1398902400292', 1398902400292000000n],
    ['ms', '1398902400292.2662', 1398902400292266200n],
    ['us', '1398902400292001', 1398902400292001000n],
    ['ns', '1398902400292000001', 1398902400292000001n],
    ['ns', '7', 7n],
    ['ms', '5', 5000000n],
    ['us', '12.5', 12500n],
    ['ns', '9223286399999999999', 9223286399999999999n],
    ['epoch', '1398902400', 1398902400000000000n],
    ['epoch', '1398902400292', 1398902400292000000n],
    ['epoch', '1735689600000001', 1735689600000001000n],
    ['epoch', '1735689600000000001', 1735689600000000001n],
  ] as const)('%s %s is exact', (format, text, wanted) => {
    expect(utc(format, text)).toBe(wanted);
  });

  test.each([
    ['iso', '2014-05-01', 'NaN'],
    ['iso', '2014-05-01T00:00:00Z', '0'],
    ['iso', '2014-05-01 02:00:00+02:00', '7200'],
    ['iso', '2014-04-30T19:00:00-0500', '-18000'],
    ['pattern:YYYYMMDD hh:mm', '20140501 00:00', 'NaN'],
    ['pattern:YYYY.MM.DD[ hh:mm[:ss', '2014.05.01', 'NaN'],
    ['pattern:YYYY.MM.DD[ hh:mm[:ss', '2014.05.01 00:00', 'NaN'],
    ['pattern:M/D/YYYY', '5/1/2014', 'NaN'],
    ['pattern:YYYYMMDD hhmmssf', '20140501 000000000', 'NaN'],
  ] as const)('%s reads %s as the first of May 2014 with its zone', (format, text, offset) => {
    const time = parse(format, text)!;
    expect(utc(format, text)).toBe(parseTime('2014-05-01'));
    expect(String(time.offset)).toBe(offset);
  });

  test('fractions of a second go to the nanosecond', () => {
    expect(utc('iso', '2014-05-01T09:30:00.123456789Z')).toBe(parseTime('2014-05-01T09:30:00.123456789Z'));
    expect(parse('pattern:YYYYMMDD hhmmssf', '20200101 170000065')?.nanoseconds).toBe(17 * 3600e9 + 65e6);
    expect(parse('msOfDay', '62.2662', 16191)).toEqual({ day: 16191, nanoseconds: 62_266_200, offset: NaN });
    expect(parse('msOfDay', '86399999.999999', 16191)?.nanoseconds).toBe(86_399_999_999_999);
  });

  test.each([
    ['s', ''],
    ['s', 'abc'],
    ['s', '.5'],
    ['s', '-1'],
    ['ms', '1398902400292.1234567'],
    ['ns', '9223372036854775807'],
    ['epoch', '20140501'],
    ['iso', '2014-13-01'],
    ['iso', '2014-02-29'],
    ['iso', '2014-05-01T24:00:00Z'],
    ['iso', '2014-05-01T00:00:00+99:00'],
    ['iso', '2014/05/01'],
    ['iso', '1500-01-01'],
    ['iso', '2014-05-01x'],
    ['pattern:YYYYMMDD hh:mm', '20140501'],
    ['pattern:YYYYMMDD hh:mm', '20140501 00:000'],
    ['pattern:M/D/YYYY', '13/1/2014'],
  ] as const)('%s refuses "%s"', (format, text) => {
    expect(parse(format, text)).toBeUndefined();
  });

  test.each(['86400000', '-1', '', '12.1234567', '1e3'])('a time of day refuses "%s"', (text) => {
    expect(parse('msOfDay', text, 16191)).toBeUndefined();
  });

  test('an unknown format and a pattern without a date are refused', () => {
    expect(() => timeParser('hours' as TimeFormat)).toThrow('must be s, ms, us, ns, epoch, msOfDay, iso or pattern:..., was hours');
    expect(() => timeParser('pattern:hh:mm')).toThrow('has no year');
    expect(() => timeParser('msOfDay')).toThrow('the date of the file is needed');
  });
});

describe('writing times by halves (oracle: BigInt arithmetic)', () => {
  test('every day and carry gives the same int64 as BigInt, before 1970 and across midnight too', () => {
    const cases: [number, number][] = [
      [0, 0],
      [-1, 1],
      [16191, 4_294_967_295],
      [16191, 4_294_967_296],
      [16191, 86_399_999_999_999],
      [-106_751, 1],
      [106_751, 85_636_854_775_807],
      [16191, -1],
      [16191, 86_400_000_000_000],
    ];
    for (let day = -106_000; day < 106_000; day += 997) cases.push([day, (Math.abs(day) * 7_919_771_377) % 86_400_000_000_000]);
    const column = new BigInt64Array(cases.length),
      put = timeWriter(column);
    cases.forEach(([day, nanoseconds], row) => put(row, day, nanoseconds));
    expect(Array.from(column)).toEqual(cases.map(([day, nanoseconds]) => BigInt(day) * 86_400_000_000_000n + BigInt(nanoseconds)));
  });
});

describe('time zones', () => {
  const shiftHours = (zone: string, date: string, hours: number): number => {
    const [year, month, day] = date.split('-').map(Number);
    return toUtc(zone)(dayNumber(year, month, day), hours * 3600e9) / 3600e9;
  };

  test('fixed distances go the right way, and an unknown zone is refused', () => {
    expect(shiftHours('UTC', '2014-05-01', 0) + 0).toBe(0);
    expect(shiftHours('UTC-5', '2014-05-01', 0)).toBe(5);
    expect(shiftHours('+05:30', '2014-05-01', 0)).toBe(-5.5);
    expect(() => toUtc('Mars/Olympus')).toThrow(RangeError);
  });

  test('New York is five hours behind in winter and four in summer, from 02:00 of the second Sunday of March on', () => {
    expect(shiftHours('America/New_York', '2014-01-15', 12)).toBe(5);
    expect(shiftHours('America/New_York', '2014-07-15', 12)).toBe(4);
    expect(shiftHours('America/New_York', '2014-03-09', 1)).toBe(5);
    expect(shiftHours('America/New_York', '2014-03-09', 3)).toBe(4);
  });
});
