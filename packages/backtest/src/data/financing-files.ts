/**
 * What holding a position costs, from files: funding of perpetuals, the fee for borrowing what was sold short, swap of currencies.
 *
 * Each has `time`, `instrument` (may be absent where one trades) and its own columns: funding `rate` and, if it is stated, `price`; borrow `rate` (a year); swap
 * `long` and `short`. A value holds from its time on; of funding each row is a charge, or the rate that holds at one.
 */
import type { BorrowRate, FundingRates, OvernightSwap } from '../ledger/financing.ts';
import { ascendingTimes, rowsOfInstruments } from './rows-of-instruments.ts';
import { readStatedRows, type NumberRule, type StatedRows } from './stated-rows.ts';

type ById<Value> = ReadonlyMap<string, Value>;

/** Errors: DataError with file, row and column. */
export async function readFunding(file: string, zone: string, ids: readonly string[], rhythm: Pick<FundingRates, 'every' | 'charge' | 'offset'>): Promise<ById<FundingRates>> {
  const rows = await readStatedRows(file, zone, ['time', 'rate'], ['instrument', 'price']);
  return mapValues(rowsOfInstruments(rows, ids), places => ({
    time: ascendingTimes(rows, places), rate: column(rows, places, 'rate', 'finite'), ...(rows.has('price') ? { price: column(rows, places, 'price', 'positive') } : {}), ...rhythm,
  }));
}

/** Errors: as `readFunding`. */
export async function readBorrow(file: string, zone: string, ids: readonly string[]): Promise<ById<BorrowRate>> {
  const rows = await readStatedRows(file, zone, ['time', 'rate'], ['instrument']);
  return mapValues(rowsOfInstruments(rows, ids), places => ({ rate: { time: ascendingTimes(rows, places), value: column(rows, places, 'rate', 'notNegative') } }));
}

/** Errors: as `readFunding`. */
export async function readSwap(file: string, zone: string, ids: readonly string[]): Promise<ById<OvernightSwap>> {
  const rows = await readStatedRows(file, zone, ['time', 'long', 'short'], ['instrument']);
  return mapValues(rowsOfInstruments(rows, ids), places => {
    const time = ascendingTimes(rows, places);
    return { long: { time, value: column(rows, places, 'long', 'finite') }, short: { time, value: column(rows, places, 'short', 'finite') } };
  });
}

function column(rows: StatedRows, places: readonly number[], name: string, rule: NumberRule): Float64Array {
  return Float64Array.from(places, row => rows.number(row, name, rule));
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, make: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([id, value]) => [id, make(value)]));
}
