/** What only a page shows of a run: rolling figures, distributions, months and hours, worst drawdowns, groups of trips, benchmark and random entries. */
import { quantileOfSorted } from '@zanzibar/core';
import { annualVolatility } from '../metrics/volatility.ts';
import { benchmarkFigures } from '../metrics/benchmark-figures.ts';
import { maximumDrawdown } from '../metrics/drawdown.ts';
import { minimumSamples } from '../metrics/metric.ts';
import type { MetricUnit } from '../metrics/metric.ts';
import { rollingFigure } from '../metrics/rolling-figure.ts';
import { sharpeRatio } from '../metrics/sharpe-ratio.ts';
import { tripGroupings } from '../metrics/trip-groups.ts';
import { numbersOf, timesOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { millisecondsOf } from './display-time.ts';
import { numberText, valueText } from './figure-text.ts';
import { histogramOf } from './histogram.ts';
import { capacityCurveOf } from './report-capacity.ts';
import { hoursMap, monthsMap } from './report-heat-maps.ts';
import { randomEntries } from './report-random.ts';
import { benchmarkTable, drawdownsTable, groupTable, qualityTable } from './report-tables.ts';
import type { BenchmarkRow } from './report-tables.ts';
import { thinRows } from './thin-series.ts';
import type { ReportCurve, ReportHeatMap, ReportHistogram, ReportSection, ReportSeries, ReportTable } from './report-model.ts';

export interface ReportAnalyses {
  readonly series: { readonly [id: string]: ReportSeries };
  readonly tables: { readonly [id: string]: ReportTable };
  readonly histograms: { readonly [id: string]: ReportHistogram };
  readonly heatMaps: { readonly [id: string]: ReportHeatMap };
  readonly curves: { readonly [id: string]: ReportCurve };
  readonly sections: readonly ReportSection[];
}

/** Rows at which a rolling figure is taken at most, and returns that all its windows may hold together. */
const rollingPoints = 250, rollingBudget = 1_000_000;
/** Points of a thinned curve are four times as many. */
const stretches = 500;

export function reportAnalyses(result: Result): ReportAnalyses {
  const { summary, roundTrips, returns } = result, series: Record<string, ReportSeries> = {}, tables: Record<string, ReportTable> = {}, histograms: Record<string, ReportHistogram> = {};
  const heatMaps: Record<string, ReportHeatMap> = {}, sections: ReportSection[] = [], months = monthsMap(result), hours = hoursMap(result);
  tables.drawdowns = drawdownsTable(result);
  if (months !== undefined) heatMaps.months = months;
  if (returns !== undefined && returns.length > 0) {
    const rolled = addRolling(returns, result, series), scaled = Array.from(numbersOf(returns, 'value'), value => 100 * value).filter(Number.isFinite);
    histograms.returns = histogramOf('Returns', `% a period (${summary.metrics.returnPeriod})`, scaled);
    sections.push({
      id: 'returns', title: 'Returns', text: rolled === 0 ? '' : `Rolling figures are of the latest ${rolled} ${summary.metrics.returnPeriod} returns.`,
      content: [
        ...(months === undefined ? [] : [{ kind: 'heatMap', id: 'months' } as const]), { kind: 'histogram', id: 'returns', half: true },
        ...Object.keys(series).map(id => ({ kind: 'series', id, half: true }) as const), { kind: 'table', id: 'drawdowns' },
      ],
    });
    addBenchmark(returns, result, series, tables);
  } else sections.push({ id: 'returns', title: 'Returns', text: '', content: [...(months === undefined ? [] : [{ kind: 'heatMap', id: 'months' } as const]), { kind: 'table', id: 'drawdowns' }] });
  if (roundTrips.length > 0) {
    histograms.held = heldHistogram(roundTrips);
    if (hours !== undefined) heatMaps.hours = hours;
    for (const grouping of tripGroupings) {
      const table = grouping === 'exitReason' ? undefined : groupTable(result, grouping);
      if (table !== undefined) tables[`by ${grouping}`] = table;
    }
    const ids = Object.keys(tables).filter(id => id.startsWith('by ') && id !== 'by hour'), hourly = tables['by hour'] === undefined ? [] : [{ kind: 'table', id: 'by hour', half: true } as const];
    sections.push({
      id: 'groups', title: 'Where it was made', text: `By the time of the entry, in UTC. Ratios of fewer than ${minimumSamples.roundTrips} round trips are not given.`,
      content: [...(hours === undefined ? [] : [{ kind: 'heatMap', id: 'hours' } as const]), ...ids.map(id => ({ kind: 'table', id, half: true }) as const), { kind: 'histogram', id: 'held', half: true }, ...hourly],
    });
  }
  const capacity = capacityCurveOf(result), curves: Record<string, ReportCurve> = {};
  if (capacity !== undefined) {
    curves.capacity = capacity.curve;
    sections.push({ id: 'capacity', title: 'Capacity', text: capacity.text, content: [{ kind: 'curve', id: 'capacity' }] });
  }
  const random = randomEntries(result);
  if (random !== undefined) histograms.random = random.histogram;
  if (tables.benchmark !== undefined || random !== undefined) {
    sections.push({
      id: 'benchmark', title: 'Benchmark', text: random?.text ?? '',
      content: [...(random === undefined ? [] : [{ kind: 'histogram', id: 'random', half: true } as const]), ...(tables.benchmark === undefined ? [] : [{ kind: 'table', id: 'benchmark', half: true } as const])],
    });
  }
  if (summary.quality !== undefined) {
    tables.quality = qualityTable(result);
    const kept = Object.entries(summary.quality).map(([id, { kept: count }]) => `${numberText(count, 0)} of ${id}`).join(', ');
    sections.push({ id: 'quality', title: 'Data quality', text: `Ticks that the run saw: ${kept}. A finding changes nothing by itself; what a policy dropped is counted.`, content: [{ kind: 'table', id: 'quality' }] });
  }
  return { series, tables, histograms, heatMaps, curves, sections };
}

/** Rolling Sharpe, volatility and beta; returns the window, 0 where there are too few returns. */
function addRolling(returns: ResultTable, { summary }: Result, out: Record<string, ReportSeries>): number {
  const { periodsPerYear, returnPeriod } = summary.metrics, own = Float64Array.from(numbersOf(returns, 'value')), benchmark = Float64Array.from(numbersOf(returns, 'benchmark'));
  const window = Math.max(minimumSamples.returns, Math.min(Math.round(periodsPerYear / 4), Math.floor(own.length / 4)));
  if (own.length < 2 * window) return 0;
  const points = Math.min(rollingPoints, Math.max(60, Math.floor(rollingBudget / window)));
  const time = millisecondsOf(timesOf(returns, 'time')), add = (id: string, title: string, unit: string, figure: (part: Float64Array, from: number) => number): void => {
    const { row, value } = rollingFigure(own, window, figure, points), given = Array.from(value, number => (Number.isFinite(number) ? number + 0 : null));
    if (given.some(number => number !== null)) out[id] = { title: `${title}, ${window} x ${returnPeriod}`, unit, time: Array.from(row, i => time[i]), value: given, rowCount: own.length - window + 1 };
  };
  add('rolling Sharpe', 'Rolling Sharpe', '', part => sharpeRatio(part, periodsPerYear));
  add('rolling volatility', 'Rolling volatility', 'fraction', part => annualVolatility(part, periodsPerYear));
  add('rolling beta', 'Rolling beta', '', (part, from) => benchmarkFigures(part, benchmark.subarray(from, from + window), periodsPerYear).beta);
  return window;
}

/** The benchmark as a curve beside equity, and both side by side in figures. */
function addBenchmark(returns: ResultTable, { summary }: Result, series: Record<string, ReportSeries>, tables: Record<string, ReportTable>): void {
  const own = Float64Array.from(numbersOf(returns, 'value')), benchmark = Float64Array.from(numbersOf(returns, 'benchmark')), { manifest, metrics } = summary, perYear = metrics.periodsPerYear;
  if (!benchmark.every(Number.isFinite)) return;
  const curve = grow(manifest.cash, benchmark), time = millisecondsOf(timesOf(returns, 'time')), rows = thinRows(curve, stretches), ownCurve = grow(1, own);
  series.benchmark = { title: 'Buy and hold', unit: manifest.currency, time: rows.map(row => time[row]), value: rows.map(row => curve[row]), rowCount: curve.length };
  const last = (values: Float64Array): number => values[values.length - 1], isEnough = own.length >= minimumSamples.returns;
  const both = (title: string, unit: MetricUnit, figure: (part: Float64Array, grown: Float64Array) => number, needs: boolean): BenchmarkRow => {
    const text = (part: Float64Array, grown: Float64Array): string => valueText(needs && !isEnough ? NaN : figure(part, grown), unit, '');
    return [title, text(own, ownCurve), text(benchmark, curve.map(value => value / manifest.cash))];
  };
  const { correlation } = benchmarkFigures(own, benchmark, perYear), { alpha, beta, informationRatio } = metrics.figures;
  tables.benchmark = benchmarkTable([
    both('Total return', 'fraction', (_, grown) => last(grown) - 1, false), both('Volatility a year', 'fraction', part => annualVolatility(part, perYear), true),
    both('Sharpe', 'ratio', part => sharpeRatio(part, perYear), true), both('Max drawdown', 'fraction', (_, grown) => maximumDrawdown(1, grown).depth, false),
    both('Periods that gained', 'fraction', part => part.filter(r => r > 0).length / part.length, true),
    ['Correlation', valueText(isEnough ? correlation : NaN, 'ratio', ''), ''], ...[alpha, beta, informationRatio].map(({ title, value, unit }): BenchmarkRow => [title, valueText(value, unit, ''), '']),
  ], `At the ends of ${metrics.returnPeriod} periods`);
}

function grow(start: number, returns: ArrayLike<number>): Float64Array {
  let level = start;
  return Float64Array.from(returns, r => (level *= 1 + r));
}

const spans: readonly (readonly [unit: string, milliseconds: number])[] = [['s', 1000], ['minutes', 60_000], ['hours', 3_600_000], ['days', 86_400_000]];

/** How long round trips were held, in the largest unit that their median has at least two of; those that would hide the others are counted in the title. */
function heldHistogram(roundTrips: ResultTable): ReportHistogram {
  const entry = millisecondsOf(timesOf(roundTrips, 'entryTime')), held = millisecondsOf(timesOf(roundTrips, 'exitTime')).map((exit, i) => exit - entry[i]).sort();
  const middle = quantileOfSorted(held, 0.5), [unit, size] = spans.reduce((chosen, span) => (middle >= 2 * span[1] ? span : chosen), spans[0]);
  // A position over a week-end is longer than all others together: beyond three times the 98 % quantile.
  const limit = 3 * quantileOfSorted(held, 0.98), shown = held.filter(milliseconds => milliseconds <= limit), longer = held.length - shown.length;
  return histogramOf(longer === 0 ? 'Time held' : `Time held (without ${longer} longer than ${numberText(limit / size, 0)})`, unit, shown.map(milliseconds => milliseconds / size));
}
