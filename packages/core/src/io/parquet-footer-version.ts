/** The version in the footer of a Parquet file: 2 as current writers state it, 1 for readers that know no other. */
import { open } from 'node:fs/promises';
import { DataError } from '../errors.ts';

/**
 * Sets the footer's version of the file at `path` to 1; nothing else in it changes.
 *
 * Layout (Parquet, Thrift compact protocol): the footer's length and `PAR1` are the last 8 bytes; the footer starts with its field 1, an i32, as
 * 0x15 and the zigzag number, 4 for version 2 and 2 for version 1.
 */
export async function setFooterVersion1(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat(),
      tail = Buffer.alloc(8),
      head = Buffer.alloc(2);
    await file.read(tail, 0, 8, size - 8);
    const at = size - 8 - tail.readUInt32LE(0);
    await file.read(head, 0, 2, at);
    if (head[0] !== 0x15 || head[1] !== 4) throw new DataError('its footer does not start with version 2', { file: path });
    await file.write(Uint8Array.of(2), 0, 1, at + 1);
  } finally {
    await file.close();
  }
}
