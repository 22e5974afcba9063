import { endOf, inOrder, runBatch } from './arrivals.ts';
import { Coverage } from './coverage.ts';
import type { LoggedTable } from './output-log.ts';
import { runTrials, type TrialPlan } from './trials.ts';

/**
 * L4: on data without NaN, dense columns are NaN for exactly the declared rows of each segment; events come in the order of the rows that prove them, the
 * declared number of rows after where they sit.
 */
export function warmupAsDeclared(plan: TrialPlan, node: string, options: (trial: object) => object): void {
  const coverage = new Coverage();
  runTrials('L4', plan, coverage, trial => {
    const { pipeline, sources, order } = trial, log = runBatch(pipeline, sources, endOf(inOrder(sources, order)));
    const under = pipeline.nodes.find(({ name }) => name === node)!, { spec } = under.engine, resolved = under.engine.resolve(options(trial) as never);
    coverage.see(log, [under]);
    const segment: Int32Array | undefined = sources[under.driver]?.segment, declared = spec.warmup?.(resolved) ?? 0;
    for (const column in spec.aligned) {
      if (spec.sparse?.includes(column) || !spec.aligned[column].startsWith('f')) continue;
      const values = log.tables[node].columns[column] as number[], rows: number = typeof declared === 'number' ? declared : declared[column];
      for (let i = 0, since = 0; i < values.length; i++, since++) {
        if (segment && i > 0 && segment[i] !== segment[i - 1]) since = 0;
        if ((values[i] !== values[i]) !== since < rows) throw new Error(`${column} is ${values[i]} in row ${since} of a segment (row ${i}), but declares a warm-up of ${rows} rows`);
      }
    }
    for (const table in spec.appended) if ('knownRow' in spec.appended[table]) checkRows(`${node}.${table}`, log.tables[`${node}.${table}`], spec.lag?.(resolved));
  });
}

/** Life-cycle events sit where they are known; only first events (no `ref`) have the declared lag. */
function checkRows(name: string, { columns, length }: LoggedTable, lag: number | undefined): void {
  for (let k = 0; k < length; k++) {
    const known = Number(columns.knownRow[k]), origin = Number(columns.originRow?.[k] ?? known);
    if (k > 0 && known < Number(columns.knownRow[k - 1])) throw new Error(`${name} row ${k} is known at row ${known}, before the one above it (${columns.knownRow[k - 1]})`);
    if (origin > known) throw new Error(`${name} row ${k} sits at row ${origin}, after the row ${known} that proves it`);
    const isFirst = columns.ref === undefined || Number.isNaN(columns.ref[k]);
    if (lag !== undefined && isFirst && known - origin !== lag) throw new Error(`${name} row ${k} is known ${known - origin} rows after row ${origin}, but declares a lag of ${lag}`);
  }
}
