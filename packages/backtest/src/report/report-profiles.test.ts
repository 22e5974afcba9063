/** Profiles in the report's model. Oracle: the bars' ranges, walked one by one, and the engine's own columns. */
import { expect, test } from 'vitest';
import { orderFlowResult } from '../../test/order-flow-result.ts';
import { numbersOf } from '../result/index.ts';
import { makeReport } from './index.ts';
import { reportDeveloping, reportNakedControls } from './report-profiles.ts';

const result = orderFlowResult(), { table } = result.bars['1m'], high = numbersOf(table, 'high'), low = numbersOf(table, 'low'), tick = 0.00001, profiles = makeReport(result).candles['1m'].profiles!;

test('a point of control is naked from the bar that makes its profile final until a bar meets its row of five ticks', () => {
  const controls = reportNakedControls(result, '1m'), expected = profiles.flatMap(({ row, control }) => {
    let at = row;
    while (at < table.length && !(low[at] <= control + 2.01 * tick && high[at] >= control - 2.01 * tick)) at++;
    return at === row ? [] : [{ fromRow: row, level: control, toRow: at < table.length ? at : null }];
  });
  expect(expected.length).toBeGreaterThan(1);
  // What stands to the end has the end of the segment for its end, where the run told it.
  expect(controls.map(({ fromRow, level, toRow, end }) => ({ fromRow, level, toRow: end === 'segmentEnd' ? null : toRow }))).toEqual(expected);
  expect(reportNakedControls(result, 'elsewhere')).toEqual([]);
});

test('what is told of a profile as it grows is what the engine knew at each candle, entry by entry where it changed', () => {
  const rows = Array.from({ length: table.length }, (_, row) => row), [{ node, row, fromRow, control, low: floor, high: ceiling }, ...others] = reportDeveloping(result, '1m', rows), { aligned } = result.engines.profile;
  // The footprint has columns of these names too, of each candle alone.
  expect([node, others]).toEqual(['profile', []]);
  const columns = ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'].map(name => numbersOf(aligned!, name));
  for (let at = 0, k = 0; at < table.length; at++) {
    while (k + 1 < row.length && row[k + 1] <= at) k++;
    expect([fromRow[k], control[k], floor[k], ceiling[k]]).toEqual([Math.floor(at / 240) * 240, ...columns.map(column => column[at])]);
  }
  expect(row.length).toBeLessThan(table.length);
});

test('a long run keeps the levels that stood before the candles that it keeps', () => {
  const { row, nakedControls } = makeReport(result, { candleLimit: 300 }).candles['1m'], kept = (at: number, to: number | null): boolean => row.some(each => each >= at && (to === null || each <= to));
  expect(nakedControls).toEqual(reportNakedControls(result, '1m').filter(({ fromRow, toRow }) => kept(fromRow, toRow)));
});
