/** Runs one part of a strategy's definition, so that an error in it says whose it is. */

/** An error of a strategy's own code outside of its calls: the strategy, the part, and what it said; `cause` is the error itself. */
export class StrategyPartError extends Error {
  override readonly name: string = 'StrategyError';
  /** `sources`, `engines`, `plan` or `init`. */
  readonly part: string;

  constructor(strategy: string, part: string, cause: unknown) {
    super(`${strategy}: ${part}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.part = part;
  }
}

export function partOfStrategy<T>(strategy: string, part: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new StrategyPartError(strategy, part, error);
  }
}
