/** Does what ran live equal the backtest? Replays a journal's rows through the batch path and compares every stage with what the live run wrote down. */
import { tableDigest, type ColumnArray, type CreateHasher, type SourceColumns } from '@zanzibar/core';
import { describeDifference, firstDifference, prepareRun, Simulator, tablesOfSession, type AnyStrategy, type Difference, type MarketInput, type PreparedRun, type Session, type StageTable } from '@zanzibar/backtest';
import { readSnapshot, readStages } from '../journal/checkpoint.ts';
import { executionLine, readExecutions } from '../journal/execution-file.ts';
import { JournalReader, RowCodec } from '../journal/journal.ts';
import type { JournalHead } from '../journal/journal-head.ts';
import { joinParts } from '../journal/stage-rows.ts';

/** What a journal holds, as columns. */
export interface JournalContent {
  readonly head: JournalHead;
  /** By feed. */
  readonly feeds: readonly { readonly columns: { readonly [column: string]: ColumnArray }; readonly length: number }[];
  readonly clockEvents: number;
  readonly records: number;
  /** Bytes of a torn last record. */
  readonly torn: number;
  readonly hasEnded: boolean;
  /** Up to where the run got; undefined before the first row. */
  readonly reached: bigint | undefined;
}

export function readJournal(folder: string): JournalContent {
  const reader = new JournalReader(folder), { head } = reader, codecs = head.feeds.map(feed => new RowCodec(feed));
  const feeds = codecs.map(codec => ({ columns: codec.room(1024), length: 0, room: 1024 }));
  let clockEvents = 0, hasEnded = false, reached: bigint | undefined;
  for (const entry of reader.entries()) {
    if (entry.kind === 'end') hasEnded = true;
    else if (entry.kind === 'clock') {
      clockEvents++;
      reached = entry.time;
    } else {
      const feed = feeds[entry.feed];
      if (feed.length === feed.room) {
        const grown = codecs[entry.feed].room((feed.room *= 2));
        for (const name in grown) (grown[name] as Float64Array).set(feed.columns[name] as Float64Array);
        feed.columns = grown;
      }
      codecs[entry.feed].decode(entry.payload, feed.columns, feed.length);
      const known = (head.feeds[entry.feed].kind === 'bars' ? feed.columns.closeTime : feed.columns.time) as BigInt64Array;
      if (entry.kind === 'row') reached = known[feed.length];
      feed.length++;
    }
  }
  const exact = feeds.map(({ columns, length }) => ({ length, columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.subarray(0, length)])) }));
  return { head, feeds: exact, clockEvents, records: reader.end!.count, torn: reader.end!.torn, hasEnded, reached };
}

/** The journal's run over the journal's rows, in one block: what a backtest of them is. */
export function backtestOfJournal({ head, feeds, hasEnded, reached }: JournalContent, strategy: AnyStrategy): { readonly run: PreparedRun; readonly session: Session; readonly simulator: Simulator } {
  const { parameters, options, quality, from, to } = head;
  const data = head.markets.map(({ interval, ...market }, k): MarketInput => ({ ...market, columns: feeds[k].columns as SourceColumns, ...(interval > 0 ? { interval } : {}) }));
  const run = prepareRun(strategy, { data, parameters: parameters as never, options, quality, from, to });
  let simulator: Simulator | undefined;
  const session = run.session(true, setup => (simulator = new Simulator(setup)));
  feeds.forEach(({ columns, length }, k) => {
    if (length === 0) return;
    if (k < head.markets.length) session.push(k, columns as SourceColumns, 0, length);
    else session.pushCustom(head.feeds[k].name, columns as SourceColumns, 0, length);
  });
  if (hasEnded) session.finish();
  else if (reached !== undefined) session.advance(reached);
  return { run, session, simulator: simulator! };
}

export interface Verification {
  readonly stages: readonly { readonly stage: string; readonly rows: number; readonly live: string; readonly backtest: string }[];
  /** From the backtest to the live run. */
  readonly difference: Difference | undefined;
  readonly executions: { readonly sent: number; readonly expected: number; readonly difference: string | undefined };
  /** Does the live run's record reach as far as the journal? It does not where the run was killed: the rest is known from its executions only. */
  readonly isWhole: boolean;
}

/** Compares a live run's stages and executions with those of the backtest of its journal. Changes nothing. */
export function verifyJournal(folder: string, content: JournalContent, session: Session, simulator: Simulator, createHasher?: CreateHasher): Verification {
  const { head, hasEnded, records } = content, snapshot = readSnapshot(folder, head), live = joinParts(readStages(folder, head, snapshot?.checkpoint ?? 0));
  const expected: { readonly [stage: string]: StageTable } = { ...tablesOfSession(session), equity: simulator.output.equity }, stages: Verification['stages'][number][] = [];
  const digest = ({ schema, columns, texts }: StageTable, length: number): string => tableDigest(schema, columns, { length, ...(texts ? { texts } : {}), ...(createHasher ? { createHasher } : {}) });
  const isWhole = snapshot?.records === records;
  let difference: Difference | undefined;
  for (const stage in live) {
    const rows = live[stage].length, table = expected[stage];
    stages.push({ stage, rows, live: digest(live[stage], rows), backtest: digest(table, Math.min(rows, table.length)) });
    difference ??= firstDifference(stage, table, live[stage], isWhole ? undefined : rows);
  }
  return { stages, difference, executions: compareExecutions(folder, simulator, hasEnded && isWhole), isWhole };
}

/** What went out against what the backtest says: of a run that was killed the last of it may be missing. */
function compareExecutions(folder: string, simulator: Simulator, mustBeAll: boolean): Verification['executions'] {
  const { lines } = readExecutions(folder), tail = simulator.executionTail();
  let expected = 0, difference: string | undefined;
  for (let next = tail.next(); next !== undefined; next = tail.next()) {
    const line = executionLine(next), sent = lines[expected++];
    if (sent !== line && difference === undefined && (sent !== undefined || mustBeAll)) difference = `executions, row ${expected - 1}: ${line} became ${sent ?? 'no row'}`;
  }
  if (lines.length > expected) difference ??= `executions, row ${expected}: no row became ${lines[expected]}`;
  return { sent: lines.length, expected, difference };
}

/** The first stage and row that differ, in words; undefined where nothing does. */
export function describeVerification({ difference, executions }: Verification): string | undefined {
  return difference ? describeDifference(difference) : executions.difference;
}
