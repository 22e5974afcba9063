/** A process of its own: restores a snapshot of a row-by-row run over the sample, goes on to the end, and writes the rows that came since. */
import { readFileSync, writeFileSync } from 'node:fs';
import { replayRows, tablesOfSession } from '@zanzibar/backtest';
import { decodeCanonical, encodeCanonical, type GrowingTable } from '@zanzibar/core';
import { prepareSample } from './sample.ts';

const [, , from, to] = process.argv, { bytes, done } = decodeCanonical(readFileSync(from)) as { bytes: Uint8Array; done: number };
const run = await prepareSample(), session = run.session();
session.restore(bytes);
for (const _ of replayRows(session, run.data, done));
const tables = tablesOfSession(session) as unknown as { readonly [stage: string]: GrowingTable };
const stages = Object.fromEntries(Object.entries(tables).map(([name, { schema, columns, texts, length, base }]) => [name, {
  schema, texts: texts ?? {}, length, base, columns: Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, values.slice(0, length)])),
}]));
writeFileSync(to, encodeCanonical(stages));
