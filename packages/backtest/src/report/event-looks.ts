/** How the report draws an event: as a zone with a life, a swing, a break of a level, a label at its candle, or not at all. */

/** `none` are those that tell of another one's life, or that a profile draws. */
export type EventLayer = 'zone' | 'swing' | 'break' | 'label' | 'none';

/** By kind: the layer, and the field's short name with direction +1 and -1. Kinds that are not here are labels with their own names. */
const looks: { readonly [kind: string]: readonly [layer: EventLayer, up: string, down?: string] } = {
  swing: ['swing', ''],
  breakOfStructure: ['break', 'BOS'], changeOfCharacter: ['break', 'CHoCH'], marketStructureShift: ['break', 'MSS'],
  fairValueGap: ['zone', 'FVG'], orderBlock: ['zone', 'OB'], breakerBlock: ['zone', 'breaker'], mitigationBlock: ['zone', 'mitigation'], pointOfInterest: ['zone', 'POI'],
  liquidityPool: ['zone', 'EQH', 'EQL'], periodLevel: ['zone', 'PH', 'PL'], sessionLevel: ['zone', 'SH', 'SL'],
  liquiditySweep: ['label', 'sweep'], liquidityRun: ['label', 'run'],
  preliminarySupport: ['label', 'PS', 'PSY'], climax: ['label', 'SC', 'BC'], automaticRally: ['label', 'AR'], secondaryTest: ['label', 'ST'], upthrustAction: ['label', 'UA', 'mSOW'],
  spring: ['label', 'spring', 'UTAD'], springTest: ['label', 'test'], signOfStrength: ['label', 'SOS', 'SOW'], lastPointOfSupport: ['label', 'LPS', 'LPSY'], markup: ['label', 'markup', 'markdown'],
  noSupply: ['label', 'NS', 'ND'],
  stackedImbalance: ['label', 'stack'], volumeCluster: ['label', 'cluster'], divergence: ['label', 'div'], absorption: ['label', 'abs'], exhaustion: ['label', 'exh'], tradeThrough: ['label', 'through'],
  touched: ['none', ''], midTouched: ['none', ''], filled: ['none', ''], inverted: ['none', ''], violated: ['none', ''], superseded: ['none', ''], expired: ['none', ''], segmentEnd: ['none', ''],
  joined: ['none', ''], confirmed: ['none', ''], structureFailed: ['none', ''], pointOfControl: ['none', ''], valueArea: ['none', ''], highVolumeNode: ['none', ''], lowVolumeNode: ['none', ''],
};

export function eventLayer(kind: string): EventLayer {
  return looks[kind]?.[0] ?? 'label';
}

export function eventShort(kind: string, direction: number): string {
  const look = looks[kind];
  if (look === undefined) return kind;
  return (direction < 0 ? look[2] : undefined) ?? look[1];
}
