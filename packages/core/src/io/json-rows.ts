/** JSON exports as the delimited text that the presets read: one way through the parsing and its checks. */
import { DataError } from '../errors.ts';

/** Form of a JSON export: trades as rows or as objects of ccxt, or an hour of Dukascopy's ticks as differences. */
export type JsonForm = 'trades' | 'dukascopy';

const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);

/** Do these bytes start like JSON, as no delimited file does? */
export function isJson(bytes: Uint8Array): boolean {
  return openings.has(bytes[bytes.findIndex((byte) => byte > 32)]);
}

/**
 * The rows as delimited text: `timestamp,id,type,side,price,amount,cost` of trades, `timestamp,ask,bid,askVolume,bidVolume` of ticks.
 *
 * Numbers are written as the shortest text of their doubles, so nothing is lost. Errors: DataError where the JSON is none, or of another form.
 */
export function jsonText(file: string, bytes: Uint8Array, form: JsonForm): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new DataError(`is no JSON, or was cut short: ${(error as Error).message}`, { file });
  }
  const lines = form === 'dukascopy' ? tickLines(file, value) : tradeLines(file, value);
  if (lines.length === 0) throw new DataError('has no rows', { file });
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function tradeLines(file: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw new DataError('is no list of trades', { file });
  return value.map((row: unknown, i) => {
    if (Array.isArray(row)) return row.map(cell).join(',');
    if (typeof row !== 'object' || row === null) throw new DataError('is no trade', { file, row: i });
    const trade = row as { readonly [name: string]: unknown };
    return ['timestamp', 'id', 'type', 'side', 'price', 'amount', 'cost'].map((name) => cell(trade[name])).join(',');
  });
}

function cell(value: unknown): string {
  return value === null || value === undefined ? '' : String(value as string | number).replaceAll(',', ' ');
}

const lists = ['times', 'asks', 'bids', 'askVolumes', 'bidVolumes'] as const;

/** Ticks from start values and differences: prices count in multiples of `multiplier`, so sums of integers are exact. */
function tickLines(file: string, value: unknown): string[] {
  const hour = value as Record<'timestamp' | 'multiplier' | 'ask' | 'bid', number> & Record<(typeof lists)[number], number[]>;
  for (const name of ['timestamp', 'multiplier', 'ask', 'bid'] as const)
    if (!Number.isFinite(hour?.[name])) throw new DataError(`has no number "${name}"`, { file });
  for (const name of lists) {
    if (!Array.isArray(hour[name])) throw new DataError(`has no list "${name}"`, { file });
    if (hour[name].length !== hour.times.length) throw new DataError(`has ${hour[name].length} ${name} for ${hour.times.length} times`, { file });
  }
  const perUnit = Math.round(1 / hour.multiplier);
  let time = hour.timestamp,
    ask = Math.round(hour.ask * perUnit),
    bid = Math.round(hour.bid * perUnit);
  return hour.times.map((step, i) => {
    time += step;
    ask += hour.asks[i];
    bid += hour.bids[i];
    return `${time},${ask / perUnit},${bid / perUnit},${hour.askVolumes[i]},${hour.bidVolumes[i]}`;
  });
}
