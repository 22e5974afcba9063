/** Where two results part: stage by stage in the order in which they follow from each other, and what was set differently. */
import { stagesOf, type Result } from '../result/result.ts';
import type { Json, Manifest } from '../result/manifest.ts';
import { firstDifference, shownValue, type Difference } from './differences.ts';

export interface StageComparison {
  readonly stage: string;
  /** NaN where a side has no such stage; of stages that a result holds as a digest only as well. */
  readonly rows: readonly [expected: number, actual: number];
  readonly same: boolean;
}

/** Something that the runs were told or ran with, in both words; empty where a side does not have it. */
export interface SettingDifference {
  /** `parameters.hold`, `options.costs.halfSpread`, `dataHash` ... */
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
}

export interface ResultComparison {
  readonly same: boolean;
  readonly stages: readonly StageComparison[];
  /** The first stage and row that differ; of a stage that is a digest only, or on one side only, the row is -1. */
  readonly difference: Difference | undefined;
  /** Every column of that row in which the sides differ. */
  readonly columns: readonly { readonly column: string; readonly expected: string; readonly actual: string }[];
  readonly settings: readonly SettingDifference[];
}

/**
 * Compares two results bit for bit: ticks, bars, engines, orders, executions, fills, trips, equity, recorded series.
 *
 * The first stage that differs is where the cause lies; what follows from it differs because of it. Settings never make results differ by themselves.
 * @example compareResults(await readResult('out/a'), await readResult('out/b')).difference
 */
export function compareResults(expected: Result, actual: Result): ResultComparison {
  const tables = stagesOf(expected), others = stagesOf(actual), stages: StageComparison[] = [];
  const names = [...expected.digests.stages, ...actual.digests.stages.filter(stage => !expected.digests.stages.includes(stage))].filter(stage => !wentBy(stage, expected, actual));
  let difference: Difference | undefined, columns: ResultComparison['columns'] = [];
  for (const stage of names) {
    const a = tables[stage], b = others[stage], isKnown = expected.digests.stages.includes(stage) && actual.digests.stages.includes(stage);
    const same = isKnown && expected.digests.stage(stage) === actual.digests.stage(stage);
    stages.push({ stage, rows: [a?.length ?? NaN, b?.length ?? NaN], same });
    if (same || difference) continue;
    difference = a && b ? firstDifference(stage, a, b) : { stage, row: -1, column: '', expected: sideOf(expected, stage), actual: sideOf(actual, stage) };
    // Tables whose columns differ in type only: the digest knows, the values do not.
    difference ??= { stage, row: -1, column: '', expected: expected.digests.stage(stage), actual: actual.digests.stage(stage) };
    const { row } = difference, time = difference.time ?? timeOf(expected, stage, row) ?? timeOf(actual, stage, row);
    if (time !== undefined) difference = { ...difference, time };
    if (a && b && row >= 0 && row < a.length && row < b.length) columns = Object.keys(a.schema).map(column => ({ column, expected: shownValue(a, column, row), actual: shownValue(b, column, row) })).filter(each => each.expected !== each.actual);
  }
  return { same: difference === undefined, stages, difference, columns, settings: settingsApart(expected.summary.manifest, actual.summary.manifest) };
}

/** A run over a stream does not hold its ticks: the data hash among the settings stands for them, and their findings are there. */
function wentBy(stage: string, { digests: a }: Result, { digests: b }: Result): boolean {
  const findings = stage.replace(/^ticks /, 'findings ');
  return findings !== stage && a.stages.includes(stage) !== b.stages.includes(stage) && a.stages.includes(findings) && b.stages.includes(findings);
}

/** When a row of an engine's column was known: the close of the bar that drove it. */
function timeOf({ bars, engines }: Result, stage: string, row: number): bigint | undefined {
  const source = stage.startsWith('engines/') ? engines[stage.slice('engines/'.length)]?.source : undefined;
  return source === undefined ? undefined : (bars[source]?.table.columns.closeTime as BigInt64Array | undefined)?.[row];
}

function sideOf({ digests }: Result, stage: string): string {
  return digests.stages.includes(stage) ? `digest ${digests.stage(stage).slice(0, 16)}` : 'no such stage';
}

function settingsApart(expected: Manifest, actual: Manifest): SettingDifference[] {
  const a = leaves(expected as unknown as Json), b = leaves(actual as unknown as Json);
  return [...new Set([...a.keys(), ...b.keys()])].filter(name => a.get(name) !== b.get(name)).map(name => ({ name, expected: a.get(name) ?? '', actual: b.get(name) ?? '' }));
}

/** Counters are results, not settings. */
function leaves(value: Json, name = '', into: Map<string, string> = new Map()): Map<string, string> {
  if (typeof value !== 'object' || value === null) into.set(name, String(value));
  else for (const [key, each] of Object.entries(value)) if (name !== '' || key !== 'counters') leaves(each as Json, name === '' ? key : `${name}.${key}`, into);
  return into;
}
