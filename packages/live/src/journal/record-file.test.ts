/** Oracle: the format as its header describes it, with records made here byte by byte. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as ofNode } from 'node:zlib';
import { DataError, randomStream } from '@zanzibar/core';
import { crc32 } from '@zanzibar/core/io';
import { afterAll, describe, expect, test } from 'vitest';
import { firstRecord, headBytes, readRecords, recordBytes, RecordWriter, type RecordsEnd } from './record-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const payloads = [[1, 2, 3], [], [9, 8, 7, 6, 5, 4, 3, 2, 1], [255, 0, 255], [42]].map(bytes => Uint8Array.from(bytes));
let files = 0;

function make(bytes: Uint8Array = recordBytes(payloads.map((payload, type) => ({ type, payload })))): string {
  const file = join(folder, String(files++));
  writeFileSync(file, bytes);
  return file;
}

function read(file: string): { readonly payloads: number[][]; readonly end: RecordsEnd } {
  const found: number[][] = [], records = readRecords(file);
  for (let next = records.next(); ; next = records.next()) {
    if (next.done) return { payloads: found, end: next.value };
    found.push([...next.value.payload]);
  }
}

const expected = payloads.map(payload => [...payload]);
/** Where each record ends. */
const ends: number[] = [];
for (const { length } of payloads) ends.push((ends.at(-1) ?? firstRecord) + headBytes + length);

describe('records', () => {
  test('stand in the file as the header says', () => {
    const bytes = readFileSync(make()), view = new DataView(bytes.buffer, bytes.byteOffset), at = ends[1];
    expect(bytes.toString('latin1', 0, 8)).toBe('zanzibar');
    expect([view.getUint32(at, true), view.getUint16(at + 4, true), view.getUint16(at + 6, true)]).toEqual([9, 2, 0]);
    expect(view.getUint32(at + 8, true)).toBe((crc32(bytes.subarray(at, at + 8)) ^ 2) >>> 0);
    expect(view.getUint32(at + 12, true)).toBe((crc32(payloads[2]) ^ 2) >>> 0);
  });

  test("the checksum is Node's own, where this Node has it", ({ skip }) => {
    if (ofNode === undefined) skip('needs Node 22.2 or 20.15: node:zlib has no crc32');
    const random = randomStream(1, 'bytes'), bytes = Uint8Array.from({ length: 1000 }, () => random.integer(0, 255));
    for (const [from, to] of [[0, 1000], [3, 998], [5, 5], [7, 10]]) expect(crc32(bytes, from, to)).toBe(ofNode(bytes.subarray(from, to)));
  });

  test('appended one by one are those written at once', () => {
    const file = make(recordBytes([])), writer = new RecordWriter(file, { count: 0, length: firstRecord });
    payloads.forEach((payload, type) => {
      const view = writer.payload(payload.length);
      payload.forEach((byte, i) => view.setUint8(headBytes + i, byte));
      writer.append(type, 0, payload.length);
    });
    writer.close();
    expect(readFileSync(file)).toEqual(readFileSync(make()));
  });

  test('larger than the window that is read at a time come back whole', () => {
    const large = new Uint8Array(1_200_000).map((_, i) => (i * 7919) & 255), file = make(recordBytes([large, payloads[0], large].map(payload => ({ type: 1, payload }))));
    const found = read(file);
    expect(found.payloads.map(({ length }) => length)).toEqual([1_200_000, 3, 1_200_000]);
    expect(Buffer.compare(Buffer.from(found.payloads[2]), Buffer.from(large))).toBe(0);
  });
});

describe('a crash', () => {
  test('at every byte leaves the records before it, and the next writer cuts the rest off', () => {
    const whole = readFileSync(make());
    for (let size = firstRecord; size <= whole.length; size++) {
      const file = make(whole.subarray(0, size)), count = ends.filter(end => end <= size).length, length = count === 0 ? firstRecord : ends[count - 1], { payloads: found, end } = read(file);
      expect(found).toEqual(expected.slice(0, count));
      expect(end).toEqual({ count, length, torn: size - length });
      const writer = new RecordWriter(file, end);
      for (let k = count; k < payloads.length; k++) {
        const view = writer.payload(payloads[k].length);
        payloads[k].forEach((byte, i) => view.setUint8(headBytes + i, byte));
        writer.append(k, 0, payloads[k].length);
      }
      writer.close();
      expect(readFileSync(file)).toEqual(whole);
    }
  });

  test('of the machine may leave zeros behind the last record', () => {
    const file = make();
    appendFileSync(file, new Uint8Array(500));
    expect(read(file).end).toEqual({ count: payloads.length, length: ends.at(-1), torn: 500 });
  });
});

describe('damage', () => {
  test('of any bit behind the name is an error with file and byte, and never another content', () => {
    const whole = readFileSync(make());
    for (let at = 0; at < whole.length; at++) {
      const bytes = Uint8Array.from(whole), record = ends.findIndex(end => at < end), offset = record === 0 ? firstRecord : ends[record - 1];
      bytes[at] ^= 1 << (at & 7);
      const file = make(bytes);
      expect(() => read(file), `byte ${at}`).toThrow(DataError);
      if (at >= firstRecord) expect(() => read(file)).toThrow(`${file}: record ${record} ${at < offset + 12 && at < offset + headBytes - 4 ? 'has a damaged head' : 'is damaged: its checksum differs'} (byte ${offset})`);
      expect(readFileSync(file)).toEqual(Buffer.from(bytes));
    }
  });

  test('by a record that is missing or doubled is seen', () => {
    const whole = readFileSync(make()), [first, second, third] = ends;
    expect(() => read(make(Buffer.concat([whole.subarray(0, first), whole.subarray(second)])))).toThrow('record 1 has a damaged head');
    expect(() => read(make(Buffer.concat([whole.subarray(0, third), whole.subarray(second)])))).toThrow('record 3 has a damaged head');
  });

  test('a file of something else is called so', () => {
    expect(() => read(make(Buffer.from('time,bid,ask\n1,2,3\n')))).toThrow('is no journal or snapshot of zanzibar');
    const short = make();
    truncateSync(short, 5);
    expect(() => read(short)).toThrow('it has 5 bytes');
  });
});
