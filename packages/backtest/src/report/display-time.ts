/** Times for display: UTC milliseconds, and text of them. Records keep nanoseconds; nothing is decided on these. */
import { formatDay } from '@zanzibar/core';

/** UTC milliseconds of a column of nanoseconds, rounded. */
export function millisecondsOf(time: BigInt64Array): Float64Array {
  const halves = new Int32Array(time.buffer, time.byteOffset, time.length * 2), out = new Float64Array(time.length);
  for (let i = 0; i < time.length; i++) out[i] = Math.round((halves[2 * i + 1] * 4_294_967_296 + (halves[2 * i] >>> 0)) / 1e6);
  return out;
}

/** `2014-05-01 09:30:00` in UTC. */
export function timeText(milliseconds: number): string {
  const day = Math.floor(milliseconds / 86_400_000), seconds = Math.floor((milliseconds - day * 86_400_000) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${formatDay(day)} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A length of time in its two largest units: `1 d 4 h`, `3 m 20 s`. */
export function durationText(milliseconds: number): string {
  const units = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000]] as const;
  const first = units.findIndex(([, size]) => milliseconds >= size);
  if (first < 0) return `${Math.round(milliseconds)} ms`;
  const [name, size] = units[first], whole = Math.floor(milliseconds / size), next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((milliseconds - whole * size) / next[1]);
  return rest > 0 && next !== undefined ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}
