/** How the report draws an event: as a zone with a life, a swing, a break of a level, a label at its candle, or not at all. */

/** `none` are those that tell of another one's life, or that a profile draws. */
export type EventLayer = 'zone' | 'swing' | 'break' | 'label' | 'none';

/** By kind: the layer, and the field's short name with direction +1 and -1. Kinds that are not here are labels with their own names. */
const looks: { readonly [kind: string]: readonly [layer: EventLayer, up: string, down?: string] } = {
  swing: ['swing', ''],
  breakOfStructure: ['break', 'BOS'], changeOfCharacter: ['break', 'CHoCH'], marketStructureShift: ['break', 'MSS'],
  fairValueGap: ['zone', 'FVG'], inverted: ['zone', 'iFVG'], orderBlock: ['zone', 'OB'], breakerBlock: ['zone', 'breaker'], mitigationBlock: ['zone', 'mitigation'], pointOfInterest: ['zone', 'POI'],
  liquidityPool: ['zone', 'EQH', 'EQL'], periodLevel: ['zone', 'PH', 'PL'], sessionLevel: ['zone', 'SH', 'SL'],
  liquiditySweep: ['label', 'sweep'], liquidityRun: ['label', 'run'],
  preliminarySupport: ['label', 'PS', 'PSY'], climax: ['label', 'SC', 'BC'], automaticRally: ['label', 'AR'], secondaryTest: ['label', 'ST'], upthrustAction: ['label', 'UA', 'mSOW'],
  spring: ['label', 'spring', 'UTAD'], springTest: ['label', 'test'], signOfStrength: ['label', 'SOS', 'SOW'], lastPointOfSupport: ['label', 'LPS', 'LPSY'], markup: ['label', 'markup', 'markdown'],
  noSupply: ['label', 'NS', 'ND'], stoppingVolume: ['label', 'SV'], climaxBar: ['label', 'climax'], shakeoutBar: ['label', 'shakeout'], testBar: ['label', 'test'], effortBar: ['label', 'effort'], effortDivergence: ['label', 'effort div'],
  waveAbsorption: ['label', 'wave abs'], regimeChanged: ['label', 'regime'], changePoint: ['label', 'change'], cycleHit: ['label', 'cycle'], rangeHit: ['label', 'range'], aspectOpened: ['label', 'aspect'], aspectExact: ['label', 'exact'],
  aspectClosed: ['label', 'aspect end'], moonQuarter: ['label', 'moon'], retrogradeStarted: ['label', 'retrograde'], retrogradeEnded: ['label', 'direct'], scoreSignal: ['label', 'score'],
  stackedImbalance: ['label', 'stack'], volumeCluster: ['label', 'cluster'], divergence: ['label', 'div'], absorption: ['label', 'abs'], exhaustion: ['label', 'exh'], tradeThrough: ['label', 'through'],
  touched: ['none', ''], midTouched: ['none', ''], filled: ['none', ''], violated: ['none', ''], superseded: ['none', ''], expired: ['none', ''], segmentEnd: ['none', ''],
  joined: ['none', ''], confirmed: ['none', ''], structureFailed: ['none', ''], pointOfControl: ['none', ''], valueArea: ['none', ''], highVolumeNode: ['none', ''], lowVolumeNode: ['none', ''],
};

/** What a reader switches on and off together, by kind; an event that is not here belongs to `events`. */
const switches: { readonly [name: string]: readonly string[] } = {
  gaps: ['fairValueGap'], inversions: ['inverted'], blocks: ['orderBlock', 'breakerBlock', 'mitigationBlock'], pools: ['liquidityPool'], levels: ['periodLevel', 'sessionLevel'], 'points of interest': ['pointOfInterest'],
  sweeps: ['liquiditySweep', 'liquidityRun'],
  Wyckoff: [
    'preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'upthrustAction', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup',
    'noSupply', 'stoppingVolume', 'climaxBar', 'shakeoutBar', 'testBar', 'effortBar', 'effortDivergence', 'squat', 'waveAbsorption',
  ],
  'order flow': ['stackedImbalance', 'volumeCluster', 'divergence', 'absorption', 'exhaustion', 'tradeThrough'],
  regimes: ['regimeChanged', 'changePoint'], cycles: ['cycleHit', 'rangeHit', 'aspectOpened', 'aspectExact', 'aspectClosed', 'moonQuarter', 'retrogradeStarted', 'retrogradeEnded'], scores: ['scoreSignal'],
};

/** The switch of each kind of zone and label that has one of its own. */
export const eventSwitches: { readonly [kind: string]: string } = Object.fromEntries(Object.entries(switches).flatMap(([name, kinds]) => kinds.map(kind => [kind, name])));

/** How many of some zones or labels each switch turns off, in the order of the switches; those without one are `other`. */
export function countBySwitch(drawn: readonly { readonly kind: string }[], other: string): [name: string, count: number][] {
  const names = [...Object.keys(switches), other], counts = new Map(names.map(name => [name, 0]));
  for (const { kind } of drawn) {
    const name = eventSwitches[kind] ?? other;
    counts.set(name, counts.get(name)! + 1);
  }
  return [...counts].filter(([, count]) => count > 0);
}

export function eventLayer(kind: string): EventLayer {
  return looks[kind]?.[0] ?? 'label';
}

export function eventShort(kind: string, direction: number): string {
  const look = looks[kind];
  if (look === undefined) return kind;
  return (direction < 0 ? look[2] : undefined) ?? look[1];
}
