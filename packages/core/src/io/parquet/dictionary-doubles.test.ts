import { expect, test } from 'vitest';
import { randomStream } from '../../random.ts';
import { Bytes } from './bytes.ts';
import { decodeDictionaryDoubles, widestIndex } from './dictionary-doubles.ts';
import { decodeRuns } from './hybrid.ts';

/** Bits one by one, least significant first, as the format's text says; the oracle of the unpacking loops. */
function pack(indices: readonly number[], width: number): number[] {
  const groups = Math.ceil(indices.length / 8),
    bytes = Array.from({ length: groups * width }, () => 0);
  indices.forEach((index, k) => {
    for (let b = 0; b < width; b++) if ((index >> b) & 1) bytes[(k * width + b) >> 3] |= 1 << ((k * width + b) & 7);
  });
  return [groups * 2 + 1, ...bytes];
}

function bytesOf(values: readonly number[]): Bytes {
  const bytes = new Bytes(values.length);
  bytes.u8.set(values);
  return bytes;
}

test('values by packed and by repeated indices of any width are those that the bits name, oracle: bits packed one by one', () => {
  const random = randomStream(11, 'dictionary doubles');
  for (let width = 0; width <= widestIndex; width++) {
    const limit = Math.min(1 << width, 5000),
      dictionary = Float64Array.from({ length: limit }, (_, k) => k / 7),
      indices: number[] = [],
      stream: number[] = [];
    for (let run = 0; run < 12; run++) {
      const count = random.integer(1, 60);
      if (run % 3 === 2) {
        const index = random.integer(0, limit - 1);
        stream.push(count * 2, ...Array.from({ length: (width + 7) >> 3 }, (_, k) => (index >> (8 * k)) & 255));
        for (let k = 0; k < count; k++) indices.push(index);
      } else {
        const packed = Array.from({ length: 8 * Math.ceil(count / 8) }, () => random.integer(0, limit - 1));
        stream.push(...pack(packed, width));
        indices.push(...packed);
      }
    }
    // The last run may hold more than is wanted.
    const wanted = indices.length - random.integer(0, 5),
      input = bytesOf([99, ...stream]),
      out = new Float64Array(wanted + 3).fill(-1),
      plain = new Int32Array(wanted);
    decodeDictionaryDoubles(input, 1, 1 + stream.length, width, wanted, dictionary, limit, out, 2);
    expect([...out]).toEqual([-1, -1, ...indices.slice(0, wanted).map((k) => dictionary[k]), -1]);
    decodeRuns(input, 1, 1 + stream.length, width, wanted, limit, plain);
    expect([...plain]).toEqual(indices.slice(0, wanted));
  }
});

test('an index that the dictionary does not have, and runs that end too soon, are refused', () => {
  const dictionary = Float64Array.of(1, 2, 3),
    out = new Float64Array(16);
  for (const bad of [0, 7, 8, 15]) {
    const indices = Array.from({ length: 16 }, () => 2);
    indices[bad] = 3;
    const stream = pack(indices, 2);
    expect(() => decodeDictionaryDoubles(bytesOf(stream), 0, stream.length, 2, 16, dictionary, 3, out, 0)).toThrow(
      'an index of it is beyond the 3 values of the dictionary',
    );
  }
  expect(() => decodeDictionaryDoubles(bytesOf([8, 3]), 0, 2, 2, 4, dictionary, 3, out, 0)).toThrow(
    'its index 3 is beyond the 3 values of the dictionary',
  );
  const stream = pack(Array.from({ length: 16 }, () => 1), 2);
  expect(() => decodeDictionaryDoubles(bytesOf(stream), 0, stream.length - 1, 2, 16, dictionary, 3, out, 0)).toThrow('its runs are cut short');
});
