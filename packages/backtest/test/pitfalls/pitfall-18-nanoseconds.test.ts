import { expect, test } from 'vitest';
import { goldenSetup } from '../reference/goldens.ts';
import { fillsOf } from './golden-runs.ts';
import { simulate } from '../simulated.ts';

const noon = 1_400_000_000_000_000_000n;

/** Quotes one nanosecond apart, where a double is exact to 256 only; an order with a latency of 2 ns from the first. Oracle: worked by hand. */
function tellsNanosecondsApart(stored: (time: bigint) => bigint): void {
  const { setup, rows } = goldenSetup({
    name: '', reading: '', fills: [], market: 'quotes', rows: [[0, 100, 101], [1, 101, 102], [2, 102, 103], [3, 103, 104]], options: { latency: { submit: 2 } },
    on: { 0: a => { a.market(1, 1); } },
  });
  const time = rows.markets[0].time.map(at => stored(noon + at)), shift = { ...setup, from: noon, to: noon + 1000n, instruments: [{ ...setup.instruments[0], sessionEnd: () => noon + 900n }] };
  const views = shift.sources.map(source => ({ ...source, now: { ...source.now, row: 0, get time(): bigint { return time[this.row]; } } }));
  const result = simulate({ ...shift, sources: views }, { markets: [{ ...rows.markets[0], time }], decisions: [{ ...rows.decisions[0], time }] });
  expect(fillsOf(result)).toEqual(['0 2 103']);
  expect(result.fills[0].time).toBe(noon + 2n);
}

test('pitfall 18: times a nanosecond apart are different times', () => tellsNanosecondsApart(time => time));

test('pitfall 18: times that went through a double are caught', () => expect(() => tellsNanosecondsApart(time => BigInt(Number(time)))).toThrow());
