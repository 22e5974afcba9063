/** Timing of one run after another in one process. */
import { existsSync, readFileSync } from 'node:fs';

export interface Timing {
  /** Milliseconds. */
  readonly median: number;
  readonly best: number;
  /**
   * Median of the time for which this thread had a processor, NaN where the system does not tell: what a busy machine spoils less. Counted in ticks of
   * 4 ms, so it says nothing of runs of a few milliseconds.
   */
  readonly cpu: number;
  readonly runs: number;
}

const schedule = `/proc/self/task/${process.pid}/schedstat`, hasSchedule: boolean = existsSync(schedule);

function cpuTime(): number {
  return hasSchedule ? Number(readFileSync(schedule, 'utf8').split(' ', 1)[0]) / 1e6 : NaN;
}

/**
 * Times `run`: first untimed until both three runs and a second and a half have passed (one run where it takes longer than ten seconds); then seven times,
 * three times where a run takes longer than ten seconds. Memory is not collected in between: a forced collection throws away machine code that holds on
 * to objects of the run before, and costs the next run up to twice its time.
 */
export function measure(run: () => unknown, before: () => void = () => {}): Timing {
  const start = performance.now();
  let warm = 0, last = 0;
  while (last < 10_000 && (warm < 3 || performance.now() - start < 1500)) {
    before();
    const begun = performance.now();
    run();
    last = performance.now() - begun;
    warm++;
  }
  const times: number[] = [], cpu: number[] = [], count = last > 10_000 ? 3 : 7;
  for (let k = 0; k < count; k++) {
    before();
    const cpuBegun = cpuTime(), begun = performance.now();
    run();
    times.push(performance.now() - begun);
    cpu.push(cpuTime() - cpuBegun);
  }
  return summarise(times, cpu);
}

/** Times runs that wait for something. */
export async function measureAsync(run: () => Promise<unknown>): Promise<Timing> {
  for (let k = 0; k < 3; k++) await run();
  const times: number[] = [], cpu: number[] = [];
  for (let k = 0; k < 7; k++) {
    const cpuBegun = cpuTime(), begun = performance.now();
    await run();
    times.push(performance.now() - begun);
    cpu.push(cpuTime() - cpuBegun);
  }
  return summarise(times, cpu);
}

function summarise(times: readonly number[], cpu: readonly number[]): Timing {
  return { median: median(times), best: Math.min(...times), cpu: median(cpu), runs: times.length };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The most memory that this process has had, MB. */
export function peakRssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** Three significant digits are what a shared machine gives. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Equal to a relative difference of `tolerance`. */
export function isClose(a: number, b: number, tolerance: number = 1e-9): boolean {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
