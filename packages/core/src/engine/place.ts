/** Where a table's rows stand in the order of things: what decides when a row of one table is visible at a row of another. */
import { clockClass, marketClass, reportClass } from '../order-of-time.ts';
import { GrowingTable, type ColumnArray, type Schema } from '../table.ts';

/** Hidden column of appended tables: the absolute row of the market source that proves a row, NaN where the clock does. */
export const rootColumn = '@root';
/** Hidden column of appended tables that have none of their own for it: when a row is known, by the driver's row that proves it. */
export const timeColumn = '@time';

/** A table and its place in the order of time. Sources have no driver; nodes inherit from theirs. */
export class Place {
  readonly name: string;
  readonly table: GrowingTable;
  readonly driver: Place | undefined;
  readonly aligned: boolean;
  readonly isClocked: boolean;
  /** A source whose rows name rows of this other one. */
  of: Place | undefined;
  sourceClass: number = marketClass;
  /** Of the instrument among the sources' instruments; kind and place break ties. */
  rank = 0;
  kind = 0;
  index = 0;
  /** Known times of the last row that came and of the last that the nodes have seen; sources only. */
  lastTime: bigint | undefined;
  seenTime: bigint | undefined;
  /** The block that was checked last, and how many rows it had; sources only. */
  block: object | undefined;
  blockRows = 0;
  /** First absolute row that some node still needs; set while trimming. */
  keep = 0;

  constructor(name: string, table: GrowingTable, driver?: Place, aligned = false, isClocked = false) {
    this.name = name;
    this.table = table;
    this.driver = driver;
    this.aligned = aligned;
    this.isClocked = isClocked;
  }

  /** The source at the beginning of the chain of drivers. */
  get source(): Place {
    return this.driver === undefined ? this : this.driver.source;
  }

  /** Class of rows that no market row proves. */
  get class(): number {
    if (this.isClocked) return clockClass;
    return this.driver === undefined ? this.sourceClass : this.driver.class;
  }
}

/** Columns that say when a row is known, and those that name the driver's row that proves it. */
const timeColumns = ['knownTime', 'closeTime', 'time'], rowColumns = ['knownRow', 'row', 'sourceRow', 'decisionRow', 'toRow'];

/** The place of a node's aligned columns or of one of its appended tables. `ownTimes`: the kernel writes the known times itself. */
export function nodePlace(name: string, schema: Schema, driver: Place, aligned: boolean, isClocked: boolean, ownTimes: boolean): Place {
  const has = (columns: readonly string[]): boolean => columns.some(column => column in schema), isTimed = ownTimes || has(timeColumns) || !has(rowColumns);
  return new Place(name, new GrowingTable(aligned ? schema : { ...schema, [rootColumn]: 'f64', ...(isTimed ? {} : { [timeColumn]: 'i64' as const }) }), driver, aligned, isClocked);
}

/** The column that says when a row is known; undefined where nothing tells the time. */
export function knownTimes({ table: { columns }, aligned, driver }: Place): BigInt64Array | undefined {
  if (aligned) return knownTimes(driver!);
  const times = columns.knownTime ?? columns.closeTime ?? columns.time;
  if (times === undefined && driver !== undefined && knownTimes(driver) !== undefined) return columns[timeColumn] as BigInt64Array | undefined;
  return times as BigInt64Array | undefined;
}

/** The row of the source that proves row k, NaN where it is the clock. */
export function rootRow(place: Place, k: number): number {
  if (place.aligned) return rootRow(place.driver!, k);
  if (place.driver === undefined) return place.class === marketClass ? place.table.base + k : NaN;
  return (place.table.columns[rootColumn] as Float64Array)[k];
}

/** The column that names the driver's absolute row whose coming proves each row of an appended table, once `knownShift` is added. */
export function knownRows({ table: { columns } }: Place): Float64Array | undefined {
  return (columns.knownRow ?? columns.row ?? columns.sourceRow ?? columns.decisionRow ?? columns.toRow) as Float64Array | undefined;
}

/** What to add to `knownRows`: a row is proved by the last of the rows that it encloses. */
export function knownShift({ table: { columns } }: Place): number {
  return (columns.knownRow ?? columns.row ?? columns.sourceRow ?? columns.decisionRow) === undefined ? -1 : 0;
}

/** Answers for one pair of tables: is row k of `read` known when position i of `driver` is? Arrays are looked up once. */
export function visibility(read: Place, driver: Place): (k: number, i: number) => boolean {
  if (read.aligned && read.driver === driver) return (k, i) => k <= i;
  if ((read.driver === driver && !read.isClocked) || read.of === driver) {
    const { base } = driver.table, rows = knownRows(read), shift = knownShift(read);
    if (rows === undefined) throw new TypeError(`combine: "${read.name}" names no known row, so it cannot be joined to "${driver.name}"`);
    return (k, i) => rows[k] + shift <= base + i;
  }
  const times = knownTimes(read), nows = knownTimes(driver);
  if (!times || !nows) throw new TypeError(`combine: "${(times ? driver : read).name}" has no known time, so rows of "${read.name}" cannot be joined to "${driver.name}"`);
  const isSameSource = read.source === driver.source;
  return (k, i) => {
    const proof = rootRow(read, k), present = rootRow(driver, i);
    if (isSameSource && proof === proof && present === present) return proof <= present;
    const known = times[k], now = nows[i];
    if (known !== now) return known < now;
    const order = proof === proof ? marketClass : read.class, presentOrder = present === present ? marketClass : driver.class;
    if (order !== presentOrder) return order < presentOrder;
    if (order === clockClass) return true;
    return precedes(read, k, driver, i);
  };
}

/**
 * Where many rows of a source become visible at one row of a driver, looking at each is slow: gives the first row from k on that may not be visible at position i.
 *
 * Undefined where it cannot be told without a look. A source's times never decrease, and its rows prove themselves.
 */
export function leap(read: Place, driver: Place): ((k: number, i: number) => number) | undefined {
  const times = knownTimes(read), nows = knownTimes(driver);
  if (read.driver !== undefined || read.of !== undefined || !times || !nows) return undefined;
  const isSameSource = read.source === driver.source && read.class === marketClass;
  return (k, i) => {
    const { length, base } = read.table, present = isSameSource ? rootRow(driver, i) : NaN, now = nows[i];
    if (present === present) return Math.max(k, Math.min(length, present + 1 - base));
    let step = 1, low = k;
    while (low + step <= length && times[low + step - 1] < now) {
      low += step;
      step *= 2;
    }
    for (; step >= 1; step /= 2) if (low + step <= length && times[low + step - 1] < now) low += step;
    return low;
  };
}

/** Rows of two sources at one time in one class: by instrument, then the venue's sequence or the kind, then the place of the source. */
function precedes(read: Place, k: number, driver: Place, i: number): boolean {
  const from = read.source, to = driver.source;
  if (from.rank !== to.rank) return from.rank < to.rank;
  if (read.class === reportClass) return from.index <= to.index;
  const ours = sequenceOf(read, k), theirs = sequenceOf(driver, i);
  if (ours === ours && theirs === theirs && ours !== theirs) return ours < theirs;
  return from.kind !== to.kind ? from.kind < to.kind : from.index <= to.index;
}

function sequenceOf(place: Place, k: number): number {
  const { source } = place, row = rootRow(place, k) - source.table.base;
  const sequence = source.table.columns.sequence as ColumnArray | undefined;
  return sequence && row >= 0 ? Number(sequence[row]) : NaN;
}
