/** Matchers for vitest: `expect.extend(matchers)`. */
import type { Result } from '../result/result.ts';
import type { PreparedRun } from '../run/prepare.ts';
import type { MatcherContext, Matching } from './matching.ts';
import { beCausal } from './to-be-causal.ts';
import { matchBacktest, type MatchOptions } from './to-match-backtest.ts';

/**
 * What vitest's `expect.extend` takes.
 *
 * @example
 * import { matchers } from '@zanzibar/backtest/matchers';
 * expect.extend(matchers);
 * test('the result has not moved', () => expect(run(strategy, { data })).toMatchBacktest('strategy.golden.json'));
 */
export const matchers: {
  toMatchBacktest(this: MatcherContext, received: Result | { readonly [name: string]: Result }, file: string, options?: MatchOptions): Matching;
  toBeCausal(this: MatcherContext, received: PreparedRun, options?: { readonly seeds?: number }): Matching;
} = {
  toMatchBacktest(received, file, options) {
    return matchBacktest(this, received, file, options);
  },
  toBeCausal: (received, options) => beCausal(received, options),
};

export type { MatcherContext, Matching, MatchOptions };

declare global {
  // vitest's assertions extend this interface, so no import of vitest is needed to type them.
  namespace jest {
    interface Matchers<R, T = {}> {
      /**
       * A result, or several by name, must be what the golden file says, to the bit but for fields with a tolerance.
       *
       * A missing file is written, but not in CI; `vitest -u` records anew. The failure names the first stage and row that differ.
       */
      toMatchBacktest(file: string, options?: MatchOptions): R;
      /** A prepared run must give the same rows row by row, repeated, and with poisoned futures. @defaultValue 3 seeds */
      toBeCausal(options?: { readonly seeds?: number }): R;
    }
  }
}
