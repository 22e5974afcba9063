import { describe, expect, test } from 'vitest';
import { hasSharedData, leanMarkets, leanQuotes, skipReason } from '../../test/shared-market.ts';
import { combine } from '../engine/combine.ts';
import type { RandomStream } from '../random.ts';
import { engineLaws } from '../testing/index.ts';
import { checkOrder } from './check-order.ts';
import type { CleanTicksOptions } from './clean-options.ts';
import { cleanTicks } from './clean-ticks.ts';
import { qualityReport } from './quality-report.ts';
import { qualityActions, qualityRules } from './rules.ts';

const second = 1_000_000_000;

/** Quotes [seconds, bid, ask]. */
function quotes(...rows: readonly (readonly [time: number, bid: number, ask: number])[]): {
  time: BigInt64Array;
  bid: Float64Array;
  ask: Float64Array;
} {
  return {
    time: BigInt64Array.from(rows, (row) => BigInt(Math.round(row[0] * second))),
    bid: Float64Array.from(rows, (row) => row[1]),
    ask: Float64Array.from(rows, (row) => row[2]),
  };
}

/** Findings as `row rule value action`. */
function told(findings: any): string[] {
  return Array.from(
    { length: findings.length },
    (_, k) => `${findings.row[k]} ${qualityRules[findings.rule[k]].name} ${findings.value[k]} ${qualityActions[findings.action[k]]}`,
  );
}

const list = (column: ArrayLike<number>): number[] => Array.from(column);

describe('clean ticks', () => {
  const rough = quotes(
    [1, 5, 6],
    [2, 7, 6],
    [2, 7, 6],
    [2, 7, 6],
    [9, 6, 6],
    [10, NaN, 7],
    [11, NaN, NaN],
    [12, 0, 1],
    [13, 5.25, Infinity],
    [14, 5, 6],
  );

  test('are the raw rows with every finding beside them when nothing is dropped (worked by hand)', () => {
    const { ticks, findings } = cleanTicks(rough);
    expect(told(findings)).toEqual([
      '1 crossed 1 keep',
      '2 equalTime 1 keep',
      '2 repeat 1 keep',
      '2 crossed 1 keep',
      '3 equalTime 2 keep',
      '3 repeat 2 keep',
      '3 crossed 1 keep',
      '4 gap 7000000000 keep',
      '4 locked 6 keep',
      '5 notANumber 1 keep',
      '6 notANumber 2 keep',
      '7 price 0 keep',
      '8 notANumber 1 keep',
    ]);
    expect(ticks.length).toBe(10);
    expect([ticks.bid, ticks.ask, ticks.time]).toEqual([rough.bid, rough.ask, rough.time]);
    expect(list(ticks.sourceRow)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(list(ticks.flag)).toEqual([0, 0, 0, 0, 2, 0, 0, 0, 0, 0]);
    expect(list(ticks.segment)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(list(findings.time as never).map(Number)).toEqual([2, 2, 2, 2, 2, 2, 2, 9, 9, 10, 11, 12, 13].map((time) => time * second));
  });

  test('leave out what the policy drops; gaps and repeats stay those of the raw rows, the mark of a gap goes to the next row kept', () => {
    const { ticks, findings } = cleanTicks(rough, { policy: { crossed: 'drop', locked: 'drop', notANumber: 'drop' } });
    expect(list(ticks.sourceRow)).toEqual([0, 7, 9]);
    expect(list(ticks.flag)).toEqual([0, 2, 0]);
    expect(told(findings).filter((line) => line.includes('gap') || line.includes('repeat'))).toEqual([
      '2 repeat 1 keep',
      '3 repeat 2 keep',
      '4 gap 7000000000 keep',
    ]);
    expect(told(findings).filter((line) => line.endsWith('drop')).length).toBe(7);
  });

  test('mark the first row kept after a gap, be it blameless itself and in a later block', () => {
    const late = quotes([1, 5, 6], [20, 7, 6], [21, 7, 6], [22, 5, 6], [23, 5, 6], [40, 5, 6]),
      live = combine({ it: [cleanTicks, 'ticks', { policy: { crossed: 'drop' } }] }).stream();
    expect(list(cleanTicks(late, { policy: { crossed: 'drop' } }).ticks.flag)).toEqual([0, 2, 0, 2]);
    const flags: number[] = [];
    for (let i = 0; i < late.time.length; i++) {
      live.feed('ticks', { time: late.time[i], bid: late.bid[i], ask: late.ask[i] });
      live.advance(late.time[i]);
      const { flag, length } = (live.output as any).it.ticks;
      flags.push(...flag.subarray(0, length));
    }
    expect(flags).toEqual([0, 2, 0, 2]);
  });

  test('stop at the first row that the policy fails, by name, time and row', () => {
    expect(() => cleanTicks(rough, { policy: { locked: 'fail' } })).toThrow('row 4: locked at 1970-01-01T00:00:09Z: bid equals ask (the price: 6)');
  });

  test('take prices of zero and below where the instrument has them', () => {
    const below = quotes([1, -5, -4], [2, 0, 1]);
    expect(told(cleanTicks(below).findings)).toEqual(['0 price -5 keep', '1 price 0 keep']);
    expect(told(cleanTicks(below, { isNegativeAllowed: true }).findings)).toEqual([]);
  });

  test('find prices off the grid, and round them on demand', () => {
    const off = quotes([1, 1.00001, 1.00002], [2, 1.000013, 1.00003], [3, 1.00001, 1.000028]);
    expect(told(cleanTicks(off, { tick: 0.00001 }).findings)).toEqual(['1 offGrid 1.000013 keep', '2 offGrid 1.000028 keep']);
    const { ticks, findings } = cleanTicks(off, { tick: 0.00001, policy: { offGrid: 'round' } });
    expect([list(ticks.bid), list(ticks.ask), list(ticks.flag)]).toEqual([
      [1.00001, 1.00001, 1.00001],
      [1.00002, 1.00003, 1.00003],
      [0, 1, 1],
    ]);
    expect(told(findings)).toEqual(['1 offGrid 1.000013 round', '2 offGrid 1.000028 round']);
  });

  test('know trades: sizes below zero, and repeats only where id, sequence and aggressor repeat too', () => {
    const trades = {
      time: BigInt64Array.of(1n, 1n, 1n, 1n, 2n),
      price: Float64Array.of(5, 5, 5, 5, 5),
      size: Float64Array.of(1, 1, 1, 1, -2),
      side: Int8Array.of(1, 1, -1, -1, 1),
      id: BigUint64Array.of(7n, 7n, 7n, 8n, 9n),
    };
    const { ticks, findings } = cleanTicks(trades);
    expect(told(findings)).toEqual(['1 equalTime 1 keep', '1 repeat 1 keep', '2 equalTime 2 keep', '3 equalTime 3 keep', '4 size -2 keep']);
    expect([ticks.price, ticks.size, ticks.side, ticks.id]).toEqual([trades.price, trades.size, trades.side, trades.id]);
  });

  test('refuse policies, cuts and data that mean nothing', () => {
    expect(() => cleanTicks.resolve({ policy: { crosed: 'drop' } as never })).toThrow('quality: there is no rule "crosed"');
    expect(() => cleanTicks.resolve({ policy: { crossed: 'round' } })).toThrow(
      'quality: the policy for crossed must be one of keep, drop, fail, repair, was round',
    );
    expect(() => cleanTicks.resolve({ policy: { timeOrder: 'drop' } })).toThrow('checkOrder');
    expect(() => cleanTicks.resolve({ cut: { gaps: 1 } as never })).toThrow('nothing cuts at "gaps"');
    expect(() => cleanTicks.resolve({ maxGap: 0 })).toThrow('cleanTicks: maxGap must be a positive number, was 0');
    expect(() => cleanTicks({ ...rough, segment: new Int32Array(10) })).toThrow('cleaned before');
  });

  test('see the row before across blocks: row by row gives what one block gives', () => {
    const live = combine({ it: [cleanTicks, 'ticks'] }).stream(),
      seen: string[] = [];
    for (let i = 0; i < rough.time.length; i++) {
      live.feed('ticks', { time: rough.time[i], bid: rough.bid[i], ask: rough.ask[i] });
      live.advance(rough.time[i]);
      seen.push(...told((live.output as any).it.findings));
    }
    expect(seen).toEqual(told(cleanTicks(rough).findings));
  });
});

describe('the order of raw times', () => {
  test('is checked before any pipeline (worked by hand)', () => {
    expect(told(checkOrder(BigInt64Array.of(5n, 3n, 4n, 4n, -(1n << 40n))))).toEqual(['1 timeOrder 2 keep', `4 timeOrder ${2 ** 40 + 4} keep`]);
  });

  test('is a matter of the driver inside one: it names the row', () => {
    expect(() => cleanTicks(quotes([2, 5, 6], [1, 5, 6]))).toThrow('runs backwards at row 1');
  });
});

describe('the quality report', () => {
  test('counts findings by rule with their first row and range (worked by hand)', () => {
    const report = qualityReport(cleanTicks(quotes([1, 5, 6], [2, 8, 6], [3, 7, 6], [10, 6, 6]), { policy: { crossed: 'drop' } }).findings);
    expect(report.rules.find(({ rule }) => rule === 'crossed')).toEqual({
      rule: 'crossed',
      severity: 'warning',
      count: 2,
      dropped: 2,
      rounded: 0,
      repaired: 0,
      firstRow: 1,
      smallest: 1,
      largest: 2,
    });
    expect(report.rules.find(({ rule }) => rule === 'repeat')).toEqual({
      rule: 'repeat',
      severity: 'warning',
      count: 0,
      dropped: 0,
      rounded: 0,
      repaired: 0,
      firstRow: NaN,
      smallest: NaN,
      largest: NaN,
    });
    expect([report.notes, report.warnings, report.errors]).toEqual([2, 2, 0]);
  });
});

/** Quotes or trades with all that the rules look for. */
function roughTicks(random: RandomStream, rows: number): any {
  const isQuotes = random.uniform() < 0.6,
    time = new BigInt64Array(rows),
    a = new Float64Array(rows),
    b = new Float64Array(rows),
    side = new Int8Array(rows);
  let now = 1_700_000_000_000_000_000n,
    price = 1000;
  for (let i = 0; i < rows; i++) {
    if (random.uniform() > 0.25) now += BigInt(random.integer(1, 7)) * 1_000_000_000n;
    time[i] = now;
    price = Math.max(20, price + random.integer(-3, 3));
    const draw = random.uniform();
    a[i] = draw < 0.05 ? NaN : draw < 0.08 ? -price : draw < 0.12 ? price + 0.3 : price;
    b[i] = isQuotes ? (draw > 0.95 ? NaN : a[i] + random.integer(-1, 2)) : random.uniform() < 0.05 ? -1 : random.integer(0, 9);
    side[i] = random.integer(-1, 1);
    if (i > 0 && random.uniform() < 0.15) {
      time[i] = now = time[i - 1];
      a[i] = a[i - 1];
      b[i] = b[i - 1];
      side[i] = side[i - 1];
    }
  }
  return isQuotes ? { time, bid: a, ask: b } : { time, price: a, size: b, side };
}

/** The laws print a run's options as JSON, which has no integers of 64 bits. */
function printable(times: BigInt64Array): BigInt64Array {
  return Object.defineProperty(times, 'toJSON', { value: () => Array.from(times, String) });
}

function roughOptions(random: RandomStream): Partial<CleanTicksOptions> {
  const policy: Record<string, string> = {};
  for (const { name } of qualityRules)
    if (!['timeOrder', 'unit', 'enclosed'].includes(name) && random.uniform() < 0.3) policy[name] = name === 'offGrid' ? ['drop', 'round'][random.integer(0, 1)] : 'drop';
  for (const { name, repair } of qualityRules) if (repair !== undefined && !['unit', 'enclosed'].includes(name) && random.uniform() < 0.3) policy[name] = 'repair';
  const rules: { [rule: string]: object } = {};
  if (random.uniform() < 0.5) rules.jump = { share: random.integer(1, 20) / 1000, within: random.integer(1, 9) * second };
  if (random.uniform() < 0.5) rules.volume = { deviations: random.integer(1, 3) / 2, halfLife: random.integer(1, 40), from: random.integer(1, 20) };
  if (random.uniform() < 0.5) rules.bounds = { least: random.integer(900, 1000), ...(random.uniform() < 0.5 ? {} : { most: random.integer(1001, 1050) }) };
  if (random.uniform() < 0.5) rules.duplicate = random.uniform() < 0.3 ? {} : { window: random.integer(1, 12) };
  for (const name of ['jump', 'volume', 'bounds', 'duplicate']) if (rules[name] === undefined) delete policy[name];
  const cut: { gap?: number; times?: BigInt64Array; nanRun?: number } = {};
  if (random.uniform() < 0.5) cut.gap = random.integer(3, 6) * second;
  if (random.uniform() < 0.5)
    cut.times = printable(
      BigInt64Array.from({ length: random.integer(1, 4) }, (_, k) => 1_700_000_000_000_000_000n + BigInt(100 * (k + 1)) * 1_000_000_000n),
    );
  if (random.uniform() < 0.5) cut.nanRun = random.integer(1, 2);
  return { policy, cut, rules, maxGap: random.integer(3, 6) * second, isNegativeAllowed: random.uniform() < 0.3, tick: random.uniform() < 0.5 ? NaN : 1 };
}

describe('laws', () => engineLaws(test, cleanTicks, { data: (random, rows) => roughTicks(random, rows), options: roughOptions }));

describe.skipIf(!hasSharedData)(`findings on recorded markets${skipReason}`, () => {
  test.each([
    ['OANDA EURUSD', 321_559, { gap: 28_466, equalTime: 2_848, crossed: 0, locked: 0, repeat: 1 }],
    ['FXCM EURUSD', 675_401, { gap: 28_434, equalTime: 0, crossed: 69_354, locked: 82_118, repeat: 0 }],
    ['OANDA XAUUSD', 972_213, { gap: 17_808, equalTime: 0, crossed: 0, locked: 0, repeat: 0 }],
  ] as const)('%s: as counted by hand when the data was chosen', (name, rows, expected) => {
    const market = leanMarkets.find((known) => known.name === name)!,
      { ticks, findings } = cleanTicks(leanQuotes(market), { tick: 1 / market.ticksPerUnit });
    const counts = Object.fromEntries(qualityReport(findings).rules.map(({ rule, count }) => [rule, count]));
    expect(ticks.length).toBe(rows);
    expect(counts).toEqual({ timeOrder: 0, notANumber: 0, price: 0, size: 0, offGrid: 0, jump: 0, volume: 0, bounds: 0, duplicate: 0, unit: 0, enclosed: 0, ...expected });
  });
});
