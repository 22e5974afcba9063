/** Numbers of other programs, for the tests beside the engines. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root: URL = new URL('../../../', import.meta.url);

/** A gzipped or plain text file of `../shared`, beside the repository; undefined where that folder is absent. */
export function sharedText(path: string): string | undefined {
  const file = fileURLToPath(new URL(`../shared/${path}`, root));
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
}

/** Columns of a CSV text by their lower-case names; an empty field is NaN. */
export function csvColumns(text: string): { readonly [column: string]: Float64Array } {
  const [head, ...lines] = text.trim().split(/\r?\n/), rows = lines.map(line => line.split(','));
  return Object.fromEntries(head.split(',').map((name, k) => [name.trim().toLowerCase(), Float64Array.from(rows, row => (row[k] === undefined || row[k] === '' ? NaN : Number(row[k])))]));
}

interface TalibCase { readonly series: 'O' | 'W'; readonly function: string; readonly period: number; readonly expected: readonly (number | null)[] }
interface TalibFile { readonly inputs: { readonly [series: string]: { readonly [column: string]: readonly number[] } }; readonly cases: readonly TalibCase[] }

/** TA-Lib's values of one function (oracles/talib/make.py), with the bars they are of. */
export function talibCases(name: string): { title: string; period: number; bars: { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array }; expected: Float64Array }[] {
  const { inputs, cases } = JSON.parse(readFileSync(new URL('oracles/talib/expected.json', root), 'utf8')) as TalibFile;
  return cases.filter(entry => entry.function === name).map(({ series, period, expected }) => ({
    title: `series ${series}, period ${period}`,
    period,
    bars: Object.fromEntries(Object.entries(inputs[series]).map(([column, values]) => [column, Float64Array.from(values)])) as any,
    expected: Float64Array.from(expected, value => value ?? NaN),
  }));
}

/** The largest relative difference; Infinity where one is NaN and the other is not. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i]) !== Number.isNaN(actual[i])) return Infinity;
    if (expected[i] !== actual[i] && !Number.isNaN(expected[i])) largest = Math.max(largest, Math.abs(actual[i] - expected[i]) / Math.max(Math.abs(expected[i]), Math.abs(actual[i])));
  }
  return largest;
}

/** A default result of Stock Indicators for .NET over its 502 daily bars: one field of every row, and the bars. */
export function stockIndicators(file: string, field: string): { bars: { readonly [column: string]: Float64Array }; expected: Float64Array } | undefined {
  const quotes = sharedText('oracles/stock-indicators/quotes/default.csv.gz'), results = sharedText(`oracles/stock-indicators/results/${file}.standard.json.gz`);
  if (quotes === undefined || results === undefined) return undefined;
  return { bars: csvColumns(quotes), expected: Float64Array.from(JSON.parse(results) as { [field: string]: number | null }[], row => row[field] ?? NaN) };
}

/** Title suffix of tests that need `../shared`. */
export const sharedHint = '(needs ../shared/oracles beside the repository)';

/** What a pinned script made: `programNumbers('oracles/regime/expected.json')`. */
export function programNumbers<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8')) as T;
}

/** Every number within an absolute tolerance, NaN where null is expected; the first difference is the message. */
export function firstDifference(actual: ArrayLike<number>, expected: readonly (number | null)[], tolerance: number): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} rows, expected ${expected.length}`;
  const row = expected.findIndex((value, i) => (value === null ? actual[i] === actual[i] : !(Math.abs(actual[i] - value) <= tolerance)));
  return row < 0 ? undefined : `row ${row} is ${actual[row]}, expected ${expected[row]}`;
}
