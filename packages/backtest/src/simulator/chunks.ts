/** Columns in chunks: nothing is copied to grow, and what nobody writes costs nothing. */
import { newColumn, type ColumnArray, type ColumnType } from '@zanzibar/core';

const firstChunk = 1024, chunk = 32_768;

function chunkOf(row: number): number {
  return row < firstChunk ? 0 : 1 + Math.floor((row - firstChunk) / chunk);
}

function startOf(k: number): number {
  return k === 0 ? 0 : firstChunk + (k - 1) * chunk;
}

/** A column of doubles of which most rows are the default: a chunk takes memory at its first other value. */
export class SparseDoubles {
  readonly fallback: number;
  private current: Float64Array | null = null;
  private capacity = 0;
  private readonly chunks: (Float64Array | null)[] = [];

  constructor(fallback: number) {
    this.fallback = fallback;
  }

  /** Opens the next chunk. */
  extend(capacity: number): void {
    if (this.capacity > 0) this.chunks.push(this.current);
    this.current = null;
    this.capacity = capacity;
  }

  set(at: number, value: number): void {
    if (this.current === null) this.current = new Float64Array(this.capacity).fill(this.fallback);
    this.current[at] = value;
  }

  /** The value of a row. */
  value(row: number): number {
    const k = chunkOf(row), values = k < this.chunks.length ? this.chunks[k] : this.current;
    return values === null ? this.fallback : values[row - startOf(k)];
  }

  /** All rows as one array, undefined where every value is the default. */
  whole(length: number): Float64Array | undefined {
    const chunks = [...this.chunks, this.current];
    if (chunks.every(values => values === null)) return undefined;
    const all = new Float64Array(length);
    for (let k = 0, from = 0; from < length; k++) {
      const count = Math.min(length - from, k === 0 ? firstChunk : chunk), values = chunks[k];
      if (values) all.set(values.subarray(0, count), from);
      else all.fill(this.fallback, from, from + count);
      from += count;
    }
    return all;
  }
}

/** A log of rows: dense columns that the owner writes at `at`, and sparse ones. */
export class ChunkLog {
  /** Rows before these, of a run that was restored from a snapshot. */
  base = 0;
  at = 0;
  private capacity = 0;
  private before = 0;
  private readonly types: readonly ColumnType[];
  private readonly sparse: readonly SparseDoubles[];
  private readonly chunks: ColumnArray[][];
  private readonly adopt: (columns: any[]) => void;

  /** `adopt` is given the arrays of a new chunk, in the order of `types`. */
  constructor(types: readonly ColumnType[], sparse: readonly SparseDoubles[], adopt: (columns: any[]) => void) {
    this.types = types;
    this.sparse = sparse;
    this.chunks = types.map(() => []);
    this.adopt = adopt;
    this.grow();
  }

  get length(): number {
    return this.before + this.at;
  }

  /** The position in the present chunk for one more row. */
  append(): number {
    if (this.at === this.capacity) this.grow();
    return this.at++;
  }

  /** Rows for which the present chunk has room, at least one. */
  reserve(): number {
    if (this.at === this.capacity) this.grow();
    return this.capacity - this.at;
  }

  private grow(): void {
    this.before += this.at;
    this.capacity = this.before === 0 ? firstChunk : chunk;
    this.at = 0;
    const columns = this.types.map((type, k) => {
      const column = newColumn(type, this.capacity);
      this.chunks[k].push(column);
      return column;
    });
    for (const column of this.sparse) column.extend(this.capacity);
    this.adopt(columns);
  }

  /** The value of a row in dense column `k`. */
  value(k: number, row: number): any {
    const at = chunkOf(row);
    return this.chunks[k][at][row - startOf(at)];
  }

  /** All rows of dense column `k` as one array. */
  whole(k: number): ColumnArray {
    const all = newColumn(this.types[k], this.length);
    let from = 0;
    for (const values of this.chunks[k]) {
      const count = Math.min(values.length, this.length - from);
      (all as Float64Array).set(values.subarray(0, count) as Float64Array, from);
      from += count;
    }
    return all;
  }
}
