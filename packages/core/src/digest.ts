/**
 * Digests of columns and tables: equal exactly where the content is equal, however it was stored, chunked or computed.
 *
 * A column's digest is SHA-256 of its values in row order, little-endian; NaN has one bit pattern and -0 is 0; text is its UTF-8 length (4 bytes)
 * and bytes, no text is the length ffffffff. A table's digest is SHA-256 of (name, type, digest) of its columns in order of name, names and types
 * as text, without the columns that hold their default throughout: absent, constant, added, streamed and chunked columns change nothing.
 */
import { columnDefault } from './schemas.ts';
import { type CreateHasher, type Hasher, Sha256, hexadecimal } from './sha256.ts';
import { type ColumnArray, type ColumnType, type Schema, isColumn, newColumn } from './table.ts';
import { encodeUtf8 } from './utf8.ts';
import { firstOther, isCanonical, isCanonicalSingle } from './canonical-values.ts';

/** The values of a column: an array, or the one value that all its rows have (for text the string). */
export type ColumnValues = ColumnArray | number | bigint | string;

const ours: CreateHasher = () => new Sha256();
const blockRows = 4096;
/** Rows of which the bytes go to the hasher as they stand, where none has to be made canonical. */
const directRows = 65_536;
const noText: Uint8Array = Uint8Array.of(255, 255, 255, 255);

/** Makes one column's digest piece by piece. While every value is the default it only counts them. */
export class ColumnHasher {
  readonly name: string;
  readonly type: ColumnType;
  readonly #hasher: Hasher;
  readonly #default: number | bigint;
  readonly #block: ColumnArray;
  readonly #bytes: Uint8Array;
  #pendingDefaults = 0;
  #isDefault = true;

  constructor(name: string, type: ColumnType, createHasher: CreateHasher = ours) {
    this.name = name;
    this.type = type;
    this.#hasher = createHasher();
    this.#default = columnDefault(name, type);
    this.#block = newColumn(type, blockRows);
    this.#bytes = new Uint8Array(this.#block.buffer);
  }

  /** Has every value so far been the column's default? */
  get isDefault(): boolean {
    return this.#isDefault;
  }

  /** Takes rows `[from, to)`; text needs the strings behind its codes, which may differ from piece to piece. */
  update(values: ColumnArray, from: number = 0, to: number = values.length, texts?: readonly string[]): void {
    if (!isColumn(this.type, values)) throw new TypeError(`digest: column "${this.name}" must be of type ${this.type}`);
    if (from < 0 || to > values.length) throw new RangeError(`digest: column "${this.name}" has ${values.length} rows, rows ${from} to ${to} were asked for`);
    let start = from;
    if (this.#isDefault) {
      start = firstOther(values, this.#default, from, to);
      this.#pendingDefaults += start - from;
      if (start === to) return;
      this.#isDefault = false;
      this.#flushDefaults();
    }
    if (this.type === 'text') this.#updateText(values as Int32Array, start, to, texts);
    else this.#updateNumbers(values, start, to);
  }

  /** Takes `count` rows that all have one value; `undefined` is the default. */
  updateConstant(value: number | bigint | string | undefined, count: number): void {
    const block = newColumn(this.type, Math.min(count, blockRows));
    const texts = typeof value === 'string' ? [value] : [];
    (block as Float64Array).fill((typeof value === 'string' ? 0 : value ?? this.#default) as number);
    for (let done = 0; done < count; done += blockRows) this.update(block, 0, Math.min(blockRows, count - done), texts);
  }

  digest(): Uint8Array {
    this.#flushDefaults();
    return this.#hasher.digest();
  }

  #flushDefaults(): void {
    const count = this.#pendingDefaults;
    this.#pendingDefaults = 0;
    if (count === 0) return;
    const rows = newColumn(this.type, Math.min(count, blockRows));
    (rows as Float64Array).fill(this.#default as number);
    for (let done = 0; done < count; done += blockRows) {
      const end = Math.min(blockRows, count - done);
      if (this.type === 'text') this.#updateText(rows as Int32Array, 0, end, []);
      else this.#updateNumbers(rows, 0, end);
    }
  }

  #updateNumbers(values: ColumnArray, from: number, to: number): void {
    const block = this.#block as Float64Array, isFloat = this.type === 'f64' || this.type === 'f32', size = block.BYTES_PER_ELEMENT, { buffer } = values;
    // Memory that other threads may write to is copied.
    const isPrivate = buffer instanceof ArrayBuffer;
    for (let start = from; start < to; ) {
      const end = Math.min(start + (isPrivate ? directRows : blockRows), to);
      if (isPrivate && (!isFloat || (this.type === 'f64' ? isCanonical(values as Float64Array, start, end) : isCanonicalSingle(values as Float32Array, start, end)))) {
        this.#hasher.update(new Uint8Array(buffer, values.byteOffset + start * size, (end - start) * size));
        start = end;
        continue;
      }
      for (; start < end; start += blockRows) {
        const count = Math.min(blockRows, end - start);
        block.set(values.subarray(start, start + count) as Float64Array);
        if (isFloat) for (let i = 0; i < count; i++) block[i] += 0;
        if (isFloat) this.#uniteNaN(count);
        this.#hasher.update(this.#bytes.subarray(0, count * size));
      }
      start = end;
    }
  }

  #uniteNaN(count: number): void {
    const words = new Uint32Array(this.#block.buffer), isDouble = this.type === 'f64', block = this.#block as Float64Array;
    for (let i = 0; i < count; i++) {
      if (block[i] === block[i]) continue;
      if (isDouble) {
        words[2 * i] = 0;
        words[2 * i + 1] = 0x7ff80000;
      } else words[i] = 0x7fc00000;
    }
  }

  #updateText(codes: Int32Array, from: number, to: number, texts: readonly string[] | undefined): void {
    const encoded: Uint8Array[] = [], gathered = new Uint8Array(16_384);
    let filled = 0;
    for (let row = from; row < to; row++) {
      const code = codes[row];
      if (code >= 0 && texts?.[code] === undefined) throw new RangeError(`digest: column "${this.name}" has code ${code} in row ${row} but no such text`);
      const bytes = code < 0 ? noText : (encoded[code] ??= lengthAndText(texts![code])), { length } = bytes;
      // A hasher takes many times as long for a call as for the few bytes of a text.
      if (filled + length > gathered.length) {
        this.#hasher.update(gathered.subarray(0, filled));
        filled = 0;
      }
      if (length > gathered.length) this.#hasher.update(bytes);
      else for (let i = 0; i < length; i++) gathered[filled++] = bytes[i];
    }
    this.#hasher.update(gathered.subarray(0, filled));
  }
}

function lengthAndText(text: string): Uint8Array {
  const body = encodeUtf8(text), bytes = new Uint8Array(4 + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length, true);
  bytes.set(body, 4);
  return bytes;
}

export interface TableDigestOptions {
  /** Rows. @defaultValue the length of the first array among the columns */
  readonly length?: number;
  /** For every text column the strings behind its codes. */
  readonly texts?: { readonly [column: string]: readonly string[] };
  /** Columns that do not count. @defaultValue none */
  readonly exclude?: readonly string[];
  /** @defaultValue SHA-256 in TypeScript */
  readonly createHasher?: CreateHasher;
}

/** Makes a table's digest piece by piece: a stream in blocks gives what the whole table gives. */
export class TableHasher {
  readonly #hashers: ColumnHasher[];
  readonly #createHasher: CreateHasher;

  constructor(schema: Schema, options: Pick<TableDigestOptions, 'exclude' | 'createHasher'> = {}) {
    this.#createHasher = options.createHasher ?? ours;
    const names = Object.keys(schema).filter(name => !options.exclude?.includes(name));
    this.#hashers = names.map(name => new ColumnHasher(name, schema[name], this.#createHasher));
  }

  /** Takes positions `[from, to)` of some columns; a column that is missing holds its default there. */
  update(columns: { readonly [column: string]: ColumnValues | undefined }, from: number, to: number, texts: TableDigestOptions['texts'] = {}): void {
    for (const hasher of this.#hashers) {
      const values = columns[hasher.name];
      if (typeof values === 'object') hasher.update(values, from, to, texts[hasher.name]);
      else hasher.updateConstant(values, to - from);
    }
  }

  digest(): string {
    const entries = this.#hashers.filter(hasher => !hasher.isDefault)
      .map(hasher => ({ name: hasher.name, type: hasher.type, digest: hasher.digest() }));
    return digestOfEntries(entries, this.#createHasher);
  }
}

function digestOfEntries(entries: { name: string; type: string; digest: Uint8Array }[], createHasher: CreateHasher): string {
  const hasher = createHasher();
  for (const { name, type, digest } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hasher.update(lengthAndText(name));
    hasher.update(lengthAndText(type));
    hasher.update(digest);
  }
  return hexadecimal(hasher.digest());
}

/** The digest of one column in hexadecimal digits. */
export function columnDigest(type: ColumnType, values: ColumnArray, texts?: readonly string[], createHasher?: CreateHasher): string {
  const hasher = new ColumnHasher('', type, createHasher);
  hasher.update(values, 0, values.length, texts);
  return hexadecimal(hasher.digest());
}

/**
 * The digest of a table in hexadecimal digits.
 *
 * Columns may be missing or given as the one value that all rows have. Errors: TypeError for an array of another type than the schema's,
 * RangeError for one that is too short or a text code without text.
 */
export function tableDigest(schema: Schema, columns: { readonly [column: string]: ColumnValues | undefined }, options: TableDigestOptions = {}): string {
  const hasher = new TableHasher(schema, options);
  const array = Object.keys(schema).map(name => columns[name]).find(values => typeof values === 'object');
  hasher.update(columns, 0, options.length ?? (typeof array === 'object' ? array.length : 0), options.texts);
  return hasher.digest();
}

/** One digest of several named digests, whatever their order; the order hash is that of `orders` and `fills`. */
export function combineDigests(digests: { readonly [name: string]: string }, createHasher: CreateHasher = ours): string {
  const entries = Object.keys(digests).map(name => {
    const hex = digests[name];
    if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError(`digest: "${name}" must be 64 hexadecimal digits, was "${hex}"`);
    return { name, type: 'digest', digest: Uint8Array.from({ length: 32 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16)) };
  });
  return digestOfEntries(entries, createHasher);
}
