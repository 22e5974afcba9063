/**
 * The answer sheet of generated schematics against what an engine found, and how often its events occur where there is nothing to find.
 *
 * An event is right if a label of its kind and direction lies at most `tolerance` rows from its originRow; each label counts for one event, the nearest. Precision
 * is the share of events that are right, recall that of labels that were found. Events that were later superseded or failed count like all others.
 */
import { eventKinds, generateSchematic, randomStream, type EventTable, type Schematic, type SchematicOptions } from '@zanzibar/core';

export const schematicEvents = [
  'preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'upthrustAction', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup',
] as const;

/** Rows between where a label and an event may lie. */
export const tolerance = 3;

export interface Score {
  found: number;
  events: number;
  labels: number;
  /** Sum over those found of the rows from the label to the row that knows the event. */
  wait: number;
}

export type Bars = { readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly volume: Float64Array };
type Finder = (bars: Bars) => EventTable;

/** Scores by event over seeds `from` to `to`. */
export function scoreSchematics(find: Finder, schematic: Schematic, from: number, to: number, options: Omit<SchematicOptions, 'seed' | 'schematic'>): { [event: string]: Score } {
  const scores: { [event: string]: Score } = Object.fromEntries(schematicEvents.map(event => [event, { found: 0, events: 0, labels: 0, wait: 0 }]));
  for (let seed = from; seed <= to; seed++) {
    const { bars, labels } = generateSchematic({ schematic, seed, ...options }), events = find(bars), taken = new Set<number>();
    for (let k = 0; k < events.length; k++) if (eventKinds[events.kind[k]] in scores) scores[eventKinds[events.kind[k]]].events++;
    labels.event.forEach((event, label) => {
      const score = scores[event];
      let nearest = -1, distance = tolerance + 1;
      for (let k = 0; k < events.length; k++) {
        const away = Math.abs(events.originRow[k] - labels.row[label]);
        if (away >= distance || taken.has(k) || eventKinds[events.kind[k]] !== event || events.direction[k] !== labels.direction[label]) continue;
        nearest = k;
        distance = away;
      }
      score.labels++;
      if (nearest < 0) return;
      taken.add(nearest);
      score.found++;
      score.wait += events.knownRow[nearest] - labels.row[label];
    });
  }
  return scores;
}

/** How often each kind of event comes in 1,000 bars. */
export function ratesOf(find: Finder, samples: readonly Bars[]): { readonly rows: number; readonly rates: { readonly [kind: string]: number } } {
  const counts: { [kind: string]: number } = {};
  let rows = 0;
  for (const bars of samples) {
    const events = find(bars);
    rows += bars.close.length;
    for (let k = 0; k < events.length; k++) counts[eventKinds[events.kind[k]]] = (counts[eventKinds[events.kind[k]]] ?? 0) + 1;
  }
  return { rows, rates: Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, (1000 * count) / rows])) };
}

/** Blocks of bars in random order, joined by the ratios of their closes: what is near stays, what is far apart has nothing to do with one another. */
export function shuffleBlocks({ high, low, close, volume }: Bars, size: number, seed: number): Bars {
  const random = randomStream(seed, 'blocks'), starts = Array.from({ length: Math.floor((close.length - 1) / size) }, (_, k) => 1 + k * size), count = starts.length * size;
  for (let k = starts.length - 1; k > 0; k--) {
    const other = random.integer(0, k);
    [starts[k], starts[other]] = [starts[other], starts[k]];
  }
  const bars = { high: new Float64Array(count), low: new Float64Array(count), close: new Float64Array(count), volume: new Float64Array(count) };
  let before = close[0], at = 0;
  for (const start of starts) {
    for (let i = start; i < start + size; i++, at++) {
      const factor = before / close[i - 1];
      bars.high[at] = high[i] * factor;
      bars.low[at] = low[i] * factor;
      bars.close[at] = before = close[i] * factor;
      bars.volume[at] = volume[i];
    }
  }
  return bars;
}
