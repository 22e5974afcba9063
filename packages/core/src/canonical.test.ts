import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CanonicalValue, decodeCanonical, encodeCanonical } from './canonical.ts';
import { hexadecimal } from './sha256.ts';

const leaf = fc.oneof(
  fc.constant(null), fc.boolean(), fc.double(), fc.bigInt(), fc.string({ unit: 'grapheme' }), fc.float64Array(), fc.float32Array(), fc.int8Array(),
  fc.uint8Array(), fc.uint8ClampedArray(), fc.int16Array(), fc.uint16Array(), fc.int32Array(), fc.uint32Array(), fc.bigInt64Array(), fc.bigUint64Array(),
);
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true })),
}));

describe('canonical bytes', () => {
  test('give every plain value back, and the same bytes again', () => {
    fc.assert(fc.property(value, original => {
      const bytes = encodeCanonical(original), back = decodeCanonical(bytes);
      expect(back).toEqual(original);
      expect(encodeCanonical(back)).toEqual(bytes);
    }), { numRuns: 400 });
  });

  test('are these, written out by hand', () => {
    expect(hexadecimal(encodeCanonical({ a: 1, b: [true, null], c: 'ü', d: Int16Array.of(-2) }))).toBe(
      ['01', '08 04000000', '01000000 61', '03 000000000000f03f', '01000000 62', '07 02000000 02 00', '01000000 63', '05 02000000 c3bc',
        '01000000 64', '06 05 01000000 feff'].join('').replaceAll(' ', ''));
    expect(hexadecimal(encodeCanonical(-255n))).toBe('0104030000002d6666');
  });

  test('keep the declared order of fields and tell -0 from 0, but know one NaN', () => {
    expect(encodeCanonical({ a: 1, b: 2 })).not.toEqual(encodeCanonical({ b: 2, a: 1 }));
    expect(Object.keys(decodeCanonical(encodeCanonical({ b: 2, a: 1 })) as object)).toEqual(['b', 'a']);
    expect(Object.is(decodeCanonical(encodeCanonical(-0)), -0)).toBe(true);
    const other = new Float64Array(2);
    new Uint32Array(other.buffer).set([1, 0xfff80001]);
    expect(encodeCanonical(other)).toEqual(encodeCanonical(Float64Array.of(NaN, 0)));
    expect(encodeCanonical(other[0])).toEqual(encodeCanonical(NaN));
  });

  test('copy what they read: changing the bytes later changes no value, and views take only their part', () => {
    const bytes = encodeCanonical(new Float64Array(8).fill(7).subarray(2, 4)), back = decodeCanonical(bytes) as Float64Array;
    bytes.fill(0);
    expect([...back]).toEqual([7, 7]);
  });

  test('a field called __proto__ is a field', () => {
    const original = JSON.parse('{"__proto__":{"x":1}}') as CanonicalValue;
    expect(Object.keys(decodeCanonical(encodeCanonical(original)) as object)).toEqual(['__proto__']);
  });
});

describe('what has no canonical bytes', () => {
  test('is refused with its path', () => {
    class Position {
      size = 1;
    }
    for (const [bad, message] of [
      [{ a: [0, undefined] }, 'canonical: state.a[1] is undefined'], [{ f: () => 0 }, 'state.f is a function'], [{ deep: [{ cache: new Map() }] }, 'state.deep[0].cache is a Map'],
      [new Position(), 'state is a Position'], [{ when: new Date(0) }, 'state.when is a Date'], [[Symbol('x')], 'state[0] is a symbol'],
      [{ view: new DataView(new ArrayBuffer(1)) }, 'state.view is a DataView'], [{ s: '\ud800' }, 'state.s holds text: half a surrogate pair'],
      [{ [Symbol('x')]: 1 }, 'state is an object with symbols'],
    ] as const) expect(() => encodeCanonical(bad, 'state')).toThrow(message);
  });

  test('a value that contains itself is refused, one that occurs twice is not', () => {
    const loop: { self?: unknown } = {};
    loop.self = [loop];
    expect(() => encodeCanonical(loop, 'state')).toThrow('canonical: state.self[0] contains itself');
    const shared = { x: 1 };
    expect(decodeCanonical(encodeCanonical([shared, shared]))).toEqual([shared, shared]);
  });

  test('damaged bytes are refused', () => {
    const bytes = encodeCanonical({ a: [1, 2], b: Float64Array.of(1), c: 'text', d: 5n });
    for (let length = 0; length < bytes.length; length++) expect(() => decodeCanonical(bytes.subarray(0, length))).toThrow(/cut short|too many|unknown/);
    expect(() => decodeCanonical(Uint8Array.of(1, 0, 0))).toThrow('canonical: 1 bytes too many');
    expect(() => decodeCanonical(Uint8Array.of(9, 0))).toThrow('bytes are of format version 9, this is version 1');
    expect(() => decodeCanonical(Uint8Array.of(1, 77))).toThrow('unknown tag 77 at byte 1');
  });
});

test('decodeCanonical reads bytes that are a view into a larger buffer, as Buffers of Node are', () => {
  const value = { numbers: Float64Array.of(1, 2, 3), bytes: Uint8Array.of(7, 8) }, bytes = encodeCanonical(value), pool = Buffer.alloc(bytes.length + 16, 255);
  pool.set(bytes, 5);
  expect(decodeCanonical(pool.subarray(5, 5 + bytes.length))).toEqual(value);
});
