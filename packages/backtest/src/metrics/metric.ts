/** A figure with its unit and definition, or the reason why there is none: a number from too few samples is worse than no number. */
export type MetricUnit = 'fraction' | 'fraction a year' | 'ratio' | 'days' | 'times' | 'currency' | 'count';

export interface Metric {
  /** NaN: not available, `reason` says why. */
  readonly value: number;
  readonly unit: MetricUnit;
  readonly title: string;
  readonly definition: string;
  /** Why the value is NaN; empty where it is a number. */
  readonly reason: string;
}

/** How many samples a figure needs before it is given. */
export interface MinimumSamples {
  /** Returns, for volatility, Sharpe, Sortino. @defaultValue 20 */
  readonly returns: number;
  /** Years that are covered, for annual return and Calmar. @defaultValue 1 / 12 */
  readonly years: number;
  /** Round trips, for hit rate, profit factor, expectancy and average trade. @defaultValue 10 */
  readonly roundTrips: number;
  /** Returns, for value at risk, expected shortfall and tail ratio: five in the tail. @defaultValue 100 */
  readonly tailReturns: number;
  /** Returns, for skew and kurtosis. @defaultValue 60 */
  readonly shapeReturns: number;
  /** Round trips, for the system quality number (Tharp). @defaultValue 30 */
  readonly systemTrips: number;
}

export const minimumSamples: MinimumSamples = { returns: 20, years: 1 / 12, roundTrips: 10, tailReturns: 100, shapeReturns: 60, systemTrips: 30 };
