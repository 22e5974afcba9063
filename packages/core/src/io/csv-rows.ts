/** Delimited text as positions of fields, over bytes: no string and no object per row. */
import { DataError } from '../errors.ts';

/** Bounds of the fields of the row just read. */
export interface Fields {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  count: number;
}

const quote = 34;
const newline = 10;
const carriageReturn = 13;
const blank = 32;

/** Room for the fields of one row. */
export function newFields(): Fields {
  return { starts: new Int32Array(1024), ends: new Int32Array(1024), count: 0 };
}

/** An upper bound of the rows from byte `from` on. */
export function countRows(bytes: Uint8Array, from: number): number {
  let rows = 1;
  for (let at = bytes.indexOf(newline, from); at >= 0; at = bytes.indexOf(newline, at + 1)) rows++;
  return rows;
}

/**
 * Reads the row at `at` into `fields` and returns where the next one starts, -1 at the end of the text. Blank lines are passed over.
 *
 * Fields lose blanks around them and the quotes of a quoted field; a quoted field may hold the delimiter, not a line break.
 */
export function readRow(bytes: Uint8Array, at: number, delimiter: number, fields: Fields, file: string, row: number): number {
  const { length } = bytes,
    { starts, ends } = fields;
  while (at < length && (bytes[at] === newline || bytes[at] === carriageReturn)) at++;
  if (at >= length) return -1;
  let count = 0,
    start = at;
  for (; ; at++) {
    const byte = at < length ? bytes[at] : newline;
    if (byte === quote && isAllBlank(bytes, start, at)) {
      const close = closingQuote(bytes, at + 1);
      if (close < 0) throw new DataError('a quoted field does not end on its line', { file, row });
      at = close;
    } else if (byte === delimiter || byte === newline) {
      if (count === starts.length) throw new DataError(`has more than ${count} fields`, { file, row });
      let first = start,
        last = at;
      while (last > first && (bytes[last - 1] === carriageReturn || bytes[last - 1] === blank)) last--;
      while (first < last && bytes[first] === blank) first++;
      if (last - first >= 2 && bytes[first] === quote && bytes[last - 1] === quote) {
        first++;
        last--;
      }
      starts[count] = first;
      ends[count++] = last;
      start = at + 1;
      if (byte === newline) break;
    }
  }
  fields.count = count;
  return at + 1;
}

function isAllBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== blank) return false;
  return true;
}

/** Position of the quote that closes a field, passing over doubled ones; -1 where the line ends first. */
function closingQuote(bytes: Uint8Array, at: number): number {
  for (; at < bytes.length && bytes[at] !== newline; at++) {
    if (bytes[at] !== quote) continue;
    if (bytes[at + 1] === quote) at++;
    else return at;
  }
  return -1;
}
