/** How the Wyckoff machine tells what it found, and what its events are called on either side. */
import { appendEvent, type EventKind, type EventTable } from '@zanzibar/core';
import { meanVolume, ringMask, type StructureMemory } from './structure-memory.ts';

/** What the kinds of `wyckoff` are called with direction +1 and -1; the machine is one rule for both, the trade has two names. */
export const structureEventNames: { readonly [K in EventKind]?: readonly [up: string, down: string] } = {
  preliminarySupport: ['preliminary support (PS)', 'preliminary supply (PSY)'],
  climax: ['selling climax (SC)', 'buying climax (BC)'],
  automaticRally: ['automatic rally (AR)', 'automatic reaction (AR)'],
  secondaryTest: ['secondary test (ST)', 'secondary test (ST)'],
  upthrustAction: ['upthrust action (UA)', 'minor sign of weakness (mSOW)'],
  spring: ['spring', 'upthrust after distribution (UTAD)'],
  springTest: ['test of the spring', 'test of the upthrust'],
  signOfStrength: ['sign of strength (SOS)', 'sign of weakness (SOW)'],
  lastPointOfSupport: ['last point of support (LPS)', 'last point of supply (LPSY)'],
  markup: ['markup', 'markdown'],
};

/** What a bar of the structure did, known now. */
export function tell(events: EventTable, memory: StructureMemory, kind: number, row: number, price: number, value: number): number {
  return appendEvent(events, kind, memory.side, row, memory.rows[(memory.count - 1) & ringMask], memory.id, memory.side * price, NaN, value);
}

/** Volume of the five bars around a bar, of those that have come, over what was usual before the climax. */
export function volumeAround(memory: StructureMemory, bar: number): number {
  return meanVolume(memory, bar - 2, bar + 2) / memory.usualVolume;
}

/** What the bar that has just closed does to the structure. */
export function tellNow(events: EventTable, memory: StructureMemory, kind: number): void {
  const bar = memory.count - 1, k = bar & ringMask;
  tell(events, memory, kind, memory.rows[k], memory.lasts[memory.at + k], volumeAround(memory, bar));
}
