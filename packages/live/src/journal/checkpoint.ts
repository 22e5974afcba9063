/**
 * Checkpoints: where a run can go on without replaying its journal from the beginning, and the rows of every stage up to there.
 *
 * `stages/N` holds the rows since the checkpoint before, `snapshot` the state behind them; each appears whole or not at all, in this order. Both follow from the
 * journal: without them it is replayed from its beginning.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataError, decodeCanonical, encodeCanonical } from '@zanzibar/core';
import { encodeHead, type JournalHead } from './journal-head.ts';
import { readRecords, recordBytes } from './record-file.ts';
import type { StageParts } from './stage-rows.ts';

const snapshotSchema = 'zanzibar-snapshot', stagesSchema = 'zanzibar-stages', version = '1.0';

export interface Snapshot {
  /** From 1. */
  readonly checkpoint: number;
  /** Records of the journal that it contains. */
  readonly records: number;
  /** By stage, the absolute row up to which rows stand in `stages/`. */
  readonly saved: { readonly [stage: string]: number };
  readonly session: Uint8Array;
}

export function snapshotFile(folder: string): string {
  return join(folder, 'snapshot');
}

export function stagesFile(folder: string, checkpoint: number): string {
  return join(folder, 'stages', String(checkpoint).padStart(6, '0'));
}

/** A file that appears whole or not at all. */
export function writeAtOnce(file: string, bytes: Uint8Array, isSynced: boolean): void {
  const temporary = join(dirname(file), `.${process.pid}.tmp`), descriptor = openSync(temporary, 'w');
  try {
    writeFileSync(descriptor, bytes);
    if (isSynced) fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(descriptor);
  renameSync(temporary, file);
}

/** Of which run a snapshot is. */
function runOf(head: JournalHead): string {
  return createHash('sha256').update(encodeHead({ ...head, file: '' })).digest('hex');
}

export function writeStages(folder: string, head: JournalHead, checkpoint: number, stages: StageParts, isSynced: boolean): void {
  mkdirSync(join(folder, 'stages'), { recursive: true });
  writeAtOnce(stagesFile(folder, checkpoint), recordBytes([{ type: 1, payload: encodeCanonical({ schema: stagesSchema, version, strategy: head.strategy, run: runOf(head), checkpoint, stages }) }]), isSynced);
}

export function writeSnapshot(folder: string, head: JournalHead, snapshot: Snapshot, isSynced: boolean): void {
  writeAtOnce(snapshotFile(folder), recordBytes([{ type: 1, payload: encodeCanonical({ schema: snapshotSchema, version, strategy: head.strategy, run: runOf(head), ...snapshot }) }]), isSynced);
}

/** The snapshot of a journal; undefined where there is none. Errors: DataError for damage, another version, or another run. */
export function readSnapshot(folder: string, head: JournalHead): Snapshot | undefined {
  const file = snapshotFile(folder);
  return existsSync(file) ? (read(file, head, snapshotSchema) as Snapshot) : undefined;
}

/** The stages' rows of every checkpoint up to this one. */
export function readStages(folder: string, head: JournalHead, checkpoint: number): StageParts[] {
  return Array.from({ length: checkpoint }, (_, k) => {
    const file = stagesFile(folder, k + 1);
    if (!existsSync(file)) throw new DataError('is missing, although a later checkpoint needs it', { file });
    return (read(file, head, stagesSchema) as { readonly stages: StageParts }).stages;
  });
}

function read(file: string, head: JournalHead, schema: string): unknown {
  const records = readRecords(file), first = records.next();
  if (first.done) throw new DataError('is cut short', { file });
  let value: any;
  try {
    value = decodeCanonical(first.value.payload);
  } catch (error) {
    throw new DataError(`cannot be read: ${(error as Error).message}`, { file });
  }
  const next = records.next();
  if (!next.done || next.value.torn > 0) throw new DataError('has bytes behind its end', { file });
  if (value?.schema !== schema) throw new DataError(`is no ${schema.slice('zanzibar-'.length)} but of the schema ${String(value?.schema)}`, { file });
  if (value.version.split('.')[0] !== version.split('.')[0]) throw new DataError(`is of version ${value.version}, this program reads version ${version}; nothing was changed`, { file });
  if (value.run !== runOf(head)) throw new DataError(`is of another run (strategy ${value.strategy}), the journal beside it is of ${head.strategy}; nothing was changed`, { file });
  return value;
}
