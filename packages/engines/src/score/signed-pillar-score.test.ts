/** Oracle: the score from lists of what is known (packages/engines/test/reference/signed-pillars.ts); symmetry and order as properties. */
import { expect, test } from 'vitest';
import { eventKinds, randomStream, type RandomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { signedScore } from '../../test/reference/signed-pillars.ts';
import { signedPillarScore } from './signed-pillar-score.ts';

const names = ['qmo', 'imo', 'gann', 'astro', 'cycle', 'qmoReliability', 'imoReliability', 'gannReliability'] as const;
type Rows = { [N in (typeof names)[number]]: Float64Array };

/** Values a little beyond their range, and some NaN. */
function randomRows(random: RandomStream, rows: number): Rows {
  const value = (least: number): number => (random.uniform() < 0.15 ? NaN : least + (1.2 - least) * random.uniform());
  return Object.fromEntries(names.map((name, k) => [name, Float64Array.from({ length: rows }, () => value(k < 3 ? -1.2 : 0))])) as Rows;
}

engineLaws(test, signedPillarScore, {
  options: random => ({ threshold: random.integer(1, 6) / 10, leastCoverage: random.integer(0, 6) / 10, timingGain: random.integer(0, 4) / 16 }),
  data: (random, rows) => randomRows(random, rows),
  inputUnits: { qmo: 'signed', imo: 'signed', gann: 'signed' },
});

const rows = randomRows(randomStream(8, 'pillars'), 500);

test('score, coverage and signal are those of the reference', () => {
  const { score, coverage, signal } = signedPillarScore(rows);
  for (let i = 0; i < 500; i++) {
    const trust = (value: number): number => (Number.isNaN(value) ? 0 : Math.min(1, value));
    const expected = signedScore(
      [{ weight: 0.25, value: rows.qmo[i], reliability: trust(rows.qmoReliability[i]) }, { weight: 0.25, value: rows.imo[i], reliability: trust(rows.imoReliability[i]) }, { weight: 0.2, value: rows.gann[i], reliability: trust(rows.gannReliability[i]) }],
      [{ weight: 0.15, value: rows.astro[i], reliability: 1 }, { weight: 0.15, value: rows.cycle[i], reliability: 1 }], 0.25);
    expect([i, Math.abs(coverage[i] - expected.coverage) < 1e-12]).toEqual([i, true]);
    if (Number.isNaN(expected.score)) expect([i, score[i], signal[i]]).toEqual([i, NaN, 0]);
    else expect([i, Math.abs(score[i] - expected.score) < 1e-12]).toEqual([i, true]);
    if (Math.abs(Math.abs(score[i]) - 0.5) > 1e-9 && Math.abs(coverage[i] - 0.5) > 1e-9) expect([i, signal[i]]).toEqual([i, expected.coverage > 0.5 && Math.abs(expected.score) > 0.5 ? Math.sign(expected.score) : 0]);
  }
});

test('raising a directional pillar never lowers the score, raising a timing pillar never shrinks it', () => {
  const random = randomStream(9, 'monotone'), before = signedPillarScore(rows);
  for (const name of names.slice(0, 5)) {
    const raised = signedPillarScore({ ...rows, [name]: rows[name].map(value => value + 0.5 * random.uniform()) });
    for (let i = 0; i < 500; i++) {
      if (Number.isNaN(before.score[i])) continue;
      const gain = name === 'astro' || name === 'cycle' ? Math.abs(raised.score[i]) - Math.abs(before.score[i]) : raised.score[i] - before.score[i];
      expect([name, i, gain >= -1e-12]).toEqual([name, i, true]);
    }
  }
});

test('timing alone says nothing, and a missing pillar is not a pillar of 0', () => {
  const one = (value: number): Float64Array => Float64Array.of(value), timing = signedPillarScore({ astro: one(1), cycle: one(1) });
  expect([timing.score[0], timing.coverage[0], timing.signal[0]]).toEqual([NaN, 0, 0]);
  const alone = signedPillarScore({ qmo: one(0.8), imo: one(0.8) }), withZero = signedPillarScore({ qmo: one(0.8), imo: one(0.8), gann: one(0) });
  expect([alone.score[0] > withZero.score[0], alone.coverage[0] < withZero.coverage[0]]).toEqual([true, true]);
});

test('the example in the header holds; a signal is told when it turns to a side', () => {
  const { score, coverage, signal } = signedPillarScore({ qmo: Float64Array.of(0.8), imo: Float64Array.of(-0.2) });
  expect([score[0].toFixed(12), coverage[0].toFixed(12), signal[0]]).toEqual(['0.300000000000', (5 / 7).toFixed(12), 0]);
  const { events } = signedPillarScore({ qmo: Float64Array.of(0.9, 0.9, 0, 0.9, -0.9, NaN), imo: Float64Array.of(0.9, 0.9, 0, 0.9, -0.9, NaN) });
  expect([...events.kind].map((kind, k) => [eventKinds[kind], events.direction[k], events.knownRow[k]])).toEqual([['scoreSignal', 1, 0], ['scoreSignal', 1, 3], ['scoreSignal', -1, 4]]);
});

test('options out of range are refused by name', () => {
  const one = { qmo: new Float64Array(1) };
  expect(() => signedPillarScore(one, { timingGain: 0.5 })).toThrow(new RangeError('signedPillarScore: timingGain must be at most 0.25, was 0.5'));
  expect(() => signedPillarScore(one, { threshold: 0 })).toThrow(new RangeError('signedPillarScore: threshold must be above 0 and at most 1, was 0'));
  expect(() => signedPillarScore(one, { leastCoverage: 2 })).toThrow(new RangeError('signedPillarScore: leastCoverage must be at most 1, was 2'));
  expect(() => signedPillarScore(one, { qmoWeight: 0, imoWeight: 0, gannWeight: 0 })).toThrow(RangeError);
});
