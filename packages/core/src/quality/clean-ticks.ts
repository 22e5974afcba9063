/** The quality step: raw ticks in, clean ticks and findings out. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { makeGrid, noGrid, type Grid } from '../grid.ts';
import { findingSchema } from '../schemas.ts';
import type { GrowingTable, Table } from '../table.ts';
import { timeHalves } from '../time.ts';
import { checkCleanTicks, cleanTicksDefaults, type CleanTicksOptions } from './clean-options.ts';
import { dropped, inspectRow, kept, newCleanState, repaired, type CleanState } from './inspect-row.ts';
import type { RawTicks } from './raw-ticks.ts';
import { rememberRow } from './repeat-row.ts';
import { rememberGood, repairRow, roundRow } from './repair-row.ts';
import { qualityActions, ruleCode } from './rules.ts';
import { watchRow } from './watched-rules.ts';

const rawColumns = {
  eventTime: 'i64',
  sequence: 'f64',
  bid: 'f64',
  ask: 'f64',
  bidSize: 'f64',
  askSize: 'f64',
  price: 'f64',
  size: 'f64',
  side: 'i8',
  id: 'u64',
} as const;

/** Columns of clean ticks: those of quotes and trades, then the raw row, what became of it (0 original, 1 repaired, 2 first after a gap), and the segment. */
export const cleanTickSchema = {
  time: 'i64',
  eventTime: 'i64',
  sequence: 'f64',
  bid: 'f64',
  ask: 'f64',
  bidSize: 'f64',
  askSize: 'f64',
  price: 'f64',
  size: 'f64',
  side: 'i8',
  id: 'u64',
  sourceRow: 'f64',
  flag: 'i8',
  segment: 'i32',
} as const;

type CleanTickTable = Table<typeof cleanTickSchema>;
/** A driver's own notice that the data was cut before; this step alone cuts. */
const cutBefore = { segment: 'i32' } as const;

/**
 * Quality: looks at every raw quote or trade, writes down what is wrong with it, and passes it on, takes it out or stops, as the policy says.
 *
 * Definition  the rules of `qualityRules`, each comparing a row with itself and the raw row before it. A finding has the row, the rule's code, its severity, a value
 *             and the action taken. With `policy: { crossed: 'drop' }` such rows are left out, with 'fail' the first one is a DataError, `offGrid: 'round'` puts it on
 *             the nearest tick (flag 1), and 'repair' puts the value that the register states for the rule (flag 1), which comes from earlier rows only. The `rules` jump,
 *             volume, bounds and duplicate are looked for when they are named, and cost nothing else: a mid or trade price more than 10 % away from one of the last
 *             second (rows with such a finding aside); a size whose logarithm is more than 3 standard deviations above its mean, both exponentially weighted with a
 *             half-life of 1000 rows, from the 100th on, without this row; a price outside of bounds; a row that is one of the last 1000, by a hash of 64 bits. Clean ticks keep the source's columns; sourceRow is the raw row. A finding never cuts: `cut` does, by a gap, at given times
 *             (session closes) or after a run of rows without numbers, as the column `segment`, counted from 0. Gaps and repeats are those of the raw stream, also
 *             where rows are dropped. Columns and types are the driver's to check, and so is the order of time: rows that run backwards are an error of every
 *             driver, `checkOrder` finds them beforehand
 * Units       time UTC ns; values as the register states them     Lag  0: decided on arrival, from this row and earlier ones
 * NaN         a finding `notANumber` (infinite too); by default the row stays as it is     Errors  RangeError for options, TypeError for data cut before, DataError by policy
 * Source      none: our own rules
 * Oracle      hand packages/core/src/quality/watched-rules.test.ts
 * Example     quotes (time 1, bid 5, ask 6) (2, 7, 6), policy crossed drop  ->  one clean tick, sourceRow 0; one finding: row 1, rule crossed, value 1, action 1
 */
export const cleanTicks: Engine<
  CleanTicksOptions,
  { time: 'i64' },
  {},
  { ticks: typeof cleanTickSchema; findings: typeof findingSchema },
  {},
  typeof rawColumns & typeof cutBefore
> = /* @__PURE__ */ defineEngine({
  name: 'cleanTicks',
  version: 3,
  input: { time: 'i64' },
  optional: { ...rawColumns, ...cutBefore },
  appended: { ticks: cleanTickSchema, findings: findingSchema },
  cuts: ['ticks'],
  passes: ['ticks'],
  defaults: cleanTicksDefaults,
  check: checkCleanTicks,
  mirror: { none: 'a quote turned over has its bid as ask: rows change columns, not values' },
  scale: { none: 'rows pass as they are; sizes and times stay when prices scale' },
  init: newCleanState,

  advance(state, input, { ticks, findings }, from, to, options) {
    if (input.segment !== undefined) throw new TypeError('cleanTicks: the data has a segment column, so it was cleaned before');
    const { time, bid, ask, bidSize, askSize, price, size } = input,
      halves = timeHalves(time),
      { nextCut, actions } = state,
      { rules } = options,
      isWatched = rules.jump !== undefined || rules.volume !== undefined || rules.bounds !== undefined || rules.duplicate !== undefined,
      isUncut = options.cut.times === undefined,
      isRepairing = state.good.length > 0,
      isRounding = actions[ruleCode.offGrid] === qualityActions.indexOf('round');
    const grid = Number.isNaN(options.tick) ? noGrid : makeGrid(options.tick);
    const most = options.cut.gap === undefined ? options.maxGap : Math.min(options.maxGap, options.cut.gap),
      least = options.isNegativeAllowed ? -Infinity : 0;
    prepareRows(state, ticks, to - from);
    let { high, low } = state,
      copied = from,
      inspected = from - 1;
    for (let i = from; i < to; i++) {
      const step = (halves[2 * i + 1] - high) * 4_294_967_296 + ((halves[2 * i] >>> 0) - low);
      high = halves[2 * i + 1];
      low = halves[2 * i] >>> 0;
      const broken = isWatched ? watchRow(state, input, i, step, rules) : 0;
      if (
        broken === 0 &&
        step > 0 &&
        step <= most &&
        (isUncut || time[i] < nextCut[0]) &&
        state.nanRun === 0 &&
        isPlain(bid, ask, i, least) &&
        isPlain(price, undefined, i, least) &&
        isSize(bidSize, i) &&
        isSize(askSize, i) &&
        isSize(size, i) &&
        (!grid.isGrid || (isOn(grid, bid, i) && isOn(grid, ask, i) && isOn(grid, price, i)))
      )
        continue;
      if (isRepairing && i - 1 > inspected) rememberGood(state.good, input, i - 1);
      inspected = i;
      const { segment } = state,
        fate = inspectRow(state, input, findings, i, i === from, step, options, grid, broken);
      if (fate === dropped) {
        copyRows(state, ticks, input, copied, i, segment);
        copied = i + 1;
        if (step > options.maxGap) state.isAfterGap = 1;
        if (state.isAfterGap === 1) ticks.flag[ticks.length] = 2;
        continue;
      }
      if (state.segment !== segment) {
        copyRows(state, ticks, input, copied, i, segment);
        copied = i;
      }
      if (step > options.maxGap) ticks.flag[ticks.length + i - copied] = 2;
      if (fate !== kept) {
        copyRows(state, ticks, input, copied, i + 1, state.segment);
        copied = i + 1;
        const k = ticks.length - 1;
        ticks.flag[k] = 1;
        if (fate === repaired) repairRow(ticks, k, state.good);
        if (grid.isGrid && isRounding) roundRow(ticks, input, k, grid);
      }
    }
    copyRows(state, ticks, input, copied, to, state.segment);
    state.high = high;
    state.low = low;
    if (isRepairing && to - 1 > inspected) rememberGood(state.good, input, to - 1);
    rememberRow(state, input, to - 1);
  },
});

/** A quote or price that no rule minds: numbers above `least`, the ask above the bid. */
function isPlain(low: Float64Array | undefined, high: Float64Array | undefined, i: number, least: number): boolean {
  if (low === undefined) return high === undefined || (high[i] > least && high[i] < Infinity);
  return low[i] > least && (high === undefined ? low[i] < Infinity : high[i] > low[i] && high[i] < Infinity);
}

function isSize(column: Float64Array | undefined, i: number): boolean {
  return column === undefined || (column[i] >= 0 && column[i] < Infinity);
}

function isOn({ numerator, denominator }: Grid, column: Float64Array | undefined, i: number): boolean {
  if (column === undefined) return true;
  const value = column[i];
  // Most grids are a decimal place: a division by 1 less.
  if (numerator === 1) return Math.round(value * denominator) / denominator === value;
  return (Math.round((value * denominator) / numerator) * numerator) / denominator === value;
}

/**
 * Room for the rows of a block, with what most of them have: no flag. Columns that the source lacks are not there (`passes`).
 *
 * Growing by halves would copy all rows again; what a driver gives as a table can make room at once.
 */
function prepareRows(state: CleanState, ticks: CleanTickTable, rows: number): void {
  const at = ticks.length,
    end = at + rows;
  (ticks as unknown as GrowingTable).reserve(end);
  if (rows === 1) ticks.flag[at] = 0;
  else ticks.flag.fill(0, at, end);
  if (state.isAfterGap === 1) ticks.flag[at] = 2;
}

/** Passes rows `[from, to)` on. Short runs go value by value: making a view costs more. */
function copyRows(state: CleanState, ticks: CleanTickTable, raw: RawTicks, from: number, to: number, segment: number): void {
  const at = ticks.length,
    count = to - from,
    { eventTime, side, id } = raw,
    first = raw.base + from;
  if (count <= 0) return;
  state.isAfterGap = 0;
  // `prepareRows` made room.
  (ticks as unknown as GrowingTable).length = at + count;
  const { sourceRow } = ticks;
  for (let k = 0; k < count; k++) sourceRow[at + k] = first + k;
  if (count === 1) ticks.segment[at] = segment;
  else ticks.segment.fill(segment, at, at + count);
  if (count < 32) for (let k = 0; k < count; k++) ticks.time[at + k] = raw.time[from + k];
  else ticks.time.set(raw.time.subarray(from, to), at);
  copyDoubles(raw.sequence, ticks.sequence, from, to, at);
  copyDoubles(raw.bid, ticks.bid, from, to, at);
  copyDoubles(raw.ask, ticks.ask, from, to, at);
  copyDoubles(raw.bidSize, ticks.bidSize, from, to, at);
  copyDoubles(raw.askSize, ticks.askSize, from, to, at);
  copyDoubles(raw.price, ticks.price, from, to, at);
  copyDoubles(raw.size, ticks.size, from, to, at);
  if (eventTime !== undefined) ticks.eventTime.set(eventTime.subarray(from, to), at);
  if (side !== undefined) ticks.side.set(side.subarray(from, to), at);
  if (id !== undefined) ticks.id.set(id.subarray(from, to), at);
}

function copyDoubles(source: Float64Array | undefined, target: Float64Array, from: number, to: number, at: number): void {
  if (source === undefined) return;
  if (to - from < 32) for (let k = 0; k < to - from; k++) target[at + k] = source[from + k];
  else target.set(source.subarray(from, to), at);
}
