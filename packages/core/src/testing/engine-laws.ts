/** The laws of engines, registered in one line beside each engine's tests. */
import { combine } from '../engine/combine.ts';
import type { Graph, PipelineNode, SourceColumns } from '../engine/pipeline.ts';
import type { AnyEngine, Engine, Law, Unit } from '../engine/engine.ts';
import type { RandomStream } from '../random.ts';
import type { Schema } from '../table.ts';
import { endOf, inOrder, runBatch } from './arrivals.ts';
import { futureLeavesThePast } from './causality.ts';
import { Coverage } from './coverage.ts';
import { liveEqualsBatch } from './live-equals-batch.ts';
import { transformColumns, transformOptions, type Transform } from './market-transform.ts';
import { memoryIsBounded, memoryIsWhole } from './memory.ts';
import { randomMarket, roughTexture, type Texture } from './random-market.ts';
import { checkImage } from './symmetry.ts';
import { runTrials, type Trial, type TrialPlan } from './trials.ts';
import { warmupAsDeclared } from './warm-up.ts';

/** `test` of vitest, node:test or another runner: the laws import none. */
export type RegisterTest = (title: string, body: () => void) => unknown;

export interface EngineLawsCase<O> {
  /** Options at random, small enough that their effect shows within some 200 rows. @defaultValue the engine's defaults */
  options?(random: RandomStream): Partial<O>;
  /** Tables that it reads: the engine that writes them over the same rows, the table's name there, that engine's options, and which of the tables above it reads as what. */
  readonly tables?: {
    readonly [table: string]: readonly [engine: AnyEngine, table: string, options?: (random: RandomStream) => object, wires?: { readonly [table: string]: string }];
  };
  /** Tables that it reads and no engine writes, beside the driver's rows: trades beside bars, quotes beside trades. */
  readonly sources?: { readonly [table: string]: (random: RandomStream, driver: SourceColumns, texture: Texture) => SourceColumns };
  /** Rows of the driving table, where random markets do not reach everything. @defaultValue `randomMarket` for the engine's columns */
  data?(random: RandomStream, rows: number, texture: Texture): SourceColumns;
  /** What input columns that are no column of bars, trades or quotes are measured in. */
  readonly inputUnits?: { readonly [column: string]: Unit };
  /** Rows of a run at most. @defaultValue 240 */
  readonly rows?: number;
  /** Runs a law. @defaultValue 40 */
  readonly runs?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

export type LawName = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6';

/**
 * Registers laws L1 to L6 for an engine.
 *
 * @example
 * engineLaws(test, atr, { options: random => ({ period: random.integer(1, 20) }) });
 */
export function engineLaws<O extends object>(test: RegisterTest, engine: Engine<O, any, any, any, any, any>, setup: EngineLawsCase<O> = {}): void {
  const laws = lawsOf(engine, setup), { name } = engine.spec;
  test(`${name} L1: live equals batch bit for bit, in blocks of any size`, laws.L1);
  test(`${name} L2: a missing or poisoned future leaves the past as it was`, laws.L2);
  test(`${name} L3: peek commits nothing, a restored snapshot goes on identically, memory is bounded`, laws.L3);
  test(`${name} L4: the warm-up is as declared`, laws.L4);
  test(`${name} L5: the mirrored market ${titleOf(engine.spec.mirror)}`, laws.L5);
  test(`${name} L6: another price unit ${titleOf(engine.spec.scale)}`, laws.L6);
}

function titleOf(law: Law | undefined): string {
  if (law === undefined) return 'is declared';
  return law === 'exact' ? 'mirrors every output exactly' : typeof law === 'number' ? `changes every output alike within ${law}` : `is not a law here: ${law.none}`;
}

/** The same laws as functions that throw. */
export function lawsOf<O extends object>(engine: Engine<O, any, any, any, any, any>, setup: EngineLawsCase<O> = {}): { readonly [L in LawName]: () => void } {
  const isUnderLaw = ({ name }: PipelineNode): boolean => name === 'it';
  const plan = (texture: Texture): TrialPlan & { make(random: RandomStream): EngineTrial } => ({ runs: setup.runs, seed: setup.seed, make: random => drawTrial(engine, setup, texture, random) });
  return {
    L1: () => liveEqualsBatch(plan(roughTexture), isUnderLaw),
    L2: () => futureLeavesThePast(plan(roughTexture), isUnderLaw),
    L3() {
      memoryIsWhole(plan(roughTexture), isUnderLaw);
      memoryIsBounded({ seed: setup.seed, make: random => drawTrial(engine, { ...setup, rows: 5000 }, { ...roughTexture, isHoled: false }, random, 5000) });
    },
    L4: () => warmupAsDeclared(plan({ ...roughTexture, isHoled: false, isFlat: false }), 'it', trial => (trial as EngineTrial).options),
    L5: () => symmetry('L5', engine, engine.spec.mirror, plan({ ...roughTexture, ticksPerUnit: 64 }), setup, random => ({ mirror: random.integer(0, 20_000) / 64 })),
    L6: () => symmetry('L6', engine, engine.spec.scale, plan({ ...roughTexture, ticksPerUnit: 64 }), setup, random => ({
      scale: engine.spec.scale === 'exact' ? [0.0625, 0.5, 8, 1024][random.integer(0, 3)] : [0.01, 0.37, 3, 1000][random.integer(0, 3)],
    })),
  };
}

interface EngineTrial extends Trial {
  readonly options: object;
  readonly tableOptions: { readonly [table: string]: object };
}

/** Shorter than a warm-up now and then, long as a rule. */
function drawTrial(engine: AnyEngine, setup: EngineLawsCase<any>, texture: Texture, random: RandomStream, least: number = 1): EngineTrial {
  const most = setup.rows ?? 240, rows = least > 1 ? least : random.uniform() < 0.1 ? random.integer(1, 12) : random.integer(Math.ceil(most / 2), most);
  const options = setup.options?.(random) ?? {}, schema: Record<string, Schema[string]> = { ...engine.spec.input, ...engine.spec.optional };
  const tableOptions = Object.fromEntries(Object.entries(setup.tables ?? {}).map(([table, [, , draw]]) => [table, draw?.(random) ?? {}]));
  for (const table in setup.tables) Object.assign(schema, setup.tables[table][0].spec.input);
  const columns = setup.data?.(random, rows, texture) ?? randomMarket(schema, random, rows, texture);
  const sources: Record<string, SourceColumns> = { rows: columns };
  for (const table in setup.sources) sources[table] = setup.sources[table](random, columns, texture);
  return { pipeline: pipelineOf(engine, setup, options, tableOptions), sources, options, tableOptions, about: `options ${JSON.stringify(options, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}` };
}

function pipelineOf(engine: AnyEngine, setup: EngineLawsCase<any>, options: object, tableOptions: { readonly [table: string]: object }): Trial['pipeline'] {
  const graph: { [node: string]: Graph[string] } = {}, wires: Record<string, string> = {};
  const writer = (table: string): string => `${table} writer.${setup.tables?.[table][1]}`;
  for (const table in setup.tables) {
    const [writing, , , read = {}] = setup.tables[table];
    graph[`${table} writer`] = [writing, 'rows', tableOptions[table], Object.fromEntries(Object.entries(read).map(([name, of]) => [name, writer(of)]))];
    if (engine.spec.reads?.[table]) wires[table] = writer(table);
  }
  for (const table in setup.sources) if (table in (engine.spec.reads ?? {})) wires[table] = table;
  graph.it = [engine, 'rows', options, wires];
  return combine(graph);
}

function symmetry(law: LawName, engine: AnyEngine, declared: Law | undefined, plan: TrialPlan & { make(random: RandomStream): EngineTrial }, setup: EngineLawsCase<any>, draw: (random: RandomStream) => Transform): void {
  if (declared === undefined) throw new Error(`${law} ${engine.spec.name} declares no law of the ${law === 'L5' ? 'mirrored market' : 'price unit'}: 'exact', a tolerance, or none with the reason`);
  if (typeof declared === 'object') {
    if (declared.none.trim() === '') throw new Error(`${law} ${engine.spec.name} gives no reason for having none`);
    return;
  }
  const coverage = new Coverage(), refersTo: Record<string, string> = {};
  for (const [table, read] of Object.entries(engine.spec.refersTo ?? {})) if (read) refersTo[table] = `${read} writer.${setup.tables?.[read]?.[1]}`;
  runTrials(law, plan, coverage, (trial, random) => {
    const { options, tableOptions, sources, pipeline } = trial as EngineTrial, transform = draw(random), until = endOf(inOrder(sources));
    const image = Object.fromEntries(Object.entries(sources).map(([source, columns]) => [source, transformColumns(columns, transform, setup.inputUnits)]));
    const other = pipelineOf(engine, setup, transformOptions(options, transform, engine.spec.optionUnits),
      Object.fromEntries(Object.entries(tableOptions).map(([table, drawn]) => [table, transformOptions(drawn, transform, setup.tables?.[table][0].spec.optionUnits)])));
    const log = runBatch(pipeline, sources, until), magnitude = largestPrice(sources.rows, transform);
    const node = pipeline.nodes.find(({ name }) => name === 'it')!;
    coverage.see(log, [node]);
    try {
      checkImage(node, log, runBatch(other, image, until), transform, declared === 'exact' ? 0 : declared, magnitude, refersTo);
    } catch (cause) {
      throw new Error(`${(cause as Error).message} with ${JSON.stringify(transform)}`, { cause });
    }
  });
}

function largestPrice(columns: SourceColumns, transform: Transform): number {
  let largest = 0;
  for (const name in columns) if (columns[name] instanceof Float64Array) for (const value of columns[name] as Float64Array) if (Math.abs(value) > largest) largest = Math.abs(value);
  return 'mirror' in transform ? Math.max(largest, Math.abs(transform.mirror)) : largest * Math.max(1, transform.scale);
}
