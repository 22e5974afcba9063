import { combine, eventKinds, randomStream } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { describe, expect, test } from 'vitest';
import { referenceEventStarts } from '../../test/reference/anchors.ts';
import { structureBreaks } from '../structure/structure-breaks.ts';
import { swings } from '../structure/swings.ts';
import { eventStarts } from './event-starts.ts';

engineLaws(test, eventStarts, {
  options: random => ({ direction: random.integer(-1, 1) }),
  tables: { anchors: [swings, 'events', random => ({ left: random.integer(1, 3), right: random.integer(1, 3) })] },
});

test('the example in the header holds', () => {
  const anchors = { kind: Int16Array.of(1, 1), direction: Int8Array.of(1, -1), knownRow: Float64Array.of(2, 5) };
  expect(eventKinds[1]).toBe('swing');
  const { it } = combine({ it: [eventStarts, 'rows', { direction: -1 }, { anchors: 'given' }] }, { given: { of: 'rows' } })({ rows: { close: new Float64Array(6) }, given: anchors } as never) as any;
  expect([...it.anchor]).toEqual([0, 0, 0, 0, 0, 1]);
});

describe('over breaks of structure of a random market', () => {
  const bars = randomMarket({ close: 'f64' }, randomStream(4, 'event starts'), 600, { ...roughTexture, isHoled: false, isCut: false }) as any;
  test.each([['breakOfStructure', 0], ['breakOfStructure', 1], ['changeOfCharacter', -1], ['swing', 0]] as const)('%s of direction %i start where they are known', (kind, direction) => {
    const { breaks: { events }, it } = combine({
      pivots: [swings, 'bars', { left: 2, right: 2 }], breaks: [structureBreaks, 'bars', {}, { swings: 'pivots.events' }], it: [eventStarts, 'bars', { kind, direction }, { anchors: 'breaks.events' }],
    })({ bars }) as any;
    const told = Array.from({ length: events.length }, (_, k) => ({ kind: eventKinds[events.kind[k]], direction: events.direction[k] as number, knownRow: events.knownRow[k] as number }));
    const expected = referenceEventStarts(600, told, kind, direction);
    expect([...it.anchor]).toEqual(expected);
    expect(expected.includes(1)).toBe(kind !== 'swing');
  });
});

test('a kind or direction that is none is refused by name', () => {
  expect(() => eventStarts.resolve({ kind: 'magic' as never })).toThrow('eventStarts: kind must be one of');
  expect(() => eventStarts.resolve({ direction: 0.5 })).toThrow(new RangeError('eventStarts: direction must be 1, -1 or 0, was 0.5'));
});
