/** The tables of a report: figures, costs, exits, trades, groups, drawdowns, benchmark, quality, manifest, digests, months. */
import { exitReasons, qualityRules } from '@zanzibar/core';
import { minimumSamples } from '../metrics/metric.ts';
import { monthlyReturns } from '../metrics/monthly-returns.ts';
import { tripGroups } from '../metrics/trip-groups.ts';
import type { TripGrouping } from '../metrics/trip-groups.ts';
import { worstDrawdowns } from '../metrics/worst-drawdowns.ts';
import { metricNames } from '../metrics/metrics.ts';
import { numbersOf, textOf, timesOf } from '../result/result-table.ts';
import type { Result } from '../result/result.ts';
import { durationText, millisecondsOf, timeText } from './display-time.ts';
import { figureOf, moneyText, numberText, steppedText, valueText } from './figure-text.ts';
import type { ReportColumn, ReportTable } from './report-model.ts';

const left = (name: string, title: string = name): ReportColumn => ({ name, title, align: 'left' });
const right = (name: string, title: string = name): ReportColumn => ({ name, title, align: 'right' });

function table(title: string, columns: readonly ReportColumn[], rows: readonly (readonly string[])[], rowCount: number = rows.length): ReportTable {
  return { title, columns, rows, rowCount };
}

export function metricsTable({ summary: { metrics, manifest } }: Result): ReportTable {
  const figures = metricNames.map(name => figureOf(name, metrics.figures[name], manifest.currency));
  const columns = [left('figure', 'Figure'), right('value', 'Value'), left('definition', 'Definition'), left('reason', 'Why not available')];
  return table('All figures', columns, figures.map(({ title, text, definition, reason }) => [title, text, definition, reason]));
}

export function costsTable({ summary: { attribution, manifest } }: Result): ReportTable {
  const { gross, spread, slippage, latency, impact, fee, funding, borrow, dividends, net } = attribution;
  const lines: [string, number][] = [
    ['Gross profit', gross], ['Spread', -spread], ['Slippage', -slippage], ['Latency', -latency], ['Impact', -impact], ['Fees', -fee], ['Funding', -funding],
    ['Borrow', -borrow], ['Dividends', dividends], ['Net profit', net],
  ];
  const used = lines.filter(([title, value]) => value !== 0 || title.endsWith('profit'));
  const rows = used.map(([title, value]) => [title, moneyText(value, manifest.currency), gross !== 0 ? `${numberText((100 * value) / Math.abs(gross), 1)} %` : '']);
  return table('From gross to net', [left('line', ''), right('amount', 'Amount'), right('share', 'Of gross')], rows);
}

export function exitsTable({ roundTrips, summary }: Result): ReportTable {
  const reason = numbersOf(roundTrips, 'exitReason'), net = numbersOf(roundTrips, 'net'), side = numbersOf(roundTrips, 'side'), { currency } = summary.manifest;
  const rows: string[][] = [];
  exitReasons.forEach((word, code) => {
    const of = Array.from({ length: roundTrips.length }, (_, i) => i).filter(i => reason[i] === code);
    if (of.length === 0) return;
    const total = of.reduce((sum, i) => sum + net[i], 0), longs = of.filter(i => side[i] > 0).length;
    rows.push([word, numberText(of.length, 0), numberText(longs, 0), numberText(of.length - longs, 0), numberText((100 * of.filter(i => net[i] > 0).length) / of.length, 1) + ' %',
      numberText(total, 2)]);
  });
  const columns = [left('reason', 'Closed by'), right('count', 'Count'), right('long', 'Long'), right('short', 'Short'), right('hits', 'Hit rate'), right('net', `Net ${currency}`.trim())];
  return table('How round trips ended', columns, rows);
}

/** The latest `limit` round trips, the newest first. */
export function tradesTable({ roundTrips, summary }: Result, limit: number): ReportTable {
  const entry = millisecondsOf(timesOf(roundTrips, 'entryTime')), exit = millisecondsOf(timesOf(roundTrips, 'exitTime')), side = numbersOf(roundTrips, 'side');
  const quantity = numbersOf(roundTrips, 'quantity'), entryPrice = numbersOf(roundTrips, 'entryPrice'), exitPrice = numbersOf(roundTrips, 'exitPrice');
  const net = numbersOf(roundTrips, 'net'), costs = numbersOf(roundTrips, 'costs'), reason = numbersOf(roundTrips, 'exitReason'), rows: string[][] = [];
  for (let i = roundTrips.length - 1; i >= 0 && rows.length < limit; i--) {
    const instrument = textOf(roundTrips, 'instrument', i), facts = summary.manifest.instruments.find(({ id }) => id === instrument);
    rows.push([
      String(i + 1), timeText(entry[i]), instrument, side[i] > 0 ? 'long' : 'short', steppedText(quantity[i], facts?.quantityStep ?? null), steppedText(entryPrice[i], facts?.tick ?? null),
      steppedText(exitPrice[i], facts?.tick ?? null), durationText(exit[i] - entry[i]), exitReasons[reason[i]], numberText(costs[i], 2), numberText(net[i], 2),
    ]);
  }
  const columns = [
    right('number', '#'), left('entry', 'Entry (UTC)'), left('instrument', 'Instrument'), left('side', 'Side'), right('quantity', 'Quantity'), right('entryPrice', 'In'),
    right('exitPrice', 'Out'), right('held', 'Held'), left('exit', 'Closed by'), right('costs', 'Fees'), right('net', `Net ${summary.manifest.currency}`.trim()),
  ];
  return table('Round trips', columns, rows, roundTrips.length);
}

export function monthsTable({ equity, summary }: Result): ReportTable {
  const months = monthlyReturns(summary.manifest.cash, timesOf(equity, 'time'), numbersOf(equity, 'equity'));
  const rows = months.map(({ year, month, value, profit }) => [`${year}-${String(month).padStart(2, '0')}`, valueText(value, 'fraction', ''), moneyText(profit, summary.manifest.currency)]);
  return table('Months (UTC)', [left('month', 'Month'), right('return', 'Return'), right('profit', 'Profit')], rows);
}

const groupTitles: { readonly [G in TripGrouping]: string } = {
  tag: 'Tag', exitReason: 'Closed by', symbol: 'Instrument', weekday: 'Weekday', hour: 'Hour', session: 'Session', side: 'Side',
};

/** Undefined where all round trips are of one group: it would say what the figures say. */
export function groupTable({ roundTrips, summary }: Result, grouping: TripGrouping): ReportTable | undefined {
  const groups = tripGroups(roundTrips, grouping), title = groupTitles[grouping], { currency } = summary.manifest;
  if (groups.length < 2 && grouping !== 'side') return undefined;
  const rows = groups.map(({ key, count, net, averageTrade, hitRate, profitFactor }) => {
    const isEnough = count >= minimumSamples.roundTrips, given = (value: number): number => (isEnough ? value : NaN);
    return [key === '' ? 'none' : key, numberText(count, 0), valueText(given(hitRate), 'fraction', ''), valueText(given(profitFactor), 'ratio', ''), valueText(given(averageTrade), 'ratio', ''), numberText(net, 2)];
  });
  const columns = [left('group', title), right('count', 'Count'), right('hits', 'Hit rate'), right('factor', 'Profit f.'), right('average', 'Average'), right('net', `Net ${currency}`.trim())];
  return table(`By ${title.toLowerCase()}`, columns, rows);
}

/** The five deepest. */
export function drawdownsTable({ equity, summary }: Result): ReportTable {
  const time = millisecondsOf(timesOf(equity, 'time')), { cash, from } = summary.manifest, at = (row: number): number => (row < 0 ? Date.parse(from) : time[row]);
  const rows = worstDrawdowns(cash, numbersOf(equity, 'equity'), 5).map(({ depth, peakRow, troughRow, recoveryRow }) => {
    const end = recoveryRow < 0 ? time.length - 1 : recoveryRow;
    return [valueText(depth, 'fraction', ''), timeText(at(peakRow)).slice(0, 16), timeText(at(troughRow)).slice(0, 16), recoveryRow < 0 ? 'not yet' : timeText(at(recoveryRow)).slice(0, 16), durationText(at(end) - at(peakRow))];
  });
  return table('Worst drawdowns (UTC)', [right('depth', 'Depth'), left('peak', 'Peak'), left('trough', 'Lowest'), left('recovery', 'Recovered'), right('length', 'Length')], rows);
}

export type BenchmarkRow = readonly [figure: string, strategy: string, benchmark: string];

export function benchmarkTable(rows: readonly BenchmarkRow[], title: string): ReportTable {
  return table(title, [left('figure', 'Figure'), right('strategy', 'This run'), right('benchmark', 'Buy and hold')], rows);
}

export function qualityTable({ summary: { quality = {} } }: Result): ReportTable {
  const rows = Object.entries(quality).flatMap(([id, { rules }]) => rules.map(({ rule, severity, count, dropped, firstRow, smallest, largest }) => {
    const facts = qualityRules.find(({ name }) => name === rule), isTime = facts?.value.startsWith('nanoseconds') ?? false, shown = (value: number): string => (isTime ? durationText(value / 1e6) : String(Number(value.toPrecision(6))));
    return [id, rule, severity, numberText(count, 0), numberText(dropped, 0), numberText(firstRow, 0), smallest === largest ? shown(smallest) : `${shown(smallest)} to ${shown(largest)}`, facts?.meaning ?? ''];
  }));
  const columns = [left('instrument', 'Instrument'), left('rule', 'Rule'), left('severity', 'Severity'), right('count', 'Count'), right('dropped', 'Dropped'), right('first', 'First row'), left('span', 'Smallest to largest'), left('definition', 'Meaning')];
  return table('Findings of the quality rules', columns, rows);
}

export function manifestTable({ summary: { manifest, conservation, metrics } }: Result): ReportTable {
  const rows: string[][] = [
    ['strategy', manifest.strategy + (manifest.strategyVersion === '' ? '' : ` ${manifest.strategyVersion}`)], ['from', manifest.from], ['to', manifest.to],
    ['seed', String(manifest.seed)], ['cash', moneyText(manifest.cash, manifest.currency)],
  ];
  for (const [name, value] of Object.entries(manifest.parameters)) rows.push([`parameter ${name}`, String(value)]);
  for (const [name, value] of Object.entries(manifest.options)) rows.push([`option ${name}`, JSON.stringify(value)]);
  for (const { id, market, tick, quantityStep, multiplier, currency } of manifest.instruments) {
    rows.push([`instrument ${id}`, `${market}, tick ${tick ?? 'none'}, quantity step ${quantityStep ?? 'none'}, multiplier ${multiplier}, ${currency}`]);
  }
  rows.push(['returns', `${metrics.returnCount} of ${metrics.returnPeriod}, ${numberText(metrics.periodsPerYear, 0)} a year`]);
  for (const [name, value] of Object.entries(manifest.counters)) rows.push([`count ${name}`, numberText(value, 0)]);
  rows.push(['conservation', conservation.holds ? `holds, difference ${conservation.difference}` : `BROKEN by ${conservation.difference}`]);
  for (const [name, version] of Object.entries(manifest.packages)) rows.push([name, version]);
  for (const [name, version] of Object.entries(manifest.engines)) rows.push([`engine ${name}`, version]);
  rows.push(['node', manifest.node], ['zone data', manifest.zoneData], ['source hash', manifest.sourceHash || 'none'], ['data hash', manifest.dataHash]);
  return table('Manifest', [left('name', 'Name'), left('value', 'Value')], rows);
}

export function digestsTable({ digests }: Result): ReportTable {
  const rows = Object.entries(digests.all()).map(([stage, digest]) => [stage, digest]);
  return table('Digests', [left('stage', 'Stage'), left('digest', 'SHA-256')], [['order hash', digests.orderHash()], ...rows]);
}
