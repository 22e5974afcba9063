/** The rows of a run's stages in parts, and joined again. */
import { columnDefault, newColumn, type ColumnArray, type Schema } from '@zanzibar/core';
import type { StageTable } from '@zanzibar/backtest';

/** Rows of a stage from the absolute row `base` on. */
export interface StagePart {
  readonly schema: Schema;
  readonly base: number;
  readonly length: number;
  readonly columns: { readonly [column: string]: ColumnArray };
  readonly texts: { readonly [column: string]: readonly string[] };
}
export type StageParts = { readonly [stage: string]: StagePart };

/** Rows from the absolute row `first` on, copied. */
export function rowsFrom({ schema, base, length, columns, texts }: StagePart, first: number): StagePart {
  const from = Math.max(0, first - base);
  return {
    schema: { ...schema }, base: base + from, length: length - from, texts: Object.fromEntries(Object.entries(texts).map(([name, words]) => [name, [...words]])),
    columns: Object.fromEntries(Object.entries(columns).filter(([name]) => name in schema).map(([name, values]) => [name, values.slice(from, length)])),
  };
}

/** Consecutive parts as whole tables: each part holds the rows from its `base` on and takes the place of whatever was there. */
export function joinParts(parts: readonly StageParts[]): { readonly [stage: string]: StageTable } {
  if (parts.length === 0) return {};
  return Object.fromEntries(Object.keys(parts[0]).map(stage => [stage, join(parts.map(part => part[stage]))]));
}

function join(parts: readonly StagePart[]): StageTable {
  const { base: end, length: added } = parts[parts.length - 1], length = end + added, { schema } = parts.find(part => Object.keys(part.schema).length > 0) ?? parts[0];
  const columns: Record<string, ColumnArray> = {}, texts: Record<string, string[]> = {};
  for (const name in schema) {
    if (parts.every(part => part.columns[name] === undefined)) continue;
    const values = newColumn(schema[name], length).fill(columnDefault(name, schema[name]) as never) as Float64Array, words: string[] = [], codes = new Map<string, number>();
    for (const { base, length: rows, columns: { [name]: part }, texts: { [name]: own = [] } } of parts) {
      if (part === undefined) continue;
      values.set((part as Float64Array).subarray(0, rows), base);
      if (schema[name] !== 'text') continue;
      // Codes are given in order of first appearance, so each part may have others for the same words.
      for (let i = base; i < base + rows; i++) {
        if (values[i] < 0) continue;
        const word = own[values[i]];
        if (!codes.has(word)) codes.set(word, words.push(word) - 1);
        values[i] = codes.get(word)!;
      }
    }
    columns[name] = values;
    if (schema[name] === 'text') texts[name] = words;
  }
  return { schema, columns, texts, length };
}
