import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { tradesWithin } from '../../test/beside.ts';
import { cellsByHand, exhaustionsByHand } from '../../test/reference/footprint-events.ts';
import { exhaustion, type ExhaustionOptions } from './exhaustion.ts';
import { footprint } from './footprint.ts';

engineLaws(test, exhaustion, {
  options: random => ({ tick: 1 / 64, rows: 2, share: random.integer(2, 10) / 10, confirm: random.uniform() < 0.5 ? ('flip' as const) : ('close' as const) }),
  tables: { cells: [footprint, 'cells', () => ({ tick: 1 / 64 })] },
  sources: { trades: tradesWithin },
});

function found(options: Partial<ExhaustionOptions>, segment?: Int32Array): number[][] {
  const cells = cellsByHand.flatMap((bar, row) => bar.map(([price, bought, sold]) => [row, price, bought + sold, bought, sold])), column = (k: number): Float64Array => Float64Array.from(cells, cell => cell[k]);
  const { events } = exhaustion({ closeTime: BigInt64Array.from(cellsByHand, (_, row) => BigInt(row)), segment }, { tick: 1, ...options }, {
    cells: { knownRow: column(0), price: column(1), volume: column(2), buyVolume: column(3), sellVolume: column(4) },
  });
  return Array.from({ length: events.length }, (_, k) => [events.direction[k], events.originRow[k], events.knownRow[k], events.level0[k], events.value[k]]);
}

test('bars by hand: known by the flip of the next bar, or at the close', () => {
  expect(found({})).toEqual(exhaustionsByHand.flip);
  expect(found({ confirm: 'close' })).toEqual(exhaustionsByHand.close);
});

test('a bar behind a cut confirms nothing', () => expect(found({}, Int32Array.of(0, 0, 1, 1, 1, 1))).toEqual(exhaustionsByHand.flip.slice(1)));

test('options out of range are refused by name', () => {
  expect(() => found({ tick: NaN })).toThrow(new RangeError('exhaustion: tick must be given and be a positive number, was NaN'));
  expect(() => found({ rows: 1 })).toThrow(new RangeError('exhaustion: rows must be at least 2, was 1'));
  expect(() => found({ share: 2 })).toThrow(new RangeError('exhaustion: share must be from 0 to 1, was 2'));
  expect(() => found({ confirm: 'never' as never })).toThrow(new RangeError('exhaustion: confirm must be one of flip, close, was never'));
});
