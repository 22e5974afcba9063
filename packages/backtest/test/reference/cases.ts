/** Seeded closed-loop cases: markets, sources, options and a strategy that reacts to what happened. */
import { randomStream, type RandomStream } from '@zanzibar/core';
import type { DecisionRows, DecisionSource, Group, InsideTicks, IntrabarPolicy, MarketRows, SimulationOptions, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Now, NowKind, Report } from '../../src/strategy/strategy.ts';
import { randomCosts, randomFinancing } from './random-costs.ts';
import { randomDecide, type RandomState } from './random-strategy.ts';

export type Family = 'quotes' | 'trades' | 'bars';

export interface Sending { readonly kind: NowKind; readonly source: string; readonly from: number; readonly isSized: boolean }

/** One run of a case: the setup with a state of its own, and what the strategy has seen and sent. */
export interface CaseRun {
  readonly setup: SimulatorSetup;
  readonly calls: string[];
  readonly sent: Map<number, Sending>;
  timersForNow(): number;
  /** Turns the views of the sources to these rows. */
  show(group: Group): void;
}

export type CaseSource = Omit<DecisionSource, 'now'>;

export interface Case {
  readonly seed: number;
  readonly family: Family;
  readonly rows: Group;
  readonly options: SimulationOptions;
  readonly instruments: readonly TradedInstrument[];
  readonly sources: readonly CaseSource[];
  start(): CaseRun;
}

class View implements Now {
  readonly kind: NowKind;
  readonly source: string;
  readonly instrument: string;
  row = 0;
  base = 0;
  times: BigInt64Array = new BigInt64Array(0);
  readonly columns: Now['columns'] = {};
  readonly tables: Now['tables'] = {};
  readonly offsets: Now['offsets'] = {};
  readonly report: Report | undefined = undefined;

  constructor(kind: NowKind, source: string, instrument: string) {
    this.kind = kind;
    this.source = source;
    this.instrument = instrument;
  }

  get time(): bigint {
    return this.times[this.row];
  }
}

export const policies: readonly IntrabarPolicy[] = ['pessimistic', 'optimistic', 'openHighLowClose', 'openLowHighClose', 'nearestExtremeFirst', 'barDirection', 'random'];

const unit = 1000n;
const anchor = 1_400_000_000_000_000_000n;

export function makeCase(seed: number, asked?: Family): Case {
  const random = randomStream(seed, 'case'), pick = <T>(...values: readonly T[]): T => values[random.integer(0, values.length - 1)], is = (share: number): boolean => random.uniform() < share;
  const family = asked ?? pick<Family>('quotes', 'quotes', 'quotes', 'trades', 'bars');
  const tick = pick(0.01, 0.00001, 1, NaN, 0.25), isGrid = !Number.isNaN(tick), unitTick = isGrid ? tick : 0.25, step = isGrid ? pick(1, 0.5) : 0.5, count = pick(1, 1, 2);
  const sessionLength = unit * BigInt(pick(40, 90, 400)), rowCount = random.integer(30, 90), isBidAsk = family === 'bars' && is(0.3);
  const traded: TradedInstrument[] = Array.from({ length: count }, (_, i) => ({
    id: `I${i}`, tick, quantityStep: isGrid ? step : NaN, minimumQuantity: isGrid && is(0.5) ? step : 0, multiplier: isGrid ? pick(1, 10) : 1, market: family,
    sessionEnd: time => (time / sessionLength + 1n) * sessionLength, ...randomFinancing(seed, i),
  }));
  const inside = randomStream(seed, 'intrabar'), hasTicks = family === 'bars' && inside.uniform() < 0.35;
  const onGrid = (ticks: number): number => (unitTick < 1 ? ticks / Math.round(1 / unitTick) : ticks * unitTick);
  const isStretched = is(0.3), intervals = traded.map((_, i) => (i > 0 && is(0.3) ? 20n : 10n)), markets = traded.map((_, i) => (family === 'bars' ? bars(random, onGrid, rowCount, isBidAsk, intervals[i]) : ticks(random, onGrid, rowCount, family, sessionLength, isStretched)));
  const instruments = hasTicks ? traded.map((facts, i) => ({ ...facts, ticks: ticksInside(inside, markets[i]) })) : traded;
  const { sources, decisions } = sourcesOf(random, family, instruments, markets, intervals);
  const last = markets.reduce((latest, rows) => { const times = rows.closeTime ?? rows.time; return times[times.length - 1] > latest ? times[times.length - 1] : latest; }, 0n);
  const from = anchor + (is(0.15) ? unit * BigInt(random.integer(1, 30)) : 0n), to = is(0.3) ? last - unit * BigInt(random.integer(0, 10)) : last + unit * BigInt(random.integer(0, 30));
  const isShown = family !== 'bars' && is(0.3), isSlow = is(0.5), hasSpread = family !== 'quotes' && is(0.7), delay = (): number => (isSlow ? 1000 * pick(0, 1, 2, 2, 5, 9) : 0);
  const plain: SimulationOptions = {
    cash: 10_000,
    costs: {
      ...(is(0.4) ? { perUnit: 0.013 } : {}), ...(is(0.4) ? { basisPoints: 0.7 } : {}), ...(is(0.3) ? { makerBasisPoints: -0.3 } : {}), ...(is(0.3) ? { takerBasisPoints: 1.1 } : {}),
      ...(hasSpread ? { halfSpread: unitTick * pick(0.5, 1, 1.5, 2) } : {}), ...(is(0.3) ? { slippage: (isGrid ? 1 : 0.25) * pick(0.5, 1, 2) } : {}),
    },
    latency: isSlow ? { submit: delay(), cancel: delay(), replace: delay(), report: delay() } : {},
    sizing: pick({ kind: 'units', units: step * 2 }, { kind: 'percentOfEquity', fraction: 0.002 }, { kind: 'riskPerTrade', fraction: 0.0001 }),
    ...(family === 'bars' && is(0.8) ? { intrabar: policies[inside.integer(0, policies.length - 1)], seed: inside.integer(0, 9) } : {}), ...(family !== 'quotes' && is(0.4) ? { limitFill: 'touch' } : {}), ...(isShown ? { quantity: 'shown' } : {}),
    ...(family === 'quotes' && is(0.1) ? { crossed: 'trade' } : {}), ...(is(0.2) ? { atEnd: 'close' } : {}), ...(family === 'bars' && !isSlow && is(0.2) ? { fillAt: 'sameClose' } : {}),
  };
  const options = randomCosts(seed, plain, { price: onGrid(1000), step, ids: instruments.map(({ id }) => id) });
  const hasReports = is(0.35), activity = pick(0.12, 0.3, 0.6), stateSeed = random.bits(), equitySource = sources.findIndex(source => source.kind === 'bar');

  const price = (i: number, time: bigint): number => {
    const rows = markets[i];
    let at = -1;
    while (at + 1 < rows.length && rows.time[at + 1] < time) at++;
    const known = (rows.ask ?? rows.price ?? rows.open!)[Math.max(0, at)];
    return Number.isNaN(known) ? onGrid(1000) : known;
  };
  const start = (): CaseRun => {
    const calls: string[] = [], sent = new Map<number, Sending>();
    let timers = 0;
    const views = sources.map(({ kind, name, instrument }) => new View(kind, name, instruments[instrument]?.id ?? ''));
    const show = (group: Group): void => views.forEach((view, s) => {
      view.base = group.decisions[s].base;
      view.times = group.decisions[s].time;
    });
    const decide = randomDecide({
      instruments: instruments.map(({ id }) => id), tick: unitTick, step, activity, isBars: family === 'bars', price,
      called: now => calls.push(`${now.kind} ${now.source} ${now.instrument} ${now.time} ${now.base + now.row}${now.report ? ` ${now.report.orderId} ${now.report.event} ${now.report.reason}` : ''}`),
      sent: (id, now, isSized) => sent.set(id, { kind: now.kind, source: now.source, from: instruments.findIndex(({ id }) => id === now.instrument), isSized }),
      timerForNow: () => timers++,
    });
    const state: RandomState = { x: stateSeed, sent: 0 };
    const setup: SimulatorSetup = {
      strategyId: 'random', instruments, sources: sources.map((source, s) => ({ ...source, now: views[s] })), reports: hasReports, equitySource, from, to: to > from ? to : from + 1n, decide, state, options,
    };
    show(rows);
    return { setup, calls, sent, timersForNow: () => timers, show };
  };
  const rows: Group = { markets, decisions };
  return { seed, family, rows, options, instruments, sources, start };
}

/** Steps of time with many zeros, so that equal times happen within an instrument and across. */
function walkTimes(random: RandomStream, count: number, isStretched: boolean): BigInt64Array {
  let time = anchor + unit * BigInt(random.integer(0, 4));
  return BigInt64Array.from({ length: count }, () => {
    const draw = random.uniform();
    time += unit * BigInt(draw < 0.35 ? 0 : draw < 0.7 ? 1 : draw < 0.95 ? random.integer(2, 4) : isStretched ? random.integer(20, 60) : 8);
    return time;
  });
}

function walkPrice(random: RandomStream, ticks: number): number {
  const draw = random.uniform();
  return ticks + (draw < 0.35 ? 0 : draw < 0.85 ? random.integer(-1, 1) : random.integer(-5, 5)) + Math.round((1000 - ticks) / 12);
}

function ticks(random: RandomStream, onGrid: (ticks: number) => number, length: number, family: Family, session: bigint, isStretched: boolean): MarketRows {
  const time = walkTimes(random, length, isStretched), bid = new Float64Array(length), ask = new Float64Array(length), bidSize = new Float64Array(length), askSize = new Float64Array(length);
  let price = 1000, crossed = 0;
  for (let i = 0; i < length; i++) {
    price = walkPrice(random, price);
    if (crossed > 0) crossed--;
    else if (random.uniform() < 0.05) crossed = random.integer(1, 6);
    const spread = crossed > 0 ? -random.integer(1, 3) : random.integer(0, 3);
    bid[i] = onGrid(price);
    ask[i] = onGrid(price + spread);
    if (random.uniform() < 0.02) bid[i] = NaN;
    if (random.uniform() < 0.02) ask[i] = NaN;
    const size = (): number => (random.uniform() < 0.1 ? 0 : random.uniform() < 0.05 ? NaN : random.integer(1, 5));
    bidSize[i] = size();
    askSize[i] = size();
  }
  const starts = [0];
  for (let i = 1; i < length; i++) if (time[i] / session !== time[i - 1] / session || random.uniform() < 0.04) starts.push(i);
  const base = { base: 0, length, time, starts: Float64Array.from(starts) };
  return family === 'quotes' ? { ...base, bid, ask, bidSize, askSize } : { ...base, price: bid, size: bidSize };
}

function bars(random: RandomStream, onGrid: (ticks: number) => number, length: number, isBidAsk: boolean, interval: bigint): MarketRows {
  const time = new BigInt64Array(length), closeTime = new BigInt64Array(length), starts = [0], columns: Record<string, Float64Array> = {};
  for (const name of ['open', 'high', 'low', 'close', 'askOpen', 'askHigh', 'askLow', 'askClose']) columns[name] = new Float64Array(length);
  let at = anchor, price = 1000;
  for (let i = 0; i < length; i++) {
    if (random.uniform() < 0.06) at += interval * unit;
    time[i] = at;
    closeTime[i] = at += interval * unit;
    const open = walkPrice(random, price), close = walkPrice(random, open), high = Math.max(open, close) + random.integer(0, 3), low = Math.min(open, close) - random.integer(0, 3);
    price = close;
    if (i > 0 && random.uniform() < 0.08) starts.push(i);
    const spread = [0, 0, 0, 0].map(() => random.integer(0, 2)), asks = [open + spread[0], 0, 0, close + spread[3]];
    asks[1] = Math.max(high + spread[1], asks[0], asks[3]);
    asks[2] = Math.min(low + spread[2], asks[0], asks[3]);
    [open, high, low, close].forEach((value, k) => { Object.values(columns)[k][i] = onGrid(value); });
    asks.forEach((value, k) => { Object.values(columns)[4 + k][i] = onGrid(value); });
  }
  const { open, high, low, close, ...asks } = columns;
  const volume = Float64Array.from({ length }, (_, i) => (i % 37 === 36 ? NaN : (i * 7919) % 11));
  return { base: 0, length, time, closeTime, starts: Float64Array.from(starts), open, high, low, close, volume, ...(isBidAsk ? asks : {}) };
}

/** Ticks that go through the prices of each bar in some order; some bars lack a tick, or all. */
function ticksInside(random: RandomStream, { time, closeTime, open, high, low, close, askOpen, askHigh, askLow, askClose }: MarketRows): InsideTicks {
  const times: bigint[] = [], buys: number[] = [], sells: number[] = [];
  for (let i = 0; i < time.length; i++) {
    if (random.uniform() < 0.1) continue;
    const extremes = [[high![i], (askHigh ?? high)![i]], [low![i], (askLow ?? low)![i]]], path = [[open![i], (askOpen ?? open)![i]], ...(random.uniform() < 0.5 ? extremes : extremes.reverse()), [close![i], (askClose ?? close)![i]]];
    path.forEach(([sell, buy], k) => {
      if (random.uniform() < 0.15) return;
      times.push(time[i] + ((closeTime![i] - time[i]) * BigInt(k)) / 4n);
      const isCrossed = random.uniform() < 0.05;
      sells.push(isCrossed ? buy + 1 : sell);
      buys.push(buy);
    });
  }
  return { time: BigInt64Array.from(times), buy: Float64Array.from(buys), sell: Float64Array.from(sells) };
}

function sourcesOf(random: RandomStream, family: Family, instruments: readonly TradedInstrument[], markets: readonly MarketRows[], intervals: readonly bigint[]): { sources: CaseSource[]; decisions: DecisionRows[] } {
  const list: { source: CaseSource; rows: DecisionRows }[] = [], none: DecisionRows = { base: 0, length: 0, time: new BigInt64Array(0) }, is = (share: number): boolean => random.uniform() < share;
  if (is(0.25)) list.push({ source: { name: 'clock', kind: 'timer', instrument: -1, interval: 7000, offset: 1000 * random.integer(0, 3) }, rows: none });
  instruments.forEach((_, i) => {
    const rows = markets[i];
    if (family === 'bars') {
      const segment = Int32Array.from(rows.time, (_, k) => Math.floor(k / 25));
      list.push({ source: { name: `bars${i}`, kind: 'bar', instrument: i, interval: 1000 * Number(intervals[i]) }, rows: { base: 0, length: rows.length, time: rows.closeTime!, ...(is(0.3) ? { segment } : {}) } });
      return;
    }
    if (i > 0 && is(0.3)) return;
    if (is(0.6)) list.push({ source: { name: `ticks${i}`, kind: 'tick', instrument: i, interval: 0 }, rows: { base: 0, length: rows.length, time: rows.time } });
    for (const interval of is(0.5) ? [5000] : [5000, 15_000]) {
      list.push({ source: { name: `bars${i}of${interval}`, kind: 'bar', instrument: i, interval }, rows: timeBars(rows, BigInt(interval), random) });
    }
    if (is(0.15)) list.push({ source: { name: `tickBars${i}`, kind: 'bar', instrument: i, interval: 0 }, rows: countBars(rows, random.integer(3, 9)) });
  });
  const order = (a: CaseSource, b: CaseSource): number => a.instrument - b.instrument || a.interval - b.interval || (a.name < b.name ? -1 : 1);
  list.sort((a, b) => order(a.source, b.source));
  return { sources: list.map(({ source }) => source), decisions: list.map(({ rows }) => rows) };
}

function timeBars(rows: MarketRows, interval: bigint, random: RandomStream): DecisionRows {
  if (random.uniform() < 0.15) return cutBars(rows, interval, random);
  const times: bigint[] = [], toRow: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const close = (rows.time[i] / interval + 1n) * interval;
    if (times.at(-1) === close) toRow[toRow.length - 1] = i + 1;
    else { times.push(close); toRow.push(i + 1); }
  }
  const segment = Int32Array.from(times, (_, k) => Math.floor(k / 6));
  return { base: 0, length: times.length, time: BigInt64Array.from(times), toRow: Float64Array.from(toRow), ...(random.uniform() < 0.2 ? { segment } : {}) };
}

/** Bars of which some end early: with the first row of a new segment. */
function cutBars(rows: MarketRows, interval: bigint, random: RandomStream): DecisionRows {
  const times: bigint[] = [], toRow: number[] = [], segment: number[] = [], provedBy: number[] = [];
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const close = (rows.time[i] / interval + 1n) * interval, last = times.length - 1, isCut = i > 0 && random.uniform() < 0.1;
    if (isCut) at++;
    if (last >= 0 && segment[last] === at && times[last] === close) {
      toRow[last] = i + 1;
      continue;
    }
    if (isCut && last >= 0 && segment[last] === at - 1 && toRow[last] === i && times[last] > rows.time[i]) {
      times[last] = rows.time[i];
      provedBy[last] = i;
    }
    times.push(close);
    toRow.push(i + 1);
    segment.push(at);
    provedBy.push(NaN);
  }
  return { base: 0, length: times.length, time: BigInt64Array.from(times), toRow: Float64Array.from(toRow), segment: Int32Array.from(segment), provedBy: Float64Array.from(provedBy) };
}

function countBars(rows: MarketRows, count: number): DecisionRows {
  const toRow = Float64Array.from({ length: Math.floor(rows.length / count) }, (_, k) => (k + 1) * count);
  return { base: 0, length: toRow.length, time: BigInt64Array.from(toRow, row => rows.time[row - 1]), toRow };
}
