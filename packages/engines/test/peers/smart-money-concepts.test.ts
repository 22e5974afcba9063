/**
 * The port of smartmoneyconcepts 0.0.27 against that package's own numbers: it proves that its definitions are understood, so that the relations of our
 * causal engines to it mean something. Oracle: the package's test data, and for kinds without a file there its own run (oracles/smart-money-concepts).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { previousHighLow, retracements, sessions } from '@zanzibar/engines/levels';
import { liquidityPools } from '@zanzibar/engines/liquidity';
import { fairValueGaps, orderBlocks, structureBreaks, swingAlternation, swings } from '@zanzibar/engines/structure';
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

/** What answers the eight functions of the peer, and the alternation that its swings have. */
const peersEight = combine({
  swings: [swings, 'bars'],
  alternation: [swingAlternation, 'bars', {}, { swings: 'swings.events' }],
  breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }],
  gaps: [fairValueGaps, 'bars'],
  blocks: [orderBlocks, 'bars', {}, { breaks: 'breaks.events' }],
  pools: [liquidityPools, 'bars', { tolerance: 0.0005, atrMultiple: 0 }, { swings: 'swings.events' }],
  previous: [previousHighLow, 'bars'],
  london: [sessions, 'bars', { zone: 'UTC', start: '07:00', end: '16:00' }],
  retracements: [retracements, 'bars', {}, { swings: 'swings.events' }],
});

/** A copy of every column of every node, those of its events cut to their length. */
function readings(result: ReturnType<typeof peersEight>): Map<string, Uint8Array> {
  const columns = new Map<string, Uint8Array>(), put = (name: string, values: Float64Array): void => void columns.set(name, new Uint8Array(values.slice().buffer));
  for (const [node, output] of Object.entries(result)) {
    for (const [name, value] of Object.entries(output as unknown as { [output: string]: Float64Array | { readonly length: number } })) {
      if (ArrayBuffer.isView(value)) put(`${node}.${name}`, value);
      else for (const [column, cells] of Object.entries(value as { [column: string]: unknown })) if (ArrayBuffer.isView(cells)) put(`${node}.${name}.${column}`, (cells as Float64Array).subarray(0, value.length));
    }
  }
  return columns;
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

  test('2,000 bars that are added one at a time rewrite 2,260 of its swing readings, and none of our eight engines', () => {
    const first = 400, extensions = 2000, openTime = BigInt64Array.from(times, milliseconds => BigInt(milliseconds) * 1_000_000n), closeTime = openTime.map(start => start + 900_000_000_000n);
    const all = { openTime, closeTime, open, high, low, close, volume };
    let rewritten = 0, before: Float64Array = new Float64Array(0), known = new Map<string, Uint8Array>();
    const changed: { [reading: string]: number } = {};
    for (let count = first; count <= first + extensions; count++) {
      const past = Object.fromEntries(Object.entries(all).map(([name, column]) => [name, column.subarray(0, count)])) as typeof all, now = swingsOfPeer(past, 5).highLow;
      for (let row = 0; row < before.length; row++) if (!Object.is(before[row], now[row])) rewritten++;
      before = now;
      const read = readings(peersEight({ bars: past }));
      // What was there stays to the bit, rows of columns and events alike, and none goes.
      for (const [name, bytes] of known) if (!Buffer.from(bytes.buffer).equals(read.get(name)!.subarray(0, bytes.length))) changed[name] = (changed[name] ?? 0) + 1;
      known = read;
    }
    // The eight (the alternation beside swings) wrote something: 20 events at least, or rows of columns; bars here have no volume, so blocks measure none.
    const written = Object.fromEntries([...known].map(([name, bytes]) => [name, bytes.length]));
    for (const name of ['swings', 'alternation', 'breaks', 'gaps', 'blocks', 'pools', 'previous', 'london']) expect([name, written[`${name}.events.kind`] > 2 * 20]).toEqual([name, true]);
    for (const name of ['previous.previousHigh', 'london.sessionHigh', 'retracements.current']) expect([name, new Float64Array(known.get(name)!.buffer).filter(value => value > 0).length > 500]).toEqual([name, true]);
    expect(changed).toEqual({});
    expect(rewritten).toBe(2260);
  }, 60_000);
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
