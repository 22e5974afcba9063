/** Strings of Arrow as codes into a list. */
import type { Data, Vector } from 'apache-arrow';
import { DataError } from '../errors.ts';
import type { DataPlace } from '../errors.ts';
import { newColumn } from '../table.ts';
import type { ColumnArray, ColumnType } from '../table.ts';
import type { Arrow } from './apache-arrow.ts';

/** Codes of a text column, -1 for null, and the strings behind them. */
export interface ArrowTexts {
  readonly codes: Int32Array;
  readonly list: readonly string[];
}

/**
 * The codes of a column of strings.
 *
 * A dictionary of one batch without nulls and with 32-bit codes keeps them where they lie, with its own list in its own order; otherwise codes are
 * given in order of first appearance. Errors: DataError for a code outside of its dictionary.
 */
export function arrowTexts(arrow: Arrow, chunks: readonly Data[], length: number, place: DataPlace): ArrowTexts {
  return sharedCodes(arrow, chunks, place) ?? newCodes(arrow, chunks, length, place);
}

function sharedCodes(arrow: Arrow, chunks: readonly Data[], place: DataPlace): ArrowTexts | undefined {
  const [chunk] = chunks;
  if (chunks.length !== 1 || chunk.typeId !== arrow.Type.Dictionary || chunk.nullCount > 0) return undefined;
  const stored = chunk.values as unknown;
  if (!(stored instanceof Int32Array || stored instanceof Uint32Array)) return undefined;
  const list = stringsOf(chunk.dictionary!);
  if (new Set(list).size !== list.length || list.includes(null)) return undefined;
  const codes = new Int32Array(stored.buffer, stored.byteOffset, chunk.length);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || codes[i] >= list.length) throw new DataError(`code ${codes[i]} lies outside of its dictionary of ${list.length}`, { ...place, row: i });
  }
  return { codes, list: list as string[] };
}

function newCodes(arrow: Arrow, chunks: readonly Data[], length: number, place: DataPlace): ArrowTexts {
  const codes = new Int32Array(length),
    list: string[] = [],
    known = new Map<string, number>();
  const codeOf = (text: string | null): number => {
    if (text === null) return -1;
    let code = known.get(text);
    if (code === undefined) known.set(text, (code = list.push(text) - 1));
    return code;
  };
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.typeId === arrow.Type.Dictionary) {
      const dictionary = stringsOf(chunk.dictionary!),
        given = new Int32Array(dictionary.length).fill(-2);
      for (let i = 0; i < chunk.length; i++) {
        if (chunk.nullCount > 0 && !chunk.getValid(i)) {
          codes[at++] = -1;
          continue;
        }
        const stored = Number(chunk.values[i]);
        if (!(stored >= 0 && stored < dictionary.length))
          throw new DataError(`code ${stored} lies outside of its dictionary of ${dictionary.length}`, { ...place, row: at });
        if (given[stored] === -2) given[stored] = codeOf(dictionary[stored]);
        codes[at++] = given[stored];
      }
    } else {
      const vector = new arrow.Vector([chunk]) as Vector;
      // Runs of one string are the common case, and comparing it is cheaper than looking it up.
      let last: string | null = null,
        lastCode = -1;
      for (let i = 0; i < chunk.length; i++) {
        const text = vector.get(i) as string | null;
        if (text !== last) [last, lastCode] = [text, codeOf(text)];
        codes[at++] = lastCode;
      }
    }
  }
  return { codes, list };
}

function stringsOf(dictionary: Vector): (string | null)[] {
  return Array.from({ length: dictionary.length }, (_, i) => dictionary.get(i) as string | null);
}

export interface NumbersOfTexts {
  readonly type: ColumnType;
  /** The number of each text; without it texts are decimals of 64 bits. */
  readonly values: { readonly [text: string]: number } | undefined;
  readonly nullValue: number | bigint | undefined;
  readonly place: DataPlace;
}

/** Numbers that stand for texts, or that texts spell (order ids of 64 bits). Errors: DataError with the row. */
export function numbersOfTexts({ codes, list }: ArrowTexts, { type, values, nullValue, place }: NumbersOfTexts): ColumnArray {
  const column = newColumn(type, codes.length),
    isWide = column instanceof BigUint64Array || column instanceof BigInt64Array;
  const isFloat = type === 'f64' || type === 'f32';
  const numbers = list.map((text) => (values ? values[text] : /^\d{1,20}$/.test(text) && BigInt(text) < 1n << 64n ? BigInt(text) : undefined));
  for (let i = 0; i < codes.length; i++) {
    const number = codes[i] < 0 ? (nullValue ?? (isFloat ? NaN : undefined)) : numbers[codes[i]];
    if (number === undefined) {
      if (codes[i] < 0) throw new DataError('is null, and integers and times have no value that means null', { ...place, row: i });
      throw new DataError(values ? `"${list[codes[i]]}" is none of ${Object.keys(values).join(', ')}` : `"${list[codes[i]]}" is no number of 64 bits`, { ...place, row: i });
    }
    (column as Float64Array)[i] = (isWide ? BigInt(number) : number) as number;
  }
  return column;
}
