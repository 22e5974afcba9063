/** What is wrong with one raw row: the way that few rows take. */
import { isOnGrid, noGrid, type Grid } from '../grid.ts';
import type { CleanTicksOptions } from './clean-options.ts';
import type { RawTicks } from './raw-ticks.ts';
import { hasGood, priceColumnCount, rememberGood, repairedColumns, sizeFactor, wrongColumns } from './repair-row.ts';
import { compared, isRepeat, isRepeatOfLastBlock } from './repeat-row.ts';
import { actionCodes, qualityActions, ruleCode, writeFinding, type FindingTable } from './rules.ts';
import {
  boundsBit,
  duplicateBit,
  isBeyond,
  jumpBit,
  newWatchState,
  volumeBit,
  watchedSize,
  watchedValues,
  type WatchState,
} from './watched-rules.ts';

/** What the step remembers of earlier rows. A type, not an interface, so that it is a record of state values. */
export type CleanState = WatchState & {
  /** Halves of the time of the row before; NaN before the first. */
  high: number;
  low: number;
  /** Its values, for repeats. */
  values: Float64Array;
  times: BigInt64Array;
  ids: BigUint64Array;
  /** Rows in a row of one time, repeats in a row, and the row that each was last seen at. */
  equalRun: number;
  equalRow: number;
  repeatRun: number;
  repeatRow: number;
  /** Rows without numbers just before. */
  nanRun: number;
  /** 1 when there was a gap and no row was kept since. */
  isAfterGap: number;
  segment: number;
  /** The next of the cut times. */
  nextCut: BigInt64Array;
  actions: Int8Array;
  /** Prices of the last row without fault, NaN before the first; none where nothing is repaired. */
  good: Float64Array;
};

const latest = (1n << 63n) - 1n;
const prices = ['bid', 'ask', 'price'] as const;
const sizes = ['bidSize', 'askSize', 'size'] as const;
/** Bits of the columns of prices among those that can be repaired, and of both sides of a quote. */
const priceBits = 7,
  quoteBits = 3;

export function newCleanState({ policy, rules }: CleanTicksOptions): CleanState {
  const actions = actionCodes(policy);
  return {
    high: NaN,
    low: NaN,
    values: new Float64Array(compared.length + 1),
    times: new BigInt64Array(1),
    ids: new BigUint64Array(1),
    equalRun: 0,
    equalRow: NaN,
    repeatRun: 0,
    repeatRow: NaN,
    nanRun: 0,
    isAfterGap: 0,
    segment: 0,
    nextCut: BigInt64Array.of(-latest),
    actions,
    good: new Float64Array(actions.includes(repairAction) ? priceColumnCount : 0).fill(NaN),
    // Last: with the spread first, each state had a hidden class of its own in Node 20, and the kernel was compiled anew for each.
    ...newWatchState(rules),
  };
}

/** What becomes of a row: where rules differ, the larger wins. */
export const kept = 0,
  rounded = 1,
  repaired = 2,
  dropped = 3;
const fateOf: { readonly [action: string]: number } = { drop: dropped, round: rounded, repair: repaired };
const fates: readonly number[] = qualityActions.map((action) => fateOf[action] ?? kept);
const repairAction = qualityActions.indexOf('repair'),
  dropAction = qualityActions.indexOf('drop');

/** Writes a finding down, notes the columns that a repair is to put right, and says what becomes of the row. */
function report(state: CleanState, findings: FindingTable, row: number, time: bigint, code: number, value: number, wrong: number = 0): number {
  let action = state.actions[code];
  if (action === repairAction) {
    if ((wrong & priceBits) !== 0 && !hasGood(state.good)) action = dropAction;
    else wrongColumns[0] |= wrong;
  }
  writeFinding(findings, row, time, code, value, action);
  return fates[action];
}

/** Finds what is wrong with position i, `step` nanoseconds after the row before, writes it down, and says what becomes of the row. */
export function inspectRow(
  state: CleanState,
  ticks: RawTicks,
  findings: FindingTable,
  i: number,
  isFirstOfBlock: boolean,
  step: number,
  options: CleanTicksOptions,
  grid: Grid,
  broken: number,
): number {
  const row = ticks.base + i,
    time = ticks.time[i];
  let fate = kept;
  wrongColumns[0] = 0;
  sizeFactor[0] = 1;

  if (step === 0) {
    state.equalRun = state.equalRow === row - 1 ? state.equalRun + 1 : 1;
    state.equalRow = row;
    fate = Math.max(fate, report(state, findings, row, time, ruleCode.equalTime, state.equalRun));
  }
  if (step > options.maxGap) fate = Math.max(fate, report(state, findings, row, time, ruleCode.gap, step));
  if (step === 0 && (isFirstOfBlock ? isRepeatOfLastBlock(state, ticks, i) : isRepeat(ticks, i))) {
    state.repeatRun = state.repeatRow === row - 1 ? state.repeatRun + 1 : 1;
    state.repeatRow = row;
    fate = Math.max(fate, report(state, findings, row, time, ruleCode.repeat, state.repeatRun));
  }
  const nanRunBefore = state.nanRun,
    hasNumbers = firstWrong(ticks, prices, i, isNoNumber, grid) === undefined && firstWrong(ticks, sizes, i, isNoNumber, grid) === undefined;
  state.nanRun = hasNumbers ? 0 : nanRunBefore + 1;
  if (!hasNumbers) fate = Math.max(fate, report(state, findings, row, time, ruleCode.notANumber, state.nanRun, bitsOf(ticks, i, isNoNumber, grid)));
  const low = options.isNegativeAllowed ? undefined : firstWrong(ticks, prices, i, isNotPositive, grid);
  if (low !== undefined) fate = Math.max(fate, report(state, findings, row, time, ruleCode.price, low, bitsOf(ticks, i, isNotPositive, grid) & priceBits));
  const negative = firstWrong(ticks, sizes, i, isNegative, grid);
  if (negative !== undefined) fate = Math.max(fate, report(state, findings, row, time, ruleCode.size, negative, bitsOf(ticks, i, isNegative, grid) & ~priceBits));
  const { bid, ask } = ticks;
  if (bid !== undefined && ask !== undefined) {
    if (bid[i] > ask[i]) fate = Math.max(fate, report(state, findings, row, time, ruleCode.crossed, bid[i] - ask[i], quoteBits));
    else if (bid[i] === ask[i]) fate = Math.max(fate, report(state, findings, row, time, ruleCode.locked, bid[i]));
  }
  const off = grid.isGrid ? firstWrong(ticks, prices, i, isOff, grid) : undefined;
  if (off !== undefined) fate = Math.max(fate, report(state, findings, row, time, ruleCode.offGrid, off));
  if (broken !== 0) fate = Math.max(fate, reportWatched(state, ticks, findings, i, options, broken));
  if (state.good.length > 0 && low === undefined && (broken & (jumpBit | boundsBit)) === 0 && hasPrices(ticks, i)) rememberGood(state.good, ticks, i);
  if (isCut(state, time, step, nanRunBefore, hasNumbers, options)) state.segment++;
  return fate;
}

/** Are all prices numbers, and the bid not above the ask? */
function hasPrices(ticks: RawTicks, i: number): boolean {
  const { bid, ask } = ticks;
  return firstWrong(ticks, prices, i, isNoNumber, noGrid) === undefined && !(bid !== undefined && ask !== undefined && bid[i] > ask[i]);
}

/** The findings of the rules that were asked for. */
function reportWatched(state: CleanState, ticks: RawTicks, findings: FindingTable, i: number, { rules }: CleanTicksOptions, broken: number): number {
  const row = ticks.base + i,
    time = ticks.time[i],
    priced = ticks.price === undefined ? quoteBits : 4;
  let fate = kept;
  if (broken & jumpBit) fate = Math.max(fate, report(state, findings, row, time, ruleCode.jump, watchedValues[0], priced));
  if (broken & volumeBit) {
    const { size, bidSize, askSize } = ticks;
    fate = Math.max(fate, report(state, findings, row, time, ruleCode.volume, watchedValues[1]));
    if (state.actions[ruleCode.volume] === repairAction)
      sizeFactor[0] = watchedSize[0] / (size === undefined ? (bidSize?.[i] ?? 0) + (askSize?.[i] ?? 0) : size[i]);
  }
  if (broken & boundsBit) {
    const bounds = rules.bounds ?? {},
      wrong = bitsOf(ticks, i, (value) => isBeyond(value, bounds), noGrid) & priceBits;
    fate = Math.max(fate, report(state, findings, row, time, ruleCode.bounds, watchedValues[2], wrong));
  }
  if (broken & duplicateBit) fate = Math.max(fate, report(state, findings, row, time, ruleCode.duplicate, watchedValues[3]));
  return fate;
}

/** Bits of the columns whose values at i are wrong, by their places in `repairedColumns`. */
function bitsOf(ticks: RawTicks, i: number, isWrong: (value: number, grid: Grid) => boolean, grid: Grid): number {
  let bits = 0;
  for (let k = 0; k < repairedColumns.length; k++) {
    const column = ticks[repairedColumns[k]];
    if (column !== undefined && isWrong(column[i], grid)) bits |= 1 << k;
  }
  return bits;
}

/** The first of the columns' values at i that is wrong; undefined where none is. */
function firstWrong(
  ticks: RawTicks,
  names: typeof prices | typeof sizes,
  i: number,
  isWrong: (value: number, grid: Grid) => boolean,
  grid: Grid,
): number | undefined {
  for (const name of names) {
    const column = ticks[name];
    if (column !== undefined && isWrong(column[i], grid)) return column[i];
  }
  return undefined;
}

const isNoNumber = (value: number): boolean => !Number.isFinite(value);
const isNotPositive = (value: number): boolean => value <= 0;
const isNegative = (value: number): boolean => value < 0;
const isOff = (value: number, grid: Grid): boolean => Number.isFinite(value) && !isOnGrid(grid, value);

/** Does a new segment begin with this row? The first row of all begins none: its step is NaN. */
function isCut(state: CleanState, time: bigint, step: number, nanRunBefore: number, hasNumbers: boolean, { cut }: CleanTicksOptions): boolean {
  let isNew = cut.gap !== undefined && step > cut.gap;
  if (cut.nanRun !== undefined && hasNumbers && nanRunBefore >= cut.nanRun) isNew = true;
  if (time >= state.nextCut[0]) {
    const { times = new BigInt64Array(0) } = cut;
    let next = 0;
    while (next < times.length && times[next] <= time) next++;
    if (step === step && state.nextCut[0] < latest) isNew = true;
    state.nextCut[0] = next < times.length ? times[next] : latest;
  }
  return isNew;
}
