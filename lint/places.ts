/** Where a file stands in the house: which package, and whether it is a test. */

/** The packages in the order in which they may import each other: each only from those before it. */
export const packageOrder = ['core', 'engines', 'backtest', 'live'] as const;
export type PackageName = (typeof packageOrder)[number];

/** The package a file belongs to, if any. */
export function packageOf(file: string): PackageName | undefined {
  return packageOrder.find((name) => file.startsWith(`packages/${name}/`));
}

/** Tests, and what only tests use. */
export function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || /^(packages\/[^/]+\/)?test\//.test(file);
}

/** Must this source run in a browser, Deno and Bun as it is? */
export function isWithoutNode(file: string): boolean {
  const name = packageOf(file);
  return !isTest(file) && (name === 'engines' || (name === 'core' && !file.startsWith('packages/core/src/io/')));
}

/** May this file read the clock, draw randomness or start timers? */
export function mayReadClock(file: string): boolean {
  return isTest(file) || /^(packages\/live|packages\/backtest\/(src\/cli|bin)|bench|scripts|lint|oracles)\//.test(file) || !/^(packages|examples)\//.test(file);
}

/** Does what this file computes reach a result? (Reports draw what others have computed.) */
export function makesResults(file: string): boolean {
  return !isTest(file) && /^packages\/[^/]+\/src\//.test(file) && !file.startsWith('packages/backtest/src/report/');
}

/** Is this part of the naive reference, which must know nothing of the simulator? (A test beside it compares the two and knows both.) */
export function isReference(file: string): boolean {
  return file.startsWith('packages/backtest/test/reference/') && !file.endsWith('.test.ts');
}
