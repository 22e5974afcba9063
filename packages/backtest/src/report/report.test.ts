import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventKinds } from '@zanzibar/core';
import { seededResult } from '../../test/seeded-result.ts';
import { markSchema, numbersOf, resultTable, timesOf } from '../result/index.ts';
import { makeReport, renderHtml, renderSvgEquity, renderTerminal } from './index.ts';
import { escapeText, scriptJson } from './escape-text.ts';
import { numberText, steppedText, valueText } from './figure-text.ts';
import { durationText, timeText } from './display-time.ts';
import { histogramOf } from './histogram.ts';
import { thinRows } from './thin-series.ts';

const result = seededResult(), model = makeReport(result), chart = model.candles['1m'];

describe('the model of a report', () => {
  test('it is plain JSON with schema and version, at most seven figures, and every section shows what exists', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect([model.schema, model.version]).toEqual(['zanzibar/report', '1.2']);
    expect(model.figures.length).toBeLessThanOrEqual(7);
    for (const { content } of model.sections) {
      for (const { kind, id } of content) expect(model[kind === 'table' ? 'tables' : kind === 'histogram' ? 'histograms' : kind === 'heatMap' ? 'heatMaps' : kind]![id], `${kind} ${id}`).toBeDefined();
    }
    expect(model.sections.map(({ id }) => id)).toEqual(['equity', 'returns', 'trades', 'groups', 'costs', 'benchmark', 'candles', 'quality', 'manifest']);
  });

  test("candles, zones, swings, breaks, fills and round trips are as many as the result's tables hold", () => {
    const countOf = (node: string, kind: (typeof eventKinds)[number]): number => Array.from(numbersOf(result.engines[node].appended.events, 'kind')).filter(code => eventKinds[code] === kind).length;
    expect(chart.row.length).toBe(result.bars['1m'].table.length);
    expect(chart.zones.length).toBe(countOf('gaps', 'fairValueGap'));
    expect(chart.swings.length).toBe(countOf('swings', 'swing'));
    expect(chart.breaks.length).toBe(countOf('breaks', 'breakOfStructure') + countOf('breaks', 'changeOfCharacter'));
    expect(chart.fills.length).toBe(result.fills.length);
    expect(chart.trips.length).toBe(result.roundTrips.length);
    for (const drawn of [chart.zones, chart.swings, chart.breaks, chart.fills]) expect(drawn.length).toBeGreaterThan(100);
  });

  test('every zone and event starts at its known row, never where its geometry sits', () => {
    const { gaps, swings } = result.engines, known = (table: typeof gaps, kind: string): number[] => {
      const { events } = table.appended, kinds = numbersOf(events, 'kind'), row = numbersOf(events, 'knownRow');
      return Array.from(row).filter((_, i) => eventKinds[kinds[i]] === kind);
    };
    expect(chart.zones.map(({ fromRow }) => fromRow)).toEqual(known(gaps, 'fairValueGap'));
    expect(chart.swings.map(({ row }) => row)).toEqual(known(swings, 'swing'));
    const origin = Array.from(numbersOf(swings.appended.events, 'originRow'));
    expect(chart.swings.every(({ row }, i) => row === origin[i] + 3)).toBe(true);
  });

  test('a zone ends at the first event that ends it, after it began, and some never end', () => {
    const ended = chart.zones.filter(({ toRow }) => toRow !== null);
    expect(ended.length).toBeGreaterThan(100);
    expect(ended.every(({ fromRow, toRow }) => toRow! >= fromRow)).toBe(true);
    expect(new Set(ended.map(({ end }) => end))).toEqual(new Set(['filled', 'expired']));
    expect(chart.zones.some(({ toRow, end }) => toRow === null && end === '')).toBe(true);
  });

  test('an order is shown from the candle that has closed when it is sent, and ends in the candle of the execution that ends it', () => {
    const { orders, executions } = result, decision = timesOf(orders, 'decisionTime'), times = timesOf(executions, 'time'), ids = numbersOf(executions, 'orderId'), close = timesOf(result.bars['1m'].table, 'closeTime');
    expect(chart.orders!.length).toBe(orders.length);
    for (const [k, { orderId, row, toRow, end }] of chart.orders!.entries()) {
      expect(close[row] >= decision[k] && (row === 0 || close[row - 1] < decision[k])).toBe(true);
      const last = Array.from(ids).lastIndexOf(orderId);
      expect([end, toRow]).toEqual(['filled', close.findIndex(time => time >= times[last])]);
    }
  });

  test('a fill sits on the candle in whose time it happened', () => {
    for (const { row, time } of chart.fills) {
      expect(chart.time[row]).toBeLessThanOrEqual(time);
      expect(time).toBeLessThan(chart.time[row] + 60_000);
    }
  });

  test('a long run keeps the candles around its latest round trips, and only what sits on them', () => {
    const { row, rowCount, fills, zones, trips } = makeReport(result, { candleLimit: 500 }).candles['1m'], kept = new Set(row);
    expect(row.length).toBe(500);
    expect(rowCount).toBe(2880);
    expect(row.every((value, i) => i === 0 || value > row[i - 1])).toBe(true);
    expect(fills.length).toBeGreaterThan(5);
    expect(fills.length).toBeLessThan(chart.fills.length);
    expect(fills.every(fill => kept.has(fill.row)) && zones.every(zone => kept.has(zone.fromRow)) && trips.every(trip => kept.has(trip.entryRow) && kept.has(trip.exitRow))).toBe(true);
  });

  test('the trades table holds the latest, newest first, and says how many there are', () => {
    const { trades } = makeReport(result, { tradeLimit: 10 }).tables;
    expect([trades.rows.length, trades.rowCount, trades.rows[0][0]]).toEqual([10, result.roundTrips.length, String(result.roundTrips.length)]);
  });

  test('groups, held times and hours hold every round trip; the benchmark ends at buy and hold', () => {
    const count = result.roundTrips.length, net = Array.from(numbersOf(result.roundTrips, 'net')).reduce((sum, value) => sum + value, 0), { figures } = result.summary.metrics;
    for (const id of ['by weekday', 'by hour', 'by session', 'by side']) expect(model.tables[id].rows.reduce((sum, row) => sum + Number(row[1]), 0), id).toBe(count);
    expect(model.tables['by symbol']).toBeUndefined();
    expect(model.histograms.held.count.reduce((sum, n) => sum + n)).toBe(count);
    expect(model.heatMaps!.hours.value.flat().reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBeCloseTo(net, 6);
    expect(model.heatMaps!.months).toBeUndefined();
    expect(model.series.benchmark.value.at(-1)! / result.summary.manifest.cash - 1).toBeCloseTo(figures.buyAndHoldReturn.value, 12);
    expect(model.sections[0].content[0]).toEqual({ kind: 'series', id: 'equity', others: ['benchmark'] });
    expect(model.histograms.random.mark).toEqual({ value: expect.closeTo(net, 6), label: 'this run' });
  });

  test('months in two years: a heat map with the year compounded from its months', () => {
    const year = seededResult({ bars: 60 }), times = ['2023-11-30T00:00:00Z', '2023-12-31T00:00:00Z', '2024-02-29T00:00:00Z'].map(time => BigInt(Date.parse(time)) * 1_000_000n);
    const { months } = makeReport({ ...year, equity: resultTable(year.equity.schema, { time: BigInt64Array.from(times), equity: Float64Array.of(110_000, 121_000, 60_500) }) }).heatMaps!;
    expect([months.rows, months.columns.length]).toEqual([['2023', '2024'], 13]);
    expect([months.text[0][10], months.text[0][11], months.text[0][12], months.text[1][1], months.text[1][12], months.text[1][0]]).toEqual(['10.0', '10.0', '21.0', '\u221250.0', '\u221250.0', '']);
    expect(months.full).toBeCloseTo(0.5, 14);
  });

  test('findings of the quality rules stand with count, span and meaning', () => {
    expect(model.tables.quality.rows).toEqual([
      ['EURUSD.SEEDED', 'gap', 'note', '3', '0', '14', '5 s to 7 s', 'more time than maxGap passed since the row before'],
      ['EURUSD.SEEDED', 'crossed', 'warning', '2', '2', '30', '0.00001 to 0.00003', 'bid is above ask'],
    ]);
  });

  test('a mark is on the chart from the candle in which it was made, and not on one whose prices never reach it', () => {
    const time = timesOf(result.bars['1m'].table, 'openTime')[100] + 1n, marks = resultTable(markSchema, { time: BigInt64Array.of(time, time), level: Float64Array.of(chart.close[50], 1900) });
    expect(makeReport({ ...result, marks }).candles['1m'].marks).toEqual([{ row: 100, level: chart.close[50] }]);
  });

  test('without analyses the figures are the same and only tables of the terminal are made', () => {
    const short = makeReport(result, { withAnalyses: false, withDigests: false });
    expect([short.figures, short.tables.metrics]).toEqual([model.figures, model.tables.metrics]);
    expect(Object.keys(short.tables)).not.toContain('by hour');
    expect(short.sections.map(({ id }) => id)).toEqual(['equity', 'trades', 'costs', 'candles', 'manifest']);
  });

  test('broken conservation is the first warning', () => {
    const broken = { ...result, summary: { ...result.summary, conservation: { difference: -1, tolerance: 0, holds: false } } };
    expect(makeReport(broken).warnings.map(({ code }) => code)).toEqual(['conservation', 'seeded']);
  });

  test('a run that never traded makes a report too', async () => {
    const still = makeReport(seededResult({ bars: 25 }));
    expect(still.candles['1m'].fills).toEqual([]);
    const page = await renderHtml(still);
    expect(page).toContain('n/a');
    expect(page).toContain('data-table="trades" data-rows="0">None.');
    expect(renderTerminal(still)).toContain('Round trips');
  });
});

describe('its views', () => {
  test('the SVG is the same bytes each time, stands alone and has both curves', async () => {
    const [first, second] = [await renderSvgEquity(model), await renderSvgEquity(makeReport(seededResult()))];
    expect(second).toBe(first);
    // The bytes that Node 20, 22 and 24 gave; a changed look changes them, a machine or a version of Node must not.
    expect(createHash('sha256').update(first).digest('hex')).toMatch(/^38a8cc034a3f5f8e/);
    expect(first).not.toMatch(/<script|href=|url\(http|@import/);
    expect(first.match(/aria-label="(Equity|Drawdown)"/g)).toHaveLength(2);
  });

  test('the page is the same bytes each time and names no address outside itself', async () => {
    const page = await renderHtml(model);
    expect(await renderHtml(makeReport(seededResult()))).toBe(page);
    const addresses = Array.from(page.matchAll(/(?:href|src|xlink:href)="([^"]*)"/g), match => match[1]).filter(address => !address.startsWith('#') && address !== 'data:,');
    expect(addresses).toEqual([]);
    expect(page).not.toMatch(/@import|url\(\s*['"]?http|fetch\(|XMLHttpRequest|WebSocket|importScripts|sendBeacon/);
    expect(page).toContain("default-src 'none'");
  });

  test('names of strategies and warnings never become markup', async () => {
    const hostile = '</script><img src=x onerror=alert(1)>"\'&', { manifest } = result.summary;
    const page = await renderHtml(makeReport({ ...result, summary: { ...result.summary, manifest: { ...manifest, strategy: hostile }, warnings: [{ code: hostile, message: hostile, count: 1 }] } }));
    expect(page).not.toContain('<img');
    expect(escapeText(hostile)).toBe('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
    expect(JSON.parse(scriptJson({ hostile }))).toEqual({ hostile });
    expect(scriptJson(hostile)).not.toContain('<');
  });

  test('the terminal shows every figure, costs, exits, reasons and warnings within its width', () => {
    const text = renderTerminal(model, { width: 80 });
    for (const [title] of model.tables.metrics.rows) expect(text).toContain(title);
    expect(text).toMatch(/Gross profit +269\.40 USD/);
    expect(text).toMatch(/exits: stop +\d+/);
    expect(text).toContain('n/a  Annual return: covers 0.1 months of trading, needs 1.0');
    expect(text).toContain('! Made of seeded random numbers');
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
    expect(renderTerminal(model, { width: 40 }).split('\n').find(line => line.includes('Gross profit'))).toMatch(/^ {2}Gross profit/);
    expect(renderTerminal(model, { color: true })).toContain('\u001b[1mseeded');
  });
});

describe('parts of a report, worked by hand', () => {
  test('numbers have groups of three, a true minus and never a minus zero', () => {
    expect([numberText(1_234_567.891, 2), numberText(-0.5, 1), numberText(-0.001, 2), numberText(999, 0)]).toEqual(['1,234,567.89', '\u22120.5', '0.00', '999']);
    expect([valueText(0.1234, 'fraction', ''), valueText(NaN, 'ratio', ''), valueText(-3.456, 'currency', 'USD'), valueText(12.3, 'days', ''), valueText(2, 'times', ''), valueText(0.000034, 'fraction', ''), valueText(-0.0005, 'fraction', ''), valueText(0, 'fraction', '')]).toEqual(['12.34 %', 'n/a', '\u22123.46 USD', '12 d', '2.00 x', '0.0034 %', '\u22120.05 %', '0.00 %']);
    expect([steppedText(1.1, 0.00001), steppedText(1.25, null), steppedText(100, 1), steppedText(100, null), steppedText(NaN, null)]).toEqual(['1.10000', '1.25', '100', '100', 'n/a']);
  });

  test('times and durations', () => {
    expect([timeText(0), timeText(-1000), timeText(1_709_596_830_500)]).toEqual(['1970-01-01 00:00:00', '1969-12-31 23:59:59', '2024-03-05 00:00:30']);
    expect([durationText(12), durationText(61_000), durationText(3_600_000), durationText(90_000_000)]).toEqual(['12 ms', '1 m 1 s', '1 h', '1 d 1 h']);
  });

  test('a histogram has round edges, one of them 0, and loses nothing', () => {
    const { edges, count } = histogramOf('x', '', [-2.5, -0.1, 0, 0.1, 3, 3]);
    expect(edges[0]).toBeLessThanOrEqual(-2.5);
    expect(edges).toContain(0);
    expect(edges[1] - edges[0]).toBeCloseTo(0.2, 12);
    expect(count.reduce((sum, n) => sum + n)).toBe(6);
    expect(count[edges.indexOf(0)]).toBe(2);
    expect(histogramOf('x', '', [])).toMatchObject({ edges: [], count: [] });
    expect(histogramOf('x', '', [5, 5]).count.reduce((sum, n) => sum + n)).toBe(2);
  });

  test('thinning keeps first, lowest, highest and last of every stretch, in order', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 50) + (i === 1234 ? 9 : i === 4321 ? -9 : 0)), rows = thinRows(values, 100);
    expect(rows.length).toBeLessThanOrEqual(400);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    for (const row of [0, 1234, 4321, 9999]) expect(rows).toContain(row);
    expect(thinRows([3, 1, 2], 100)).toEqual([0, 1, 2]);
  });
});
