/** Buckets of equal volume, filled row by row, and the mean imbalance of the last of them. */
import type { Table } from '@zanzibar/core';

/** A bucket: known at the row that fills it. */
export const bucketSchema = { row: 'f64', knownTime: 'i64', buyVolume: 'f64', sellVolume: 'f64', vpin: 'f64', segment: 'i32' } as const;

export interface Buckets {
  /** Of the bucket that is filling. */
  filled: number;
  buy: number;
  sell: number;
  /** Imbalances of the last buckets. */
  imbalances: Float64Array;
  at: number;
  count: number;
  vpin: number;
}

export function newBuckets(buckets: number): { filled: number; buy: number; sell: number; imbalances: Float64Array; at: number; count: number; vpin: number } {
  return { filled: 0, buy: 0, sell: 0, imbalances: new Float64Array(buckets), at: 0, count: 0, vpin: NaN };
}

/** Puts a row's volume in, split at the edges of buckets in its own proportions. */
export function fillBuckets(table: Table<typeof bucketSchema>, state: Buckets, buy: number, sell: number, total: number, size: number, row: number): void {
  if (!(total > 0 && total < Infinity)) return;
  const boughtPart = buy / total, soldPart = sell / total, most = state.imbalances.length;
  let rest = total;
  // Of more whole buckets than are remembered the first leave no trace.
  const whole = Math.floor((rest - (size - state.filled)) / size);
  if (whole > most) rest -= (whole - most) * size;
  while (rest > 0) {
    const room = size - state.filled, part = rest < room ? rest : room;
    state.buy += part * boughtPart;
    state.sell += part * soldPart;
    rest -= part;
    if (part < room) state.filled += part;
    else close(table, state, size, row);
  }
}

function close(table: Table<typeof bucketSchema>, state: Buckets, size: number, row: number): void {
  const { imbalances } = state, most = imbalances.length;
  imbalances[state.at] = Math.abs(state.buy - state.sell);
  state.at = state.at + 1 === most ? 0 : state.at + 1;
  if (state.count < most) state.count++;
  let sum = 0;
  for (let k = 0; k < most; k++) sum += imbalances[state.at + k < most ? state.at + k : state.at + k - most];
  state.vpin = state.count < most ? NaN : sum / (most * size);
  const k = table.append();
  table.row[k] = row;
  table.buyVolume[k] = state.buy;
  table.sellVolume[k] = state.sell;
  table.vpin[k] = state.vpin;
  state.filled = state.buy = state.sell = 0;
}
