import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { rsi } from './rsi.ts';

engineLaws(test, rsi, { options: random => ({ period: random.integer(1, 20) }) });
