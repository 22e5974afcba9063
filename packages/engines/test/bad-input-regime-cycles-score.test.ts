/** Every engine of regimes, cycles and scores on input that breaks engines. Oracle: the rule that there is a number or NaN in every row, and no event of nothing. */
import { describe, expect, test } from 'vitest';
import { parseTime, type AnyEngine } from '@zanzibar/core';
import * as cycles from '../src/cycles/index.ts';
import * as regime from '../src/regime/index.ts';
import * as score from '../src/score/index.ts';
import { swingTable } from './swing-table.ts';

const ephemeris = await cycles.planetaryEphemeris({ from: parseTime('2024-01-01'), to: parseTime('2024-03-01') }), start = parseTime('2024-01-05');
const model = { ...regime.fitGaussianHiddenMarkov(Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i)), 0n), fittedThrough: null as never };
const calibration = { ...score.fitCalibration('isotonic', [1, 2, 3], [0, 1, 1], 0n), fittedThrough: null as never };

/** What an engine needs beyond its defaults. */
const options: { readonly [engine: string]: object } = {
  cumulativeSumChanges: { threshold: 1 }, hiddenMarkovRegime: { model }, calibratedProbability: { calibration },
  planetaryLongitudes: { ephemeris }, planetaryAspects: { ephemeris }, moonPhases: { ephemeris }, retrogradeWindows: { ephemeris }, planetaryOutlook: { ephemeris },
};
const engines = Object.entries({ ...regime, ...cycles, ...score }).filter((entry): entry is [string, AnyEngine] => typeof entry[1] === 'function' && 'spec' in entry[1]);

type Rows = readonly (readonly [what: string, value: (row: number) => number, count: number])[];
const rows: Rows = [
  ['no rows', () => 1, 0], ['one row', () => 1, 1], ['fewer rows than any warm-up', row => row, 2], ['rows of NaN', () => NaN, 200], ['a flat market', () => 1.1, 200], ['rows of 0', () => 0, 200],
  ['negative prices', row => -40 + Math.sin(row), 200], ['prices off any grid', row => 100 + Math.sin(row) / 7, 200], ['huge values', row => 1e100 * (1 + Math.sin(row) / 2), 200],
  ['every third row NaN', row => (row % 3 === 0 ? NaN : row % 5), 200], ['one NaN', row => (row === 20 ? NaN : row % 7), 200],
];

/** Columns of whatever names and types an engine reads. */
function columnsFor({ spec }: AnyEngine, value: (row: number) => number, count: number): { [column: string]: unknown } {
  const columns: { [column: string]: unknown } = { any: new Float64Array(count) };
  for (const [name, type] of Object.entries({ ...spec.input, ...spec.optional })) {
    columns[name] = type === 'i64' ? BigInt64Array.from({ length: count }, (_, i) => start + BigInt(i) * 3_600_000_000_000n)
      : type === 'f64' ? Float64Array.from({ length: count }, (_, i) => value(i)) : type === 'i8' ? new Int8Array(count) : new Int32Array(count);
  }
  columns.closeTime ??= BigInt64Array.from({ length: count }, (_, i) => start + BigInt(i) * 3_600_000_000_000n);
  return columns;
}

const none = new Float64Array(0), noLevels = { knownRow: none, originRow: none, ref: none, degrees: none, ratio: none, direction: new Int8Array(0), level: none };
const tables = { swings: swingTable([]), squareOfNine: noLevels, percent: noLevels, other: { time: new BigInt64Array(0), price: none } };

test('the engines are all there', () => {
  expect(engines.length).toBe(26);
});

describe.each(engines)('%s', (name, engine) => {
  test.each(rows)('on %s gives a number or NaN in every row, the same twice', (what, value, count) => {
    const columns = columnsFor(engine, value, count);
    if (engine.spec.input.time) columns.time = columns.closeTime;
    const given = Object.fromEntries(Object.keys(engine.spec.reads ?? {}).map(table => [table, tables[table as 'swings']]));
    const run = (): any => engine(columns as never, options[name] as never, given as never), output = run(), again = run();
    expect([name, output.length]).toEqual([name, count]);
    for (const column in engine.spec.aligned) {
      const values = output[column] as Float64Array;
      expect(values.length).toBe(count);
      expect([column, [...values].some(each => each === Infinity || each === -Infinity)]).toEqual([column, false]);
      expect([...values].every((each, row) => Object.is(each, again[column][row]))).toBe(true);
    }
    const isSilent = what === 'rows of NaN' && !engine.spec.input.closeTime;
    for (const table in engine.spec.appended) if (isSilent || count === 0) expect([table, output[table].length]).toEqual([table, 0]);
  });
});
