/** What matchers give to vitest, and what they get from it. */
export interface Matching {
  readonly pass: boolean;
  message(): string;
}

/** The part of vitest's matcher state that is read here. */
export interface MatcherContext {
  readonly testPath?: string | undefined;
  readonly snapshotState?: object | undefined;
}

/** `all`: vitest -u. `new`: what is missing is written. `none`: nothing is written, as in CI. */
export function updateMode({ snapshotState }: MatcherContext): 'all' | 'new' | 'none' {
  const mode = (snapshotState as { readonly _updateSnapshot?: string } | undefined)?._updateSnapshot;
  return mode === 'all' || mode === 'new' ? mode : 'none';
}
