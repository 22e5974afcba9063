/** The register of event kinds and the one way to append an event. */
import type { eventSchema } from './schemas.ts';
import type { Table } from './table.ts';

/** Every kind of event; the code is the place in the list, which only grows at its end. */
export const eventKinds = [
  'none', 'swing', 'breakOfStructure', 'changeOfCharacter', 'fairValueGap', 'touched', 'midTouched', 'filled', 'inverted', 'violated', 'superseded', 'expired', 'segmentEnd',
  'marketStructureShift', 'orderBlock', 'breakerBlock', 'mitigationBlock', 'joined',
  'liquidityPool', 'liquiditySweep', 'liquidityRun', 'periodLevel', 'sessionLevel', 'pointOfInterest',
  'divergence', 'pointOfControl', 'valueArea', 'highVolumeNode', 'lowVolumeNode', 'stackedImbalance', 'volumeCluster', 'absorption', 'exhaustion', 'tradeThrough',
  'noSupply', 'stoppingVolume', 'climaxBar', 'shakeoutBar', 'testBar', 'effortBar', 'effortDivergence', 'squat', 'confirmed', 'waveAbsorption',
  'preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'upthrustAction', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup', 'structureFailed',
  'regimeChanged', 'changePoint',
  'cycleHit', 'rangeHit', 'aspectOpened', 'aspectExact', 'aspectClosed', 'moonQuarter', 'retrogradeStarted', 'retrogradeEnded',
  'scoreSignal',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** The code of each kind: `eventCode.swing`. */
export const eventCode: { readonly [K in EventKind]: number } = Object.fromEntries(eventKinds.map((kind, code) => [kind, code])) as { readonly [K in EventKind]: number };

export type EventTable = Table<typeof eventSchema>;

/**
 * Appends an event and returns its id.
 *
 * Rows are absolute (`base + i`); NaN is none for `ref`, `level0`, `level1` and `value`. The driver writes `segment` and `source`, and `knownTime` from the
 * driving row `knownRow`; an engine with a `clock` writes `knownTime` itself.
 */
export function appendEvent(
  events: EventTable, kind: number, direction: number, originRow: number, knownRow: number, ref: number, level0: number, level1: number, value: number,
): number {
  const position = events.append(), id = events.base + position;
  events.id[position] = id;
  events.kind[position] = kind;
  events.direction[position] = direction;
  events.originRow[position] = originRow;
  events.knownRow[position] = knownRow;
  events.ref[position] = ref;
  events.level0[position] = level0;
  events.level1[position] = level1;
  events.value[position] = value;
  return id;
}
