/** Oracle: the scores of one row, case by case (packages/engines/test/reference/analysis-packet.ts). */
import { expect, test } from 'vitest';
import { combine, parseTime, randomStream, type RandomStream } from '@zanzibar/core';
import { engineLaws } from '@zanzibar/core/testing';
import { packetOf } from '../../test/reference/analysis-packet.ts';
import { barCycles, gannAngles, gannConfluence, percentLevels, planetaryEphemeris, planetaryOutlook, squareOfNineLevels } from '../cycles/index.ts';
import { swings } from '../structure/swings.ts';
import { atr } from '../volatility/atr.ts';
import { analysisPacket } from './analysis-packet.ts';
import { fivePillarScore } from './five-pillar-score.ts';

function randomInputs(random: RandomStream, rows: number): { readonly [column: string]: Float64Array | Int32Array | Int8Array } {
  const column = (least: number, most: number): Float64Array => Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? NaN : least + (most - least) * random.uniform()));
  const counts = (most: number): Int32Array => Int32Array.from({ length: rows }, () => random.integer(0, most)), flags = (least: number): Int8Array => Int8Array.from({ length: rows }, () => random.integer(least, 1));
  return {
    icebergStrength: column(0, 12), absorptionSigned: column(-1.2, 1.2), heat: column(0, 110).map(value => Math.round(8 * value) / 8), delta: column(-50, 50), liquidityDistance: column(-4, 4), gannConfluence: counts(5), gannDirection: flags(-1),
    astroConfidence: column(0, 1), reversalWindow: flags(0), cycleHits: counts(2),
  };
}
engineLaws(test, analysisPacket, {
  options: random => ({ liquidityReach: random.integer(1, 5), gannFamilies: random.integer(1, 5), cyclePeriods: random.integer(1, 3) }),
  data: (random, rows) => randomInputs(random, rows),
  inputUnits: { absorptionSigned: 'signed', heat: 'oscillator', delta: 'signed', liquidityDistance: 'signed', gannDirection: 'direction' },
});

test('every score of random rows, with any of the inputs absent, is that of the reference', () => {
  const all = randomInputs(randomStream(3, 'packet'), 60), names = Object.keys(all);
  for (let left = 0; left < names.length; left++) {
    const given = Object.fromEntries(Object.entries(all).filter(([name]) => name !== names[left] && name !== names[(left * 3 + 1) % names.length])), found = analysisPacket(given);
    for (let i = 0; i < 60; i++) {
      const expected = packetOf(Object.fromEntries(Object.entries(given).map(([name, column]) => [name, column[i]])), 3, 3, 1);
      for (const score in expected) {
        const actual = found[score as 'qmo'][i];
        expect([score, i, Number.isNaN(expected[score]) ? Number.isNaN(actual) : Math.abs(actual - expected[score]) < 1e-12]).toEqual([score, i, true]);
      }
    }
  }
});

test('the example in the header holds: what is not wired is NaN, never 0', () => {
  const found = analysisPacket({ heat: Float64Array.of(10), delta: Float64Array.of(-5) });
  expect([found.orderFlow[0], found.qmo[0], found.qmoSigned[0]]).toEqual([0.8, 0.8, -0.8]);
  expect([found.iceberg[0], found.absorption[0], found.liquidity[0], found.gann[0], found.astro[0], found.cycle[0], found.imo[0], found.imoSigned[0], found.gannSigned[0]]).toEqual(Array(9).fill(NaN));
});

test('the strongest selling weighs as much as the strongest buying', () => {
  const { orderFlow, qmoSigned } = analysisPacket({ heat: Float64Array.of(100, 75, 50, 25, 0), delta: Float64Array.of(8, 4, 0, -4, -8) });
  expect([[...orderFlow], [...qmoSigned]]).toEqual([[1, 0.5, 0, 0.5, 1], [1, 0.5, 0, -0.5, -1]]);
});

test('its pillars feed the literal score as they stand', () => {
  const packet = analysisPacket({ heat: Float64Array.of(91), liquidityDistance: Float64Array.of(0.75), icebergStrength: Float64Array.of(8.5), absorptionSigned: Float64Array.of(0.78) });
  expect([packet.qmo[0].toFixed(12), packet.imo[0].toFixed(12)]).toEqual([((0.82 + 0.75) / 2).toFixed(12), ((0.85 + 0.78) / 2).toFixed(12)]);
  expect(fivePillarScore({ qmo: packet.qmo, imo: packet.imo, gann: packet.gann }).total[0]).toBeCloseTo(0.25 * packet.qmo[0] + 0.25 * packet.imo[0], 12);
});

test('cycle, Gann and astro come from their engines by wiring', async () => {
  const rows = 200, from = parseTime('2024-02-01'), ephemeris = await planetaryEphemeris({ from, to: parseTime('2024-09-01') }), random = randomStream(5, 'bars');
  let price = 100;
  const close = Float64Array.from({ length: rows }, () => (price += random.normal())), high = close.map(value => value + random.uniform()), low = close.map(value => value - random.uniform());
  const pipeline = combine({
    atr: [atr, 'bars'], swings: [swings, 'bars'], square: [squareOfNineLevels, 'bars', {}, { swings: 'swings.events' }], percent: [percentLevels, 'bars', {}, { swings: 'swings.events' }],
    angles: [gannAngles, 'bars', {}, { swings: 'swings.events', atr: 'atr/atr' }], cycles: [barCycles, 'bars', { tolerance: 1 }, { swings: 'swings.events' }], outlook: [planetaryOutlook, 'bars', { ephemeris }],
    confluence: [gannConfluence, 'bars', { tolerance: 1 }, { swings: 'swings.events', squareOfNine: 'square.levels', percent: 'percent.levels', atr: 'atr/atr', oneByOne: 'angles/oneByOne' }],
    packet: [analysisPacket, 'bars', {}, { gannConfluence: 'confluence/confluence', gannDirection: 'angles/direction', astroConfidence: 'outlook/confidence', reversalWindow: 'outlook/reversalWindow', cycleHits: 'cycles/hits' }],
    score: [fivePillarScore, 'bars', {}, { gann: 'packet/gann', astro: 'packet/astro', cycle: 'packet/cycle' }],
  });
  const { packet, confluence, cycles, outlook, score } = pipeline({ bars: { closeTime: BigInt64Array.from(close, (_, i) => from + BigInt(i) * 86_400_000_000_000n), high, low, close } });
  for (let i = 0; i < rows; i++) {
    expect([packet.gann[i], packet.cycle[i], packet.qmo[i]]).toEqual([Math.min(1, confluence.confluence[i] / 3), Math.min(1, cycles.hits[i]), NaN]);
    expect(packet.astro[i]).toBe(outlook.confidence[i] * (outlook.reversalWindow[i] === 1 ? 1 : 0.5));
    expect(score.total[i]).toBeCloseTo(0.2 * packet.gann[i] + 0.15 * packet.astro[i] + 0.15 * packet.cycle[i], 12);
  }
  expect(new Set(packet.gann).size).toBeGreaterThan(2);
});

test('options out of range are refused by name', () => {
  const one = { heat: new Float64Array(1) };
  expect(() => analysisPacket(one, { liquidityReach: 0 })).toThrow(new RangeError('analysisPacket: liquidityReach must be a positive number, was 0'));
  expect(() => analysisPacket(one, { gannFamilies: 0 })).toThrow(new RangeError('analysisPacket: gannFamilies must be a positive integer, was 0'));
});
