// Oracle: the faulty and repaired bars of yfinance (../shared/oracles/bar-repair), and bars worked by hand.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hasSharedData, sharedPath, skipReason } from '../../test/shared-market.ts';
import type { RandomStream } from '../random.ts';
import { engineLaws, randomMarket } from '../testing/index.ts';
import { cleanBars, type CleanBarsOptions } from './clean-bars.ts';
import { qualityActions, qualityRules } from './rules.ts';

const told = (findings: any): string[] =>
  Array.from(
    { length: findings.length },
    (_, k) => `${findings.row[k]} ${qualityRules[findings.rule[k]].name} ${Number(findings.value[k].toPrecision(6))} ${qualityActions[findings.action[k]]}`,
  );
const list = (column: ArrayLike<number>): number[] => Array.from(column);
const flat = (...closes: number[]): any => ({ open: Float64Array.from(closes), high: Float64Array.from(closes), low: Float64Array.from(closes), close: Float64Array.from(closes) });

describe('clean bars', () => {
  test('put prices of another unit into that of the last good close, and enclose them (worked by hand)', () => {
    const bars = { open: Float64Array.of(58, 59, 6100), high: Float64Array.of(60, 61, 6200), low: Float64Array.of(57, 0.6, 61), close: Float64Array.of(60, 0.6, 61) };
    const cleaned = cleanBars(bars, { policy: { unit: 'repair' } });
    expect([list(cleaned.open), list(cleaned.high), list(cleaned.low), list(cleaned.close), list(cleaned.flag)]).toEqual([
      [58, 59, 61],
      [60, 61, 62],
      [57, 59, 61],
      [60, 60, 61],
      [0, 1, 1],
    ]);
    expect(told(cleaned.findings)).toEqual(['1 unit 0.01 repair', '1 unit 0.01 repair', '1 enclosed 1 repair', '2 unit 101.667 repair', '2 unit 103.333 repair']);
  });

  test('leave everything as it is without a policy, and keep to the unit they began with', () => {
    const bars = flat(60, 0.6, 0.61, 61),
      { close, flag, findings } = cleanBars(bars);
    expect([list(close), list(flag), told(findings).length]).toEqual([[60, 0.6, 0.61, 61], [0, 0, 0, 0], 8]);
    expect(list(cleanBars(bars, { policy: { unit: 'repair' }, reference: 0.6 }).close)).toEqual([0.6, 0.6, 0.61, 0.61]);
  });

  test('find jumps, prices that are none, and highs that are too low; fail on demand', () => {
    const bars = { ...flat(10, 12, -1, NaN, 12), high: Float64Array.of(10, 11, 1, 5, 12) };
    expect(told(cleanBars(bars, { jump: 0.1 }).findings)).toEqual(['1 enclosed 1 keep', '1 jump 0.2 keep', '2 price -1 keep', '2 jump -1.08333 keep', '3 notANumber 1 keep']);
    expect(() => cleanBars(bars, { policy: { enclosed: 'fail' } })).toThrow('row 1: enclosed at');
  });

  test('refuse options that mean nothing', () => {
    expect(() => cleanBars.resolve({ policy: { crossed: 'fail' } })).toThrow('cleanBars: it looks at notANumber, price, jump, unit, enclosed, not at crossed');
    expect(() => cleanBars.resolve({ policy: { unit: 'drop' } })).toThrow('cleanBars: the policy for unit must be one of keep, fail, repair, was drop');
    expect(() => cleanBars.resolve({ factor: 2 })).toThrow('cleanBars: factor must be above 4, was 2');
    expect(() => cleanBars.resolve({ reference: -1 })).toThrow('cleanBars: reference must be a positive number, was -1');
  });
});

function wrongUnits(random: RandomStream, rows: number, texture: any): any {
  const bars: any = randomMarket({ open: 'f64', high: 'f64', low: 'f64', close: 'f64', closeTime: 'i64' }, random, rows, texture);
  for (const name of ['open', 'high', 'low', 'close'])
    for (let i = 0; i < rows; i++) if (random.uniform() < 0.05) bars[name][i] *= random.uniform() < 0.5 ? 100 : 0.01;
  return bars;
}

function options(random: RandomStream): Partial<CleanBarsOptions> {
  const action = (): any => (random.uniform() < 0.5 ? { action: 'repair' } : {});
  return {
    policy: { ...(action().action ? { unit: 'repair' } : {}), ...(action().action ? { enclosed: 'repair' } : {}) },
    reference: random.uniform() < 0.5 ? NaN : 90,
    jump: random.uniform() < 0.5 ? Infinity : 0.02,
  };
}

describe('laws', () => engineLaws(test, cleanBars, { data: wrongUnits, options }));

/** Columns of a file of the group, oldest bar first. */
function bars(file: string): any {
  const [header, ...lines] = gunzipSync(readFileSync(sharedPath(`oracles/bar-repair/${file}.csv.gz`))).toString().trim().split(/\r?\n/),
    names = header.toLowerCase().split(','),
    rows = lines.map((line) => line.split(',')).sort((a, b) => Date.parse(a[0]) - Date.parse(b[0]));
  return Object.fromEntries(['open', 'high', 'low', 'close'].map((name) => [name, Float64Array.from(rows, (row) => Number(row[names.indexOf(name)]))]));
}

describe.skipIf(!hasSharedData)(`the faulty bars that yfinance repairs${skipReason}`, () => {
  test.each([
    ['AET-L-1d-100x-error', { reference: 14.55 }, 14],
    ['ASAI-L-1h-bad-unit', {}, 1],
    ['MOB-ST-1d-bad-stock-split', { factor: 10 }, 1],
  ] as const)('%s: wrong units are repaired alike, bar by bar', (file, more, count) => {
    const cleaned: any = cleanBars(bars(file), { policy: { unit: 'repair' }, ...more }),
      expected = bars(`${file}-fixed`);
    for (const name of ['open', 'high', 'low', 'close'])
      for (let i = 0; i < expected.close.length; i++) expect(Math.abs(cleaned[name][i] / expected[name][i] - 1)).toBeLessThan(5e-8);
    expect(list(cleaned.flag).filter((flag) => flag === 1).length).toBe(count);
  });

  test.each(['4063-T-1d-bad-div', 'LSC-L-1d-bad-div', 'VWILX-1d-cg-double-count'])('%s: a wrong dividend is in no price: prices stay, as there', (file) => {
    const faulty = bars(file),
      cleaned: any = cleanBars(faulty),
      expected = bars(`${file}-fixed`);
    expect(list(cleaned.close)).toEqual(list(faulty.close));
    for (let i = 0; i < expected.close.length; i++) expect(Math.abs(cleaned.close[i] / expected.close[i] - 1)).toBeLessThan(5e-8);
  });

  test.each(['EWG-1d-no-bad-divs', 'EA-15m-no-bad-divs'])('%s: nothing is repaired', (file) => {
    const good = bars(file),
      cleaned: any = cleanBars(good, { policy: { unit: 'repair', enclosed: 'repair' } });
    for (const name of ['open', 'high', 'low', 'close']) expect(cleaned[name]).toEqual(good[name]);
  });

  test.each(['AV-L-1wk-bad-stock-split', 'DEX-AX-1d-bad-stock-split', 'SPM-MI-1d-bad-stock-split'])(
    '%s: a split in part of the history is found where the base changes; putting it right would need later bars',
    (file) => {
      const faulty = bars(file),
        cleaned: any = cleanBars(faulty, { policy: { unit: 'repair' }, jump: 0.2 }),
        expected = bars(`${file}-fixed`);
      // Their repair multiplies a stretch of bars by the ratio: where it first begins or ends, ours finds a jump.
      const factors = list(faulty.close).map((close, i) => expected.close[i] / close),
        changes = factors.flatMap((factor, i) => (i > 0 && Math.abs(factor / factors[i - 1] - 1) > 0.1 ? [i] : [])),
        jumps = new Set(told(cleaned.findings).filter((line) => line.includes('jump')).map((line) => Number(line.split(' ')[0])));
      expect(changes.length).toBeGreaterThan(0);
      expect(jumps.has(changes[0])).toBe(true);
    },
  );
});
