/**
 * Rates between currencies from a file: `time`, `currency`, `rate`; account currency per unit, each from its time on.
 *
 * @example
 * time,currency,rate
 * 2024-01-01,JPY,0.0063
 * 2024-01-02T12:00:00Z,JPY,0.0064
 */
import type { Rates } from '../simulator/account-options.ts';
import { ascendingTimes } from './rows-of-instruments.ts';
import { readStatedRows } from './stated-rows.ts';

/** Errors: DataError with file, row and column. */
export async function readRates(file: string, zone: string): Promise<{ readonly [currency: string]: Rates }> {
  const rows = await readStatedRows(file, zone, ['time', 'currency', 'rate'], []), places = new Map<string, number[]>();
  for (let row = 0; row < rows.length; row++) {
    const currency = rows.text(row, 'currency').toUpperCase();
    if (!/^[A-Z0-9]+$/.test(currency)) rows.fail(row, 'currency', `must be a currency such as EUR, was ${currency === '' ? 'empty' : currency}`);
    const own = places.get(currency);
    if (own === undefined) places.set(currency, [row]);
    else own.push(row);
  }
  return Object.fromEntries([...places].map(([currency, own]) => [currency, { time: ascendingTimes(rows, own), rate: Float64Array.from(own, row => rows.number(row, 'rate', 'positive')) }]));
}
