/** Oracle: lines drawn bar by bar (packages/engines/test/reference/gann-angles.ts). */
import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { drawnLine } from '../../test/reference/gann-angles.ts';
import { swingTable } from '../../test/swing-table.ts';
import { swings } from '../structure/swings.ts';
import { atr } from '../volatility/atr.ts';
import { gannAngles } from './gann-angles.ts';

const given = (random: { integer(min: number, max: number): number }): object => ({ left: random.integer(1, 3), right: random.integer(1, 3) });
engineLaws(test, gannAngles, { options: random => ({ pricePerBar: random.integer(1, 16) / 64 }), tables: { swings: [swings, 'events', given] } });

test('lines from the last swing are those drawn bar by bar', () => {
  const rows = 30, table = swingTable([[-1, 2, 5, 10], [1, 8, 12, 20]]);
  const output = gannAngles({ atr: new Float64Array(rows) }, { pricePerBar: 0.5 }, { swings: table });
  for (let row = 0; row < rows; row++) {
    const [direction, level, origin] = row < 5 ? [0, NaN, NaN] : row < 12 ? [1, 10, 2] : [-1, 20, 8];
    const expected = [0.125, 0.25, 0.5, 1, 2].map(slope => (direction === 0 ? NaN : drawnLine(level, direction, slope, row - origin)));
    expect([output.oneByFour[row], output.oneByTwo[row], output.oneByOne[row], output.twoByOne[row], output.fourByOne[row], output.direction[row]]).toEqual([...expected, direction]);
  }
});

test('the example in the header holds', () => {
  const { oneByFour, oneByTwo, oneByOne, twoByOne, fourByOne } = gannAngles({ atr: new Float64Array(7) }, { pricePerBar: 0.5 }, { swings: swingTable([[-1, 2, 3, 10]]) });
  expect([oneByFour[6], oneByTwo[6], oneByOne[6], twoByOne[6], fourByOne[6]]).toEqual([10.5, 11, 12, 14, 18]);
});

test("without a price per bar the scale is the average true range of the pivot's own row, and without either there is no line", () => {
  const column = Float64Array.of(1, 2, 3, 4, 5, 6), table = swingTable([[-1, 1, 3, 10]]);
  expect([...gannAngles({ atr: column }, {}, { swings: table }).oneByOne]).toEqual([NaN, NaN, NaN, 14, 16, 18]);
  const far = gannAngles({ atr: new Float64Array(400).fill(1) }, {}, { swings: swingTable([[-1, 1, 300, 10]]) });
  expect([far.oneByOne[399], far.direction[399]]).toEqual([NaN, 0]);
  const none = combine({ it: [gannAngles, 'rows', {}, { swings: 'given' }] }, { given: { of: 'rows' } })({ rows: { close: column }, given: table as never }).it;
  expect([...none.oneByOne]).toEqual(Array(6).fill(NaN));
});

test('an atr is wired like any column of the same bars', () => {
  const pipeline = combine({ swings: [swings, 'bars', { left: 1, right: 1 }], atr: [atr, 'bars', { period: 1 }], lines: [gannAngles, 'bars', {}, { swings: 'swings.events', atr: 'atr/atr' }] });
  const { lines } = pipeline({ bars: { high: Float64Array.of(3, 2, 4, 5, 6), low: Float64Array.of(2, 1, 3, 4, 5), close: Float64Array.of(2.5, 1.5, 3.5, 4.5, 5.5) } });
  // The low of row 1 is known at row 2; the true range of row 1 is 1.5.
  expect([...lines.oneByOne]).toEqual([NaN, NaN, 2.5, 4, 5.5]);
});

test('a price per bar that is not positive is refused by name', () => {
  expect(() => gannAngles({ atr: new Float64Array(1) }, { pricePerBar: 0 }, { swings: swingTable([]) })).toThrow(new RangeError('gannAngles: pricePerBar must be a positive number, was 0'));
});
