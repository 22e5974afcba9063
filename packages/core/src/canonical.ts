/**
 * Canonical bytes: one byte string for one plain value, for snapshots, option hashes and journals.
 *
 * Values are null, booleans, numbers, bigints, strings, typed arrays, arrays and plain objects of these. Layout: one byte of format version,
 * then each value as a tag byte and its content, little-endian; counts and lengths are 4 bytes; objects keep their fields in the order in which
 * they were declared. All NaN are one bit pattern; -0 stays -0, because state may tell it from 0. Anything else is a TypeError with its path.
 */
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

export type CanonicalValue = null | boolean | number | bigint | string | CanonicalArray | readonly CanonicalValue[] | { readonly [field: string]: CanonicalValue };
export type CanonicalArray =
  | Float64Array | Float32Array | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

const formatVersion = 1;
const tags = { null: 0, false: 1, true: 2, number: 3, bigint: 4, string: 5, typedArray: 6, array: 7, object: 8 } as const;

/** The position of a kind is its code in the bytes: append, never reorder. */
const arrayKinds = [
  Float64Array, Float32Array, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array,
] as const;

class Writer {
  bytes: Uint8Array = new Uint8Array(256);
  view: DataView = new DataView(this.bytes.buffer);
  length = 0;

  room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  byte(value: number): void {
    const at = this.room(1);
    this.bytes[at] = value;
  }

  count(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }

  append(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  text(text: string, path: string): void {
    let bytes: Uint8Array;
    try {
      bytes = encodeUtf8(text);
    } catch (cause) {
      throw new TypeError(`canonical: ${path} holds ${(cause as Error).message}`, { cause });
    }
    this.count(bytes.length);
    this.append(bytes);
  }
}

/** The bytes of a plain value. `name` starts the paths in error messages: `canonical: state.cache[2] is a Map ...`. */
export function encodeCanonical(value: unknown, name: string = 'value'): Uint8Array {
  const writer = new Writer();
  writer.byte(formatVersion);
  write(writer, value, name, []);
  return writer.bytes.slice(0, writer.length);
}

function write(writer: Writer, value: unknown, path: string, parents: object[]): void {
  if (value === null) writer.byte(tags.null);
  else if (typeof value === 'boolean') writer.byte(value ? tags.true : tags.false);
  else if (typeof value === 'number') {
    writer.byte(tags.number);
    const at = writer.room(8);
    writer.view.setFloat64(at, value, true);
    if (value !== value) writeNaN(writer.view, at);
  } else if (typeof value === 'bigint') {
    writer.byte(tags.bigint);
    writer.text(value.toString(16), path);
  } else if (typeof value === 'string') {
    writer.byte(tags.string);
    writer.text(value, path);
  } else if (typeof value === 'object') writeObject(writer, value, path, parents);
  else throw unsupported(path, value === undefined ? 'undefined' : `a ${typeof value}`);
}

function writeObject(writer: Writer, value: object, path: string, parents: object[]): void {
  if (ArrayBuffer.isView(value)) {
    const kind = (arrayKinds as readonly unknown[]).indexOf(value.constructor);
    if (kind < 0) throw unsupported(path, `a ${value.constructor.name}`);
    const array = value as Float64Array;
    writer.byte(tags.typedArray);
    writer.byte(kind);
    writer.count(array.length);
    const at = writer.room(array.byteLength);
    writer.bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    if (kind < 2) uniteNaN(writer.view, at, array, kind === 0);
    return;
  }
  if (parents.includes(value)) throw new TypeError(`canonical: ${path} contains itself`);
  parents.push(value);
  if (Array.isArray(value)) {
    writer.byte(tags.array);
    writer.count(value.length);
    for (let i = 0; i < value.length; i++) write(writer, value[i], `${path}[${i}]`, parents);
  } else {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw unsupported(path, `a ${value.constructor?.name || 'class instance'}`);
    if (Object.getOwnPropertySymbols(value).length > 0) throw unsupported(path, 'an object with symbols');
    const fields = Object.keys(value);
    writer.byte(tags.object);
    writer.count(fields.length);
    for (const field of fields) {
      writer.text(field, path);
      write(writer, (value as { readonly [field: string]: unknown })[field], `${path}.${field}`, parents);
    }
  }
  parents.pop();
}

function writeNaN(view: DataView, at: number): void {
  view.setUint32(at, 0, true);
  view.setUint32(at + 4, 0x7ff80000, true);
}

function uniteNaN(view: DataView, at: number, array: Float64Array, isDouble: boolean): void {
  for (let i = 0; i < array.length; i++) {
    if (array[i] === array[i]) continue;
    if (isDouble) writeNaN(view, at + 8 * i);
    else view.setUint32(at + 4 * i, 0x7fc00000, true);
  }
}

function unsupported(path: string, what: string): TypeError {
  return new TypeError(`canonical: ${path} is ${what}; allowed are null, booleans, numbers, bigints, strings, typed arrays, arrays and plain objects`);
}

/** The value of some canonical bytes. Errors: RangeError where they are damaged, cut short or of another format version. */
export function decodeCanonical(bytes: Uint8Array): CanonicalValue {
  const reader = new Reader(bytes), version = reader.byte();
  if (version !== formatVersion) throw new RangeError(`canonical: bytes are of format version ${version}, this is version ${formatVersion}`);
  const value = read(reader);
  if (reader.at !== bytes.length) throw new RangeError(`canonical: ${bytes.length - reader.at} bytes too many after the value`);
  return value;
}

class Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    // Not the caller's own kind: a Buffer of Node slices into views of a pool.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): number {
    if (this.at + count > this.bytes.length) throw new RangeError(`canonical: cut short at byte ${this.bytes.length}`);
    this.at += count;
    return this.at - count;
  }

  byte(): number {
    return this.bytes[this.take(1)];
  }

  count(): number {
    return this.view.getUint32(this.take(4), true);
  }

  text(): string {
    const length = this.count(), from = this.take(length);
    return decodeUtf8(this.bytes, from, from + length);
  }
}

function read(reader: Reader): CanonicalValue {
  const at = reader.at, tag = reader.byte();
  if (tag === tags.null) return null;
  if (tag === tags.false || tag === tags.true) return tag === tags.true;
  if (tag === tags.number) return reader.view.getFloat64(reader.take(8), true);
  if (tag === tags.bigint) return readBigInt(reader.text(), at);
  if (tag === tags.string) return reader.text();
  if (tag === tags.typedArray) {
    const type = arrayKinds[reader.byte()];
    if (!type) throw new RangeError(`canonical: unknown kind of typed array at byte ${at + 1}`);
    const byteLength = reader.count() * type.BYTES_PER_ELEMENT, from = reader.take(byteLength);
    return new type(reader.bytes.slice(from, from + byteLength).buffer as ArrayBuffer);
  }
  if (tag === tags.array) {
    const count = reader.count(), values: CanonicalValue[] = [];
    for (let i = 0; i < count; i++) values.push(read(reader));
    return values;
  }
  if (tag === tags.object) {
    const count = reader.count(), fields: [string, CanonicalValue][] = [];
    for (let i = 0; i < count; i++) fields.push([reader.text(), read(reader)]);
    return Object.fromEntries(fields);
  }
  throw new RangeError(`canonical: unknown tag ${tag} at byte ${at}`);
}

function readBigInt(text: string, at: number): bigint {
  const parts = /^(-?)([0-9a-f]+)$/.exec(text);
  if (!parts) throw new RangeError(`canonical: no bigint at byte ${at}`);
  const magnitude = BigInt(`0x${parts[2]}`);
  return parts[1] === '' ? magnitude : -magnitude;
}
