/** The pages of a column chunk into a column: levels, values, nulls, only the rows that were asked for. */
import type { ColumnMetaData } from 'hyparquet';
import { DataError } from '../../errors.ts';
import type { DataPlace } from '../../errors.ts';
import { newColumn } from '../../table.ts';
import type { ColumnArray } from '../../table.ts';
import { isNatural } from '../parquet-values.ts';
import type { ColumnPlan } from '../parquet-values.ts';
import { Bytes } from './bytes.ts';
import { codecOf } from './codecs.ts';
import type { Codec } from './codecs.ts';
import { newForm } from './column-form.ts';
import type { FormArray } from './column-form.ts';
import { convertValues, spreadNulls } from './convert.ts';
import { FormValues } from './form-values.ts';
import { decodeLevels } from './hybrid.ts';
import { encodings, readPageHeader } from './page-header.ts';
import type { PageHeader } from './page-header.ts';
import { TextCodes } from './text-codes.ts';

/** Rows of a chunk to read, and where they go. */
export interface ChunkRows {
  readonly group: number;
  readonly meta: ColumnMetaData;
  /** The chunk's pages, or some of them: the first `length` bytes. */
  readonly bytes: Bytes;
  readonly length: number;
  /** Row of the file that the first data page begins with, and that behind the last row of the group. */
  readonly pageRow: number;
  readonly groupEnd: number;
  /** Rows `[start, end)` of the file into `target` from `at` on. */
  readonly start: number;
  readonly end: number;
  readonly target: ColumnArray;
  readonly at: number;
}

/** Reads one column of a file, chunk by chunk, in memory that it keeps. */
export class ColumnReader {
  private readonly file: string;
  private readonly plan: ColumnPlan;
  private readonly values: FormValues;
  private readonly page: Bytes = new Bytes();
  private readonly isDirect: boolean;
  private isPresent: Uint8Array = new Uint8Array(0);
  private form: FormArray | undefined;
  private part: ColumnArray | undefined;

  constructor(file: string, plan: ColumnPlan) {
    this.file = file;
    this.plan = plan;
    this.values = new FormValues(plan.column, plan.texts ?? (plan.column.form === 'code' ? new TextCodes() : undefined));
    this.isDirect = isNatural(plan);
  }

  /** Errors: DataError naming file, row group, row and column. */
  async read(rows: ChunkRows): Promise<void> {
    let row = rows.pageRow;
    try {
      const codec = await codecOf(rows.meta.codec);
      this.values.forget();
      for (let at = 0; row < rows.end; ) {
        if (at >= rows.length)
          throw new Error(`it has ${row - rows.pageRow} of the ${rows.groupEnd - rows.pageRow} values that its row group declares`);
        const header = readPageHeader(rows.bytes.view, at, rows.length);
        at = header.at + header.compressed;
        if (header.kind === 'dictionary') this.readDictionary(rows, header, codec);
        else if (header.kind === 'data') {
          const next = row + header.values;
          if (next > rows.groupEnd) throw new Error(`it has more than the ${rows.groupEnd - rows.pageRow} values that its row group declares`);
          if (next > rows.start && header.values > 0) this.readPage(rows, header, codec, row);
          row = next;
        }
      }
    } catch (error) {
      if (error instanceof DataError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new DataError(`row group ${rows.group} cannot be decoded: ${message}`, { file: this.file, row, column: this.plan.source });
    }
  }

  private readDictionary(rows: ChunkRows, header: PageHeader, codec: Codec | undefined): void {
    if (encodings[header.encoding] !== 'plain' && encodings[header.encoding] !== 'dictionary')
      throw new Error(`its dictionary is of encoding ${header.encoding}`);
    const [bytes, from, to] = this.body(rows, header, codec, header.at);
    this.values.readDictionary(bytes, from, to, header.values);
  }

  /** The page from `from` on, decompressed where it is compressed. */
  private body(rows: ChunkRows, header: PageHeader, codec: Codec | undefined, from: number): [bytes: Bytes, from: number, to: number] {
    const end = header.at + header.compressed;
    if (!codec || !header.isCompressed) return [rows.bytes, from, end];
    const skipped = from - header.at,
      length = header.uncompressed - skipped;
    // Nothing is allocated for a length that the codec cannot reach from these bytes, or that is beyond what the footer states.
    const most = Math.min(codec.ratio * (end - from) + 64, Number(rows.meta.total_uncompressed_size));
    if (length > most) throw new Error(`its page declares ${length} bytes, ${end - from} of them compressed`);
    this.page.reserve(length);
    codec.decompress(rows.bytes, from, end, this.page, length);
    return [this.page, 0, length];
  }

  private readPage(rows: ChunkRows, header: PageHeader, codec: Codec | undefined, row: number): void {
    const encoding = encodings[header.encoding],
      count = header.values,
      isOptional = this.plan.column.isOptional;
    if (!encoding) throw new Error(`its page is of unknown encoding ${header.encoding}`);
    if (this.isPresent.length < count) this.isPresent = new Uint8Array(count);
    let present = count;
    const isSecond = header.levelBytes >= 0;
    if (isSecond && isOptional) present = decodeLevels(rows.bytes, header.at, header.at + header.levelBytes, count, this.isPresent);
    let [bytes, from, to] = this.body(rows, header, codec, header.at + Math.max(0, header.levelBytes));
    if (!isSecond && isOptional) {
      if (encodings[header.levelEncoding] !== 'rle') throw new Error(`its levels are of encoding ${header.levelEncoding}`);
      const length = to - from >= 4 ? bytes.view.getUint32(from, true) : -1;
      if (!(length >= 0 && length <= to - from - 4)) throw new Error('its levels are cut short');
      present = decodeLevels(bytes, from + 4, from + 4 + length, count, this.isPresent);
      from += 4 + length;
    }
    const first = Math.max(rows.start, row),
      last = Math.min(rows.end, row + count),
      isWhole = first === row && last === row + count;
    if (!isWhole && (this.part === undefined || this.part.length < count)) this.part = newColumn(this.plan.type, count);
    const target = isWhole ? rows.target : this.part!,
      at = isWhole ? rows.at + row - rows.start : 0;
    const { isPresent } = this,
      place = (i: number): DataPlace => ({ file: this.file, row: row + i, column: this.plan.source });
    if (this.isDirect) {
      this.values.decode(encoding, bytes, from, to, present, direct(this.plan, target), at);
    } else {
      const size = this.plan.column.form === 'i64' ? 2 * present : present;
      if (this.form === undefined || this.form.length < size) this.form = newForm(this.plan.column.form, present);
      this.values.decode(encoding, bytes, from, to, present, this.form, 0);
      const placeOf = present === count ? place : (i: number): DataPlace => place(rowOf(isPresent, i));
      convertValues({ plan: this.plan, values: this.form, count: present, target, at, texts: this.values.texts, place: placeOf });
    }
    if (present < count) spreadNulls(this.plan, target, at, count, present, isPresent, place);
    if (!isWhole) (rows.target as Float64Array).set(target.subarray(first - row, last - row) as Float64Array, rows.at + first - rows.start);
  }
}

/** The column itself in the form of its values. */
function direct(plan: ColumnPlan, target: ColumnArray): FormArray {
  const { form } = plan.column;
  if (form === 'i64') return new Int32Array(target.buffer, target.byteOffset, 2 * target.length);
  if (form === 'i32' || form === 'code') return new Int32Array(target.buffer, target.byteOffset, target.length);
  if (form === 'bit') return new Uint8Array(target.buffer, target.byteOffset, target.length);
  return target as Float64Array;
}

/** The row of the i-th value that is not null. */
function rowOf(isPresent: Uint8Array, i: number): number {
  let row = 0;
  for (let left = i; ; row++) if (isPresent[row] === 1 && left-- === 0) return row;
}
