/** Reads the bytes of column chunks, whole or only the pages that hold some rows, the next chunk while the one before is decoded. */
import type { ColumnChunk } from 'hyparquet';
import { DataError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ColumnPlan } from '../parquet-values.ts';
import type { RowGroup } from '../table-file.ts';
import { Bytes } from './bytes.ts';
import type { ColumnReader } from './column-chunk.ts';
import { chunkStart } from './footer.ts';
import { pageLocations } from './page-index.ts';
import type { ColumnArray } from '../../table.ts';

/** Rows `[start, end)` of the file, which lie in `group`, of one column into `target` from `at` on. */
export interface ChunkJob {
  readonly reader: ColumnReader;
  readonly plan: ColumnPlan;
  readonly chunk: ColumnChunk;
  readonly group: RowGroup;
  readonly start: number;
  readonly end: number;
  readonly target: ColumnArray;
  readonly at: number;
}

interface Fetched {
  readonly bytes: Bytes;
  readonly length: number;
  readonly pageRow: number;
}

/** Decodes one job after another in two buffers that it keeps. */
export class ChunkSource {
  private readonly source: ByteSource;
  private readonly buffers: readonly Bytes[] = [new Bytes(), new Bytes()];

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Errors: DataError naming file, row group, row and column. */
  async run(jobs: readonly ChunkJob[]): Promise<void> {
    let pending = jobs.length > 0 ? this.fetch(jobs[0], this.buffers[0]) : undefined;
    for (let k = 0; k < jobs.length; k++) {
      const job = jobs[k],
        { bytes, length, pageRow } = await pending!;
      pending = k + 1 < jobs.length ? this.fetch(jobs[k + 1], this.buffers[(k + 1) % 2]) : undefined;
      // It is waited for in its turn; until then its failure is nobody's.
      pending?.catch(() => {});
      const { group, start, end, target, at, chunk, reader } = job;
      await reader.read({ group: group.index, meta: chunk.meta_data!, bytes, length, pageRow, groupEnd: group.toRow, start, end, target, at });
    }
  }

  private async fetch({ chunk, group, start, end, plan }: ChunkJob, bytes: Bytes): Promise<Fetched> {
    const meta = chunk.meta_data!,
      first = chunkStart(meta),
      stored = Number(meta.total_compressed_size);
    try {
      const pages = start > group.fromRow || end < group.toRow ? await pageLocations(this.source, chunk, group.toRow - group.fromRow) : undefined;
      if (!pages) {
        bytes.reserve(stored);
        await this.fill(bytes.u8.subarray(0, stored), first);
        return { bytes, length: stored, pageRow: group.fromRow };
      }
      let from = 0,
        to = pages.length;
      while (from + 1 < pages.length && group.fromRow + pages[from + 1].firstRow <= start) from++;
      while (to - 1 > from && group.fromRow + pages[to - 1].firstRow >= end) to--;
      const head = Math.max(0, pages[0].offset - first),
        begin = pages[from].offset,
        span = pages[to - 1].offset + pages[to - 1].byteLength - begin;
      if (!(head + span <= stored && span > 0)) throw new Error('its page index has pages outside its chunk');
      bytes.reserve(head + span);
      if (head > 0) await this.fill(bytes.u8.subarray(0, head), first);
      await this.fill(bytes.u8.subarray(head, head + span), begin);
      return { bytes, length: head + span, pageRow: group.fromRow + pages[from].firstRow };
    } catch (error) {
      if (error instanceof DataError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new DataError(`row group ${group.index} cannot be read: ${message}`, { file: this.source.name, row: start, column: plan.source });
    }
  }

  private async fill(into: Uint8Array, start: number): Promise<void> {
    if (this.source.fill) await this.source.fill(into, start);
    else into.set(new Uint8Array(await this.source.slice(start, start + into.length)));
  }
}
