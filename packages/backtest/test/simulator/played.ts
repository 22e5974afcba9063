/** Plays a script of orders over a few rows of one instrument, whole or in groups with a snapshot between them. */
import type { Group, MarketRows, SimulationOptions, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOutput } from '../../src/simulator/simulator-output.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';
import { readOutput } from '../simulated.ts';

export type Step = (actions: Actions, account: Account) => void;

export interface Script {
  readonly kind?: 'quotes' | 'trades' | 'bars';
  /** Quotes: [time, bid, ask, bid size, ask size]; trades: [time, price, size]; bars: [open time, open, high, low, close, volume], each as long as `interval`. */
  readonly rows: readonly (readonly number[])[];
  readonly interval?: number;
  /** By row: what is decided on it. */
  readonly on: { readonly [row: number]: Step };
  readonly options?: SimulationOptions;
  readonly instrument?: Partial<TradedInstrument>;
  /** Time unit of the rows, nanoseconds. */
  readonly unit?: bigint;
  readonly from?: number;
  readonly to?: number;
  /** Frontiers, in rows' time, at which the rows are cut; a snapshot is taken at each. */
  readonly cuts?: readonly number[];
  readonly isLaneless?: boolean;
  /** The rows have no sizes or volumes. */
  readonly isWithoutSizes?: boolean;
}

export interface Played {
  readonly fills: readonly { readonly order: number; readonly row: number; readonly price: number; readonly quantity: number; readonly fee: number }[];
  /** Executions but submits, accepts and fills, in words. */
  readonly events: readonly string[];
  readonly equity: readonly number[];
  readonly cash: number;
  readonly output: SimulatorOutput;
}

function rowsOf(kind: 'quotes' | 'trades' | 'bars', rows: readonly (readonly number[])[], interval: number, unit: bigint): MarketRows {
  const column = (k: number): Float64Array => Float64Array.from(rows, row => row[k] ?? NaN), time = BigInt64Array.from(rows, row => BigInt(row[0]) * unit), base = { base: 0, length: rows.length, time };
  if (kind === 'quotes') return { ...base, bid: column(1), ask: column(2), bidSize: column(3), askSize: column(4) };
  if (kind === 'trades') return { ...base, price: column(1), size: column(2) };
  return { ...base, closeTime: time.map(at => at + BigInt(interval) * unit), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) } as MarketRows;
}

function cut(rows: MarketRows, from: bigint, to: bigint): MarketRows {
  const known = rows.closeTime ?? rows.time, within = (at: bigint): boolean => at > from && at <= to, first = known.findIndex(within), length = known.filter(within).length, base = first < 0 ? known.findIndex(at => at > to) : first;
  const part = Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, typeof values === 'number' ? values : (values as Float64Array).subarray(base, base + length)]));
  return { ...part, base, length } as MarketRows;
}

export function play({ kind = 'quotes', rows, interval = 10, on, options = {}, instrument = {}, unit = 1n, from = 0, to = 1000, cuts = [], isLaneless = false, isWithoutSizes = false }: Script): Played {
  const facts: TradedInstrument = { id: 'X.V', tick: 0.01, quantityStep: 1, minimumQuantity: 0, multiplier: 1, market: kind, sessionEnd: () => 1n << 62n, ...instrument };
  const { volume, size, bidSize, askSize, ...prices } = rowsOf(kind, rows, interval, unit), market: MarketRows = isWithoutSizes ? prices : { ...prices, ...(volume && { volume }), ...(size && { size }), ...(askSize && { askSize }), ...(bidSize && { bidSize }) }, known = market.closeTime ?? market.time, equity: number[] = [], end = BigInt(to) * unit;
  let base = 0;
  const now: Now & { row: number } = {
    kind: kind === 'bars' ? 'bar' : 'tick', source: 'rows', instrument: facts.id, row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined, get time() { return known[base + this.row]; },
  };
  const setup: SimulatorSetup = {
    strategyId: 's', instruments: [facts], sources: [{ name: 'rows', kind: kind === 'bars' ? 'bar' : 'tick', instrument: 0, interval: kind === 'bars' ? 10 : 0, now }], reports: false, equitySource: 0, from: BigInt(from) * unit, to: end,
    decide: (_state, { kind: what, row }, account, actions) => {
      if (what !== now.kind) return;
      equity.push(account.equity);
      on[base + row]?.(actions, account);
    },
    state: {}, options, lanes: !isLaneless,
  };
  const frontiers = [-1n, ...cuts.map(at => BigInt(at) * unit), end], parts: ReturnType<typeof readOutput>[] = [];
  let simulator = new Simulator(setup);
  for (let k = 1; k < frontiers.length; k++) {
    const part = cuts.length === 0 ? market : cut(market, frontiers[k - 1], frontiers[k]), group: Group = { markets: [part], decisions: [{ base: part.base, length: part.length, time: part.closeTime ?? part.time }] };
    ({ base } = part);
    simulator.load(group);
    simulator.run(frontiers[k]);
    if (k === frontiers.length - 1) break;
    parts.push(readOutput(simulator.output));
    const bytes = simulator.snapshot();
    simulator = new Simulator(setup);
    simulator.restore(bytes);
  }
  simulator.finish();
  const { output } = simulator, tables = [...parts, readOutput(output)];
  return {
    fills: tables.flatMap(({ fills }) => fills).map(({ orderId, row, price, quantity, side, fee }) => ({ order: orderId, row, price, quantity: side * quantity, fee })),
    events: tables.flatMap(({ executions }) => executions).filter(({ event, reason }) => !['submit', 'accept', 'fill'].includes(event) && reason !== 'endOfData').map(({ orderId, event, reason }) => `${orderId} ${event} ${reason}`),
    equity, cash: output.cash, output,
  };
}

export const buy = (quantity: number, more: object = {}): Step => actions => void actions.submit({ side: 1, quantity, ...more });
export const sell = (quantity: number, more: object = {}): Step => actions => void actions.submit({ side: -1, quantity, ...more });
