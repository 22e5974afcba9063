/** Places of words in a drawing. Oracle: every pair of boxes compared, and every place that a word could have had tried again. */
import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { placeTexts, type WantedText } from './place-texts.ts';

const bounds = { left: 10, right: 400, top: 20, bottom: 160 };
/** The box of words, as wide as letters of a usual sans serif are on the average. */
const boxOf = ({ words, size, isMiddle, x }: WantedText, y: number): { left: number; right: number; top: number; bottom: number } => {
  const wide = words.length * size * 0.62 + 2, left = Math.max(bounds.left, Math.min(isMiddle ? x - wide / 2 : x, bounds.right - wide));
  return { left, right: left + wide, top: y - size, bottom: y + 2 };
};
type Box = ReturnType<typeof boxOf>;
const cover = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test.each(Array.from({ length: 20 }, (_, seed) => seed))('words cover no words and no obstacle, lie within the bounds, and none is left out that has a place, drawing %i', seed => {
  const random = randomStream(seed, 'words'), wanted = Array.from({ length: 90 }, (_, k): WantedText => ({
    rank: random.integer(0, 4), words: ['BOS', 'CHoCH', 'FVG', 'mitigation'][random.integer(0, 3)], x: random.integer(0, 410), y: random.integer(15, 165), fill: String(k), size: random.integer(9, 11), way: random.uniform() < 0.5 ? -1 : 1, isMiddle: random.uniform() < 0.5,
  }));
  const obstacle = { left: 100, right: 180, top: 60, bottom: 120 }, placed = placeTexts(wanted, bounds, [obstacle]), boxes = placed.map(({ text, y }) => boxOf(text, y));
  for (const [k, box] of boxes.entries()) {
    expect(cover(box, obstacle) || boxes.some((other, i) => i > k && cover(box, other))).toBe(false);
    expect([box.left >= bounds.left, box.right <= bounds.right, box.top >= bounds.top, box.bottom <= bounds.bottom, placed[k].x === box.left + 1]).toEqual([true, true, true, true, true]);
  }
  expect(placed.length).toBeGreaterThan(20);
  expect(placed.length).toBeLessThan(wanted.length);
  for (const text of wanted) {
    if (placed.some(each => each.text === text)) continue;
    // Only more important words, or those before it of the same rank, can have taken its place.
    const others = placed.filter(each => each.text.rank < text.rank || (each.text.rank === text.rank && wanted.indexOf(each.text) < wanted.indexOf(text)));
    const line = text.size + 2.5, steps = text.rank < 2 ? [0, 1, -1, 2, 3, -2, 4, -3, 5] : text.rank === 2 ? [0, 1] : [0];
    for (const step of steps) {
      const box = boxOf(text, text.y + text.way * step * line);
      expect(box.top < bounds.top || box.bottom > bounds.bottom || cover(box, obstacle) || others.some(each => cover(boxOf(each.text, each.y), box))).toBe(true);
    }
  }
});

test('its text runs by itself, as the page runs it', () => {
  const text = placeTexts.toString();
  // A name that a compiler put in would be missing in the page.
  expect(text).not.toMatch(/__|import/);
});
