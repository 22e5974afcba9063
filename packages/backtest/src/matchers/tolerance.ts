/** How far a value may lie from the golden one. Everything is exact unless a field is named. */
import type { ColumnArray } from '@zanzibar/core';
import type { ResultTable } from '../result/result-table.ts';

/** A number is an absolute tolerance; of two given ones either suffices. */
export type Tolerance = number | { readonly absolute?: number; readonly relative?: number };

/** By field: `fills.price`, `equity.equity`, `metrics.sharpeRatio`, `engines/atr.atr`. */
export type Tolerances = { readonly [field: string]: Tolerance };

export function isWithin(expected: number, actual: number, tolerance: Tolerance = 0): boolean {
  if (expected === actual || (expected !== expected && actual !== actual)) return true;
  const { absolute = 0, relative = 0 } = typeof tolerance === 'number' ? { absolute: tolerance } : tolerance, distance = Math.abs(actual - expected);
  return distance <= absolute || distance <= relative * Math.abs(expected);
}

/** Errors: RangeError that names the field whose tolerance is no number at or above 0. */
export function checkTolerances(tolerances: Tolerances): void {
  for (const [field, tolerance] of Object.entries(tolerances)) {
    for (const [name, value] of Object.entries(typeof tolerance === 'number' ? { absolute: tolerance } : tolerance)) {
      if (!(typeof value === 'number' && value >= 0)) throw new RangeError(`toMatchBacktest: ${name} tolerance of ${field} must be a number of at least 0, was ${value}`);
    }
    if (!field.includes('.')) throw new RangeError(`toMatchBacktest: a tolerance is of a field such as fills.price, was ${field}`);
  }
}

/** The stages of which some field has a tolerance: their rows must be kept to be compared. */
export function tolerantStages(tolerances: Tolerances): ReadonlySet<string> {
  return new Set(Object.keys(tolerances).map(field => field.slice(0, field.lastIndexOf('.'))));
}

/** The table with every value that is within its tolerance put to the expected one, so that what still differs differs too much. */
export function settled(stage: string, expected: ResultTable, actual: ResultTable, tolerances: Tolerances): ResultTable {
  const columns: Record<string, ColumnArray> = { ...actual.columns };
  for (const name in columns) {
    const tolerance = tolerances[`${stage}.${name}`], wanted = expected.columns[name], given = columns[name];
    if (tolerance === undefined || wanted === undefined || actual.schema[name] === 'text') continue;
    const values = given.slice(), length = Math.min(expected.length, actual.length);
    for (let row = 0; row < length; row++) if (isWithin(Number(wanted[row]), Number(given[row]), tolerance)) (values as Float64Array)[row] = wanted[row] as number;
    columns[name] = values;
  }
  return { ...actual, columns };
}
