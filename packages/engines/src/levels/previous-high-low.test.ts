import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendarOf, eventKinds, parseTime, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { referencePrevious } from '../../test/reference/periods.ts';
import { previousHighLow, type PreviousHighLowOptions } from './previous-high-low.ts';

engineLaws(test, previousHighLow, { options: random => ({ period: ['15m', '20m', '1h', '4h', '1d'][random.integer(0, 4)], calendar: ['fx-week', '24x7', 'UTC'][random.integer(0, 2)] }) });

const hour = 3_600_000_000_000n;
function found(opens: readonly bigint[], high: readonly number[], low: readonly number[], options: Partial<PreviousHighLowOptions> = {}, segment?: Int32Array): { columns: number[][]; events: unknown[][] } {
  const result = previousHighLow({ openTime: BigInt64Array.from(opens), high: Float64Array.from(high), low: Float64Array.from(low), ...(segment && { segment }) }, options), e = result.events;
  return {
    columns: [[...result.previousHigh], [...result.previousLow], [...result.isHighBroken], [...result.isLowBroken]],
    events: Array.from({ length: e.length }, (_, k) => [eventKinds[e.kind[k]], e.direction[k], e.originRow[k], e.knownRow[k], e.ref[k], e.level0[k]]),
  };
}
const at = (...times: string[]): bigint[] => times.map(time => parseTime(time));
const week = at('2024-01-08T22:00:00Z', '2024-01-09T22:00:00Z', '2024-01-10T22:00:00Z');

test('the example in the header holds', () => {
  expect(found(week, [5, 7, 6], [1, 2, 3]).columns).toEqual([[NaN, 5, 7], [NaN, 1, 2], [0, 1, 0], [0, 0, 0]]);
});

/** Twelve bars of two hours by hand; the trade date turns at 17:00 in New York, 22:00 UTC in January. */
describe('a day that turns at 17:00 in New York, by hand', () => {
  const opens = Array.from({ length: 12 }, (_, k) => parseTime('2024-01-09T12:00:00Z') + BigInt(k) * 2n * hour);
  const high = [5, 6, 9, 7, 8, 8, 9, 10, 9, 8, 7, 6], low = [4, 5, 6, 3, 5, 6, 7, 8, 4, 2, 1, 5];
  test('levels come with the first bar of the new date, and break once', () => {
    const { columns, events } = found(opens, high, low);
    expect(columns[0]).toEqual([NaN, NaN, NaN, NaN, NaN, 9, 9, 9, 9, 9, 9, 9]);
    expect(columns[2]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(columns[3]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(events).toEqual([
      ['periodLevel', 1, 2, 5, NaN, 9], ['periodLevel', -1, 3, 5, NaN, 3],
      ['violated', 1, 7, 7, 0, 9], ['violated', -1, 9, 9, 1, 3],
    ]);
  });
  test('midnight in UTC turns it only in a calendar of UTC', () => {
    expect(found(opens, high, low, { calendar: '24x7' }).columns[0]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 9, 9, 9, 9, 9, 9]);
  });
  test('four hours are counted from the opening of the session', () => {
    expect(found(opens, high, low, { period: '4h' }).columns[0]).toEqual([NaN, 5, 5, 9, 9, 8, 8, 9, 9, 10, 10, 8]);
    expect(found(opens, high, low, { period: '4h', calendar: '24x7' }).columns[0]).toEqual([NaN, NaN, 6, 6, 9, 9, 8, 8, 10, 10, 9, 9]);
  });
  test('the next level supersedes; a cut ends both', () => {
    const { events } = found(opens, high, low, { period: '4h' }, Int32Array.from({ length: 12 }, (_, k) => (k < 4 ? 0 : 1)));
    expect(events.slice(0, 8)).toEqual([
      ['periodLevel', 1, 0, 1, NaN, 5], ['periodLevel', -1, 0, 1, NaN, 4], ['violated', 1, 1, 1, 0, 5],
      ['superseded', 1, 3, 3, 0, 5], ['periodLevel', 1, 2, 3, NaN, 9], ['superseded', -1, 3, 3, 1, 4], ['periodLevel', -1, 1, 3, NaN, 5], ['violated', -1, 3, 3, 6, 5],
    ]);
    expect(events.slice(8, 10)).toEqual([['segmentEnd', 1, 4, 4, 4, 9], ['segmentEnd', -1, 4, 4, 6, 5]]);
  });
});

test('weeks and months go by trade dates: Sunday evening belongs to Monday, the last evening of a month to the next', () => {
  const opens = at('2024-01-26T12:00:00Z', '2024-01-28T22:00:00Z', '2024-01-31T21:00:00Z', '2024-01-31T22:00:00Z', '2024-02-05T00:00:00Z');
  expect(found(opens, [5, 6, 7, 8, 9], [1, 1, 1, 1, 1], { period: '1w' }).columns[0]).toEqual([NaN, 5, 5, 5, 8]);
  expect(found(opens, [5, 6, 7, 8, 9], [1, 1, 1, 1, 1], { period: '1M' }).columns[0]).toEqual([NaN, NaN, NaN, 7, 7]);
});

test('the turn of the day goes with daylight saving: 22:00 UTC in winter, 21:00 in summer', () => {
  const opens = at('2024-03-07T21:00:00Z', '2024-03-07T22:00:00Z', '2024-03-11T20:00:00Z', '2024-03-11T21:00:00Z');
  expect(found(opens, [1, 2, 3, 4], [1, 1, 1, 1]).columns[0]).toEqual([NaN, 1, 2, 3]);
});

test.each(['15m', '1h', '4h', '1d', '1w', '1M'])('equals the reference on random hours of ten weeks, NaN rows included: %s', period => {
  const random = randomStream(15, period), rows = period.endsWith('m') ? 300 : 1200, bars = randomMarket({ high: 'f64', low: 'f64' }, random, rows, { ...roughTexture, isCut: false }) as any;
  let time = parseTime('2024-02-20T10:00:00Z');
  const step = period.endsWith('m') ? 60_000_000_000n * 5n : hour;
  const openTime = BigInt64Array.from({ length: rows }, () => {
    time += step * BigInt(random.integer(1, 2));
    while (!calendarOf('fx-week').isOpen(time)) time += step;
    return time;
  });
  const ours = previousHighLow({ openTime, high: bars.high, low: bars.low }, { period }), theirs = referencePrevious(period, openTime, bars.high, bars.low);
  expect(Array.from({ length: rows }, (_, row) => ({ high: ours.previousHigh[row], low: ours.previousLow[row], isHighBroken: ours.isHighBroken[row], isLowBroken: ours.isLowBroken[row] }))).toEqual(theirs);
  expect(ours.events.length).toBeGreaterThan(3);
});

test('a period without prices leaves the levels; one row, a flat market and negative prices', () => {
  const opens = at('2024-01-08T22:00:00Z', '2024-01-09T22:00:00Z', '2024-01-10T22:00:00Z', '2024-01-11T22:00:00Z');
  expect(found(opens, [5, NaN, 4, 3], [1, NaN, 2, 2]).columns[0]).toEqual([NaN, 5, 5, 4]);
  expect(found(opens.slice(0, 1), [5], [1])).toEqual({ columns: [[NaN], [NaN], [0], [0]], events: [] });
  expect(found(opens, [3, 3, 3, 3], [3, 3, 3, 3]).columns[2]).toEqual([0, 0, 0, 0]);
  expect(found(opens, [-5, -4, -9, -9], [-9, -9, -9, -9]).columns.slice(0, 1)).toEqual([[NaN, -5, -4, -9]]);
});

test('options out of range are refused by name', () => {
  const columns = { openTime: new BigInt64Array(1), high: new Float64Array(1), low: new Float64Array(1) };
  expect(() => previousHighLow(columns, { period: '2d' })).toThrow(new RangeError('previousHighLow: period must be a count of s, m or h below a day, or 1d, 1w or 1M, was 2d'));
  expect(() => previousHighLow(columns, { period: '24h' })).toThrow('previousHighLow: period must be');
  expect(() => previousHighLow(columns, { calendar: 'moon' })).toThrow('previousHighLow: calendar must be one of');
});

/** smart-money-concepts 0.0.27 on its own bars, by a script with pinned versions. */
const text = sharedText('oracles/smart-money-concepts/EURUSD_15M.csv.gz');
describe.skipIf(text === undefined)(`beside smart-money-concepts on its 24,424 bars ${sharedHint}`, () => {
  interface Peer { runs: [number, number | null, number | null][]; brokenHigh: [number, number][]; brokenLow: [number, number][] }
  const program = JSON.parse(readFileSync(new URL('../../../../oracles/smart-money-concepts/periods-and-sessions.json', import.meta.url), 'utf8')) as { previous: { [frame: string]: Peer } };
  const dates = text === undefined ? [] : text.trim().split('\n').slice(1).map(line => line.slice(0, 19));
  const openTime = BigInt64Array.from(dates, date => parseTime(`${date.slice(0, 4)}-${date.slice(5, 7)}-${date.slice(8, 10)}T${date.slice(11)}Z`));
  const bars = text === undefined ? ({} as any) : (csvColumns(text) as any), rows = openTime.length;
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
  const theirsOf = (frame: string): (readonly [high: number, low: number])[] => {
    const { runs } = program.previous[frame];
    return runs.flatMap(([from, high, low], k) => Array.from({ length: (k + 1 < runs.length ? runs[k + 1][0] : rows) - from }, () => [high ?? NaN, low ?? NaN] as const));
  };
  /** Rows that differ, and in a high that they show; those of them at the first bar of a period where theirs is what we showed in the row before; all others. */
  const compare = (period: string, frame: string): { different: number; highs: number; stale: number; wrong: number } => {
    const ours = previousHighLow({ openTime, high: bars.high, low: bars.low }, { period, calendar: '24x7' }), theirs = theirsOf(frame), counts = { different: 0, highs: 0, stale: 0, wrong: 0 };
    const { events } = ours, first = new Set(Array.from({ length: events.length }, (_, k) => events.knownRow[k]));
    for (let row = 0; row < rows; row++) {
      if (Object.is(rounded(ours.previousHigh[row]), theirs[row][0]) && Object.is(rounded(ours.previousLow[row]), theirs[row][1])) continue;
      counts.different++;
      if (theirs[row][0] === theirs[row][0] && theirs[row][0] !== rounded(ours.previousHigh[row])) counts.highs++;
      if (first.has(row) && Object.is(rounded(ours.previousHigh[row - 1]), theirs[row][0]) && Object.is(rounded(ours.previousLow[row - 1]), theirs[row][1])) counts.stale++;
      else counts.wrong++;
    }
    return counts;
  };
  test('four hours and days differ at the first bar of a period alone, where it shows the period before last', () => {
    expect(compare('4h', '4h')).toMatchObject({ different: 1526, stale: 1526, wrong: 0 });
    expect(compare('1d', '1D')).toEqual({ different: 253, highs: 250, stale: 253, wrong: 0 });
  });
  test('its weeks are the week before last in each of 23,464 rows', () => {
    const { events } = previousHighLow({ openTime, high: bars.high, low: bars.low }, { period: '1w', calendar: '24x7' }), theirs = theirsOf('W');
    const levels = Array.from({ length: events.length }, (_, k) => k).filter(k => eventKinds[events.kind[k]] === 'periodLevel' && events.direction[k] > 0);
    const counts = { rows: 0, weekBeforeLast: 0, lastWeek: 0 };
    for (let row = 0, week = -1; row < rows; row++) {
      while (week + 1 < levels.length && events.knownRow[levels[week + 1]] <= row) week++;
      if (!(theirs[row][0] === theirs[row][0])) continue;
      counts.rows++;
      if (week > 0 && rounded(events.level0[levels[week - 1]]) === theirs[row][0]) counts.weekBeforeLast++;
      else if (rounded(events.level0[levels[week]]) === theirs[row][0]) counts.lastWeek++;
    }
    expect(counts).toEqual({ rows: 23_464, weekBeforeLast: 23_464, lastWeek: 0 });
  });
  test('float32 storage breaks levels that price only touched: 123 rows of four hours, 23 of days', () => {
    const falseRows = (frame: string): number => {
      const { brokenHigh, brokenLow } = program.previous[frame], theirs = theirsOf(frame);
      // What its rule gives in doubles: beyond the level that it shows, since it began to show it.
      let count = 0, isHigh = false, isLow = false;
      const flags = (ranges: [number, number][]): Set<number> => new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k)));
      const high = flags(brokenHigh), low = flags(brokenLow);
      for (let row = 0; row < rows; row++) {
        if (row > 0 && (theirs[row][0] !== theirs[row - 1][0] || theirs[row][1] !== theirs[row - 1][1])) isHigh = isLow = false;
        isHigh ||= bars.high[row] > theirs[row][0];
        isLow ||= bars.low[row] < theirs[row][1];
        if (high.has(row) !== isHigh || low.has(row) !== isLow) count++;
      }
      return count;
    };
    expect([falseRows('4h'), falseRows('1D')]).toEqual([123, 23]);
  });
});
