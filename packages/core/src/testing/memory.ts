import type { Live, PipelineNode, SourceColumns } from '../engine/pipeline.ts';
import { columnNames, endOf, inOrder, mayEnd, rowCount, rowOf, runBatch, runLive, timesOf, type Arrival, type Row } from './arrivals.ts';
import { Coverage } from './coverage.ts';
import { firstDifference, type OutputLog } from './output-log.ts';
import { runTrials, type Trial, type TrialPlan } from './trials.ts';
import { randomStream, type RandomStream } from '../random.ts';

/** L3: `peek` commits nothing and shows what would come; a stream restored from bytes goes on as the one that was stored. */
export function memoryIsWhole(plan: TrialPlan, isUnderLaw: (node: PipelineNode) => boolean = () => true): void {
  const coverage = new Coverage();
  runTrials('L3', plan, coverage, (trial, random) => {
    const { pipeline, sources, order } = trial, arrivals = inOrder(sources, order), until = endOf(arrivals), expected = runBatch(pipeline, sources, until);
    coverage.see(expected, pipeline.nodes.filter(isUnderLaw));
    let preview: OutputLog | undefined;
    const peeking = runLive(pipeline, sources, arrivals, until, {
      ends: () => true,
      before(stream, k, log) {
        const { source, time, row } = arrivals[k];
        preview = undefined;
        if (random.uniform() < 0.3) stream.peek({ [source]: spoilt(rowOf(sources[source], row), random) }, time, () => undefined);
        if (random.uniform() < 0.3 && isAlone(arrivals, k)) stream.peek({ [source]: rowOf(sources[source], row) }, time, () => (preview = log.copy().take(stream.output)));
        return stream;
      },
      after(_stream, k, log) {
        const difference = preview && firstDifference(log, preview);
        if (difference !== undefined) throw new Error(`peek at row ${k} shows something else than what came: ${difference}`);
      },
    });
    const committed = firstDifference(peeking, expected);
    if (committed !== undefined) throw new Error(`peek left a trace: ${committed}`);
    const often = random.uniform() * 0.2;
    const restored = runLive(pipeline, sources, arrivals, until, {
      ends: () => random.uniform() < 0.7,
      before: stream => (random.uniform() < often ? restart(trial, stream) : stream),
    });
    const lost = firstDifference(restored, expected);
    if (lost !== undefined) throw new Error(`a restored snapshot goes on differently: ${lost}`);
  });
}

/** L3: what a stream remembers stays bounded over `rows` rows (each trial's data over and over). */
export function memoryIsBounded(plan: TrialPlan, rows: number = 1_000_000): void {
  const random = randomStream(plan.seed ?? 1, 'L3 bounded'), { pipeline, sources, about } = plan.make(random);
  const names = Object.keys(sources), each = Math.max(1, Math.max(...names.map(name => rowCount(sources[name]))));
  const times = names.flatMap(name => [...(timesOf(sources[name])?.subarray(0, 1) ?? []), ...(timesOf(sources[name])?.subarray(-1) ?? [])]);
  const first = times.reduce((a, b) => (a < b ? a : b), times[0] ?? 0n), last = times.reduce((a, b) => (a > b ? a : b), times[0] ?? 0n);
  // Whole minutes, so that bars stay bars.
  const period = ((last - first) / 60_000_000_000n + 2n) * 60_000_000_000n, rounds = Math.ceil(rows / each), stream = pipeline.stream();
  let early = 0;
  for (let round = 0; round < rounds; round++) {
    const shift = period * BigInt(round);
    for (const name of names) stream.feedColumns(name, shifted(sources[name], shift), 0, rowCount(sources[name]));
    stream.advance(times.length > 0 ? last + shift : undefined);
    const isEarly = round < rounds / 10;
    if (!isEarly && round % Math.ceil(rounds / 20) !== 0 && round !== rounds - 1) continue;
    const size = stream.snapshot().length;
    if (isEarly) early = Math.max(early, size);
    else if (size > 1.1 * early + 1024) throw new Error(`L3 memory grows: ${size} bytes after ${(round + 1) * each} rows, at most ${early} in the first tenth${about ? ` (${about})` : ''}`);
  }
}

function shifted(columns: SourceColumns, shift: bigint): SourceColumns {
  const result: Record<string, SourceColumns[string]> = {};
  for (const name of columnNames(columns)) {
    const values = columns[name];
    if (values instanceof BigInt64Array && /time/i.test(name)) result[name] = values.map(time => time + shift);
    // A cut would empty the state and hide its growth.
    else if (name === 'segment') result[name] = (values as Int32Array).map(() => 0);
    else result[name] = values;
  }
  return result;
}

function spoilt(row: Row, random: RandomStream): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'number' && name !== 'segment' && random.uniform() < 0.7 ? 1e6 : value]));
}

/** A peek of one row shows what its block brings only if the block has no other row. */
function isAlone(arrivals: readonly Arrival[], k: number): boolean {
  return mayEnd(arrivals, k) && (k === 0 || mayEnd(arrivals, k - 1));
}

function restart({ pipeline }: Trial, stream: Live<any>): Live<any> {
  const bytes = stream.snapshot(), next = pipeline.stream();
  next.restore(bytes);
  const again = next.snapshot();
  if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i])) throw new Error('a restored stream gives another snapshot than the one that it was restored from');
  return next;
}
