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

/** Check values of the 1,000 values themselves: the first, their sum and the sum of their squares; and of the 500 seeded returns the first and the sum. */
export const seededChecks: { readonly values: readonly [number, number, number]; readonly returns: readonly [number, number] } = {
  values: [-1.6502633642918725, 4.170032447487, 1015.73673606483], returns: [0.0032438674299250622, 0.50544712509282],
};
