/**
 * Expectancy: mean profit of a round trip in units of the average loss, so that systems of different size compare.
 *
 * Definition  (sum of net / count) / (|sum of net below 0| / count of net below 0): the mean R multiple with the average loss as R
 * Units       average losses.  NaN  without a losing round trip.
 * Source      V. K. Tharp, Trade Your Way to Financial Freedom, 2nd edition 2007, chapter 7
 * Example     2, -1, 0, 3 -> 1
 */
import { compensatedSum } from '@zanzibar/core';
import { averageTrade } from './average-trade.ts';

export function expectancy(net: ArrayLike<number>): number {
  const losses = Float64Array.from(net).filter(value => value < 0);
  return averageTrade(net) / (-compensatedSum(losses) / losses.length);
}
