/** Candles of one source with the zones, swings and breaks that engines found on it, the fills and the round trips. */
import { eventKinds, exitReasons, formatInterval } from '@zanzibar/core';
import type { EventKind } from '@zanzibar/core';
import { numbersOf, textOf, timesOf } from '../result/result-table.ts';
import type { ResultTable } from '../result/result-table.ts';
import type { Result, ResultBars } from '../result/result.ts';
import { millisecondsOf } from './display-time.ts';
import { eventLayer, eventShort } from './event-looks.ts';
import { reportOrders } from './report-orders.ts';
import { reportCells, reportDeveloping, reportNakedControls, reportProfiles } from './report-profiles.ts';
import type { ReportCandles, ReportFill, ReportLabel, ReportLevel, ReportMark, ReportTrip, ReportZone } from './candle-model.ts';

/** Candles before and after a round trip that a thinned chart keeps. */
const surroundings = 60;

/** What ends a zone. Touches do not. */
const zoneEnds: ReadonlySet<EventKind> = new Set<EventKind>(['filled', 'violated', 'superseded', 'expired', 'segmentEnd']);

/** `limit` candles at most: all where they fit, else those around the latest round trips and the end of the run. */
export function reportCandles(result: Result, source: string, limit: number): ReportCandles {
  const bars = result.bars[source], { table } = bars;
  const trips = tripsOn(result, bars), rows = keptRows(table.length, trips, limit), isKept = new Uint8Array(table.length);
  for (const row of rows) isKept[row] = 1;
  const pick = (column: string): number[] => {
    const values = numbersOf(table, column);
    return rows.map(row => values[row]);
  };
  const time = millisecondsOf(timesOf(table, 'openTime')), overlays = overlaysOf(result, source), profiles = reportProfiles(result, source);
  const isShown = (row: number): boolean => row >= 0 && row < table.length && isKept[row] === 1;
  const open = pick('open'), close = pick('close'), cells = reportCells(result, source, most => keptRows(table.length, trips, Math.min(most, limit)));
  return {
    title: source, instrument: bars.instrument, interval: bars.interval > 0 ? formatInterval(bars.interval) : source, price: bars.price, digits: digitsOf(open, close),
    row: rows, time: rows.map(row => time[row]), open, high: pick('high'), low: pick('low'), close, rowCount: table.length,
    zones: overlays.zones.filter(zone => isShown(zone.fromRow)), swings: overlays.swings.filter(({ row }) => isShown(row)),
    breaks: overlays.breaks.filter(({ row }) => isShown(row)), fills: fillsOn(result, bars).filter(({ row }) => isShown(row)),
    trips: trips.filter(({ entryRow, exitRow }) => isShown(entryRow) && isShown(exitRow)), marks: marksOn(result, bars).filter(({ row }) => isShown(row)),
    labels: overlays.labels.filter(({ row }) => isShown(row)), profiles: profiles.filter(({ row }) => isShown(row)),
    // A level that stood before the first candle that is kept is on them all the same.
    nakedControls: reportNakedControls(result, source).filter(({ fromRow, toRow }) => rows.some(row => row >= fromRow && (toRow === null || row <= toRow))), developing: reportDeveloping(result, source, rows), ...(cells === undefined ? {} : { cells }),
    orders: reportOrders(result, bars).filter(({ row }) => isShown(row)),
  };
}

function keptRows(count: number, trips: readonly ReportTrip[], limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, i) => i);
  const isKept = new Uint8Array(count);
  let kept = 0;
  const keep = (from: number, to: number): void => {
    for (let row = Math.max(from, 0); row < Math.min(to, count) && kept < limit; row++) {
      if (isKept[row] === 1) continue;
      isKept[row] = 1;
      kept++;
    }
  };
  keep(count - 2 * surroundings, count);
  for (let i = trips.length - 1; i >= 0; i--) keep(trips[i].entryRow - surroundings, trips[i].exitRow + surroundings);
  // Room that the trades leave goes to the latest candles.
  for (let row = count - 1; row >= 0; row--) {
    if (kept >= limit) break;
    keep(row, row + 1);
  }
  return Array.from({ length: count }, (_, row) => row).filter(row => isKept[row] === 1);
}

export interface Overlays {
  readonly zones: ReportZone[];
  readonly swings: ReportLevel[];
  readonly breaks: ReportLevel[];
  readonly labels: ReportLabel[];
}

function overlaysOf(result: Result, source: string): Overlays {
  const overlays: Overlays = { zones: [], swings: [], breaks: [], labels: [] };
  for (const [name, node] of Object.entries(result.engines)) {
    if (node.source !== source) continue;
    for (const table of Object.values(node.appended)) if ('knownRow' in table.schema && 'kind' in table.schema) addEvents(name, table, overlays);
  }
  return overlays;
}

/** Adds what a table of events is drawn as. */
export function addEvents(node: string, events: ResultTable, { zones, swings, breaks, labels }: Overlays): void {
  const id = numbersOf(events, 'id'), kinds = numbersOf(events, 'kind'), directions = numbersOf(events, 'direction'), knownRow = numbersOf(events, 'knownRow');
  const ref = numbersOf(events, 'ref'), level0 = numbersOf(events, 'level0'), level1 = numbersOf(events, 'level1');
  const ends = new Map<number, number>();
  for (let i = 0; i < events.length; i++) if (zoneEnds.has(eventKinds[kinds[i]]) && !ends.has(ref[i])) ends.set(ref[i], i);
  for (let i = 0; i < events.length; i++) {
    const kind = eventKinds[kinds[i]], direction = directions[i], layer = eventLayer(kind), short = eventShort(kind, direction), row = knownRow[i];
    if (layer === 'zone') {
      const end = ends.get(id[i]), other = Number.isNaN(level1[i]) ? level0[i] : level1[i];
      zones.push({
        node, kind, direction, fromRow: row, toRow: end === undefined ? null : knownRow[end], low: Math.min(level0[i], other), high: Math.max(level0[i], other),
        end: end === undefined ? '' : eventKinds[kinds[end]], short,
      });
    } else if (layer === 'swing' || layer === 'break') (layer === 'swing' ? swings : breaks).push({ node, kind, direction, row, level: level0[i], short });
    else if (layer === 'label') labels.push({ node, kind, direction, row, level: Number.isNaN(level0[i]) ? null : level0[i], short });
  }
}

function fillsOn(result: Result, bars: ResultBars): ReportFill[] {
  const { fills } = result, time = timesOf(fills, 'time'), shown = millisecondsOf(time), rowOf = rowFinder(bars.table);
  const fillId = numbersOf(fills, 'fillId'), orderId = numbersOf(fills, 'orderId'), side = numbersOf(fills, 'side'), price = numbersOf(fills, 'price');
  const quantity = numbersOf(fills, 'quantity'), out: ReportFill[] = [];
  for (let i = 0; i < fills.length; i++) {
    if (textOf(fills, 'instrument', i) !== bars.instrument) continue;
    out.push({ fillId: fillId[i], orderId: orderId[i], side: side[i], time: shown[i], row: rowOf(time[i]), price: price[i], quantity: quantity[i] });
  }
  return out;
}

function tripsOn(result: Result, bars: ResultBars): ReportTrip[] {
  const { roundTrips } = result, rowOf = rowFinder(bars.table), entry = timesOf(roundTrips, 'entryTime'), exit = timesOf(roundTrips, 'exitTime');
  const side = numbersOf(roundTrips, 'side'), entryPrice = numbersOf(roundTrips, 'entryPrice'), exitPrice = numbersOf(roundTrips, 'exitPrice');
  const net = numbersOf(roundTrips, 'net'), reason = numbersOf(roundTrips, 'exitReason'), out: ReportTrip[] = [];
  for (let i = 0; i < roundTrips.length; i++) {
    if (textOf(roundTrips, 'instrument', i) !== bars.instrument) continue;
    out.push({
      trip: i + 1, side: side[i], entryRow: rowOf(entry[i]), exitRow: rowOf(exit[i]), entryPrice: entryPrice[i], exitPrice: exitPrice[i], net: net[i],
      exitReason: exitReasons[reason[i]],
    });
  }
  return out;
}

/** A mark has no instrument: a chart whose prices never reach its level is of another one. */
function marksOn({ marks }: Result, { table }: ResultBars): ReportMark[] {
  const time = timesOf(marks, 'time'), level = numbersOf(marks, 'level'), lows = numbersOf(table, 'low'), highs = numbersOf(table, 'high'), rowOf = rowFinder(table);
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < table.length; i++) {
    if (lows[i] < low) low = lows[i];
    if (highs[i] > high) high = highs[i];
  }
  return Array.from({ length: marks.length }, (_, i) => ({ row: rowOf(time[i]), level: level[i] })).filter(mark => mark.level >= low && mark.level <= high);
}

/** The last bar that opens at or before a time; the first for a time before all. */
function rowFinder(bars: ResultTable): (time: bigint) => number {
  const openTime = timesOf(bars, 'openTime');
  return time => {
    let low = 0, high = bars.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (openTime[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  };
}

/** Decimals, at most 8, that all these prices need. */
export function digitsOf(...columns: readonly (readonly number[])[]): number {
  let digits = 0;
  for (const column of columns) {
    for (const price of column) {
      while (digits < 8 && Math.abs(price - Number(price.toFixed(digits))) > 1e-9 * Math.max(1, Math.abs(price))) digits++;
    }
  }
  return digits;
}
