/**
 * Splits, dividends and rolls from a file, and the halts of trading.
 *
 * Actions: `time`, `instrument` (may be absent where one trades), `kind`, and what the kind needs: split `numerator` and `denominator` (1 where empty), dividend
 * `amount`, roll `into` and `cost`. One row of each instrument has the kind `known`: from its `time` to its `until` the file states all that happened; without it a
 * missing dividend could not be told from none. Halts: `time`, `until`, `instrument`.
 *
 * @example
 * time,instrument,kind,until,numerator,amount
 * 2020-01-01,AAPL.NASDAQ,known,2021-01-01,,
 * 2020-08-31,AAPL.NASDAQ,split,,4,
 * 2020-11-06,AAPL.NASDAQ,dividend,,,0.205
 */
import { defineActions, formatTime, type GivenAction, type InstrumentActions } from '@zanzibar/core';
import type { Halt } from '../simulator/account-options.ts';
import { rowsOfInstruments } from './rows-of-instruments.ts';
import { readStatedRows, type StatedRows } from './stated-rows.ts';

/** Cells that rows of a kind have: those of others must be empty. */
const cellsOf: { readonly [kind: string]: readonly string[] } = { known: ['until'], split: ['numerator', 'denominator'], dividend: ['amount'], roll: ['into', 'cost'] };

/** Errors: DataError with file, row and column. */
export async function readActions(file: string, zone: string, ids: readonly string[]): Promise<ReadonlyMap<string, InstrumentActions>> {
  const rows = await readStatedRows(file, zone, ['time', 'kind'], ['instrument', ...Object.values(cellsOf).flat()]);
  return new Map([...rowsOfInstruments(rows, ids)].map(([id, places]) => [id, actionsOf(rows, id, places)]));
}

function actionsOf(rows: StatedRows, id: string, places: readonly number[]): InstrumentActions {
  const known = places.filter(row => kindOf(rows, row) === 'known');
  if (known.length !== 1) rows.fail(known[1] ?? places[0], 'kind', `${id} needs one row of the kind known, which says for what time (time, until) all is stated; it has ${known.length}`);
  const from = rows.time(known[0], 'time'), to = rows.time(known[0], 'until'), list = places.filter(row => row !== known[0]).map(row => {
    const action = actionOf(rows, row, id), time = action.time as bigint;
    if (time < from || time >= to) rows.fail(row, 'time', `must lie in what is known of ${id}, [${formatTime(from)}, ${formatTime(to)}), was ${formatTime(time)}`);
    return action;
  });
  if (to <= from) rows.fail(known[0], 'until', `must be after ${formatTime(from)}, was ${formatTime(to)}`);
  return defineActions({ instrument: id, from, to, list });
}

function kindOf(rows: StatedRows, row: number): string {
  const kind = rows.text(row, 'kind'), own = cellsOf[kind];
  if (own === undefined) rows.fail(row, 'kind', `must be one of ${Object.keys(cellsOf).join(', ')}, was ${kind === '' ? 'empty' : kind}`);
  for (const cell of Object.values(cellsOf).flat()) if (!own.includes(cell) && rows.text(row, cell) !== '') rows.fail(row, cell, `is not for rows of the kind ${kind}, was ${rows.text(row, cell)}`);
  return kind;
}

function actionOf(rows: StatedRows, row: number, id: string): GivenAction {
  const time = rows.time(row, 'time'), kind = kindOf(rows, row), whole = (column: string): number => {
    const value = rows.number(row, column, 'positive');
    if (!Number.isSafeInteger(value)) rows.fail(row, column, `must be a positive integer, was ${value}`);
    return value;
  };
  if (kind === 'split') return { kind, time, numerator: whole('numerator'), denominator: rows.text(row, 'denominator') === '' ? 1 : whole('denominator') };
  if (kind === 'dividend') return { kind, time, amount: rows.number(row, 'amount', 'notNegative') };
  const into = rows.text(row, 'into').toUpperCase();
  if (into === '' || into === id) rows.fail(row, 'into', `must be the id of another instrument, was ${into === '' ? 'empty' : into}`);
  return { kind: 'roll', time, into, cost: rows.number(row, 'cost', 'notNegative') };
}

/** Errors: as `readActions`. */
export async function readHalts(file: string, zone: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Halt[]>> {
  const rows = await readStatedRows(file, zone, ['time', 'until'], ['instrument']);
  return new Map([...rowsOfInstruments(rows, ids)].map(([id, places]) => [id, places.map(row => {
    const from = rows.time(row, 'time'), to = rows.time(row, 'until');
    if (to <= from) rows.fail(row, 'until', `must be after ${formatTime(from)}, was ${formatTime(to)}`);
    return { from, to };
  })]));
}
