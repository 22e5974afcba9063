/** Arrow's IPC bytes: files (Feather 2) and streams. */
import { DataError, oneOf } from '../errors.ts';
import { apacheArrow } from './apache-arrow.ts';
import { fromArrow } from './from-arrow.ts';
import type { ArrowColumns, FromArrowOptions } from './from-arrow.ts';
import { checkIpcMetadata } from './ipc-metadata.ts';
import { toArrow } from './to-arrow.ts';
import type { ToArrowOptions, ToArrowTable } from './to-arrow.ts';

export interface ToIpcOptions extends ToArrowOptions {
  /** `file` can be read from any place in it and is what Feather 2 is; `stream` from its start only. @defaultValue 'file' */
  format?: 'file' | 'stream';
}

/** The table as Arrow IPC bytes, not compressed, so that a reader can use them where they lie. Errors: as `toArrow`. */
export async function toIpc(table: ToArrowTable, { format = 'file', ...options }: ToIpcOptions = {}): Promise<Uint8Array> {
  oneOf('toIpc: format', format, ['file', 'stream']);
  const { tableToIPC } = await apacheArrow();
  return tableToIPC(await toArrow(table, options), format);
}

/**
 * Arrow IPC bytes, of a file or a stream, as a table.
 *
 * Columns of a single batch that are stored as we hold them are views of `bytes`; batches that follow each other, compressed buffers (LZ4 frames,
 * zstd) and converted types get memory of their own. Errors: as `fromArrow`, and DataError where the bytes are no Arrow IPC or are damaged.
 */
export async function fromIpc(bytes: Uint8Array, options: FromArrowOptions = {}): Promise<ArrowColumns> {
  const { tableFromIPC } = await apacheArrow(),
    place = { file: options.name };
  if (bytes.length === 0) throw new DataError('is empty', place);
  let table: ReturnType<typeof tableFromIPC>;
  try {
    checkIpcMetadata(bytes);
    table = tableFromIPC(bytes);
  } catch (error) {
    throw new DataError(`is no Arrow IPC, or is damaged: ${(error as Error).message}`, place);
  }
  // Bytes of anything else give a table without columns.
  if (table.schema.fields.length === 0) throw new DataError('is no Arrow IPC, or has no columns', place);
  return fromArrow(table, options);
}
