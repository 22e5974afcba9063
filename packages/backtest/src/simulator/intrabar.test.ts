/** Oracle: paths worked by hand from `fills.md` 40, 41 and I1 to I5. */
import { describe, expect, test } from 'vitest';
import { goldenSetup } from '../../test/reference/goldens.ts';
import { reference } from '../../test/reference/reference.ts';
import { simulate } from '../../test/simulated.ts';
import { fillsOf, type Case } from '../../test/pitfalls/golden-runs.ts';
import { intrabarPolicies } from './intrabar.ts';
import type { InsideTicks, IntrabarPolicy, SimulatorSetup } from './setup.ts';

type Bar = readonly [open: number, high: number, low: number, close: number];

/** Long (or short) from 100 with legs 10 away; the third bar is the one in question. */
const pair = (side: number, ...bar: Bar): Case => ({
  market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, ...bar], [30, 100, 101, 99, 100]],
  on: { 0: a => { a.submit({ side, quantity: 1, stop: 100 - 10 * side, target: 100 + 10 * side }); } },
});

function setupOf(of: Case, intrabar: IntrabarPolicy, ticks?: InsideTicks): ReturnType<typeof goldenSetup> {
  const { setup, rows } = goldenSetup({ name: '', reading: '', fills: [], ...of, options: { ...of.options, intrabar } });
  return { setup: ticks === undefined ? setup : ({ ...setup, instruments: setup.instruments.map(facts => ({ ...facts, ticks })) } satisfies SimulatorSetup), rows };
}

/** What the simulator and the reference both did. */
function outcome(of: Case, intrabar: IntrabarPolicy, ticks?: InsideTicks): { fills: string[]; ambiguous: number; resolved: number } {
  const { setup, rows } = setupOf(of, intrabar, ticks), result = simulate(setup, rows), again = setupOf(of, intrabar, ticks), expected = reference(again.setup, again.rows);
  expect([fillsOf(result), result.ambiguousBars, result.resolvedBars]).toEqual([fillsOf(expected), expected.ambiguousBars, expected.resolvedBars]);
  return { fills: fillsOf(result), ambiguous: result.ambiguousBars, resolved: result.resolvedBars };
}

const trades = (...prices: readonly (readonly [time: number, price: number])[]): InsideTicks => {
  const price = Float64Array.from(prices, each => each[1]);
  return { time: BigInt64Array.from(prices, each => BigInt(each[0])), buy: price, sell: price };
};

describe('one bar reaches stop and target', () => {
  const stop = '1 2 90', target = '2 2 110';
  const cases: readonly (readonly [name: string, side: number, bar: Bar, exits: { readonly [P in Exclude<IntrabarPolicy, 'random'>]: string }])[] = [
    ['as far up as down, closed where it opened', 1, [100, 120, 80, 100], { pessimistic: stop, optimistic: target, openHighLowClose: target, openLowHighClose: stop, nearestExtremeFirst: stop, barDirection: stop }],
    ['the high is nearer', 1, [100, 115, 80, 100], { pessimistic: stop, optimistic: target, openHighLowClose: target, openLowHighClose: stop, nearestExtremeFirst: target, barDirection: stop }],
    ['the low is nearer, it fell', 1, [100, 120, 85, 95], { pessimistic: stop, optimistic: target, openHighLowClose: target, openLowHighClose: stop, nearestExtremeFirst: stop, barDirection: target }],
    ['the high is nearer, it rose', 1, [100, 115, 80, 105], { pessimistic: stop, optimistic: target, openHighLowClose: target, openLowHighClose: stop, nearestExtremeFirst: target, barDirection: stop }],
    ['short: the high is nearer, it fell', -1, [100, 115, 80, 95], { pessimistic: '1 2 110', optimistic: '2 2 90', openHighLowClose: '1 2 110', openLowHighClose: '2 2 90', nearestExtremeFirst: '1 2 110', barDirection: '1 2 110' }],
    ['short: the low is nearer, it rose', -1, [100, 120, 85, 105], { pessimistic: '1 2 110', optimistic: '2 2 90', openHighLowClose: '1 2 110', openLowHighClose: '2 2 90', nearestExtremeFirst: '2 2 90', barDirection: '2 2 90' }],
  ];
  test.each(cases)('%s', (_, side, bar, exits) => {
    for (const [policy, exit] of Object.entries(exits)) expect({ policy, ...outcome(pair(side, ...bar), policy as IntrabarPolicy) }).toEqual({ policy, fills: ['0 1 100', exit], ambiguous: 1, resolved: 0 });
  });

  test('a coin decides: about half of 200 seeds hit the target, each seed always the same', () => {
    const hits = (): boolean[] => Array.from({ length: 200 }, (_, seed) => outcome({ ...pair(1, 100, 120, 80, 100), options: { seed } }, 'random').fills[1] === target);
    const first = hits(), count = first.filter(Boolean).length;
    // Binomial: 100 with a deviation of 7.
    expect(count).toBeGreaterThan(72);
    expect(count).toBeLessThan(128);
    expect(hits()).toEqual(first);
  });

  test('every policy counts the bar, and none counts one that reaches only the target', () => {
    for (const policy of intrabarPolicies) {
      expect(outcome(pair(1, 100, 120, 80, 100), policy).ambiguous).toBe(1);
      expect(outcome(pair(1, 100, 120, 91, 100), policy)).toEqual({ fills: ['0 1 100', target], ambiguous: 0, resolved: 0 });
    }
  });
});

describe('the path orders what is no pair', () => {
  const both: Case = {
    market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 120, 80, 100]],
    on: { 0: a => { a.submit({ kind: 'limit', side: 1, price: 95, quantity: 1 }); a.submit({ kind: 'stop', side: 1, stopPrice: 105, quantity: 1 }); a.submit({ kind: 'limit', side: 1, price: 97, quantity: 1 }); } },
  };
  test('the way up meets the stop to buy, the way down the limits to buy, the nearer one first', () => {
    expect(outcome(both, 'openHighLowClose').fills).toEqual(['1 1 105', '2 1 97', '0 1 95']);
    expect(outcome(both, 'openLowHighClose').fills).toEqual(['2 1 97', '0 1 95', '1 1 105']);
    expect(outcome(both, 'pessimistic').fills).toEqual(['1 1 105', '0 1 95', '2 1 97']);
  });

  test('a leg of an entry that was filled inside the range is tested against the close only, whatever the path', () => {
    const entry: Case = { market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 120, 80, 100]], on: { 0: a => { a.submit({ kind: 'limit', side: 1, price: 95, quantity: 1, stop: 90, target: 110 }); } } };
    for (const policy of intrabarPolicies) expect(outcome(entry, policy)).toEqual({ fills: ['0 1 95'], ambiguous: 0, resolved: 0 });
  });
});

describe('ticks of which the bar was made', () => {
  const wide = pair(1, 100, 120, 80, 100);
  test.each([
    ['up first: the target, under every policy', trades([20, 100], [22, 111], [25, 80], [29, 100]), '2 2 110', 1],
    ['down first: the stop, under every policy', trades([20, 100], [22, 90], [25, 120], [29, 100]), '1 2 90', 1],
    ['a touch of the target is no fill of a limit that needs more', trades([20, 100], [22, 110], [25, 90], [26, 120]), '1 2 90', 1],
    ['a NaN tick meets nothing', trades([20, 100], [21, NaN], [22, 111], [25, 80]), '2 2 110', 1],
    ['one leg that no tick reaches comes last', trades([20, 100], [22, 89]), '1 2 90', 1],
  ] as const)('%s', (_, ticks, exit, resolved) => {
    for (const policy of intrabarPolicies) expect(outcome(wide, policy, ticks)).toEqual({ fills: ['0 1 100', exit], ambiguous: 1, resolved });
  });

  test('ticks of other bars decide nothing: the policy does', () => {
    for (const [policy, exit] of [['pessimistic', '1 2 90'], ['optimistic', '2 2 110']] as const) {
      expect(outcome(wide, policy, trades([19, 120], [30, 80]))).toEqual({ fills: ['0 1 100', exit], ambiguous: 1, resolved: 0 });
    }
  });

  test('sellers meet the bid, and a crossed quote meets nobody', () => {
    const time = BigInt64Array.of(20n, 21n, 22n, 23n), quotes = { time, buy: Float64Array.of(101, 100, 112, 86), sell: Float64Array.of(100, 120, 110, 85) };
    // The quote of time 21 is crossed; at 22 only the ask is beyond 110.
    expect(outcome(wide, 'optimistic', quotes)).toEqual({ fills: ['0 1 100', '1 2 90'], ambiguous: 1, resolved: 1 });
  });

  test('a bar that reaches one leg only asks no ticks', () => {
    expect(outcome(pair(1, 100, 120, 91, 100), 'pessimistic', trades([20, 100], [22, 80]))).toEqual({ fills: ['0 1 100', '2 2 110'], ambiguous: 0, resolved: 0 });
  });
});

test('a policy that does not exist, and a seed that is no whole number, are refused', () => {
  const { setup, rows } = setupOf(pair(1, 100, 120, 80, 100), 'worst' as IntrabarPolicy);
  expect(() => simulate(setup, rows)).toThrow('simulator: intrabar must be one of pessimistic, optimistic, openHighLowClose, openLowHighClose, nearestExtremeFirst, barDirection, random, was worst');
  expect(() => simulate({ ...setup, options: { seed: 0.5 } }, rows)).toThrow('simulator: seed must be a whole number, was 0.5');
});
