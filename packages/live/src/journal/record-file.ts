/**
 * A file of records that is only appended to, of which a crash can at most leave the last record unfinished.
 *
 * Format  `zanzibar` in ASCII, then records without gaps, all numbers little-endian: u32 length of the payload, u16 type, u16 channel, u32 check of these eight
 *         bytes, u32 check of the payload; then the payload. A check is CRC-32 exclusive-or the record's number (the first is 0), so a record that is missing,
 *         doubled or out of its place is seen as well as a changed bit.
 * Tail    What a crash leaves behind the last whole record is the beginning of one: less than a head, or a good head and too few bytes; or, where the power
 *         failed, zeros. It is cut off when the file is next written to. Anything else that is not a record is damage: DataError with file and byte offset.
 */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { DataError } from '@zanzibar/core';
import { crc32 } from '@zanzibar/core/io';

const magic: Uint8Array = Uint8Array.from('zanzibar', letter => letter.charCodeAt(0));
/** Bytes before a record's payload. */
export const headBytes = 16;
/** Where the first record begins. */
export const firstRecord: number = magic.length;
/** Bytes read at a time. */
const window = 1 << 20;

export interface FileRecord {
  readonly number: number;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly type: number;
  readonly channel: number;
  /** Valid until the next record is read. */
  readonly payload: Uint8Array;
}

/** What follows the last whole record. */
export interface RecordsEnd {
  readonly count: number;
  /** Bytes up to the end of the last whole record. */
  readonly length: number;
  /** Bytes behind it. */
  readonly torn: number;
}

/** Reads records from the beginning and returns where the whole ones end. Errors: DataError for damage, with file and offset. */
export function* readRecords(file: string): Generator<FileRecord, RecordsEnd> {
  const descriptor = openSync(file, 'r');
  try {
    const total = fstatSync(descriptor).size, reader = new Window(descriptor, total);
    const begin = reader.bytes(0, Math.min(magic.length, total));
    for (let i = 0; i < begin.length; i++) if (begin[i] !== magic[i]) throw new DataError('is no journal or snapshot of zanzibar', { file });
    if (total < magic.length) throw new DataError(`is no journal or snapshot of zanzibar: it has ${total} bytes`, { file });
    let offset = firstRecord, count = 0;
    while (total - offset >= headBytes) {
      const head = reader.bytes(offset, headBytes), view = new DataView(head.buffer, head.byteOffset, headBytes), length = view.getUint32(0, true);
      if (view.getUint32(8, true) !== checkOf(head, 0, 8, count)) {
        if (reader.isZero(offset)) break;
        throw damage(file, offset, `record ${count} has a damaged head`);
      }
      if (offset + headBytes + length > total) break;
      const type = view.getUint16(4, true), channel = view.getUint16(6, true), check = view.getUint32(12, true), payload = reader.bytes(offset + headBytes, length);
      if (check !== checkOf(payload, 0, length, count)) throw damage(file, offset, `record ${count} is damaged: its checksum differs`);
      yield { number: count, offset, type, channel, payload };
      offset += headBytes + length;
      count++;
    }
    return { count, length: offset, torn: total - offset };
  } finally {
    closeSync(descriptor);
  }
}

function damage(file: string, offset: number, what: string): DataError {
  return new DataError(`${what} (byte ${offset}); nothing was changed`, { file });
}

function checkOf(bytes: Uint8Array, from: number, to: number, number: number): number {
  return (crc32(bytes, from, to) ^ number) >>> 0;
}

/** A part of a file in memory. */
class Window {
  private readonly descriptor: number;
  private readonly total: number;
  private held: Uint8Array = new Uint8Array(0);
  private from = 0;

  constructor(descriptor: number, total: number) {
    this.descriptor = descriptor;
    this.total = total;
  }

  /** Bytes `[from, from + count)` of the file, which must be there. */
  bytes(from: number, count: number): Uint8Array {
    if (from < this.from || from + count > this.from + this.held.length) this.read(from, count);
    return this.held.subarray(from - this.from, from - this.from + count);
  }

  private read(from: number, count: number): void {
    const size = Math.min(Math.max(window, count), this.total - from), held = new Uint8Array(size);
    for (let done = 0; done < size; ) {
      const read = readSync(this.descriptor, held, done, size - done, from + done);
      if (read === 0) throw new RangeError('the file became shorter while it was read');
      done += read;
    }
    this.held = held;
    this.from = from;
  }

  /** Is everything from here on zero? */
  isZero(from: number): boolean {
    for (let at = from; at < this.total; at += window) {
      const part = this.bytes(at, Math.min(window, this.total - at));
      for (let i = 0; i < part.length; i++) if (part[i] !== 0) return false;
    }
    return true;
  }
}

/** Appends records; each is handed to the operating system whole before `append` returns. */
export class RecordWriter {
  readonly file: string;
  private readonly descriptor: number;
  private buffer: Uint8Array = new Uint8Array(1024);
  private view: DataView = new DataView(this.buffer.buffer);
  private number: number;
  private length: number;
  private isSynced = true;

  /** Goes on behind the `count` whole records that fill the first `length` bytes; what follows them is cut off. */
  constructor(file: string, { count, length }: Pick<RecordsEnd, 'count' | 'length'>) {
    this.file = file;
    this.descriptor = openSync(file, 'r+');
    this.number = count;
    this.length = length;
    if (fstatSync(this.descriptor).size > length) ftruncateSync(this.descriptor, length);
  }

  /** A view of `length` bytes to be filled with the next payload. */
  payload(length: number): DataView {
    if (headBytes + length > this.buffer.length) {
      this.buffer = new Uint8Array(2 * (headBytes + length));
      this.view = new DataView(this.buffer.buffer);
    }
    return this.view;
  }

  /** Appends a record of the first `length` bytes behind `headBytes` of the view that `payload` gave. */
  append(type: number, channel: number, length: number): void {
    const { buffer, view, number } = this, size = headBytes + length;
    view.setUint32(0, length, true);
    view.setUint16(4, type, true);
    view.setUint16(6, channel, true);
    view.setUint32(8, checkOf(buffer, 0, 8, number), true);
    view.setUint32(12, checkOf(buffer, headBytes, size, number), true);
    writeWhole(this.descriptor, buffer, size, this.length);
    this.number++;
    this.length += size;
    this.isSynced = false;
  }

  /** Records so far. */
  get count(): number {
    return this.number;
  }

  /** Waits until the disk has everything. */
  sync(): void {
    if (!this.isSynced) fdatasyncSync(this.descriptor);
    this.isSynced = true;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Writes all bytes at a position; where the disk has no room for them, the file is as it was before. */
export function writeWhole(descriptor: number, bytes: Uint8Array, size: number, position: number): void {
  let done = 0;
  try {
    while (done < size) done += writeSync(descriptor, bytes, done, size - done, position + done);
  } catch (error) {
    if (done > 0) ftruncateSync(descriptor, position);
    throw error;
  }
}

/** The bytes of a file of records, for those that are written at once. */
export function recordBytes(records: readonly { readonly type: number; readonly payload: Uint8Array }[]): Uint8Array {
  const bytes = new Uint8Array(records.reduce((sum, { payload }) => sum + headBytes + payload.length, magic.length)), view = new DataView(bytes.buffer);
  bytes.set(magic);
  let at = magic.length;
  records.forEach(({ type, payload }, number) => {
    view.setUint32(at, payload.length, true);
    view.setUint16(at + 4, type, true);
    view.setUint32(at + 8, checkOf(bytes, at, at + 8, number), true);
    view.setUint32(at + 12, checkOf(payload, 0, payload.length, number), true);
    bytes.set(payload, at + headBytes);
    at += headBytes + payload.length;
  });
  return bytes;
}
