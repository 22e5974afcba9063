import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { atr } from './atr.ts';

engineLaws(test, atr, { options: random => ({ period: random.integer(1, 20) }) });
