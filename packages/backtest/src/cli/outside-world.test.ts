/** The trap for clocks and unseeded randomness. Oracle: what this test calls. */
import { afterEach, expect, test } from 'vitest';
import { trapOutsideWorld, type OutsideTrap } from './outside-world.ts';

let trap: OutsideTrap | undefined;
afterEach(() => trap?.disarm());

test('while armed each clock and each source of randomness is noted with file and line, and still answers', () => {
  trap = trapOutsideWorld();
  trap.arm();
  // biome-ignore lint/complexity/useDateNow: this very form is under test
  const values = [Date.now(), new Date().getTime(), Date().length, Math.random(), performance.now(), Number(process.hrtime.bigint()), crypto.randomUUID().length, crypto.getRandomValues(new Uint8Array(4)).length];
  trap.disarm();
  expect(values.every(Number.isFinite)).toBe(true);
  expect(trap.uses().map(({ what }) => what)).toEqual(['Date.now', 'new Date()', 'Date()', 'Math.random', 'performance.now', 'process.hrtime.bigint', 'crypto.randomUUID', 'crypto.getRandomValues']);
  for (const { place } of trap.uses()) expect(place).toMatch(/outside-world\.test\.ts:\d+$/);
});

test('a stated time is no clock; one place counts once; disarmed nothing is noted and everything is as it was', () => {
  const { now } = Date, { random } = Math, before = Date;
  trap = trapOutsideWorld();
  trap.arm();
  for (let k = 0; k < 3; k++) Math.random();
  expect(new Date(0).getTime()).toBe(0);
  expect(new Date(0) instanceof Date).toBe(true);
  trap.disarm();
  Math.random();
  expect(trap.uses()).toHaveLength(1);
  expect([Date.now, Math.random, Date]).toEqual([now, random, before]);
});
