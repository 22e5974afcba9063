/** Oracle: engines run anew over the bars that a plain loop finds known at each row; and the law that more data changes no row. */
import { combine, eventKinds, randomStream, timeBars, type SourceColumns } from '@zanzibar/core';
import { randomMarket, roughTexture } from '@zanzibar/core/testing';
import { atr, barOrderFlowImbalance, delta, fairValueGaps, footprint, liquidityPools, orderBlocks, orderFlowImbalance, orderFlowImpact, pointsOfInterest, rollingCorrelation, rsi, structureBreaks, sweeps, swings, tradeSign, tradeThroughs, volumeClusters, vpin, vwap } from '@zanzibar/engines';
import { describe, expect, test } from 'vitest';
import { enrichBars, type EnrichOptions } from './enriched-bars.ts';

const quotes = randomMarket({ bid: 'f64', ask: 'f64' }, randomStream(5, 'enriched bars'), 6000, { ...roughTexture, isHoled: false }) as Record<string, any>;
const options: EnrichOptions = { timeframes: ['5m', '1m'], engines: { breaks: [structureBreaks, {}, { swings: 'pivots' }], pivots: [swings, { left: 2, right: 2 }], atr3: [atr, { period: 3 }], rsi: [rsi, { period: 4 }], gaps: [fairValueGaps] } };
const { bars, events } = enrichBars(quotes, options);

const cut = (columns: SourceColumns, length: number): SourceColumns => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(0, length)]));

test('rows are the closed bars of the shortest timeframe with their columns', () => {
  const { bars: minutes } = timeBars(quotes as never, { interval: 60e9, price: 'mid' });
  expect(bars.length).toBe(minutes.length);
  expect(bars.length).toBeGreaterThan(500);
  for (const column of ['openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'segment'] as const) expect(bars.columns[column]).toEqual((minutes as any)[column].subarray(0, minutes.length));
  expect(Object.keys(bars.schema).slice(-4)).toEqual(['1m_atr3', '1m_rsi', '5m_atr3', '5m_rsi']);
});

describe.each([['1m', 60e9], ['5m', 300e9]] as const)('columns of %s', (frame, interval) => {
  const { bars: own } = timeBars(quotes as never, { interval, price: 'mid' }), length = own.length;
  const output = atr({ high: own.high.subarray(0, length), low: own.low.subarray(0, length), close: own.close.subarray(0, length), segment: own.segment.subarray(0, length) }, { period: 3 }).atr;
  test('hold in each row the newest value whose bar has closed by then in the same segment, NaN where there is none', () => {
    const expected = Array.from({ length: bars.length }, (_, i) => {
      let value = NaN;
      for (let j = 0; j < length; j++) if (own.closeTime[j] <= (bars.columns.closeTime as BigInt64Array)[i]) value = own.segment[j] === bars.columns.segment[i] ? output[j] : NaN;
      return value;
    });
    expect([...(bars.columns[`${frame}_atr3`] as Float64Array)]).toEqual(expected);
    expect(expected.filter(value => value === value).length).toBeGreaterThan(200);
    expect(expected.filter(Number.isNaN).length).toBeGreaterThan(5);
  });
});

test('rows and events of a shorter history are the beginning of those of a longer one: nothing is joined before it is known', () => {
  for (const rows of [1, 700, 2345, 4001, 5999]) {
    const part = enrichBars(cut(quotes, rows), options), lastTime = quotes.time[rows - 1];
    let known = 0;
    while (known < part.bars.length && (part.bars.columns.closeTime as BigInt64Array)[known] <= lastTime) known++;
    for (const column in part.bars.columns) expect(part.bars.columns[column].slice(0, known), column).toEqual(bars.columns[column].slice(0, known));
    const told = (table: typeof events, until: bigint): unknown[] => Array.from({ length: table.length }, (_, k) => k).filter(k => (table.columns.knownTime as BigInt64Array)[k] <= until)
      .map(k => [table.texts.source[Number(table.columns.source[k])], table.texts.kind[Number(table.columns.kind[k])], table.columns.originRow[k], table.columns.knownRow[k], table.columns.level0[k]]);
    expect(told(part.events, lastTime)).toEqual(told(events, lastTime));
  }
});

test('events stand in the order in which they are known, at the first row of the base that knows them', () => {
  const { columns, texts, length } = events, close = bars.columns.closeTime as BigInt64Array;
  expect(length).toBeGreaterThan(200);
  expect([...new Set(texts.source)].sort()).toEqual(['1m_breaks', '1m_gaps', '1m_pivots', '5m_breaks', '5m_gaps', '5m_pivots']);
  for (const kind of texts.kind) expect(eventKinds).toContain(kind);
  for (let k = 0; k < length; k++) {
    const time = (columns.knownTime as BigInt64Array)[k], row = Number(columns.baseRow[k]);
    if (k > 0) expect(time >= (columns.knownTime as BigInt64Array)[k - 1]).toBe(true);
    if (Number.isNaN(row)) expect(close[bars.length - 1] < time).toBe(true);
    else expect(close[row] >= time && (row === 0 || close[row - 1] < time)).toBe(true);
  }
});

test('bars are taken as they are or joined to longer ones, and several outputs of an engine have their names behind the node', () => {
  // A bar of bars that a cut ends is known a little later than one of ticks.
  const { segment: _, ...whole } = quotes, { bars } = enrichBars(whole, options);
  const { bars: minutes } = timeBars(whole as never, { interval: 60e9, price: 'mid' }), columns = Object.fromEntries(Object.keys(bars.schema).slice(0, 13).map(name => [name, (minutes as any)[name].subarray(0, minutes.length)]));
  const made = enrichBars(columns, { timeframes: ['5m', '1m'], engines: { atr3: [atr, { period: 3 }], vwap: [vwap] } });
  for (const column of ['1m_atr3', '5m_atr3', 'close']) expect(made.bars.columns[column]).toEqual(bars.columns[column]);
  const outputs = Object.keys(vwap.spec.aligned!);
  expect(Object.keys(made.bars.schema).filter(name => name.startsWith('5m_vwap'))).toEqual(outputs.length === 1 ? ['5m_vwap'] : outputs.map(output => `5m_vwap_${output}`));
});

test('what an engine reads comes from the node that is named, that has the name, or is the usual engine for it; optional tables may be missing', () => {
  const engines: EnrichOptions['engines'] = {
    taken: [sweeps], pools: [liquidityPools, { atrMultiple: 0.5 }], swings: [swings, { left: 2, right: 2 }], range: [atr, { period: 3 }], structureBreaks: [structureBreaks], blocks: [orderBlocks], interest: [pointsOfInterest],
    pair: [rollingCorrelation, { period: 20 }, { first: 'close', second: 'range' }],
  };
  const made = enrichBars(quotes, { timeframes: ['1m'], engines });
  const byHand = combine({
    m1: [timeBars, 'rows', { interval: 60e9, price: 'mid' }], swings: [swings, 'm1.bars', { left: 2, right: 2 }], range: [atr, 'm1.bars', { period: 3 }], pools: [liquidityPools, 'm1.bars', { atrMultiple: 0.5 }, { swings: 'swings.events', atr: 'range/atr' }],
    taken: [sweeps, 'm1.bars', {}, { levels: 'pools.events', atr: 'range/atr' }], breaks: [structureBreaks, 'm1.bars', {}, { swings: 'swings.events' }], blocks: [orderBlocks, 'm1.bars', {}, { breaks: 'breaks.events', atr: 'range/atr' }],
    interest: [pointsOfInterest, 'm1.bars', {}, { orderBlocks: 'blocks.events', pools: 'pools.events', atr: 'range/atr' }], pair: [rollingCorrelation, 'm1.bars', { period: 20 }, { first: 'm1.bars/close', second: 'range/atr' }],
  } as never)({ rows: quotes }) as any;
  for (const node of ['taken', 'pools', 'blocks', 'interest']) {
    const rows = Array.from({ length: made.events.length }, (_, k) => k).filter(k => made.events.texts.source[Number(made.events.columns.source[k])] === `1m_${node}`);
    expect(rows.length, node).toBeGreaterThan(5);
    for (const column of ['id', 'direction', 'knownRow', 'ref', 'level0', 'value']) expect(rows.map(k => Number(made.events.columns[column][k])), `${node} ${column}`).toEqual([...byHand[node].events[column].subarray(0, byHand[node].events.length)].map(Number));
  }
  expect([...(made.bars.columns['1m_pair'] as Float64Array)]).toEqual([...byHand.pair[Object.keys(rollingCorrelation.spec.aligned!)[0]].subarray(0, made.bars.length)]);
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { blocks: [orderBlocks] } })).toThrow(new TypeError('enrich: blocks reads the table "breaks", and there is no engine called breaks: add structureBreaks, or say what else gives it (blocks.breaks)'));
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { pair: [rollingCorrelation, {}, { first: 'close', second: 'fast/atr' }] } })).toThrow(new TypeError('enrich: pair.second is to come from fast/atr, and no engine has that output'));
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { taken: [sweeps], fast: [atr], slow: [atr], pools: [liquidityPools, { atrMultiple: 0 }], swings: [swings] } })).toThrow('enrich: taken needs a column "atr", which bars do not have: name the node, or the column of bars, that gives it (taken.atr)');
});

test('a table of trades is that of the rows of which the bars are made', () => {
  const trades = randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, randomStream(6, 'enriched trades'), 3000, { ...roughTexture, isHoled: false, isCut: false }) as Record<string, any>;
  const { bars: made } = enrichBars(trades, { timeframes: ['5m'], engines: { cells: [footprint, { tick: 0.25 }], clusters: [volumeClusters, { tick: 0.25 }] } });
  const { cells } = combine({ m5: [timeBars, 'rows', { interval: 300e9, price: 'trade' }], cells: [footprint, 'm5.bars', { tick: 0.25 }, { trades: 'rows' }] })({ rows: trades }) as any;
  expect([...(made.columns['5m_cells_delta'] as Float64Array)]).toEqual([...cells.delta.subarray(0, made.length)]);
  expect([...(made.columns['5m_cells_delta'] as Float64Array)].filter(delta => delta !== 0).length).toBeGreaterThan(20);
});

test('what cannot be is refused by name', () => {
  const minutes = { openTime: BigInt64Array.of(0n), closeTime: BigInt64Array.of(60_000_000_000n), open: Float64Array.of(1), high: Float64Array.of(1), low: Float64Array.of(1), close: Float64Array.of(1) };
  expect(() => enrichBars(minutes, { timeframes: ['90s'], engines: {} })).toThrow(new RangeError("enrich: timeframes must be multiples of the data's 1m bars, was 90s"));
  expect(() => enrichBars(quotes, { timeframes: [], engines: {} })).toThrow(new RangeError('enrich: timeframes must name at least one length of bars'));
  expect(() => enrichBars(quotes, { timeframes: ['1m', '60s'], engines: {} })).toThrow(new RangeError('enrich: timeframes must differ, 1m is there twice'));
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { breaks: [structureBreaks] } })).toThrow(new TypeError('enrich: breaks reads the table "swings", and there is no engine called swings'));
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { breaks: [structureBreaks, {}, { swings: 'atr' }], atr: [atr] } })).toThrow(new TypeError('enrich: breaks reads the table "swings" of atr, which writes no events'));
  expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { bars: [timeBars] } })).toThrow(/^enrich: bars needs a column "/);
});

describe('engines over the quotes or trades that the bars are made of', () => {
  const trades = randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, randomStream(9, 'enriched rows'), 4000, { ...roughTexture, isHoled: false }) as Record<string, any>;
  const engines: EnrichOptions['engines'] = { informed: [vpin, { bucketVolume: 20, buckets: 3 }], sign: [tradeSign, { rules: ['tick'] }], through: [tradeThroughs], atr3: [atr, { period: 3 }], delta: [delta] };
  const { bars: made, events: told } = enrichBars(trades, { timeframes: ['1m', '5m'], engines });

  test('go over them once; a bar has the value of the last row before its close (oracle: a loop over all rows)', () => {
    const own = vpin(trades as never, { bucketVolume: 20, buckets: 3 }).vpin, signs = tradeSign(trades as never, { rules: ['tick'] }), { openTime, closeTime } = made.columns as Record<string, BigInt64Array>;
    const last = Array.from({ length: made.length }, (_, i) => (trades.time as BigInt64Array).findLastIndex((time, row) => time < closeTime[i] && trades.segment[row] === made.columns.segment[i]));
    expect(Array.from(openTime).every((open, i) => trades.time[last[i]] >= open)).toBe(true);
    expect([...(made.columns.trades_informed as Float64Array)]).toEqual(last.map(row => own[row]));
    expect([...(made.columns.trades_sign_side as Float64Array)]).toEqual(last.map(row => signs.side[row]));
    expect(new Set((made.columns.trades_informed as Float64Array).filter(value => value === value)).size).toBeGreaterThan(20);
    expect(Object.keys(made.schema).filter(name => /_informed|_sign_/.test(name))).toEqual(['trades_informed', 'trades_sign_side', 'trades_sign_signedVolume']);
  });

  test('their events belong to the bar that holds the row which proves them, and rows never change when data follows', () => {
    const of = (table: typeof told): number[] => Array.from({ length: table.length }, (_, k) => k).filter(k => table.texts.source[Number(table.columns.source[k])] === 'trades_through');
    const { toRow, closeTime } = made.columns as Record<string, any>, rows = of(told);
    expect(rows.length).toBeGreaterThan(10);
    for (const k of rows) {
      const bar = Number(told.columns.baseRow[k]), row = Number(told.columns.knownRow[k]);
      if (!Number.isNaN(bar)) expect([row < toRow[bar], bar === 0 || row >= toRow[bar - 1]]).toEqual([true, true]);
    }
    for (const count of [900, 2501]) {
      const part = enrichBars(cut(trades, count), { timeframes: ['1m', '5m'], engines }), lastTime = trades.time[count - 1];
      let known = 0;
      while (known < part.bars.length && closeTime[known] <= lastTime) known++;
      expect(known).toBeGreaterThan(50);
      for (const column in part.bars.columns) expect(part.bars.columns[column].slice(0, known), column).toEqual(made.columns[column].slice(0, known));
    }
  });

  test('bars read them: order-flow imbalance of quotes, its sum in bars and its impact, as combine has them', () => {
    const sized = { ...quotes, bidSize: quotes.bid.map((_: number, k: number) => 1 + (k % 7)), askSize: quotes.bid.map((_: number, k: number) => 1 + (k % 5)) };
    const { bars: made } = enrichBars(sized, { timeframes: ['1m'], engines: { orderFlowImpact: [orderFlowImpact, { window: 9 }], sums: [barOrderFlowImbalance], flow: [orderFlowImbalance] } });
    const byHand = combine({
      m1: [timeBars, 'rows', { interval: 60e9, price: 'mid' }], flow: [orderFlowImbalance, 'rows'], sums: [barOrderFlowImbalance, 'm1.bars', {}, { flow: 'flow' }], impact: [orderFlowImpact, 'm1.bars', { window: 9 }, { sum: 'sums/sum' }],
    } as never)({ rows: sized }) as any;
    expect([...(made.columns['1m_sums_sum'] as Float64Array)]).toEqual([...byHand.sums.sum.subarray(0, made.length)]);
    expect([...(made.columns['1m_orderFlowImpact_impact'] as Float64Array)]).toEqual([...byHand.impact.impact.subarray(0, made.length)]);
    expect((made.columns['1m_orderFlowImpact_impact'] as Float64Array).some(value => value !== 0 && value === value)).toBe(true);
    expect(Object.keys(made.schema)).toContain('quotes_flow_orderFlowImbalance');
  });

  test('where the data are something else, it is said what the engine goes over and what to do', () => {
    expect(() => enrichBars(quotes, { timeframes: ['1m'], engines: { vpin: [vpin] } })).toThrow(new TypeError('enrich: vpin goes over trades (it needs price, size), and the data are quotes: name trades with --record, or run it in a script over them with combine'));
    expect(() => enrichBars(trades, { timeframes: ['1m'], engines: { flow: [orderFlowImbalance] } })).toThrow('enrich: flow goes over quotes (it needs bid, ask, bidSize, askSize), and the data are trades');
    expect(() => enrichBars(trades, { timeframes: ['1m'], engines: { vpin: [vpin, {}, { side: 'atr3' }], atr3: [atr] } })).toThrow(new TypeError('enrich: vpin goes over the trades, and side cannot come from atr3: it has to come from an engine over them too'));
  });
});
