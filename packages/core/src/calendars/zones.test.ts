import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { formatTime, parseTime } from '../time.ts';
import { localToUtc, utcToLocal, zoneNames, zoneOffset } from './zones.ts';
import { zoneRulesVersion } from './zone-rules.ts';

const newYork = 'America/New_York';

/** Seconds east of UTC by the running machine's own zone data: the oracle, used in this test only. */
function intlOffset(zone: string): (milliseconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  return milliseconds => {
    const parts = Object.fromEntries(format.formatToParts(milliseconds).map(part => [part.type, +part.value]));
    return (Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(milliseconds / 1000) * 1000) / 1000;
  };
}

describe('zone offsets', () => {
  test.each(zoneNames)('%s agrees with Intl from 1970 to 2037 (oracle: ICU of the running Node)', zone => {
    const offset = intlOffset(zone), stream = randomStream(1, zone);
    let differenceCount = 0;
    for (let i = 0; i < 1_500; i++) {
      const milliseconds = stream.integer(0, Date.UTC(2037, 11, 31));
      if (zoneOffset(zone, BigInt(milliseconds) * 1_000_000n) !== offset(milliseconds)) differenceCount++;
    }
    expect(differenceCount).toBe(0);
  });

  test('change at the stated instants (US law of 2005, EU directive 2000/84, New South Wales; Japan has none)', () => {
    for (const [zone, text, before, after] of [
      [newYork, '2014-03-09T07:00:00Z', -18_000, -14_400], [newYork, '2014-11-02T06:00:00Z', -14_400, -18_000], [newYork, '2150-03-08T07:00:00Z', -18_000, -14_400],
      [newYork, '2006-04-02T07:00:00Z', -18_000, -14_400], ['Europe/Berlin', '2014-03-30T01:00:00Z', 3_600, 7_200], ['Europe/London', '2014-10-26T01:00:00Z', 3_600, 0],
      ['Australia/Sydney', '2014-04-05T16:00:00Z', 39_600, 36_000], ['Australia/Sydney', '2014-10-04T16:00:00Z', 36_000, 39_600], ['Asia/Tokyo', '2014-05-01T00:00:00Z', 32_400, 32_400],
    ] as const) {
      expect([zone, zoneOffset(zone, parseTime(text) - 1n), zoneOffset(zone, parseTime(text))]).toEqual([zone, before, after]);
    }
  });

  test('before clocks were standard are local mean time', () => {
    expect(zoneOffset(newYork, parseTime('1880-01-01'))).toBe(-17_762);
  });

  test('of fixed zones never change', () => {
    const offsets = ['UTC', 'Etc/UTC', 'GMT', 'Z', 'UTC-5', 'UTC-05:00', '-05:00', '+05:30', 'UTC+5:30', '+0930', 'UTC+14'].map(zone => zoneOffset(zone, 0n));
    expect(offsets).toEqual([0, 0, 0, 0, -18_000, -18_000, -18_000, 19_800, 19_800, 34_200, 50_400]);
  });

  test('of unknown zones are refused by name', () => {
    for (const zone of ['', 'Mars/Olympus', 'UTC+25', '5', 'Etc/UTC+5', 'toString', 'EST']) expect(() => zoneOffset(zone, 0n)).toThrow(`zone: "${zone}" is neither UTC`);
  });

  test('carry the version of their rules', () => {
    expect(zoneRulesVersion).toMatch(/^20\d\d[a-z]$/);
  });
});

describe('local times', () => {
  const local = (zone: string, text: string): string => formatTime(localToUtc(zone, parseTime(text)));

  test('become instants', () => {
    expect(local(newYork, '2014-05-04T17:00:00Z')).toBe('2014-05-04T21:00:00Z');
    expect(local(newYork, '2014-01-05T17:00:00Z')).toBe('2014-01-05T22:00:00Z');
    expect(local('UTC-5', '2014-05-01T00:00:01.787Z')).toBe('2014-05-01T05:00:01.787Z');
  });

  test('that clocks skip come out later by the jump, those that they show twice are the first', () => {
    expect(local(newYork, '2014-03-09T02:30:00Z')).toBe('2014-03-09T07:30:00Z');
    expect(local(newYork, '2014-11-02T01:30:00Z')).toBe('2014-11-02T05:30:00Z');
    expect(local('Australia/Sydney', '2014-10-05T02:30:00Z')).toBe('2014-10-04T16:30:00Z');
    expect(local('Australia/Sydney', '2014-04-06T02:30:00Z')).toBe('2014-04-05T15:30:00Z');
  });

  test('come back from every instant that is not in the second of two equal hours', () => {
    const stream = randomStream(2, 'instants');
    for (const zone of zoneNames) {
      for (let i = 0; i < 300; i++) {
        const time = BigInt(stream.integer(0, 4_000_000_000)) * 1_000_000_000n, back = localToUtc(zone, utcToLocal(zone, time));
        expect(utcToLocal(zone, back)).toBe(utcToLocal(zone, time));
        expect(back <= time).toBe(true);
      }
    }
  });
});
