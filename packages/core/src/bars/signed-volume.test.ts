// Oracle: signs worked by hand from the definition of the tick rule; the bars of mlfinpy check it on recorded trades (volume-bars.test.ts, imbalance-bars.test.ts).
import { expect, test } from 'vitest';
import { signedVolume } from './signed-volume.ts';

const price = Float64Array.of(5, 5, 6, NaN, 6, 4, 4),
  size = Float64Array.of(1, 2, 3, 4, NaN, 5, 6),
  side = Int8Array.of(-1, 0, 0, 1, -1, 0, 1);

test('signed volume carries the sign of the last change of price', () => {
  const signed = signedVolume({ price, size });
  expect([Array.from(signed.side), Array.from(signed.signedVolume)]).toEqual([
    [0, 0, 1, 0, 1, -1, -1],
    [0, 0, 3, NaN, NaN, -5, -6],
  ]);
  expect(Array.from(signedVolume({ price }).signedVolume)).toEqual([0, 0, 1, NaN, 1, -1, -1]);
});

test('signed volume takes the aggressor of the venue where there is one', () => {
  expect(Array.from(signedVolume({ price, size, side }, { sign: 'aggressor' }).side)).toEqual([-1, -1, 1, 0, -1, -1, 1]);
  expect(Array.from(signedVolume({ price, size, side }).side)).toEqual([0, 0, 1, 0, 1, -1, -1]);
});

test('signed volume knows two rules', () => {
  expect(() => signedVolume.resolve({ sign: 'quote' as never })).toThrow('signedVolume: sign must be one of tickRule, aggressor, was quote');
});
