/** Reads the recorded markets of the folder `shared` beside the repository, where it is present; independent of the readers under test. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const shared: string = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** Where the recorded markets should be; tests that need them skip with `skipReason` where they are not. */
export const hasSharedData: boolean = existsSync(`${shared}market`) && existsSync(`${shared}oracles`);
export const skipReason: string = hasSharedData ? '' : ' (skipped: the folder ../shared with recorded markets is not there)';

export function sharedPath(path: string): string {
  return shared + path;
}

export function sharedJson(path: string): any {
  const bytes = readFileSync(shared + path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

/** Text of the only file in a zip archive. */
function unzip(path: string): string {
  const bytes = readFileSync(path),
    end = bytes.lastIndexOf(Uint8Array.of(0x50, 0x4b, 5, 6));
  const entry = bytes.readUInt32LE(end + 16),
    local = bytes.readUInt32LE(entry + 42),
    size = bytes.readUInt32LE(entry + 20);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28),
    packed = bytes.subarray(start, start + size);
  return (bytes.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)).toString();
}

export interface LeanMarket {
  readonly name: string;
  readonly ticks: string;
  readonly bars: string;
  /** Nanoseconds to add to the files' clock for UTC. */
  readonly toUtc: bigint;
  /** Ticks in one unit of price. */
  readonly ticksPerUnit: number;
}

export const leanMarkets: readonly LeanMarket[] = [
  { name: 'OANDA EURUSD', ticks: 'market/quotes/oanda-fx/eurusd/', bars: 'market/bars/oanda/*/eurusd/', toUtc: 0n, ticksPerUnit: 100_000 },
  { name: 'FXCM EURUSD', ticks: 'market/quotes/fxcm/eurusd/', bars: 'market/bars/fxcm/*/eurusd/', toUtc: 18_000_000_000_000n, ticksPerUnit: 100_000 },
  { name: 'OANDA XAUUSD', ticks: 'market/quotes/oanda-cfd/xauusd/', bars: 'market/bars/oanda/*/xauusd/', toUtc: 0n, ticksPerUnit: 1_000 },
];

/** Rows of all days of a folder of Lean's zip files, in order: UTC nanoseconds and the numbers after the time. */
function leanRows(folder: string, toUtc: bigint, columns: number): { time: BigInt64Array; values: Float64Array[] } {
  const times: bigint[] = [],
    values: number[][] = Array.from({ length: columns }, () => []);
  for (const file of existsSync(shared + folder) ? readdirSync(shared + folder).sort() : []) {
    const midnight = BigInt(Date.UTC(+file.slice(0, 4), +file.slice(4, 6) - 1, +file.slice(6, 8))) * 1_000_000n + toUtc;
    for (const line of unzip(shared + folder + file).split('\n')) {
      if (line.trim() === '') continue;
      const fields = line.split(','),
        [whole, fraction = ''] = fields[0].split('.');
      times.push(midnight + BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0')));
      for (let k = 0; k < columns; k++) values[k].push(+fields[k + 1]);
    }
  }
  return { time: BigInt64Array.from(times), values: values.map((column) => Float64Array.from(column)) };
}

export interface QuoteColumns {
  readonly [column: string]: Float64Array | BigInt64Array;
  readonly time: BigInt64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
}

const read = new Map<string, QuoteColumns>();

/** The quotes of all recorded days of a market, days in order. */
export function leanQuotes(market: LeanMarket): QuoteColumns {
  const known = read.get(market.name);
  if (known) return known;
  const {
      time,
      values: [bid, ask],
    } = leanRows(market.ticks, market.toUtc, 2),
    quotes: QuoteColumns = { time, bid, ask };
  read.set(market.name, quotes);
  return quotes;
}

/** Lean's own bars: open, high, low, close of the bid at 0 to 3 (the size at 4 is 0), of the ask at 5 to 8. */
export function leanBars(market: LeanMarket, resolution: 'second' | 'minute'): { time: BigInt64Array; values: Float64Array[] } {
  return leanRows(market.bars.replace('*', resolution), market.toUtc, 10);
}
