/** Oracle: the clock on the wall. */
import { describe, expect, test } from 'vitest';
import { clockOf, PacedClock, UnpacedClock } from './live-clock.ts';

const never = new AbortController().signal;

describe('a paced clock', () => {
  test('runs as many times as fast as the one it reads', () => {
    let milliseconds = 500;
    const clock = new PacedClock(10, 1_000_000_000n, () => milliseconds);
    expect(clock.now()).toBe(1_000_000_000n);
    milliseconds += 250;
    expect(clock.now()).toBe(3_500_000_000n);
  });

  test('waits until a time has come, within a tenth, and not longer than the signal lets it', async () => {
    const clock = new PacedClock(100, 0n), begun = performance.now();
    await clock.wait(100_000_000_000n, never);
    const waited = performance.now() - begun;
    expect(waited).toBeGreaterThanOrEqual(999);
    expect(waited).toBeLessThan(1100);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await clock.wait(1n << 62n, controller.signal);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  test('of a pace that is none is refused', () => {
    for (const pace of ['0x', 'fast', '10', '-1x', 'x']) expect(() => clockOf(pace, 0n)).toThrow(`pace must be 1x, 10x, 0.5x or the like, or max, was ${pace}`);
    expect(() => new PacedClock(NaN, 0n)).toThrow('clock: pace must be a positive number, was NaN');
    expect(clockOf('0.5x', 0n)).toMatchObject({ pace: 0.5 });
  });
});

test('an unpaced clock is past every time', async () => {
  const clock = new UnpacedClock();
  expect(clock.now() > 4_000_000_000_000_000_000n).toBe(true);
  await clock.wait();
});
