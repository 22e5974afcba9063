/** Simulator runs over columns in memory: what the benchmarks of the order machine share. */
import { indexMarket, Simulator, type Decide, type DecisionSource, type Group, type MarketRows, type SimulationOptions, type SimulatorSetup, type TradedInstrument } from '@zanzibar/backtest';

/** The view of a source whose rows are all there from the start. */
class ColumnsNow {
  readonly kind = 'bar' as const;
  readonly source: string = 'bars';
  readonly instrument: string = 'BENCH';
  row = 0;
  readonly base: number = 0;
  readonly columns: { readonly [column: string]: any };
  readonly tables: { readonly [table: string]: any } = {};
  readonly offsets: { readonly [table: string]: Int32Array } = {};
  readonly report: undefined = undefined;
  private readonly times: BigInt64Array;

  constructor(columns: { readonly [column: string]: any }, times: BigInt64Array) {
    this.columns = columns;
    this.times = times;
  }

  get time(): bigint {
    return this.times[this.row];
  }
}

export function instrument(market: TradedInstrument['market'], tick: number = 0.00001, quantityStep: number = 1): TradedInstrument {
  return { id: 'BENCH', tick, quantityStep, minimumQuantity: 0, multiplier: 1, market, sessionEnd: () => 1n << 62n };
}

export interface Simulation {
  readonly facts: TradedInstrument;
  readonly rows: MarketRows;
  /** Times at which bars close and the strategy is called. */
  readonly closeTime: BigInt64Array;
  readonly toRow?: Float64Array;
  /** What the strategy reads. */
  readonly columns: { readonly [column: string]: any };
  readonly decide: Decide;
  readonly init: () => unknown;
  readonly options: SimulationOptions;
}

/** A simulation whose market is checked and indexed once, so that every `run` is the simulator alone. */
export function prepare({ facts, rows, closeTime, toRow, columns, decide, init, options }: Simulation): () => Simulator {
  const { length } = closeTime, indexed: MarketRows = { ...rows, index: indexMarket(facts, rows) };
  const source: DecisionSource = { name: 'bars', kind: 'bar', instrument: 0, interval: 60e9, now: new ColumnsNow(columns, closeTime) };
  const group: Group = { markets: [indexed], decisions: [{ base: 0, length, time: closeTime, ...(toRow ? { toRow } : {}) }] };
  const setup = { strategyId: 'bench', instruments: [facts], sources: [source], reports: false, equitySource: 0, from: rows.time[0], to: closeTime[length - 1] + 1n, decide, options };
  return () => {
    const simulator = new Simulator({ ...setup, state: init() } satisfies SimulatorSetup);
    simulator.load(group);
    simulator.run(setup.to);
    simulator.finish();
    return simulator;
  };
}

/** What is compared: how many fills, and the sums of their rows and prices times side. */
export function fillSums(simulator: Simulator): { readonly fills: number; readonly sumRow: number; readonly sumSigned: number; readonly equity: number } {
  const { fills, equityNow } = simulator.output, { columns, length } = fills;
  let sumRow = 0, sumSigned = 0;
  for (let i = 0; i < length; i++) {
    sumRow += (columns.row as Float64Array)[i];
    sumSigned += (columns.price as Float64Array)[i] * (columns.quantity as Float64Array)[i] * (columns.side as Int8Array)[i];
  }
  return { fills: length, sumRow, sumSigned, equity: equityNow };
}
