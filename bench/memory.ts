/** `memory`: 100 million quotes, read from a catalogue while they are replayed, through quality, bars, engines, a strategy and the simulator. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bars, defineStrategy, prepareStream, type AnyStrategy } from '@zanzibar/backtest';
import { builtInInstruments, combine, formatDay, tableDigest, type SourceColumns } from '@zanzibar/core';
import { openCatalogue, sha256Of, readBytes, seriesPath, writeManifest, writeParquet, type Catalogue, type ManifestFile } from '@zanzibar/core/io';
import { swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import type { Benchmark, PartResult } from './benchmark.ts';
import { inputPath, Uniforms } from './inputs.ts';
import { peakRssMb, round } from './measure.ts';

const days = 100, rowsPerDay = 1_000_000, ticks = days * rowsPerDay, firstDay = 16_071, step = 86_400_000n, dayLength = 86_400_000_000_000n, perUnit = 100_000;
const key = { kind: 'quotes', venue: 'oanda', symbol: 'EURUSD' } as const, schema = { time: 'i64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64' } as const;

/** A bracket of 1.1 average ranges at the close of each minute that finds no position, long and short in turn. */
const strategy: AnyStrategy = defineStrategy({
  name: 'brackets',
  parameters: {},
  sources: () => ({ m1: bars('1m') }),
  engines: () => combine({ range: [atr, 'm1', { period: 14 }], turns: [swings, 'm1', { left: 3, right: 3 }] }),
  init: () => ({ side: 1 }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar' || account.position() !== 0) return;
    const { columns, row } = now, distance = 1.1 * columns.range[row];
    if (!(distance > 0)) return;
    state.side = -state.side;
    actions.submit({ side: state.side as 1 | -1, quantity: 1000, stop: columns.close[row] - state.side * distance, target: columns.close[row] + state.side * distance });
  },
}) as unknown as AnyStrategy;

/** A random walk of half a point a quote with a spread of one to three points. */
async function writeCatalogue(root: string): Promise<void> {
  const random = new Uniforms(7), files: ManifestFile[] = [];
  const time = new BigInt64Array(rowsPerDay), bid = new Float64Array(rowsPerDay), ask = new Float64Array(rowsPerDay), size = new Float64Array(rowsPerDay).fill(1e6);
  let price = 130_000;
  for (let day = 0; day < days; day++) {
    const begin = BigInt(firstDay + day) * dayLength, date = formatDay(firstDay + day);
    for (let i = 0; i < rowsPerDay; i++) {
      const u = random.next();
      price += u < 0.25 ? -1 : u > 0.75 ? 1 : 0;
      time[i] = begin + BigInt(i) * step;
      bid[i] = price / perUnit;
      ask[i] = (price + 1 + Math.floor(u * 40) % 3) / perUnit;
    }
    const path = `${seriesPath(key)}/date=${date}/part.parquet`, file = join(root, ...path.split('/')), columns = { time, bid, ask, bidSize: size, askSize: size };
    mkdirSync(dirname(file), { recursive: true });
    await writeParquet(file, { columns }, { schema, record: 'quotes' });
    const sha256 = sha256Of(await readBytes(file)), digest = tableDigest(schema, columns, { createHasher: () => createHash('sha256') });
    files.push({
      ...key, path, rows: rowsPerDay, firstTime: String(time[0]), lastTime: String(time[rowsPerDay - 1]), sha256, sources: [{ name: date, sha256, rows: rowsPerDay }],
      days: [{ date, rows: rowsPerDay, digest }],
    });
  }
  await writeManifest(root, files);
}

async function catalogueOf(): Promise<Catalogue> {
  const root = inputPath('memory-catalogue');
  return openCatalogue(root).catch(async () => {
    await writeCatalogue(root);
    return openCatalogue(root);
  });
}

const bench: Benchmark = {
  unit: 'MB',
  about: `${ticks / 1e6} million quotes streamed from Parquet through quality, minute bars, atr, swings, a bracket a minute and the simulator: resident memory`,
  parts: {
    async write(): Promise<PartResult> {
      const [coverage] = (await catalogueOf()).coverage();
      return { rows: coverage.rows };
    },
    /** Reading alone. */
    async decode(): Promise<PartResult> {
      const catalogue = await catalogueOf(), began = performance.now(), before = process.cpuUsage();
      let rows = 0, sum = 0;
      for await (const { columns, length } of catalogue.stream({ ...key, reuse: true })) {
        sum += columns.bid[length - 1] as number;
        rows += length;
      }
      const { user, system } = process.cpuUsage(before);
      return { rows, sum, ms: performance.now() - began, cpu: (user + system) / 1000 };
    },
    async run(): Promise<PartResult> {
      const catalogue = await catalogueOf(), [{ firstTime, lastTime }] = catalogue.coverage(), instrument = builtInInstruments.find(({ id }) => id === 'EURUSD.OANDA')!;
      const began = performance.now(), before = process.cpuUsage();
      const stream = prepareStream(strategy, {
        data: [{
          instrument, kind: 'quotes', firstTime, lastTime,
          async *blocks() {
            for await (const { columns } of catalogue.stream({ ...key, reuse: true })) yield columns as SourceColumns;
          },
        }],
        options: { latency: { submit: 50e6 } },
      });
      for await (const _ of stream.replay());
      const result = stream.result(), { user, system } = process.cpuUsage(before), { counters } = result.summary.manifest, [quality] = Object.values(result.summary.quality ?? {});
      return {
        ms: performance.now() - began, cpu: (user + system) / 1000, rssMb: peakRssMb(), orders: counters.orders, fills: counters.fills, trips: result.roundTrips.length, kept: quality.kept, bars: result.bars.m1.table.length,
        holds: result.summary.conservation.holds, orderHash: result.digests.orderHash(),
      };
    },
  },
  async line(bench) {
    await bench.part('write');
    const decode = await bench.part('decode'), run = await bench.part('run'), beyond = (figure: string): number => round(((run[figure] - decode[figure]) * 1e6) / ticks);
    bench.say(`${run.rssMb} MB for ${ticks / 1e6} million ticks and ${run.orders} orders; ${beyond('ms')} ns a tick beyond decoding (processor ${beyond('cpu')}), which takes ${round((decode.ms * 1e6) / ticks)}`);
    return {
      ours: run.rssMb!, peer: null, peerName: null, rows: ticks, rssMb: run.rssMb!, agree: decode.rows === ticks && run.kept === ticks && run.bars === days * 1440 && run.orders >= 100_000 && run.holds,
      extra: { nsPerTick: beyond('ms'), cpuNsPerTick: beyond('cpu'), decodeNsPerTick: round((decode.ms * 1e6) / ticks), decodeMb: decode.rssMb, orders: run.orders, fills: run.fills, trips: run.trips, orderHash: run.orderHash },
    };
  },
};
export default bench;
