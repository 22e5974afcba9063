import { describe, expect, test } from 'vitest';
import { generateSchematic, schematics, type SchematicOptions } from '../index.ts';

const make = (options: Partial<SchematicOptions> = {}): ReturnType<typeof generateSchematic> => generateSchematic({ schematic: 'accumulation', seed: 3, ...options });

describe.each(schematics)('%s', schematic => {
  const { bars, labels } = make({ schematic }), { event, direction, row } = labels, first = schematic === 'accumulation' || schematic === 'redistribution' ? 1 : -1, last = schematic.endsWith('cumulation') ? 1 : -1;
  test('every bar is a bar: high and low enclose open and close, open is the close before, volumes are whole', () => {
    for (let i = 0; i < bars.close.length; i++) {
      expect(bars.high[i]).toBeGreaterThanOrEqual(Math.max(bars.open[i], bars.close[i]));
      expect(bars.low[i]).toBeLessThanOrEqual(Math.min(bars.open[i], bars.close[i]));
      if (i > 0) expect(bars.open[i]).toBe(bars.close[i - 1]);
      expect(Number.isInteger(bars.volume[i]) && bars.volume[i] > 0).toBe(true);
      expect(bars.closeTime[i] - bars.openTime[i]).toBe(3_600_000_000_000n);
    }
  });
  test('events come in the order of the method, against the trend first and the way out last', () => {
    const places = ['preliminarySupport', 'climax', 'automaticRally', 'secondaryTest', 'spring', 'springTest', 'signOfStrength', 'lastPointOfSupport', 'markup'].map(name => event.indexOf(name));
    expect(places.every((at, k) => at >= 0 && (k === 0 || at > places[k - 1]))).toBe(true);
    expect([...row]).toEqual([...row].sort((a, b) => a - b));
    expect([direction[event.indexOf('climax')], direction[event.indexOf('automaticRally')], direction[event.indexOf('spring')], direction[event.indexOf('markup')]]).toEqual([first, first, last, last]);
  });
  test('a label names the extreme or the close of its bar; the climax has the most extreme price up to the automatic rally, and most of the volume around it', () => {
    const climax = row[event.indexOf('climax')], rally = row[event.indexOf('automaticRally')], side = first > 0 ? bars.low : bars.high;
    for (let i = 0; i <= rally; i++) expect(first * side[i]).toBeGreaterThanOrEqual(first * side[climax]);
    expect(labels.price[event.indexOf('climax')]).toBe(side[climax]);
    const usual = [...bars.volume.subarray(climax - 60, climax - 12)].sort((a, b) => a - b)[24];
    expect(bars.volume[climax]).toBeGreaterThan(3 * usual);
    const markup = event.indexOf('markup');
    expect(labels.price[markup]).toBe(bars.close[row[markup]]);
  });
  test('the spring leaves the range and the sign of strength closes beyond it, on the other side', () => {
    const [a, b] = [row[event.indexOf('climax')], row[event.indexOf('automaticRally')]], upper = Math.max(bars.high[a], bars.high[b]), lower = Math.min(bars.low[a], bars.low[b]);
    const spring = row[event.indexOf('spring')], strength = row[event.indexOf('markup')];
    if (last > 0) expect([bars.low[spring] < lower, bars.close[strength] > upper]).toEqual([true, true]);
    else expect([bars.high[spring] > upper, bars.close[strength] < lower]).toEqual([true, true]);
  });
});

test('the same seed gives the same bits, another seed others; noise moves no label', () => {
  expect(make()).toEqual(make());
  expect([...make({ seed: 4 }).bars.close]).not.toEqual([...make().bars.close]);
  const quiet = make(), loud = make({ noise: 1, volumeNoise: 1 });
  expect([...loud.labels.row]).toEqual([...quiet.labels.row]);
  expect([...loud.bars.close]).not.toEqual([...quiet.bars.close]);
});

test('noise has the deviation that was asked for, in mean absolute moves of the quiet closes from climax to markup', () => {
  const deviations = Array.from({ length: 40 }, (_, seed) => {
    const quiet = make({ seed }), loud = make({ seed, noise: 0.5 }), { row, event } = quiet.labels, from = row[event.indexOf('climax')], to = row[event.indexOf('markup')];
    let move = 0, square = 0;
    for (let i = from + 1; i <= to; i++) move += Math.abs(quiet.bars.close[i] - quiet.bars.close[i - 1]) / (to - from);
    for (let i = 0; i < quiet.bars.close.length; i++) square += ((loud.bars.close[i] - quiet.bars.close[i]) * (loud.bars.close[i] - quiet.bars.close[i])) / quiet.bars.close.length;
    return Math.sqrt(square) / move;
  });
  expect(deviations.reduce((sum, value) => sum + value, 0) / 40).toBeCloseTo(0.5, 1);
  for (const deviation of deviations) expect(Math.abs(deviation - 0.5)).toBeLessThan(0.1);
});

test('volume noise moves that share of the volumes and keeps them all; prices stay', () => {
  const quiet = make(), half = make({ volumeNoise: 0.5 }), { volume } = quiet.bars, moved = volume.filter((value, i) => value !== half.bars.volume[i]).length;
  expect([...half.bars.volume].sort()).toEqual([...volume].sort());
  expect(Math.abs(moved / volume.length - 0.5)).toBeLessThan(0.02);
  expect([...half.bars.close]).toEqual([...quiet.bars.close]);
});

test('missing leaves events out, never climax, automatic rally, sign of strength and markup; decoys add bars and no label', () => {
  const bare = make({ missing: 1 });
  expect(bare.labels.event.filter(event => !['secondaryTest', 'lastPointOfSupport'].includes(event))).toEqual(['climax', 'automaticRally', 'signOfStrength', 'markup']);
  const plain = make(), decoyed = make({ decoys: 2 });
  expect(decoyed.labels.event).toEqual(plain.labels.event);
  const shift = decoyed.bars.close.length - plain.bars.close.length;
  expect(shift).toBeGreaterThan(60);
  expect([...decoyed.labels.row]).toEqual([...plain.labels.row].map(row => row + shift));
});

test('options out of range are refused by name', () => {
  expect(() => make({ schematic: 'triangle' as never })).toThrow(new RangeError('generateSchematic: schematic must be one of accumulation, distribution, reaccumulation, redistribution, was triangle'));
  expect(() => make({ noise: -1 })).toThrow(new RangeError('generateSchematic: noise must be a number of at least 0, was -1'));
  expect(() => make({ volumeNoise: 1.5 })).toThrow(new RangeError('generateSchematic: volumeNoise must be from 0 to 1, was 1.5'));
  expect(() => make({ missing: -0.5 })).toThrow(new RangeError('generateSchematic: missing must be from 0 to 1, was -0.5'));
  expect(() => make({ decoys: 0.5 })).toThrow(new RangeError('generateSchematic: decoys must be an integer of at least 0, was 0.5'));
  expect(() => make({ seed: 0.5 })).toThrow(new RangeError('generateSchematic: seed must be a whole number, was 0.5'));
});
