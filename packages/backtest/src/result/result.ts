/** What a run gives: a small summary in plain JSON beside tables of columns. */
import type { RuleSummary } from '@zanzibar/core';
import type { Metrics } from '../metrics/metrics.ts';
import { attribution } from './attribution.ts';
import type { Attribution } from './attribution.ts';
import type { Conservation } from './conservation.ts';
import { lazyDigests } from './digests.ts';
import type { Digests, StageSource } from './digests.ts';
import type { Manifest } from './manifest.ts';
import type { ResultTable } from './result-table.ts';

export const resultSchema = 'zanzibar/result';
export const resultVersion = '1.1';

/** Something that the reader of a result must know, with how often it happened. */
export interface Warning {
  /** A word that programs can test: `sameClose`, `ambiguousBars`, `throughOnArrival`, `partial` ... */
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/** Plain JSON; a metric without a value is null there. */
export interface Summary {
  readonly schema: typeof resultSchema;
  readonly version: string;
  readonly manifest: Manifest;
  readonly metrics: Metrics;
  readonly attribution: Attribution;
  readonly conservation: Conservation;
  readonly warnings: readonly Warning[];
  /** What the quality step found in the ticks of each instrument that had any; absent before version 1.1 and where no stage was recorded. */
  readonly quality?: { readonly [instrument: string]: QualityFindings };
}

export interface QualityFindings {
  /** Ticks that the run saw: what no rule dropped. */
  readonly kept: number;
  /** The rules that were broken. */
  readonly rules: readonly RuleSummary[];
}

/** Bars that a strategy listened to. */
export interface ResultBars {
  readonly instrument: string;
  /** Nanoseconds; 0 for bars that are not of time. */
  readonly interval: number;
  /** The price that they hold. */
  readonly price: 'bid' | 'ask' | 'mid' | 'trade';
  readonly table: ResultTable;
}

/** A node of the strategy's engines. */
export interface ResultNode {
  /** Name of the bars (or other source) that drive it. */
  readonly source: string;
  readonly engine: string;
  /** Columns aligned with the rows of the source, absent where it has none. */
  readonly aligned?: ResultTable;
  /** Appended tables by name, events above all. */
  readonly appended: { readonly [table: string]: ResultTable };
}

export interface ResultTables {
  readonly orders: ResultTable;
  readonly executions: ResultTable;
  readonly fills: ResultTable;
  readonly roundTrips: ResultTable;
  readonly equity: ResultTable;
  /** By name of the source. */
  readonly bars: { readonly [source: string]: ResultBars };
  /** By name in the strategy's `combine`. */
  readonly engines: { readonly [node: string]: ResultNode };
  /** What the strategy recorded: (time, value) by name. */
  readonly series: { readonly [name: string]: ResultTable };
  /** Levels that the strategy marked: (time, level). */
  readonly marks: ResultTable;
  /** Returns at the return period, with those of the benchmark; absent before version 1.1. */
  readonly returns?: ResultTable;
}

export interface Result extends ResultTables {
  readonly summary: Summary;
  readonly digests: Digests;
}

export interface ResultParts extends ResultTables {
  readonly manifest: Manifest;
  readonly metrics: Metrics;
  readonly conservation: Conservation;
  readonly warnings: readonly Warning[];
  /** Digests of stages before the bars, made when asked for: `ticks`, `clean` ... */
  readonly stages?: { readonly [stage: string]: () => string };
  readonly quality?: Summary['quality'];
}

/** Recorded series: UTC nanoseconds and a number. */
export const seriesSchema = { time: 'i64', value: 'f64' } as const;
export const markSchema = { time: 'i64', level: 'f64' } as const;
/** End of the period, return of equity, return of holding the instruments in equal parts (NaN: none). */
export const returnSchema = { time: 'i64', value: 'f64', benchmark: 'f64' } as const;

/** A result of its parts: costs are attributed, digests wait until they are asked for. */
export function makeResult(parts: ResultParts): Result {
  const { manifest, metrics, conservation, warnings, stages = {}, quality, ...tables } = parts;
  const summary: Summary = {
    schema: resultSchema, version: resultVersion, manifest, metrics,
    attribution: attribution(manifest.cash, tables.fills, tables.equity), conservation, warnings, ...(quality === undefined ? {} : { quality }),
  };
  return resultOf(summary, tables, stages);
}

/** A result whose summary exists already, as one that was read from files. */
export function resultOf(summary: Summary, tables: ResultTables, before: { readonly [stage: string]: () => string }): Result {
  return { summary, ...tables, digests: lazyDigests({ ...before, ...stagesOf(tables) }) };
}

/** The tables of a result by stage, in the order in which they follow from each other. */
export function stagesOf(tables: ResultTables): { readonly [stage: string]: ResultTable } {
  const stages: Record<string, StageSource> = {};
  for (const [name, bars] of Object.entries(tables.bars)) stages[`bars/${name}`] = bars.table;
  for (const [name, node] of Object.entries(tables.engines)) {
    if (node.aligned) stages[`engines/${name}`] = node.aligned;
    for (const [table, events] of Object.entries(node.appended)) stages[`engines/${name}.${table}`] = events;
  }
  for (const name of ['orders', 'executions', 'fills', 'roundTrips', 'equity', 'marks'] as const) stages[name] = tables[name];
  for (const [name, series] of Object.entries(tables.series)) stages[`series/${name}`] = series;
  if (tables.returns) stages.returns = tables.returns;
  return stages as { readonly [stage: string]: ResultTable };
}
