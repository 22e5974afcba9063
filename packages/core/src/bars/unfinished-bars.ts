/** The bars that an engine has begun and not yet written, as flat state: those that wait to be known, and the last one, which may still take rows. */
import type { barSchema } from '../schemas.ts';
import type { Table } from '../table.ts';
import { newGrid, writeInterval, type IntervalOptions } from './intervals.ts';

export type BarTable = Table<typeof barSchema>;

/** Places of the figures of one bar in `values`. */
export const openField = 0,
  highField = 1,
  lowField = 2,
  closeField = 3,
  volumeField = 4,
  buyVolumeField = 5,
  sellVolumeField = 6,
  tickCountField = 7;
export const fromRowField = 8,
  toRowField = 9,
  barFields = 10;
/** Places of the times of one bar in `times`. */
export const openTimeField = 0,
  endField = 1,
  closeTimeField = 2,
  timeFields = 3;

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
  /** Where the last interval was found. */
  grid: BigInt64Array;
};

const latest = (1n << 63n) - 1n;

export function noBars(): UnfinishedBars {
  return {
    count: 0,
    isOpen: 0,
    values: new Float64Array(barFields),
    times: new BigInt64Array(timeFields),
    due: BigInt64Array.of(latest),
    grid: newGrid(),
  };
}

/** A figure's values before the first row of a bar. */
export function clearBar(values: Float64Array, at: number): void {
  for (let field = 0; field < barFields; field++) values[at + field] = 0;
  values[at + openField] = NaN;
  values[at + highField] = -Infinity;
  values[at + lowField] = Infinity;
}

/** Begins the bar of the interval around `time[row]`; returns the place of its figures in `values`. */
export function beginBar(state: UnfinishedBars, time: BigInt64Array, row: number, options: IntervalOptions): number {
  const { count } = state,
    at = count * barFields;
  if (at === state.values.length) {
    const values = new Float64Array(2 * at),
      times = new BigInt64Array(2 * count * timeFields);
    values.set(state.values);
    times.set(state.times);
    state.values = values;
    state.times = times;
  }
  clearBar(state.values, at);
  writeInterval(state.times, count * timeFields, time, row, state.grid, options);
  state.count = count + 1;
  state.isOpen = 1;
  setDue(state);
  return at;
}

const clockTime: BigInt64Array = new BigInt64Array(1);

/** It is `time`: what `settle` does for a row of that time. */
export function settleAt(state: UnfinishedBars, bars: BarTable, time: bigint): void {
  clockTime[0] = time;
  settle(state, bars, clockTime, 0);
}

/** It is `time[row]`: ends the open bar if its interval is over, and writes every bar that is known by now. Elements are compared where they lie: passing one on costs more. */
export function settle(state: UnfinishedBars, bars: BarTable, time: BigInt64Array, row: number): void {
  if (time[row] < state.due[0]) return;
  if (state.isOpen === 1 && time[row] >= state.times[(state.count - 1) * timeFields + endField]) state.isOpen = 0;
  let known = 0;
  while (known < state.count && state.times[known * timeFields + closeTimeField] <= time[row]) known++;
  writeBars(state, bars, known);
}

/**
 * A smaller bar comes: ends the open bar if that one opens after it, and writes those that are known by now. The open one waits for the clock if it is known at
 * this very time, since the smaller bar may be its last.
 */
export function settleBefore(state: UnfinishedBars, bars: BarTable, openTime: BigInt64Array, closeTime: BigInt64Array, row: number): void {
  const { times, count } = state;
  if (state.isOpen === 1 && openTime[row] >= times[(count - 1) * timeFields + endField]) state.isOpen = 0;
  let known = 0;
  while (known < count - state.isOpen && times[known * timeFields + closeTimeField] <= closeTime[row]) known++;
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
  for (let k = 0; k < known; k++) writeBar(bars, values, k * barFields, times, k * timeFields);
  if (known > 0 && known < count) {
    values.copyWithin(0, known * barFields, count * barFields);
    times.copyWithin(0, known * timeFields, count * timeFields);
  }
  state.count = count - known;
  setDue(state);
}

/** Appends the bar with its figures from `at` of `values` and its times from `timeAt` of `times`. The driver writes its segment. */
export function writeBar(bars: BarTable, values: Float64Array, at: number, times: BigInt64Array, timeAt: number): void {
  const k = bars.append();
  bars.openTime[k] = times[timeAt + openTimeField];
  bars.closeTime[k] = times[timeAt + closeTimeField];
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
