/** `zanzibar data generate --schematic`: bars that follow a Wyckoff schematic, and where its events lie, as two files. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { barSchema, formatTime, generateSchematic, type SchematicLabels, type SchematicOptions } from '@zanzibar/core';
import { replaceText, writeParquet } from '@zanzibar/core/io';

export interface SchematicFiles {
  readonly bars: string;
  readonly labels: string;
  readonly rows: number;
  readonly events: number;
}

export async function generateSchematicFiles(root: string, options: SchematicOptions): Promise<SchematicFiles> {
  const { bars, labels } = generateSchematic(options), name = join(root, `${options.schematic}-${options.seed}`), files = { bars: `${name}-bars.parquet`, labels: `${name}-labels.csv` };
  await mkdir(root, { recursive: true });
  await writeParquet(files.bars, { columns: bars as never }, { schema: barSchema, record: 'bars' });
  await replaceText(files.labels, labelsText(labels));
  return { ...files, rows: bars.close.length, events: labels.event.length };
}

function labelsText({ event, direction, row, time, price }: SchematicLabels): string {
  return ['row,time,event,direction,price', ...event.map((name, k) => `${row[k]},${formatTime(time[k])},${name},${direction[k]},${price[k]}`), ''].join('\n');
}
