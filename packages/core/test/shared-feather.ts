/** Reads an Arrow IPC file (Feather 2) with LZ4 buffers by Apache's own program, so that the reader under test has no part in it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compressionRegistry, CompressionType, tableFromIPC } from 'apache-arrow';
import { sharedPath } from './shared-market.ts';

interface Lz4 {
  compress(data: Uint8Array): Uint8Array;
  decompress(data: Uint8Array): Uint8Array;
}

/** Columns of a Feather file: doubles as they are, times in UTC nanoseconds. */
export function sharedFeather(path: string): { readonly [column: string]: Float64Array | BigInt64Array } {
  const lz4 = createRequire(import.meta.url)('lz4js') as Lz4;
  compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: (data) => lz4.compress(data), decode: (data) => lz4.decompress(data) });
  const table = tableFromIPC(readFileSync(sharedPath(path)));
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, table.getChild(name)!.toArray() as Float64Array | BigInt64Array]));
}
