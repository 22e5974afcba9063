/** From a result to its report: a pure function, so any view shows the same. */
import { drawdowns } from '../metrics/drawdown.ts';
import type { MetricName } from '../metrics/metrics.ts';
import { numbersOf, timesOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { millisecondsOf } from './display-time.ts';
import { figureOf } from './figure-text.ts';
import { reportAnalyses } from './report-analyses.ts';
import type { ReportAnalyses } from './report-analyses.ts';
import { reportCandles } from './report-candles.ts';
import { costsTable, digestsTable, exitsTable, manifestTable, metricsTable, monthsTable, tradesTable } from './report-tables.ts';
import { reportSchema, reportVersion } from './report-model.ts';
import type { ReportCandles } from './candle-model.ts';
import type { ReportBars, ReportContent, ReportModel, ReportSection, ReportSeries, ReportTable } from './report-model.ts';
import { histogramOf } from './histogram.ts';
import { thinRows } from './thin-series.ts';

export interface ReportOptions {
  /** @defaultValue the strategy's name */
  readonly title?: string;
  /** Candles of a chart; a longer run keeps those around its latest round trips. @defaultValue 16000 */
  readonly candleLimit?: number;
  /** Round trips in the table, the latest. @defaultValue 500 */
  readonly tradeLimit?: number;
  /** Also computes the digests of all stages. @defaultValue true */
  readonly withDigests?: boolean;
  /** Also makes what only a page shows: rolling figures, distributions, groups, benchmark, random entries. @defaultValue true */
  readonly withAnalyses?: boolean;
  /** Trials that share data with the run, as the ledger counts them. @defaultValue not shown */
  readonly trials?: { readonly count: number; readonly since: string };
}

/** The seven of the first screen. */
const headline: readonly MetricName[] = ['totalReturn', 'excessReturn', 'maximumDrawdown', 'sharpeRatio', 'profitFactor', 'hitRate', 'roundTripCount'];
/** Equity is thinned to the extremes of this many stretches. */
const stretches = 500;
const none: ReportAnalyses = { series: {}, tables: {}, histograms: {}, heatMaps: {}, curves: {}, sections: [] };

export function makeReport(result: Result, options: ReportOptions = {}): ReportModel {
  const { manifest, metrics, warnings, conservation } = result.summary, { candleLimit = 16_000, tradeLimit = 500, withDigests = true, withAnalyses = true, trials } = options;
  const instruments = manifest.instruments.map(({ id }) => id).join(', ');
  const candles: Record<string, ReportCandles> = {}, more = withAnalyses ? reportAnalyses(result) : none, series = { ...seriesOf(result), ...more.series };
  for (const name of Object.keys(result.bars)) candles[name] = reportCandles(result, name, candleLimit);
  const tables: Record<string, ReportTable> = {
    metrics: metricsTable(result), costs: costsTable(result), exits: exitsTable(result), trades: tradesTable(result, tradeLimit), manifest: manifestTable(result), ...more.tables,
  };
  const months = monthsTable(result);
  if (months.rowCount > 1) tables.months = months;
  if (withDigests) tables.digests = digestsTable(result);
  const broken = conservation.holds ? [] : [{ code: 'conservation', message: `Conservation is broken by ${conservation.difference} ${manifest.currency}`, count: 1 }];
  return {
    schema: reportSchema, version: reportVersion, title: options.title ?? manifest.strategy, subtitle: `${instruments}   ${manifest.from} to ${manifest.to}`,
    currency: manifest.currency, figures: headline.map(name => figureOf(name, metrics.figures[name], manifest.currency)), warnings: [...broken, ...warnings],
    sections: sectionsOf(result, tables, series, more.sections), series, tables, bars: costBars(result),
    histograms: { trips: histogramOf('Net of round trips', manifest.currency, numbersOf(result.roundTrips, 'net')), ...more.histograms }, candles, heatMaps: more.heatMaps, curves: more.curves,
    ...(trials === undefined ? {} : { trials: { count: trials.count, since: trials.since } }),
  };
}

function seriesOf({ equity, series, summary }: Result): { readonly [id: string]: ReportSeries } {
  const { cash, currency } = summary.manifest, curve = numbersOf(equity, 'equity'), time = millisecondsOf(timesOf(equity, 'time'));
  const out: Record<string, ReportSeries> = {
    equity: thinned('Equity', currency, time, curve), drawdown: thinned('Drawdown', 'fraction', time, drawdowns(cash, curve).map(value => -value)),
  };
  for (const [name, table] of Object.entries(series)) out[`recorded ${name}`] = thinned(name, '', millisecondsOf(timesOf(table, 'time')), numbersOf(table, 'value'));
  return out;
}

function thinned(title: string, unit: string, time: ArrayLike<number>, value: ArrayLike<number>): ReportSeries {
  const rows = thinRows(value, stretches);
  return { title, unit, time: rows.map(row => time[row]), value: rows.map(row => (Number.isFinite(value[row]) ? value[row] + 0 : null)), rowCount: value.length };
}

function costBars({ summary }: Result): { readonly [id: string]: ReportBars } {
  const { attribution, manifest } = summary;
  const costs: [string, number][] = [
    ['Gross', attribution.gross], ['Spread', -attribution.spread], ['Slippage', -attribution.slippage], ['Latency', -attribution.latency], ['Impact', -attribution.impact],
    ['Fees', -attribution.fee], ['Funding', -attribution.funding], ['Borrow', -attribution.borrow], ['Dividends', attribution.dividends], ['Net', attribution.net],
  ];
  const shown = costs.filter(([label, value]) => value !== 0 || label === 'Gross' || label === 'Net');
  return { costs: { title: 'From gross to net', unit: manifest.currency, label: shown.map(([label]) => label), value: shown.map(([, value]) => value + 0) } };
}

function sectionsOf(result: Result, tables: { readonly [id: string]: ReportTable }, series: { readonly [id: string]: ReportSeries }, more: readonly ReportSection[]): ReportSection[] {
  const { metrics } = result.summary, recorded = Object.keys(series).filter(id => id.startsWith('recorded '));
  const table = (id: string): ReportContent[] => (tables[id] ? [{ kind: 'table', id }] : []);
  const sections: ReportSection[] = [
    {
      id: 'equity', title: 'Equity and drawdown', text: `Positions are marked at the side they would close on. Ratios are of ${metrics.returnCount} ${metrics.returnPeriod} returns.`,
      content: [{ kind: 'series', id: 'equity', ...(series.benchmark ? { others: ['benchmark'] } : {}) }, { kind: 'series', id: 'drawdown' }, ...recorded.map(id => ({ kind: 'series', id }) as const), ...(more.length > 0 ? [] : table('months')), ...table('metrics')],
    },
    ...more.filter(({ id }) => id === 'returns'),
    { id: 'trades', title: 'Trades', text: '', content: [{ kind: 'histogram', id: 'trips' }, ...table('exits'), ...table('trades')] },
    ...more.filter(({ id }) => id === 'groups'),
    { id: 'costs', title: 'Costs', text: 'Gross is what the same fills would have made at the mid, without delay and for nothing.', content: [{ kind: 'bars', id: 'costs' }, ...table('costs')] },
    ...more.filter(({ id }) => id === 'capacity'),
    ...more.filter(({ id }) => id === 'benchmark'),
  ];
  const charts = Object.keys(result.bars);
  if (charts.length > 0) {
    sections.push({
      id: 'candles', title: 'Candles', text: 'Zones, swings and breaks start at the row whose close proved them.', content: charts.map(id => ({ kind: 'candles', id })),
    });
  }
  sections.push(...more.filter(({ id }) => id === 'quality'), { id: 'manifest', title: 'Manifest', text: 'Same data, parameters, options and seed give the same order hash.', content: [...table('manifest'), ...table('digests')] });
  return sections;
}
