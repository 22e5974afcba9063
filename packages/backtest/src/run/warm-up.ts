/**
 * Warm-up sensitivity: do decisions depend on where the data began, although the engines have had the history that they declare?
 *
 * Definition  for later starts T: one run from T with all data before it, one with only the history that `historyStart` names (or a stated length of it). Both begin
 *             flat at T. Orders and fills must agree, numbers to 1e-9 relative; engine columns and events from T on are compared to name what still remembers.
 * Known       a recursive average never forgets its start; its columns are named with the size of what is left, and are a finding only where a decision moves.
 */
import type { Schema } from '@zanzibar/core';
import { settled } from '../matchers/tolerance.ts';
import { resultTable, type ResultTable } from '../result/result-table.ts';
import { firstDifference, type Difference, type StageTable } from './differences.ts';
import { historyOf, historyStart } from './history.ts';
import { tablesOfSession } from './lookahead.ts';
import type { MarketInput } from './market-input.ts';
import type { PreparedRun } from './prepare.ts';
import { firstAtOrAfter, replayGroups, type Progress } from './replay.ts';
import type { Session } from './session.ts';

export interface DependentColumn {
  /** `atr.atr`, `breaks.events`. */
  readonly name: string;
  /** Largest relative distance from T on; Infinity where one side has a value or an event that the other has not. */
  readonly distance: number;
  /** When they last differed. */
  readonly last: bigint;
}

export interface WarmUpStart {
  readonly from: bigint;
  /** Where the shorter data began. */
  readonly dataFrom: bigint;
  readonly decisions: Difference | undefined;
  readonly columns: readonly DependentColumn[];
}

export interface WarmUpResult {
  /** Starts that had enough data before them. */
  readonly starts: readonly WarmUpStart[];
  /** Starts that were left out because the data has no such history. */
  readonly skipped: number;
}

/** Makes the same run over other data or from another time. */
export type ChangeRun = (data: readonly MarketInput[], from: bigint) => PreparedRun;

const tolerance = 1e-9;
/** Rows count from where the data began: they are not what a decision is. */
const positions: ReadonlySet<string> = new Set(['decisionRow', 'row', 'signalRef', 'entryRow', 'exitRow']);

/** @param history nanoseconds before each start instead of what the engines declare */
export function* checkWarmUp(run: PreparedRun, starts: number, change: ChangeRun, history?: bigint): Generator<Progress, WarmUpResult> {
  const declared = historyOf(run.strategy, run.parameters), longest = run.data.reduce((a, b) => (timesOf(b).length > timesOf(a).length ? b : a)), times = timesOf(longest), done: WarmUpStart[] = [];
  const first = firstAtOrAfter(times, run.from), last = firstAtOrAfter(times, run.to);
  let skipped = 0;
  for (let k = 1; k <= starts; k++) {
    const from = times[first + Math.floor(((last - first - 1) * k) / (starts + 1))];
    const dataFrom = history === undefined ? run.markets.map(({ calendar }) => historyStart(declared, calendar, from)).reduce((a, b) => (b < a ? b : a)) : from - history;
    const shorter = run.data.map(input => rowsFrom(input, dataFrom));
    if (shorter.some((input, i) => timesOf(input).length === 0 || timesOf(input).length === timesOf(run.data[i]).length)) {
      skipped++;
      continue;
    }
    const long = change(run.data, from), short = change(shorter, from), a = long.session(), b = short.session();
    for (const _ of replayGroups(a, long.data, groupRows)) yield [2 * k - 2, 2 * starts];
    for (const _ of replayGroups(b, short.data, groupRows)) yield [2 * k - 1, 2 * starts];
    done.push({ from, dataFrom, decisions: decisionsApart(a, b), columns: columnsApart(a, b, from) });
    yield [2 * k, 2 * starts];
  }
  return { starts: done, skipped };
}

const groupRows = 500_000;

function timesOf({ kind, columns }: MarketInput): BigInt64Array {
  return (kind === 'bars' ? (columns.openTime ?? columns.closeTime) : columns.time) as BigInt64Array;
}

/** The rows from a time on. */
function rowsFrom(input: MarketInput, time: bigint): MarketInput {
  const times = timesOf(input), start = firstAtOrAfter(times, time), columns = Object.fromEntries(Object.entries(input.columns).filter(([name]) => name !== 'length').map(([name, values]) => [name, (values as Float64Array).subarray(start)]));
  return { ...input, columns };
}

function decisionsApart(long: Session, short: Session): Difference | undefined {
  const expected = tablesOfSession(long), actual = tablesOfSession(short);
  for (const stage of ['orders', 'fills']) {
    const a = withoutPositions(expected[stage]), b = withoutPositions(actual[stage]);
    const difference = firstDifference(stage, a, settled(stage, a, b, Object.fromEntries(Object.keys(b.schema).filter(name => b.schema[name] === 'f64').map(name => [`${stage}.${name}`, { relative: tolerance }]))));
    if (difference) return difference;
  }
  return undefined;
}

function withoutPositions({ schema, columns, length, texts = {} }: StageTable): ResultTable {
  const names = Object.keys(schema).filter(name => !positions.has(name));
  return resultTable(Object.fromEntries(names.map(name => [name, schema[name]])) as Schema, Object.fromEntries(names.filter(name => columns[name] !== undefined).map(name => [name, columns[name].slice(0, length)])), length, texts);
}

function columnsApart(long: Session, short: Session, from: bigint): DependentColumn[] {
  const found: DependentColumn[] = [];
  for (const stage of Object.keys(long.stages).filter(name => name.startsWith('engine '))) {
    const a = long.stages[stage], b = short.stages[stage], times = (a.columns.knownTime ?? long.timesOf(stage)) as BigInt64Array | undefined, others = (b.columns.knownTime ?? short.timesOf(stage)) as BigInt64Array | undefined;
    if (times === undefined || others === undefined) continue;
    const start = firstAtOrAfter(times, from, a.length), other = firstAtOrAfter(others, from, b.length), rows = Math.max(a.length - start, b.length - other);
    const isEvents = 'knownTime' in a.schema, names = isEvents ? ['kind', 'direction', 'level0', 'level1', 'value'] : Object.keys(a.schema);
    let worst = 0, last = from, name = '';
    const note = (column: string): void => {
      if (name !== '') found.push({ name: column, distance: worst, last });
      [worst, last, name] = [0, from, ''];
    };
    for (const column of names) {
      const x = a.columns[column] as Float64Array | undefined, y = b.columns[column] as Float64Array | undefined;
      if (x === undefined && y === undefined) continue;
      for (let i = 0; i < rows; i++) {
        const isThere = start + i < a.length && other + i < b.length, distance = isThere ? apart(Number(x?.[start + i] ?? NaN), Number(y?.[other + i] ?? NaN)) : Infinity;
        if (!(distance > tolerance)) continue;
        name = column;
        if (distance > worst) worst = distance;
        last = times[Math.min(start + i, a.length - 1)] ?? from;
      }
      if (!isEvents) note(`${stage.slice('engine '.length)}.${column}`);
    }
    if (isEvents) note(stage.slice('engine '.length));
  }
  return found;
}

function apart(a: number, b: number): number {
  if (a === b || (a !== a && b !== b)) return 0;
  return a !== a || b !== b ? Infinity : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
