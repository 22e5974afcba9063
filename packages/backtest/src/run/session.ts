/** One run in progress: rows go in block by block, the pipeline and the simulator advance to a frontier, tables come out. */
import { decodeSnapshot, encodeSnapshot, type GrowingTable, type Live, type SourceColumns } from '@zanzibar/core';
import type { DecisionRows, DecisionSource, MarketRows, SimulationOptions, SimulatorSetup } from '../simulator/setup.ts';
import { needsVolumes } from '../simulator/row-volumes.ts';
import { Simulator } from '../simulator/simulator.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { decideOf, decisionKind } from './decisions.ts';
import { SessionStarts, type Market } from './market.ts';
import { SourceBlocks } from './source-blocks.ts';
import { SourceNow } from './source-now.ts';
import { MarketBlocks, marketColumns } from './market-columns.ts';
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
  readonly decision: DecisionSource;
  readonly blocks: SourceBlocks;
}

/** Rows of an instrument, or blocks, after which rows that every node has read are forgotten. */
const trimRows = 256, trimAdvances = 256;

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
  private readonly sessionStarts: SessionStarts[];
  /** By instrument: its rows as they came, and those that the simulator meets. */
  private readonly raw: readonly GrowingTable[];
  private readonly met: readonly MarketBlocks[];
  private readonly record: StageRecord;
  private readonly passing: readonly PassedStage[];
  /** The block under way. */
  private readonly group: { readonly markets: MarketRows[]; readonly decisions: DecisionRows[] } = { markets: [], decisions: [] };

  constructor(setup: SessionSetup) {
    const { strategy, parameters, markets, options } = setup;
    this.setup = setup;
    this.built = buildPipeline(strategy, parameters, markets, setup.quality);
    this.live = this.built.pipeline.stream();
    this.sessionStarts = markets.map(({ calendar }) => new SessionStarts(calendar));
    const find = (table: string): GrowingTable => this.live.table(table), wanted = needsVolumes(options) ? [...marketColumns, 'volume'] : marketColumns;
    this.raw = markets.map(({ id }) => find(id));
    this.met = markets.map(({ kind }, k) => new MarketBlocks(find(this.built.markets[k]), wanted, kind === 'bars', this.sessionStarts[k]));
    const calling = this.built.sources.filter(({ source }) => source.kind !== 'reports');
    this.running = calling.map(built => {
      const kind = decisionKind(built.source), instrument = markets[built.instrument]?.id ?? '', now = new SourceNow(kind, built.name, instrument);
      const isOfTicks = (built.source.kind === 'bars' || built.source.kind === 'tickBars') && markets[built.instrument].kind !== 'bars', ticks = isOfTicks ? find(this.built.markets[built.instrument]) : undefined;
      const decision = { name: built.name, kind, instrument: built.instrument, interval: built.interval, offset: built.source.kind === 'timer' ? (built.source.offset ?? 0) : 0, now };
      return { built, decision, blocks: new SourceBlocks(built, now, find, ticks) };
    });
    this.running.sort((a, b) => a.decision.instrument - b.decision.instrument || a.decision.interval - b.decision.interval || (a.built.name < b.built.name ? -1 : 1));
    const firstBars = this.built.sources.find(({ source }) => source.kind === 'bars' || source.kind === 'tickBars');
    const { createVenue = of => new Simulator(of) } = setup;
    this.venueSetup = {
      strategyId: strategy.name,
      instruments: markets.map(({ id, currency, expires, halts, tick, quantityStep, minimumQuantity, multiplier, market, sessionEnd, actions, financing, isBorrowUnknown = false, ticks }) => ({
        id, currency, expires, halts, tick, quantityStep, minimumQuantity, multiplier, market, sessionEnd, actions, financing, isBorrowUnknown, ticks,
      })),
      sources: this.running.map(({ decision }) => decision),
      reports: this.built.sources.some(({ source }) => source.kind === 'reports'),
      equitySource: this.running.findIndex(({ built }) => built === firstBars),
      from: setup.from,
      to: setup.to,
      decide: decideOf(strategy, options, this.built),
      state: partOfStrategy(strategy.name, 'init', () => strategy.init?.(parameters)),
      options,
    };
    this.simulator = createVenue(this.venueSetup);
    const { isRecording, keepsTicks = true } = setup, ofTicks = keepsTicks ? [] : stagesOfTicks(this.built), tables = (stages: readonly string[]) => stages.map(stage => [stage, this.live.table(this.built.stages[stage])] as const);
    this.record = new StageRecord(isRecording ? Object.fromEntries(tables(Object.keys(this.built.stages).filter(stage => !ofTicks.includes(stage)))) : {});
    this.stages = this.record.stages;
    this.passed = Object.fromEntries(tables(ofTicks.filter(stage => !stage.startsWith('engine '))).map(([stage, table]) => [stage, new PassedStage(table, stage.startsWith('findings '))]));
    this.passing = Object.values(this.passed);
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
    const { met, running, group } = this, { markets, decisions } = group;
    for (let k = 0; k < met.length; k++) markets[k] = met[k].take();
    for (let k = 0; k < running.length; k++) decisions[k] = running[k].blocks.take();
    this.equityTimes = decisions[this.venueSetup.equitySource]?.time;
    this.record.add();
    for (const stage of this.passing) stage.add();
    this.simulator.load(group);
    this.simulator.run(time);
  }

  /** Old rows of the pipeline may stay for a while: looking for them costs blocks of one row as much as the rows themselves. */
  private isTrimDue(): boolean {
    let isDue = ++this.untrimmed >= trimAdvances;
    for (const { length } of this.raw) if (length > trimRows) isDue = true;
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
      consumed: this.running.map(({ blocks }) => blocks.consumed),
      markets: this.met.map(({ consumed }) => consumed),
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
      source.blocks.consumed = saved.consumed[k];
    });
    this.met.forEach((market, k) => {
      market.consumed = saved.markets[k];
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
}
