import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { structureBreaks } from './structure-breaks.ts';
import { swings } from './swings.ts';

engineLaws(test, structureBreaks, {
  options: random => ({ mode: (['close', 'wick'] as const)[random.integer(0, 1)], minimumBreak: random.integer(0, 8) / 64 }),
  tables: { swings: [swings, 'events', random => ({ left: random.integer(1, 4), right: random.integer(1, 4) })] },
});
