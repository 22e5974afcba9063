/** A strategy's definition: checked once, its types inferred. */
import type { Engine, Graph, GraphEntry, Pipeline, Table, eventSchema } from '@zanzibar/core';
import type { ValuesOf } from './parameters.ts';
import { checkParameter } from './parameters.ts';
import type { Account, Actions, Now, Parameters, Sources } from './strategy.ts';

type Single<K> = [K] extends [never] ? false : [K] extends [UnionToIntersection<K>] ? true : false;
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type AlignedOf<E> = E extends Engine<any, any, infer A, any, any, any> ? A : {};
type AppendedOf<E> = E extends Engine<any, any, any, infer T, any, any> ? T : {};

/** A node's columns under its own name, or as `node_output` where it has several. */
type NodeColumns<N extends string, A> = Single<keyof A> extends true ? { readonly [C in N]: Float64Array } : { readonly [C in keyof A & string as `${N}_${C}`]: Float64Array };
type NodeTables<N extends string, T> = Single<keyof T> extends true ? { readonly [C in N]: Table<typeof eventSchema> } : { readonly [C in keyof T & string as `${N}_${C}`]: Table<typeof eventSchema> };
type ColumnsOf<G extends Graph> = UnionToIntersection<{ [N in keyof G & string]: NodeColumns<N, AlignedOf<G[N][0]>> }[keyof G & string]>;
type TablesOf<G extends Graph> = UnionToIntersection<{ [N in keyof G & string]: NodeTables<N, AppendedOf<G[N][0]>> }[keyof G & string]>;

/** `Now` with the names of the graph's columns and tables. */
export type NowOf<G extends Graph> = Omit<Now, 'columns' | 'tables'> & {
  readonly columns: ColumnsOf<G> & { readonly [column: string]: any };
  readonly tables: TablesOf<G> & { readonly [table: string]: any };
};

export interface StrategyDefinition<P extends Parameters, G extends Graph, S> {
  readonly name: string;
  /** Stands for the code of a strategy that lives in memory only. */
  readonly version?: string;
  readonly parameters: P;
  /** What it listens to; the first source of bars drives equity and charts. */
  readonly sources: (parameters: ValuesOf<P>) => Sources;
  readonly engines?: (parameters: ValuesOf<P>) => Pipeline<G>;
  /** Nanoseconds of open market to read before `from`, where that is more than the warm-up of its engines: a recursive average forgets slowly where its data began. */
  readonly history?: (parameters: ValuesOf<P>) => number;
  /** The state: plain numbers, strings, booleans, typed arrays, arrays and objects of these. */
  readonly init?: (parameters: ValuesOf<P>) => S;
  /** Closed loop. Views are valid during the call only. */
  readonly decide?: (state: S, now: NowOf<G>, account: Account, actions: Actions) => void;
  /** Open loop: an engine with aligned columns enter, exit, side, size, limit, stop, target, hold, expire. */
  readonly plan?: (parameters: ValuesOf<P>) => GraphEntry;
}

/** A strategy whatever its types: what runs and commands take. */
export interface AnyStrategy {
  readonly name: string;
  readonly version?: string;
  readonly parameters: Parameters;
  readonly sources: (parameters: any) => Sources;
  readonly engines?: (parameters: any) => Pipeline<any>;
  readonly history?: (parameters: any) => number;
  readonly init?: (parameters: any) => any;
  readonly decide?: (state: any, now: any, account: Account, actions: Actions) => void;
  readonly plan?: (parameters: any) => GraphEntry;
}

/**
 * A strategy, checked: it has a name and parameters within their own ranges, and either `decide` or `plan`.
 *
 * @example
 * defineStrategy({ name: 'buy-once', parameters: {}, sources: () => ({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } }),
 *   decide: (state, now, account, actions) => { if (account.position() === 0) actions.market(1, 1); } });
 */
export function defineStrategy<const P extends Parameters, const G extends Graph = {}, S = undefined>(definition: StrategyDefinition<P, G, S>): StrategyDefinition<P, G, S> & AnyStrategy {
  const { name, parameters, decide, plan } = definition;
  if (typeof name !== 'string' || name === '') throw new TypeError('defineStrategy: name must be a text that is not empty');
  if ((decide === undefined) === (plan === undefined)) throw new TypeError(`${name}: a strategy has either decide or plan`);
  for (const parameter in parameters) checkParameter(`${name}: default of ${parameter}`, parameters[parameter], parameters[parameter].default);
  return definition as StrategyDefinition<P, G, S> & AnyStrategy;
}

/** Is this a strategy, as a module would export it? */
export function isStrategy(value: unknown): value is AnyStrategy {
  const candidate = value as Partial<AnyStrategy> | null;
  return typeof candidate === 'object' && candidate !== null && typeof candidate.name === 'string' && typeof candidate.sources === 'function' && typeof candidate.parameters === 'object';
}
