import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { sma } from './sma.ts';

engineLaws(test, sma, { options: random => ({ period: random.integer(1, 30) }) });
