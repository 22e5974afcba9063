/** Digests of a result, made when first asked for and then kept. */
import { createHash } from 'node:crypto';
import { combineDigests, tableDigest } from '@zanzibar/core';
import type { CreateHasher } from '@zanzibar/core';
import type { ResultTable } from './result-table.ts';

/** SHA-256 of the running Node, faster than core's. */
export const nodeHasher: CreateHasher = () => createHash('sha256');

export interface Digests {
  /** Names of the stages in the order in which they follow from each other. */
  readonly stages: readonly string[];
  /** The digest of a stage, 64 hexadecimal digits. */
  stage(name: string): string;
  /** Digest of orders and fills together, without tags (client ids are derived and in no table). */
  orderHash(): string;
  /** All of them; makes what was not asked for yet. */
  all(): { readonly [stage: string]: string };
}

/** A stage: its table, or what gives the digest of one that the result does not hold. */
export type StageSource = ResultTable | (() => string);

/** The digest of a table as it stands in results: strings by value, columns that are default throughout left out. */
export function resultTableDigest({ schema, columns, length, texts }: ResultTable, exclude: readonly string[] = []): string {
  return tableDigest(schema, columns, { length, texts, exclude, createHasher: nodeHasher });
}

export function lazyDigests(sources: { readonly [stage: string]: StageSource }): Digests {
  const known: Record<string, string> = {}, stages = Object.keys(sources);
  let hash = '';
  const stage = (name: string): string => {
    const source = sources[name];
    if (source === undefined) throw new RangeError(`result: no stage "${name}", known are ${stages.join(', ')}`);
    return (known[name] ??= typeof source === 'function' ? source() : resultTableDigest(source));
  };
  return {
    stages,
    stage,
    orderHash() {
      if (hash === '') hash = orderHash(sources.orders as ResultTable, sources.fills as ResultTable);
      return hash;
    },
    all: () => Object.fromEntries(stages.map(name => [name, stage(name)])),
  };
}

/** Two runs with one order hash sent the same orders and got the same fills, to the last bit. */
export function orderHash(orders: ResultTable, fills: ResultTable): string {
  return combineDigests({ orders: resultTableDigest(orders, ['tag']), fills: resultTableDigest(fills) }, nodeHasher);
}
