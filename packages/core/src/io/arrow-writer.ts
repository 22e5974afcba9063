/** Tables as Arrow IPC files. */
import { writeFile } from 'node:fs/promises';
import { toIpc } from '../arrow/index.ts';
import type { ToIpcOptions, ToArrowTable } from '../arrow/index.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a table to `path` as Arrow IPC, whole or not at all; a name that ends in `.arrows` is written as a stream. Returns the number of rows.
 *
 * Nothing is compressed, so that a reader can use the columns where they lie. Errors: as `toArrow`, and what the disk says.
 */
export async function writeArrow(path: string, table: ToArrowTable, options: ToIpcOptions = {}): Promise<number> {
  const bytes = await toIpc(table, { format: path.endsWith('.arrows') ? 'stream' : 'file', ...options });
  await replaceFile(path, (temporary) => writeFile(temporary, bytes));
  return table.length ?? Object.values(table.columns)[0].length;
}
