/** Random runs with one source of bars, on which the lanes work: the strategy's state is plain numbers, so that it can be snapshotted. */
import { randomStream } from '@zanzibar/core';
import type { DecisionRows, Group, MarketRows, SimulationOptions, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Account, Actions, Now, NowKind, OrderRequest, Report } from '../../src/strategy/strategy.ts';

export type Kind = 'quotes' | 'trades' | 'bars';

/** A strategy's state: its own small generator, and the orders it may cancel or replace. */
interface State {
  seed: number;
  recent: number[];
}

export interface RandomRun {
  readonly kind: Kind;
  readonly rows: Group;
  /** A setup with a state and a view of its own. */
  setup(lanes?: boolean): { readonly setup: SimulatorSetup; readonly view: View };
}

export class View implements Now {
  readonly kind: NowKind = 'bar';
  readonly source: string = 'bars';
  readonly instrument: string = 'X';
  row = 0;
  base = 0;
  columns: { close: Float64Array } = { close: new Float64Array(0) };
  readonly tables: Now['tables'] = {};
  readonly offsets: Now['offsets'] = {};
  readonly report: Report | undefined = undefined;
  times: BigInt64Array = new BigInt64Array(0);

  get time(): bigint {
    return this.times[this.row];
  }
}

const start = 1_500_000_000_000_000_000n, tick = 0.01;

function next(state: State, count: number): number {
  state.seed = (Math.imul(state.seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((state.seed / 4294967296) * count);
}

function decide(state: State, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') {
    if (now.kind === 'timer' && next(state, 2) === 0) actions.market(next(state, 2) === 0 ? 1 : -1, 1);
    return;
  }
  const close = (now.columns.close as Float64Array)[now.row], away = (): number => (next(state, 9) - 4) * tick;
  if (next(state, 3) === 0) {
    const side = next(state, 2) === 0 ? 1 : -1, kinds = ['market', 'limit', 'stop', 'stopLimit', 'market', 'limit', 'marketIfTouched', 'limitIfTouched', 'trailingStop', 'trailingStopLimit', 'onOpen', 'onClose'] as const, trailUnit = (['price', 'ticks', 'basisPoints'] as const)[next(state, 3)], isBracket = next(state, 2) === 0;
    const order: OrderRequest = {
      side, quantity: 1 + next(state, 4), kind: kinds[next(state, kinds.length)], price: close + away(), stopPrice: close + away(), timeInForce: (['gtc', 'fok', 'ioc', 'day'] as const)[next(state, 16) < 13 ? 0 : 1 + next(state, 3)],
      reduceOnly: next(state, 9) === 0, trailUnit, trail: (1 + next(state, 5)) * (trailUnit === 'price' ? tick : trailUnit === 'ticks' ? 1 : 10), ...(next(state, 4) === 0 ? { activationPrice: close - side * next(state, 4) * tick } : {}), postOnly: next(state, 9) === 0,
      ...(isBracket ? { stop: close - side * (1 + next(state, 5)) * tick, target: close + side * (1 + next(state, 5)) * tick } : {}), ...(isBracket && next(state, 3) === 0 ? { stopTrail: trailUnit === 'price' ? 4 * tick : 4 + next(state, 20) } : isBracket && next(state, 3) === 0 ? { stopSteps: [{ profit: 1, stop: 0 }, { profit: 2, stop: 0.5 }] } : {}),
      ...(next(state, 12) === 0 ? { hold: 1000 * next(state, 20) } : next(state, 12) === 0 ? { holdRows: 1 + next(state, 20) } : {}), ...(next(state, 8) === 0 ? { linkGroup: 1, linkKind: 'oto' as const } : {}),
    };
    state.recent.push(actions.submit(order) + (isBracket ? next(state, 3) : 0));
    if (order.linkGroup === 1) state.recent.push(actions.submit({ side: -side, quantity: 1 + next(state, 3), kind: 'limit', price: close + side * 2 * tick, reduceOnly: next(state, 2) === 0, linkGroup: 1, linkKind: 'oto' }));
    if (state.recent.length > 8) state.recent.shift();
  }
  if (state.recent.length > 0 && next(state, 6) === 0) actions.cancel(state.recent[next(state, state.recent.length)]);
  if (state.recent.length > 0 && next(state, 6) === 0) actions.replace(state.recent[next(state, state.recent.length)], { price: close + away(), stopPrice: close + away() });
  if (next(state, 40) === 0) actions.timer(now.time + BigInt(1000 * next(state, 4)));
  if (next(state, 30) === 0 && account.position() !== 0) actions.submit({ side: account.position() > 0 ? -1 : 1, quantity: Math.abs(account.position()), tag: 'flat' });
}

export function randomRun(seed: number): RandomRun {
  const random = randomStream(seed, 'run'), kind = (['quotes', 'trades', 'bars'] as const)[seed % 3], count = random.integer(120, 400), isShown = kind === 'quotes' && random.uniform() < 0.2;
  const per = kind === 'bars' ? 1 : random.integer(2, 9), halfSpread = kind === 'quotes' ? 0 : tick * random.integer(0, 2);
  const time = new BigInt64Array(count), prices = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)], [a, b, c, d] = prices;
  let now = start, ticks = 1000;
  for (let i = 0; i < count; i++) {
    now += kind === 'bars' ? 10_000n : BigInt(1000 * random.integer(0, 3));
    time[i] = now;
    ticks += random.integer(-3, 3);
    if (kind === 'bars') {
      const open = ticks, high = open + random.integer(0, 4), low = open - random.integer(0, 4);
      ticks = random.integer(low, high);
      [a[i], b[i], c[i], d[i]] = [open / 100, high / 100, low / 100, ticks / 100];
    } else {
      const gone = random.uniform() < 0.05 ? NaN : ticks / 100;
      [a[i], b[i]] = [gone, (ticks + (random.uniform() < 0.1 ? -1 : random.integer(0, 2))) / 100];
    }
  }
  const starts = Float64Array.from({ length: 3 }, (_, k) => (k * count) >> 2), market: MarketRows = kind === 'bars'
    ? { base: 0, length: count, time, closeTime: BigInt64Array.from(time, at => at + 10_000n), open: a, high: b, low: c, close: d, starts }
    : kind === 'trades' ? { base: 0, length: count, time, price: a, starts }
      : { base: 0, length: count, time, bid: a, ask: b, starts, ...(isShown ? { bidSize: a.map(() => random.integer(0, 4)), askSize: a.map(() => random.integer(0, 4)) } : {}) };
  const isTickBars = random.uniform() < 0.3, barCount = Math.floor(count / per), toRow = Float64Array.from({ length: barCount }, (_, k) => (k + 1) * per);
  // Bars close when their last row comes, or with the next row.
  const closes = kind === 'bars' ? market.closeTime! : BigInt64Array.from(toRow, row => (isTickBars || row === count ? time[row - 1] : time[row])), closePrices = kind === 'bars' ? d : Float64Array.from(toRow, row => (a[row - 1] === a[row - 1] ? a[row - 1] : b[row - 1] || 10));
  const decisions: DecisionRows = { base: 0, length: barCount, time: closes, ...(kind === 'bars' ? {} : { toRow }) };
  const options: SimulationOptions = {
    cash: 10_000, costs: { basisPoints: 1, halfSpread, slippage: random.integer(0, 1) }, quantity: isShown ? 'shown' : 'unlimited', intrabar: random.uniform() < 0.3 ? 'optimistic' : 'pessimistic',
    atEnd: random.uniform() < 0.5 ? 'close' : 'mark', ...(kind === 'bars' && random.uniform() < 0.2 ? { fillAt: 'sameClose' } : {}),
  };
  const instrument: TradedInstrument = { id: 'X', tick, quantityStep: 1, minimumQuantity: 1, multiplier: 1, market: kind, sessionEnd: at => (at / 200_000n + 1n) * 200_000n };
  return {
    kind, rows: { markets: [market], decisions: [decisions] },
    setup(lanes = true) {
      const view = new View(), state: State = { seed, recent: [] };
      view.columns = { close: closePrices };
      view.times = closes;
      const sources = [{ name: 'bars', kind: 'bar', instrument: 0, interval: 10_000, now: view }] as const;
      return { view, setup: { strategyId: 'random', instruments: [instrument], sources, reports: false, equitySource: 0, from: start, to: now + 20_000n, decide, state, options, lanes } };
    },
  };
}

/** Rows up to a frontier, from where the last part ended; views turn with them. */
export function cutAt(run: RandomRun, view: View, from: { market: number; decision: number }, until: bigint): Group {
  const [market] = run.rows.markets, [decisions] = run.rows.decisions, known = run.kind === 'bars' ? market.closeTime! : market.time;
  let to = from.market, end = from.decision;
  while (to < market.length && known[to] <= until) to++;
  while (end < decisions.length && decisions.time[end] <= until) end++;
  const part = (table: object, first: number, last: number): any => Object.fromEntries(Object.entries(table).map(([name, value]) => [name, name !== 'starts' && ArrayBuffer.isView(value) ? (value as Float64Array).slice(first, last) : value]));
  const rows = { ...part(market, from.market, to), base: from.market, length: to - from.market }, calls = { ...part(decisions, from.decision, end), base: from.decision, length: end - from.decision };
  view.base = from.decision;
  view.columns = { close: run.setup().view.columns.close.subarray(from.decision, end) };
  view.times = calls.time;
  from.market = to;
  from.decision = end;
  return { markets: [rows], decisions: [calls] };
}
