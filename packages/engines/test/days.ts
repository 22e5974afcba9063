/** Close times of bars for engines that read nothing else. */
import type { RandomStream } from '@zanzibar/core';

const hour = 3_600_000_000_000n;

/** Bars of `hours` each, the first of which closes at `from`. */
export function barsFrom(from: bigint, count: number, hours: number): { closeTime: BigInt64Array } {
  return { closeTime: BigInt64Array.from({ length: count }, (_, i) => from + BigInt(i * hours) * hour) };
}

/** Some hours to some days apart, with cuts now and then; an hour where the rows are so many that a million more of them would pass the end of int64 time. */
export function randomDays(from: bigint, random: RandomStream, rows: number, mostHours: number): { closeTime: BigInt64Array; segment: Int32Array } {
  const closeTime = new BigInt64Array(rows), segment = new Int32Array(rows);
  let time = from;
  for (let i = 0; i < rows; i++) {
    closeTime[i] = time += BigInt(random.integer(1, rows > 1000 ? 1 : mostHours)) * hour;
    segment[i] = i === 0 ? 0 : segment[i - 1] + (random.uniform() < 1 / 70 ? 1 : 0);
  }
  return { closeTime, segment };
}
