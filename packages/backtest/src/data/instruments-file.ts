/**
 * Facts of instruments from a file: `instrument` (a symbol, or an id with its venue) and any of the facts that `defineInstrument` takes; `expires` is its `to`.
 *
 * @example
 * instrument,kind,quoteCurrency,tick,quantityStep,minimumQuantity,multiplier
 * SIEMENS.XETRA,equity,EUR,0.01,1,1,1
 */
import { DataError, defineInstrument, type InstrumentOptions } from '@zanzibar/core';
import { readStatedRows } from './stated-rows.ts';

const texts = ['kind', 'baseCurrency', 'quoteCurrency', 'settleCurrency', 'calendar'] as const, positive = ['tick', 'quantityStep', 'multiplier'] as const;

/** What is stated of an instrument; undefined where nothing is. */
export type StatedFacts = (symbol: string, venue: string) => InstrumentOptions | undefined;

/** Errors: DataError with file, row and column. */
export async function readInstruments(file: string, zone: string): Promise<StatedFacts> {
  const rows = await readStatedRows(file, zone, ['instrument'], [...texts, ...positive, 'minimumQuantity', 'expires']), stated = new Map<string, Omit<InstrumentOptions, 'id'>>();
  for (let row = 0; row < rows.length; row++) {
    const name = rows.text(row, 'instrument').toUpperCase(), facts: Record<string, string | number | bigint> = {};
    if (stated.has(name)) rows.fail(row, 'instrument', `${name} is stated twice`);
    for (const column of texts) if (rows.text(row, column) !== '') facts[column] = rows.text(row, column);
    for (const column of positive) if (rows.text(row, column) !== '') facts[column] = rows.number(row, column, 'positive');
    if (rows.text(row, 'minimumQuantity') !== '') facts.minimumQuantity = rows.number(row, 'minimumQuantity', 'notNegative');
    if (rows.text(row, 'expires') !== '') facts.to = rows.time(row, 'expires');
    try {
      defineInstrument({ id: name.includes('.') ? name : `${name}.FILE`, ...facts });
    } catch (error) {
      throw new DataError((error as Error).message, { file, row });
    }
    stated.set(name, facts);
  }
  return (symbol, venue) => {
    const id = `${symbol}.${venue}`.toUpperCase(), facts = stated.get(id) ?? stated.get(symbol.toUpperCase());
    return facts && { id, ...facts };
  };
}
