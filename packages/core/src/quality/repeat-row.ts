/** Is a row the one before it again? */
import type { RawTicks } from './raw-ticks.ts';

/** Values of the row before the block. */
export interface RowBefore {
  readonly values: Float64Array;
  readonly times: BigInt64Array;
  readonly ids: BigUint64Array;
}

/** The columns of doubles that are compared; the side comes after them in the values of the row before. */
export const compared = ['sequence', 'bid', 'ask', 'bidSize', 'askSize', 'price', 'size'] as const;

/** Remembers position i as the row before the next block. */
export function rememberRow(state: RowBefore, ticks: RawTicks, i: number): void {
  const { values } = state,
    { sequence, bid, ask, bidSize, askSize, price, size } = ticks;
  // By name, in the order of `compared`: a live run does this at every row.
  if (sequence !== undefined) values[0] = sequence[i];
  if (bid !== undefined) values[1] = bid[i];
  if (ask !== undefined) values[2] = ask[i];
  if (bidSize !== undefined) values[3] = bidSize[i];
  if (askSize !== undefined) values[4] = askSize[i];
  if (price !== undefined) values[5] = price[i];
  if (size !== undefined) values[6] = size[i];
  if (ticks.side !== undefined) values[compared.length] = ticks.side[i];
  if (ticks.eventTime !== undefined) state.times[0] = ticks.eventTime[i];
  if (ticks.id !== undefined) state.ids[0] = ticks.id[i];
}

/** Is position i the one before it again? */
export function isRepeat(ticks: RawTicks, i: number): boolean {
  for (const name of compared) {
    const column = ticks[name];
    if (column !== undefined && column[i] !== column[i - 1] && (column[i] === column[i] || column[i - 1] === column[i - 1])) return false;
  }
  const { side, eventTime, id } = ticks;
  return (
    (side === undefined || side[i] === side[i - 1]) &&
    (eventTime === undefined || eventTime[i] === eventTime[i - 1]) &&
    (id === undefined || id[i] === id[i - 1])
  );
}

/** The same for the first position of a block. */
export function isRepeatOfLastBlock({ values, times, ids }: RowBefore, ticks: RawTicks, i: number): boolean {
  for (let k = 0; k < compared.length; k++) {
    const column = ticks[compared[k]];
    if (column !== undefined && column[i] !== values[k] && (column[i] === column[i] || values[k] === values[k])) return false;
  }
  const { side, eventTime, id } = ticks;
  return (
    (side === undefined || side[i] === values[compared.length]) &&
    (eventTime === undefined || eventTime[i] === times[0]) &&
    (id === undefined || id[i] === ids[0])
  );
}
