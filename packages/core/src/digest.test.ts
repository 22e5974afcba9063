import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ColumnHasher, TableHasher, columnDigest, combineDigests, tableDigest } from './digest.ts';
import { orderSchema, quoteSchema } from './schemas.ts';
import { hexadecimal } from './sha256.ts';

const node = (): ReturnType<typeof createHash> => createHash('sha256');
const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function entry(name: string, type: string, digest: string): Buffer {
  const text = (value: string): Buffer[] => [Buffer.from(Uint32Array.of(Buffer.byteLength(value)).buffer), Buffer.from(value)];
  return Buffer.concat([...text(name), ...text(type), Buffer.from(digest, 'hex')]);
}

describe('a column digest', () => {
  test('is SHA-256 of the little-endian bytes (oracle: node:crypto over the array)', () => {
    for (const [type, values] of [
      ['f64', Float64Array.of(1.5, -2, 1e300)], ['f32', Float32Array.of(1.5, -2)], ['i8', Int8Array.of(1, -1, 0)], ['i64', BigInt64Array.of(-1n, 5n)],
      ['u64', BigUint64Array.of(1n << 63n)], ['i32', Int32Array.of(-7, 0)], ['u8', Uint8Array.of(9)], ['i16', Int16Array.of(-9)], ['u32', Uint32Array.of(9)],
    ] as const) expect(columnDigest(type, values)).toBe(sha(new Uint8Array(values.buffer)));
  });

  test('knows one NaN and one zero', () => {
    const other = new Float64Array(1);
    new Uint32Array(other.buffer).set([1, 0xfff80001]);
    expect(other[0]).toBeNaN();
    expect(columnDigest('f64', Float64Array.of(-0, other[0], 3))).toBe(columnDigest('f64', Float64Array.of(0, NaN, 3)));
    expect(columnDigest('f64', other)).toBe(sha(Buffer.from('000000000000f87f', 'hex')));
    const small = new Float32Array(1);
    new Uint32Array(small.buffer).set([0xffc00001]);
    expect(columnDigest('f32', small)).toBe(sha(Buffer.from('0000c07f', 'hex')));
  });

  test('is of the text, not of the codes', () => {
    const expected = sha(Buffer.concat([Buffer.from('03000000', 'hex'), Buffer.from('buy'), Buffer.from('ffffffff', 'hex'), Buffer.from('02000000', 'hex'), Buffer.from('ü'), Buffer.from('00000000', 'hex')]));
    expect(columnDigest('text', Int32Array.of(0, -1, 1, 2), ['buy', 'ü', ''])).toBe(expected);
    expect(columnDigest('text', Int32Array.of(2, -1, 0, 1), ['ü', '', 'buy'])).toBe(expected);
    expect(() => columnDigest('text', Int32Array.of(1), ['buy'])).toThrow('has code 1 in row 0 but no such text');
  });

  test('is the same in any pieces, with defaults first, with either hasher', () => {
    const values = fc.array(fc.oneof(fc.constant(0), fc.constant(NaN), fc.double()), { maxLength: 30 });
    fc.assert(fc.property(fc.integer({ min: 0, max: 5000 }), values, fc.nat(30), (zeros, some, cut) => {
      const column = new Float64Array(zeros + some.length), at = Math.min(column.length, cut + zeros);
      column.set(some, zeros);
      const pieces = new ColumnHasher('x', 'f64', node);
      pieces.update(column, 0, at);
      pieces.update(column, at);
      expect(hexadecimal(pieces.digest())).toBe(columnDigest('f64', column));
    }));
  });

  test('refuses another type and rows that do not exist', () => {
    expect(() => columnDigest('f64', new Float32Array(1))).toThrow('digest: column "" must be of type f64');
    expect(() => new ColumnHasher('bid', 'f64').update(new Float64Array(2), 0, 3)).toThrow('column "bid" has 2 rows, rows 0 to 3 were asked for');
  });
});

describe('a table digest', () => {
  const columns = { time: BigInt64Array.of(1n, 2n), bid: Float64Array.of(1.1, 1.2), ask: Float64Array.of(1.2, 1.3) };

  test('is SHA-256 of names, types and digests in order of name (oracle: written out with node:crypto)', () => {
    const parts = [
      entry('ask', 'f64', sha(new Uint8Array(columns.ask.buffer))), entry('bid', 'f64', sha(new Uint8Array(columns.bid.buffer))),
      entry('time', 'i64', sha(new Uint8Array(columns.time.buffer))),
    ];
    expect(tableDigest(quoteSchema, columns)).toBe(sha(Buffer.concat(parts)));
  });

  test('absent, default and added default columns change nothing', () => {
    const digest = tableDigest(quoteSchema, columns);
    expect(tableDigest(quoteSchema, { ...columns, bidSize: Float64Array.of(NaN, NaN), eventTime: new BigInt64Array(2) })).toBe(digest);
    expect(tableDigest({ ...quoteSchema, added: 'f64' }, { ...columns, added: Float64Array.of(-0, 0) })).toBe(digest);
    expect(tableDigest({ zz: 'text', ...quoteSchema, added: 'i8' }, { ...columns, added: new Int8Array(2), zz: Int32Array.of(-1, -1) })).toBe(digest);
    expect(tableDigest(quoteSchema, { ...columns, bidSize: Float64Array.of(NaN, 0) })).not.toBe(digest);
  });

  test('a constant is what its rows would be', () => {
    const schema = { ...quoteSchema, symbol: 'text' } as const;
    const written = { ...columns, bidSize: Float64Array.of(5, 5), eventTime: BigInt64Array.of(7n, 7n), symbol: Int32Array.of(0, 0) };
    const stored = { ...columns, bidSize: 5, eventTime: 7n, symbol: 'EURUSD' };
    expect(tableDigest(schema, stored)).toBe(tableDigest(schema, written, { texts: { symbol: ['EURUSD'] } }));
  });

  test('any split into blocks gives the same digest, also where a block lacks a column', () => {
    fc.assert(fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 60 }), fc.nat(60), fc.constantFrom(undefined, node), (bids, cut, createHasher) => {
      const bid = Float64Array.from(bids), bidSize = bid.map((value, i) => (i < cut ? NaN : value)), at = Math.min(cut, bid.length);
      const hasher = new TableHasher(quoteSchema, { createHasher });
      hasher.update({ bid }, 0, at);
      hasher.update({ bid: bid.subarray(at), bidSize: bidSize.subarray(at) }, 0, bid.length - at);
      expect(hasher.digest()).toBe(tableDigest(quoteSchema, { bid, bidSize }));
    }));
  });

  test('leaves out what is excluded, and length cuts spare capacity', () => {
    const orders = { orderId: Float64Array.of(0, 1, 99), tag: Int32Array.of(0, 1, 0) };
    const texts = { tag: ['a', 'b'] };
    expect(tableDigest(orderSchema, orders, { length: 2, texts, exclude: ['tag'] })).toBe(tableDigest(orderSchema, { orderId: Float64Array.of(0, 1) }));
    expect(tableDigest(orderSchema, orders, { length: 2, texts })).not.toBe(tableDigest(orderSchema, { orderId: Float64Array.of(0, 1) }));
  });

  test('one changed last bit is another digest', () => {
    const bid = columns.bid.slice();
    bid[1] += Number.EPSILON;
    expect(bid[1]).not.toBe(columns.bid[1]);
    expect(tableDigest(quoteSchema, { ...columns, bid })).not.toBe(tableDigest(quoteSchema, columns));
  });
});

test('digests combine by name, not by order', () => {
  const orders = sha('orders'), fills = sha('fills');
  expect(combineDigests({ orders, fills })).toBe(combineDigests({ fills, orders }));
  expect(combineDigests({ orders, fills })).toBe(sha(Buffer.concat([entry('fills', 'digest', fills), entry('orders', 'digest', orders)])));
  expect(() => combineDigests({ orders: 'x' })).toThrow('digest: "orders" must be 64 hexadecimal digits, was "x"');
});

test('NaN and -0 count as one far behind clean rows, in memory of one\'s own and in shared memory (oracle: a column that holds their canonical values)', () => {
  const rows = 150_000, make = (memory: ArrayBuffer | SharedArrayBuffer): Float64Array => Float64Array.from({ length: rows }, (_, i) => i + 0.5).reduce((all, value, i) => { all[i] = value; return all; }, new Float64Array(memory as ArrayBuffer));
  const clean = make(new ArrayBuffer(8 * rows)), given = make(new ArrayBuffer(8 * rows)), shared = make(new SharedArrayBuffer(8 * rows));
  clean[140_000] = 0;
  clean[140_001] = NaN;
  for (const column of [given, shared]) {
    column[140_000] = -0;
    new Uint32Array(column.buffer)[2 * 140_001] = 5;
    new Uint32Array(column.buffer)[2 * 140_001 + 1] = 0xfff80000;
    expect(column[140_001]).toBeNaN();
    expect(columnDigest('f64', column)).toBe(columnDigest('f64', clean));
  }
  const singles = Float32Array.from(clean), negative = singles.slice();
  negative[140_000] = -0;
  expect(columnDigest('f32', negative)).toBe(columnDigest('f32', singles));
  expect(columnDigest('f64', given.subarray(1000))).toBe(columnDigest('f64', clean.slice(1000)));
});

test('texts longer and shorter than what is gathered give the digest of their bytes in a row (oracle: SHA-256 of the bytes)', () => {
  const texts = ['a', 'x'.repeat(20_000), 'bc', ''], codes = Int32Array.from({ length: 9000 }, (_, i) => (i === 4000 ? 1 : i % 5 === 0 ? -1 : (i % 3) + (i % 3 > 0 ? 1 : 0))), bytes: number[] = [];
  for (const code of codes) {
    if (code < 0) bytes.push(255, 255, 255, 255);
    else bytes.push(texts[code].length & 255, texts[code].length >> 8, 0, 0, ...Buffer.from(texts[code]));
  }
  expect(columnDigest('text', codes, texts)).toBe(createHash('sha256').update(Uint8Array.from(bytes)).digest('hex'));
});
