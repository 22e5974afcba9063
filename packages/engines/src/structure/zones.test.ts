/** Oracle: lives of zones over a plain list, bar by bar (packages/engines/test/reference/zone-lives.ts), on markets with ties, flat stretches, NaN rows and cuts, with caps and ages that bind. */
import { describe, expect, test } from 'vitest';
import { combine, randomStream } from '@zanzibar/core';
import { roughTexture } from '@zanzibar/core/testing';
import { barsWithRanges, eventRows, type Bars, type EventRow } from '../../test/event-rows.ts';
import { middlesReached, turns, zoneLives, type OpenedZone, type ZoneBars } from '../../test/reference/zone-lives.ts';
import { breakerBlocks } from './breaker-blocks.ts';
import { fairValueGaps } from './fair-value-gaps.ts';
import { gapFills } from './gap-fills.ts';
import { inversionGaps } from './inversion-gaps.ts';
import { orderBlocks } from './order-blocks.ts';
import { structureBreaks } from './structure-breaks.ts';
import { swings } from './swings.ts';

const rows = 700, seeds = Array.from({ length: 12 }, (_, k) => k);
const marketOf = (seed: number): Bars & ZoneBars => barsWithRanges(randomStream(seed, 'zones'), rows, { ...roughTexture, isHoled: seed % 3 > 0, isCut: seed % 2 > 0, ticksPerUnit: seed % 4 === 0 ? 8 : 64 });

/** Zones and what was told of them, as the reference writes it; a zone goes by the place of its event in the table, or by that of the event it came of. */
function livesOf(all: readonly EventRow[], opens: (kind: string) => boolean): { zones: OpenedZone[]; told: string[] } {
  const zones = all.flatMap(([kind, direction, , row, ref, lower, upper], id) => (opens(kind) ? [{ id: Number.isNaN(ref) ? id : ref, row, direction, lower, upper }] : []));
  return { zones, told: all.filter(([kind]) => !opens(kind)).map(([kind, , , row, ref]) => `${row} ${kind} ${ref}`) };
}

describe.each(seeds)('market %i', (seed) => {
  const bars = marketOf(seed), cap = 1 + (seed % 5), maximumAge = [3, 9, 40, 1000][seed % 4], mode = seed % 2 === 0 ? 'close' as const : 'wick' as const, waiting = 1 + (seed % 7);
  const { gaps, fills, inverted, blocks, breakers } = combine({
    gaps: [fairValueGaps, 'bars', { cap }], fills: [gapFills, 'bars', { cap }, { gaps: 'gaps.events' }], inverted: [inversionGaps, 'bars', { waiting, cap, maximumAge }, { gaps: 'gaps.events' }],
    swings: [swings, 'bars', { left: 1, right: 1 }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }],
    blocks: [orderBlocks, 'bars', { cap, maximumAge, mode }, { breaks: 'breaks.events' }], breakers: [breakerBlocks, 'bars', { cap, maximumAge }, { blocks: 'blocks.events' }],
  })({ bars });

  test('fairValueGaps are touched, filled, driven out and cut off as the plain list says', () => {
    const { zones, told } = livesOf(eventRows(gaps.events), kind => kind === 'fairValueGap');
    expect(zones.length).toBeGreaterThan(20);
    expect(told).toEqual(zoneLives(bars, zones, { end: 'reach', cap, maximumAge: Infinity }));
  });

  test('orderBlocks, and the breakerBlocks that come of them, live as the plain list says', () => {
    const own = livesOf(eventRows(blocks.events), kind => kind === 'orderBlock'), turned = livesOf(eventRows(breakers.events), kind => kind === 'breakerBlock' || kind === 'mitigationBlock');
    expect(own.zones.length).toBeGreaterThan(10);
    expect(own.told).toEqual(zoneLives(bars, own.zones, { end: mode, cap, maximumAge }));
    expect(turned.zones.map(({ id, row }) => `${row} violated ${id}`)).toEqual(own.told.filter(line => line.includes('violated')));
    expect(turned.told).toEqual(zoneLives(bars, turned.zones, { end: 'close', cap, maximumAge }));
  });

  test('inversionGaps turn and live, and gapFills reach middles, as the plain lists say', () => {
    const given = livesOf(eventRows(gaps.events), kind => kind === 'fairValueGap').zones, { zones, told } = livesOf(eventRows(inverted.events), kind => kind === 'inverted');
    expect(zones.map(({ id, row, direction }) => `${row} ${direction} ${id}`)).toEqual(turns(bars, given, waiting));
    expect(told).toEqual(zoneLives(bars, zones, { end: 'close', cap, maximumAge }));
    expect(eventRows(fills.events).map(([kind, , , row, ref]) => `${row} ${kind} ${ref}`)).toEqual(middlesReached(bars, given, cap));
  });
});
