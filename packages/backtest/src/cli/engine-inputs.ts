/** What an engine reads of others, made over the same file: the tables and columns that the file does not have. */
import type { AnyEngine } from '@zanzibar/core';
import { tableOf, usualWriters } from '../enrich/node-wiring.ts';
import type { Parsed } from './arguments.ts';
import { engineOptions, knownEngines } from './known-engines.ts';
import { UsageError } from './usage-error.ts';

type Columns = { readonly [column: string]: unknown };

/** The engine that writes a table or a column by default, if there is one. */
function writerOf(reading: string): AnyEngine | undefined {
  const name = Object.hasOwn(knownEngines, reading) ? reading : usualWriters[reading];
  return name === undefined ? undefined : knownEngines[name];
}

/** Names, behind which an option of `--set` may stand, of all that an engine reads of others, and they of others. */
export function readingsOf({ spec }: AnyEngine): string[] {
  const own = [...Object.keys(spec.reads ?? {}), ...Object.keys({ ...spec.input, ...spec.optional }).filter(column => knownEngines[column]?.spec.aligned?.[column] !== undefined)];
  return [...new Set(own.flatMap(reading => [reading, ...(writerOf(reading) === undefined || writerOf(reading)!.spec === spec ? [] : readingsOf(writerOf(reading)!))]))];
}

/** Runs an engine over the columns of a file, and before it what it reads. Errors: UsageError for a column or table that neither the file nor an engine has. */
export function runOver(engine: AnyEngine, columns: Columns, file: string, given: Parsed, prefix: string): { readonly [name: string]: any; readonly length: number } {
  const { spec } = engine, own: Record<string, unknown> = { ...columns }, tables: Record<string, object> = {};
  const has = ({ spec: { input } }: AnyEngine): boolean => Object.keys(input).every(column => columns[column] !== undefined);
  for (const column of [...Object.keys(spec.input), ...Object.keys(spec.optional ?? {})]) {
    if (own[column] !== undefined) continue;
    const writer = knownEngines[column];
    if (writer?.spec.aligned?.[column] !== undefined && has(writer)) own[column] = runOver(writer, columns, file, given, `${column}.`)[column];
    else if (column in spec.input) throw new UsageError(`engine: ${spec.name} needs a column "${column}", ${file} has ${Object.keys(columns).join(', ')}`, file);
  }
  for (const table in spec.reads) {
    const writer = writerOf(table);
    if (writer !== undefined) tables[table] = runOver(writer, columns, file, given, `${table}.`)[tableOf(spec.name, table, spec.reads[table], writer.spec.name, writer)];
    else if (!spec.optionalReads?.includes(table)) throw new UsageError(`engine: ${spec.name} reads the table "${table}", which no engine makes of a file of bars: \`zanzibar enrich\` over ticks or a script does`, spec.name);
  }
  return engine(own as never, engineOptions('engine', engine, given, prefix), tables as never) as never;
}
