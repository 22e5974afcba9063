/**
 * The readers that damage is tried on: each writes clean files into a folder, names those that may be damaged, and reads the folder.
 *
 * Another reader (a journal's) is another entry of `fuzzReaders`.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { generateBars, generateMarket, parseTime, quoteSchema, combine, timeBars } from '@zanzibar/core';
import { importFiles, openCatalogue, openParquet, prunableFiles, readCsv, readPreset, readSource, writeParquet, type PresetName, type PresetOptions } from '@zanzibar/core/io';
import { readResult, writeResult } from '@zanzibar/backtest';
import { structureBreaks, swings } from '@zanzibar/engines/structure';
import { seededResult } from '../../packages/backtest/test/seeded-result.ts';

export interface FuzzReader {
  /** Writes the clean files; returns those that may be damaged, as paths inside the folder. */
  prepare(folder: string): Promise<readonly string[]>;
  /** Reads; `file` is the one that is damaged, or any one of them. */
  read(folder: string, file: string): Promise<void>;
}

const market = (): ReturnType<typeof generateMarket> => generateMarket({ seed: 3, days: 2, quotesPerDay: 150 });
const oracles = fileURLToPath(new URL('../../oracles/parquet/', import.meta.url));

async function put(folder: string, files: { readonly [name: string]: string | Uint8Array }): Promise<string[]> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return Object.keys(files);
}

const parquet: FuzzReader = {
  async prepare(folder) {
    const { quotes } = market(), names = ['snappy', 'gzip', 'uncompressed'] as const;
    for (const compression of names) await writeParquet(join(folder, `${compression}.parquet`), { columns: quotes }, { schema: quoteSchema, record: 'quotes', compression, rowGroupRows: 100 });
    const others = ['edge-gzip', 'edge-none', 'edge-plain-v2', 'edge-snappy', 'edge-zstd', 'mixed-symbols', 'ordered-delta', 'ordered'].map(name => `${name}.parquet`);
    for (const name of others) await copyFile(join(oracles, name), join(folder, name));
    return [...names.map(name => `${name}.parquet`), ...others];
  },
  async read(folder, file) {
    const table = await openParquet(join(folder, file), { order: 'any', nulls: { nullableInt: -1 } });
    try {
      await table.read();
    } finally {
      await table.close();
    }
    if (file.startsWith('edge') || file.startsWith('mixed')) return;
    const ordered = await openParquet(join(folder, file));
    try {
      const { minimumTime } = ordered.groups[0] ?? {};
      if (ordered.timeColumn === undefined || minimumTime === undefined) return;
      for await (const { length } of ordered.stream({ from: minimumTime + 1n, to: minimumTime + 3_600_000_000_000n })) if (length === 0) return;
    } finally {
      await ordered.close();
    }
  },
};

const iso = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString();

const csv: FuzzReader = {
  prepare(folder) {
    const { time, bid, ask } = market().quotes, lines = Array.from(time, (at, i) => `${iso(at)},${bid[i]},${ask[i]}`), text = `time,bid,ask\n${lines.join('\n')}\n`;
    return put(folder, { 'plain.csv': text, 'packed.csv.gz': gzipSync(text), 'quoted.csv': text.replaceAll(/[^,\n]+/g, '"$&"').replaceAll(',', ';') });
  },
  async read(folder, file) {
    await readSource(join(folder, file), { timeZone: 'UTC' });
  },
};

/** A zip of one file as .NET and Info-ZIP write them; no writer of zips is needed elsewhere. */
function zipOf(name: string, text: string, method: 0 | 8): Uint8Array {
  const raw = Buffer.from(text), content = method === 8 ? deflateRawSync(raw) : raw, crc = crc32(raw), title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(crc, 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(raw.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, content]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), title]), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const zip: FuzzReader = {
  prepare(folder) {
    const text = `time,bid,ask\n${Array.from({ length: 80 }, (_, i) => `${1_700_000_000_000 + i},1.1,1.2`).join('\n')}\n`;
    return put(folder, { 'deflated.zip': zipOf('quotes.csv', text, 8), 'stored.zip': zipOf('quotes.csv', text, 0) });
  },
  async read(folder, file) {
    await readCsv({ file: join(folder, file), record: 'quotes', columns: { time: 'time', bid: 'bid', ask: 'ask' }, timeFormat: 'epoch' });
  },
};

const ohlc = (i: number): string => `${1 + i},${3 + i},${0.5 + i},${2 + i}`;
const formats: { readonly [file: string]: readonly [preset: PresetName, options: PresetOptions, row: (i: number) => string, header?: string] } = {
  '20140501_eurusd_tick_quote.csv': ['lean-tick', { venue: 'oanda' }, i => `${i * 1000}.5,1.1,1.2`],
  '20140501_btcusd_tick_quote.csv': ['lean-tick', { venue: 'coinbase' }, i => `${i * 1000},1.1,5,1.2,6`],
  '20140501_btcusd_tick_trade.csv': ['lean-tick', { venue: 'coinbase' }, i => `${i * 1000},1.1,5`],
  '20140501_eurusd_minute_quote.csv': ['lean-minute', { venue: 'oanda' }, i => `${i * 60_000},${ohlc(i)},0,${ohlc(i)},0`],
  '20140501_btcusd_second_trade.csv': ['lean-second', { venue: 'coinbase' }, i => `${i * 1000},${ohlc(i)},7`],
  'eurusd.csv': ['lean-daily', { venue: 'fxcm' }, i => `201405${String(1 + i).padStart(2, '0')} 00:00,${ohlc(i)},0,${ohlc(i)},0`],
  'BTCUSDT-1m-2024-01.csv': ['binance-klines', { interval: '1m' }, i => `${1_700_000_000_000 + i * 60_000},${ohlc(i)},5,${1_700_000_059_999 + i * 60_000},6,7,2,3,0`],
  'mt5.csv': ['mt5', { timeZone: 'UTC+2', interval: '1h' }, i => `2024.01.02\t${String(i).padStart(2, '0')}:00:00\t${ohlc(i).replaceAll(',', '\t')}\t9\t0\t3`, '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>'],
  'yahoo.csv': ['yahoo', { timeZone: 'America/New_York' }, i => `2024-01-${String(1 + i).padStart(2, '0')},${ohlc(i)},2,100`, 'Date,Open,High,Low,Close,Adj Close,Volume'],
};

const preset: FuzzReader = {
  prepare: folder => put(folder, Object.fromEntries(Object.entries(formats).map(([file, [, , row, header]]) => [file, `${header === undefined ? '' : `${header}\n`}${Array.from({ length: 20 }, (_, i) => row(i)).join('\n')}\n`]))),
  async read(folder, file) {
    const [name, options] = formats[file];
    await readPreset({ ...options, preset: name, file: join(folder, file) });
  },
};

const catalogue: FuzzReader = {
  async prepare(folder) {
    const { quotes, trades } = market(), files = { quotes, trades }, root = join(folder, 'data');
    for (const record of ['quotes', 'trades'] as const) {
      await writeParquet(join(folder, `${record}.parquet`), { columns: files[record] as never }, { schema: record === 'quotes' ? quoteSchema : { time: 'i64', price: 'f64', size: 'f64' }, record });
      await importFiles({ root, files: [join(folder, `${record}.parquet`)], venue: 'x', symbol: 'A', record });
    }
    const bars = generateBars({ seed: 1, count: 30, interval: '1d' });
    await importFiles({ root, files: await put(folder, { 'bars.csv': `time,open,high,low,close\n${Array.from(bars.openTime, (at, i) => `${iso(at)},${bars.open[i]},${bars.high[i]},${bars.low[i]},${bars.close[i]}`).join('\n')}\n` }).then(([name]) => [join(folder, name)]), venue: 'x', symbol: 'A', interval: '1d', time: 'open' });
    // The manifest is what is read first, so half of the damage is its.
    return ['data/manifest.json', (await openCatalogue(root)).files.map(({ path }) => `data/${path}`)[0]];
  },
  async read(folder) {
    const root = join(folder, 'data'), open = await openCatalogue(root);
    for (const series of open.coverage()) {
      open.days(series);
      await open.read(series);
    }
    await open.verify();
    await prunableFiles({ root, before: parseTime('2030-01-01') });
  },
};

const result: FuzzReader = {
  async prepare(folder) {
    await writeResult(join(folder, 'result'), seededResult({ bars: 240 }));
    return ['summary.json', 'orders.parquet', 'fills.parquet', 'equity.parquet', 'summary.json'].map(name => `result/${name}`);
  },
  async read(folder) {
    (await readResult(join(folder, 'result'))).digests.all();
  },
};

const pipeline = combine({ m5: [timeBars, 'quotes', { interval: 300e9 }], swings: [swings, 'm5.bars', { left: 2, right: 2 }], breaks: [structureBreaks, 'm5.bars', {}, { swings: 'swings.events' }] });

const snapshot: FuzzReader = {
  async prepare(folder) {
    const live = pipeline.stream(), { quotes } = market();
    live.feedColumns('quotes', quotes, 0, 200);
    live.advance(quotes.time[199]);
    return put(folder, { 'pipeline.snapshot': live.snapshot() });
  },
  async read(folder, file) {
    const live = pipeline.stream(), { quotes } = market();
    live.restore(new Uint8Array(await readFile(join(folder, file))));
    live.feedColumns('quotes', quotes, 200, 260);
    live.advance(quotes.time[259]);
  },
};

export const fuzzReaders: { readonly [name: string]: FuzzReader } = { parquet, csv, zip, preset, catalogue, result, snapshot };
