import { expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { eventRows, plainBars, type EventRow } from '../../test/event-rows.ts';
import { blocksByScan, breakersByScan } from '../../test/reference/blocks-by-scan.ts';
import { breaksByScan } from '../../test/reference/breaks-by-scan.ts';
import { failure, rise } from '../../test/reference/drawn-structures.ts';
import { pivotsByScan } from '../../test/reference/swings-by-scan.ts';
import { breakerBlocks, type BreakerBlocksOptions } from './breaker-blocks.ts';
import { orderBlocks } from './order-blocks.ts';
import { structureBreaks } from './structure-breaks.ts';
import { swings } from './swings.ts';

engineLaws(test, breakerBlocks, {
  options: random => ({ maximumAge: random.integer(5, 60), cap: random.integer(1, 4) }),
  tables: {
    swings: [swings, 'events', random => ({ left: random.integer(1, 2), right: random.integer(1, 2) })], breaks: [structureBreaks, 'events', undefined, { swings: 'swings' }],
    blocks: [orderBlocks, 'events', undefined, { breaks: 'breaks' }],
  },
  rows: 400,
});

type Given = { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; segment?: Int32Array };
function run(bars: Given, options: Partial<BreakerBlocksOptions> = {}, side = 1, cap = 32) {
  return combine({
    swings: [swings, 'bars', { left: side, right: side }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }],
    blocks: [orderBlocks, 'bars', { cap, lookback: 700, maximumAge: 700 }, { breaks: 'breaks.events' }], breakers: [breakerBlocks, 'bars', options, { blocks: 'blocks.events' }],
  })({ bars });
}
const drawnBars = (bars: readonly (readonly number[])[]): Given => ({
  open: Float64Array.from(bars, bar => bar[0]), high: Float64Array.from(bars, bar => bar[1]), low: Float64Array.from(bars, bar => bar[2]), close: Float64Array.from(bars, bar => bar[3]),
});
const textOf = ([kind, direction, origin, known, , lower, upper]: EventRow): string => `${kind} ${direction} ${origin} ${known} ${lower}..${upper}`;

test.each([['rise', rise], ['failure', failure]] as const)('breakers and mitigation blocks of the drawn structure %s are the drawn ones', (_, drawn) => {
  const { blocks, breakers } = run(drawnBars(drawn.bars)), all = eventRows(blocks.events);
  expect(eventRows(breakers.events).map(textOf)).toEqual(drawn.breakers);
  for (const [, direction, , , ref, lower, upper] of eventRows(breakers.events)) expect([all[ref][0], all[ref][1], all[ref][5], all[ref][6]]).toEqual(['orderBlock', -direction, lower, upper]);
});

test('the example in the header holds', () => {
  const flat = new Float64Array(10).fill(3), blocks = {
    kind: Int16Array.of(9), direction: Int8Array.of(1), ref: Float64Array.of(4), level0: Float64Array.of(1), level1: Float64Array.of(2), value: Float64Array.of(1), knownRow: Float64Array.of(9),
  };
  expect(eventRows(breakerBlocks({ high: flat, low: flat, close: flat.with(9, 0.5) }, {}, { blocks }).events)).toEqual([['breakerBlock', -1, 9, 9, 4, 1, 2, NaN]]);
});

test('age and newer ones expire, a cut ends, a bar with NaN does nothing', () => {
  const bars = drawnBars(rise.bars), kinds = (given: Given, options: Partial<BreakerBlocksOptions> = {}): string[] => eventRows(run(given, options).breakers.events).slice(1).map(([kind, , , row]) => `${kind} ${row}`);
  expect(kinds(bars, { maximumAge: 1 })).toEqual(['touched 14', 'expired 15', 'breakerBlock 17']);
  expect(kinds({ ...bars, segment: Int32Array.from(bars.low, (_, row) => (row < 15 ? 0 : 1)) })).toEqual(['touched 14', 'segmentEnd 15']);
  expect(kinds({ ...bars, high: bars.high.with(14, NaN) })).toEqual(['touched 15', 'midTouched 15', 'violated 16', 'breakerBlock 17']);
  expect(kinds({ ...bars, close: bars.close.with(16, 124) }, { cap: 1 })).toEqual(['touched 14', 'midTouched 15', 'expired 17', 'breakerBlock 17']);
});

test.each([1, 2, 3, 4])('breakers, mitigation blocks and their lives are those that a scan of every row finds, series %i', seed => {
  const bars = plainBars(seed, 700), rules = { block: 'extreme', zone: 'range', mode: 'close', maximumRange: 0, maximumAge: 700, lookback: 700 };
  const scanned = breakersByScan(bars, blocksByScan(bars, breaksByScan(bars, pivotsByScan(bars.high, bars.low, 2, 2, 'first'), 'close', 0), rules), 120);
  const theirs = scanned.flatMap(({ kind, direction, knownRow, lower, upper, touched, midTouched, violated, expired }) => [
    `${knownRow} ${kind} ${direction} ${lower} ${upper}`, ...Object.entries({ touched, midTouched, violated, expired }).filter(([, row]) => row === row).map(([name, row]) => `${row} ${name} ${direction} ${lower} ${upper}`),
  ]);
  const ours = eventRows(run(bars, { maximumAge: 120, cap: 700 }, 2, 700).breakers.events).map(([kind, direction, , known, , lower, upper]) => `${known} ${kind} ${direction} ${lower} ${upper}`);
  for (const kind of ['breakerBlock', 'mitigationBlock', 'touched', 'violated', 'expired']) expect([kind, theirs.filter(text => text.includes(` ${kind} `)).length > 3]).toEqual([kind, true]);
  expect([...ours].sort()).toEqual([...theirs].sort());
});

test('one row and a flat market have none; options out of range are refused by name', () => {
  for (const rows of [1, 60]) {
    const flat = new Float64Array(rows).fill(3);
    expect(run({ open: flat, high: flat, low: flat, close: flat }).breakers.events.length).toBe(0);
  }
  expect(() => breakerBlocks.resolve({ maximumAge: 0 })).toThrow(new RangeError('breakerBlocks: maximumAge must be a positive integer, was 0'));
  expect(() => breakerBlocks.resolve({ cap: 2.5 })).toThrow(new RangeError('breakerBlocks: cap must be a positive integer, was 2.5'));
});
