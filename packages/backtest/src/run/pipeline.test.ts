/** The pipeline of a run. Oracle: the laws of pipelines, and the words of the strategy's own sources. */
import { describe, expect, test } from 'vitest';
import { builtInInstruments, calendarOf, combine, quoteSchema, tradeSchema } from '@zanzibar/core';
import { pipelineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { footprint } from '@zanzibar/engines/flow';
import { fairValueGaps, structureBreaks, swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import { defineStrategy, type AnyStrategy } from '../strategy/define-strategy.ts';
import { bars, custom, tickBars, ticks } from '../strategy/sources.ts';
import { buildPipeline } from './pipeline.ts';
import type { Market } from './market.ts';

function market(id: string, kind: Market['kind'], interval?: number): Market {
  const known = builtInInstruments.find(one => one.id === id)!, { quantityStep, minimumQuantity, multiplier } = known;
  return { instrument: known, id, tick: NaN, quantityStep, minimumQuantity, multiplier, kind, market: kind, interval, calendar: calendarOf('fx-week'), sessionEnd: time => time, sessionOpens: new BigInt64Array(0), knownTimes: new BigInt64Array(0) };
}

const strategyOf = (sources: AnyStrategy['sources'], engines?: AnyStrategy['engines']): AnyStrategy => defineStrategy({ name: 'probe', parameters: {}, sources, ...(engines ? { engines } : {}), decide: () => {} }) as AnyStrategy;

describe('laws of the whole pipeline', () => {
  const strategy = strategyOf(
    () => ({ s10: bars(10e9, { instrument: 'EURUSD.OANDA' }), s40: bars(40e9, { instrument: 'EURUSD.OANDA' }), trades: bars(20e9, { instrument: 'EURUSD.FXCM' }), tape: ticks('EURUSD.FXCM'), count: tickBars(4, { instrument: 'EURUSD.FXCM' }) }),
    () => combine({
      fast: [atr, 's10', { period: 3 }], slow: [atr, 's40', { period: 2 }], turns: [swings, 's10', { left: 1, right: 1 }], breaks: [structureBreaks, 's10', {}, { swings: 'turns.events' }],
      gaps: [fairValueGaps, 'trades', { cap: 1 }], steps: [atr, 'count', { period: 2 }],
      cells: [footprint, 'trades', { tick: 0.25, stack: 1, ratio: 1, minimumVolume: 0 }, { trades: 'tape' }],
    }),
  );
  const markets = [market('EURUSD.FXCM', 'trades'), market('EURUSD.OANDA', 'quotes')], { pipeline } = buildPipeline(strategy, {}, markets, { cut: { nanRun: 2, gap: 150e9 } });
  pipelineLaws(test, 'quality, bars, engines and views of two instruments', {
    runs: 12,
    boundedRows: 20_000,
    make: random => ({
      pipeline,
      sources: {
        'EURUSD.FXCM': randomMarket({ time: tradeSchema.time, price: tradeSchema.price, size: tradeSchema.size, side: tradeSchema.side }, random, 600, { ...roughTexture, isCut: false }),
        'EURUSD.OANDA': randomMarket({ time: quoteSchema.time, bid: quoteSchema.bid, ask: quoteSchema.ask }, random, 600, { ...roughTexture, isCut: false }),
      },
      order: { 'EURUSD.FXCM': { instrument: 'EURUSD.FXCM', kind: 'trade' }, 'EURUSD.OANDA': { instrument: 'EURUSD.OANDA', kind: 'quote' } },
    }),
  });
});

describe('sources', () => {
  const build = (sources: AnyStrategy['sources'], markets: readonly Market[], engines?: AnyStrategy['engines']): ReturnType<typeof buildPipeline> => buildPipeline(strategyOf(sources, engines), {}, markets, {});
  const quotes = market('EURUSD.OANDA', 'quotes'), trades = market('EURUSD.OANDA', 'trades'), minutes = market('EURUSD.OANDA', 'bars', 60e9);

  test('bars hold the price that was asked for; of trades and of bars that is the trade price', () => {
    expect(build(() => ({ a: bars('1m', { price: 'ask' }) }), [quotes]).sources[0].price).toBe('ask');
    expect(build(() => ({ a: bars('1m') }), [trades]).sources[0].price).toBe('trade');
    expect(build(() => ({ a: bars('1m') }), [minutes]).sources[0]).toMatchObject({ price: 'trade', table: 'EURUSD.OANDA' });
    expect(build(() => ({ a: bars('5m') }), [minutes]).sources[0].table).toBe('a.bars');
  });

  test.each([
    ['bars of trades from quotes', () => ({ a: bars('1m', { price: 'trade' }) }), quotes, 'source "a" wants bars of trades, but EURUSD.OANDA has quotes'],
    ['bars of the bid from trades', () => ({ a: bars('1m', { price: 'bid' }) }), trades, 'source "a" wants bars of the bid, but EURUSD.OANDA has trades only'],
    ['shorter bars from bars', () => ({ a: bars('30s') }), minutes, 'source "a": bars of 30s cannot be made of EURUSD.OANDA\'s bars of 1m'],
    ['bars of ticks from bars', () => ({ a: tickBars(5) }), minutes, 'counts ticks, but EURUSD.OANDA has bars only'],
    ['a name with a point', () => ({ 'a.b': bars('1m') }), quotes, 'a source cannot be called "a.b"'],
    ['an instrument that is not there', () => ({ a: ticks('GOLD') }), quotes, 'source "a" wants instrument GOLD, data has EURUSD.OANDA'],
    ['columns without a time', () => ({ a: custom({ x: [1] } as never) }), quotes, 'source "a" needs a time column'],
    ['columns of different lengths', () => ({ a: custom({ time: BigInt64Array.of(1n, 2n), x: [1] }) }), quotes, 'source "a": column "x" has 1 rows, time has 2'],
    ['columns whose time runs backwards', () => ({ a: custom({ time: BigInt64Array.of(2n, 1n) }) }), quotes, 'row 1: time runs backwards'],
  ])('%s is refused by name', (_, sources, data, message) => {
    expect(() => build(sources as AnyStrategy['sources'], [data])).toThrow(message);
  });

  test('an instrument is found in any case and without its venue where that is clear', () => {
    expect(build(() => ({ a: bars('1m', { instrument: 'eurusd' }) }), [quotes]).sources[0].instrument).toBe(0);
  });

  test('engines that read what is no source, and two tables of one name, are refused', () => {
    expect(() => build(() => ({ a: bars('1m') }), [quotes], () => combine({ x: [atr, 'b'] }))).toThrow('engines read "b", which is none of its sources: a');
    expect(() => build(() => ({ a: bars('1m'), b: bars('5m'), c: bars('1h') }), [quotes], () => combine({ b: [atr, 'c'] }))).toThrow('"b" stands for two tables of what source "a" sees');
  });

  test('columns of one\'s own may be plain lists of numbers', () => {
    const { source } = build(() => ({ a: custom({ time: BigInt64Array.of(1n, 2n), x: [1, 2] }) }), [quotes]).sources[0];
    expect(source).toEqual({ kind: 'custom', columns: { time: BigInt64Array.of(1n, 2n), x: Float64Array.of(1, 2) } });
  });
});
