/** The bars that an engine has begun and not yet written, as flat state: those that wait to be known, and the last one, which may still take rows. */
import type { barSchema } from '../schemas.ts';
import type { Table } from '../table.ts';
import { writeInterval, type IntervalOptions } from './intervals.ts';

export type BarTable = Table<typeof barSchema>;

/** Places of the figures of one bar in `values`. */
export const openField = 0, highField = 1, lowField = 2, closeField = 3, volumeField = 4, buyVolumeField = 5, sellVolumeField = 6, tickCountField = 7;
export const fromRowField = 8, toRowField = 9, barFields = 10;
/** Places of the times of one bar in `times`. */
export const openTimeField = 0, endField = 1, closeTimeField = 2, timeFields = 3;

/** State of an engine that makes bars of intervals. A type, not an interface, so that it is a record of state values. */
export type UnfinishedBars = {
  /** Bars begun and not written, oldest first. */
  count: number;
  /** 1 while the last of them takes rows. */
  isOpen: number;
  values: Float64Array;
  times: BigInt64Array;
  /** From this time on there is something to do: a bar ends or becomes known. */
  due: BigInt64Array;
};

const latest = (1n << 63n) - 1n;

export function noBars(): UnfinishedBars {
  return { count: 0, isOpen: 0, values: new Float64Array(barFields), times: new BigInt64Array(timeFields), due: BigInt64Array.of(latest) };
}

/** A figure's values before the first row of a bar. */
export function clearBar(values: Float64Array, at: number): void {
  values.fill(0, at, at + barFields);
  values[at + openField] = NaN;
  values[at + highField] = -Infinity;
  values[at + lowField] = Infinity;
}

/** Begins the bar of the interval around `time`; returns the place of its figures in `values`. */
export function beginBar(state: UnfinishedBars, time: bigint, options: IntervalOptions): number {
  const { count } = state, at = count * barFields;
  if (at === state.values.length) {
    const values = new Float64Array(2 * at), times = new BigInt64Array(2 * count * timeFields);
    values.set(state.values);
    times.set(state.times);
    state.values = values;
    state.times = times;
  }
  clearBar(state.values, at);
  writeInterval(state.times, count * timeFields, time, options);
  state.count = count + 1;
  state.isOpen = 1;
  setDue(state);
  return at;
}

/** It is `time`: ends the open bar if its interval is over, and writes every bar that is known by now. */
export function settle(state: UnfinishedBars, bars: BarTable, time: bigint): void {
  if (state.isOpen === 1 && time >= state.times[(state.count - 1) * timeFields + endField]) state.isOpen = 0;
  let known = 0;
  while (known < state.count && state.times[known * timeFields + closeTimeField] <= time) known++;
  writeBars(state, bars, known);
}

/** The segment ends at `time`: writes all bars, known at `time` if that is earlier than the clock would have it. */
export function cutShort(state: UnfinishedBars, bars: BarTable, time: bigint): void {
  const { times, count } = state;
  for (let k = 0; k < count; k++) if (times[k * timeFields + closeTimeField] > time) times[k * timeFields + closeTimeField] = time;
  state.isOpen = 0;
  writeBars(state, bars, count);
}

/** Writes the oldest `known` bars and forgets them. */
export function writeBars(state: UnfinishedBars, bars: BarTable, known: number): void {
  const { values, times, count } = state;
  for (let k = 0; k < known; k++) writeBar(bars, values, k * barFields, times[k * timeFields + openTimeField], times[k * timeFields + closeTimeField]);
  if (known > 0 && known < count) {
    values.copyWithin(0, known * barFields, count * barFields);
    times.copyWithin(0, known * timeFields, count * timeFields);
  }
  state.count = count - known;
  setDue(state);
}

/** Appends one bar. The driver writes its segment. */
export function writeBar(bars: BarTable, values: Float64Array, at: number, openTime: bigint, closeTime: bigint): void {
  const k = bars.append();
  bars.openTime[k] = openTime;
  bars.closeTime[k] = closeTime;
  bars.open[k] = values[at + openField];
  bars.high[k] = values[at + highField];
  bars.low[k] = values[at + lowField];
  bars.close[k] = values[at + closeField];
  bars.volume[k] = values[at + volumeField];
  bars.buyVolume[k] = values[at + buyVolumeField];
  bars.sellVolume[k] = values[at + sellVolumeField];
  bars.tickCount[k] = values[at + tickCountField];
  bars.fromRow[k] = values[at + fromRowField];
  bars.toRow[k] = values[at + toRowField];
}

function setDue({ count, isOpen, times, due }: UnfinishedBars): void {
  due[0] = count === 0 ? latest : times[closeTimeField];
  if (isOpen === 1 && times[(count - 1) * timeFields + endField] < due[0]) due[0] = times[(count - 1) * timeFields + endField];
}
