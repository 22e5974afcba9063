// Oracle: a second statement of each rule from its definition, over all rows anew for every row, and findings worked by hand.
import { describe, expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { cleanTicks } from './clean-ticks.ts';
import { qualityActions, ruleCode, type QualityRuleName } from './rules.ts';

const second = 1_000_000_000;

/** Trades [seconds, price, size]. */
function trades(...rows: readonly (readonly [time: number, price: number, size?: number])[]): any {
  return {
    time: BigInt64Array.from(rows, (row) => BigInt(Math.round(row[0] * second))),
    price: Float64Array.from(rows, (row) => row[1]),
    size: Float64Array.from(rows, (row) => row[2] ?? 1),
  };
}

/** Findings of one rule as [row, value]. */
function found(findings: any, rule: QualityRuleName): number[][] {
  const rows: number[][] = [];
  for (let k = 0; k < findings.length; k++) if (findings.rule[k] === ruleCode[rule]) rows.push([findings.row[k], findings.value[k]]);
  return rows;
}

const list = (column: ArrayLike<number>): number[] => Array.from(column);

describe('the rule jump', () => {
  const data = trades([1, 100], [1.5, 109], [1.7, 112], [2.2, 111], [2.6, 112], [2.7, 100.7], [9, 50]);

  test('finds prices too far from one of the last second that was no jump itself (worked by hand)', () => {
    expect(found(cleanTicks(data, { rules: { jump: {} } }).findings, 'jump')).toEqual([
      [2, 0.12],
      [5, 100.7 / 112 - 1],
    ].map(([row, value]) => [row, expect.closeTo(value, 12)]));
    expect(found(cleanTicks(data).findings, 'jump')).toEqual([]);
  });

  test('is that of a plain search, of the mid of quotes too', () => {
    const random = randomStream(4, 'jumps'),
      rows = 6000,
      time = new BigInt64Array(rows),
      bid = new Float64Array(rows),
      ask = new Float64Array(rows);
    let now = 0n,
      price = 1000;
    for (let i = 0; i < rows; i++) {
      now += BigInt(random.integer(0, 300)) * 1_000_000n * (random.uniform() < 0.01 ? 50n : 1n);
      price += random.integer(-6, 6);
      time[i] = now;
      bid[i] = random.uniform() < 0.02 ? NaN : price * (random.uniform() < 0.01 ? 2 : 1);
      ask[i] = bid[i] + random.integer(0, 3);
    }
    const expected: number[][] = [],
      jumped = new Set<number>();
    for (let i = 0; i < rows; i++) {
      const mid = (bid[i] + ask[i]) / 2;
      let rise = -Infinity,
        fall = Infinity;
      for (let j = i - 1; j >= 0 && time[i] - time[j] <= BigInt(second); j--) {
        const earlier = (bid[j] + ask[j]) / 2;
        if (jumped.has(j) || Number.isNaN(earlier)) continue;
        rise = Math.max(rise, (mid - earlier) / earlier);
        fall = Math.min(fall, (mid - earlier) / earlier);
      }
      if (!(rise > 0.02 || fall < -0.02)) continue;
      jumped.add(i);
      expected.push([i, rise > -fall ? rise : fall]);
    }
    expect(expected.length).toBeGreaterThan(60);
    expect(found(cleanTicks({ time, bid, ask }, { rules: { jump: { share: 0.02 } } }).findings, 'jump')).toEqual(expected);
  });
});

describe('the rule volume', () => {
  test('finds sizes far above the weighted mean of the logarithms before them, from a row on', () => {
    const random = randomStream(6, 'volumes'),
      rows = 3000,
      data = trades(...Array.from({ length: rows }, (_, k): [number, number, number] => [k, 5, random.uniform() < 0.05 ? 0 : Math.exp(random.normal())]));
    const seen: number[] = [],
      expected: number[][] = [];
    for (let i = 0; i < rows; i++) {
      if (data.size[i] === 0) continue;
      if (seen.length >= 100) {
        let total = 0,
          mean = 0,
          squares = 0;
        const weightOf = (k: number): number => Math.exp((-Math.LN2 * (seen.length - 1 - k)) / 200);
        seen.forEach((x, k) => {
          total += weightOf(k);
          mean += weightOf(k) * x;
        });
        mean /= total;
        seen.forEach((x, k) => {
          squares += weightOf(k) * (x - mean) * (x - mean);
        });
        const z = (Math.log(data.size[i]) - mean) / Math.sqrt(squares / total);
        if (z > 2) expected.push([i, z]);
      }
      seen.push(Math.log(data.size[i]));
    }
    expect(expected.length).toBeGreaterThan(30);
    const ours = found(cleanTicks(data, { rules: { volume: { deviations: 2, halfLife: 200 } } }).findings, 'volume');
    expect(ours.map(([row]) => row)).toEqual(expected.map(([row]) => row));
    ours.forEach(([, z], k) => expect(z).toBeCloseTo(expected[k][1], 10));
  });

  test('has the half-life of 1000 rows, three deviations and 100 rows as its defaults, and finds nothing where sizes never differed', () => {
    const data = trades(...Array.from({ length: 400 }, (_, k): [number, number, number] => [k, 5, k === 99 || k === 100 || k === 300 ? 1e6 : 1 + (k % 2)]));
    expect(found(cleanTicks(data, { rules: { volume: {} } }).findings, 'volume').map(([row]) => row)).toEqual([100, 300]);
    const equal = trades(...Array.from({ length: 400 }, (_, k): [number, number, number] => [k, 5, k === 300 ? 9 : 2]));
    expect(found(cleanTicks(equal, { rules: { volume: {} } }).findings, 'volume')).toEqual([]);
  });
});

describe('the rule duplicate', () => {
  test('finds a row that came before within the window, by its values, id and time at the venue (worked by hand)', () => {
    const data = {
      time: BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n),
      eventTime: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 2n),
      price: Float64Array.of(5, 6, 5, 5, -0, 5),
      size: Float64Array.of(1, 1, 1, 2, 1, 1),
      id: BigUint64Array.of(7n, 8n, 7n, 7n, 9n, 7n),
    };
    expect(found(cleanTicks(data, { rules: { duplicate: {} } }).findings, 'duplicate')).toEqual([[2, 2]]);
    expect(found(cleanTicks(data, { rules: { duplicate: { window: 1 } } }).findings, 'duplicate')).toEqual([]);
    expect(list(cleanTicks(data, { rules: { duplicate: { window: 2 } }, policy: { duplicate: 'drop' } }).ticks.sourceRow)).toEqual([0, 1, 3, 4, 5]);
  });

  test('is that of a plain search', () => {
    const random = randomStream(3, 'duplicates'),
      rows = 5000,
      data = { ...trades(...Array.from({ length: rows }, (_, k): [number, number, number] => [k, random.integer(0, 30), random.integer(0, 3)])), eventTime: new BigInt64Array(rows) };
    for (const window of [1, 7, 64, 1000]) {
      const expected: number[][] = [];
      for (let i = 0; i < rows; i++)
        for (let back = 1; back <= Math.min(window, i); back++)
          if (data.price[i] === data.price[i - back] && data.size[i] === data.size[i - back]) {
            expected.push([i, back]);
            break;
          }
      expect(expected.length).toBeGreaterThan(20);
      expect(found(cleanTicks(data, { rules: { duplicate: { window } } }).findings, 'duplicate')).toEqual(expected);
    }
  });
});

describe('the rule bounds', () => {
  test('finds prices below or above', () => {
    const data = trades([1, 5], [2, 4.99], [3, 7], [4, 7.01], [5, NaN]);
    expect(found(cleanTicks(data, { rules: { bounds: { least: 5, most: 7 } } }).findings, 'bounds')).toEqual([
      [1, 4.99],
      [3, 7.01],
    ]);
    expect(found(cleanTicks(data, { rules: { bounds: { most: 7 } } }).findings, 'bounds')).toEqual([[3, 7.01]]);
  });
});

describe('repairs', () => {
  test('put the last good price in place, from earlier rows only, and mark the row (worked by hand)', () => {
    const quotes = {
      time: BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n),
      bid: Float64Array.of(NaN, 5, 7, 5.5, NaN, -1, 5.25, 90),
      ask: Float64Array.of(6, 6, 6, 6.5, 7, 7, 6.25, 91),
    };
    const { ticks, findings } = cleanTicks(quotes, {
      policy: { notANumber: 'repair', crossed: 'repair', price: 'repair', bounds: 'repair' },
      rules: { bounds: { most: 50 } },
    });
    expect([list(ticks.sourceRow), list(ticks.bid), list(ticks.ask), list(ticks.flag)]).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [5, 5, 5.5, 5.5, 5.5, 5.25, 5.25],
      [6, 6, 6.5, 7, 7, 6.25, 6.25],
      [0, 1, 0, 1, 1, 0, 1],
    ]);
    expect(Array.from({ length: findings.length }, (_, k) => [findings.row[k], qualityActions[findings.action[k]]])).toEqual([
      [0, 'drop'],
      [2, 'repair'],
      [4, 'repair'],
      [5, 'repair'],
      [7, 'repair'],
    ]);
  });

  test('put nothing in place of sizes that are none, and what was to be expected in place of those too large', () => {
    const none = cleanTicks(trades([1, 5, NaN], [2, 5, -3], [3, 5, 2]), { policy: { notANumber: 'repair', size: 'repair' } });
    expect([list(none.ticks.size), list(none.ticks.flag)]).toEqual([
      [0, 0, 2],
      [1, 1, 0],
    ]);
    const data = trades(...Array.from({ length: 300 }, (_, k): [number, number, number] => [k, 5, k === 200 ? 1e6 : 1 + (k % 2)])),
      { ticks, findings } = cleanTicks(data, { rules: { volume: {} }, policy: { volume: 'repair' } }),
      [[row, z]] = found(findings, 'volume');
    // ln 1e6 = mean + z deviations, and the repaired size is exp(mean + 3 deviations): the deviation of 0 and ln 2 in turns is half of ln 2.
    expect([row, list(ticks.flag).filter((flag) => flag === 1).length]).toEqual([200, 1]);
    expect(Math.log(ticks.size[200])).toBeCloseTo(Math.log(1e6) - (z - 3) * (Math.LN2 / 2), 3);
  });

  test('of a jump hold until the second is over, and then the new price is the market', () => {
    const { ticks } = cleanTicks(trades([1, 100], [1.5, 150], [1.9, 151], [2.5, 150]), { rules: { jump: {} }, policy: { jump: 'repair' } });
    expect([list(ticks.price), list(ticks.flag)]).toEqual([
      [100, 100, 100, 150],
      [0, 1, 1, 0],
    ]);
  });

  test('go onto the grid where the policy rounds, and a row that another rule drops is dropped', () => {
    const data = trades([1, 1.004, 1], [2, NaN, 1], [3, NaN, -1]),
      { ticks } = cleanTicks(data, { tick: 0.01, policy: { notANumber: 'repair', offGrid: 'round', size: 'drop' } });
    expect([list(ticks.price), list(ticks.sourceRow)]).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });
});

test('rules that mean nothing are refused', () => {
  expect(() => cleanTicks.resolve({ rules: { jumps: {} } as never })).toThrow('cleanTicks: rules knows jump, volume, bounds, duplicate, was "jumps"');
  expect(() => cleanTicks.resolve({ rules: { jump: { most: 3 } as never } })).toThrow('cleanTicks: rules.jump knows share, within, was "most"');
  expect(() => cleanTicks.resolve({ rules: { jump: { share: 0 } } })).toThrow('cleanTicks: rules.jump.share must be a positive number, was 0');
  expect(() => cleanTicks.resolve({ rules: { bounds: { least: 3, most: 2 } } })).toThrow('rules.bounds.least must be below most, were 3 and 2');
  expect(() => cleanTicks.resolve({ rules: { duplicate: { window: 0 } } })).toThrow('rules.duplicate.window must be a positive integer, was 0');
  expect(() => cleanTicks.resolve({ policy: { jump: 'drop' } })).toThrow('cleanTicks: there is a policy for jump, which rules does not ask for');
  expect(() => cleanTicks.resolve({ policy: { gap: 'repair' } })).toThrow('the policy for gap must be one of keep, drop, fail, was repair');
});
