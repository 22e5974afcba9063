/** Events as plain rows, for the tests beside the engines. */
import { eventKinds, randomStream, type eventSchema, type RandomStream, type Table } from '@zanzibar/core';
import { randomMarket, type Texture } from '@zanzibar/core/testing';

export type EventRow = [kind: string, direction: number, originRow: number, knownRow: number, ref: number, level0: number, level1: number, value: number];

/** Every event by the name of its kind. */
export function eventRows(events: Table<typeof eventSchema>): EventRow[] {
  return Array.from({ length: events.length }, (_, k) => [
    eventKinds[events.kind[k]], events.direction[k], events.originRow[k], events.knownRow[k], events.ref[k], events.level0[k], events.level1[k], events.value[k],
  ]);
}

export type Bars = { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array; atr: Float64Array; longAtr: Float64Array };

/** Bars as the laws draw them, with columns of average true ranges made up: half a unit to twenty ticks. */
export function barsWithRanges(random: RandomStream, rows: number, texture: Texture): Bars {
  const range = (): Float64Array => Float64Array.from({ length: rows }, () => random.integer(1, 20) / 64);
  return { ...randomMarket({ close: 'f64' }, random, rows, texture), atr: range(), longAtr: range() } as unknown as Bars;
}

/** Whole bars of one segment, with flat stretches and ties. */
export function plainBars(seed: number, rows: number): Bars {
  return barsWithRanges(randomStream(seed, 'plain bars'), rows, { isHoled: false, isFlat: true, isCut: false, ticksPerUnit: 64 });
}
