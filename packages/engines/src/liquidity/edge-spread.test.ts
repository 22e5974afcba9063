import { describe, expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { csvColumns, sharedHint, sharedText } from '../../test/oracles.ts';
import { edgeStepsOf, type EdgeSteps } from '../../test/reference/spreads.ts';
import { edgeSpread, type EdgeSpreadOptions } from './edge-spread.ts';

engineLaws(test, edgeSpread, { options: random => ({ window: random.integer(3, 20), signed: random.uniform() < 0.5 }) });

type Bars = { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array };
const f = (...values: number[]): Float64Array => Float64Array.from(values);

interface Rolling { readonly [title: string]: { non_nan: number; mean: number | null; at: { readonly [row: string]: number | null } } }
interface Case { call: string; input: unknown; params: { rows?: string; sign?: boolean | boolean[] }; expected: any; computed?: number; computed_step_1?: Rolling }

const text = sharedText('oracles/bidask/expected.json'), whole = sharedText('oracles/bidask/ohlc.csv.gz'), miss = sharedText('oracles/bidask/ohlc-miss.csv.gz');
describe.skipIf(text === undefined || whole === undefined || miss === undefined)(`the published numbers of its authors, and bidask 2.1.0 ${sharedHint}`, () => {
  const cases = (JSON.parse(text ?? '{"tests":[]}') as { tests: Case[] }).tests;
  const files: { readonly [name: string]: Bars } = Object.fromEntries(([['ohlc', whole], ['ohlc-miss', miss]] as const).map(([name, csv]) => [name, csvColumns((csv ?? '').replaceAll('"', '').replaceAll('NA', '')) as unknown as Bars]));
  const last = (bars: Bars, options: Partial<EdgeSpreadOptions>): number => edgeSpread(bars, { window: bars.open.length, ...options }).spread[bars.open.length - 1];

  test('whole files, also with missing cells, and the first ten rows signed: relative 1e-12', () => {
    const found = cases.filter(({ call, input }) => call === 'edge' && typeof input === 'string' && input.endsWith('.gz'));
    expect(found.length).toBe(3);
    for (const { input, params, expected } of found) {
      const bars = files[(input as string).replace('.csv.gz', '')], rows = params.rows === 'first 10' ? 10 : bars.open.length;
      const part = Object.fromEntries(Object.entries(bars).map(([name, column]) => [name, column.slice(0, rows)])) as Bars;
      expect(part.open.length).toBe(rows);
      expect(Math.abs(last(part, { signed: params.sign === true }) / expected - 1)).toBeLessThan(1e-12);
    }
  });

  const rowsOf = ({ open, high, low, close }: Bars, from: number, to: number): { open: number; high: number; low: number; close: number }[] =>
    Array.from({ length: to - from }, (_, k) => ({ open: open[from + k], high: high[from + k], low: low[from + k], close: close[from + k] }));

  test('the published table of intermediate steps, relative 1e-11, holds for the reference, and the engine is the reference: relative 1e-12', () => {
    const found = cases.filter(({ call }) => call === 'intermediate steps of edge');
    expect(found.length).toBe(2);
    for (const { input, expected } of found) {
      const bars = files[(input as string).replace('.csv.gz', '')], steps = edgeStepsOf(rowsOf(bars, 0, bars.open.length));
      for (const [step, value] of Object.entries(expected as EdgeSteps)) expect([step, Math.abs(steps[step as keyof EdgeSteps] / value - 1) < 1e-11]).toEqual([step, true]);
      expect(Math.abs(last(bars, {}) / Math.sqrt(Math.abs(steps.s2)) - 1)).toBeLessThan(1e-12);
    }
  });

  test('expanding windows at every row that is given, signed and not: relative 1e-12; with missing cells theirs contradicts their own whole sample', () => {
    const { computed } = cases.find(({ call }) => call === 'edge_expanding')! as unknown as { computed: Rolling };
    let compared = 0;
    for (const title in computed) {
      const { at } = computed[title], signed = title.endsWith('sign=True');
      if (title.startsWith('ohlc-miss')) {
        // The whole sample, which the last row is, has been published as 0.01013284969780197 and is ours.
        expect(Math.abs(at[9999]! / last(files['ohlc-miss'], { signed }) - 1)).toBeGreaterThan(0.005);
        continue;
      }
      for (const row in at) {
        if (at[row] === null) continue;
        const bars = Object.fromEntries(Object.entries(files.ohlc).map(([column, values]) => [column, values.slice(0, Number(row) + 1)])) as Bars;
        expect([title, row, Math.abs(last(bars, { signed }) / at[row] - 1) < 1e-12]).toEqual([title, row, true]);
        compared++;
      }
    }
    expect(compared).toBe(18);
  });

  test('a market that hardly moves, and one of missing prices, give NaN', () => {
    const still = cases.find(({ input }) => typeof input === 'object' && input !== null)!.input as { [name: string]: number[] };
    expect(last(Object.fromEntries(Object.entries(still).map(([name, column]) => [name, f(...column)])) as Bars, {})).toBeNaN();
    const none = f(NaN, NaN, NaN);
    expect(last({ open: none, high: none, low: none, close: none }, {})).toBeNaN();
  });

  test('rolling windows at every row that is given, their counts and means, of windows with no cell missing: others it gives no value', () => {
    const rolling = cases.find(({ call }) => call === 'edge_rolling')!.computed_step_1!;
    let compared = 0;
    for (const title in rolling) {
      const [name, window, sign] = title.split(' ').map(part => part.replace(/^(window|sign)=/, '')), { non_nan: count, mean, at } = rolling[title];
      if (Number(window) < 3) {
        // Of one or two bars there is no estimate.
        expect(count).toBe(0);
        continue;
      }
      const bars = files[name], size = Number(window), spread = edgeSpread(bars, { window: size, signed: sign === 'True' }).spread.slice();
      const missing = { open: 0, high: 0, low: 0, close: 0 };
      // The open of the oldest bar and the close of the newest are not needed.
      for (let row = 0; row < spread.length; row++) {
        for (const [cell, newest, count] of [['open', row, size - 1], ['high', row, size], ['low', row, size], ['close', row - 1, size - 1]] as const) {
          if (newest >= 0 && Number.isNaN(bars[cell][newest])) missing[cell]++;
          if (newest - count >= 0 && Number.isNaN(bars[cell][newest - count])) missing[cell]--;
        }
        if (missing.open + missing.high + missing.low + missing.close > 0) spread[row] = NaN;
      }
      const known = [...spread].filter(value => !Number.isNaN(value));
      expect(known.length).toBe(count);
      if (mean !== null) expect(Math.abs(known.reduce((sum, value) => sum + value, 0) / known.length / mean - 1)).toBeLessThan(1e-8);
      for (const row in at) {
        if (at[row] === null) expect(spread[Number(row)]).toBeNaN();
        else expect(Math.abs(spread[Number(row)] / at[row]! - 1)).toBeLessThan(1e-12);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(80);
  });
});

test('one row, fewer rows than the window, a flat market and prices not above 0 give NaN', () => {
  const flat = f(3, 3, 3, 3, 3);
  expect([...edgeSpread({ open: flat, high: flat, low: flat, close: flat }, { window: 3 }).spread]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  expect([...edgeSpread({ open: f(3), high: f(4), low: f(2), close: f(3) }).spread]).toEqual([NaN]);
  const bars = { open: f(2, 2, 2, 2), high: f(3, 3, 3, 3), low: f(-1, -1, -1, -1), close: f(1, 2, 1, 2) };
  expect([...edgeSpread(bars, { window: 3 }).spread]).toEqual([NaN, NaN, NaN, NaN]);
});

test('options out of range are refused by name', () => {
  const one = f(1);
  expect(() => edgeSpread({ open: one, high: one, low: one, close: one }, { window: 2 })).toThrow(new RangeError('edgeSpread: window must be at least 3, was 2'));
  expect(() => edgeSpread({ open: one, high: one, low: one, close: one }, { window: NaN })).toThrow('edgeSpread: window must be a positive integer, was NaN');
});
