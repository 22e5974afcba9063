/** A finished session as a result: tables, metrics, manifest, warnings. */
import { columnDigest, formatInterval, formatTime, floorTime, qualityReport, zoneRulesVersion, type GrowingTable } from '@zanzibar/core';
import { benchmarkValues, type BenchmarkPrices } from '../metrics/benchmark-values.ts';
import { computeMetrics, periodReturns } from '../metrics/metrics.ts';
import { notionals } from '../metrics/notionals.ts';
import { chooseReturnPeriod, periodEnds, simpleReturns, type ReturnPeriod } from '../metrics/return-period.ts';
import type { HeldInstrument } from '../metrics/buy-and-hold.ts';
import { rateAsOf } from '../ledger/currencies.ts';
import type { Json, Manifest } from '../result/manifest.ts';
import { resultTableDigest } from '../result/digests.ts';
import { numbersOf, resultTable, timesOf, type ResultTable } from '../result/result-table.ts';
import { makeResult, markSchema, returnSchema, seriesSchema, type QualityFindings, type Result, type ResultBars, type ResultNode, type Summary, type Warning } from '../result/result.ts';
import type { SimulationOptions } from '../simulator/setup.ts';
import type { MarketInput } from './market-input.ts';
import type { Market } from './market.ts';
import type { PreparedRun } from './prepare.ts';
import { firstAtOrAfter } from './replay.ts';
import type { Session } from './session.ts';
import { versions } from './versions.ts';

/** What a run cannot know of itself. */
export interface RunFacts {
  /** Hash of the strategy's module; empty for one in memory. */
  readonly sourceHash?: string;
  /** Digest of the data by day; empty where nobody made one. */
  readonly dataHash?: string;
  /** The run was ended early. */
  readonly isPartial?: boolean;
  readonly warnings?: readonly Warning[];
}

export function resultOfSession(session: Session, run: PreparedRun, facts: RunFacts = {}): Result {
  const { simulator, built, stages, to } = session, { output } = simulator, { strategy, markets, options } = run, cash = options.cash ?? 100_000;
  const orders = tableOf(output.orders), executions = tableOf(output.executions), fills = tableOf(output.fills), roundTrips = tableOf(output.roundTrips), equity = tableOf(output.equity);
  const bars: Record<string, ResultBars> = {}, engines: Record<string, ResultNode> = {};
  for (const { name, source, instrument, interval, price, table } of built.sources) {
    if ((source.kind !== 'bars' && source.kind !== 'tickBars') || table === undefined) continue;
    bars[name] = { instrument: markets[instrument].id, interval, price, table: tableOf(stages[`bars ${name}`]) };
  }
  for (const { name, engine, driver } of built.pipeline.nodes) {
    if (!name.startsWith('engines.')) continue;
    const node = name.slice('engines.'.length), source = built.sources.find(each => each.table === driver)?.name ?? driver.replace(/^engines\./, ''), aligned = stages[`engine ${node}`], appended: Record<string, ResultTable> = {};
    for (const table in engine.spec.appended) if (stages[`engine ${node}.${table}`]) appended[table] = tableOf(stages[`engine ${node}.${table}`]);
    engines[node] = { source, engine: engine.spec.name, ...(aligned ? { aligned: tableOf(aligned) } : {}), appended };
  }
  const series = Object.fromEntries(Object.entries(output.recorded).map(([name, { time, value }]) => [name, resultTable(seriesSchema, { time, value })]));
  const manifest: Manifest = {
    strategy: strategy.name, strategyVersion: strategy.version ?? '', sourceHash: facts.sourceHash ?? '', dataHash: facts.dataHash ?? '', from: formatTime(run.from), to: formatTime(to), seed: options.seed ?? 0,
    parameters: run.parameters, options: plainJson({ ...options, ...(options.rates ? { rates: ratesOf(options.rates) } : {}), quality: run.quality, instruments: Object.fromEntries(markets.map(market => [market.id, factsOf(market)])) }) as { readonly [name: string]: Json },
    instruments: markets.map(({ id, tick, quantityStep, multiplier, market, instrument }) => ({ id, tick: finite(tick), quantityStep: finite(quantityStep), multiplier, currency: instrument.quoteCurrency, market })),
    currency: run.currency, cash, packages: versions, engines: Object.fromEntries(built.pipeline.nodes.filter(({ engine }) => engine.spec.name !== 'view').map(({ engine }) => [engine.spec.name, versions['@zanzibar/engines']])),
    node: process.version, zoneData: zoneRulesVersion, counters: { ...output.counters },
  };
  const period = returnPeriod(session, run), prices = run.data.map(input => ({ ...pricesOf(input, run.from, to), ...growthOf(input, run, to) })), returns = returnsOf(cash, equity, period, prices);
  const metrics = computeMetrics({ cash, from: run.from, to, equity, fills, roundTrips, period, held: prices, benchmark: numbersOf(returns, 'benchmark'), multipliers: Object.fromEntries(markets.map(({ id, multiplier }) => [id, multiplier])) });
  const { conservation } = output, tolerance = markets.some(({ tick }) => Number.isNaN(tick)) || options.moneyUnit === 0 ? 1e-12 * Math.max(cash, notional(fills, markets)) : 0;
  return makeResult({
    orders, executions, fills, roundTrips, equity, bars, engines, series, marks: resultTable(markSchema, { time: output.marks.time, level: output.marks.value }), returns, manifest, metrics, quality: qualityOf(session, markets),
    conservation: { difference: conservation.difference, tolerance, holds: Math.abs(conservation.difference) <= tolerance }, warnings: warningsOf(session, run, facts),
    stages: Object.fromEntries([
      ...Object.keys(stages).filter(stage => stage.startsWith('ticks ') || stage.startsWith('findings ')).map(stage => [stage, () => resultTableDigest(tableOf(stages[stage]))] as const),
      ...Object.keys(session.passed).filter(stage => stage.startsWith('findings ')).map(stage => [stage, () => session.passed[stage].digest()] as const),
    ]),
  });
}

/** The period of returns: trade dates of the first instrument's calendar, or the slowest bars of the strategy in a short run. */
export function returnPeriod(session: Session, run: PreparedRun): ReturnPeriod {
  const [{ calendar }] = run.markets, dates = calendar.tradeDatesBetween(run.from, session.to).length;
  const intervals = session.built.sources.filter(({ source }) => source.kind === 'bars').map(({ interval }) => interval), slowest = Math.max(0, ...intervals);
  const daily: ReturnPeriod = { name: 'tradeDate', perYear: calendar.sessionsPerYear, endOf: time => calendar.nextClose(time - 1n) };
  const bar: ReturnPeriod | undefined = slowest === 0 ? undefined : { name: formatInterval(slowest), perYear: calendar.periodsPerYear(slowest), endOf: time => floorTime(time - 1n, slowest) + BigInt(slowest) };
  return chooseReturnPeriod(dates, daily, bar);
}

function tableOf(table: GrowingTable): ResultTable {
  const { schema, columns, length, texts } = table, exact: Record<string, any> = {};
  for (const name in columns) if (name in schema) exact[name] = columns[name].subarray(0, length);
  return resultTable(schema, exact, length, texts);
}

/** Returns of the run and of holding its instruments, at the ends of the return period. */
function returnsOf(cash: number, equity: ResultTable, period: ReturnPeriod, prices: readonly BenchmarkPrices[]): ResultTable {
  const times = timesOf(equity, 'time'), time = BigInt64Array.from(periodEnds(times, period.endOf), row => times[row]), values = benchmarkValues(prices, time);
  return resultTable(returnSchema, { time, value: periodReturns({ cash, equity, period }), benchmark: simpleReturns(1, values, values.map((_, i) => i)) });
}

/** Prices of the rows in `[from, to)`, and of the first and the last of them that have one. */
function pricesOf({ kind, columns, actions }: MarketInput, from: bigint, to: bigint): BenchmarkPrices & HeldInstrument {
  const price = (i: number): number => (kind === 'quotes' ? (columns.bid[i] + columns.ask[i]) / 2 : kind === 'trades' ? columns.price[i] : columns.close[i]);
  const time = (kind === 'bars' ? columns.closeTime : columns.time) as BigInt64Array, length = columns.length ?? time.length;
  const begin = firstAtOrAfter(time, from, length), end = firstAtOrAfter(time, kind === 'bars' ? to + 1n : to, length);
  let first = begin, last = end - 1;
  while (first < last && !(price(first) > 0)) first++;
  while (last > first && !(price(last) > 0)) last--;
  // One unit bought at first is `units` later on.
  const splits = actions?.list.filter(action => action.kind === 'split') ?? [];
  const units = (i: number): number => splits.reduce((held, split) => (split.time > time[first] && split.time <= time[i] ? (held * split.numerator) / split.denominator : held), 1);
  const held = splits.length === 0 ? price : (i: number): number => units(i) * price(i);
  return { time, price: held, from: begin, to: end, first: (kind === 'bars' ? columns.open[first] : price(first)) ?? NaN, last: held(last) ?? NaN };
}

/** What the currency of an instrument has gained on the account's; nothing where it is the account's. */
function growthOf({ instrument: { quoteCurrency } }: MarketInput, { options: { rates = {} }, currency, from }: PreparedRun, to: bigint): Pick<BenchmarkPrices, 'growth'> & Pick<HeldInstrument, 'rateGrowth'> {
  const own = quoteCurrency === currency ? undefined : rates[quoteCurrency];
  if (own === undefined) return {};
  const start = rateAsOf(own, from), growth = (time: bigint): number => rateAsOf(own, time) / start;
  return { growth, rateGrowth: growth(to) };
}

/** Findings of each instrument that has ticks: what rules were broken how often. */
function qualityOf({ stages, passed }: Session, markets: readonly Market[]): Summary['quality'] {
  const found = markets.flatMap(({ id }): [string, QualityFindings][] => {
    const findings = stages[`findings ${id}`], ticks = `ticks ${id}`, kept = stages[ticks]?.length ?? passed[ticks]?.rows;
    if (kept === undefined) return [];
    const table = findings && tableOf(findings), report = table ? qualityReport({ ...table.columns, length: table.length } as never) : passed[`findings ${id}`].report!;
    return [[id, { kept, rules: report.rules.filter(({ count }) => count > 0) }]];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** Facts of an instrument that change fills: they are part of what a trial is. */
function factsOf({ tick, quantityStep, minimumQuantity, multiplier, kind, calendar, actions, ticks, financing, halts, expires }: Market): Json {
  const facts = { market: kind, ...(ticks === undefined ? {} : { ticksInside: true }), tick: finite(tick), quantityStep: finite(quantityStep), minimumQuantity, multiplier, calendar: calendar.name, ...(financing && { financing: plainJson(financing) }), ...(halts && { halts: plainJson(halts) }), ...(expires !== undefined && { expires: formatTime(expires) }) };
  if (actions === undefined) return facts;
  return { ...facts, actions: actions.list.map(action => ({ ...action, time: formatTime(action.time) })) };
}

/** Rates as part of what a trial is: their digests. */
function ratesOf(rates: NonNullable<SimulationOptions['rates']>): Json {
  return Object.fromEntries(Object.entries(rates).map(([currency, { time, rate }]) => [currency, { rows: time.length, time: columnDigest('i64', time), rate: columnDigest('f64', rate) }]));
}

/** Money turned over, account currency. */
function notional(fills: ResultTable, markets: readonly Market[]): number {
  return notionals(fills, Object.fromEntries(markets.map(({ id, multiplier }) => [id, multiplier]))).reduce((sum, value) => sum + Math.abs(value), 0);
}

function warningsOf({ simulator: { output } }: Session, { options }: PreparedRun, { isPartial, warnings = [] }: RunFacts): Warning[] {
  const list = [...warnings];
  if (isPartial) list.push({ code: 'partial', message: 'The run was interrupted: the result covers it up to there', count: 1 });
  if (options.fillAt === 'sameClose') list.push({ code: 'sameClose', message: 'Market orders fill at the close of the bar that decided them (fillAt: sameClose)', count: output.counters.fills });
  if (output.counters.ambiguousBars > 0) list.push({ code: 'ambiguousBars', message: `Bars in which stop and target could both have filled, taken ${takenAs(options.intrabar)}${resolved(output.counters.resolvedBars)}`, count: output.counters.ambiguousBars });
  if (output.counters.throughOnArrival > 0) list.push({ code: 'throughOnArrival', message: 'Bracket legs that the market had passed when they came to rest', count: output.counters.throughOnArrival });
  // The simulator says those above in other words.
  const told = new Set(list.map(({ code }) => code));
  output.warnings.forEach((message, k) => {
    if (!told.has(output.warningCodes[k])) list.push({ code: output.warningCodes[k], message, count: 1 });
  });
  return list;
}

function takenAs(policy: SimulationOptions['intrabar'] = 'pessimistic'): string {
  return policy === 'optimistic' || policy === 'pessimistic' ? `${policy}ally` : `by the policy ${policy}`;
}

function resolved(byTicks: number | undefined): string {
  return byTicks === undefined ? '' : ` except for ${byTicks} that the ticks inside decided`;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : ArrayBuffer.isView(each) ? columnJson(each as Float64Array) : each))) as Json;
}

/** A column among the options: a few values as they are, more by their digest, for a summary is small. */
function columnJson(column: Float64Array | BigInt64Array): unknown {
  if (column.length <= 16) return Array.from(column as Float64Array, String);
  return { length: column.length, digest: columnDigest(column instanceof BigInt64Array ? 'i64' : 'f64', column) };
}
