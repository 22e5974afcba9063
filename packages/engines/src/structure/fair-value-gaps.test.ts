import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { fairValueGaps } from './fair-value-gaps.ts';

engineLaws(test, fairValueGaps, { options: random => ({ minimumSize: random.integer(0, 8) / 64, cap: random.integer(1, 5) }) });
