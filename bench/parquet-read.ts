/** `parquet-read`: all five columns of quotes from a Parquet file into typed arrays. */
import { openParquet, writeParquet } from '@zanzibar/core/io';
import { existsSync, statSync } from 'node:fs';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { inputPath, makeQuotes, timesEvery, Uniforms } from './inputs.ts';
import { isClose, measureAsync, round } from './measure.ts';

const count = 2_000_000, own = 'quotes.parquet', foreign = 'quotes-pyarrow.parquet', columns = ['time', 'bid', 'ask', 'bidSize', 'askSize'];

async function writeOwn(): Promise<void> {
  const { 'bid.f64': bid, 'ask.f64': ask } = makeQuotes(count), time = timesEvery(100_000_000n, count), random = new Uniforms(5);
  const size = (): Float64Array => Float64Array.from({ length: count }, () => 1e6 * (1 + Math.floor(5 * random.next())));
  const schema = { time: 'i64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' } as const;
  await writeParquet(inputPath(own), { columns: { time, bid, ask, bidSize: size(), askSize: size() } }, { schema, record: 'quotes', rowGroupRows: 1_000_000 });
}

async function readAll(path: string): Promise<{ readonly [column: string]: any }> {
  const file = await openParquet(path);
  try {
    return (await file.read({ columns })).columns;
  } finally {
    await file.close();
  }
}

/** Sums, and the exclusive or of the times, which a digit lost anywhere changes. */
function summary(read: { readonly [column: string]: any }): { readonly [check: string]: any } {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0), times = new Int32Array(read.time.buffer, read.time.byteOffset, 2 * read.time.length);
  let low = 0, high = 0;
  for (let i = 0; i < times.length; i += 2) {
    low ^= times[i];
    high ^= times[i + 1];
  }
  return { rows: read.time.length, timeXor: [low, high], bid: sum(read.bid), ask: sum(read.ask), bidSize: sum(read.bidSize), askSize: sum(read.askSize) };
}

async function reading(file: string): Promise<PartResult> {
  const { median, best, cpu } = await measureAsync(() => readAll(inputPath(file))), perRow = 1e6 / count;
  return { median: median * perRow, best: best * perRow, cpu: cpu * perRow, fileMb: round(statSync(inputPath(file)).size / 1e6), check: summary(await readAll(inputPath(file))) };
}

const bench: Benchmark = {
  unit: 'ns/row',
  about: '2,000,000 quotes of five columns, snappy, into typed arrays',
  parts: {
    write: async (): Promise<PartResult> => {
      const begun = performance.now();
      await writeOwn();
      return { ms: performance.now() - begun };
    },
    own: () => reading(own),
    foreign: () => reading(foreign),
  },
  async line(bench) {
    await bench.part('write');
    const peer = bench.peer('research', 'parquet_pyarrow.py', inputPath(own), inputPath(foreign)), polars = bench.peer('research', 'parquet_polars.py', inputPath(own));
    const ours = await bench.part('own'), ofPyarrow = existsSync(inputPath(foreign)) ? await bench.part('foreign') : undefined, theirs = peer?.check ?? bench.expected?.pyarrow;
    bench.say(`own file ${round(ours.median)} ns a row (${round(1000 / ours.median)} million rows/s)${ofPyarrow ? `, pyarrow's default file ${round(ofPyarrow.median)}` : ''}`);
    for (const each of [peer, polars]) if (each) bench.say(`${each.peer} ${each.version}: ${round(each.median)} ns a row, one thread`);
    return {
      ours: ours.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: count, rssMb: ours.rssMb!, agree: agrees(ours.check, theirs) && (ofPyarrow === undefined || agrees(ofPyarrow.check, theirs)),
      extra: {
        best: round(ours.best), cpu: round(ours.cpu), peerCpu: peer ? round(peer.cpu) : null, fileMb: ours.fileMb, pyarrowFile: ofPyarrow ? round(ofPyarrow.median) : null, pyarrowFileCpu: ofPyarrow ? round(ofPyarrow.cpu) : null,
        pyarrowFileMb: ofPyarrow?.fileMb ?? null, polars: polars ? round(polars.median) : null,
      },
    };
  },
};
export default bench;

function agrees(ours: PeerResult['check'], theirs: PeerResult['check'] | undefined): boolean {
  return theirs !== undefined && ours.rows === theirs.rows && ours.timeXor[0] === theirs.timeXor[0] && ours.timeXor[1] === theirs.timeXor[1] && ['bid', 'ask', 'bidSize', 'askSize'].every(name => isClose(ours[name], theirs[name], 1e-9));
}
