/** Oracle: a walk over every row, in this file, on seeded walks that are long enough for three levels of blocks. */
import { randomStream, roundToGrid, againstOrder } from '@zanzibar/core';
import { expect, test } from 'vitest';
import { Market } from './market.ts';
import { Slot, stop } from './order.ts';
import { swingsOf } from './drawdowns.ts';
import { follow, inBasisPoints, inPrice, inTicks, tighten, Trail } from './trail.ts';
import { trailingPassage } from './trailing-passage.ts';

const tick = 0.01;

function walk(seed: number, length: number): { readonly bid: Float64Array; readonly ask: Float64Array; readonly time: BigInt64Array } {
  const random = randomStream(seed, 'walk'), bid = new Float64Array(length), ask = new Float64Array(length);
  // Now and then it drifts for long, so that wide blocks are passed over while E moves.
  let price = 10_000, drift = 0;
  for (let i = 0; i < length; i++) {
    if (random.uniform() < 0.0005) drift = random.integer(-1, 1);
    price += random.integer(-1, 1) + (random.uniform() < 0.2 ? drift : 0);
    if (price < 100) price = 100;
    const spread = random.uniform() < 0.02 ? -random.integer(1, 200) : random.integer(0, 2);
    bid[i] = random.uniform() < 0.01 ? NaN : price / 100;
    ask[i] = (price + spread) / 100;
  }
  return { bid, ask, time: BigInt64Array.from({ length }, (_, row) => BigInt(row)) };
}

function marketOf(seed: number, length: number, base: number): Market {
  const market = new Market(0, { id: 'X', tick, quantityStep: 1, minimumQuantity: 1, multiplier: 1, market: 'quotes', sessionEnd: () => 1n << 60n }, {});
  market.load({ base, length, ...walk(seed, length) });
  return market;
}

function trailing(seed: number, market: Market, base: number): Slot {
  const random = randomStream(seed, 'order'), slot = new Slot(), trail = (slot.trail = new Trail()), unit = [inPrice, inTicks, inBasisPoints][random.integer(0, 2)];
  const far = [3, 20, 150, 1500][random.integer(0, 3)], near = market.sell[0] === market.sell[0] ? market.sell[0] : market.buy[0];
  slot.side = slot.turn = random.uniform() < 0.5 ? 1 : -1;
  slot.kind = stop;
  slot.eligible = trail.row = base + random.integer(0, 300);
  trail.unit = unit;
  trail.distance = unit === inPrice ? far * tick * 0.97 : unit === inTicks ? far : far * 0.9;
  if (random.uniform() < 0.5) trail.given = roundToGrid(market.prices, near + slot.side * far * tick * 1.5, againstOrder(slot.side));
  if (random.uniform() < 0.3) trail.activation = roundToGrid(market.prices, near - slot.side * far * tick * 0.5, againstOrder(slot.side));
  tighten(market, slot, trail);
  return slot;
}

/** Row by row, as the sentences O5 to O7 have it: the row that fires, and E and the stop price before that row. */
function walked(market: Market, slot: Slot): { row: number; extreme: number; stop: number } {
  const { side } = slot, { unit, distance, given, activation, row: from } = slot.trail!, prices = side > 0 ? market.buy : market.sell;
  let extreme = NaN, level = given;
  for (let at = from - market.base; at < market.length; at++) {
    if (!(market.buy[at] >= market.sell[at])) continue;
    const price = prices[at];
    if (side > 0 ? price >= level : price <= level) return { row: market.base + at, extreme, stop: level };
    if (Number.isNaN(extreme) ? Number.isNaN(activation) || (side > 0 ? price <= activation : price >= activation) : side > 0 ? price < extreme : price > extreme) {
      extreme = price;
      const away = unit === inPrice ? distance : unit === inTicks ? distance * tick : Math.abs(extreme) * distance / 10_000, next = roundToGrid(market.prices, extreme + side * away, againstOrder(side));
      level = Number.isNaN(given) ? next : side > 0 ? Math.min(given, next) : Math.max(given, next);
    }
  }
  return { row: Infinity, extreme, stop: level };
}

test('the search finds the row that a walk finds, and following up to it gives the same best price and stop price', () => {
  let fired = 0, isFar = 0;
  for (let seed = 0; seed < 400; seed++) {
    const base = seed % 3 === 0 ? 0 : 1000, market = marketOf(seed % 20, [60, 500, 9000, 40_000][seed % 4], base), slot = trailing(seed, market, base), expected = walked(market, slot);
    const row = trailingPassage(market, slot);
    expect({ seed, row }).toEqual({ seed, row: expected.row });
    if (row < Infinity) fired++;
    if (row - slot.eligible > 5000) isFar++;
    const end = Math.min(row, base + market.length);
    // In two steps: what is followed on the way changes nothing.
    follow(market, slot, Math.floor((slot.eligible + end) / 2));
    expect(trailingPassage(market, slot)).toBe(expected.row);
    follow(market, slot, end);
    expect({ seed, extreme: slot.trail!.extreme, stop: slot.stop }).toEqual({ seed, extreme: expected.extreme, stop: expected.stop });
  }
  expect(fired).toBeGreaterThan(150);
  expect(isFar).toBeGreaterThan(20);
});

test('the drawdown form holds the largest fall and rise of every block on every level, of rows that exist', () => {
  const market = marketOf(3, 20_000, 0), index = market.index!.sell!, { falls, rises } = swingsOf(index);
  expect(falls.map(({ length }) => length)).toEqual(index.levels.map(({ min }) => min.length));
  falls.forEach((fall, level) => {
    const width = [64, 4096, 262_144][level];
    for (const block of [0, 1, fall.length >> 1, fall.length - 1]) {
      let high = -Infinity, low = Infinity, down = 0, up = 0;
      for (let row = block * width; row < Math.min(market.length, (block + 1) * width); row++) {
        if (!(market.buy[row] >= market.sell[row])) continue;
        high = Math.max(high, market.sell[row]);
        low = Math.min(low, market.sell[row]);
        down = Math.max(down, high - market.sell[row]);
        up = Math.max(up, market.sell[row] - low);
      }
      expect([fall[block], rises[level][block]]).toEqual([down, up]);
    }
  });
  expect(swingsOf(index)).toBe(index.swings);
});
