/** What the quality rules find in every tick and quote file of the folder `shared`: the rows of docs/market-findings.md. Readers here are independent of those of /io. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { checkOrder } from '../src/quality/check-order.ts';
import { cleanTicks } from '../src/quality/clean-ticks.ts';
import { qualityReport } from '../src/quality/quality-report.ts';
import { qualityRules } from '../src/quality/rules.ts';
import { dayOf, formatDay } from '../src/time.ts';
import { sharedFeather } from './shared-feather.ts';
import { leanMarkets, leanQuotes, sharedJson, sharedPath } from './shared-market.ts';

type Ticks = any;

export interface FileFindings {
  readonly file: string;
  readonly rows: number;
  /** Counts in the order of `qualityRules`. */
  readonly counts: readonly number[];
}

const nanosecondsPerMillisecond = 1_000_000n;

function text(path: string): string {
  const bytes = readFileSync(sharedPath(path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

function fields(path: string): string[][] {
  return text(path)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

function trades(rows: readonly (readonly [time: bigint, price: number, size: number, side?: number, id?: bigint])[]): Ticks {
  return {
    time: BigInt64Array.from(rows, (row) => row[0]),
    price: Float64Array.from(rows, (row) => row[1]),
    size: Float64Array.from(rows, (row) => row[2]),
    side: Int8Array.from(rows, (row) => row[3] ?? 0),
    ...(rows[0][4] === undefined ? {} : { id: BigUint64Array.from(rows, (row) => row[4]!) }),
  };
}

function quotes(rows: readonly (readonly [time: bigint, bid: number, ask: number, bidSize?: number, askSize?: number])[]): Ticks {
  return {
    time: BigInt64Array.from(rows, (row) => row[0]),
    bid: Float64Array.from(rows, (row) => row[1]),
    ask: Float64Array.from(rows, (row) => row[2]),
    ...(rows[0][3] === undefined
      ? {}
      : { bidSize: Float64Array.from(rows, (row) => row[3]!), askSize: Float64Array.from(rows, (row) => row[4]!) }),
  };
}

async function parquet(path: string): Promise<any[]> {
  const bytes = readFileSync(sharedPath(path)),
    file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return parquetReadObjects({ file, compressors: { ...compressors, BROTLI: (input: Uint8Array) => new Uint8Array(brotliDecompressSync(input)) } });
}

/** Nanoseconds of an ISO time with microseconds: a Date has milliseconds only. */
function isoTime(time: string): bigint {
  const [, whole, fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(time)!;
  return BigInt(Date.parse(`${whole.replace(' ', 'T')}Z`)) * nanosecondsPerMillisecond + BigInt(fraction.padEnd(9, '0'));
}

const binanceSide = (side: string): number => (side === 'buy' ? 1 : -1);

/** A little-endian whole number of 16 bytes, in units of 1e-16. */
function fixedDecimal(bytes: Uint8Array | string): number {
  const raw = typeof bytes === 'string' ? Uint8Array.from(bytes, (character) => character.charCodeAt(0)) : bytes;
  let value = 0n;
  for (let k = 15; k >= 0; k--) value = (value << 8n) | BigInt(raw[k]);
  return Number(`${BigInt.asIntN(128, value)}e-16`);
}

interface Source {
  readonly file: string;
  readonly tick: number;
  read(): Ticks | Promise<Ticks>;
}

const sources: readonly Source[] = [
  {
    file: 'ticks/binance-btcusdt/btcusdt-trades_20210108.parquet',
    tick: 0.01,
    read: async () =>
      trades(
        (await parquet('market/ticks/binance-btcusdt/btcusdt-trades_20210108.parquet')).map((row) => [
          BigInt(row.timestamp instanceof Date ? row.timestamp.getTime() : row.timestamp) * nanosecondsPerMillisecond,
          Number(row.price),
          Number(row.quantity),
          String(row.buyer_maker) === 'True' ? -1 : 1,
          BigInt(row.trade_id),
        ]),
      ),
  },
  {
    file: 'ticks/binance-xrpeth/XRP_ETH-trades.feather',
    tick: 1e-8,
    read() {
      const columns: any = sharedFeather('market/ticks/binance-xrpeth/XRP_ETH-trades.feather'),
        time = BigInt64Array.from(columns.timestamp, (ms: bigint) => BigInt(ms) * nanosecondsPerMillisecond);
      return { time, price: columns.price, size: columns.amount };
    },
  },
  {
    file: 'ticks/binance-xrpeth/XRP_ETH-trades.json.gz',
    tick: 1e-8,
    read: () =>
      trades(
        sharedJson('market/ticks/binance-xrpeth/XRP_ETH-trades.json.gz').map((row: any[]) => [
          BigInt(row[0]) * nanosecondsPerMillisecond,
          row[4],
          row[5],
          binanceSide(row[3]),
          BigInt(row[1]),
        ]),
      ),
  },
  {
    file: 'ticks/binance-xrpeth/XRP_ETH-trades.parquet',
    tick: 1e-8,
    read: async () =>
      trades(
        (await parquet('market/ticks/binance-xrpeth/XRP_ETH-trades.parquet')).map((row) => [
          BigInt(row.timestamp) * nanosecondsPerMillisecond,
          row.price,
          row.amount,
          binanceSide(row.side),
          BigInt(row.id),
        ]),
      ),
  },
  {
    file: 'ticks/binance-xrpeth/XRP_OLD-trades.json.gz',
    tick: 1e-8,
    read: () =>
      trades(
        sharedJson('market/ticks/binance-xrpeth/XRP_OLD-trades.json.gz').map((row: any) => [
          BigInt(row.timestamp) * nanosecondsPerMillisecond,
          Number(row.info.p),
          Number(row.info.q),
          row.info.m ? -1 : 1,
          BigInt(row.id),
        ]),
      ),
  },
  {
    file: 'ticks/dukascopy/ticks-EUR-USD-2026-7-13-12.json',
    tick: 0.00001,
    read() {
      const { timestamp, multiplier, ask, bid, times, asks, bids, askVolumes, bidVolumes } = sharedJson(
        'market/ticks/dukascopy/ticks-EUR-USD-2026-7-13-12.json',
      );
      let time = timestamp,
        a = Math.round(ask / multiplier),
        b = Math.round(bid / multiplier);
      return quotes(
        times.map((step: number, k: number) => {
          time += step;
          a += asks[k];
          b += bids[k];
          const perUnit = Math.round(1 / multiplier);
          return [BigInt(time) * nanosecondsPerMillisecond, b / perUnit, a / perUnit, bidVolumes[k], askVolumes[k]];
        }),
      );
    },
  },
  {
    file: 'ticks/kraken/BCHEUR.csv',
    tick: 0.01,
    read: () => trades(fields('market/ticks/kraken/BCHEUR.csv').map(([time, price, size]) => [BigInt(time) * 1_000_000_000n, +price, +size])),
  },
  ...leanMarkets.map(
    (market): Source => ({ file: market.ticks.replace('market/', ''), tick: 1 / market.ticksPerUnit, read: () => leanQuotes(market) }),
  ),
  {
    file: 'quotes/misc/histdata_eurusd_20200101.csv.gz',
    tick: 0.00001,
    read: () =>
      quotes(
        fields('market/quotes/misc/histdata_eurusd_20200101.csv.gz').map(([time, bid, ask]) => {
          const [, year, month, day, hour, minute, second, ms] = /^(....)(..)(..) (..)(..)(..)(...)$/.exec(time)!.map(Number);
          return [BigInt(Date.UTC(year, month - 1, day, hour + 5, minute, second, ms)) * nanosecondsPerMillisecond, +bid, +ask];
        }),
      ),
  },
  {
    file: 'quotes/misc/nautilus_quote_tick_eurusd_2019.parquet',
    tick: 0.00001,
    read: async () =>
      quotes(
        (await parquet('market/quotes/misc/nautilus_quote_tick_eurusd_2019.parquet')).map((row) => [
          BigInt(row.ts_init),
          fixedDecimal(row.bid_price),
          fixedDecimal(row.ask_price),
          fixedDecimal(row.bid_size),
          fixedDecimal(row.ask_size),
        ]),
      ),
  },
  {
    file: 'quotes/misc/truefx_usdjpy_20130101.csv',
    tick: 0.001,
    read: () =>
      quotes(
        fields('market/quotes/misc/truefx_usdjpy_20130101.csv')
          .slice(1)
          .map(([time, bid, ask]) => [isoTime(time), +bid, +ask]),
      ),
  },
  {
    file: 'scid/es_ticks.scid',
    tick: 0.25,
    read() {
      const bytes = readFileSync(sharedPath('market/scid/es_ticks.scid')),
        rows: [bigint, number, number, number][] = [];
      for (let at = bytes.readUInt32LE(4); at < bytes.length; at += bytes.readUInt32LE(8)) {
        const microseconds = bytes.readBigInt64LE(at) - 2_209_161_600_000_000n;
        rows.push([microseconds * 1000n, bytes.readFloatLE(at + 20), bytes.readUInt32LE(at + 28), bytes.readUInt32LE(at + 36) > 0 ? 1 : -1]);
      }
      return trades(rows);
    },
  },
];

/** Counts of all rules, those asked for with their defaults too, for each file; folders of daily files day by day. */
export async function marketFindings(): Promise<FileFindings[]> {
  const result: FileFindings[] = [];
  for (const { file, tick, read } of sources) {
    const columns = await read();
    if (!file.endsWith('/')) result.push(findingsOf(file, columns, tick));
    else {
      const shift = leanMarkets.find(({ ticks }) => ticks.endsWith(file))!.toUtc;
      for (let from = 0, to = 0; from < columns.time.length; from = to) {
        const day = dayOf(columns.time[from] - shift);
        while (to < columns.time.length && dayOf(columns.time[to] - shift) === day) to++;
        const part = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, (column as Float64Array).subarray(from, to)]));
        result.push(findingsOf(`${file}${formatDay(day).replaceAll('-', '')}_quote.zip`, part, tick));
      }
    }
  }
  return result;
}

function findingsOf(file: string, columns: Ticks, tick: number): FileFindings {
  const order = checkOrder(columns.time).length,
    rules = { jump: {}, volume: {}, duplicate: {} };
  if (order > 0) throw new Error(`${file}: ${order} rows run backwards`);
  const { findings } = cleanTicks(columns, { tick, rules });
  return { file, rows: columns.time.length, counts: qualityReport(findings).rules.map(({ count }) => count) };
}

/** The table of docs/market-findings.md: the rules that found something somewhere, and a dash for none. */
export function findingsTable(files: readonly FileFindings[]): { readonly head: string[]; readonly rows: string[][] } {
  const shown = qualityRules.map((_, code) => code).filter((code) => files.some(({ counts }) => counts[code] > 0));
  return {
    head: ['file', 'rows', ...shown.map((code) => qualityRules[code].name)],
    rows: files.map(({ file, rows, counts }) => [file, String(rows), ...shown.map((code) => (counts[code] === 0 ? '-' : String(counts[code])))]),
  };
}
