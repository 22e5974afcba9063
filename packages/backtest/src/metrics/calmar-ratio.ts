/**
 * Calmar ratio: annual return for each unit of the deepest drawdown.
 *
 * Definition  annual return / maximum drawdown, over the whole run (the original takes the last 36 months).  Units  1 / year.
 * NaN         without a drawdown.
 * Source      T. W. Young, Calmar Ratio: A Smoother Tool, Futures 20(1), 1991.  Example  0.2, 0.1 -> 2
 */
export function calmarRatio(annualReturn: number, maximumDrawdown: number): number {
  return maximumDrawdown > 0 ? annualReturn / maximumDrawdown : NaN;
}
