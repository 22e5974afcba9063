/** Where two tables part: the first row and column whose bits differ. */
import { columnDefault, formatTime, newColumn, type ColumnArray, type Schema } from '@zanzibar/core';

export interface StageTable {
  readonly schema: Schema;
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly texts?: { readonly [column: string]: readonly string[] };
  readonly length: number;
}

export interface Difference {
  readonly stage: string;
  readonly row: number;
  /** Empty where one side has no such row. */
  readonly column: string;
  readonly expected: string;
  readonly actual: string;
  /** When the row was known, where that is known. */
  readonly time?: bigint;
}

/** The first difference in the first `rows` rows (of both, in full, if left out); NaN equals NaN and -0 equals 0, as in digests. */
export function firstDifference(stage: string, expected: StageTable, actual: StageTable, rows?: number): Difference | undefined {
  const length = rows ?? Math.max(expected.length, actual.length), common = Math.min(length, expected.length, actual.length);
  let row = common, column = '';
  for (const name of new Set([...Object.keys(expected.schema), ...Object.keys(actual.schema)])) {
    if (expected.columns[name] === undefined && actual.columns[name] === undefined) continue;
    const a = columnOf(expected, name), b = columnOf(actual, name);
    const isText = (expected.schema[name] ?? actual.schema[name]) === 'text', texts = expected.texts?.[name], others = actual.texts?.[name];
    for (let i = 0; i < row; i++) {
      const isSame = isText ? texts?.[Number(a[i])] === others?.[Number(b[i])] : a[i] === b[i] || (a[i] !== a[i] && b[i] !== b[i]);
      if (isSame) continue;
      row = i;
      column = name;
      break;
    }
  }
  if (column === '' && common === length) return undefined;
  const time = knownAt(expected, row) ?? knownAt(actual, row), at = time === undefined ? {} : { time };
  if (column !== '') return { stage, row, column, expected: shownValue(expected, column, row), actual: shownValue(actual, column, row), ...at };
  return { stage, row, column, expected: row < expected.length ? 'a row' : 'no row', actual: row < actual.length ? 'a row' : 'no row', ...at };
}

/** `fills, row 12 (2024-01-09T12:00:00Z), column "price": 1.1 became 1.2`. */
export function describeDifference({ stage, row, column, expected, actual, time }: Difference): string {
  return `${stage}${row < 0 ? '' : `, row ${row}`}${time === undefined ? '' : ` (${formatTime(time)})`}${column === '' ? '' : `, column "${column}"`}: ${expected} became ${actual}`;
}

function knownAt({ columns, length }: StageTable, row: number): bigint | undefined {
  const times = columns.decisionTime ?? columns.knownTime ?? columns.closeTime ?? columns.time;
  return times instanceof BigInt64Array && row < length ? times[row] : undefined;
}

/** A column, made of its default where it is absent. */
function columnOf({ schema, columns, length }: StageTable, name: string): ColumnArray {
  const type = schema[name];
  return columns[name] ?? (type === undefined ? new Float64Array(length).fill(NaN) : newColumn(type, length).fill(columnDefault(name, type) as never));
}

/** A value as people read it: times as times, texts as texts, codes by their numbers. */
export function shownValue(table: StageTable, column: string, row: number): string {
  const { schema, texts } = table, value = columnOf(table, column)[row];
  if (schema[column] === 'text') return texts?.[column]?.[Number(value)] || 'none';
  return typeof value === 'bigint' && /time$/i.test(column) && value !== 0n ? formatTime(value) : String(value);
}
