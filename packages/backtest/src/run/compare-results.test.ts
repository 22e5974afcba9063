/** Where results part. Oracle: results that are made equal or unequal in a known place. */
import { expect, test } from 'vitest';
import { seededResult } from '../../test/seeded-result.ts';
import type { Result } from '../result/result.ts';
import { makeResult } from '../result/result.ts';
import { compareResults } from './compare-results.ts';

/** The result with one value of one table changed. */
function changed(result: Result, table: 'orders' | 'fills' | 'equity', column: string, row: number, by: number): Result {
  const { summary: { manifest, metrics, conservation, warnings }, digests: _, ...tables } = result, values = (tables[table].columns[column] as Float64Array).slice();
  values[row] += by;
  return makeResult({ ...tables, [table]: { ...tables[table], columns: { ...tables[table].columns, [column]: values } }, manifest, metrics, conservation, warnings, stages: { ticks: () => '0'.repeat(64) } });
}

test('equal results are the same in every stage', () => {
  const { same, stages, difference, settings } = compareResults(seededResult(), seededResult());
  expect([same, difference, settings]).toEqual([true, undefined, []]);
  expect(stages.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['ticks', 'bars/1m', 'engines/atr', 'engines/swings.events', 'orders', 'fills', 'equity']));
  expect(stages.every(each => each.same)).toBe(true);
});

test('a changed fill is named by stage, row, column and time, and what stands before it is the same', () => {
  const a = seededResult(), b = changed(a, 'fills', 'price', 12, 0.00001), { difference, stages, columns } = compareResults(a, b), price = (a.fills.columns.price as Float64Array)[12];
  expect(difference).toEqual({ stage: 'fills', row: 12, column: 'price', expected: String(price), actual: String(price + 0.00001), time: (a.fills.columns.time as BigInt64Array)[12] });
  expect(columns).toEqual([{ column: 'price', expected: String(price), actual: String(price + 0.00001) }]);
  expect(stages.filter(({ same }) => !same).map(({ stage }) => stage)).toEqual(['fills']);
});

test('of several differences the earliest stage is named, though another differs in an earlier row', () => {
  const a = seededResult(), b = changed(changed(a, 'equity', 'equity', 3, 1), 'orders', 'quantity', 40, 1);
  expect(compareResults(a, b).difference).toMatchObject({ stage: 'orders', row: 40, column: 'quantity' });
});

test('a row of an engine is known when its bar closed; a longer run parts behind the last row of the shorter', () => {
  const a = seededResult({ seed: 7 }), b = seededResult({ seed: 8 }), { difference, settings } = compareResults({ ...a, bars: a.bars }, { ...b, bars: a.bars, digests: b.digests });
  expect(difference).toBeDefined();
  expect(settings).toContainEqual({ name: 'seed', expected: '7', actual: '8' });
  const longer = compareResults(seededResult({ bars: 600 }), seededResult({ bars: 700 }));
  expect(longer.difference).toMatchObject({ stage: 'bars/1m', row: 600, expected: 'no row', actual: 'a row' });
});

test('a stage that is a digest only, or that one side lacks, is named without a row', () => {
  const a = seededResult(), { summary: { manifest, metrics, conservation, warnings }, digests: _, ...tables } = a;
  const other = makeResult({ ...tables, manifest, metrics, conservation, warnings, stages: { ticks: () => '1'.repeat(64) } }), none = makeResult({ ...tables, manifest, metrics, conservation, warnings });
  expect(compareResults(a, other).difference).toEqual({ stage: 'ticks', row: -1, column: '', expected: 'digest 0000000000000000', actual: 'digest 1111111111111111' });
  expect(compareResults(a, none).difference).toEqual({ stage: 'ticks', row: -1, column: '', expected: 'digest 0000000000000000', actual: 'no such stage' });
});
