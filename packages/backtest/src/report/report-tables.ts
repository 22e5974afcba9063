/** The tables of a report: figures, costs, exits, trades, manifest, digests, months. */
import { exitReasons } from '@zanzibar/core';
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
  const time = millisecondsOf(timesOf(equity, 'time')), curve = numbersOf(equity, 'equity'), rows: string[][] = [];
  let before = summary.manifest.cash;
  const dayOf = (row: number): number => Math.floor(time[row] / 86_400_000), monthOf = (row: number): string => timeText(time[row]).slice(0, 7);
  for (let i = 0; i < equity.length; i++) {
    if (i + 1 < equity.length && (dayOf(i) === dayOf(i + 1) || monthOf(i) === monthOf(i + 1))) continue;
    rows.push([monthOf(i), valueText(before > 0 ? curve[i] / before - 1 : NaN, 'fraction', ''), moneyText(curve[i] - before, summary.manifest.currency)]);
    before = curve[i];
  }
  return table('Months (UTC)', [left('month', 'Month'), right('return', 'Return'), right('profit', 'Profit')], rows);
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
