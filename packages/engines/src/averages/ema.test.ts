import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { ema } from './ema.ts';

engineLaws(test, ema, { options: random => ({ period: random.integer(1, 30) }) });
