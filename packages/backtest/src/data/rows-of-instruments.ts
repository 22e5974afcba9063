/** Which rows of a file are about which instrument of a run. */
import { DataError } from '@zanzibar/core';
import type { StatedRows } from './stated-rows.ts';

/**
 * Rows by instrument id, by the column `instrument`: ids or symbols. Without that column all rows are about the only instrument.
 *
 * Rows of instruments that do not trade are left out. Errors: DataError where a symbol could be several, where several trade and the file does not tell them
 * apart, and where it is about none of them.
 */
export function rowsOfInstruments(rows: StatedRows, ids: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const { file, length } = rows, found = new Map<string, number[]>(), named = new Set<string>();
  if (!rows.has('instrument')) {
    if (ids.length !== 1) throw new DataError(`column is missing, and the run trades ${ids.join(', ')}`, { file, column: 'instrument' });
    return new Map([[ids[0], Array.from({ length }, (_, row) => row)]]);
  }
  for (let row = 0; row < length; row++) {
    const name = rows.text(row, 'instrument').toUpperCase(), fitting = ids.filter(id => id === name || id.split('.')[0] === name);
    if (name === '') rows.fail(row, 'instrument', 'must be an instrument, was empty');
    if (fitting.length > 1) rows.fail(row, 'instrument', `${name} is traded at several venues, name one: ${fitting.join(', ')}`);
    named.add(name);
    if (fitting.length === 0) continue;
    const places = found.get(fitting[0]);
    if (places === undefined) found.set(fitting[0], [row]);
    else places.push(row);
  }
  if (found.size === 0) throw new DataError(`is about ${[...named].join(', ')}, the run trades ${ids.join(', ')}`, { file, column: 'instrument' });
  return found;
}

/** Times of rows that must ascend, UTC nanoseconds. */
export function ascendingTimes(rows: StatedRows, places: readonly number[]): BigInt64Array {
  const times = BigInt64Array.from(places, row => rows.time(row, 'time'));
  for (let k = 1; k < times.length; k++) if (times[k] <= times[k - 1]) rows.fail(places[k], 'time', `times must ascend, was ${rows.text(places[k], 'time')} after ${rows.text(places[k - 1], 'time')}`);
  return times;
}
