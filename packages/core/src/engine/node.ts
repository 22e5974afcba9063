/** One running engine: joins what it reads, restarts at cuts, and calls the kernel. */
import { marketClass } from '../order-of-time.ts';
import { GrowingTable, isColumn, newColumn, type ColumnArray, type Schema } from '../table.ts';
import type { AnyEngine, EngineSpec } from './engine.ts';
import type { Memory } from './memory.ts';
import { knownRows, knownShift, knownTimes, leap, nodePlace, Place, rootColumn, rootRow, timeColumn, visibility } from './place.ts';

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
  readonly read: readonly (readonly [name: string, place: Place])[];
  /** Were the columns checked? */
  isBound = false;
  /** Its appended tables, and how long each was before the kernel was called last. */
  private readonly grown: { readonly place: Place; readonly isCutting: boolean; before: number }[] = [];
  /** Tables whose columns it is shown, its own aligned one the last, and how often the arrays of each had been replaced when it was. */
  private readonly shown: { readonly table: GrowingTable; replaced: number }[] = [];

  constructor(name: string, engine: AnyEngine, driver: Place, options: object | undefined, wires: { readonly [name: string]: string }, find: (table: string) => Place) {
    const { spec } = engine;
    this.name = name;
    this.engine = engine;
    this.spec = spec;
    this.options = engine.resolve(options as never);
    this.driver = driver;
    for (const wire in wires) if (!(wire in spec.input) && !(wire in (spec.optional ?? {})) && !(wire in (spec.reads ?? {}))) throw new TypeError(`combine: ${name} (${spec.name}) reads nothing called "${wire}"`);
    this.memory = { state: spec.init(this.options), row: 0, segment: NaN, cursors: {} };
    for (const column in { ...spec.input, ...spec.optional }) {
      const wire = wires[column], [table, from] = wire === undefined ? [driver.name, column] : wire.split('/');
      const place = wire === undefined ? driver : find(table);
      if (place !== driver && !(place.aligned && place.driver === driver)) throw new TypeError(`combine: ${name} takes column "${column}" from "${table}", which is not aligned with its driver "${driver.name}"`);
      this.wiring[column] = [place, from];
      if (!this.shown.some(({ table: other }) => other === place.table)) this.shown.push({ table: place.table, replaced: -1 });
    }
    for (const table in spec.reads) {
      const isAbsent = wires[table] === undefined && spec.optionalReads?.includes(table);
      this.reads[table] = isAbsent ? new Place('none', new GrowingTable(spec.reads[table])) : find(wires[table] ?? table);
      this.input.tables[table] = this.reads[table].table;
      this.input.offsets[table] = new Int32Array(1);
      this.memory.cursors[table] = 0;
    }
    this.taken = [...new Set([driver, ...Object.values(this.wiring).map(([place]) => place)])];
    this.read = Object.entries(this.reads);
    this.aligned = nodePlace(name, spec.aligned ?? {}, driver, true, false, false);
    this.shown.push({ table: this.aligned.table, replaced: -1 });
    for (const table in spec.appended) {
      const place = nodePlace(`${name}.${table}`, spec.appended[table], driver, false, spec.clocked?.includes(table) ?? false, spec.clock !== undefined);
      this.appended[table] = place;
      // Named at once, so that it does not depend on when the first row comes.
      if (place.table.schema.source === 'text') place.table.code('source', driver.name);
      this.output[table] = place.table;
      this.grown.push({ place, isCutting: spec.cuts?.includes(table) ?? false, before: 0 });
    }
    this.show();
  }

  /** Reads the driver's new rows, restarting at cuts, then lets the clock run to `time`. */
  advance(time: bigint | undefined): void {
    const { spec, memory, driver } = this, { base, length } = driver.table;
    let from = memory.row - base;
    // Nothing new, and what was shown last still stands.
    if (from >= length && !spec.clock && this.isBound && this.input.base === base && this.output.length === length) return;
    this.look(from, length);
    if (from >= length && !spec.clock) return;
    if (from < length && memory.row === 0) this.refuseFitted();
    const segment = driver.table.columns.segment as Int32Array | undefined;
    if (segment) {
      for (let i = from; i < length; i++) {
        if (segment[i] === memory.segment) continue;
        if (segment[i] < memory.segment) throw new RangeError(`combine: segment of "${driver.name}" decreases at row ${base + i}: ${segment[i]} after ${memory.segment}`);
        if (from < i) this.call('advance', from, i);
        if (memory.segment === memory.segment) this.cut(i);
        memory.segment = segment[i];
        from = i;
      }
    } else if (length > from) memory.segment = 0;
    if (from < length) this.call('advance', from, length);
    memory.row = base + length;
    if (spec.clock && time !== undefined) this.callClock(time);
  }

  /** What the clock brings at the time of the cutting row comes before the cut. */
  private cut(i: number): void {
    const { spec, memory } = this, time = knownTimes(this.driver)?.[i];
    if (spec.clock && time !== undefined) this.callClock(time);
    if (spec.end) this.call('end', i, i);
    memory.state = spec.init(this.options);
  }

  private callClock(time: bigint): void {
    const { spec, memory, input, output, options } = this;
    this.measure();
    spec.clock!(memory.state, input, output, time, options);
    this.stamp(-1, true);
  }

  private call(hook: 'advance' | 'end', from: number, to: number): void {
    const { spec, memory, input, output, options } = this;
    this.measure();
    if (hook === 'advance') spec.advance(memory.state, input, output, from, to, options);
    else spec.end!(memory.state, input, output, from, options);
    this.stamp(hook === 'end' ? from : -1, spec.clock !== undefined);
  }

  /** Keeps how long the appended tables are. */
  private measure(): void {
    for (const grown of this.grown) grown.before = grown.place.table.length;
  }

  /** Writes what the driver knows of newly appended rows and the kernel does not: segment, source, known time and the row that proves them. */
  private stamp(cutAt: number, timesAreWritten: boolean): void {
    for (const { place, isCutting, before } of this.grown) if (place.table.length > before) this.stampRows(place, isCutting, before, cutAt, timesAreWritten);
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
    for (const name in table.schema) output[name] = table.columns[name];
  }

  /** Shows the kernel the present arrays, and which rows of other tables became visible at positions `[from, to)`. */
  private look(from: number, to: number): void {
    const { input, output, aligned: { table: aligned }, memory, driver } = this;
    if (!this.isBound) this.bind(to > from);
    input.base = output.base = driver.table.base;
    output.length = to;
    if (aligned.base < driver.table.base) aligned.dropBefore(driver.table.base);
    if (aligned.capacity < to) aligned.reserve(to);
    aligned.length = to;
    if (this.isStale()) {
      for (const name in this.wiring) input[name] = this.wiring[name][0].table.columns[this.wiring[name][1]];
      for (const name in aligned.schema) output[name] = aligned.columns[name];
    }
    const { cursors } = memory;
    for (const read of this.read) {
      // Not taken apart: this is done for every node at every row of a live run.
      const name = read[0], place = read[1], { table } = place, { length } = table;
      let offsets: Int32Array = input.offsets[name], k = cursors[name] - table.base;
      if (offsets.length <= to) input.offsets[name] = offsets = new Int32Array(2 * to + 1);
      if (from < to && k < length) {
        const isVisible = visibility(place, driver), skip = length - k > 8 * (to - from) ? leap(place, driver) : undefined;
        for (let i = from; i < to; i++) {
          offsets[i] = k;
          for (k = skip?.(k, i) ?? k; k < length && isVisible(k, i); ) k++;
        }
        cursors[name] = table.base + k;
      } else if (to - from === 1) offsets[from] = k;
      else offsets.fill(k, from, to);
      offsets[to] = k;
    }
  }

  /** Were arrays that it is shown replaced since it was shown them? */
  private isStale(): boolean {
    let isStale = false;
    for (const shown of this.shown) {
      if (shown.replaced === shown.table.replaced) continue;
      shown.replaced = shown.table.replaced;
      isStale = true;
    }
    return isStale;
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
