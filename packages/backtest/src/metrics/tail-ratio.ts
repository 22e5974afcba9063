/**
 * Tail ratio: size of the good tail of the returns against that of the bad one.
 *
 * Definition  |Q(0.95)| / |Q(0.05)|, quantiles of type 7.  Units  none.  NaN  without a return and where the bad tail is 0.
 * Source      empyrical and pyfolio (Quantopian), 2015.  Example  series A of the reference data -> 1.22328411736
 */
import { quantileOfSorted } from '@zanzibar/core';

export function tailRatio(returns: ArrayLike<number>): number {
  const sorted = Float64Array.from(returns).sort(), bad = Math.abs(quantileOfSorted(sorted, 0.05));
  return bad > 0 ? Math.abs(quantileOfSorted(sorted, 0.95)) / bad : NaN;
}
