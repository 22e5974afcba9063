/** `parquet-read`: ten million ticks of five columns, written with pyarrow's defaults, into columns that are used again. */
import { openParquet, writeParquet } from '@zanzibar/core/io';
import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Bench, Benchmark, BenchmarkLine, PartResult, PeerResult } from './benchmark.ts';
import { inputPath, makeQuotes, timesEvery, Uniforms } from './inputs.ts';
import { isClose, median, round } from './measure.ts';

const ticks = 10_000_000, ownRows = 2_000_000, own = 'quotes.parquet', foreign = 'ticks-pyarrow.parquet', columns = ['time', 'bid', 'ask', 'bidSize', 'askSize'];
const ourFile = 'pyarrow on our file';

export interface WorkerTask {
  readonly path: string;
  readonly groups: readonly number[];
  readonly time: BigInt64Array;
  readonly prices: { readonly [column: string]: Float64Array };
}

async function writeOwn(): Promise<void> {
  const { 'bid.f64': bid, 'ask.f64': ask } = makeQuotes(ownRows), time = timesEvery(100_000_000n, ownRows), random = new Uniforms(5);
  const size = (): Float64Array => Float64Array.from({ length: ownRows }, () => 1e6 * (1 + Math.floor(5 * random.next())));
  const schema = { time: 'i64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' } as const;
  await writeParquet(inputPath(own), { columns: { time, bid, ask, bidSize: size(), askSize: size() } }, { schema, record: 'quotes', rowGroupRows: 1_000_000 });
}

/** Columns to read into; over shared memory where workers fill them together. */
function room(rows: number, Memory: new (bytes: number) => ArrayBuffer | SharedArrayBuffer): { time: BigInt64Array; prices: { [column: string]: Float64Array } } {
  const prices = Object.fromEntries(columns.slice(1).map(name => [name, new Float64Array(new Memory(8 * rows))]));
  return { time: new BigInt64Array(new Memory(8 * rows)), prices };
}

/** Sums, and the exclusive or of the times, which a digit lost anywhere changes. */
function summary({ time, prices }: ReturnType<typeof room>): { readonly [check: string]: any } {
  const words = new Int32Array(time.buffer), check: Record<string, any> = { rows: time.length };
  let low = 0, high = 0;
  for (let i = 0; i < words.length; i += 2) {
    low ^= words[i];
    high ^= words[i + 1];
  }
  for (const [name, values] of Object.entries(prices)) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    check[name] = sum;
  }
  return { ...check, timeXor: [low, high] };
}

/** Three runs that do not count, then seven; processor time is that of all threads, reading, collecting and compiling included. */
async function timed(rows: number, run: () => Promise<unknown>): Promise<{ median: number; best: number; cpu: number }> {
  const times: number[] = [], cpus: number[] = [];
  for (let k = 0; k < 10; k++) {
    const cpu = process.cpuUsage(), begun = performance.now();
    await run();
    const { user, system } = process.cpuUsage(cpu);
    if (k < 3) continue;
    times.push(((performance.now() - begun) * 1e6) / rows);
    cpus.push(((user + system) * 1e3) / rows);
  }
  return { median: median(times), best: Math.min(...times), cpu: median(cpus) };
}

async function reading(name: string, rows: number): Promise<PartResult> {
  const file = await openParquet(inputPath(name)), { time, prices } = room(rows, ArrayBuffer);
  const timing = await timed(rows, () => file.read({ columns, into: { time, ...prices } }));
  await file.close();
  return { ...timing, fileMb: round(statSync(inputPath(name)).size / 1e6), check: summary({ time, prices }) };
}

/** Two workers, each with half of the row groups. */
async function together(): Promise<PartResult> {
  const path = inputPath(foreign), file = await openParquet(path), { groups } = file, half = groups.length >> 1, all = room(ticks, SharedArrayBuffer);
  await file.close();
  const workers = [groups.slice(0, half), groups.slice(half)].map(part => {
    const from = part[0].fromRow, to = part[part.length - 1].toRow, prices = Object.fromEntries(Object.entries(all.prices).map(([name, values]) => [name, values.subarray(from, to)]));
    const workerData: WorkerTask = { path, groups: part.map(({ index }) => index), time: all.time.subarray(from, to), prices };
    return new Worker(new URL('./typescript-worker.mjs', import.meta.url), { workerData: { ...workerData, module: new URL('./parquet-read-worker.ts', import.meta.url).href } });
  });
  const tell = (message: string): Promise<unknown> => Promise.all(workers.map(worker => new Promise((resolve, reject) => {
    worker.removeAllListeners().once('message', resolve).once('error', reject).postMessage(message, []);
  })));
  const timing = await timed(ticks, () => tell('read'));
  await tell('stop');
  return { ...timing, check: summary(all) };
}

const bench: Benchmark = {
  unit: 'ns/row',
  about: '10,000,000 ticks of five columns, snappy, as pyarrow writes them by default, into columns used again',
  parts: {
    write: async (): Promise<PartResult> => {
      const begun = performance.now();
      await writeOwn();
      return { ms: performance.now() - begun };
    },
    own: () => reading(own, ownRows),
    foreign: () => reading(foreign, ticks),
    workers: together,
  },
  async line(bench) {
    bench.peer('research', 'parquet_ticks.py', 'write', inputPath(foreign), ticks);
    return existsSync(inputPath(foreign)) ? besidePeers(bench) : alone(bench);
  },
};
export default bench;

async function besidePeers(bench: Bench): Promise<Omit<BenchmarkLine, 'name' | 'unit' | 'load' | 'ratio'>> {
  const script = (peer: string): PeerResult => bench.peer('research', 'parquet_ticks.py', peer, inputPath(foreign), ticks)!;
  const pyarrow = script('pyarrow'), ours = await bench.part('foreign'), polars = script('polars'), workers = await bench.part('workers');
  await bench.part('write');
  const onOurs = bench.peer('research', 'parquet_ticks.py', 'pyarrow', inputPath(own), ownRows, ourFile)!, ofOurs = await bench.part('own');
  const rate = (median: number): string => `${round(1000 / median)} million rows/s`;
  bench.say(`${rate(ours.median)}, with two workers ${rate(workers.median)}; one thread of pyarrow ${pyarrow.version} ${rate(pyarrow.median)}, of polars ${polars.version} ${rate(polars.median)}`);
  bench.say(`processor time a row: ${round(ours.cpu)} ns, pyarrow ${round(pyarrow.cpu)}, polars ${round(polars.cpu)}`);
  return {
    ours: ours.median, peer: pyarrow.median, peerName: `pyarrow ${pyarrow.version}`, rows: ticks, rssMb: ours.rssMb!, agree: [ours, workers, polars].every(({ check }) => agrees(check, pyarrow.check)) && agrees(ofOurs.check, onOurs.check),
    extra: {
      best: round(ours.best), cpu: round(ours.cpu), peerCpu: round(pyarrow.cpu), cpuRatio: round(ours.cpu / pyarrow.cpu), polars: round(polars.median), polarsCpu: round(polars.cpu), twoWorkers: round(workers.median), fileMb: ours.fileMb, ownFile: round(ofOurs.median), ownFilePyarrow: round(onOurs.median),
    },
  };
}

/** Without the peers there is no file of theirs: our own one. */
async function alone(bench: Bench): Promise<Omit<BenchmarkLine, 'name' | 'unit' | 'load' | 'ratio'>> {
  await bench.part('write');
  const ours = await bench.part('own');
  bench.say(`own file ${round(ours.median)} ns a row (${round(1000 / ours.median)} million rows/s)`);
  return { ours: ours.median, peer: null, peerName: null, rows: ownRows, rssMb: ours.rssMb!, agree: agrees(ours.check, bench.expected?.[ourFile]), extra: { best: round(ours.best), cpu: round(ours.cpu), fileMb: ours.fileMb } };
}

function agrees(ours: PeerResult['check'], theirs: { readonly [check: string]: any } | undefined): boolean {
  return theirs !== undefined && ours.rows === theirs.rows && ours.timeXor[0] === theirs.timeXor[0] && ours.timeXor[1] === theirs.timeXor[1] && ['bid', 'ask', 'bidSize', 'askSize'].every(name => isClose(ours[name], theirs[name], 1e-9));
}
