import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { swings } from './swings.ts';

engineLaws(test, swings, { options: random => ({ left: random.integer(1, 6), right: random.integer(1, 6) }) });
