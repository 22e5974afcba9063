/** A run with a journal: what enters is written down before it takes effect, what goes out goes out once, and a crash at any point loses and doubles nothing. */
import { mkdirSync, readdirSync } from 'node:fs';
import { DataError, nonNegativeInteger } from '@zanzibar/core';
import { Simulator, type Execution, type ExecutionTail, type PreparedRun, type Session } from '@zanzibar/backtest';
import { readSnapshot, writeAtOnce, writeSnapshot, writeStages, type Snapshot } from '../journal/checkpoint.ts';
import { ExecutionFile, executionLine } from '../journal/execution-file.ts';
import { hasJournal, headRecord, journalFile, JournalReader, JournalWriter, RowCodec, type JournalEntry } from '../journal/journal.ts';
import { checkSameRun, encodeHead, headOf, type JournalFeed, type JournalHead } from '../journal/journal-head.ts';
import { checkLock, releaseLock, takeLock } from '../journal/journal-lock.ts';
import { readRecords, recordBytes, type RecordsEnd } from '../journal/record-file.ts';
import { rowsFrom, type StagePart } from '../journal/stage-rows.ts';
import type { LivePoint, LiveSettings } from './live-settings.ts';

/**
 * Runs a prepared run row by row behind a journal.
 *
 * Order    a row or clock event is handed to the operating system, then applied, then what it caused is sent (`executions.jsonl`); under the policy `effects` the
 *          disk has the journal before anything is sent.
 * Restart  the constructor reads the journal, refuses it where it is damaged or of another run, restores the snapshot, applies what came after it, and sends what
 *          had not gone out. Rows that the journal holds are not to be pushed again: `rows` counts them.
 * Errors   DataError for a damaged journal or one of another run, strategy or version, with file and place: nothing on disk is changed then.
 *
 * @example
 * const runner = new LiveRunner(prepareRun(strategy, settings), { folder: 'out/paper' });
 * runner.row(0, { time: BigInt64Array.of(time), bid: Float64Array.of(1.38701), ask: Float64Array.of(1.38713) }, 0);
 * runner.end();
 */
export class LiveRunner {
  readonly session: Session;
  readonly head: JournalHead;
  readonly folder: string;
  /** By feed, the rows that have been pushed. */
  readonly rows: number[];
  /** Time of the last row or clock event. */
  reached: bigint | undefined = undefined;
  hasEnded = false;
  /** Records that a restart took from the journal: those before the snapshot, those applied after it, and the bytes of a torn one. */
  readonly recovered: { readonly restored: number; readonly applied: number; readonly torn: number };
  private readonly journal: JournalWriter;
  private readonly executions: ExecutionFile;
  private readonly simulator: Simulator;
  private readonly tail: ExecutionTail;
  private readonly markets: number;
  private readonly isSynced: boolean;
  private readonly snapshotEvery: number;
  private readonly onPoint: ((point: LivePoint, record: number) => void) | undefined;
  private saved: { [stage: string]: number } = {};
  private checkpoint = 0;
  private snapshotAt = 0;
  private isHeld = false;

  constructor(run: PreparedRun, settings: LiveSettings) {
    const { folder, sync = 'effects', snapshotEvery = 50_000, sourceHash = '', file = '' } = settings;
    nonNegativeInteger('live runner: snapshotEvery', snapshotEvery);
    this.folder = folder;
    this.isSynced = sync !== 'never';
    this.snapshotEvery = snapshotEvery;
    this.onPoint = settings.onPoint;
    this.markets = run.markets.length;
    this.head = headOf(run, sourceHash, file);
    this.rows = this.head.feeds.map(() => 0);
    const end = hasJournal(folder) ? this.inspect(settings) : undefined, snapshot = end === undefined ? undefined : this.usableSnapshot(end);
    let simulator: Simulator | undefined;
    this.session = run.session(true, setup => (simulator = new Simulator(setup)));
    this.simulator = simulator!;
    const isWhole = this.hasEnded && snapshot !== undefined && snapshot.records === end!.count;
    // Before anything is written: what cannot be restored stays as it is.
    if (snapshot && !isWhole) this.session.restore(snapshot.session);
    if (snapshot) {
      this.saved = { ...snapshot.saved };
      this.checkpoint = snapshot.checkpoint;
      this.snapshotAt = snapshot.records;
    }
    const position = end ?? this.create();
    takeLock(folder);
    this.journal = new JournalWriter(folder, this.head, position, sync);
    this.executions = new ExecutionFile(folder);
    this.tail = this.simulator.executionTail();
    if (end !== undefined && !isWhole) this.recover(snapshot?.records ?? 0);
    this.recovered = { restored: snapshot?.records ?? 0, applied: position.count - Math.max(1, snapshot?.records ?? 0), torn: end?.torn ?? 0 };
    this.sendNew();
    if (this.hasEnded && !isWhole) this.takeSnapshot();
  }

  /** Reads everything that a journal holds and changes nothing. */
  private inspect({ folder, onJournalRow }: LiveSettings): RecordsEnd {
    checkLock(folder);
    const reader = new JournalReader(folder), { feeds } = this.head;
    checkSameRun(reader.head, this.head, reader.file);
    const codecs = feeds.map(feed => new RowCodec(feed)), rows = codecs.map(codec => codec.room(1));
    for (const entry of reader.entries()) {
      if (entry.kind === 'clock') this.reached = entry.time;
      else if (entry.kind === 'end') this.hasEnded = true;
      else {
        onJournalRow?.(entry.feed, entry.payload, entry.number);
        codecs[entry.feed].decode(entry.payload, rows[entry.feed], 0);
        this.rows[entry.feed]++;
        this.reached = knownTime(feeds[entry.feed], rows[entry.feed], 0);
      }
    }
    return reader.end!;
  }

  /** The snapshot, unless it contains more than the journal has: the power failed under `never`, and the journal counts. */
  private usableSnapshot({ count }: RecordsEnd): Snapshot | undefined {
    const snapshot = readSnapshot(this.folder, this.head);
    return snapshot !== undefined && snapshot.records <= count ? snapshot : undefined;
  }

  private create(): RecordsEnd {
    const { folder } = this;
    mkdirSync(folder, { recursive: true });
    checkLock(folder);
    // A folder in which a first start died before its journal stood.
    const others = readdirSync(folder).filter(name => name !== 'lock' && !/^\.\d+\.tmp$/.test(name));
    if (others.length > 0) throw new DataError(`is not empty and holds no journal (it has ${others[0]}): name another folder`, { file: folder });
    writeAtOnce(journalFile(folder), recordBytes([headRecord(encodeHead(this.head))]), this.isSynced);
    const records = readRecords(journalFile(folder));
    for (let next = records.next(); ; next = records.next()) if (next.done) return next.value;
  }

  /** Applies what the journal holds from record `from` on. */
  private recover(from: number): void {
    const codecs = this.head.feeds.map(feed => new RowCodec(feed)), rows = codecs.map(codec => codec.room(1));
    for (const entry of new JournalReader(this.folder).entries()) {
      if (entry.number < from) continue;
      this.replay(entry, codecs, rows);
      this.sendNew();
    }
  }

  private replay(entry: JournalEntry, codecs: readonly RowCodec[], rows: readonly { [column: string]: any }[]): void {
    if (entry.kind === 'clock') this.session.advance(entry.time);
    else if (entry.kind === 'end') this.session.finish();
    else {
      codecs[entry.feed].decode(entry.payload, rows[entry.feed], 0);
      this.apply(entry.feed, rows[entry.feed], 0, entry.kind === 'heldRow');
    }
  }

  /** Row `at` of these columns has come from a feed of the head; `isHeld`: another bar of the same time is about to come, before which the clock must not run. */
  row(feed: number, columns: { readonly [column: string]: any }, at: number, isHeld: boolean = false): void {
    this.refuseEnded();
    const { journal, onPoint } = this;
    journal.row(feed, columns, at, isHeld);
    onPoint?.('journalled', journal.count);
    this.apply(feed, columns, at, isHeld);
    this.rows[feed]++;
    this.reached = knownTime(this.head.feeds[feed], columns, at);
    this.passed();
  }

  /** It is `time`, and no row has come: bars that are due close. Not for markets of bars, whose own closing times are the clock. */
  clock(time: bigint): void {
    this.refuseEnded();
    this.journal.clock(time);
    this.onPoint?.('journalled', this.journal.count);
    this.session.advance(time);
    this.reached = time;
    this.passed();
  }

  /** The end of the run: the strategy is told, orders are cancelled, positions marked. Nothing can follow. */
  end(): void {
    this.refuseEnded();
    this.journal.end();
    this.onPoint?.('journalled', this.journal.count);
    this.hasEnded = true;
    this.session.finish();
    this.onPoint?.('applied', this.journal.count);
    this.sendNew();
    this.takeSnapshot();
  }

  /** Leaves the journal so that another process can go on with it at once. */
  close(): void {
    if (!this.hasEnded && this.snapshotAt < this.journal.count && !this.isHeld) this.takeSnapshot();
    this.journal.close();
    this.executions.close();
    releaseLock(this.folder);
  }

  private apply(feed: number, columns: { readonly [column: string]: any }, at: number, isHeld: boolean): void {
    const { session, head } = this;
    if (feed < this.markets) session.push(feed, columns, at, at + 1);
    else session.pushCustom(head.feeds[feed].name, columns, at, at + 1);
    this.isHeld = isHeld;
    if (!isHeld) session.advance(knownTime(head.feeds[feed], columns, at));
  }

  private passed(): void {
    const { count } = this.journal;
    this.onPoint?.('applied', count);
    this.sendNew();
    if (this.snapshotEvery > 0 && count - this.snapshotAt >= this.snapshotEvery && !this.isHeld) this.takeSnapshot();
  }

  /** Sends the executions that have not gone out. */
  private sendNew(): void {
    let execution: Execution | undefined = this.tail.next();
    if (execution === undefined) return;
    const lines: string[] = [];
    for (; execution !== undefined; execution = this.tail.next()) if (!this.executions.hasSent(execution)) lines.push(executionLine(execution));
    if (lines.length === 0) return;
    this.journal.beforeEffect();
    this.onPoint?.('decided', this.journal.count);
    this.executions.send(lines);
    this.onPoint?.('sent', this.journal.count);
  }

  private takeSnapshot(): void {
    const { folder, head, session, isSynced, journal } = this, { orders, executions, fills, equity } = this.simulator.output, checkpoint = this.checkpoint + 1;
    const tables: { readonly [stage: string]: StagePart } = { ...session.stages, orders, executions, fills, equity };
    const parts = Object.fromEntries(Object.entries(tables).map(([stage, table]) => [stage, rowsFrom(table, this.saved[stage] ?? 0)]));
    const saved = Object.fromEntries(Object.entries(parts).map(([stage, { base, length }]) => [stage, base + length]));
    journal.sync();
    if (isSynced) this.executions.sync();
    writeStages(folder, head, checkpoint, parts, isSynced);
    this.onPoint?.('stages', journal.count);
    writeSnapshot(folder, head, { checkpoint, records: journal.count, saved, session: session.snapshot() }, isSynced);
    this.onPoint?.('snapshot', journal.count);
    for (const stage in session.stages) session.stages[stage].dropBefore(saved[stage]);
    this.saved = saved;
    this.checkpoint = checkpoint;
    this.snapshotAt = journal.count;
  }

  private refuseEnded(): void {
    if (this.hasEnded) throw new RangeError('live runner: the run has ended, its journal takes nothing more');
  }
}

function knownTime({ kind }: JournalFeed, columns: { readonly [column: string]: any }, at: number): bigint {
  return (kind === 'bars' ? columns.closeTime : columns.time)[at] as bigint;
}
