/** A structure from its climax to its end: phases A to E as one bar after another closes. All prices here are turned by the structure's side. */
import { eventCode, appendEvent, type EventTable } from '@zanzibar/core';
import { isClimax, propose } from './climax.ts';
import { volumeAround, tell, tellNow } from './structure-events.ts';
import { meanVolume, place, ringMask, ringSize, type StructureMemory } from './structure-memory.ts';
import type { WyckoffOptions } from './wyckoff.ts';

/** Bars within which the automatic rally is known, before which nothing is a spring or a sign of strength, and within which a break is reclaimed. */
const rallyBars = 60, causeBars = 20, reclaimBars = 6;
/** Shares of the width: what ends a swing; zone of tests above the lower edge; what counts as beyond an edge; a break too deep to be a spring. */
const rallyReversal = 0.3, reversal = 0.25, testZone = 0.27, poke = 0.03, deep = 0.36;
/** Shares of the width: close beyond the upper edge that proves strength, highest upthrust action, fall back that ends phase D, rise that ends it without support. */
const strengthMargin = 0.2, actionLimit = 0.35, fallBack = 0.5, markupWidth = 1, higherLow = 0.1;
/** Volume of the way out over that of the range. */
const strengthVolume = 1.05;
const lookBack = 60;

export function stop(memory: StructureMemory): void {
  memory.side = memory.phase = 0;
  memory.upper = NaN;
}

/** Phases A to D; the newest bar has been remembered. */
export function followStructure(events: EventTable, memory: StructureMemory, range: number, options: WyckoffOptions): void {
  const bar = memory.count - 1, close = memory.lasts[place(memory, bar)];
  if (bar - memory.climax > options.timeout) return end(events, memory, eventCode.expired);
  if (memory.upper !== memory.upper) return followRally(events, memory, range, options);
  const width = memory.upper - memory.lower;
  memory.volumeSum += memory.volumes[bar & ringMask];
  memory.volumeBars++;
  if (memory.swing < 0) takeLow(memory, bar);
  else takeHigh(memory, bar);
  if (memory.phase < 4) followBreak(events, memory, close, width);
  if (memory.swing < 0 && close - memory.extreme >= reversal * width) {
    if (memory.phase < 4) lowIsKnown(events, memory, width);
    else supportIsKnown(events, memory);
    turn(memory, 1);
  } else if (memory.swing > 0 && memory.extreme - close >= reversal * width) {
    if (memory.phase < 4) highIsKnown(events, memory, width);
    turn(memory, -1);
  }
  if (memory.phase === 4) return followExit(events, memory, close, width);
  memory.belowCount = close < memory.lower ? memory.belowCount + 1 : 0;
  if (memory.lower - close > deep * width || memory.belowCount >= reclaimBars) breakDown(events, memory);
  else if (memory.phase >= 2 && close > memory.creek && close - memory.upper > strengthMargin * width) {
    if (bar - memory.climax < causeBars) end(events, memory, eventCode.structureFailed);
    else breakOut(events, memory);
  }
}

function end(events: EventTable, memory: StructureMemory, kind: number): void {
  tellNow(events, memory, kind);
  stop(memory);
}

/** Phase A up to the automatic rally: a new climax replaces the old one. */
function followRally(events: EventTable, memory: StructureMemory, range: number, { minimumTrend, minimumWidth }: WyckoffOptions): void {
  const bar = memory.count - 1, k = place(memory, bar), low = memory.bottoms[k];
  if (low < memory.lower) {
    const { at } = memory;
    if (isClimax(memory, at, range, minimumTrend)) {
      end(events, memory, eventCode.superseded);
      propose(memory, at, range);
      return;
    }
    if (memory.lower - low > memory.climaxRange) return end(events, memory, eventCode.expired);
    memory.lower = low;
  }
  if (memory.swing === 0) turn(memory, 1);
  else takeHigh(memory, bar);
  const width = memory.extreme - memory.lower;
  if (bar - memory.climax > rallyBars) return end(events, memory, eventCode.expired);
  if (!(width >= minimumWidth * memory.climaxRange && memory.extreme - memory.lasts[k] >= rallyReversal * width && bar > memory.extremeBar)) return;
  memory.upper = memory.creek = memory.extreme;
  const isUp = memory.side > 0, lower = isUp ? memory.lower : -memory.upper, upper = isUp ? memory.upper : -memory.lower;
  appendEvent(events, eventCode.automaticRally, memory.side, memory.extremeRow, memory.rows[bar & ringMask], memory.id, lower, upper, volumeAround(memory, memory.extremeBar));
  turn(memory, -1);
}

/** The swing under way is a new one: its extreme is that of the bars after the one before. */
function turn(memory: StructureMemory, swing: number): void {
  const bar = memory.count - 1, after = memory.swing === 0 ? memory.climax : memory.extremeBar;
  memory.swing = swing;
  memory.extreme = swing > 0 ? -Infinity : Infinity;
  for (let k = Math.max(after + 1, bar - ringMask); k <= bar; k++) {
    if (swing > 0) takeHigh(memory, k);
    else takeLow(memory, k);
  }
}

function takeHigh(memory: StructureMemory, bar: number): void {
  const top = memory.tops[place(memory, bar)];
  if (top > memory.extreme) setExtreme(memory, bar, top);
}

function takeLow(memory: StructureMemory, bar: number): void {
  const bottom = memory.bottoms[place(memory, bar)];
  if (bottom < memory.extreme) setExtreme(memory, bar, bottom);
}

function setExtreme(memory: StructureMemory, bar: number, price: number): void {
  memory.extreme = price;
  memory.extremeBar = bar;
  memory.extremeRow = memory.rows[bar & ringMask];
}

/** Below the range and back soon: a spring, known at the first close within. */
function followBreak(events: EventTable, memory: StructureMemory, close: number, width: number): void {
  const bar = memory.count - 1;
  if (!(memory.swing < 0 && memory.lower - memory.extreme > poke * width)) {
    memory.breakBar = NaN;
    return;
  }
  if (memory.breakBar !== memory.breakBar) memory.breakBar = bar;
  if (!(close > memory.lower) || memory.springBar >= memory.breakBar || bar - memory.climax < causeBars) return;
  memory.springBar = memory.extremeBar;
  if (bar - memory.breakBar > reclaimBars || memory.phase < 2) return;
  const volume = volumeAround(memory, memory.extremeBar), share = meanVolume(memory, memory.extremeBar - 2, memory.extremeBar + 2) / (memory.volumeSum / memory.volumeBars);
  tell(events, memory, eventCode.spring, memory.extremeRow, memory.extreme, volume);
  memory.springPrice = memory.extreme;
  memory.springQuality = share < 0.85 ? 1 : share < 1.3 ? 0.75 : 0.5;
  memory.isTested = 0;
  memory.phase = 3;
}

/** A low within the range: a test of the spring or of the climax, or an ordinary one. */
function lowIsKnown(events: EventTable, memory: StructureMemory, width: number): void {
  memory.lowBar = memory.extremeBar;
  memory.lowPrice = memory.extreme;
  memory.lowRow = memory.extremeRow;
  const height = memory.extreme - memory.lower;
  if (memory.springBar >= memory.extremeBar || height > testZone * width || -height > deep * width) return;
  const volume = volumeAround(memory, memory.extremeBar), isTest = memory.phase === 3 && memory.isTested === 0 && memory.extreme > memory.springPrice;
  tell(events, memory, isTest ? eventCode.springTest : eventCode.secondaryTest, memory.extremeRow, memory.extreme, volume);
  if (isTest) memory.isTested = 1;
  const dryness = Math.min(1, Math.max(0, 1 - (volume * memory.usualVolume) / memory.climaxVolume));
  // NaN where the bars of the low are no longer remembered.
  if (dryness > memory.dryness || memory.dryness !== memory.dryness) memory.dryness = dryness;
  if (memory.phase === 1) memory.phase = 2;
}

/** A high within the range: an upthrust action beyond its edge, or one that fell short of the last of those. */
function highIsKnown(events: EventTable, memory: StructureMemory, width: number): void {
  memory.highBar = memory.extremeBar;
  memory.highPrice = memory.extreme;
  memory.highRow = memory.extremeRow;
  if (memory.phase === 1) memory.phase = 2;
  const beyond = memory.extreme - memory.upper;
  if (beyond > poke * width && beyond <= actionLimit * width) {
    tell(events, memory, eventCode.upthrustAction, memory.extremeRow, memory.extreme, volumeAround(memory, memory.extremeBar));
    memory.creek = Math.max(memory.creek, memory.extreme);
    if (memory.extremeBar - memory.climax < causeBars) return;
    memory.actionRow = memory.extremeRow;
    memory.actionPrice = memory.extreme;
    memory.retestRow = NaN;
  } else if (memory.actionRow === memory.actionRow && memory.retestRow !== memory.retestRow && -beyond <= testZone * width) {
    memory.retestRow = memory.extremeRow;
    memory.retestPrice = memory.extreme;
  }
}

/** The first bar of the move under way that closed beyond the upper edge. */
function firstBeyond(memory: StructureMemory, after: number): number {
  const bar = memory.count - 1;
  let first = bar;
  for (let k = bar; k > bar - lookBack && !(k <= after); k--) if (memory.lasts[place(memory, k)] > memory.upper) first = k;
  return first;
}

/** Strength on more volume than the range had; without a spring the last higher low was the support. */
function breakOut(events: EventTable, memory: StructureMemory): void {
  const bar = memory.count - 1, first = firstBeyond(memory, memory.lowBar);
  if (!(meanVolume(memory, first - 3, bar) > strengthVolume * (memory.volumeSum / memory.volumeBars))) return;
  if (memory.springBar !== memory.springBar && memory.lowPrice - memory.lower >= higherLow * (memory.upper - memory.lower)) {
    tell(events, memory, eventCode.lastPointOfSupport, memory.lowRow, memory.lowPrice, NaN);
  }
  beginExit(events, memory, first);
}

/** The other way out: what stood against the trend has failed, and the trend goes on with the structure turned over. */
function breakDown(events: EventTable, memory: StructureMemory): void {
  tellNow(events, memory, eventCode.structureFailed);
  if (memory.phase < 2 || memory.count - 1 - memory.climax < causeBars) return stop(memory);
  const { lower, upper, actionRow, actionPrice, retestRow, retestPrice, highBar, highRow, highPrice } = memory, hasLowerHigh = upper - highPrice >= higherLow * (upper - lower);
  memory.side = -memory.side;
  memory.at = ringSize - memory.at;
  memory.lower = -upper;
  memory.upper = memory.creek = -lower;
  memory.springQuality = NaN;
  if (actionRow === actionRow) {
    tell(events, memory, eventCode.spring, actionRow, -actionPrice, NaN);
    if (retestRow === retestRow) tell(events, memory, eventCode.springTest, retestRow, -retestPrice, NaN);
    memory.springQuality = 0.75;
  } else if (hasLowerHigh) tell(events, memory, eventCode.lastPointOfSupport, highRow, -highPrice, NaN);
  const first = firstBeyond(memory, highBar);
  memory.extremeBar = first - 1;
  turn(memory, 1);
  beginExit(events, memory, first);
}

function beginExit(events: EventTable, memory: StructureMemory, first: number): void {
  const bar = memory.count - 1, share = meanVolume(memory, first - 3, bar) / (memory.volumeSum / memory.volumeBars);
  tell(events, memory, eventCode.signOfStrength, memory.rows[first & ringMask], memory.lasts[place(memory, first)], volumeAround(memory, first));
  memory.phase = 4;
  memory.strengthBar = bar;
  memory.strengthQuality = Math.min(1, Math.max(0, share - 1));
  memory.strengthPrice = -Infinity;
  for (let k = first; k <= bar; k++) memory.strengthPrice = Math.max(memory.strengthPrice, memory.tops[place(memory, k)]);
}

/** The first low after the sign of strength. */
function supportIsKnown(events: EventTable, memory: StructureMemory): void {
  if (memory.supportPrice === memory.supportPrice || !(memory.extremeBar > memory.strengthBar)) return;
  memory.supportPrice = memory.extreme;
  tell(events, memory, eventCode.lastPointOfSupport, memory.extremeRow, memory.extreme, volumeAround(memory, memory.extremeBar));
}

/** Phase D: out of the range, back to its edge, and on. */
function followExit(events: EventTable, memory: StructureMemory, close: number, width: number): void {
  const hasSupport = memory.supportPrice === memory.supportPrice;
  if (hasSupport ? close > memory.strengthPrice : close - memory.upper > markupWidth * width) {
    tellNow(events, memory, eventCode.markup);
    memory.phase = 5;
  } else if (memory.upper - close > fallBack * width) end(events, memory, eventCode.structureFailed);
  else if (!hasSupport) memory.strengthPrice = Math.max(memory.strengthPrice, memory.tops[place(memory, memory.count - 1)]);
}
