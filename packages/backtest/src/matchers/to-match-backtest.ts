/** `expect(result).toMatchBacktest(file)`: a backtest is what it was, or the failure says where it left. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Result } from '../result/result.ts';
import { describeDifference } from '../run/differences.ts';
import { differenceFrom, goldenCase, type GoldenCase } from './golden-case.ts';
import { readGolden, writeGolden, type GoldenFile } from './golden-file.ts';
import type { GoldenTable } from './golden-table.ts';
import { updateMode, type MatcherContext, type Matching } from './matching.ts';
import { checkTolerances, type Tolerances } from './tolerance.ts';

export interface MatchOptions {
  /** By field: `{ 'fills.price': 1e-5, 'metrics.sharpeRatio': { relative: 1e-9 } }`. Everything else is compared to the bit. */
  readonly tolerance?: Tolerances;
}

/**
 * @param received a result, or several by name: tables that they share are stored once
 * @param file relative to the test file
 */
export function matchBacktest(context: MatcherContext, received: Result | { readonly [name: string]: Result }, file: string, { tolerance = {} }: MatchOptions = {}): Matching {
  checkTolerances(tolerance);
  const results = resultsOf(received), path = isAbsolute(file) ? file : join(context.testPath === undefined ? process.cwd() : dirname(context.testPath), file), mode = updateMode(context);
  if (mode === 'all') {
    record(path, results, tolerance, { cases: {}, tables: {} });
    return { pass: true, message: () => `${file} was just recorded` };
  }
  const golden = readGolden(path);
  if (golden === undefined && mode === 'none') return failed(`there is no golden file ${file}: run vitest -u where it can be committed`);
  const found: string[] = [], missing: Record<string, Result> = {};
  for (const [name, result] of Object.entries(results)) {
    const expected = golden?.cases[name];
    if (expected === undefined) missing[name] = result;
    else {
      const difference = differenceFrom(expected, golden!.tables, result, tolerance);
      if (difference) found.push(`${labelOf(name)}${describeDifference(difference)}`);
    }
  }
  for (const name of Object.keys(golden?.cases ?? {})) if (!(name in results)) found.push(`${labelOf(name)}is in the golden file, but was not run`);
  if (mode === 'none') for (const name of Object.keys(missing)) found.push(`${labelOf(name)}is not in the golden file`);
  if (found.length > 0) return failed(`${found.length === 1 ? 'the backtest left' : `${found.length} backtests left`} the golden file ${file}\n${found.slice(0, 20).map(each => `  ${each}`).join('\n')}${found.length > 20 ? `\n  and ${found.length - 20} more` : ''}\nIf that is meant, say why in the commit and record it with vitest -u.`);
  if (Object.keys(missing).length > 0) record(path, missing, tolerance, golden ?? { cases: {}, tables: {} });
  return { pass: true, message: () => `the backtest is the one in ${file}, which was not to be` };
}

/** The name of a result that is given alone. */
const alone = 'result';

function resultsOf(received: Result | { readonly [name: string]: Result }): { readonly [name: string]: Result } {
  const results = isResult(received) ? { [alone]: received } : received;
  if (typeof results !== 'object' || results === null || Object.keys(results).length === 0 || !Object.values(results).every(isResult)) throw new TypeError('toMatchBacktest: expects a result of run, or several by name');
  return results;
}

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'summary' in value && 'digests' in value && 'orders' in value;
}

function labelOf(name: string): string {
  return name === alone ? '' : `${name}: `;
}

function failed(text: string): Matching {
  return { pass: false, message: () => text };
}

function record(path: string, results: { readonly [name: string]: Result }, tolerance: Tolerances, before: GoldenFile): void {
  const tables: Record<string, GoldenTable> = { ...before.tables }, cases: Record<string, GoldenCase> = { ...before.cases };
  for (const [name, result] of Object.entries(results)) cases[name] = goldenCase(result, tolerance, tables);
  writeGolden(path, { cases, tables });
}
