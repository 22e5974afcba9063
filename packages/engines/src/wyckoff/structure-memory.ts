/** What the Wyckoff machine remembers: the last bars, as they are and turned over, and the structure under way. All prices of a structure are turned by its side. */
import { newYardstick } from './yardstick.ts';

/** Bars that are remembered; a power of two. */
export const ringSize = 128;
export const ringMask: number = ringSize - 1;

/** The ring holds bar k at `k & ringMask` and, turned over, `ringSize` after that: the structure of either side is one rule. */
export interface StructureMemory {
  [field: string]: number | Float64Array;
  /** Whole bars so far. */
  count: number;
  rows: Float64Array;
  volumes: Float64Array;
  tops: Float64Array;
  bottoms: Float64Array;
  lasts: Float64Array;
  range: Float64Array;
  /** A climax of each side that is not yet known: its bar (NaN: none), the lowest price since, the average range before it. */
  candidates: Float64Array;
  candidateEdges: Float64Array;
  candidateRanges: Float64Array;
  /** Of the structure, 0 where there is none; where its half of the ring begins; phase 1 to 5 for A to E; id of its climax. */
  side: number;
  at: number;
  phase: number;
  id: number;
  /** Bar of the climax, average range before it, volume around it and usual volume before it. */
  climax: number;
  climaxRange: number;
  climaxVolume: number;
  usualVolume: number;
  /** Edges; upper is NaN before the automatic rally. The creek is the highest swing that an exit has to pass. */
  lower: number;
  upper: number;
  creek: number;
  /** Direction of the swing under way, its extreme so far; the last swings that are known. */
  swing: number;
  extreme: number;
  extremeBar: number;
  extremeRow: number;
  lowBar: number;
  lowPrice: number;
  lowRow: number;
  highBar: number;
  highPrice: number;
  highRow: number;
  /** Bar at which price went below the range, bars in a row that closed there. */
  breakBar: number;
  belowCount: number;
  springBar: number;
  springPrice: number;
  isTested: number;
  /** The last upthrust action, and the first high after it that fell short of it. */
  actionPrice: number;
  actionRow: number;
  retestPrice: number;
  retestRow: number;
  /** Bar of the sign of strength, highest price from there, the last point of support after it. */
  strengthBar: number;
  strengthPrice: number;
  supportPrice: number;
  /** Volume within the range. */
  volumeSum: number;
  volumeBars: number;
  /** Parts of the confidence, NaN where not yet known. */
  dryness: number;
  springQuality: number;
  strengthQuality: number;
}

export function newStructureMemory(): StructureMemory {
  return {
    count: 0, rows: new Float64Array(ringSize), volumes: new Float64Array(ringSize), tops: new Float64Array(2 * ringSize), bottoms: new Float64Array(2 * ringSize),
    lasts: new Float64Array(2 * ringSize), range: newYardstick(14), candidates: new Float64Array(2).fill(NaN), candidateEdges: new Float64Array(2), candidateRanges: new Float64Array(2),
    side: 0, at: 0, phase: 0, id: NaN, climax: NaN, climaxRange: NaN, climaxVolume: NaN, usualVolume: NaN, lower: NaN, upper: NaN, creek: NaN,
    swing: 0, extreme: NaN, extremeBar: NaN, extremeRow: NaN, lowBar: NaN, lowPrice: NaN, lowRow: NaN, highBar: NaN, highPrice: NaN, highRow: NaN,
    breakBar: NaN, belowCount: 0, springBar: NaN, springPrice: NaN, isTested: 0, actionPrice: NaN, actionRow: NaN, retestPrice: NaN, retestRow: NaN,
    strengthBar: NaN, strengthPrice: NaN, supportPrice: NaN, volumeSum: 0, volumeBars: 0, dryness: NaN, springQuality: NaN, strengthQuality: NaN,
  };
}

/** Takes a bar in, as it is and turned over. */
export function remember(memory: StructureMemory, high: number, low: number, close: number, volume: number, row: number): void {
  const k = memory.count++ & ringMask;
  memory.rows[k] = row;
  memory.volumes[k] = volume;
  memory.tops[k] = high;
  memory.bottoms[k] = low;
  memory.lasts[k] = close;
  memory.tops[k + ringSize] = 0 - low;
  memory.bottoms[k + ringSize] = 0 - high;
  memory.lasts[k + ringSize] = 0 - close;
}

/** Where bar `bar` of the structure lies in the ring. */
export function place(memory: StructureMemory, bar: number): number {
  return memory.at + (bar & ringMask);
}

/** Mean volume of bars `from` to `to`, of those that have come and are remembered; NaN where none is. */
export function meanVolume({ volumes, count }: StructureMemory, from: number, to: number): number {
  const start = Math.max(from, 0, count - ringSize), end = Math.min(to, count - 1);
  let sum = 0;
  for (let bar = start; bar <= end; bar++) sum += volumes[bar & ringMask];
  return sum / Math.max(0, end - start + 1);
}
