/** Oracle: families from lists of levels (packages/engines/test/reference/gann-confluence.ts). */
import { expect, test } from 'vitest';
import { combine, defineEngine, randomStream, type AnyEngine, type Schema } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { confluenceOf } from '../../test/reference/gann-confluence.ts';
import { swings } from '../structure/swings.ts';
import { atr } from '../volatility/atr.ts';
import { gannAngles } from './gann-angles.ts';
import { gannConfluence } from './gann-confluence.ts';
import { percentLevels, percentLevelSchema } from './percent-levels.ts';
import { levelSchema, squareOfNineLevels } from './square-of-nine.ts';

const graph = {
  atr: [atr, 'bars', { period: 5 }], swings: [swings, 'bars', { left: 2, right: 2 }], square: [squareOfNineLevels, 'bars', { step: 30, count: 3 }, { swings: 'swings.events' }],
  percent: [percentLevels, 'bars', {}, { swings: 'swings.events' }], lines: [gannAngles, 'bars', { pricePerBar: 0.25 }, { swings: 'swings.events' }],
  it: [gannConfluence, 'bars', { tolerance: 0.5 }, {
    swings: 'swings.events', squareOfNine: 'square.levels', percent: 'percent.levels', atr: 'atr/atr',
    oneByFour: 'lines/oneByFour', oneByTwo: 'lines/oneByTwo', oneByOne: 'lines/oneByOne', twoByOne: 'lines/twoByOne', fourByOne: 'lines/fourByOne',
  }],
} as const;

test('on random bars the count is that of families whose lists of levels have one near', () => {
  const bars = randomMarket({ close: 'f64' }, randomStream(4, 'confluence'), 500, { ...roughTexture, isHoled: false, isCut: false });
  const { it, atr: { atr: range }, swings: { events }, square, percent, lines } = combine(graph)({ bars });
  const counts = new Set<number>();
  for (let row = 5; row < 500; row++) {
    const price = bars.close[row] as number, known = [...events.knownRow.keys()].filter(k => events.knownRow[k] <= row), last = known.at(-1);
    const newest = (direction: number): number[] => known.filter(k => events.direction[k] === direction).slice(-1).map(k => events.level0[k]);
    const legRow = Math.max(-1, ...[...percent.levels.knownRow].filter(k => k <= row));
    const families = [
      [...square.levels.level].filter((_, k) => square.levels.ref[k] === last), [...percent.levels.level].filter((_, k) => percent.levels.knownRow[k] === legRow),
      [lines.oneByFour[row], lines.oneByTwo[row], lines.oneByOne[row], lines.twoByOne[row], lines.fourByOne[row]], [...newest(1), ...newest(-1)],
    ];
    expect([row, it.confluence[row]]).toEqual([row, confluenceOf(families, price, 0.5 * range[row])]);
    expect([row, it.literal[row]]).toEqual([row, families.flat().filter(level => Math.abs(level - price) <= 0.01 * price).length]);
    counts.add(it.confluence[row]);
  }
  expect([...counts].sort()).toEqual(expect.arrayContaining([0, 1, 2, 3]));
});

const one = (values: number): Float64Array => new Float64Array(1).fill(values);
const noSwings = { id: one(0), kind: new Int16Array(1), direction: new Int8Array(1), originRow: one(0), knownRow: one(0), level0: one(0) };

test('one family counts once, where the literal count has it three times', () => {
  const square = { knownRow: new Float64Array(3), originRow: new Float64Array(3), ref: new Float64Array(3), degrees: new Float64Array(3), level: Float64Array.of(99.5, 100, 100.5) };
  const percent = { knownRow: one(0), originRow: one(0), ref: one(0), ratio: one(1), direction: new Int8Array(1), level: one(200) };
  const { confluence, literal } = gannConfluence({ close: one(100), atr: one(4), previousHigh: one(100.9) }, {}, { swings: noSwings, squareOfNine: square, percent });
  expect([confluence[0], literal[0]]).toEqual([2, 4]);
  const without = gannConfluence({ close: one(100), atr: one(NaN) }, {}, { swings: noSwings, squareOfNine: square, percent });
  expect([without.confluence[0], without.literal[0]]).toEqual([0, 3]);
  expect(() => gannConfluence({ close: one(1), atr: one(1) }, { tolerance: 0 }, { swings: noSwings, squareOfNine: square, percent })).toThrow(new RangeError('gannConfluence: tolerance must be a positive number, was 0'));
});

/** Levels about the price of every fifth row, of the schema that a table has. */
function levelWriter(name: string, schema: Schema): AnyEngine {
  return defineEngine({
    name,
    input: { close: 'f64' },
    appended: { levels: schema },
    defaults: {},
    init: () => ({}),
    advance(_, { base, close }, { levels }, from, to) {
      for (let i = from; i < to; i++) {
        if ((base + i) % 5 !== 0) continue;
        for (let k = 0; k < 4; k++) {
          const at = levels.append(), columns = levels as unknown as { [column: string]: Float64Array };
          for (const column in schema) columns[column][at] = column === 'knownRow' || column === 'ref' ? base + i : 0;
          columns.level[at] = close[i] * (1 + (k - 1) / 100);
        }
      }
    },
  }) as AnyEngine;
}

engineLaws(test, gannConfluence, {
  options: random => ({ tolerance: random.integer(1, 4) / 2, literalTolerance: random.integer(1, 5) / 100, cap: random.integer(2, 6) }),
  tables: {
    swings: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })],
    squareOfNine: [levelWriter('squares', levelSchema), 'levels'],
    percent: [levelWriter('legs', percentLevelSchema), 'levels'],
  },
});
