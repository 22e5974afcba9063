/**
 * The journal of a run: everything that enters it, in order, written before it takes effect.
 *
 * A folder: `journal` (head, rows, clock events, the end), `executions.jsonl` (what went out, see `execution-file.ts`), `snapshot` and `stages/` (where to go on from
 * without replaying everything, see `checkpoint.ts`), `lock` (the process that writes). Replaying `journal` gives all of the rest again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, newColumn, type ColumnArray } from '@zanzibar/core';
import { decodeHead, type JournalFeed, type JournalHead } from './journal-head.ts';
import { headBytes, readRecords, RecordWriter, type FileRecord, type RecordsEnd } from './record-file.ts';

const headType = 1, rowType = 2, heldRowType = 3, clockType = 4, endType = 5;

/** When the journal waits for the disk. `effects`: before anything goes out; `always`: at every record; `never`: the operating system decides. */
export const syncPolicies = ['effects', 'always', 'never'] as const;
export type SyncPolicy = (typeof syncPolicies)[number];

export type JournalEntry =
  | { readonly kind: 'row' | 'heldRow'; readonly number: number; readonly feed: number; readonly payload: Uint8Array }
  | { readonly kind: 'clock'; readonly number: number; readonly time: bigint }
  | { readonly kind: 'end'; readonly number: number };

export function journalFile(folder: string): string {
  return join(folder, 'journal');
}

/** Is there a journal in this folder? */
export function hasJournal(folder: string): boolean {
  return existsSync(journalFile(folder));
}

/** Reads a journal from its beginning. Errors: DataError for damage, an unknown version, or a record that its head does not explain. */
export class JournalReader {
  readonly file: string;
  readonly head: JournalHead;
  private readonly records: Generator<FileRecord, RecordsEnd>;
  /** Known when all has been read. */
  end: RecordsEnd | undefined = undefined;

  constructor(folder: string) {
    this.file = journalFile(folder);
    if (!existsSync(this.file)) throw new DataError('there is no journal in this folder', { file: folder });
    this.records = readRecords(this.file);
    const first = this.records.next();
    if (first.done || first.value.type !== headType) throw new DataError('is no journal: its head is missing', { file: this.file });
    this.head = decodeHead(first.value.payload, this.file);
  }

  *entries(): Generator<JournalEntry> {
    const { records, head } = this;
    let hasEnded = false;
    for (let next = records.next(); ; next = records.next()) {
      if (next.done) {
        this.end = next.value;
        return;
      }
      const { number, type, channel, payload, offset } = next.value, feed = head.feeds[channel];
      if (hasEnded) throw this.unexplained(number, offset, 'follows the end of the run');
      if (type === rowType || type === heldRowType) {
        if (feed === undefined || payload.length !== 8 * Object.keys(feed.columns).length) throw this.unexplained(number, offset, 'is a row of no feed of the head');
        yield { kind: type === rowType ? 'row' : 'heldRow', number, feed: channel, payload };
      } else if (type === clockType && payload.length === 8) yield { kind: 'clock', number, time: new DataView(payload.buffer, payload.byteOffset).getBigInt64(0, true) };
      else if (type === endType) {
        hasEnded = true;
        yield { kind: 'end', number };
      } else throw this.unexplained(number, offset, `has the unknown type ${type}`);
    }
  }

  private unexplained(number: number, offset: number, what: string): DataError {
    return new DataError(`record ${number} ${what} (byte ${offset}); nothing was changed`, { file: this.file });
  }
}

/** Appends to a journal. */
export class JournalWriter {
  private readonly writer: RecordWriter;
  private readonly policy: SyncPolicy;
  private readonly codecs: readonly RowCodec[];

  constructor(folder: string, head: JournalHead, end: RecordsEnd, policy: SyncPolicy) {
    this.writer = new RecordWriter(journalFile(folder), end);
    this.policy = policy;
    this.codecs = head.feeds.map(feed => new RowCodec(feed));
  }

  /** A row is about to be pushed; `isHeld`: before the clock follows another bar of its time. */
  row(feed: number, columns: { readonly [column: string]: any }, at: number, isHeld: boolean): void {
    const codec = this.codecs[feed], { writer } = this;
    codec.encode(columns, at, writer.payload(codec.bytes), headBytes);
    writer.append(isHeld ? heldRowType : rowType, feed, codec.bytes);
    if (this.policy === 'always') writer.sync();
  }

  /** The clock is about to be advanced without a row. */
  clock(time: bigint): void {
    this.writer.payload(8).setBigInt64(headBytes, time, true);
    this.writer.append(clockType, 0, 8);
    if (this.policy === 'always') this.writer.sync();
  }

  /** The run is about to end. */
  end(): void {
    this.writer.append(endType, 0, 0);
    if (this.policy === 'always') this.writer.sync();
  }

  /** Something is about to go out. */
  beforeEffect(): void {
    if (this.policy === 'effects') this.writer.sync();
  }

  /** Waits for the disk whatever the policy, unless that is `never`. */
  sync(): void {
    if (this.policy !== 'never') this.writer.sync();
  }

  /** Records so far, the head among them. */
  get count(): number {
    return this.writer.count;
  }

  close(): void {
    this.writer.close();
  }
}

/** The record that begins a journal. */
export function headRecord(payload: Uint8Array): { readonly type: number; readonly payload: Uint8Array } {
  return { type: headType, payload };
}

/** Rows of one feed as bytes: eight for each value, integers of 64 bits as they are, everything else as a double. */
export class RowCodec {
  readonly bytes: number;
  private readonly names: readonly string[];
  private readonly isWhole: readonly boolean[];
  private readonly feed: JournalFeed;

  constructor(feed: JournalFeed) {
    this.feed = feed;
    this.names = Object.keys(feed.columns);
    this.isWhole = this.names.map(name => feed.columns[name] === 'i64' || feed.columns[name] === 'u64');
    this.bytes = 8 * this.names.length;
  }

  encode(columns: { readonly [column: string]: any }, at: number, view: DataView, from: number): void {
    const { names, isWhole } = this;
    for (let k = 0; k < names.length; k++) {
      if (isWhole[k]) view.setBigInt64(from + 8 * k, columns[names[k]][at], true);
      else view.setFloat64(from + 8 * k, columns[names[k]][at], true);
    }
  }

  /** Writes a row's values into position `at` of columns that have room for it. */
  decode(payload: Uint8Array, columns: { readonly [column: string]: any }, at: number): void {
    const { names, isWhole, feed } = this, view = new DataView(payload.buffer, payload.byteOffset);
    for (let k = 0; k < names.length; k++) {
      const name = names[k];
      if (!isWhole[k]) columns[name][at] = view.getFloat64(8 * k, true);
      else columns[name][at] = feed.columns[name] === 'u64' ? view.getBigUint64(8 * k, true) : view.getBigInt64(8 * k, true);
    }
  }

  /** The first column whose value in these bytes is not that of the row; undefined where all are. */
  difference(payload: Uint8Array, columns: { readonly [column: string]: any }, at: number): string | undefined {
    const { names, isWhole } = this, view = new DataView(payload.buffer, payload.byteOffset);
    for (let k = 0; k < names.length; k++) {
      const value = columns[names[k]][at];
      if (isWhole[k] ? view.getBigInt64(8 * k, true) !== BigInt.asIntN(64, value) : !Object.is(view.getFloat64(8 * k, true), value)) return names[k];
    }
    return undefined;
  }

  /** Empty columns for some rows. */
  room(rows: number): { [column: string]: ColumnArray } {
    return Object.fromEntries(this.names.map(name => [name, newColumn(this.feed.columns[name], rows)]));
  }
}
