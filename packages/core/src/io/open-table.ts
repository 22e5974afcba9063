/** A file of columns by the ending of its name. */
import { openArrow } from './arrow-reader.ts';
import type { ByteSource } from './byte-source.ts';
import type { ParquetOptions } from './parquet-plan.ts';
import { openParquet } from './parquet-reader.ts';
import type { TableFile } from './table-file.ts';

const arrowEndings = /\.(arrow|arrows|feather|ipc)$/;

/** Does this name stand for a file of columns: `.parquet`, or Arrow IPC as `.arrow`, `.arrows` (a stream), `.ipc` or `.feather`? */
export function isTableFile(name: string): boolean {
  return name.endsWith('.parquet') || arrowEndings.test(name);
}

/** Opens a Parquet or Arrow file. Errors: as `openParquet` and `openArrow`. Example: `(await openTable('prices.feather')).read()`. */
export function openTable(from: string | ByteSource, options: ParquetOptions = {}): Promise<TableFile> {
  return arrowEndings.test(typeof from === 'string' ? from : from.name) ? openArrow(from, options) : openParquet(from, options);
}
