/** Bars that no engine of market structure was made for. Oracle: the same bars whole, where a statement compares; else the headers' NaN lines. */
import { describe, expect, test } from 'vitest';
import { combine, type eventSchema, type Table } from '@zanzibar/core';
import { atr } from '@zanzibar/engines';
import {
  breakerBlocks, fairValueGaps, gapFills, inversionGaps, joinedGaps, legSwings, orderBlocks, structureBreaks, structureShifts, swingAlternation, swings, zigzagSwings,
} from '@zanzibar/engines/structure';
import { eventRows, plainBars } from './event-rows.ts';

const structure = combine({
  atr: [atr, 'bars', { period: 5 }], swings: [swings, 'bars', { left: 2, right: 2 }], legs: [legSwings, 'bars', { right: 2 }], zigzag: [zigzagSwings, 'bars', { multiple: 1 }, { atr: 'atr/atr' }],
  alternation: [swingAlternation, 'bars', {}, { swings: 'swings.events' }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars', {}, { atr: 'atr/atr' }],
  shifts: [structureShifts, 'bars', {}, { breaks: 'breaks.events', gaps: 'gaps.events', atr: 'atr/atr' }],
  blocks: [orderBlocks, 'bars', { maximumRange: 3 }, { breaks: 'breaks.events', atr: 'atr/atr', longAtr: 'atr/atr' }], breakers: [breakerBlocks, 'bars', {}, { blocks: 'blocks.events' }],
  fills: [gapFills, 'bars', {}, { gaps: 'gaps.events' }], inversions: [inversionGaps, 'bars', {}, { gaps: 'gaps.events' }], joined: [joinedGaps, 'bars', {}, { gaps: 'gaps.events' }],
});
type Bars = { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array; segment?: Int32Array };

/** Events of each engine by its node. */
function run({ open, high, low, close, volume, segment }: Bars): { [node: string]: ReturnType<typeof eventRows> } {
  const output = structure({ bars: { open, high, low, close, volume, ...(segment ? { segment } : {}) } }) as { readonly [node: string]: { readonly events?: Table<typeof eventSchema> } };
  return Object.fromEntries(Object.entries(output).flatMap(([node, { events }]) => (events ? [[node, eventRows(events)]] : [])));
}
const mapped = ({ open, high, low, close, volume }: Bars, change: (price: number, row: number) => number): Bars => ({ open: open.map(change), high: high.map(change), low: low.map(change), close: close.map(change), volume });
const shapeOf = (events: { [node: string]: ReturnType<typeof eventRows> }): unknown => Object.entries(events).map(([node, rows]) => [node, rows.map(([kind, direction, origin, known, ref]) => [kind, direction, origin, known, ref])]);
const bars = plainBars(11, 500), whole = run(bars);

test('whole bars bring every engine to speak', () => {
  for (const [node, events] of Object.entries(whole)) expect([node, events.length > 3]).toEqual([node, true]);
});

test('nothing but NaN, one row, two rows and a flat market bring no event', () => {
  const silent = (count: number, price: number): Bars => mapped({ ...bars, open: bars.open.slice(0, count), high: bars.high.slice(0, count), low: bars.low.slice(0, count), close: bars.close.slice(0, count), volume: new Float64Array(count) }, () => price);
  for (const input of [silent(100, NaN), silent(1, 5), silent(2, 5), silent(0, 5), silent(200, 5)]) expect(Object.values(run(input)).flat()).toEqual([]);
});

test('prices far below zero give the events of the same bars above it', () => {
  expect(shapeOf(run(mapped(bars, price => price - 1024)))).toEqual(shapeOf(whole));
});

test('prices off the tick grid and in a unit of a thousandth of a millionth give the events of the same bars', () => {
  // A power of two: the comparisons are of the same bits.
  expect(shapeOf(run(mapped(bars, price => price / 1_073_741_824)))).toEqual(shapeOf(whole));
  for (const [node, events] of Object.entries(run(mapped(bars, price => price / 3)))) expect([node, events.length > 3]).toEqual([node, true]);
});

test('zero and huge volumes change no event', () => {
  expect(shapeOf(run({ ...bars, volume: bars.volume.map(() => 0) }))).toEqual(shapeOf(whole));
  expect(shapeOf(run({ ...bars, volume: bars.volume.map(volume => volume * 1e300) }))).toEqual(shapeOf(whole));
});

describe('a hole of NaN', () => {
  const holed = run(mapped(bars, (price, row) => (row >= 200 && row < 205 ? NaN : price)));
  test('leaves what was known before it', () => {
    for (const node in whole) expect(holed[node].filter(([, , , known]) => known < 200)).toEqual(whole[node].filter(([, , , known]) => known < 200));
  });
  test('brings nothing while it lasts, and levels stay numbers', () => {
    for (const [node, events] of Object.entries(holed)) {
      expect([node, events.filter(([kind, , , known]) => known >= 200 && known < 205 && kind !== 'expired')]).toEqual([node, []]);
      expect([node, events.filter(([, , , , , level]) => Number.isNaN(level))]).toEqual([node, []]);
    }
  });
});

test('a cut is the end of one market and the start of another', () => {
  const cut = run({ ...bars, segment: Int32Array.from(bars.close, (_, row) => (row < 250 ? 0 : 1)) });
  const half = (from: number, to: number): Bars => ({ open: bars.open.slice(from, to), high: bars.high.slice(from, to), low: bars.low.slice(from, to), close: bars.close.slice(from, to), volume: bars.volume.slice(from, to) });
  const before = run(half(0, 250)), after = run(half(250, 500));
  for (const node in whole) {
    expect([node, cut[node].filter(([kind]) => kind !== 'segmentEnd').length]).toEqual([node, before[node].length + after[node].length]);
    expect(cut[node].slice(0, before[node].length)).toEqual(before[node]);
  }
});
