/** Published or independently computed numbers of the family regime, as data. */

/**
 * Rows of the events of a symmetric CUSUM filter without drift at threshold 0.05, on the cumulative sum of 500 seeded returns (0.0004 + 0.01 z, multiplicative
 * congruential generator 48271 mod 2^31 - 1, seed 12345, z = twelve uniforms minus 6): 20 events, of which these are the first twelve. M. Lopez de Prado, Advances in
 * Financial Machine Learning, 2018, snippet 2.4, recomputed in Python.
 */
export const cumulativeSumEvents: { readonly count: number; readonly first: readonly number[] } = { count: 20, first: [25, 84, 99, 135, 150, 161, 175, 213, 220, 235, 241, 282] };

/**
 * A hidden Markov model of two states on 1,000 seeded values (GARCH(1,1) with AR(1) mean, seed 2024): transition .95 .05 / .1 .9, start 2/3 1/3, means .05 and -.1,
 * deviations .7 and 1.5. Log-likelihood, filtered probability of state 0 at the last row, smoothed probability of it at row 500, sum of the smoothed ones.
 */
export const hiddenMarkovFigures: { readonly [figure: string]: number } = { logLikelihood: -1407.83883414, filteredLast: 0.240289406916, smoothed500: 0.949822873262, smoothedSum: 656.651248844 };
