/** Swings as a table, for engines that read one. */
import { eventCode } from '@zanzibar/core';

export type Swing = readonly [direction: number, originRow: number, knownRow: number, level: number];
export interface SwingTable {
  readonly id: Float64Array;
  readonly kind: Int16Array;
  readonly direction: Int8Array;
  readonly originRow: Float64Array;
  readonly knownRow: Float64Array;
  readonly level0: Float64Array;
}

export function swingTable(swings: readonly Swing[]): SwingTable {
  return {
    id: Float64Array.from(swings, (_, k) => k), kind: Int16Array.from(swings, () => eventCode.swing), direction: Int8Array.from(swings, ([direction]) => direction),
    originRow: Float64Array.from(swings, ([, originRow]) => originRow), knownRow: Float64Array.from(swings, ([, , knownRow]) => knownRow), level0: Float64Array.from(swings, ([, , , level]) => level),
  };
}
