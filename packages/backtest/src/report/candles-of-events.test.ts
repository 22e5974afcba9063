/** Candles with events of engines. Oracle: the tables that were given, counted. */
import { describe, expect, test } from 'vitest';
import { generateBars, combine, eventCode, type EventTable } from '@zanzibar/core';
import { fairValueGaps, structureBreaks, swings } from '@zanzibar/engines/structure';
import { liquidityPools, sweeps } from '@zanzibar/engines/liquidity';
import { atr } from '@zanzibar/engines/volatility';
import { renderSvgEvents } from './candles-of-events.ts';

const bars = generateBars({ seed: 4, count: 400 });
const found = combine({
  atr: [atr, 'bars'], swings: [swings, 'bars', { left: 2, right: 2 }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars'],
  pools: [liquidityPools, 'bars', {}, { swings: 'swings.events', atr: 'atr/atr' }], sweeps: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }],
})({ bars });
const countOf = (svg: string, of: string): number => svg.split(`class="${of}"`).length - 1;
const known = (events: EventTable, kinds: readonly number[], from: number, to: number): number => Array.from({ length: events.length }, (_, k) => k).filter(k => kinds.includes(events.kind[k]) && events.knownRow[k] >= from && events.knownRow[k] < to).length;

describe('candles with the events of engines', () => {
  const svg = renderSvgEvents(bars, { breaks: found.breaks.events, gaps: found.gaps.events, sweeps: found.sweeps.events }, { title: 'A <walk>', count: 400 });
  test('show every bar, gap, break and sweep, and the title as text', () => {
    expect(countOf(svg, 'candle')).toBe(400);
    expect(countOf(svg, 'zone')).toBe(known(found.gaps.events, [eventCode.fairValueGap], 0, 400));
    expect(countOf(svg, 'break')).toBe(found.breaks.events.length);
    expect(countOf(svg, 'label')).toBe(known(found.sweeps.events, [eventCode.liquiditySweep, eventCode.liquidityRun], 0, 400));
    expect(countOf(svg, 'label')).toBeGreaterThan(0);
    expect(svg).toContain('A &lt;walk&gt;');
  });
  test('end at a row, with nothing of what was known later', () => {
    const earlier = renderSvgEvents(bars, { breaks: found.breaks.events }, { title: 'A walk', until: 200, count: 100 });
    expect(countOf(earlier, 'candle')).toBe(100);
    expect(countOf(earlier, 'break')).toBe(known(found.breaks.events, [eventCode.breakOfStructure, eventCode.changeOfCharacter], 100, 200));
  });
  test('refuse an end or a count that is none', () => {
    expect(() => renderSvgEvents(bars, {}, { title: 'A walk', until: 401 })).toThrow('renderSvgEvents: until must be an integer from 1 to 400, was 401');
    expect(() => renderSvgEvents(bars, {}, { title: 'A walk', count: 0.5 })).toThrow('renderSvgEvents: count must be a positive integer, was 0.5');
  });
});
