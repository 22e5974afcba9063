/** Files have no code for "no text": it is stored as the empty one. */
import { DataError } from '@zanzibar/core';
import type { ResultTable } from './result-table.ts';

/** Codes that all have a string, and the strings; a DataError names the row of a code that had none. */
export function textsWithoutNone(stage: string, name: string, codes: Int32Array, { length, texts: all }: Pick<ResultTable, 'length' | 'texts'>): [Int32Array, readonly string[]] {
  const texts = all[name] ?? [];
  const known = codes.slice(0, length).map((code, row) => {
    if (code >= texts.length) throw new DataError(`text code ${code} of table "${stage}" has no string`, { row, column: name });
    return code < 0 ? texts.length : code;
  });
  return [known, [...texts, '']];
}
