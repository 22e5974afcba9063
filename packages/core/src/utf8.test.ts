import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

test('text becomes the bytes that TextEncoder gives, and comes back (oracle: TextEncoder)', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
    expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  }));
  expect(decodeUtf8(encodeUtf8('€ 1.38 𝛼 ü'))).toBe('€ 1.38 𝛼 ü');
});

test('half a surrogate pair and bytes that are no UTF-8 are refused with their place', () => {
  expect(() => encodeUtf8('ab\ud800c')).toThrow('text: half a surrogate pair at position 2');
  expect(() => encodeUtf8('\udc00')).toThrow('position 0');
  expect(() => decodeUtf8(Uint8Array.of(0x61, 0x80))).toThrow('text: no UTF-8 at byte 1');
  expect(() => decodeUtf8(Uint8Array.of(0xe2, 0x82))).toThrow('at byte 0');
});
