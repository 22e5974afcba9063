/** One running engine: joins what it reads, restarts at cuts, and calls the kernel. */
import { replacements } from '../array-replacements.ts';
import { marketClass } from '../order-of-time.ts';
import { GrowingTable, isColumn, newColumn, type ColumnArray, type Schema } from '../table.ts';
import type { AnyEngine, EngineSpec } from './engine.ts';
import { Join } from './join.ts';
import type { Memory, SavedMemory } from './memory.ts';
import { knownRows, knownShift, knownTimes, nodePlace, Place, rootColumn, rootRow, timeColumn } from './place.ts';

export class Node {
  readonly name: string;
  readonly engine: AnyEngine;
  readonly spec: EngineSpec<any, any, any, any, any, any, any>;
  readonly options: object;
  readonly driver: Place;
  readonly aligned: Place;
  readonly appended: Record<string, Place> = {};
  readonly reads: Record<string, Place> = {};
  /** Input column -> the table and column it is taken from. */
  readonly wiring: Record<string, readonly [Place, string]> = {};
  readonly input: any = { tables: {}, offsets: {} };
  readonly output: any = {};
  memory: Memory;
  /** Tables that it takes columns of, row by row with its driver, which is the first. */
  readonly taken: readonly Place[];
  /** Tables that it reads through offsets. */
  readonly joins: readonly Join[];
  /** Were the columns checked? */
  isBound = false;
  /** Its appended tables, and how long each was before the kernel was called last. */
  private readonly grown: { readonly place: Place; readonly table: GrowingTable; readonly isCutting: boolean; before: number }[] = [];
  /** What was shown to the kernel last: its driver's base, and how often arrays had been replaced. */
  private shownBase = NaN;
  private shownReplacements = -1;
  /** The driver's segments, as last shown. */
  private segments: Int32Array | undefined;
  private readonly hasClock: boolean;
  private readonly kernel: EngineSpec<any, any, any, any, any, any, any>['advance'];

  constructor(name: string, engine: AnyEngine, driver: Place, options: object | undefined, wires: { readonly [name: string]: string }, find: (table: string) => Place) {
    const { spec } = engine;
    this.name = name;
    this.engine = engine;
    this.spec = spec;
    this.options = engine.resolve(options as never);
    this.driver = driver;
    this.hasClock = spec.clock !== undefined;
    this.kernel = spec.advance;
    for (const wire in wires) if (!(wire in spec.input) && !(wire in (spec.optional ?? {})) && !(wire in (spec.reads ?? {}))) throw new TypeError(`combine: ${name} (${spec.name}) reads nothing called "${wire}"`);
    this.memory = { state: spec.init(this.options), row: 0, segment: NaN, cursors: new Float64Array(0) };
    for (const column in { ...spec.input, ...spec.optional }) {
      const wire = wires[column], [table, from] = wire === undefined ? [driver.name, column] : wire.split('/');
      const place = wire === undefined ? driver : find(table);
      if (place !== driver && !(place.aligned && place.driver === driver)) throw new TypeError(`combine: ${name} takes column "${column}" from "${table}", which is not aligned with its driver "${driver.name}"`);
      this.wiring[column] = [place, from];
    }
    for (const table in spec.reads) {
      const isAbsent = wires[table] === undefined && spec.optionalReads?.includes(table);
      this.reads[table] = isAbsent ? new Place('none', new GrowingTable(spec.reads[table])) : find(wires[table] ?? table);
      this.input.tables[table] = this.reads[table].table;
    }
    this.taken = [...new Set([driver, ...Object.values(this.wiring).map(([place]) => place)])];
    this.joins = Object.entries(this.reads).map(([table, place]) => new Join(table, place, driver, this.input.offsets));
    this.memory.cursors = new Float64Array(this.joins.length);
    this.aligned = nodePlace(name, spec.aligned ?? {}, driver, true, false, false);
    for (const table in spec.appended) {
      const place = nodePlace(`${name}.${table}`, spec.appended[table], driver, false, spec.clocked?.includes(table) ?? false, spec.clock !== undefined);
      this.appended[table] = place;
      // Named at once, so that it does not depend on when the first row comes.
      if (place.table.schema.source === 'text') place.table.code('source', driver.name);
      this.output[table] = place.table;
      this.grown.push({ place, table: place.table, isCutting: spec.cuts?.includes(table) ?? false, before: 0 });
    }
    this.show();
  }

  /** Reads the driver's new rows, restarting at cuts, then lets the clock run to `time`. */
  advance(time: bigint | undefined): void {
    const { memory, driver: { table } } = this, { base, length } = table;
    let from = memory.row - base;
    // Nothing new, and what was shown last still stands.
    if (from >= length && !this.hasClock && this.isBound && this.shownBase === base && this.output.length === length) return;
    this.look(from, base, length);
    if (from < length) {
      if (memory.row === 0) this.refuseFitted();
      if (this.segments !== undefined) from = this.restart(this.segments, from, length);
      else memory.segment = 0;
      this.call(from, length);
      memory.row = base + length;
    }
    if (this.hasClock) {
      memory.row = base + length;
      if (time !== undefined) this.callClock(time);
    }
  }

  /** Runs over the rows before each cut among positions `[from, to)`; the first row behind the last one is left. */
  private restart(segment: Int32Array, from: number, to: number): number {
    const { memory } = this;
    for (let i = from; i < to; i++) {
      if (segment[i] === memory.segment) continue;
      if (segment[i] < memory.segment) throw new RangeError(`combine: segment of "${this.driver.name}" decreases at row ${this.driver.table.base + i}: ${segment[i]} after ${memory.segment}`);
      if (from < i) this.call(from, i);
      if (memory.segment === memory.segment) this.cut(i);
      memory.segment = segment[i];
      from = i;
    }
    return from;
  }

  /** What the clock brings at the time of the cutting row comes before the cut. */
  private cut(i: number): void {
    const { spec, memory } = this, time = knownTimes(this.driver)?.[i];
    if (spec.clock && time !== undefined) this.callClock(time);
    if (spec.end) this.callEnd(i);
    memory.state = spec.init(this.options);
  }

  private callClock(time: bigint): void {
    this.measure();
    this.spec.clock!(this.memory.state, this.input, this.output, time, this.options);
    this.stamp(-1, true);
  }

  private callEnd(row: number): void {
    this.measure();
    this.spec.end!(this.memory.state, this.input, this.output, row, this.options);
    this.stamp(row, this.hasClock);
  }

  private call(from: number, to: number): void {
    this.measure();
    this.kernel.call(this.spec, this.memory.state, this.input, this.output, from, to, this.options);
    this.stamp(-1, this.hasClock);
  }

  /** Keeps how long the appended tables are. */
  private measure(): void {
    const { grown } = this;
    for (let k = 0; k < grown.length; k++) grown[k].before = grown[k].table.length;
  }

  /** Writes what the driver knows of newly appended rows and the kernel does not: segment, source, known time and the row that proves them. */
  private stamp(cutAt: number, timesAreWritten: boolean): void {
    const { grown } = this;
    for (let k = 0; k < grown.length; k++) if (grown[k].table.length > grown[k].before) this.stampRows(grown[k].place, grown[k].isCutting, grown[k].before, cutAt, timesAreWritten);
  }

  private stampRows(place: Place, isCutting: boolean, from: number, cutAt: number, timesAreWritten: boolean): void {
    const { driver, memory } = this, { base } = driver.table, nows = knownTimes(driver), isMarket = driver.driver === undefined && driver.class === marketClass;
    const { table, isClocked } = place, { columns, length } = table;
    const { segment, source } = columns as { readonly segment?: Int32Array; readonly source?: Int32Array };
    if (segment && !isCutting) for (let k = from; k < length; k++) segment[k] = memory.segment;
    if (source && table.schema.source === 'text') for (let k = from; k < length; k++) source[k] = 0;
    const root = columns[rootColumn] as Float64Array, rows = knownRows(place), shift = knownShift(place), knownTime = timesAreWritten ? undefined : ((columns.knownTime ?? columns[timeColumn]) as BigInt64Array | undefined);
    if (isMarket && cutAt < 0 && !isClocked && rows !== undefined && !(knownTime && nows)) for (let k = from; k < length; k++) root[k] = base + (rows[k] + shift - base);
    else for (let k = from; k < length; k++) {
      const proof = cutAt >= 0 ? cutAt : rows === undefined ? NaN : rows[k] + shift - base, at = cutAt < 0 && isClocked ? NaN : proof;
      root[k] = isMarket ? base + at : at === at ? rootRow(driver, at) : NaN;
      if (knownTime && nows) knownTime[k] = nows[proof];
    }
  }

  /** Shows users the aligned table as it stands: before the first row and after a restore. */
  show(): void {
    const { output, aligned: { table } } = this;
    output.base = table.base;
    output.length = table.length;
    this.shownBase = NaN;
    for (const name in table.schema) output[name] = table.columns[name];
  }

  /** Shows the kernel the present arrays, and which rows of other tables became visible at positions `[from, to)`; the driver's base is given. */
  private look(from: number, base: number, to: number): void {
    const { aligned: { table: aligned }, memory: { cursors }, joins } = this;
    if (!this.isBound) this.bind(to > from);
    this.output.length = to;
    if (aligned.capacity < to) aligned.reserve(to);
    if (this.shownBase !== base || this.shownReplacements !== replacements.count) this.showArrays(base);
    aligned.length = to;
    for (let k = 0; k < joins.length; k++) cursors[k] = joins[k].look(cursors[k], from, to);
  }

  /** Shows the kernel the arrays that were replaced, or the positions that rows have since old ones were forgotten. */
  private showArrays(base: number): void {
    const { input, output, aligned: { table: aligned }, driver } = this;
    if (aligned.base < base) aligned.dropBefore(base);
    input.base = output.base = base;
    for (const name in this.wiring) input[name] = this.wiring[name][0].table.columns[this.wiring[name][1]];
    for (const name in aligned.schema) output[name] = aligned.columns[name];
    for (const join of this.joins) join.forget();
    this.segments = driver.table.columns.segment as Int32Array | undefined;
    this.shownBase = base;
    this.shownReplacements = replacements.count;
  }

  /** Checks columns when the first rows are there: presence, type, equal lengths. */
  private bind(hasRows: boolean): void {
    const { spec } = this;
    if (!hasRows) return;
    for (const column in this.wiring) {
      const [place, from] = this.wiring[column];
      this.checkColumn(place, from, (spec.input[column] ?? spec.optional?.[column])!, column in spec.input);
    }
    for (const table in this.reads) {
      const place = this.reads[table];
      for (const column in spec.reads![table]) this.checkColumn(place, column, spec.reads![table][column], place.table.length > 0);
    }
    for (const table of spec.passes ?? []) {
      const absent = Object.keys(spec.optional ?? {}).filter(column => column !== 'segment' && this.wiring[column][0].table.columns[this.wiring[column][1]] === undefined);
      this.appended[table].table.drop(absent);
    }
    this.isBound = true;
  }

  private checkColumn(place: Place, column: string, type: Schema[string], isNeeded: boolean): void {
    const { spec, name } = this, found: ColumnArray | undefined = place.table.columns[column];
    if (found === undefined) {
      if (isNeeded) throw new TypeError(`${spec.name}: column "${column}" of "${place.name}" is missing (node ${name})`);
    } else if (!isColumn(type, found)) throw new TypeError(`${spec.name}: column "${column}" of "${place.name}" must be a ${newColumn(type, 0).constructor.name}, was ${found.constructor.name}`);
  }

  /** Its memory as a snapshot has it: cursors by the names of the tables. */
  remembered(): SavedMemory {
    const { memory, joins } = this;
    return { ...memory, cursors: Object.fromEntries(joins.map(({ name }, k) => [name, memory.cursors[k]])) };
  }

  remember(saved: SavedMemory): void {
    this.memory = { ...saved, cursors: Float64Array.from(this.joins, ({ name }) => saved.cursors[name]) };
  }

  /** Names of all that it reads, which tell graphs apart. */
  tablesRead(): string {
    const wired = Object.entries(this.wiring).map(([column, [place, from]]) => `${column} ${place.name}/${from}`), read = Object.entries(this.reads).map(([table, place]) => `${table} ${place.name}`);
    return [this.driver.name, ...wired, ...read].join(', ');
  }

  /** A model may not be applied to rows that it was fitted on. */
  private refuseFitted(): void {
    const first = knownTimes(this.driver)?.[0];
    for (const [name, value] of Object.entries(this.options)) {
      const through: unknown = typeof value === 'object' && value !== null ? (value as { fittedThrough?: unknown }).fittedThrough : undefined;
      if (typeof through !== 'bigint') continue;
      if (first === undefined) throw new TypeError(`${this.spec.name}: ${name} was fitted through ${through}, but "${this.driver.name}" has no time`);
      if (first <= through) throw new RangeError(`${this.spec.name}: ${name} was fitted through ${through} and must not be applied at ${first}`);
    }
  }
}
