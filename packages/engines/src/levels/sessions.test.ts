import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dayNumber, eventKinds, parseTime, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { clockIn, currencyTradeDate, referenceSessions } from '../../test/reference/periods.ts';
import { killZones } from './kill-zones.ts';
import { sessions, type SessionsOptions } from './sessions.ts';

const timeOfDay = (minutes: number): string => `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

engineLaws(test, sessions, {
  options(random) {
    const start = random.integer(0, 1439);
    return { zone: ['UTC', 'America/New_York', 'Asia/Tokyo'][random.integer(0, 2)], start: timeOfDay(start), end: timeOfDay((start + random.integer(30, 900)) % 1440) };
  },
  // Bars of five minutes: enough days for sessions to follow each other.
  data(random, rows, texture) {
    const bars = randomMarket({ high: 'f64' }, random, rows, texture), slower = (time: bigint): bigint => bars.openTime[0] + (time - bars.openTime[0]) * 5n;
    return { ...bars, openTime: bars.openTime.map(slower), closeTime: bars.closeTime.map(slower) };
  },
});

const hour = 3_600_000_000_000n;
function found(opens: readonly bigint[], length: bigint, high: readonly number[], low: readonly number[], options: Partial<SessionsOptions>, segment?: Int32Array): { columns: number[][]; events: unknown[][] } {
  const openTime = BigInt64Array.from(opens), columns = { openTime, closeTime: openTime.map(time => time + length), high: Float64Array.from(high), low: Float64Array.from(low), ...(segment && { segment }) };
  const result = sessions(columns, options), e = result.events;
  return {
    columns: [[...result.isOpen], [...result.sessionHigh], [...result.sessionLow], [...result.previousHigh], [...result.previousLow]],
    events: Array.from({ length: e.length }, (_, k) => [eventKinds[e.kind[k]], e.direction[k], e.originRow[k], e.knownRow[k], e.ref[k], e.level0[k], e.tradeDate[k]]),
  };
}
const hours = (from: string, count: number): bigint[] => Array.from({ length: count }, (_, k) => parseTime(from) + BigInt(k) * hour);
const utc = { zone: 'UTC', start: '02:00', end: '04:00' };

test('the example in the header holds', () => {
  const { columns } = found(hours('2024-01-09T01:00:00Z', 4), hour, [5, 7, 6, 8], [1, 2, 3, 4], utc);
  expect([columns[0], columns[1], columns[3]]).toEqual([[0, 1, 1, 0], [NaN, 7, 7, NaN], [NaN, NaN, 7, 7]]);
});

/** Sixteen hours by hand, two sessions a day apart left out between. */
describe('two sessions by hand', () => {
  const opens = [...hours('2024-01-09T01:00:00Z', 5), ...hours('2024-01-10T01:00:00Z', 5)], high = [5, 7, 6, 8, 9, 8, 6, 9, 10, 7], low = [4, 5, 3, 2, 5, 6, 4, 5, 6, 6], date = dayNumber(2024, 1, 9);
  test('levels come when the session is over, break once and are superseded', () => {
    expect(found(opens, hour, high, low, utc).events).toEqual([
      ['sessionLevel', 1, 1, 2, NaN, 7, date], ['sessionLevel', -1, 2, 2, NaN, 3, date],
      ['violated', 1, 3, 3, 0, 7, date], ['violated', -1, 3, 3, 1, 3, date],
      ['superseded', 1, 7, 7, 0, 7, date], ['sessionLevel', 1, 7, 7, NaN, 9, date + 1], ['superseded', -1, 7, 7, 1, 3, date], ['sessionLevel', -1, 6, 7, NaN, 4, date + 1],
      ['violated', 1, 8, 8, 5, 9, date + 1],
    ]);
  });
  test('where the last bar is missing, the first one after the end proves it', () => {
    const without = [0, 1, 3, 4];
    expect(found(without.map(k => opens[k]), hour, without.map(k => high[k]), without.map(k => low[k]), utc).events[0]).toEqual(['sessionLevel', 1, 1, 2, NaN, 7, date]);
  });
  test('a cut ends the levels and forgets the session', () => {
    const { columns, events } = found(opens, hour, high, low, utc, Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1));
    expect(events.slice(4)).toEqual([['segmentEnd', 1, 7, 7, 0, 7, date], ['segmentEnd', -1, 7, 7, 1, 3, date], ['sessionLevel', 1, 7, 7, NaN, 9, date + 1], ['sessionLevel', -1, 7, 7, NaN, 5, date + 1], ['violated', 1, 8, 8, 6, 9, date + 1]]);
    expect(columns[3].slice(7)).toEqual([9, 9, 9]);
  });
});

test('a session over midnight is one, of the trade date that follows: Sunday evening is Monday', () => {
  // 20:00 to 00:00 in New York is 01:00 to 05:00 UTC in January.
  const { columns, events } = found(hours('2024-01-08T00:00:00Z', 8), hour, [1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 1, 1, 1, 1, 1], killZones.asia);
  expect(columns[0]).toEqual([0, 1, 1, 1, 1, 0, 0, 0]);
  expect(events[0]).toEqual(['sessionLevel', 1, 4, 4, NaN, 5, dayNumber(2024, 1, 8)]);
  expect(found(hours('2024-01-09T20:00:00Z', 8), hour, [1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 1, 1, 1, 1, 1], { zone: 'UTC', start: '22:00', end: '02:00' }).columns[0]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
});

test('the hours go with daylight saving, on either side of the change', () => {
  // 02:00 in New York: 07:00 UTC on Friday 8 March 2024, 06:00 UTC on Monday the 11th.
  for (const [from, first] of [['2024-03-08T05:00:00Z', 2], ['2024-03-11T05:00:00Z', 1], ['2024-11-01T05:00:00Z', 1], ['2024-11-04T05:00:00Z', 2]] as const) {
    expect(found(hours(from, 6), hour, [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], killZones.london).columns[0].indexOf(1)).toBe(first);
  }
});

test.each(Object.values(killZones))('equals the reference, whose clocks are those of Intl, on random quarters of an hour across both changes of 2024: $name', rule => {
  for (const from of ['2024-03-05T00:00:00Z', '2024-10-29T00:00:00Z']) {
    const random = randomStream(16, `${rule.name} ${from}`), rows = 900, quarter = hour / 4n, bars = randomMarket({ high: 'f64', low: 'f64' }, random, rows, { ...roughTexture, isCut: false }) as any;
    let time = parseTime(from);
    const openTime = BigInt64Array.from({ length: rows }, () => (time += quarter * BigInt(random.integer(1, 2)))), closeTime = openTime.map(open => open + quarter);
    const ours = sessions({ openTime, closeTime, high: bars.high, low: bars.low }, rule), theirs = referenceSessions(rule, openTime, closeTime, bars.high, bars.low);
    expect(Array.from({ length: rows }, (_, row) => ({ isOpen: ours.isOpen[row], high: ours.sessionHigh[row], low: ours.sessionLow[row], previousHigh: ours.previousHigh[row], previousLow: ours.previousLow[row] }))).toEqual(theirs);
    for (let k = 0; k < ours.events.length; k++) {
      if (eventKinds[ours.events.kind[k]] !== 'sessionLevel') continue;
      const { day } = clockIn(rule.zone, openTime[ours.events.originRow[k]]), start = parseTime(`${new Date(day * 86_400_000).toISOString().slice(0, 10)}T${rule.start}:00${day >= dayNumber(2024, 3, 10) && day < dayNumber(2024, 11, 3) ? '-04:00' : '-05:00'}`);
      expect(ours.events.tradeDate[k]).toBe(currencyTradeDate(start));
    }
    expect(ours.events.length).toBeGreaterThan(10);
  }
});

test('NaN prices are no extremes; a session without prices leaves the levels; one row and a flat market', () => {
  expect(found(hours('2024-01-09T02:00:00Z', 2), hour, [NaN, 6], [NaN, 5], utc).columns.slice(1)).toEqual([[NaN, 6], [NaN, 5], [NaN, 6], [NaN, 5]]);
  const two = [...hours('2024-01-09T02:00:00Z', 2), ...hours('2024-01-10T02:00:00Z', 2)];
  expect(found(two, hour, [7, 6, NaN, NaN], [5, 5, NaN, NaN], utc).columns[3]).toEqual([NaN, 7, 7, 7]);
  expect(found(hours('2024-01-09T03:00:00Z', 1), hour, [7], [5], utc).columns[3]).toEqual([7]);
  expect(found(hours('2024-01-09T01:00:00Z', 6), hour, [3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3], utc).events.map(([kind]) => kind)).toEqual(['sessionLevel', 'sessionLevel']);
});

test('options out of range are refused by name', () => {
  const columns = { openTime: new BigInt64Array(1), closeTime: new BigInt64Array(1), high: new Float64Array(1), low: new Float64Array(1) };
  expect(() => sessions(columns, { start: '25:00' })).toThrow(new RangeError('sessions: start must be a time of day such as 09:30, was 25:00'));
  expect(() => sessions(columns, { end: '9' })).toThrow('sessions: end must be');
  expect(() => sessions(columns, { zone: 'Nowhere/Else' })).toThrow('zone: "Nowhere/Else"');
  expect(() => sessions(columns, { calendar: 'moon' })).toThrow('sessions: calendar must be one of');
});

const text = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz');
test.skipIf(text === undefined)(`the sessions of smart-money-concepts have one bar more, that of the end, and else its highs and lows ${sharedHint}`, () => {
  const program = JSON.parse(readFileSync(new URL('../../../../oracles/smart-money-concepts/periods-and-sessions.json', import.meta.url), 'utf8')) as { sessions: { [session: string]: [number, number, number, number][] } };
  const bars = csvColumns(text!) as any, openTime = BigInt64Array.from(text!.trim().split('\n').slice(1), line => parseTime(`${line.slice(0, 4)}-${line.slice(5, 7)}-${line.slice(8, 10)}T${line.slice(11, 19)}Z`));
  const closeTime = openTime.map(open => open + hour / 4n), rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
  for (const [name, start, end, inclusive] of [['London', '07:00', '16:00', '16:15'], ['Sydney', '21:00', '06:00', '06:15']] as const) {
    const half = sessions({ openTime, closeTime, high: bars.high, low: bars.low }, { zone: 'UTC', start, end }), whole = sessions({ openTime, closeTime, high: bars.high, low: bars.low }, { zone: 'UTC', start, end: inclusive });
    const active = new Int8Array(openTime.length);
    for (const [from, to] of program.sessions[name]) active.fill(1, from, to);
    expect([...whole.isOpen]).toEqual([...active]);
    const extra = [...active].flatMap((flag, row) => (flag === 1 && half.isOpen[row] === 0 ? [new Date(Number(openTime[row] / 1_000_000n)).toISOString().slice(11, 16)] : []));
    expect([new Set(extra), extra.length > 200]).toEqual([new Set([end]), true]);
    // Its extremes are carried from bar to bar: the 49 Sydney sessions of Fridays and Mondays have no bar between them and run together.
    let apart = 0;
    for (const [from, to, high, low] of program.sessions[name]) {
      const isOne = openTime[to - 1] - openTime[from] < 12n * hour;
      if (isOne) expect([rounded(whole.sessionHigh[to - 1]), rounded(whole.sessionLow[to - 1])]).toEqual([high, low]);
      else apart++;
    }
    expect(apart).toBe(name === 'London' ? 0 : 49);
  }
});
