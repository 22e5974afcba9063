/** The climax that may begin a structure, and the support before it. */
import { eventCode, type EventTable } from '@zanzibar/core';
import { volumeAround, tell } from './structure-events.ts';
import { meanVolume, place, ringMask, ringSize, type StructureMemory } from './structure-memory.ts';
import type { WyckoffOptions } from './wyckoff.ts';

/** Bars of the usual volume before a climax, of the lowest low, of the mean close and of the trend; bars for which a climax may wait for its rally. */
const usualBars = 60, lowBars = 60, meanBars = 50, trendBars = 40, patience = 40;
/** Spread over average range that one of the last three bars has; bounce after a preliminary support; its volume. */
const wideSpread = 1.3, bounce = 1.3, supportVolume = 0.95;
const trendRoot: number = Math.sqrt(trendBars);

/** Is the newest bar a climax, seen from this half of the ring, but for its volume? `range` is the average true range before it. */
export function isClimax(memory: StructureMemory, at: number, range: number, minimumTrend: number): boolean {
  const { count, tops, bottoms, lasts } = memory, bar = count - 1, last = lasts[at + (bar & ringMask)], bottom = bottoms[at + (bar & ringMask)];
  if (bar < usualBars + 2 || !(lasts[at + ((bar - trendBars) & ringMask)] - last >= minimumTrend * range * trendRoot)) return false;
  for (let k = bar - 1; k > bar - lowBars; k--) if (!(bottom < bottoms[at + (k & ringMask)])) return false;
  let widest = 0, sum = 0;
  for (let k = bar; k > bar - 3; k--) widest = Math.max(widest, tops[at + (k & ringMask)] - bottoms[at + (k & ringMask)]);
  if (!(widest >= wideSpread * range)) return false;
  for (let k = bar; k > bar - meanBars; k--) sum += lasts[at + (k & ringMask)] - last;
  return sum > 0;
}

/** Makes the newest bar the climax that waits for its rally. */
export function propose(memory: StructureMemory, at: number, range: number): void {
  const half = at / ringSize, bar = memory.count - 1;
  memory.candidates[half] = bar;
  memory.candidateEdges[half] = memory.bottoms[at + (bar & ringMask)];
  memory.candidateRanges[half] = range;
}

/** Looks on both sides for a climax whose rally proves it; of two the later begins the structure. */
export function searchClimax(events: EventTable, memory: StructureMemory, range: number, options: WyckoffOptions): void {
  const { candidates, lasts } = memory, bar = memory.count - 1, fall = lasts[(bar - trendBars) & ringMask] - lasts[bar & ringMask];
  // Most bars end no such trend, and nothing waits for them.
  if (candidates[0] !== candidates[0] && candidates[1] !== candidates[1] && !(Math.abs(fall) >= options.minimumTrend * range * trendRoot)) return;
  const up = ripens(memory, 0, range, options), down = ripens(memory, ringSize, range, options);
  if (up || down) begin(events, memory, up && !(down && memory.candidates[1] > memory.candidates[0]) ? 0 : 1);
}

function ripens(memory: StructureMemory, at: number, range: number, { minimumTrend, minimumVolume, confirmation }: WyckoffOptions): boolean {
  const half = at / ringSize, { candidates, candidateEdges, candidateRanges } = memory, bar = memory.count - 1, k = at + (bar & ringMask), bottom = memory.bottoms[k];
  if (isClimax(memory, at, range, minimumTrend)) {
    propose(memory, at, range);
    return false;
  }
  const climax = candidates[half];
  if (climax !== climax) return false;
  if (bottom < candidateEdges[half]) {
    // A little lower is the same climax, more than a bar's range is its failure.
    if (candidateEdges[half] - bottom > candidateRanges[half]) candidates[half] = NaN;
    else candidateEdges[half] = bottom;
  }
  if (bar - climax > patience) candidates[half] = NaN;
  if (bar < climax + 2 || !(memory.lasts[k] - candidateEdges[half] >= confirmation * candidateRanges[half]) || candidates[half] !== climax) return false;
  if (meanVolume(memory, climax - 2, climax + 2) > minimumVolume * meanVolume(memory, climax - 2 - usualBars, climax - 3)) return true;
  candidates[half] = NaN;
  return false;
}

function begin(events: EventTable, memory: StructureMemory, half: number): void {
  const climax = memory.candidates[half];
  memory.side = half === 0 ? 1 : -1;
  memory.at = half * ringSize;
  memory.phase = 1;
  memory.id = NaN;
  memory.climax = climax;
  memory.climaxRange = memory.candidateRanges[half];
  memory.climaxVolume = meanVolume(memory, climax - 2, climax + 2);
  memory.usualVolume = meanVolume(memory, climax - 2 - usualBars, climax - 3);
  memory.lower = memory.candidateEdges[half];
  for (const field of ['upper', 'creek', 'lowBar', 'highBar', 'breakBar', 'springBar', 'springPrice', 'actionRow', 'retestRow', 'strengthBar', 'supportPrice', 'dryness', 'springQuality', 'strengthQuality']) memory[field] = NaN;
  memory.swing = memory.isTested = memory.belowCount = memory.volumeSum = memory.volumeBars = 0;
  memory.candidates.fill(NaN);
  memory.id = tell(events, memory, eventCode.climax, memory.rows[climax & ringMask], memory.lower, volumeAround(memory, climax));
  const support = findSupport(memory, climax);
  if (support === support) {
    tell(events, memory, eventCode.preliminarySupport, memory.rows[support & ringMask], memory.bottoms[place(memory, support)], volumeAround(memory, support));
  }
}

/** The last low within 60 bars before the climax from which price bounced, on at least ordinary volume; NaN if there is none. */
function findSupport(memory: StructureMemory, climax: number): number {
  const { tops, bottoms, climaxRange } = memory;
  let top = -Infinity, low = Infinity, found = NaN;
  for (let bar = climax - 1; bar > climax - lowBars && bar >= 0; bar--) {
    const k = place(memory, bar);
    if (found === found && tops[k] - low >= bounce * climaxRange) break;
    if (bottoms[k] < low && top - bottoms[k] >= bounce * climaxRange) {
      low = bottoms[k];
      found = bar;
    }
    if (tops[k] > top) top = tops[k];
  }
  return volumeAround(memory, found) > supportVolume ? found : NaN;
}
