/** What an engine's author writes, and what its user holds. */
import type { EventKind } from '../events.ts';
import type { Columns, Row, Schema, Schemas, SomeColumns, Table } from '../table.ts';

/** Numbers and typed arrays only: copying, storing and comparing it are then one line each. */
export type StateValue = number | Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;
export type State = { [field: string]: StateValue };
export type Tables<T extends Schemas> = { readonly [N in keyof T]: Table<T[N]> };

/**
 * The driving table's columns, and other tables: rows `[offsets.x[i], offsets.x[i + 1])` of `tables.x` became visible at position i.
 * What a kernel needs of them later it keeps in its state.
 */
export type Input<I extends Schema, M extends Schema, R extends Schemas> = Columns<I> & SomeColumns<M> & {
  readonly base: number;
  readonly tables: Tables<R>;
  readonly offsets: { readonly [N in keyof R]: Int32Array };
};

/** Aligned columns, where position i is row `base + i`, and appended tables. */
export type Output<A extends Schema, T extends Schemas> = Columns<A> & Tables<T> & { readonly base: number; readonly length: number };

/**
 * How an output changes when the market is turned over (m - p) or its price unit changes (p x k).
 *
 * `price` a level, `range` an unsigned price difference, `change` a signed one, `ratio` unsigned and without unit, `signed` a number whose sign turns,
 * `oscillator` 0 to 100 around 50, `direction` +1/-1, `count` and `volume` do not change.
 */
export type Unit = 'price' | 'range' | 'change' | 'ratio' | 'signed' | 'oscillator' | 'direction' | 'count' | 'volume';

/** Holds to the last bit, within a relative tolerance, or not at all, for the reason given. */
export type Law = 'exact' | number | { readonly none: string };

/** What an author writes. `init` stands before `advance`, so that its result types the state. */
export interface EngineSpec<O extends object, I extends Schema, A extends Schema, T extends Schemas, R extends Schemas, S extends State, M extends Schema = {}> {
  readonly name: string;
  /** Counts changes of definition or state: snapshots of another version are refused. @defaultValue 1 */
  readonly version?: number;
  /** Columns of the driving table. */
  readonly input: I;
  /** Columns of the driving table that may be absent. */
  readonly optional?: M;
  /** Other tables, read through offsets. */
  readonly reads?: R;
  /** Tables read that a graph may leave unwired: they are then empty. */
  readonly optionalReads?: readonly (keyof R & string)[];
  /** Columns with exactly one row per input row. */
  readonly aligned?: A;
  /** Aligned columns that are not dense: NaN or 0 is "nothing here" in any row. */
  readonly sparse?: readonly (keyof A & string)[];
  /** Tables that get 0 to n rows per input row. */
  readonly appended?: T;
  /** Appended tables whose rows become known by the clock at their `closeTime` or `knownTime`, not by a row. */
  readonly clocked?: readonly (keyof T & string)[];
  /** Appended tables whose `segment` the kernel decides: the quality step's clean ticks. Of all others the driver writes it. */
  readonly cuts?: readonly (keyof T & string)[];
  /** Appended tables that hand the driver's optional columns on: those that it does not have are absent there too. */
  readonly passes?: readonly (keyof T & string)[];
  readonly defaults: O;
  /** Throws when an option is out of range. */
  check?(options: O): void;
  /** Rows of NaN with which dense columns start each segment; by column where they differ. */
  warmup?(options: O): number | { readonly [N in keyof A]: number };
  /** Rows between where an event sits and where it is known. */
  lag?(options: O): number;
  /** What the aligned columns and the events' `value` are measured in; the default is `price`. */
  readonly units?: { readonly [output: string]: Unit };
  /** Options measured in price units, which the law of the price unit scales along. */
  readonly optionUnits?: { readonly [N in keyof O]?: Unit };
  /** Every kind of event it writes; the laws fail where one is missing from their data. */
  readonly kinds?: readonly EventKind[];
  /** Event tables whose `ref` names rows of a table that is read, not of itself. */
  readonly refersTo?: { readonly [N in keyof T]?: keyof R & string };
  /** Outputs that change places in the mirrored market: an upper and a lower band. */
  readonly pairs?: readonly (readonly [keyof A & string, keyof A & string])[];
  /** The law of the mirrored market, L5. */
  readonly mirror?: Law;
  /** The law of the price unit, L6. */
  readonly scale?: Law;
  init(options: O): S;
  /** Positions `[from, to)` have come. */
  advance(state: S, input: Input<I, M, R>, output: Output<A, T>, from: number, to: number, options: O): void;
  /** It is `time` and no row has come: write what `advance` would write first on any row from then on. */
  clock?(state: S, input: Input<I, M, R>, output: Output<A, T>, time: bigint, options: O): void;
  /** Position `row` begins a new segment: write what must end. `init` follows. */
  end?(state: S, input: Input<I, M, R>, output: Output<A, T>, row: number, options: O): void;
}

/** What a user holds: a pure function over columns, and the same kernel row by row. */
export interface Engine<O extends object, I extends Schema, A extends Schema = {}, T extends Schemas = {}, R extends Schemas = {}, M extends Schema = {}> {
  (columns: EngineInput<I, M>, options?: Partial<O>, tables?: { readonly [N in keyof R]?: object }): Output<A, T>;
  /** The live form. Engines that read other tables are streamed inside `combine`. */
  stream(options?: Partial<O>): Stream<I, A, T, M>;
  /** Defaults filled in and checked. */
  resolve(options?: Partial<O>): O;
  readonly spec: EngineSpec<O, I, A, T, R, any, M>;
}

/** Columns of equal length; `time` or `closeTime` where the engine's events shall carry a known time, `segment` where the data has cuts. */
export type EngineInput<I extends Schema, M extends Schema> = Columns<I> & SomeColumns<M> & {
  readonly time?: BigInt64Array;
  readonly closeTime?: BigInt64Array;
  readonly segment?: Int32Array;
};

export interface Stream<I extends Schema, A extends Schema, T extends Schemas, M extends Schema = {}> {
  /** Commits a row and returns its aligned outputs. */
  push(row: StreamRow<I, M>): Row<A>;
  /** What `push` would return; commits nothing. */
  peek(row: StreamRow<I, M>): Row<A>;
  /** The clock up to `time`, without a row. */
  clock(time: bigint): void;
  /** The rows that the last `push` or `clock` appended. */
  readonly tables: Tables<T>;
  /** Canonical bytes of everything that the stream knows. */
  snapshot(): Uint8Array;
  restore(bytes: Uint8Array): void;
}

export type StreamRow<I extends Schema, M extends Schema> = Row<I> & Partial<Row<M>> & { readonly time?: bigint; readonly closeTime?: bigint; readonly segment?: number };

/** An engine whatever its types: what graphs and registers hold. */
export type AnyEngine = Engine<any, any, any, any, any, any>;
