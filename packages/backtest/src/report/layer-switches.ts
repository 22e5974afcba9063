/** The layers of a candle chart that a reader switches, and which are on at first. */
import type { ReportCandles } from './candle-model.ts';
import { countBySwitch } from './event-looks.ts';

export interface LayerSwitch {
  readonly layer: string;
  /** What there is of it in all; none for older zones, of which the page counts those in the view. */
  readonly count?: number;
  readonly isOn: boolean;
}

/** What is on at first where there is more than a reader can take in at once. */
const firstShown: ReadonlySet<string> = new Set(['gaps', 'blocks', 'breaks', 'sweeps', 'profiles', 'developing profile', 'naked points of control', 'orders', 'fills', 'marks']);
/** So few kinds of events and levels can be shown together whatever they are. */
const fewLayers = 5;

/** Older zones are off: all that was ever left open hides the candles. */
export function layerSwitches({ zones, swings, breaks, fills, marks = [], orders = [], labels = [], profiles = [], nakedControls = [], developing = [], cells }: ReportCandles): LayerSwitch[] {
  const zoneCounts = countBySwitch(zones, 'zones'), found = [...zoneCounts, ['swings', swings.length] as const, ['breaks', breaks.length] as const, ...countBySwitch(labels, 'events')].filter(([, count]) => count > 0);
  const counts: (readonly [layer: string, count: number])[] = [
    ...found, ['profiles', profiles.length], ['developing profile', developing.length], ['naked points of control', nakedControls.length], ['footprint', cells?.row.length ?? 0], ['orders', orders.length], ['fills', fills.length], ['marks', marks.length],
  ];
  const isFew = found.length <= fewLayers, switches = counts.filter(([, count]) => count > 0).map(([layer, count]): LayerSwitch => ({ layer, count, isOn: isFew || firstShown.has(layer) }));
  return zones.length === 0 ? switches : [...switches.slice(0, zoneCounts.length), { layer: 'older zones', isOn: false }, ...switches.slice(zoneCounts.length)];
}
