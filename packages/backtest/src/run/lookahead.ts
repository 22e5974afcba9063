/** Does a run see its future? Compares the run with the row-by-row run, which has none, and with runs whose future is poisoned. */
import { randomStream, roundToGrid, type GrowingTable } from '@zanzibar/core';
import { firstDifference, type Difference, type StageTable } from './differences.ts';
import type { MarketInput } from './market-input.ts';
import type { PreparedRun } from './prepare.ts';
import { firstAtOrAfter, replayGroups, replayRows, type Progress } from './replay.ts';
import type { Session } from './session.ts';

export interface LookaheadFinding {
  readonly test: 'row by row' | 'poisoned future' | 'repeated run';
  /** Of the poisoned run. */
  readonly seed: number | undefined;
  /** Last moment at which both futures were the same. */
  readonly until: bigint | undefined;
  readonly difference: Difference;
}

export interface LookaheadResult {
  readonly findings: readonly LookaheadFinding[];
  readonly poisonedRuns: number;
  readonly comparedRows: number;
}

/**
 * Runs whole, again, row by row, and `seeds` times with a future poisoned from a random row on, and compares every row of every stage, order, execution and fill.
 *
 * The findings name the first row and column that differ. A repeated run that differs reads a clock or draws unseeded randomness.
 */
export function* checkLookahead(run: PreparedRun, seeds: number, replace: (run: PreparedRun, data: readonly MarketInput[]) => PreparedRun): Generator<Progress, LookaheadResult> {
  const findings: LookaheadFinding[] = [], steps = seeds + 2 + rowByRowShare, whole = run.session();
  for (const _ of finish(whole, run)) yield [0, steps];
  yield [1, steps];
  const expected = tablesOfSession(whole);
  const note = (test: LookaheadFinding['test'], seed: number | undefined, until: bigint | undefined, difference: Difference | undefined): void => {
    if (difference) findings.push({ test, seed, until, difference: timed(difference, whole) });
  };
  const again = run.session();
  for (const _ of finish(again, run)) yield [1, steps];
  note('repeated run', undefined, undefined, compareAll(expected, tablesOfSession(again)));
  yield [2, steps];
  const single = run.session();
  for (const [done, total] of replayRows(single, run.data)) if (done % 5000 === 0) yield [2 + (rowByRowShare * done) / total, steps];
  note('row by row', undefined, undefined, compareAll(expected, tablesOfSession(single)));
  yield [2 + rowByRowShare, steps];
  for (let seed = 1; seed <= seeds; seed++) {
    const { data, until } = poison(run, seed), prepared = replace(run, data), poisoned = prepared.session();
    for (const _ of finish(poisoned, prepared)) yield [1 + rowByRowShare + seed, steps];
    note('poisoned future', seed, until, compareAll(expected, tablesOfSession(poisoned), known(whole, until)));
    yield [2 + rowByRowShare + seed, steps];
  }
  let comparedRows = 0;
  for (const stage in expected) comparedRows += expected[stage].length;
  return { findings, poisonedRuns: seeds, comparedRows };
}

/** How much longer than a whole run one row by row takes, for progress. */
const rowByRowShare = 6;
/** Rows of a group: large, so that a look into the future finds one; small enough to be interrupted between two. */
const groupRows = 500_000;

function finish(session: Session, run: PreparedRun): Generator<Progress> {
  return replayGroups(session, run.data, groupRows);
}

/** A difference with the time of its row, also in columns that have none of their own. */
function timed(difference: Difference, session: Session): Difference {
  const time = difference.time ?? (difference.stage in session.stages ? session.timesOf(difference.stage)?.[difference.row] : undefined);
  return time === undefined ? difference : { ...difference, time };
}

/** Every table of a run, by stage. */
export function tablesOfSession(session: Session): { readonly [stage: string]: StageTable } {
  const { orders, executions, fills } = session.simulator.output;
  return { ...session.stages, orders, executions, fills };
}

/** The first difference in the order of the stages, so that a cause is named before what follows from it. */
export function compareAll(expected: { readonly [stage: string]: StageTable }, actual: { readonly [stage: string]: StageTable }, rows?: { readonly [stage: string]: number }): Difference | undefined {
  for (const stage in expected) {
    const difference = firstDifference(stage, expected[stage], actual[stage], rows?.[stage]);
    if (difference) return difference;
  }
  return undefined;
}

/** Rows of each stage that were known at `until`. */
function known(session: Session, until: bigint): { readonly [stage: string]: number } {
  const counts: Record<string, number> = {}, { orders, executions, fills } = session.simulator.output;
  const count = (times: unknown, length: number): number => (times instanceof BigInt64Array ? firstAtOrAfter(times, until + 1n, length) : 0);
  for (const stage in session.stages) {
    const table: GrowingTable = session.stages[stage], { columns, length } = table, times = columns.knownTime ?? columns.closeTime ?? columns.time;
    counts[stage] = times ? count(times, length) : count(session.timesOf(stage), length);
  }
  // A bar that opens at `until` is known later, and what fills at its open has that time: the venue's rows count up to the time before.
  const first = session.setup.markets.some(({ kind }) => kind === 'bars') ? until : until + 1n;
  const atVenue = (times: unknown, length: number): number => (times instanceof BigInt64Array ? firstAtOrAfter(times, first, length) : 0);
  counts.orders = atVenue(orders.columns.decisionTime, orders.length);
  counts.executions = atVenue(executions.columns.time, executions.length);
  counts.fills = atVenue(fills.columns.time, fills.length);
  return counts;
}

/** The same rows up to a random one, then prices that nobody could expect; times stay, so that the poison is in what is read, not in when. */
function poison(run: PreparedRun, seed: number): { data: readonly MarketInput[]; until: bigint } {
  const random = randomStream(seed, 'poisoned future'), first = run.data[random.integer(0, run.data.length - 1)];
  const times = (first.kind === 'bars' ? first.columns.closeTime : first.columns.time) as BigInt64Array, until = times[random.integer(Math.floor((times.length - 1) / 10), Math.max(0, times.length - 2))];
  const data = run.data.map((input): MarketInput => {
    const known = (input.kind === 'bars' ? input.columns.closeTime : input.columns.time) as BigInt64Array, from = firstAtOrAfter(known, until + 1n), columns: Record<string, any> = { ...input.columns };
    const factor = 2 + random.integer(1, 7);
    for (const name of ['bid', 'ask', 'price', 'open', 'high', 'low', 'close', 'askOpen', 'askHigh', 'askLow', 'askClose', 'size', 'bidSize', 'askSize', 'volume', 'buyVolume', 'sellVolume']) {
      if (!(columns[name] instanceof Float64Array)) continue;
      const values: Float64Array = columns[name].slice();
      const isPrice = !/size$|volume$/i.test(name);
      for (let i = from; i < values.length; i += 3) values[i] = isPrice ? roundToGrid(input.instrument.priceGrid, values[i] * factor, 'nearest') : values[i] * factor;
      columns[name] = values;
    }
    return { ...input, columns };
  });
  return { data, until };
}
