import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { decodeLz4Frames } from './lz4-frame.ts';

const lz4js = createRequire(import.meta.url)('lz4js') as { compress(data: Uint8Array): Uint8Array };
const header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82],
  end = [0, 0, 0, 0];
const frame = (...block: number[]): Uint8Array => Uint8Array.of(...header, block.length & 255, block.length >> 8, 0, 0, ...block, ...end);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (of: string): number[] => [...new TextEncoder().encode(of)];

describe('frames made by hand (oracle: LZ4 Block Format Description)', () => {
  test('literals, a match that repeats its own output, and literals at the end', () => {
    expect(text(decodeLz4Frames(frame(0x31, ...bytes('abc'), 3, 0, 0x10, ...bytes('z'))))).toBe('abcabcabz');
  });

  test('counts of 15 and more go on in further bytes', () => {
    const long = 'x'.repeat(15 + 255 + 7);
    expect(text(decodeLz4Frames(frame(0xf0, 255, 7, ...bytes(long))))).toBe(long);
    // 1 literal, then a match of 4 + 15 + 3 at distance 1.
    expect(text(decodeLz4Frames(frame(0x1f, ...bytes('a'), 1, 0, 3, 0x10, ...bytes('b'))))).toBe(`${'a'.repeat(23)}b`);
  });

  test('stored blocks, checksums, a content size, skippable frames and several frames in a row are passed over or joined', () => {
    const stored = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x7c, 0x40, 3, 0, 0, 0, 0, 0, 0, 0, 0x77, 3, 0, 0, 0x80, ...bytes('abc'), 1, 2, 3, 4, ...end, 9, 9, 9, 9);
    const skipped = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2);
    expect(text(decodeLz4Frames(Uint8Array.of(...stored, ...skipped, ...frame(0x30, ...bytes('def')))))).toBe('abcdef');
    expect(decodeLz4Frames(new Uint8Array(0))).toHaveLength(0);
  });
});

test('what lz4js packs comes back, easy and hard to pack, in one block or many', () => {
  const stream = randomStream(7, 'lz4');
  for (const [length, values] of [[1, 2], [1000, 1], [70_000, 3], [70_000, 256], [300_000, 5], [5_000_000, 40]]) {
    const data = Uint8Array.from({ length }, (_, i) => (i % 4096 < 2048 ? stream.uniform() * values : i % values));
    expect(Buffer.compare(decodeLz4Frames(lz4js.compress(data)), data), `${length} bytes of ${values} values`).toBe(0);
  }
});

describe('damage', () => {
  test('frames that are none, end early, need a dictionary, or reach out of their memory are refused', () => {
    const whole = frame(0x31, ...bytes('abc'), 3, 0, 0x10, ...bytes('z'));
    expect(() => decodeLz4Frames(Uint8Array.of(1, 2, 3, 4, 5))).toThrow('lz4: there is no frame at byte 0');
    for (const cut of [5, 7, 12, whole.length - 1]) expect(() => decodeLz4Frames(whole.slice(0, cut)), `cut at ${cut}`).toThrow(/ends early|no known version/);
    expect(() => decodeLz4Frames(frame(0x31, ...bytes('abc'), 4, 0, 0x10, ...bytes('z')))).toThrow('lies outside of what is there');
    expect(() => decodeLz4Frames(frame(0x31, ...bytes('abc'), 0, 0, 0x10, ...bytes('z')))).toThrow('lies outside of what is there');
    expect(() => decodeLz4Frames(frame(0x50, ...bytes('abc')))).toThrow('go beyond their block');
    expect(() => decodeLz4Frames(Uint8Array.of(...header.slice(0, 4), 0x61, 0x40, 0x82, ...end))).toThrow('needs a dictionary');
  });

  test('a small block cannot ask for more than its frame allows', () => {
    const bomb = frame(0x1f, 97, 1, 0, ...Array.from({ length: 200 }, () => 255), 0, 0x10, 98),
      small = decodeLz4Frames(bomb);
    expect(small).toHaveLength(1 + 4 + 15 + 200 * 255 + 1);
    const large = Uint8Array.of(...header, 0x34, 1, 0, 0, 0x1f, 97, 1, 0, ...Array.from({ length: 302 }, () => 255), 0, 0x10, ...end);
    expect(() => decodeLz4Frames(large)).toThrow('lies outside of what is there');
  });
});
