/** Oracle: a plain list of what waits, looked through from end to end. */
import { randomStream } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { closestRung, insertRung, nearestRung, newLadder, removeRung, sortByAge, takeRungs } from './ladder.ts';

test('a ladder gives the nearest price, what a price reaches and what is closest as a look through a list does', () => {
  const cap = 12, random = randomStream(3, 'ladder'), ladder = newLadder(cap), hits = new Int32Array(cap), waiting: { side: number; price: number; slot: number }[] = [];
  let taken = 0, ties = 0;
  for (let step = 0; step < 20_000; step++) {
    const side = random.integer(0, 1), price = random.integer(-6, 6), slot = random.integer(0, cap - 1), oldest = random.integer(0, cap - 1), isStrict = random.uniform() < 0.5;
    const age = (of: number): number => (of - oldest + cap) % cap, at = waiting.findIndex(entry => entry.slot === slot), draw = random.uniform();
    if (draw < 0.5 && at < 0) {
      insertRung(ladder, side, price, slot);
      waiting.push({ side, price, slot });
    } else if (draw < 0.6) {
      removeRung(ladder, at < 0 ? side : waiting[at].side, slot);
      if (at >= 0) waiting.splice(at, 1);
    } else if (draw < 0.7) {
      const reached = waiting.filter(entry => entry.side === side && (isStrict ? price < entry.price : price <= entry.price));
      const count = takeRungs(ladder, side, price, isStrict, hits, 0);
      sortByAge(hits, count, oldest);
      expect([...hits.subarray(0, count)]).toEqual(reached.map(entry => entry.slot).sort((a, b) => age(a) - age(b)));
      for (const entry of reached) waiting.splice(waiting.indexOf(entry), 1);
      taken += count;
    } else {
      const reach = random.integer(0, 4), near = waiting.filter(entry => entry.side === side && Math.abs(entry.price - price) <= reach);
      near.sort((a, b) => Math.abs(a.price - price) - Math.abs(b.price - price) || age(a.slot) - age(b.slot));
      expect(closestRung(ladder, side, price, reach, oldest)).toBe(near[0]?.slot ?? -1);
      if (near.length > 1 && Math.abs(near[0].price - price) === Math.abs(near[1].price - price)) ties++;
    }
    for (const each of [0, 1]) expect(nearestRung(ladder, each)).toBe(Math.max(-Infinity, ...waiting.filter(entry => entry.side === each).map(entry => entry.price)));
  }
  expect(taken).toBeGreaterThan(1000);
  expect(ties).toBeGreaterThan(100);
});

test('what waits for NaN is never reached, and what waits no more may be taken away again', () => {
  const ladder = newLadder(2), hits = new Int32Array(2);
  insertRung(ladder, 0, NaN, 0);
  expect(nearestRung(ladder, 0)).toBe(-Infinity);
  expect(takeRungs(ladder, 0, -1e9, false, hits, 0)).toBe(0);
  removeRung(ladder, 0, 0);
  insertRung(ladder, 0, 5, 1);
  expect(closestRung(ladder, 0, 5, NaN, 0)).toBe(-1);
  expect(nearestRung(ladder, 0)).toBe(5);
});
