/** What the exact and the approximate volume profile share: the profile since an anchor, its end, and the points of control that price has not come back to. */
import { appendEvent, eventCode, makeGrid, oneOf, positiveInteger, type EventTable, type Grid, type Table } from '@zanzibar/core';
import { clearLevels, noLevels, type PriceLevels } from './price-levels.ts';
import { areaGrowths, noAreaGrown, pointOfControl, valueArea, type AreaGrown, type AreaGrowth } from './value-area.ts';
import { volumeNodes } from './volume-nodes.ts';

export interface VolumeProfileOptions {
  /** The instrument's tick: a whole number, or one over one. There is no default. */
  tick: number;
  /** Ticks in a row. @defaultValue 1 */
  rowTicks: number;
  /** Share of the volume in the value area, above 0 and at most 1. @defaultValue 0.7 */
  share: number;
  /** How the value area grows: by the larger neighbouring row, or by pairs of rows. @defaultValue 'single' */
  growth: AreaGrowth;
  /** Share of the point of control's volume by which a volume node stands out. @defaultValue 0.1 */
  prominence: number;
  /** Newest untouched points of control that are followed. @defaultValue 16 */
  cap: number;
}

export const volumeProfileDefaults: VolumeProfileOptions = { tick: NaN, rowTicks: 1, share: 0.7, growth: 'single', prominence: 0.1, cap: 16 };

/** Throws unless it is a tick that a grid can have, or NaN, the default, which says that none is given. */
export function checkTick(engine: string, tick: number): void {
  if (tick <= 0) throw new RangeError(`${engine}: tick must be given and be a positive number, was ${tick}`);
  makeGrid(tick, `${engine}: tick`);
}

/** Throws where no tick is given: an instrument's tick has no default. */
export function needTick(engine: string, tick: number): void {
  if (!(tick > 0)) throw new RangeError(`${engine}: tick must be given and be a positive number, was ${tick}`);
}

export function checkVolumeProfile(engine: string, { tick, rowTicks, share, growth, prominence, cap }: VolumeProfileOptions): void {
  checkTick(engine, tick);
  positiveInteger(`${engine}: rowTicks`, rowTicks);
  if (!(share > 0 && share <= 1)) throw new RangeError(`${engine}: share must be above 0 and at most 1, was ${share}`);
  oneOf(`${engine}: growth`, growth, areaGrowths);
  if (!(prominence >= 0 && prominence <= 1)) throw new RangeError(`${engine}: prominence must be from 0 to 1, was ${prominence}`);
  positiveInteger(`${engine}: cap`, cap);
}

export const profileColumns = { pointOfControl: 'f64', valueAreaLow: 'f64', valueAreaHigh: 'f64' } as const;
/** A row of a finished profile: `ref` is the id of its `pointOfControl` event, `price` the row's lowest tick. */
export const profileLevelSchema = { knownRow: 'f64', ref: 'f64', price: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64', segment: 'i32' } as const;
export const profileKinds = ['pointOfControl', 'valueArea', 'highVolumeNode', 'lowVolumeNode', 'touched', 'expired', 'segmentEnd'] as const;

/** The rows since `originRow` (NaN: none yet), and a ring of untouched points of control: `oldest` is the slot that the next one takes, one with an id of NaN is free. */
export type SessionProfile = PriceLevels & AreaGrown & { originRow: number; edges: Float64Array; oldest: number; id: Float64Array; low: Float64Array; high: Float64Array; price: Float64Array };

export function noProfile(engine: string, { tick, cap }: VolumeProfileOptions): SessionProfile {
  needTick(engine, tick);
  const column = (): Float64Array => new Float64Array(cap).fill(NaN);
  return { ...noLevels(), ...noAreaGrown(), originRow: NaN, edges: new Float64Array(2), oldest: 0, id: column(), low: column(), high: column(), price: column() };
}

interface ProfileOutput {
  readonly pointOfControl: Float64Array;
  readonly valueAreaLow: Float64Array;
  readonly valueAreaHigh: Float64Array;
}

/** The profile as it stands after position i. */
export function develop(profile: SessionProfile, output: ProfileOutput, i: number, { tick, rowTicks, share, growth }: VolumeProfileOptions): void {
  const control = pointOfControl(profile), grid = makeGrid(tick), { edges } = profile;
  output.pointOfControl[i] = output.valueAreaLow[i] = output.valueAreaHigh[i] = NaN;
  if (control !== control) return;
  valueArea(profile, control, share, growth, edges, profile);
  output.pointOfControl[i] = middleOf(grid, profile.row[control], rowTicks);
  output.valueAreaLow[i] = lowestOf(grid, edges[0], rowTicks);
  output.valueAreaHigh[i] = highestOf(grid, edges[1], rowTicks);
}

const lowestOf = ({ numerator, denominator }: Grid, row: number, rowTicks: number): number => (row * rowTicks * numerator) / denominator;
const highestOf = ({ numerator, denominator }: Grid, row: number, rowTicks: number): number => ((row * rowTicks + rowTicks - 1) * numerator) / denominator;
const middleOf = ({ numerator, denominator }: Grid, row: number, rowTicks: number): number => ((row * rowTicks + (rowTicks - 1) / 2) * numerator) / denominator;

/** Ends the profile, which absolute row `row` proves, and begins an empty one there. */
export function finish(profile: SessionProfile, events: EventTable, levels: Table<typeof profileLevelSchema>, row: number, options: VolumeProfileOptions): void {
  const { tick, rowTicks, share, growth, prominence, cap } = options, { originRow, edges } = profile, grid = makeGrid(tick), control = pointOfControl(profile);
  if (control === control) {
    const slot = profile.oldest, most = profile.volume[control], price = middleOf(grid, profile.row[control], rowTicks);
    if (profile.id[slot] === profile.id[slot]) tell(profile, events, eventCode.expired, slot, row);
    profile.oldest = slot + 1 === cap ? 0 : slot + 1;
    const id = appendEvent(events, eventCode.pointOfControl, 0, originRow, row, NaN, price, NaN, most);
    profile.id[slot] = id;
    profile.low[slot] = lowestOf(grid, profile.row[control], rowTicks);
    profile.high[slot] = highestOf(grid, profile.row[control], rowTicks);
    profile.price[slot] = price;
    valueArea(profile, control, share, growth, edges);
    let inside = 0;
    for (let k = 0; k < profile.count; k++) if (profile.row[k] >= edges[0] && profile.row[k] <= edges[1]) inside += profile.volume[k];
    appendEvent(events, eventCode.valueArea, 0, originRow, row, id, lowestOf(grid, edges[0], rowTicks), highestOf(grid, edges[1], rowTicks), inside);
    volumeNodes(profile, prominence * most, (side, at, volume) => {
      appendEvent(events, side > 0 ? eventCode.highVolumeNode : eventCode.lowVolumeNode, 0, originRow, row, id, middleOf(grid, at, rowTicks), NaN, volume);
    });
    for (let k = 0; k < profile.count; k++) {
      const position = levels.append();
      levels.knownRow[position] = row;
      levels.ref[position] = id;
      levels.price[position] = lowestOf(grid, profile.row[k], rowTicks);
      levels.volume[position] = profile.volume[k];
      levels.buyVolume[position] = profile.buyVolume[k];
      levels.sellVolume[position] = profile.sellVolume[k];
    }
  }
  clearLevels(profile);
  profile.marks = 0;
  profile.originRow = row;
}

/** Points of control within the range of the bar at absolute row `row` are untouched no more. */
export function touch(profile: SessionProfile, events: EventTable, high: number, low: number, row: number): void {
  const cap = profile.id.length;
  for (let k = 0; k < cap; k++) {
    const slot = profile.oldest + k < cap ? profile.oldest + k : profile.oldest + k - cap;
    if (profile.low[slot] <= high && profile.high[slot] >= low) tell(profile, events, eventCode.touched, slot, row);
  }
}

/** A cut ends the profile and what is followed. */
export function cutProfile(profile: SessionProfile, events: EventTable, levels: Table<typeof profileLevelSchema>, row: number, options: VolumeProfileOptions): void {
  finish(profile, events, levels, row, options);
  for (let k = 0; k < options.cap; k++) {
    const slot = (profile.oldest + k) % options.cap;
    if (profile.id[slot] === profile.id[slot]) tell(profile, events, eventCode.segmentEnd, slot, row);
  }
}

function tell(profile: SessionProfile, events: EventTable, kind: number, slot: number, row: number): void {
  appendEvent(events, kind, 0, row, row, profile.id[slot], profile.price[slot], NaN, NaN);
  profile.id[slot] = profile.low[slot] = profile.high[slot] = NaN;
}
