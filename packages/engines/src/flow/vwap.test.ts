import { expect, test } from 'vitest';
import { engineLaws } from '@zanzibar/core/testing';
import { tradeVwap, vwap } from './vwap.ts';

engineLaws(test, vwap);
engineLaws(test, tradeVwap);
