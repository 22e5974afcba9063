/**
 * How much history a run reads before `from`: what the strategy's engines need to be warm at its first row.
 *
 * Definition  over all paths of the graph the largest sum of (warm-up rows x interval), by calendar: intervals below a day count open time, from a day on they
 *             count sessions. From there back to where a bar of every source begins, so that the first bars are whole.
 *             What the strategy states as its `history` counts as one more path.
 *             Rows that are not regular (ticks, bars of a number of ticks, columns of one's own) add nothing: their time is not known before they are read.
 */
import { floorTime, nanosecondsPerDay, nonNegativeNumber, type Calendar, type Graph } from '@zanzibar/core';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { strategyGraph } from './pipeline.ts';
import { partOfStrategy } from './strategy-part.ts';

export interface History {
  readonly sessions: number;
  /** Nanoseconds in which the market is open. */
  readonly openTime: number;
  /** Of all sources of bars, in nanoseconds: history begins where a bar of each begins. */
  readonly intervals: readonly { readonly interval: number; readonly isBySession: boolean }[];
}

/** What a table needs before its rows are worth something, and the time between its rows. */
interface Need {
  readonly sessions: number;
  readonly openTime: number;
  readonly interval: number;
}

const nothing: Need = { sessions: 0, openTime: 0, interval: 0 };

export function historyOf(strategy: AnyStrategy, parameters: object): History {
  const needs = new Map<string, Need>(), intervals: { interval: number; isBySession: boolean }[] = [], sources = Object.entries(strategy.sources(parameters));
  for (const [name, source] of sources) {
    if (source.kind === 'bars') intervals.push({ interval: source.interval, isBySession: source.align === 'session' });
    needs.set(name, source.kind === 'bars' ? { ...nothing, interval: source.interval } : nothing);
  }
  const pipeline = strategyGraph(strategy, parameters), all = pipeline === undefined ? [nothing] : needsOf(pipeline.graph, needs), own = partOfStrategy(strategy.name, 'history', () => strategy.history?.(parameters)) ?? 0;
  nonNegativeNumber(`${strategy.name}: history`, own);
  const { sessions, openTime } = [...all, { ...nothing, openTime: own }].reduce(larger);
  return { sessions, openTime, intervals };
}

/** The needs of all nodes of a graph; those of the tables around it are given by name. */
function needsOf(graph: Graph, around: ReadonlyMap<string, Need>): Need[] {
  const known = new Map(around), all: Need[] = [nothing];
  const of = (table: string): Need => known.get(table) ?? known.get(table.split('/')[0]) ?? known.get(table.split(/[./]/)[0]) ?? nothing;
  for (const name in graph) {
    const [engine, driver, options, wires = {}] = graph[name];
    if ('graph' in engine) {
      const inner = new Map(engine.sources.map(source => [source, of(wires[source] ?? (engine.sources.length === 1 ? driver : source))])), found = needsOf(engine.graph, inner);
      all.push(...found);
      known.set(name, { ...found.reduce(larger), interval: of(driver).interval });
      continue;
    }
    const { spec } = engine, resolved = engine.resolve(options as never), warmup = spec.warmup?.(resolved) ?? 0, rows = typeof warmup === 'number' ? warmup : Math.max(0, ...Object.values(warmup).map(Number));
    const { interval } = of(driver), read = [of(driver), ...Object.values(wires).map(of), ...Object.keys(spec.reads ?? {}).map(table => of(wires[table] ?? table))].reduce(larger);
    const need = interval < nanosecondsPerDay ? { ...read, openTime: read.openTime + rows * interval, interval } : { ...read, sessions: read.sessions + rows * Math.ceil(interval / nanosecondsPerDay), interval };
    known.set(name, need);
    all.push(need);
  }
  return all;
}

function larger(a: Need, b: Need): Need {
  return b.sessions * nanosecondsPerDay + b.openTime > a.sessions * nanosecondsPerDay + a.openTime ? b : a;
}

/** Where reading starts so that the engines are warm at `from`. */
export function historyStart({ sessions, openTime, intervals }: History, calendar: Calendar, from: bigint): bigint {
  let time = from, left = BigInt(Math.ceil(openTime));
  while (left > 0n) {
    if (!calendar.isOpen(time - 1n)) {
      time = calendar.sessionClose(dateBefore(calendar, calendar.tradeDate(time - 1n)));
      continue;
    }
    const open = calendar.sessionOpen(calendar.tradeDate(time - 1n)), step = time - open < left ? time - open : left;
    time -= step;
    left -= step;
  }
  if (sessions > 0) {
    let date = calendar.tradeDate(time);
    for (let k = 0; k < sessions; k++) date = dateBefore(calendar, date);
    time = calendar.sessionOpen(date);
  }
  let start = time;
  for (const { interval, isBySession } of intervals) {
    // A time between sessions belongs to the next one, whose bars begin at its opening.
    const open = isBySession ? calendar.sessionOpen(calendar.tradeDate(time)) : 0n, begin = open > time ? time : floorTime(time, interval, open);
    if (begin < start) start = begin;
  }
  return start;
}

function dateBefore(calendar: Calendar, date: number): number {
  let before = date - 1;
  while (!calendar.isTradeDate(before)) before--;
  return before;
}
