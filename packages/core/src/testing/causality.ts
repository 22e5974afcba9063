import type { Pipeline, PipelineNode, SourceColumns } from '../engine/pipeline.ts';
import type { RandomStream } from '../random.ts';
import { columnNames, endOf, firstRows, inOrder, mayEnd, rowCount, runBatch, timesOf, type Sources } from './arrivals.ts';
import { Coverage } from './coverage.ts';
import type { LoggedTable, OutputLog } from './output-log.ts';
import { runTrials, type TrialPlan } from './trials.ts';

/** L2: what was known at a row is the same whether the rows after it exist, are missing or are poisoned. */
export function futureLeavesThePast(plan: TrialPlan, isUnderLaw: (node: PipelineNode) => boolean = () => true): void {
  const coverage = new Coverage();
  runTrials('L2', plan, coverage, ({ pipeline, sources, order }, random) => {
    const arrivals = inOrder(sources, order), until = endOf(arrivals), whole = runBatch(pipeline, sources, until);
    coverage.see(whole, pipeline.nodes.filter(isUnderLaw));
    for (let cut = 0; cut < 3; cut++) {
      let last = random.integer(0, arrivals.length - 1);
      while (!mayEnd(arrivals, last)) last++;
      const counts = Object.fromEntries(Object.keys(sources).map(name => [name, 0])), { time } = arrivals[last];
      for (const { source } of arrivals.slice(0, last + 1)) counts[source]++;
      const past = runBatch(pipeline, firstRows(sources, counts), time);
      compare(`with the rows after ${last} there`, pipeline, whole, past, counts, time);
      compare(`with the rows after ${last} poisoned`, pipeline, runBatch(pipeline, poisoned(sources, counts, time, random), until), past, counts, time);
    }
  });
}

/** Prices and sizes after the cut turn to NaN, zero, giants and negatives; times and their order stay. */
function poisoned(sources: Sources, counts: { readonly [source: string]: number }, now: bigint | undefined, random: RandomStream): Sources {
  const result: Record<string, SourceColumns> = {};
  for (const name in sources) {
    const columns: Record<string, SourceColumns[string]> = {}, length = rowCount(sources[name]), times = timesOf(sources[name]);
    for (const column of columnNames(sources[name])) {
      const values = (columns[column] = sources[name][column].slice());
      if (values instanceof Float64Array && column !== 'sequence') for (let i = counts[name]; i < length; i++) values[i] = [NaN, 0, -values[i], 1e9 * (1 + random.uniform()), 1e-9][random.integer(0, 4)];
      // Rows of the present time belong to the present segment.
      if (column === 'segment') for (let i = counts[name]; i < length; i++) if (times === undefined || times[i] !== now) values[i] += 5;
    }
    result[name] = columns;
  }
  return result;
}

function compare(what: string, pipeline: Pipeline<any>, whole: OutputLog, past: OutputLog, counts: { readonly [source: string]: number }, now: bigint | undefined): void {
  for (const name in past.tables) {
    const before = past.tables[name], after = whole.tables[name];
    for (const column in before.columns) {
      for (let i = 0; i < before.length; i++) {
        if (Object.is(after.columns[column][i], before.columns[column][i])) continue;
        throw new Error(`${what}, ${name} row ${i} changes: ${column} is ${after.columns[column][i]}, was ${before.columns[column][i]}`);
      }
    }
  }
  for (const { name, engine: { spec }, driver } of pipeline.nodes) {
    const rows = counts[driver] ?? past.tables[driver]?.length ?? 0;
    for (const table in spec.appended) {
      const before = past.tables[`${name}.${table}`]?.length ?? 0, after = whole.tables[`${name}.${table}`];
      if (!after || after.length <= before) continue;
      const isLate = spec.clocked?.includes(table) ? isBefore(after.columns.closeTime ?? after.columns.knownTime, before, now) : knownRowOf(after, before) < rows;
      if (isLate) throw new Error(`${what}, ${name}.${table} has a new row ${before} in the past: it names row ${knownRowOf(after, before)} as the one that proves it`);
    }
  }
}

function isBefore(times: (number | bigint)[] | undefined, row: number, now: bigint | undefined): boolean {
  return times !== undefined && now !== undefined && times[row] < now;
}

function knownRowOf({ columns }: LoggedTable, row: number): number {
  const rows = columns.knownRow ?? columns.row ?? columns.sourceRow ?? columns.decisionRow;
  return rows ? Number(rows[row]) : columns.toRow ? Number(columns.toRow[row]) - 1 : NaN;
}
