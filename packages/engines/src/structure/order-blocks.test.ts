import { describe, expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { barsWithRanges, eventRows, plainBars, type Bars, type EventRow } from '../../test/event-rows.ts';
import { blocksByScan } from '../../test/reference/blocks-by-scan.ts';
import { breaksByScan } from '../../test/reference/breaks-by-scan.ts';
import { failure, rise } from '../../test/reference/drawn-structures.ts';
import { pivotsByScan } from '../../test/reference/swings-by-scan.ts';
import { orderBlocks, type OrderBlocksOptions } from './order-blocks.ts';
import { structureBreaks } from './structure-breaks.ts';
import { swings } from './swings.ts';

engineLaws(test, orderBlocks, {
  options: random => ({
    block: (['extreme', 'lastOpposite'] as const)[random.integer(0, 1)], zone: (['range', 'body'] as const)[random.integer(0, 1)], mode: (['close', 'wick'] as const)[random.integer(0, 1)],
    maximumRange: random.integer(0, 2), lookback: random.integer(3, 40), maximumAge: random.integer(5, 60), cap: random.integer(1, 5),
  }),
  data: barsWithRanges, inputUnits: { atr: 'range', longAtr: 'range' },
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 2), right: random.integer(1, 2) })], breaks: [structureBreaks, 'events', undefined, { swings: 'swings' }] },
});

type Given = { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; volume?: Float64Array; atr?: Float64Array; longAtr?: Float64Array; segment?: Int32Array };
function run(bars: Given, options: Partial<OrderBlocksOptions> = {}, side = 1) {
  return combine({
    swings: [swings, 'bars', { left: side, right: side }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], blocks: [orderBlocks, 'bars', options, { breaks: 'breaks.events' }],
  })({ bars }).blocks;
}
const drawnBars = (bars: readonly (readonly number[])[]): Given => ({
  open: Float64Array.from(bars, bar => bar[0]), high: Float64Array.from(bars, bar => bar[1]), low: Float64Array.from(bars, bar => bar[2]), close: Float64Array.from(bars, bar => bar[3]),
});
const textOf = ([kind, direction, origin, known, , lower, upper]: EventRow): string => `${kind} ${direction} ${origin} ${known} ${lower}..${upper}`;

test.each([['rise', rise], ['failure', failure]] as const)('the blocks of the drawn structure %s and their lives are the drawn ones', (_, drawn) => {
  expect(eventRows(run(drawnBars(drawn.bars)).events).map(textOf)).toEqual(drawn.blocks);
});

test('the example in the header holds, with its figures', () => {
  const bars = { open: Float64Array.of(4, 3, 2, 2, 4), high: Float64Array.of(5, 3, 2, 4, 6), low: Float64Array.of(3, 2, 1, 2, 4), close: Float64Array.of(4, 2, 1.5, 4, 6), volume: Float64Array.of(1, 2, 3, 4, 5), atr: new Float64Array(5).fill(2) };
  const breaks = { kind: Int16Array.of(2), direction: Int8Array.of(1), originRow: Float64Array.of(0), knownRow: Float64Array.of(4) };
  const { events, blockVolume, blockBalance } = orderBlocks(bars, {}, { breaks });
  expect(eventRows(events)).toEqual([['orderBlock', 1, 2, 4, NaN, 1, 2, 2.5]]);
  expect([...blockVolume]).toEqual([NaN, NaN, NaN, NaN, 12]);
  expect([...blockBalance]).toEqual([NaN, NaN, NaN, NaN, 3 / 9]);
  const without = orderBlocks({ open: bars.open, high: bars.high, low: bars.low, close: bars.close }, {}, { breaks });
  expect([eventRows(without.events)[0][7], without.blockVolume[4], without.blockBalance[4]]).toEqual([NaN, NaN, NaN]);
  const silent = orderBlocks({ ...bars, volume: new Float64Array(5) }, {}, { breaks });
  expect([silent.blockVolume[4], silent.blockBalance[4]]).toEqual([0, NaN]);
});

describe('the bar that is the block', () => {
  const first = (options: Partial<OrderBlocksOptions>, more: object = {}): string => textOf(eventRows(run({ ...drawnBars(rise.bars), ...more }, options).events)[0]);
  test('the last that closed against the move, up to the extreme; its body', () => {
    expect(first({ block: 'lastOpposite' })).toBe('orderBlock 1 3 5 102..112');
    expect(first({ block: 'lastOpposite', zone: 'body' })).toBe('orderBlock 1 3 5 104..110');
    const green = rise.bars.map((bar, row) => (row === 3 ? [103, 112, 102, 110] : [...bar]));
    expect(textOf(eventRows(run(drawnBars(green), { block: 'lastOpposite' }).events)[0])).toBe('orderBlock 1 2 5 108..119');
  });
  test('no bar that is too wild', () => {
    const longAtr = new Float64Array(rise.bars.length).fill(100);
    expect(first({ maximumRange: 2 }, { longAtr })).toBe('orderBlock 1 3 5 102..112');
    expect(first({ maximumRange: 2 }, { longAtr: longAtr.with(3, 5) })).toBe('orderBlock 1 4 5 103..116');
  });
  test('none beyond the look back, and the bar before the break where no other lies between', () => {
    expect(first({ lookback: 1 })).toBe('orderBlock 1 4 5 103..116');
  });
});

test('the wick violates in mode wick; age and newer blocks expire; a cut ends; a bar with NaN does nothing', () => {
  const bars = drawnBars(rise.bars), ofFirst = (given: Given, options: Partial<OrderBlocksOptions> = {}): string[] => eventRows(run(given, options).events).filter(([, , , , ref]) => ref === 0).map(([kind, , , row]) => `${kind} ${row}`);
  expect(ofFirst(bars)).toEqual(['touched 8', 'midTouched 13', 'violated 17']);
  expect(ofFirst({ ...bars, low: bars.low.with(13, 101) }, { mode: 'wick' })).toEqual(['touched 8', 'midTouched 13', 'violated 13']);
  expect(ofFirst(bars, { maximumAge: 5 })).toEqual(['touched 8', 'expired 11']);
  expect(ofFirst(bars, { cap: 1 })).toEqual(['touched 8', 'expired 10']);
  expect(ofFirst({ ...bars, segment: Int32Array.from(bars.low, (_, row) => (row < 10 ? 0 : 1)) })).toEqual(['touched 8', 'segmentEnd 10']);
  expect(ofFirst({ ...bars, close: bars.close.with(8, NaN) })).toEqual(['midTouched 13', 'violated 17'].flatMap(text => (text === 'midTouched 13' ? ['touched 13', text] : [text])));
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('blocks, figures and lives are those that a scan of every row finds, series %i', seed => {
  const bars: Bars = plainBars(seed, 700), rules = {
    block: (['extreme', 'lastOpposite'] as const)[seed % 2], zone: (['range', 'body'] as const)[(seed >> 1) % 2], mode: (['close', 'wick'] as const)[(seed >> 2) % 2], maximumRange: seed % 3, maximumAge: 150, lookback: [700, 700, 1, 2, 3, 5, 8, 13, 20][seed],
  };
  const scanned = blocksByScan(bars, breaksByScan(bars, pivotsByScan(bars.high, bars.low, 2, 2, 'first'), 'close', 0), rules);
  const theirs = scanned.flatMap(({ direction, originRow, knownRow, lower, upper, displacement, wasLed, ...life }) => [
    `${knownRow} orderBlock ${direction} of ${originRow} ${lower} ${upper} ${displacement}`,
    ...Object.entries(life).filter(([, row]) => row === row).map(([kind, row]) => `${row} ${kind} ${direction} of ${originRow} ${lower} ${upper} ${kind === 'violated' ? Number(wasLed) : NaN}`),
  ]);
  const all = eventRows(run(bars, { ...rules, cap: 700 }, 2).events);
  const ours = all.map(([kind, direction, origin, known, ref, lower, upper, value]) => `${known} ${kind} ${direction} of ${ref === ref ? all[ref][2] : origin} ${lower} ${upper} ${value}`);
  for (const kind of ['touched', 'midTouched', 'violated', 'expired']) expect([kind, theirs.filter(text => text.includes(` ${kind} `)).length > 3]).toEqual([kind, true]);
  expect([...ours].sort()).toEqual([...theirs].sort());
});

test('one row and a flat market have none', () => {
  for (const rows of [1, 60]) {
    const flat = new Float64Array(rows).fill(3), { events, blockVolume } = run({ open: flat, high: flat, low: flat, close: flat, volume: flat });
    expect([events.length, blockVolume.every(Number.isNaN)]).toEqual([0, true]);
  }
});

test('options out of range, and a guard without its column, are refused by name', () => {
  const refused = (options: object): (() => unknown) => () => orderBlocks.resolve(options);
  expect(refused({ block: 'first' })).toThrow(new RangeError('orderBlocks: block must be one of extreme, lastOpposite, was first'));
  expect(refused({ zone: 'all' })).toThrow(new RangeError('orderBlocks: zone must be one of range, body, was all'));
  expect(refused({ mode: 'open' })).toThrow(new RangeError('orderBlocks: mode must be one of close, wick, was open'));
  expect(refused({ maximumRange: -2 })).toThrow(new RangeError('orderBlocks: maximumRange must be a number of at least 0, was -2'));
  expect(refused({ lookback: 0 })).toThrow(new RangeError('orderBlocks: lookback must be a positive integer, was 0'));
  expect(refused({ maximumAge: 0.5 })).toThrow(new RangeError('orderBlocks: maximumAge must be a positive integer, was 0.5'));
  expect(refused({ cap: 0 })).toThrow(new RangeError('orderBlocks: cap must be a positive integer, was 0'));
  expect(() => run(drawnBars(rise.bars), { maximumRange: 2 })).toThrow(new TypeError('orderBlocks: maximumRange needs the column "longAtr"'));
});
