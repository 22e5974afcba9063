// Oracle: sums by price in a Map.
import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { addTradeRows, clearLevels, noLevels } from './price-levels.ts';
import { clearTradeRows, noTradeRows, takeTrades } from './price-rows.ts';

test('bars narrow, wide, with strays and with nothing but strays have the rows of a plain sum, one bar after another in the same memory', () => {
  const random = randomStream(12, 'price rows'), rows = noTradeRows(), levels = noLevels();
  for (let bar = 0; bar < 300; bar++) {
    const reach = [3, 40, 700, 3000, 50_000, 1e12][random.integer(0, 5)], middle = random.integer(-20_000, 20_000), count = random.integer(0, 400), plain = new Map<number, number[]>();
    const price = new Float64Array(count), size = new Float64Array(count), side = new Int8Array(count);
    let delta = 0, lowest = 0, highest = 0;
    for (let k = 0; k < count; k++) {
      const isStray = random.uniform() < 0.01, ticks = isStray ? random.integer(-1e9, 1e9) : middle + Math.round((reach / 3) * random.normal());
      price[k] = ticks / 4;
      size[k] = random.integer(1, 9);
      side[k] = random.integer(-1, 1);
      const row = Math.floor(ticks / 2), sums = plain.get(row) ?? [0, 0, 0];
      sums[side[k] + 1] += size[k];
      plain.set(row, sums);
      delta += side[k] * size[k];
      lowest = Math.min(lowest, delta);
      highest = Math.max(highest, delta);
    }
    clearTradeRows(rows);
    clearLevels(levels);
    takeTrades(rows, price, size, side, 0, count, 1, 4, 2);
    addTradeRows(levels, rows);
    const expected = [...plain].sort((a, b) => a[0] - b[0]).map(([row, [sold, unknown, bought]]) => [row, sold + unknown + bought, bought, sold]);
    expect(Array.from({ length: levels.count }, (_, k) => [levels.row[k], levels.volume[k], levels.buyVolume[k], levels.sellVolume[k]])).toEqual(expected);
    expect([rows.delta, rows.lowest, rows.highest, levels.total]).toEqual([delta, lowest, highest, size.reduce((sum, value) => sum + value, 0)]);
  }
  // The window does not grow with strays.
  expect(rows.near.length).toBeLessThanOrEqual(4 * 4096);
});
