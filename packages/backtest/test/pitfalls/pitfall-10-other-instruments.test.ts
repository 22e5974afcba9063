import { defineInstrument, generateMarket, parseTime, randomStream, type RandomStream } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { bars, defineStrategy, run, type MarketInput } from '../../src/index.ts';
import type { Group, MarketRows, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import { firstDifference } from '../reference/compare.ts';
import { makeCase, type Case } from '../reference/cases.ts';
import { simulate } from '../simulated.ts';

/** Rows at the times of the case's own, with prices of another size. */
function strangers(random: RandomStream, { time, closeTime, length }: MarketRows, market: TradedInstrument['market']): MarketRows {
  const price = Float64Array.from({ length }, () => 5 + random.integer(0, 4)), above = price.map((each) => each + 1), below = price.map((each) => each - 1);
  const rows = { base: 0, length, time, starts: Float64Array.of(0) };
  if (market === 'bars') return { ...rows, closeTime: closeTime!, open: price, high: above, low: below, close: price, volume: above };
  return market === 'quotes' ? { ...rows, bid: price, ask: above, bidSize: above, askSize: above } : { ...rows, price, size: above };
}

type Beside = (setup: SimulatorSetup, rows: Group, stranger: MarketRows) => readonly [SimulatorSetup, Group];

/** Two instruments that nobody trades, one before and one behind those of the case. */
const besideIt: Beside = (setup, rows, stranger) => {
  const of = (id: string): TradedInstrument => ({ ...setup.instruments[0], id }), sources = setup.sources.map((source) => ({ ...source, instrument: source.instrument < 0 ? -1 : source.instrument + 1 }));
  return [{ ...setup, instruments: [of('A'), ...setup.instruments, of('Z')], sources }, { markets: [stranger, ...rows.markets, stranger], decisions: rows.decisions }];
};

/** Oracle: the same run without them; random strategies on quotes, trades and bars. */
function othersChangeNothing(beside: Beside, seeds: number): number {
  let fills = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const of: Case = makeCase(seed), alone = of.start(), together = of.start(), random = randomStream(seed, 'strangers');
    const [setup, rows] = beside(together.setup, of.rows, strangers(random, of.rows.markets[0], of.family)), expected = simulate(alone.setup, of.rows), actual = simulate(setup, rows);
    expect(firstDifference(expected, actual)).toBeUndefined();
    expect(together.calls).toEqual(alone.calls);
    fills += expected.fills.length;
  }
  return fills;
}

test('pitfall 10: instruments that are not traded change no call, order, fill or equity', () => expect(othersChangeNothing(besideIt, 200)).toBeGreaterThan(2000));

test('pitfall 10: a program that lets every instrument move the standing price of one is caught', () => {
  const mixed: Beside = (setup, rows, stranger) => {
    const [first, ...others] = rows.markets, swapped = Object.fromEntries(Object.entries(first).map(([name, own]) => [name, own instanceof Float64Array && name !== 'starts' ? own.map((price, i) => (i % 3 === 1 ? (stranger as any)[name]![i] : price)) : own]));
    return [setup, { ...rows, markets: [swapped as unknown as MarketRows, ...others] }];
  };
  expect(() => othersChangeNothing(mixed, 150)).toThrow(/to be undefined|to deeply equal/);
});

test('pitfall 10: a program that calls the strategy by the wrong instrument\'s clock is caught', () => {
  const shifted: Beside = (setup, rows, stranger) => {
    const [together, group] = besideIt(setup, rows, stranger);
    return [{ ...together, sources: together.sources.map((source) => ({ ...source, instrument: Math.max(0, source.instrument - 1) })) }, group];
  };
  expect(() => othersChangeNothing(shifted, 150)).toThrow(/to be undefined|to deeply equal/);
});

const market = (id: string, seed: number): MarketInput => ({ instrument: defineInstrument({ id, tick: 0.00001, quantityStep: 1, calendar: '24x7' }), kind: 'quotes', columns: generateMarket({ seed, days: 3, quotesPerDay: 4000 }).quotes });
const crossing = defineStrategy({
  name: 'crossing', parameters: {}, sources: () => ({ m5: bars('5m', { instrument: 'EURUSD.M' }) }), init: () => ({ before: NaN }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    const price = now.columns.close[now.row], side = Math.sign(price - state.before), instrument = 'EURUSD.M';
    state.before = price;
    if (side !== 0 && account.position(instrument) === 0) actions.submit({ instrument, side, quantity: 1000, stop: price - side * 0.0008, target: price + side * 0.0008 });
  },
});

test('pitfall 10: a run over more data gives the same bits in every stage of the instrument that trades', () => {
  const from = parseTime('2024-01-07'), to = parseTime('2024-01-11'), own = market('EURUSD.M', 1), alone = run(crossing, { data: [own], from, to }).digests;
  const more = run(crossing, { data: [market('AUDUSD.M', 2), own, market('USDJPY.M', 3)], from, to }).digests;
  expect(more.orderHash()).toBe(alone.orderHash());
  for (const stage of alone.stages.filter((name) => name !== 'returns')) expect([stage, more.stage(stage)]).toEqual([stage, alone.stage(stage)]);
});
