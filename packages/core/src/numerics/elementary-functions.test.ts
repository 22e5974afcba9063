// Oracle: program oracles/elementary/expected.json
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { hexadecimal, sha256 } from '../sha256.ts';
import { exponential } from './exponential.ts';
import { exponentialLessOne } from './exponential-less-one.ts';
import { logarithm } from './logarithm.ts';
import { logarithmOfOnePlus } from './logarithm-of-one-plus.ts';
import { cosine, sine } from './sine-cosine.ts';

const functions = { logarithm, logarithmOfOnePlus, exponential, exponentialLessOne, sine, cosine };
type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

type Point = readonly [x: number, nearest: number, left: number];
const points = JSON.parse(readFileSync(new URL('../../../../oracles/elementary/expected.json', import.meta.url), 'utf8')) as { readonly [name in Name]: readonly Point[] };

/** The distance to the next number away from 0. */
function lastPlace(value: number): number {
  const numbers = Float64Array.of(Math.abs(value)), bits = new BigUint64Array(numbers.buffer), magnitude = numbers[0];
  bits[0]++;
  return numbers[0] - magnitude;
}

describe('errors in units of the last place', () => {
  test.each([
    ['logarithm', 795, 0.73], ['logarithmOfOnePlus', 887, 0.66], ['exponential', 767, 0.72], ['exponentialLessOne', 986, 0.71], ['sine', 972, 0.65], ['cosine', 972, 0.59],
  ] as const)('%s is within 1 of the value of mpmath at %d points, and as near as it was when it was written', (name, count, measured) => {
    const errors = points[name].map(([x, nearest, left]) => Math.abs((functions[name](x) - nearest) / lastPlace(nearest) - left));
    expect(errors.length).toBe(count);
    expect(Math.max(...errors)).toBeLessThan(1);
    expect(Math.max(...errors)).toBeLessThan(measured);
    // Most are the nearest number itself.
    expect(points[name].filter(([x, nearest]) => functions[name](x) === nearest).length).toBeGreaterThan(0.9 * count);
  });
});

describe('special values', () => {
  test.each([
    ['logarithm', [[0, -Infinity], [-0, -Infinity], [1, 0], [-1, NaN], [-5e-324, NaN], [Infinity, Infinity], [-Infinity, NaN], [2, Math.LN2], [5e-324, -744.4400719213812]]],
    ['logarithmOfOnePlus', [[0, 0], [-0, -0], [-1, -Infinity], [-1.0000000000000002, NaN], [Infinity, Infinity], [-Infinity, NaN], [5e-324, 5e-324], [-5e-324, -5e-324]]],
    ['exponential', [[0, 1], [-0, 1], [1, Math.E], [Infinity, Infinity], [-Infinity, 0], [709.782712893384, 1.7976931348622732e308], [709.7827128933841, Infinity], [-745.1332191019411, 5e-324], [-745.1332191019412, 0], [5e-324, 1]]],
    ['exponentialLessOne', [[0, 0], [-0, -0], [Infinity, Infinity], [-Infinity, -1], [-1000, -1], [1000, Infinity], [5e-324, 5e-324], [-5e-324, -5e-324]]],
    ['sine', [[0, 0], [-0, -0], [Infinity, NaN], [-Infinity, NaN], [5e-324, 5e-324], [Math.PI, 1.2246467991473532e-16], [1e22, -0.8522008497671888], [-1e22, 0.8522008497671888]]],
    ['cosine', [[0, 1], [-0, 1], [Infinity, NaN], [-Infinity, NaN], [Math.PI, -1], [1e22, 0.523214785395139], [-1e22, 0.523214785395139]]],
  ] as const)('%s', (name, rows) => {
    expect(functions[name](NaN)).toBeNaN();
    for (const [x, expected] of rows) expect([x, functions[name](x)]).toEqual([x, expected]);
  });
});

test('the examples in the headers hold', () => {
  expect([exponential(0.5), logarithm(2), logarithmOfOnePlus(0.5), exponentialLessOne(1e-10), sine(1), cosine(1)]).toEqual([
    1.6487212707001282, Math.LN2, 0.4054651081081644, 1.00000000005e-10, 0.8414709848078965, 0.5403023058681398,
  ]);
});

test('powers of two have their exact logarithms, and rise and fall as they must', () => {
  for (let k = -1074, power = 5e-324; k <= 1023; k++, power *= 2) expect(Math.abs(logarithm(power) - k * Math.LN2)).toBeLessThanOrEqual(lastPlace(k * Math.LN2));
  let falls = 0;
  for (let k = -7000; k < 7000; k++) {
    if (!(exponential((k + 1) / 10) >= exponential(k / 10))) falls++;
    if (k > 0 && !(logarithm((k + 1) / 10) > logarithm(k / 10))) falls++;
  }
  expect(falls).toBe(0);
});

test('sine and cosine are odd and even, and their squares sum to 1', () => {
  const stream = randomStream(1, 'angles');
  for (let k = 0; k < 5000; k++) {
    const x = (stream.uniform() - 0.5) * (k % 2 === 0 ? 20 : 1e7);
    expect([sine(-x), cosine(-x)]).toEqual([-sine(x), cosine(x)]);
    expect(Math.abs(sine(x) * sine(x) + cosine(x) * cosine(x) - 1)).toBeLessThan(5e-16);
  }
});

/** SHA-256 of the values at 20,000 numbers of all magnitudes and 20,000 near 1, made of random integers without a function of Math. */
function frozen(name: Name): string {
  const stream = randomStream(20261121, name), words = new Uint32Array(40_000), numbers = new Float64Array(words.buffer);
  words.forEach((_, i) => (words[i] = stream.bits()));
  const values = Float64Array.from({ length: 40_000 }, (_, i) => functions[name](i < 20_000 ? numbers[i] : (stream.bits() / 4_294_967_296 - 0.25) * 8));
  // NaN has many patterns of bits, of which machines choose.
  const isKnown = values.filter((value) => value === value);
  return hexadecimal(sha256(new Uint8Array(isKnown.buffer, isKnown.byteOffset, isKnown.byteLength)));
}

test('the bits are those of the first run, on every machine and version of Node', () => {
  expect(names.map((name) => `${name} ${frozen(name).slice(0, 16)}`)).toEqual([
    'logarithm c5155571561d4ec5', 'logarithmOfOnePlus 3cdf1bad21091161', 'exponential 8ef526d6bd602a47', 'exponentialLessOne 0aee77c365f6d431', 'sine fe9e46f98c4eb719',
    'cosine c0236f381fe7c9db',
  ]);
});
