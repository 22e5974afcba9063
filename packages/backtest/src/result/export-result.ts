/**
 * A result for other programs: every table as one CSV, Parquet or Arrow file, codes as words, every column of its record, figures in `metrics`.
 *
 * `backtest --out` keeps results compact, for reading back; this is what a spreadsheet, pandas or DuckDB reads as it is. Times are UTC: ISO 8601 with up to nine digits of the second in
 * CSV, timestamps of nanoseconds in Parquet and Arrow. Missing numbers (NaN) and times (0) are empty in CSV. `export.json` lists the files; the folder appears when all of it is written.
 */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventKinds, executionEvents, exitReasons, formatTime, liquidities, linkKinds, orderKinds, orderStates, reasons, timesInForce, trailUnits } from '@zanzibar/core';
import type { ColumnArray, Schema } from '@zanzibar/core';
import { replaceFolder } from './replace-folder.ts';
import { columnOf } from './result-table.ts';
import type { ResultTable } from './result-table.ts';
import { stagesOf } from './result.ts';
import type { Result } from './result.ts';
import { textsWithoutNone } from './texts-without-none.ts';

export const exportSchema = 'zanzibar/export';
export const exportVersion = '1.0';
export const exportFormats = ['csv', 'parquet', 'arrow'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The words behind the code columns of each record. */
const words: { readonly [record: string]: { readonly [column: string]: readonly string[] } } = {
  orders: { kind: orderKinds, trailUnit: trailUnits, timeInForce: timesInForce, linkKind: linkKinds },
  executions: { event: executionEvents, state: orderStates, reason: reasons, liquidity: liquidities },
  fills: { liquidity: liquidities },
  roundTrips: { exitReason: exitReasons },
  events: { kind: eventKinds },
};

/** Rows whose text is made at once. */
const rowsAtOnce = 20_000;

/** Writes the export to `folder`, replacing an older one there; anything else there is refused and left alone. Returns the files by stage. */
export async function exportResult(folder: string, result: Result, format: ExportFormat): Promise<{ readonly [stage: string]: string }> {
  if (!exportFormats.includes(format)) throw new RangeError(`exportResult: format must be one of ${exportFormats.join(', ')}, was ${String(format)}`);
  const files: Record<string, string> = {}, rows: Record<string, number> = {};
  await replaceFolder(folder, { what: 'export', mark: 'export.json' }, async temporary => {
    for (const [stage, table] of Object.entries({ metrics: metricsOf(result), ...stagesOf(result) })) {
      files[stage] = `${stage.replaceAll('/', '-')}.${format}`;
      rows[stage] = table.length;
      const whole = exportTable(stage, table);
      if (format === 'csv') await writeCsv(join(temporary, files[stage]), whole);
      else await writeTable(join(temporary, files[stage]), stage, whole, format);
    }
    const about = { schema: exportSchema, version: exportVersion, format, strategy: result.summary.manifest.strategy, orderHash: result.digests.orderHash(), tables: Object.fromEntries(Object.keys(files).map(stage => [stage, { file: files[stage], rows: rows[stage] }])) };
    await writeFile(join(temporary, 'export.json'), `${JSON.stringify(about, null, 2)}\n`);
  });
  return files;
}

/** A table with all columns and only texts that have a string. */
function exportTable(stage: string, table: ResultTable): ResultTable {
  const isEvents = 'knownRow' in table.schema && 'originRow' in table.schema, own = words[isEvents ? 'events' : stage] ?? {};
  const schema: Record<string, Schema[string]> = {}, columns: Record<string, ColumnArray> = {}, texts: Record<string, readonly string[]> = {};
  for (const [name, type] of Object.entries(table.schema)) {
    const column = columnOf(table, name), isText = type === 'text' || own[name] !== undefined;
    schema[name] = isText ? 'text' : type;
    if (isText) [columns[name], texts[name]] = textsWithoutNone(stage, name, Int32Array.from(column as Int32Array), { length: table.length, texts: own[name] === undefined ? table.texts : own });
    else columns[name] = column;
  }
  return { schema, columns, length: table.length, texts };
}

function metricsOf({ summary }: Result): ResultTable {
  const figures = Object.entries(summary.metrics.figures), text = (pick: (figure: (typeof figures)[number]) => string): readonly string[] => figures.map(pick), codes = Int32Array.from(figures, (_, i) => i);
  return {
    schema: { name: 'text', value: 'f64', unit: 'text', title: 'text', definition: 'text', reason: 'text' }, length: figures.length,
    columns: { name: codes, value: Float64Array.from(figures, ([, { value }]) => value), unit: codes, title: codes, definition: codes, reason: codes },
    texts: { name: text(([name]) => name), unit: text(([, { unit }]) => unit), title: text(([, { title }]) => title), definition: text(([, { definition }]) => definition), reason: text(([, { reason }]) => reason) },
  };
}

async function writeTable(file: string, stage: string, table: ResultTable, format: ExportFormat): Promise<void> {
  const { writeArrow, writeParquet } = await import('@zanzibar/core/io');
  if (format === 'arrow') await writeArrow(file, table);
  else await writeParquet(file, table, { schema: table.schema, record: stage });
}

async function writeCsv(file: string, { schema, columns, length, texts }: ResultTable): Promise<void> {
  const names = Object.keys(schema), cells = names.map(name => cellOf(schema[name], columns[name], (texts[name] ?? []).map(csvText))), handle = await open(file, 'wx');
  try {
    await handle.write(`${names.map(csvText).join(',')}\n`);
    for (let from = 0; from < length; from += rowsAtOnce) {
      const lines: string[] = [];
      for (let row = from; row < Math.min(from + rowsAtOnce, length); row++) lines.push(cells.map(cell => cell(row)).join(','));
      await handle.write(`${lines.join('\n')}\n`);
    }
  } finally {
    await handle.close();
  }
}

function cellOf(type: Schema[string], column: ColumnArray, texts: readonly string[]): (row: number) => string {
  if (type === 'text') return row => texts[(column as Int32Array)[row]];
  if (type === 'i64') return row => ((column as BigInt64Array)[row] === 0n ? '' : formatTime((column as BigInt64Array)[row]));
  return row => (Number.isNaN(column[row]) ? '' : String(column[row]));
}

/** Quoted where it holds a comma, a quote or a line break. */
function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
