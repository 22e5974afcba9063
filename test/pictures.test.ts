// Oracle: the runs themselves; the committed pictures have to be what they draw.
import { expect, test } from 'vitest';
import { staleDocuments } from '../scripts/generated.ts';
import { makePictures, picturesFolder } from '../scripts/pictures.ts';

const pictures = await makePictures();

test('the pictures are what the main job draws, byte by byte (`npm run docs:pictures` draws them anew)', () => {
  expect(staleDocuments(pictures, picturesFolder)).toEqual([]);
  expect(staleDocuments(new Map([...pictures].map(([file, svg]) => [file, svg.replace('<svg', '<svg ')])), picturesFolder)).toEqual([...pictures.keys()].sort());
});

test('they show what they promise and load nothing: no script, no address', () => {
  const candles = pictures.get(`${picturesFolder}/candles.svg`)!, equity = pictures.get(`${picturesFolder}/equity.svg`)!;
  expect(candles.match(/class="candle"/g)).toHaveLength(120);
  expect(candles.match(/class="zone"/g)!.length).toBeGreaterThan(5);
  expect(candles.match(/class="fill"/g)!.length).toBeGreaterThan(1);
  for (const svg of [candles, equity]) expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/<script|https?:|NaN|undefined/);
});
