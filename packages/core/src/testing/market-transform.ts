/** The market turned over (p becomes m - p) or in another price unit (p becomes p * k): what happens to inputs, options and outputs. */
import type { SourceColumns } from '../engine/pipeline.ts';
import type { Unit } from '../engine/engine.ts';
import { columnNames } from './arrivals.ts';

export type Transform = { readonly mirror: number } | { readonly scale: number };

const swapped: readonly (readonly [string, string])[] = [['high', 'low'], ['bid', 'ask'], ['bidSize', 'askSize'], ['buyVolume', 'sellVolume']];
const prices: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'price', 'bid', 'ask', 'last']);

/** What an input column is measured in: by its name, else as the registration says. */
export function unitOfInput(column: string, units: { readonly [column: string]: Unit } = {}): Unit {
  return units[column] ?? (prices.has(column) ? 'price' : column === 'side' ? 'direction' : 'count');
}

/** A value in the transformed market. */
export function transformed(value: number, unit: Unit, transform: Transform): number {
  if ('scale' in transform) return unit === 'price' || unit === 'range' || unit === 'change' ? value * transform.scale : value;
  if (unit === 'price') return transform.mirror - value;
  if (unit === 'oscillator') return 100 - value;
  return unit === 'change' || unit === 'signed' || unit === 'direction' ? 0 - value : value;
}

/** The name under which a column's mirror image stands. */
export function partnerOf(column: string, pairs: readonly (readonly [string, string])[] = swapped): string {
  for (const [a, b] of pairs) {
    if (column === a) return b;
    if (column === b) return a;
  }
  return column;
}

export function transformColumns(columns: SourceColumns, transform: Transform, units?: { readonly [column: string]: Unit }): SourceColumns {
  const result: Record<string, SourceColumns[string]> = {};
  for (const name of columnNames(columns)) {
    const partner = 'mirror' in transform ? partnerOf(name) : name, values = columns[columns[partner] ? partner : name], unit = unitOfInput(name, units);
    const isNumber = values instanceof Float64Array || values instanceof Float32Array || values instanceof Int8Array;
    result[name] = isNumber && unit !== 'count' && unit !== 'volume' ? values.map((value: number) => transformed(value, unit, transform)) : values.slice();
  }
  return result;
}

/** Options that are measured in price units go along with the price unit. */
export function transformOptions(options: object, transform: Transform, units: { readonly [option: string]: Unit | undefined } = {}): object {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, units[name] && typeof value === 'number' ? transformed(value, units[name]!, transform) : value]));
}
