/**
 * One run in progress. Oracle: the laws of pipelines. However the rows are cut into blocks, and wherever a snapshot is taken and restored, every stage, order, execution
 * and fill has the bits of the whole run; what was known does not change with the future.
 */
import { describe, expect, test } from 'vitest';
import { builtInInstruments, combine, generateMarket, orderKinds, type GrowingTable } from '@zanzibar/core';
import { atr } from '@zanzibar/engines/volatility';
import { fairValueGaps, swings } from '@zanzibar/engines/structure';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { bars, custom, reports, tickBars, ticks, timer } from '../strategy/sources.ts';
import { orderHash } from '../result/digests.ts';
import { checkLookahead, compareAll, tablesOfSession } from './lookahead.ts';
import type { MarketInput } from './market-input.ts';
import { prepareRun, type PreparedRun, type RunSettings } from './prepare.ts';
import { replayGroups, replayRows } from './replay.ts';
import type { Session } from './session.ts';

const instrument = (id: string): MarketInput['instrument'] => builtInInstruments.find(one => one.id === id)!;
const options = { seed: 1, days: 2, quotesPerDay: 1500, tradesPerDay: 300, from: '2024-01-08' };
const oanda = generateMarket(options).quotes, fxcm = generateMarket({ ...options, seed: 2 }).quotes;
const quotes = (id: string, columns: object): MarketInput => ({ instrument: instrument(id), kind: 'quotes', columns: columns as MarketInput['columns'] });
const news = { time: BigInt64Array.from({ length: 40 }, (_, k) => oanda.time[k * 60 + 7]), surprise: Array.from({ length: 40 }, (_, k) => Math.sin(k)) };

/** Everything that a strategy can listen to, on two instruments, with engines on four of the sources. */
const everything = defineStrategy({
  name: 'everything',
  parameters: {},
  sources: () => ({
    m1: bars('1m', { instrument: 'EURUSD.OANDA' }), m5: bars('5m', { instrument: 'EURUSD.OANDA' }), other: bars('1m', { instrument: 'EURUSD.FXCM', price: 'bid' }), count: tickBars(50, { instrument: 'EURUSD.FXCM' }),
    tick: ticks('EURUSD.FXCM'), hour: timer('1h', '7m'), news: custom(news), replies: reports(),
  }),
  engines: () => combine({ fast: [atr, 'm1', { period: 5 }], slow: [atr, 'm5', { period: 3 }], gaps: [fairValueGaps, 'm1'], turns: [swings, 'other', { left: 2, right: 2 }], wide: [atr, 'count', { period: 4 }] }),
  init: () => ({ calls: 0, ticks: 0, sum: 0, reports: 0, news: 0 }),
  decide(state, now, account, actions) {
    state.calls++;
    if (now.kind === 'report') {
      state.reports++;
      return;
    }
    if (now.kind === 'custom') {
      state.news += now.columns.surprise[now.row];
      if (Math.abs(state.news) > 2 && account.openOrders().length < 4) actions.submit({ instrument: 'EURUSD.OANDA', side: state.news > 0 ? 1 : -1, quantity: 100, tag: 'news' });
      return;
    }
    if (now.kind === 'timer') {
      for (const id of account.openOrders('EURUSD.FXCM')) actions.cancel(id);
      actions.record('sum', state.sum);
      return;
    }
    if (now.kind === 'tick') {
      if (++state.ticks % 97 === 0 && account.openOrders('EURUSD.FXCM').length < 3) actions.submit({ side: state.ticks % 2 ? 1 : -1, kind: 'limit', quantity: 50, price: (now.columns.bid[now.row] + now.columns.ask[now.row]) / 2 });
      return;
    }
    if (now.source !== 'm1' || now.kind !== 'bar') return;
    // What became visible of a longer timeframe, of another instrument and of events since the bar before.
    const { tables, offsets, row } = now;
    for (let k = offsets.m5[row]; k < offsets.m5[row + 1]; k++) state.sum += tables.m5.close[k];
    for (let k = offsets.slow[row]; k < offsets.slow[row + 1]; k++) if (!Number.isNaN(tables.slow.atr[k])) state.sum += tables.slow.atr[k];
    for (let k = offsets.other[row]; k < offsets.other[row + 1]; k++) state.sum -= tables.other.close[k];
    for (let k = offsets.turns[row]; k < offsets.turns[row + 1]; k++) state.sum += tables.turns.level0[k];
    const gaps = offsets.gaps[row + 1] - offsets.gaps[row], distance = 3 * now.columns.fast[row];
    if (gaps > 0 && distance > 0 && account.position('EURUSD.OANDA') === 0) actions.submit({ side: state.sum > 0 ? 1 : -1, quantity: 200, stop: now.columns.close[row] - (state.sum > 0 ? distance : -distance), hold: 900e9 });
    if ((now.base + row) % 31 === 0) actions.market(account.position('EURUSD.OANDA') > 0 ? -1 : 1, 10);
  },
});

const settings: RunSettings = { data: [quotes('EURUSD.OANDA', oanda), quotes('EURUSD.FXCM', fxcm)], options: { latency: { submit: 50e6, cancel: 80e6, report: 20e6 } } };

function whole(run: PreparedRun, groupRows: number = Infinity): Session {
  const session = run.session();
  for (const _ of replayGroups(session, run.data, groupRows));
  return session;
}

const hashOf = ({ simulator: { output } }: Session): string => orderHash(output.orders as never, output.fills as never);

describe('two instruments and every kind of source', () => {
  const run = prepareRun(everything, settings), expected = whole(run), tables = tablesOfSession(expected);

  test('the run uses what it is meant to: all sources, both instruments, all kinds of orders', () => {
    const { orders, fills, recorded } = expected.simulator.output;
    expect(new Set(orders.columns.instrument as Int32Array).size).toBe(2);
    expect(new Set(Array.from(orders.columns.kind as Int8Array, code => orderKinds[code]))).toContain('limit');
    expect(fills.length).toBeGreaterThan(60);
    expect(recorded.sum.time.length).toBeGreaterThan(40);
    for (const stage in tables) expect(tables[stage].length, stage).toBeGreaterThan(10);
  });

  test.each([1, 100, 1000])('groups of %i rows give the bits of the whole', rows => {
    const session = whole(run, rows);
    expect(compareAll(tables, tablesOfSession(session))).toBeUndefined();
    expect(hashOf(session)).toBe(hashOf(expected));
  });

  test('row by row gives the bits of the whole', () => {
    const session = run.session();
    for (const _ of replayRows(session, run.data));
    expect(compareAll(tables, tablesOfSession(session))).toBeUndefined();
  });

  test('the order in which instruments are given changes nothing', () => {
    const turned = prepareRun(everything, { ...settings, data: [...settings.data].reverse() });
    expect(hashOf(whole(turned))).toBe(hashOf(expected));
  });

  test('it sees no future: row by row, repeated, and under poisoned futures', () => {
    const steps = checkLookahead(run, 6, (_, data) => prepareRun(everything, { ...settings, data, from: run.from, to: run.to }));
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      expect(value.findings).toEqual([]);
      break;
    }
  });

  test('snapshots restored into new sessions go on with the same bits, also where nothing has come yet and right at the end', () => {
    const total = oanda.time.length + fxcm.time.length + news.time.length, cuts = [1, 2, 333, 1700, 3001, total - 1, total], parts: Session[] = [];
    let session = run.session(), done = 0;
    session.restore(session.snapshot());
    for (const cut of cuts) {
      for (const [at] of replayRows(session, run.data, done)) {
        done = at;
        if (at === cut) break;
      }
      parts.push(session);
      if (cut === total) break;
      const bytes = session.snapshot();
      session = run.session();
      session.restore(bytes);
      expect(session.snapshot()).toEqual(bytes);
    }
    session.finish();
    const stages = parts.map(part => tablesOfSession(part)), joined = Object.fromEntries(Object.keys(tables).map(stage => [stage, stages.map(each => each[stage]).reduce((length, table) => ((table as unknown as GrowingTable).base ?? 0) + table.length || length, 0)]));
    for (const stage of ['orders', 'executions', 'fills']) expect(joined[stage], stage).toBe(tables[stage].length);
    const last = stages[stages.length - 1].fills as unknown as GrowingTable, from = last.base, price = tables.fills.columns.price as Float64Array;
    expect((last.columns.price as Float64Array).slice(0, last.length)).toEqual(price.slice(from, from + last.length));
  });

  test('rows of both instruments at the same times come in one order, whatever the blocks', () => {
    const rows = Math.min(oanda.time.length, fxcm.time.length), cut = (columns: object): object => Object.fromEntries(Object.entries(columns).filter(([, values]) => ArrayBuffer.isView(values)).map(([name, values]) => [name, (values as Float64Array).slice(0, rows)]));
    const same = prepareRun(everything, { options: {}, data: [quotes('EURUSD.OANDA', cut(oanda)), quotes('EURUSD.FXCM', { ...cut(fxcm), time: oanda.time.slice(0, rows) })] }), at = whole(same);
    expect(at.simulator.output.fills.length).toBeGreaterThan(30);
    for (const size of [1, 64]) expect(compareAll(tablesOfSession(at), tablesOfSession(whole(same, size)))).toBeUndefined();
    const single = same.session();
    for (const _ of replayRows(single, same.data));
    expect(compareAll(tablesOfSession(at), tablesOfSession(single))).toBeUndefined();
  });

  test('a source whose instrument two venues have must name the venue', () => {
    const vague = { ...everything, sources: () => ({ m1: bars('1m', { instrument: 'EURUSD' }) }), engines: undefined } as never;
    expect(() => prepareRun(vague, settings).session()).toThrow('source "m1" wants instrument EURUSD, which data has of several venues, name one: EURUSD.FXCM, EURUSD.OANDA');
  });

  test('money of two currencies needs rates and is refused; so is an account in another one', () => {
    const yen = { ...instrument('EURUSD.FXCM'), settleCurrency: 'JPY' };
    expect(() => prepareRun(everything, { ...settings, data: [settings.data[0], { ...settings.data[1], instrument: yen }] })).toThrow('EURUSD.OANDA pays in USD, the account is in JPY');
    expect(() => prepareRun(everything, { ...settings, options: { currency: 'EUR' } })).toThrow('EURUSD.FXCM pays in USD, the account is in EUR');
  });
});

describe('cuts by an explicit policy', () => {
  const strategy = defineStrategy({
    name: 'cuts', parameters: {}, sources: () => ({ m1: bars('1m') }), engines: () => combine({ fast: [atr, 'm1', { period: 5 }] }), init: () => ({ ends: 0, warm: 0 }),
    decide(state, now, account, actions) {
      if (now.kind === 'segmentEnd') actions.record('ends', ++state.ends);
      if (now.kind === 'bar' && Number.isNaN(now.columns.fast[now.row])) actions.record('cold', ++state.warm);
      if (now.kind === 'bar' && (now.base + now.row) % 7 === 0) actions.market(account.position() > 0 ? -1 : 1, 10);
    },
  });
  const data = [settings.data[0]], gap = 600e9;

  test('a cut calls segmentEnd, starts engines anew and leaves positions alone, whatever the groups', () => {
    const run = prepareRun(strategy, { data, quality: { cut: { gap } } }), expected = whole(run), { recorded } = expected.simulator.output, { time } = oanda;
    let gaps = 0;
    for (let i = 1; i < time.length; i++) if (time[i] - time[i - 1] > BigInt(gap)) gaps++;
    expect(gaps).toBeGreaterThan(0);
    expect(recorded.ends.time.length).toBe(gaps);
    expect(recorded.cold.time.length).toBeGreaterThan(5);
    for (const rows of [1, 137]) expect(compareAll(tablesOfSession(expected), tablesOfSession(whole(run, rows)))).toBeUndefined();
    expect(hashOf(expected)).toBe(hashOf(whole(prepareRun(strategy, { data }))));
  });
});

describe('bars that a cut ends early', () => {
  const strategy = defineStrategy({
    name: 'cut short', parameters: {}, sources: () => ({ m1: bars('1m') }), engines: () => combine({ fast: [atr, 'm1', { period: 2 }] }), init: () => ({}),
    decide(state, now, account, actions) {
      if (now.kind === 'bar') actions.market(account.position() > 0 ? -1 : 1, 10);
    },
  });

  test('are known with the row that cuts, so what they decide meets the rows after it, whatever the groups', () => {
    const run = prepareRun(strategy, { data: [settings.data[0]], quality: { cut: { gap: 20e9 } } }), expected = whole(run), { orders, fills } = expected.simulator.output, { time } = oanda;
    const filledAt = new Map(Array.from({ length: fills.length }, (_, k) => [fills.columns.orderId[k], fills.columns.row[k] as number]));
    let early = 0;
    for (let k = 0; k < orders.length; k++) {
      const decided = orders.columns.decisionTime[k] as bigint, row = filledAt.get(orders.columns.orderId[k]);
      if (decided % 60_000_000_000n === 0n || row === undefined) continue;
      early++;
      expect(row).toBeGreaterThan(time.indexOf(decided));
    }
    expect(early).toBeGreaterThan(20);
    for (const rows of [1, 137]) expect(compareAll(tablesOfSession(expected), tablesOfSession(whole(run, rows)))).toBeUndefined();
  });
});

describe('before from and at to', () => {
  const at = (k: number): bigint => oanda.time[k], strategy = defineStrategy({
    name: 'edges', parameters: {}, sources: () => ({ m1: bars('1m'), tick: ticks(), every: timer('10m') }), engines: () => combine({ fast: [atr, 'm1', { period: 5 }] }), init: () => ({ calls: 0 }),
    decide(state, now, account, actions) {
      actions.record(now.kind, Number(now.time - at(0)));
      if (now.kind === 'start') actions.record('equity at start', account.equity);
      if (now.kind === 'bar') actions.record('fast', now.columns.fast[now.row]);
      if (now.kind === 'bar' && (now.base + now.row) % 3 === 0) actions.market(1, 10);
    },
  });

  test.each([Infinity, 1, 50])('no call before from and none but stop at or after to; engines are warm by what came before; groups of %d rows', rows => {
    const from = at(900), to = at(1800), run = prepareRun(strategy, { data: [settings.data[0]], from, to }), { output } = whole(run, rows).simulator;
    for (const kind of ['bar', 'tick', 'timer']) {
      const { time } = output.recorded[kind];
      expect(time.length, kind).toBeGreaterThan(3);
      expect(time[0] >= from && time[time.length - 1] < to, kind).toBe(true);
    }
    expect(Array.from(output.recorded.start.time)).toEqual([from]);
    expect(Array.from(output.recorded.stop.time)).toEqual([to]);
    expect(output.recorded['equity at start'].value[0]).toBe(100_000);
    expect(Number.isNaN(output.recorded.fast.value[0])).toBe(false);
    expect((output.equity.columns.time as BigInt64Array)[0] >= from).toBe(true);
    for (let k = 0; k < output.orders.length; k++) expect((output.orders.columns.decisionTime as BigInt64Array)[k] < to).toBe(true);
  });

  test('a run that is stopped early is the run that ends just behind its last frontier', () => {
    const run = prepareRun(strategy, { data: [settings.data[0]] }), session = run.session(), steps = replayGroups(session, run.data, 700);
    steps.next();
    session.stopEarly();
    const short = prepareRun(strategy, { data: run.data, to: session.to });
    expect(session.to < run.to).toBe(true);
    expect(hashOf(session)).toBe(hashOf(whole(short)));
    const { recorded } = session.simulator.output;
    expect(recorded.timer.time[recorded.timer.time.length - 1] < session.to).toBe(true);
  });
});
