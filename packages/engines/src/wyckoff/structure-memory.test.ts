import { expect, test } from 'vitest';
import { meanVolume, newStructureMemory, remember, ringSize } from './structure-memory.ts';

test('the mean volume is that of the bars that are remembered, and none where all are forgotten (oracle: bars by hand)', () => {
  const memory = newStructureMemory();
  for (let bar = 0; bar < 200; bar++) remember(memory, 2, 1, 1.5, bar, bar);
  expect([meanVolume(memory, 196, 204), meanVolume(memory, 150, 154)]).toEqual([197.5, 152]);
  // 200 - 128 = 72 is the oldest.
  expect([meanVolume(memory, 70, 74), meanVolume(memory, 68, 71), meanVolume(memory, 10, 14)]).toEqual([73, NaN, NaN]);
  expect(ringSize).toBe(128);
});
