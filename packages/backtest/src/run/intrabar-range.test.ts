/** Oracle: every order of prices inside every ambiguous bar, enumerated by ticks that take it. */
import { defineEngine, defineInstrument, exitReasons, generateBars, generateMarket, timeBars } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { numbersOf, textOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { bars } from '../strategy/sources.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { intrabarPolicies } from '../simulator/intrabar.ts';
import type { SimulationOptions } from '../simulator/setup.ts';
import { intrabarRange, rangeOfPolicies } from './intrabar-range.ts';
import type { MarketInput } from './market-input.ts';
import { run } from './run.ts';

const hour = 3600e9, instrument = defineInstrument({ id: 'X.SEED', tick: 0.01, quantityStep: 1 });
const { openTime, closeTime, open, high, low, close } = generateBars({ seed: 11, count: 160, interval: '1h', deviation: 0.006 }), round = (column: Float64Array): Float64Array => column.map((price) => Math.round(price * 100) / 100);
const columns = { openTime, closeTime, open: round(open), high: round(high), low: round(low), close: round(close) };
const input = (ticks?: MarketInput['ticks']): MarketInput => ({ instrument, kind: 'bars', interval: hour, columns, ...(ticks === undefined ? {} : { ticks }) });

/** Long at every fifth bar where nothing is held, with a stop and a target 18 cents away. */
const everyFifth = defineEngine({
  name: 'everyFifth', input: { close: 'f64' }, aligned: { enter: 'f64', stop: 'f64', target: 'f64' }, defaults: {}, warmup: () => 0, init: () => ({ row: 0 }),
  advance(state, input, output, from, to) {
    for (let i = from; i < to; i++) {
      output.enter[i] = state.row++ % 5 === 0 ? 1 : 0;
      output.stop[i] = input.close[i] - 0.18;
      output.target[i] = input.close[i] + 0.18;
    }
  },
});
const plan = defineStrategy({ name: 'plan', parameters: {}, sources: () => ({ h1: bars('1h') }), plan: () => [everyFifth, 'h1'] });
/** Three trades of one unit with legs 1 away; after one win and one loss the third is of a hundred. */
const betting = defineStrategy({
  name: 'betting', parameters: {}, sources: () => ({ h1: bars('1h') }), init: () => ({ row: 0, start: NaN }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    if (state.row === 0) state.start = account.equity;
    if (state.row++ % 3 === 0) actions.submit({ side: 1, quantity: state.row === 7 && account.equity === state.start ? 100 : 1, stop: 99, target: 101 });
  },
});
/** Rows 2 and 5 reach both legs, row 8 the stop. */
const quiet = [100, 100, 100, 100], wide = [100, 102, 98, 100], worked = [quiet, quiet, wide, quiet, quiet, wide, quiet, quiet, [100, 100, 98, 98]];
const workedInput = (ticks?: MarketInput['ticks']): MarketInput => {
  const [open, high, low, close] = [0, 1, 2, 3].map((k) => Float64Array.from(worked, (bar) => bar[k])), { length } = worked;
  return { ...input(ticks), columns: { openTime: openTime.subarray(0, length), closeTime: closeTime.subarray(0, length), open, high, low, close } };
};

/** Ticks that take each of these bars to its high first, or to its low. */
function ticksOf(rows: readonly number[], isHighFirst: (k: number) => boolean): MarketInput['ticks'] {
  const time = BigInt64Array.from(rows.flatMap((row) => [openTime[row] + 1n, openTime[row] + 2n]));
  const price = Float64Array.from(rows.flatMap((row, k) => (isHighFirst(k) ? [columns.high[row], columns.low[row]] : [columns.low[row], columns.high[row]])));
  return { kind: 'trades', columns: { time, price } };
}

/** Total returns of every order of prices inside the bars that are ambiguous for the plan. */
function everyPath(options: SimulationOptions = {}): { ambiguous: number[]; returns: number[] } {
  const outcome = (ticks: MarketInput['ticks']): ReturnType<typeof run>['summary'] => run(plan, { data: [input(ticks)], options }).summary;
  const ambiguous = [...openTime.keys()].filter((row) => outcome(ticksOf([row], () => true)).manifest.counters.resolvedBars === 1);
  const returns = Array.from({ length: 1 << ambiguous.length }, (_, bits) => outcome(ticksOf(ambiguous, (k) => (bits >> k) % 2 === 1)).metrics.figures.totalReturn.value);
  return { ambiguous, returns };
}

describe('a plan of market entries', () => {
  const range = intrabarRange(plan, { data: [input()] });

  test('the range is a bound: no order of prices inside the bars gets out of it, and its ends are reached', () => {
    const { ambiguous, returns } = everyPath(), { lowest, highest, lowestPolicy, highestPolicy } = range.figures.totalReturn!;
    expect(ambiguous.length).toBeGreaterThanOrEqual(4);
    expect([range.isBound, range.reason]).toEqual([true, 'a plan of market entries sent the same orders under every policy']);
    expect([lowest, highest]).toEqual([Math.min(...returns), Math.max(...returns)]);
    expect([lowestPolicy, highestPolicy]).toEqual(['pessimistic', 'optimistic']);
    for (const policy of intrabarPolicies) expect(range.results[policy]!.summary.manifest.counters.ambiguousBars).toBe(ambiguous.length);
  });

  test('each result is that of a run under its policy, and says so', () => {
    for (const intrabar of intrabarPolicies) {
      const alone = run(plan, { data: [input()], options: { intrabar } }), result = range.results[intrabar]!;
      expect(result.digests.orderHash()).toBe(alone.digests.orderHash());
      expect(result.summary.manifest.options.intrabar).toBe(intrabar);
    }
    expect(range.results.optimistic!.digests.orderHash()).not.toBe(range.results.pessimistic!.digests.orderHash());
  });

  test('ticks of every bar close the range', () => {
    const ticks = ticksOf([...openTime.keys()], (row) => row % 3 === 0), { results, figures } = intrabarRange(plan, { data: [input(ticks)] }), { lowest, highest } = figures.totalReturn!;
    expect(lowest).toBe(highest);
    const { counters } = results.pessimistic!.summary.manifest, [warning] = results.pessimistic!.summary.warnings.filter(({ code }) => code === 'ambiguousBars');
    expect(counters.resolvedBars).toBe(counters.ambiguousBars);
    expect(warning.message).toBe(`Bars in which stop and target could both have filled, taken pessimistically except for ${counters.resolvedBars} that the ticks inside decided`);
  });
});

describe('bars of quotes with their quotes inside', () => {
  const { quotes } = generateMarket({ seed: 8, days: 5, quotesPerDay: 20_000 }), interval = 1800e9, legs = 0.0004, euro = defineInstrument({ id: 'EURUSD.SEED', tick: 0.00001, quantityStep: 1, calendar: '24x7' });
  const { bars: bid } = timeBars(quotes, { interval, price: 'bid' }), { bars: ask } = timeBars(quotes, { interval, price: 'ask' }), { openTime, closeTime, open, high, low, close } = bid;
  const market = { instrument: euro, kind: 'bars', interval, columns: { openTime, closeTime, open, high, low, close, askOpen: ask.open, askHigh: ask.high, askLow: ask.low, askClose: ask.close } } as const;
  const brackets = defineStrategy({
    name: 'brackets', parameters: {}, sources: () => ({ m30: bars('30m', { price: 'bid' }) }), init: () => ({}),
    decide(_state, now, account, actions) {
      if (now.kind !== 'bar' || account.position() !== 0) return;
      const price = now.columns.close[now.row], side = now.row % 2 === 0 ? 1 : -1;
      actions.submit({ side, quantity: 1000, stop: price - side * legs, target: price + side * legs });
    },
  });
  const tripsOf = ({ roundTrips }: Result): string[] => Array.from({ length: roundTrips.length }, (_, i) => `${textOf(roundTrips, 'instrument', i)} ${numbersOf(roundTrips, 'entryPrice')[i]} ${exitReasons[numbersOf(roundTrips, 'exitReason')[i]]}`);

  // Oracle: the run on the quotes themselves. A limit fills on quotes when it is touched.
  test('every entry and every exit is the one of the run on the quotes; without them dozens are not', () => {
    const options = { limitFill: 'touch' } as const, exact = tripsOf(run(brackets, { data: [{ instrument: euro, kind: 'quotes', columns: quotes }] })), inside = run(brackets, { data: [{ ...market, ticks: { kind: 'quotes', columns: quotes } }], options });
    const { ambiguousBars, resolvedBars } = inside.summary.manifest.counters;
    expect([ambiguousBars > 30, resolvedBars]).toEqual([true, ambiguousBars]);
    expect(tripsOf(inside)).toEqual(exact);
    for (const intrabar of ['pessimistic', 'optimistic'] as const) {
      const alone = tripsOf(run(brackets, { data: [market], options: { ...options, intrabar } }));
      expect(alone.filter((trip, i) => trip !== exact[i]).length).toBeGreaterThan(12);
    }
  });
});

describe('no bound is claimed', () => {
  const why = (strategy: Parameters<typeof intrabarRange>[0], options: SimulationOptions = {}, policies = intrabarPolicies): string => {
    const { isBound, reason } = intrabarRange(strategy, { data: [input()], options }, policies);
    return isBound ? 'bound' : reason;
  };

  test('where a fill may change what is decided later', () => {
    expect(why(betting)).toBe('the strategy is closed loop: a fill may change what it decides later');
    expect(why(plan, { sizing: { kind: 'percentOfEquity', fraction: 5 }, conflict: 'accumulate' })).toBe('fills changed later orders');
  });

  test('where an extreme was left out, or entries fill inside bars', () => {
    expect(why(plan, {}, ['openHighLowClose', 'openLowHighClose'])).toBe('pessimistic or optimistic was left out');
    const limits = defineEngine({
      name: 'limits', input: { close: 'f64' }, aligned: { enter: 'f64', limit: 'f64', stop: 'f64', target: 'f64' }, defaults: {}, warmup: () => 0, init: () => ({}),
      advance(_state, input, output, from, to) {
        for (let i = from; i < to; i++) {
          output.enter[i] = 1;
          output.limit[i] = input.close[i] - 0.2;
          output.stop[i] = input.close[i] - 0.6;
          output.target[i] = input.close[i] + 0.6;
        }
      },
    });
    const entries = defineStrategy({ name: 'limits', parameters: {}, sources: () => ({ h1: bars('1h') }), plan: () => [limits, 'h1'] });
    expect(why(entries, {}, ['pessimistic', 'optimistic'])).toMatch(/orders of kind limit may fill inside a bar|fills changed later orders/);
  });

  test('and a closed loop does get out of the range of the policies: worked by hand', () => {
    const range = intrabarRange(betting, { data: [workedInput()] }), { lowest, highest } = range.figures.totalReturn!;
    // Lost, lost, lost: -3. Won, won, lost: +1.
    expect([range.isBound, Math.round(lowest * 1e5), Math.round(highest * 1e5)]).toEqual([false, -3, 1]);
    const time = BigInt64Array.from([2, 5], (row) => openTime[row] + 1n), wonAndLost = { kind: 'trades', columns: { time, price: Float64Array.of(102, 98) } } as const;
    expect(Math.round(1e5 * run(betting, { data: [workedInput(wonAndLost)] }).summary.metrics.figures.totalReturn.value)).toBe(-100);
  });
});

test('data without bars, ticks that go back, ticks of quotes and a missing column are refused', () => {
  const quotes: MarketInput = { instrument, kind: 'quotes', columns: { time: openTime, bid: columns.open, ask: columns.open } }, time = openTime.slice().reverse();
  expect(() => intrabarRange(plan, { data: [quotes] })).toThrow('plan: a range over intrabar policies is about bars, the data are quotes: ticks leave nothing open');
  expect(() => run(plan, { data: [{ ...quotes, ticks: { kind: 'trades', columns: { time: openTime, price: columns.open } } }] })).toThrow('ticks of X.SEED: they decide inside bars, its market is quotes');
  expect(() => run(plan, { data: [input({ kind: 'trades', columns: { time, price: columns.open } })] })).toThrow(/row 1, column "time": ticks of X.SEED: time 2024-01-07T14:00:00Z is before 2024-01-07T15:00:00Z, the row before/);
  expect(() => run(plan, { data: [input({ kind: 'quotes', columns: { time: openTime, bid: columns.open } })] })).toThrow('ticks of X.SEED: quotes need a column ask of 160 rows, there is none');
  expect(() => run(plan, { data: [input({ kind: 'trades', columns: { price: columns.open } })] })).toThrow('ticks of X.SEED need a time column');
  expect(() => run(plan, { data: [input({ kind: 'trades', columns: { time: openTime, price: columns.open.map((price) => price + 0.001) } })] })).toThrow(/row 0, column "price": ticks of X.SEED: .* is not on the grid of 0.01/);
  expect(() => rangeOfPolicies(plan, {})).toThrow('intrabar range: no policy is given');
});
