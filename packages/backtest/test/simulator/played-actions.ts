/** A strategy of one step a row over hand-written rows, with splits, dividends and rolls; whole, or cut and restored from a snapshot at each cut. */
import { defineActions, type GivenAction } from '@zanzibar/core';
import type { Group, MarketRows, SimulationOptions, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOutput } from '../../src/simulator/simulator-output.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';
import { readOutput } from '../simulated.ts';

export type Step = (actions: Actions, account: Account) => void;

export interface Given {
  readonly kind?: 'quotes' | 'trades' | 'bars';
  /** Quotes: [time, bid, ask]; trades: [time, price]; bars of 10: [open time, open, high, low, close]. The second instrument has the same times. */
  readonly rows: readonly (readonly number[])[];
  readonly other?: readonly (readonly number[])[];
  readonly list: readonly GivenAction[];
  readonly on: { readonly [row: number]: Step };
  readonly options?: SimulationOptions;
  readonly quantityStep?: number;
  readonly tick?: number;
  readonly financing?: TradedInstrument['financing'];
  /** Frontiers at which the rows are cut; a snapshot is taken at each. */
  readonly cuts?: readonly bigint[];
}

export const end = 1000n;

function rowsOf(kind: 'quotes' | 'trades' | 'bars', rows: readonly (readonly number[])[]): MarketRows {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k] ?? NaN), time = BigInt64Array.from(rows, (row) => BigInt(row[0])), base = { base: 0, length: rows.length, time };
  if (kind === 'quotes') return { ...base, bid: column(1), ask: column(2), bidSize: column(3), askSize: column(4) };
  return kind === 'trades' ? { ...base, price: column(1) } : { ...base, closeTime: time.map((at) => at + 10n), open: column(1), high: column(2), low: column(3), close: column(4) };
}

function cut(rows: MarketRows, from: bigint, to: bigint): MarketRows {
  const within = (at: bigint): boolean => at > from && at <= to, first = rows.time.findIndex(within), length = rows.time.filter(within).length, base = first < 0 ? 0 : first;
  const part = Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, typeof values === 'number' ? values : (values as Float64Array).subarray(base, base + length)]));
  return { ...part, base, length } as MarketRows;
}

export interface Played {
  /** `order instrument row@time quantity at price`. */
  readonly fills: string[];
  readonly events: string[];
  readonly seen: { readonly equity: number[]; readonly held: number[] };
  readonly cash: number;
  readonly equity: number;
  readonly conservation: SimulatorOutput['conservation'];
  readonly dividends: Float64Array | undefined;
  readonly output: SimulatorOutput;
}

export function play({ kind = 'quotes', rows, other, list, on, options = {}, quantityStep = 1, tick = 0.01, financing, cuts = [] }: Given): Played {
  const instruments: TradedInstrument[] = (other ? ['X', 'Y'] : ['X']).map((id) => ({
    id, tick, quantityStep, minimumQuantity: 0, multiplier: 1, market: kind, sessionEnd: () => 1n << 62n,
    ...(financing === undefined ? {} : { financing }), ...(id === 'X' ? { actions: defineActions({ instrument: 'X', from: 0n, to: end, list }) } : {}),
  }));
  const markets = [rowsOf(kind, rows), ...(other ? [rowsOf(kind, other)] : [])], known = kind === 'bars' ? markets[0].closeTime! : markets[0].time, seen: { equity: number[]; held: number[] } = { equity: [], held: [] };
  let base = 0;
  const now: Now & { row: number } = {
    kind: kind === 'bars' ? 'bar' : 'tick', source: 'rows', instrument: 'X', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined, get time() { return known[base + this.row]; },
  };
  const setup: SimulatorSetup = {
    strategyId: 's', instruments, sources: [{ name: 'rows', kind: kind === 'bars' ? 'bar' : 'tick', instrument: 0, interval: kind === 'bars' ? 10 : 0, now }], reports: false, equitySource: 0, from: 0n, to: end,
    decide: (_state, { kind: what, row }, account, actions) => {
      if (what !== now.kind) return;
      seen.equity.push(account.equity);
      seen.held.push(account.position('X'));
      on[base + row]?.(actions, account);
    },
    state: {}, options,
  };
  let simulator = new Simulator(setup);
  const frontiers = [-1n, ...cuts, end];
  const tables: ReturnType<typeof readOutput>[] = [];
  for (let k = 1; k < frontiers.length; k++) {
    const parts = cuts.length === 0 ? markets : markets.map((market) => cut(market, frontiers[k - 1], frontiers[k]));
    const group: Group = { markets: parts, decisions: [{ base: parts[0].base, length: parts[0].length, time: kind === 'bars' ? parts[0].closeTime! : parts[0].time }] };
    ({ base } = parts[0]);
    simulator.load(group);
    simulator.run(frontiers[k]);
    if (k === frontiers.length - 1) break;
    tables.push(readOutput(simulator.output));
    const bytes = simulator.snapshot();
    simulator = new Simulator(setup);
    simulator.restore(bytes);
  }
  simulator.finish();
  const { output } = simulator, last = readOutput(output), dividends = output.equity.columns.dividends as Float64Array | undefined;
  const fills = [...tables.flatMap((table) => table.fills), ...last.fills].map(({ orderId, instrument, row, price, quantity, side, time }) => `${orderId} ${instrument} ${row}@${time} ${side * quantity} at ${price}`);
  const events = [...tables.flatMap((table) => table.executions), ...last.executions].filter(({ event, reason }) => event === 'replace' || (event === 'cancel' && reason !== 'endOfData')).map(({ orderId, event, reason, quantity, price }) => `${orderId} ${event} ${event === 'cancel' ? reason : `${quantity} at ${price}`}`);
  return { fills, events, seen, cash: output.cash, equity: output.equityNow, conservation: output.conservation, dividends, output };
}

export const buy = (quantity: number, more: object = {}): Step => (actions) => void actions.submit({ instrument: 'X', side: 1, quantity, ...more });
export const sell = (quantity: number, more: object = {}): Step => (actions) => void actions.submit({ instrument: 'X', side: -1, quantity, ...more });
export const all = (side: number): Step => (actions, account) => void actions.submit({ instrument: 'X', side, quantity: Math.abs(account.position('X')) });
