/** From the bytes of a page to values in their form: every encoding of flat columns. */
import { timeWriter } from '../time-writer.ts';
import { joinStreams } from './byte-stream-split.ts';
import { ByteArrays } from './byte-arrays.ts';
import type { Bytes } from './bytes.ts';
import { Integers } from './bytes.ts';
import { newForm } from './column-form.ts';
import type { ColumnForm, FormArray } from './column-form.ts';
import { decodeDelta } from './delta.ts';
import { decodeDictionaryDoubles, widestIndex } from './dictionary-doubles.ts';
import { decimal, halfFloatAt, integerAt } from './fixed-point.ts';
import { decodeRuns } from './hybrid.ts';
import type { Encoding } from './page-header.ts';
import type { TextCodes } from './text-codes.ts';

const widths = { DOUBLE: 8, FLOAT: 4, INT32: 4, INT64: 8 } as const;
/** Julian day of 1970-01-01. */
const epochDay = 2_440_588;
/** Days from 1970 that int64 nanoseconds reach. */
const farthestDay = 106_750;

/** Decodes the pages of one column; its dictionary is that of the chunk being read. */
export class FormValues {
  readonly column: ColumnForm;
  /** The strings behind codes. */
  texts: TextCodes | undefined;
  private dictionary: FormArray | undefined;
  private dictionaryLength = 0;
  private readonly indices: Integers = new Integers();
  private readonly arrays: ByteArrays = new ByteArrays();

  constructor(column: ColumnForm, texts: TextCodes | undefined) {
    this.column = column;
    this.texts = texts;
  }

  /** A new chunk begins: it has no dictionary yet. */
  forget(): void {
    this.dictionary = undefined;
  }

  /** Reads the dictionary of a chunk, `count` plain values in `input[from, to)`. */
  readDictionary(input: Bytes, from: number, to: number, count: number): void {
    if (this.dictionary) throw new Error('it has two dictionaries');
    const least =
      this.column.physical === 'BYTE_ARRAY'
        ? 4
        : this.column.physical === 'FIXED_LEN_BYTE_ARRAY'
          ? Math.max(1, this.column.length)
          : this.column.physical === 'INT96'
            ? 12
            : this.column.physical === 'BOOLEAN'
              ? 1 / 8
              : widths[this.column.physical];
    if (count * least > to - from) throw new Error(`the ${count} values of its dictionary do not fit into ${to - from} bytes`);
    const dictionary = newForm(this.column.form, count);
    this.decode('plain', input, from, to, count, dictionary, 0);
    this.dictionary = dictionary;
    this.dictionaryLength = count;
  }

  /** Decodes `count` values of `input[from, to)` into `out` from position `at` on. Errors: Error where they are damaged or of an encoding that the type does not have. */
  decode(encoding: Encoding, input: Bytes, from: number, to: number, count: number, out: FormArray, at: number): void {
    if (count === 0) return;
    const { physical, length } = this.column;
    if (encoding === 'dictionary') {
      this.look(input, from, to, count, out, at);
      return;
    }
    switch (physical) {
      case 'DOUBLE':
      case 'FLOAT':
      case 'INT32':
      case 'INT64': {
        const width = widths[physical];
        if (encoding === 'deltaBinaryPacked' && out instanceof Int32Array) {
          decodeDelta(input, from, to, count, physical === 'INT64', out, at);
          return;
        }
        const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
        if (to - from < count * width) throw new Error(`its ${count} values do not fit into ${to - from} bytes`);
        if (encoding === 'plain') {
          if (out.buffer instanceof SharedArrayBuffer)
            copyWords(input.view, from, (count * width) >> 2, new Int32Array(out.buffer, out.byteOffset + at * width));
          else bytes.set(input.u8.subarray(from, from + count * width), at * width);
        } else if (encoding === 'byteStreamSplit') joinStreams(input.u8, from, count, width, bytes, at * width);
        else throw new Error(`${physical} has no encoding ${encoding}`);
        return;
      }
      case 'BOOLEAN':
        this.bits(encoding, input, from, to, count, out as Uint8Array, at);
        return;
      case 'INT96':
        if (encoding !== 'plain') throw new Error(`INT96 has no encoding ${encoding}`);
        writeInt96(input, from, to, count, out as Int32Array, at);
        return;
      default:
        this.arrays.read(encoding, input, from, to, count, length);
        this.fromArrays(count, out, at);
    }
  }

  private bits(encoding: Encoding, input: Bytes, from: number, to: number, count: number, out: Uint8Array, at: number): void {
    if (encoding === 'plain') {
      if ((to - from) * 8 < count) throw new Error(`its ${count} values do not fit into ${to - from} bytes`);
      for (let i = 0; i < count; i++) out[at + i] = (input.u8[from + (i >> 3)] >> (i & 7)) & 1;
      return;
    }
    if (encoding !== 'rle') throw new Error(`BOOLEAN has no encoding ${encoding}`);
    const values = this.indices.reserve(count),
      length = to - from >= 4 ? input.view.getUint32(from, true) : -1;
    if (!(length >= 0 && length <= to - from - 4)) throw new Error('its runs are cut short');
    decodeRuns(input, from + 4, from + 4 + length, 1, count, 2, values);
    for (let i = 0; i < count; i++) out[at + i] = values[i];
  }

  private fromArrays(count: number, out: FormArray, at: number): void {
    const { arrays, column, texts } = this,
      { scale } = column;
    if (column.form === 'code') {
      texts!.encode(arrays, count, out as Int32Array, at);
      return;
    }
    const { u8 } = arrays.bytes;
    for (let i = 0; i < count; i++) {
      const start = arrays.starts[i];
      out[at + i] = column.isHalfFloat ? halfFloatAt(u8, start) : decimal(integerAt(u8, start, arrays.lengths[i], column.isLittleEndian), scale!);
    }
  }

  /** Values by their place in the dictionary. */
  private look(input: Bytes, from: number, to: number, count: number, out: FormArray, at: number): void {
    const { dictionary, dictionaryLength: limit } = this;
    if (!dictionary) throw new Error('it has no dictionary');
    if (from >= to) throw new Error('its runs are cut short');
    const width = input.u8[from];
    if (dictionary instanceof Float64Array && width <= widestIndex) {
      decodeDictionaryDoubles(input, from + 1, to, width, count, dictionary, limit, out as Float64Array, at);
      return;
    }
    const indices = this.indices.reserve(count);
    decodeRuns(input, from + 1, to, width, count, limit, indices);
    if (this.column.form === 'i64') lookHalves(dictionary as Int32Array, indices, count, out as Int32Array, at);
    else if (dictionary instanceof Int32Array) lookIntegers(dictionary, indices, count, out as Int32Array, at);
    else for (let i = 0; i < count; i++) out[at + i] = dictionary[indices[i]];
  }
}

/** `set` goes byte by byte where the target is shared memory and the source does not stand on a word. */
function copyWords(view: DataView, from: number, words: number, out: Int32Array): void {
  for (let i = 0, p = from; i < words; i++, p += 4) out[i] = view.getInt32(p, true);
}

function lookIntegers(dictionary: Int32Array, indices: Int32Array, count: number, out: Int32Array, at: number): void {
  for (let i = 0; i < count; i++) out[at + i] = dictionary[indices[i]];
}

function lookHalves(dictionary: Int32Array, indices: Int32Array, count: number, out: Int32Array, at: number): void {
  for (let i = 0, o = 2 * at; i < count; i++, o += 2) {
    const k = 2 * indices[i];
    out[o] = dictionary[k];
    out[o + 1] = dictionary[k + 1];
  }
}

/** Times of twelve bytes: nanoseconds of the day, then the Julian day. */
function writeInt96({ view }: Bytes, from: number, to: number, count: number, out: Int32Array, at: number): void {
  if (to - from < 12 * count) throw new Error(`its ${count} values do not fit into ${to - from} bytes`);
  const put = timeWriter(new BigInt64Array(out.buffer, out.byteOffset, out.length >> 1));
  for (let i = 0, p = from; i < count; i++, p += 12) {
    const nanoseconds = view.getUint32(p, true) + view.getInt32(p + 4, true) * 4_294_967_296,
      day = view.getInt32(p + 8, true) - epochDay;
    if (!(nanoseconds >= 0 && nanoseconds <= 86_400_000_000_000)) throw new Error(`a time of it is ${nanoseconds} nanoseconds into its day`);
    if (!(day >= -farthestDay && day < farthestDay)) throw new Error('a time of it is outside the years 1677 to 2262 of int64 nanoseconds');
    put(at + i, day, nanoseconds);
  }
}
