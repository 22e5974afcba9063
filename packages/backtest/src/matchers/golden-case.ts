/** One backtest of a golden file: what it was, its figures, and the tables of its stages. */
import { codeWord } from '../result/code-words.ts';
import type { ResultTable } from '../result/result-table.ts';
import { stagesOf, type Result } from '../result/result.ts';
import { firstDifference, shownValue, type Difference } from '../run/differences.ts';
import { firstRowApart, goldenTable, rowsOf, type GoldenTable } from './golden-table.ts';
import { isWithin, settled, tolerantStages, type Tolerances } from './tolerance.ts';

export interface GoldenCase {
  readonly strategy: string;
  readonly from: string;
  readonly to: string;
  /** Digests of what the result does not hold: ticks, findings. */
  readonly digests: { readonly [stage: string]: string };
  /** Keys of the tables by stage, in the order in which the stages follow from each other. */
  readonly stages: { readonly [stage: string]: string };
  /** Null: not available. */
  readonly metrics: { readonly [figure: string]: number | null };
}

/** Stages whose rows are kept: few rows, and those that people ask about. */
const keptStages: ReadonlySet<string> = new Set(['orders', 'fills', 'roundTrips']);

/** The case of a result; its tables are added to `tables` under their digests, once for all cases that share them. */
export function goldenCase({ summary: { manifest, metrics }, digests, ...tablesOf }: Result, tolerances: Tolerances, tables: Record<string, GoldenTable>): GoldenCase {
  const own = stagesOf(tablesOf), tolerant = tolerantStages(tolerances), stages: Record<string, string> = {};
  for (const [stage, table] of Object.entries(own)) {
    const keepsValues = keptStages.has(stage) || tolerant.has(stage), golden = goldenTable(table, keepsValues), key = `${golden.digest.slice(0, 12)}${keepsValues ? 'v' : ''}`;
    stages[stage] = key;
    tables[key] = golden;
  }
  return {
    strategy: manifest.strategy, from: manifest.from, to: manifest.to,
    digests: Object.fromEntries(digests.stages.filter(stage => !(stage in own)).map(stage => [stage, digests.stage(stage).slice(0, 32)])), stages,
    metrics: Object.fromEntries(Object.entries(metrics.figures).map(([name, { value }]) => [name, Number.isNaN(value) ? null : value])),
  };
}

/** Where a result leaves its golden case: the first stage and row, else the first figure. Figures and stages that are new since are no difference. */
export function differenceFrom(golden: GoldenCase, tables: { readonly [key: string]: GoldenTable }, { summary: { metrics }, digests, ...tablesOf }: Result, tolerances: Tolerances): Difference | undefined {
  const own = stagesOf(tablesOf);
  for (const [stage, digest] of Object.entries(golden.digests)) {
    const actual = digests.stages.includes(stage) ? digests.stage(stage).slice(0, 32) : 'no such stage';
    if (actual !== digest) return { stage, row: -1, column: '', expected: `digest ${digest}`, actual };
  }
  for (const [stage, key] of Object.entries(golden.stages)) {
    const expected = tables[key], actual = own[stage];
    if (actual === undefined) return { stage, row: -1, column: '', expected: `${expected.rows} rows`, actual: 'no such stage' };
    const difference = digests.stage(stage).startsWith(expected.digest) ? undefined : tableDifference(stage, expected, actual, tolerances);
    if (difference) return difference;
  }
  for (const [name, value] of Object.entries(golden.metrics)) {
    const figure = metrics.figures[name as keyof typeof metrics.figures] as { readonly value: number } | undefined, actual = figure?.value ?? NaN;
    if (!isWithin(value ?? NaN, actual, tolerances[`metrics.${name}`])) return { stage: 'metrics', row: -1, column: name, expected: String(value ?? 'not available'), actual: Number.isNaN(actual) ? 'not available' : String(actual) };
  }
  return undefined;
}

function tableDifference(stage: string, golden: GoldenTable, actual: ResultTable, tolerances: Tolerances): Difference | undefined {
  const kept = rowsOf(golden);
  if (kept) {
    // Columns that were default throughout are not kept: their types are those of today.
    const expected = { ...kept, schema: { ...actual.schema, ...kept.schema } };
    const difference = firstDifference(stage, expected, settled(stage, expected, actual, tolerances));
    if (difference === undefined) return undefined;
    const word = (value: string): string => codeWord(stage, difference.column, value);
    return { ...difference, expected: word(difference.expected), actual: word(difference.actual) };
  }
  if (tolerantStages(tolerances).has(stage)) throw new RangeError(`toMatchBacktest: the golden file holds no values of ${stage}, so a tolerance has nothing to go by: record it anew with vitest -u`);
  const row = firstRowApart(golden, actual);
  if (row === undefined) return { stage, row: -1, column: '', expected: `digest ${golden.digest}`, actual: 'other values' };
  const isThere = row < actual.length, time = isThere ? (actual.columns.closeTime ?? actual.columns.knownTime ?? actual.columns.time) : undefined;
  return {
    stage, row, column: '', expected: row < golden.rows ? 'the recorded row' : 'no row', actual: isThere ? Object.keys(actual.columns).map(name => `${name} ${codeWord(stage, name, shownValue(actual, name, row))}`).join(', ') : 'no row',
    ...(time instanceof BigInt64Array ? { time: time[row] } : {}),
  };
}
