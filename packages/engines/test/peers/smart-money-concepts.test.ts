/**
 * The port of smartmoneyconcepts 0.0.27 against that package's own numbers: it proves that its definitions are understood, so that the relations of our
 * causal engines to it mean something. Oracle: the package's test data, and for kinds without a file there its own run (oracles/smart-money-concepts).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { swingAlternation, structureBreaks, swings } from '@zanzibar/engines/structure';
import { sharedHint, sharedText } from '../oracles.ts';
import {
  breaksOfPeer, fairValueGapsOfPeer, liquidityOfPeer, orderBlocksOfPeer, previousHighLowOfPeer, retracementsOfPeer, sessionsOfPeer, swingsOfPeer, type Bars, type Columns,
} from './smart-money-concepts.ts';

const folder = 'oracles/smart-money-concepts/', computed = 'oracles/smart-money-concepts-computed/btcusd_1m_20170903/';

/** Columns by name; an empty field is NaN, a time its milliseconds. */
function table(text: string): { readonly [column: string]: Float64Array } {
  const [head, ...lines] = text.trim().split(/\r?\n/), rows = lines.map(line => line.split(','));
  const value = (field: string | undefined): number => (field === undefined || field === '' ? NaN : /^\d{4}[.-]\d\d[.-]/.test(field) ? Date.parse(`${field.replaceAll('.', '-').replace(' ', 'T')}Z`) : Number(field));
  return Object.fromEntries(head.split(',').map((name, k) => [name.trim(), Float64Array.from(rows, row => value(row[k]))]));
}

/** How many cells of the columns are apart: assert_frame_equal's relative 1e-5 and absolute 1e-8. */
function mismatches(ours: Columns, theirs: readonly ArrayLike<number>[]): number {
  let count = 0;
  Object.values(ours).forEach((column, k) => {
    const expected = theirs[k];
    if (expected.length !== column.length) count += Math.abs(expected.length - column.length);
    for (let row = 0; row < column.length; row++) {
      const a = column[row], b = expected[row];
      if (Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > 1e-8 + 1e-5 * Math.abs(b)) count++;
    }
  });
  return count;
}

interface Recorded { readonly sparse: boolean; readonly rows: number[]; readonly columns: { readonly [column: string]: (number | null)[] | [number | null, number][] } }
const recorded = JSON.parse(readFileSync(new URL('../../../../oracles/smart-money-concepts/expected.json', import.meta.url), 'utf8')) as { count: number; results: { [name: string]: Recorded } };
function recordedColumns(name: string): Float64Array[] {
  const { sparse, rows, columns } = recorded.results[name];
  return Object.values(columns).map(values => {
    const column = new Float64Array(recorded.count).fill(NaN);
    let at = 0;
    values.forEach((value, k) => {
      if (sparse) column[rows[k]] = (value as number | null) ?? NaN;
      else column.fill((value as [number | null, number])[0] ?? NaN, at, (at += (value as [number | null, number])[1]));
    });
    return column;
  });
}

const text = sharedText(`${folder}EURUSD_15M.csv.gz`);
describe.skipIf(text === undefined)(`24,424 bars of EURUSD: the port of smart-money-concepts ${sharedHint}`, () => {
  const columns = text === undefined ? {} : table(text), { Open: open, High: high, Low: low, Close: close, Volume: volume, Date: times } = columns, bars: Bars = { open, high, low, close, volume };
  const swingsFound = text === undefined ? (undefined as never) : swingsOfPeer(bars, 5), shared = (name: string): Float64Array[] => Object.values(table(sharedText(`${folder}${name}.csv.gz`)!));
  const cases: readonly (readonly [string, () => Columns, () => Float64Array[], number])[] = [
    ['swings', () => swingsFound as unknown as Columns, () => shared('swing_highs_lows_result_data'), 2708],
    ['fair value gaps', () => fairValueGapsOfPeer(bars, false), () => shared('fvg_result_data'), 5020],
    ['joined fair value gaps', () => fairValueGapsOfPeer(bars, true), () => recordedColumns('fvg_join_consecutive'), 3756],
    ['breaks and changes', () => breaksOfPeer(bars, swingsFound, true), () => shared('bos_choch_result_data'), 676],
    ['order blocks', () => orderBlocksOfPeer(bars, swingsFound, false), () => recordedColumns('ob'), 66],
    ['liquidity', () => liquidityOfPeer(bars, swingsFound, 0.01), () => recordedColumns('liquidity'), 498],
    ['previous high and low of 4 hours', () => previousHighLowOfPeer(bars, times, '4h'), () => shared('previous_high_low_result_data_4h'), 24_407],
    ['previous high and low of a day', () => previousHighLowOfPeer(bars, times, '1D'), () => recordedColumns('previous_high_low_1D'), 24_327],
    ['previous high and low of a week', () => previousHighLowOfPeer(bars, times, 'W'), () => recordedColumns('previous_high_low_W'), 23_464],
    ['the London session', () => sessionsOfPeer(bars, times, 7 * 60, 16 * 60), () => recordedColumns('sessions_London'), 9427],
    ['retracements', () => retracementsOfPeer(bars, swingsFound), () => shared('retracements_result_data'), 24_403],
  ];
  test.each(cases)('%s are its own in every cell', (_, ours, theirs, count) => {
    const expected = theirs();
    expect(expected[0].filter(value => !Number.isNaN(value) && value !== 0).length).toBe(count);
    expect(mismatches(ours(), expected)).toBe(0);
  });

  test('2,000 bars that are added one at a time rewrite 2,260 of its swing readings, and none of ours', () => {
    const first = 400, extensions = 2000;
    let rewritten = 0, ours = 0, before: Float64Array = new Float64Array(0);
    const graph = combine({ swings: [swings, 'bars'], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], alternation: [swingAlternation, 'bars', {}, { swings: 'swings.events' }] });
    let known: (readonly (readonly number[])[])[] = [[], [], []];
    for (let count = first; count <= first + extensions; count++) {
      const past = { high: high.subarray(0, count), low: low.subarray(0, count), close: close.subarray(0, count) }, now = swingsOfPeer(past, 5).highLow;
      for (let row = 0; row < before.length; row++) if (!Object.is(before[row], now[row])) rewritten++;
      before = now;
      const result = graph({ bars: past }), events = [result.swings, result.breaks, result.alternation].map(({ events: { length, kind, direction, originRow, knownRow, ref, level0 } }) =>
        [kind, direction, originRow, knownRow, ref, level0].map(column => Array.from(column.subarray(0, length))));
      known.forEach((columns, table) => columns.forEach((column, k) => column.forEach((value, event) => {
        if (!Object.is(value, events[table][k][event])) ours++;
      })));
      known = events;
    }
    expect(known.map(([kind]) => kind.length > 20)).toEqual([true, true, true]);
    expect([rewritten, ours]).toEqual([2260, 0]);
  });
});

const bitcoin = sharedText(`${computed}input.csv.gz`);
describe.skipIf(bitcoin === undefined)(`1,440 minutes of bitcoin with volume: the port of smart-money-concepts ${sharedHint}`, () => {
  const columns = bitcoin === undefined ? {} : table(bitcoin), { open, high, low, close, volume, time } = columns, bars: Bars = { open, high, low, close, volume };
  const swingsFound = bitcoin === undefined ? (undefined as never) : swingsOfPeer(bars, 10);
  test.each([
    ['swing_highs_lows', () => swingsFound as unknown as Columns, 77],
    ['fvg', () => fairValueGapsOfPeer(bars, false), 492],
    ['fvg_join_consecutive', () => fairValueGapsOfPeer(bars, true), 274],
    ['bos_choch_close_break_True', () => breaksOfPeer(bars, swingsFound, true), 19],
    ['ob_close_mitigation_False', () => orderBlocksOfPeer(bars, swingsFound, false), 12],
    ['liquidity_range_0.005', () => liquidityOfPeer(bars, swingsFound, 0.005), 10],
    ['previous_high_low_1h', () => previousHighLowOfPeer(bars, time, '1h'), 1379],
    ['retracements', () => retracementsOfPeer(bars, swingsFound), 1394],
  ] as const)('%s is its own in every cell', (name, ours, count) => {
    const theirs = Object.values(table(sharedText(`${computed}${name}.csv.gz`)!));
    expect(theirs[0].filter(value => !Number.isNaN(value) && value !== 0).length).toBe(count);
    expect(mismatches(ours(), theirs)).toBe(0);
  });
});
