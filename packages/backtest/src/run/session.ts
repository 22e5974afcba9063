/** One run in progress: rows go in block by block, the pipeline and the simulator advance to a frontier, tables come out. */
import { decodeSnapshot, encodeSnapshot, type GrowingTable, type Live, type SourceColumns } from '@zanzibar/core';
import type { DecisionRows, DecisionSource, Decide, MarketRows, SimulationOptions, SimulatorSetup } from '../simulator/setup.ts';
import { planDecide } from '../simulator/plan.ts';
import { needsVolumes } from '../simulator/row-volumes.ts';
import { Simulator } from '../simulator/simulator.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { cuttingRows } from './cutting-rows.ts';
import { noBars, SessionStarts, type Market } from './market.ts';
import { SourceNow } from './source-now.ts';
import { copyRows, marketColumns, OneRow } from './market-columns.ts';
import { PassedStage, stagesOfTicks } from './passed-stage.ts';
import { StageRecord } from './stage-record.ts';
import { partOfStrategy } from './strategy-part.ts';
import { buildPipeline, type BuiltPipeline, type BuiltSource } from './pipeline.ts';

export interface SessionSetup {
  readonly strategy: AnyStrategy;
  readonly parameters: object;
  readonly markets: readonly Market[];
  readonly quality: object;
  readonly options: SimulationOptions;
  readonly from: bigint;
  readonly to: bigint;
  /** Keeps every stage's rows for records, charts and digests. */
  readonly isRecording: boolean;
  /** Keeps also the stages that have a row for every tick. @defaultValue true */
  readonly keepsTicks?: boolean | undefined;
  /** Makes the venue that orders go to. @defaultValue the simulator */
  readonly createVenue?: CreateVenue | undefined;
}

/** What a session sends its rows to; the simulator is one, a reference in tests another. */
export type SessionVenue = Pick<Simulator, 'load' | 'run' | 'finish' | 'snapshot' | 'restore' | 'output'>;
export type CreateVenue = (setup: SimulatorSetup) => SessionVenue;

interface RunningSource {
  readonly built: BuiltSource;
  readonly now: SourceNow;
  readonly decision: DecisionSource;
  /** Absolute row up to which rows were handed to the simulator. */
  consumed: number;
  /** What the simulator is given where no row is new. */
  idle: DecisionRows;
}

/** Rows of an instrument, or blocks, after which rows that every node has read are forgotten. */
const trimRows = 256, trimAdvances = 64;
const noTimes: BigInt64Array = new BigInt64Array(0);

export class Session {
  readonly setup: SessionSetup;
  readonly built: BuiltPipeline;
  readonly simulator: SessionVenue;
  /** Every stage's rows so far, where the run records. */
  readonly stages: { readonly [stage: string]: GrowingTable };
  /** Ticks and their findings where they are not kept. */
  readonly passed: { readonly [stage: string]: PassedStage };
  /** What the venue was given; its end moves to where a run is stopped early. */
  private readonly venueSetup: { -readonly [K in keyof SimulatorSetup]: SimulatorSetup[K] };
  /** Times of the rows of equity of the last block, where a source gives them; else equity is taken at the ends of sessions. */
  equityTimes: BigInt64Array | undefined = undefined;
  /** The last frontier. */
  private reached: bigint | undefined = undefined;
  private readonly live: Live<any>;
  /** Blocks since rows that every node has read were forgotten. */
  private untrimmed = 0;
  private readonly running: RunningSource[];
  private readonly marketConsumed: number[];
  private readonly sessionStarts: SessionStarts[];
  private readonly oneRow: OneRow[];
  private readonly record: StageRecord;
  /** By instrument, the columns that its rows have; known when the first has come. */
  private readonly marketColumns: (readonly string[] | undefined)[] = [];
  private readonly wantedColumns: readonly string[];

  constructor(setup: SessionSetup) {
    const { strategy, parameters, markets, options } = setup;
    this.setup = setup;
    this.built = buildPipeline(strategy, parameters, markets, setup.quality);
    this.live = this.built.pipeline.stream();
    this.wantedColumns = needsVolumes(options) ? [...marketColumns, 'volume'] : marketColumns;
    this.marketConsumed = markets.map(() => 0);
    this.oneRow = markets.map(() => new OneRow());
    this.sessionStarts = markets.map(({ calendar }) => new SessionStarts(calendar));
    const calling = this.built.sources.filter(({ source }) => source.kind !== 'reports');
    this.running = calling.map(built => {
      const kind = decisionKind(built.source), instrument = markets[built.instrument]?.id ?? '', now = new SourceNow(kind, built.name, instrument);
      return { built, now, decision: { name: built.name, kind, instrument: built.instrument, interval: built.interval, offset: built.source.kind === 'timer' ? (built.source.offset ?? 0) : 0, now }, consumed: 0, idle: { base: 0, length: 0, time: noTimes } };
    });
    this.running.sort((a, b) => a.decision.instrument - b.decision.instrument || a.decision.interval - b.decision.interval || (a.built.name < b.built.name ? -1 : 1));
    const firstBars = this.built.sources.find(({ source }) => source.kind === 'bars' || source.kind === 'tickBars');
    const { createVenue = of => new Simulator(of) } = setup;
    this.venueSetup = {
      strategyId: strategy.name,
      instruments: markets.map(({ id, tick, quantityStep, minimumQuantity, multiplier, market, sessionEnd, actions, financing, isBorrowUnknown = false, ticks }) => ({ id, tick, quantityStep, minimumQuantity, multiplier, market, sessionEnd, actions, financing, isBorrowUnknown, ticks })),
      sources: this.running.map(({ decision }) => decision),
      reports: this.built.sources.some(({ source }) => source.kind === 'reports'),
      equitySource: this.running.findIndex(({ built }) => built === firstBars),
      from: setup.from,
      to: setup.to,
      decide: decideOf(strategy, options),
      state: partOfStrategy(strategy.name, 'init', () => strategy.init?.(parameters)),
      options,
    };
    this.simulator = createVenue(this.venueSetup);
    const { isRecording, keepsTicks = true } = setup, ofTicks = keepsTicks ? [] : stagesOfTicks(this.built), tables = (stages: readonly string[]) => stages.map(stage => [stage, this.live.table(this.built.stages[stage])] as const);
    this.record = new StageRecord(isRecording ? Object.fromEntries(tables(Object.keys(this.built.stages).filter(stage => !ofTicks.includes(stage)))) : {});
    this.stages = this.record.stages;
    this.passed = Object.fromEntries(tables(ofTicks.filter(stage => !stage.startsWith('engine '))).map(([stage, table]) => [stage, new PassedStage(table, stage.startsWith('findings '))]));
  }

  /** Rows `[from, to)` of an instrument's raw columns. Rows of all instruments come in one order of time. */
  push(market: number, columns: SourceColumns, from: number, to: number): void {
    this.live.feedColumns(this.setup.markets[market].id, columns, from, to);
  }

  /** Rows of a source of one's own. */
  pushCustom(source: string, columns: SourceColumns, from: number, to: number): void {
    this.live.feedColumns(`custom ${source}`, columns, from, to);
  }

  /** Everything that was pushed, then the clock up to `time`. */
  advance(time: bigint): void {
    this.reached = time;
    this.live.advance(time, this.isTrimDue());
    const markets = this.setup.markets.map((_, k) => this.marketRows(k)), decisions = this.running.map(source => this.decisionRows(source));
    this.equityTimes = decisions[this.venueSetup.equitySource]?.time;
    this.record.add();
    for (const stage in this.passed) this.passed[stage].add();
    this.simulator.load({ markets, decisions });
    this.simulator.run(time);
  }

  /** Old rows of the pipeline may stay for a while: looking for them costs blocks of one row as much as the rows themselves. */
  private isTrimDue(): boolean {
    const isDue = ++this.untrimmed >= trimAdvances || this.setup.markets.some(({ id }) => this.live.table(id).length > trimRows);
    if (isDue) this.untrimmed = 0;
    return isDue;
  }

  /** The clock to the end of the run; orders end, positions are marked. */
  finish(): void {
    this.advance(this.setup.to);
    this.simulator.finish();
  }

  /** Ends the run where it stands: what was replayed so far is a valid result of a run whose `to` is just behind the last frontier. */
  stopEarly(): void {
    const { from } = this.setup, { reached = from } = this;
    if (reached + 1n < this.venueSetup.to) this.venueSetup.to = (reached < from ? from : reached) + 1n;
    this.simulator.finish();
  }

  /** End of the run: that of its settings, or where it was stopped. */
  get to(): bigint {
    return this.venueSetup.to;
  }

  /** Canonical bytes of pipeline, simulator and what lies between them; recorded stages stay with their owner. */
  snapshot(): Uint8Array {
    return encodeSnapshot({
      pipeline: this.live.snapshot(),
      simulator: this.simulator.snapshot(),
      consumed: this.running.map(source => source.consumed),
      markets: this.marketConsumed,
      starts: this.sessionStarts.map(starts => starts.save()),
      recorded: this.record.rows,
      reached: this.reached ?? null,
    });
  }

  restore(bytes: Uint8Array): void {
    const saved = decodeSnapshot('run', bytes);
    this.live.restore(saved.pipeline);
    this.simulator.restore(saved.simulator);
    this.running.forEach((source, k) => {
      source.consumed = saved.consumed[k];
    });
    this.setup.markets.forEach((_, k) => {
      this.marketConsumed[k] = saved.markets[k];
      this.sessionStarts[k].restore(saved.starts[k]);
    });
    this.reached = saved.reached ?? undefined;
    this.record.restore(saved.recorded);
  }

  /** Known times of a stage without a time of its own: those of the rows that drive it. */
  timesOf(stage: string): BigInt64Array | undefined {
    const path = this.built.stages[stage], driver = this.built.pipeline.nodes.find(({ name }) => name === path)?.driver;
    const own = Object.keys(this.stages).find(name => this.built.stages[name] === driver);
    if (own !== undefined) return (this.stages[own].columns.closeTime ?? this.stages[own].columns.knownTime ?? this.stages[own].columns.time) as BigInt64Array | undefined;
    const source = this.built.sources.find(({ table }) => table === driver)?.source;
    if (source?.kind === 'custom') return source.columns.time;
    return this.setup.markets.find(({ id }) => id === driver)?.knownTimes;
  }

  /** The new rows of an instrument, and which of them begin a session or a segment. */
  private marketRows(k: number): MarketRows {
    const table = this.live.table(this.built.markets[k]), first = Math.max(0, this.marketConsumed[k] - table.base), length = table.length - first, base = table.base + first;
    const rows: Record<string, unknown> = { base, length };
    const present = this.marketColumns[k] ??= table.length > 0 ? this.wantedColumns.filter(column => table.columns[column] !== undefined) : undefined;
    copyRows(table, present ?? this.wantedColumns, first, rows, this.oneRow[k]);
    if (this.setup.markets[k].kind === 'bars') rows.time = (length === 0 ? Object.assign(rows, { ...noBars, ...rows }) : rows).openTime;
    this.marketConsumed[k] = base + length;
    rows.starts = this.sessionStarts[k].find(rows.time as BigInt64Array, (table.columns.segment as Int32Array | undefined)?.subarray(first, table.length), base, length);
    return rows as unknown as MarketRows;
  }

  /** The new rows of a source; its view is turned to them. */
  private decisionRows(source: RunningSource): DecisionRows {
    const { built, now } = source;
    if (built.table === undefined) return source.idle;
    const table = this.live.table(built.table), first = Math.max(0, source.consumed - table.base), { length } = table, base = table.base + first;
    if (first === length) {
      if (source.idle.base !== base) source.idle = { base, length: 0, time: noTimes };
      source.consumed = base;
      return source.idle;
    }
    const time = (table.columns.closeTime ?? table.columns.time ?? new BigInt64Array(0)) as BigInt64Array;
    now.base = base;
    now.times = time.subarray(first, length);
    now.tables = built.view.tables;
    for (const column in table.schema) if (!column.startsWith('@') && table.columns[column]) now.columns[column] = table.columns[column].subarray(first, length);
    for (const name in built.columns) {
      const [node, output] = built.columns[name];
      now.columns[name] = this.live.table(`engines.${node}`).columns[output].subarray(first, length);
    }
    const offsets: Record<string, Int32Array> = {};
    for (const name in built.view.offsets) offsets[name] = built.view.offsets[name].subarray(first, length + 1);
    now.offsets = offsets;
    source.consumed = base + length - first;
    const { toRow, segment } = table.columns as { readonly toRow?: Float64Array; readonly segment?: Int32Array }, { kind } = built.source;
    const rows = { base, length: length - first, time: now.times, ...(segment ? { segment: segment.subarray(first, length) } : {}) };
    // Only bars of ticks name rows of the market.
    if (toRow === undefined || (kind !== 'bars' && kind !== 'tickBars') || this.setup.markets[built.instrument].kind === 'bars') return rows;
    const provedBy = kind === 'bars' && segment ? cuttingRows(table, first, this.live.table(this.built.markets[built.instrument])) : undefined;
    return { ...rows, toRow: toRow.subarray(first, length), ...(provedBy ? { provedBy } : {}) };
  }
}

function decisionKind({ kind }: BuiltSource['source']): DecisionSource['kind'] {
  return kind === 'ticks' ? 'tick' : kind === 'timer' ? 'timer' : kind === 'custom' ? 'custom' : 'bar';
}

function decideOf(strategy: AnyStrategy, options: SimulationOptions): Decide {
  if (strategy.decide) return strategy.decide as Decide;
  return planDecide('plan', options);
}

