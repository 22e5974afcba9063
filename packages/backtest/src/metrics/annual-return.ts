/**
 * Annual return: the constant yearly growth that gives the same total (compound annual growth rate).
 *
 * Definition  (1 + total)^(1 / years) - 1, by exp(log(1 + total) / years); a total loss is -1.
 * Units       fraction a year. `years` = periods in the run / periods a year of the calendar, never days / 365 (quantstats issue 458).
 * NaN         when years is not above 0 or more than everything was lost.
 * Example     0.21 in 2 years -> 0.1
 */
import { exponentialLessOne, logarithmOfOnePlus } from '@zanzibar/core';

export function annualReturn(total: number, years: number): number {
  if (!(years > 0) || !(total >= -1)) return NaN;
  return total === -1 ? -1 : exponentialLessOne(logarithmOfOnePlus(total) / years);
}
