/**
 * Snapshots as bytes that know when they were damaged: canonical bytes of an object whose last field is a checksum of all bytes in front of it.
 *
 * A state that was damaged and taken for sound would go on silently with other numbers. The checksum is FNV-1a of 32 bits: it sees every damage to one
 * byte, and misses other damage once in 2^32. Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm.
 */
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { DataError } from './errors.ts';

/** A number's eight bytes, the last ones of a snapshot. */
const checksumBytes = 8;

/** The bytes of a snapshot's fields; `name` starts the paths in error messages. */
export function encodeSnapshot(fields: { readonly [field: string]: unknown }, name: string = 'snapshot'): Uint8Array {
  const { checksum: _, ...own } = fields,
    bytes = encodeCanonical({ ...own, checksum: 0 }, name);
  new DataView(bytes.buffer).setFloat64(bytes.length - checksumBytes, fnv(bytes), true);
  return bytes;
}

/** The fields of a snapshot. Errors: DataError where its bytes were damaged or cut short, before anything of them is used. */
export function decodeSnapshot(name: string, bytes: Uint8Array): any {
  const { buffer, byteOffset, length } = bytes;
  if (length < checksumBytes || new DataView(buffer, byteOffset, length).getFloat64(length - checksumBytes, true) !== fnv(bytes))
    throw new DataError(`${name}: the snapshot was damaged or cut short: its checksum differs`);
  return decodeCanonical(bytes);
}

function fnv(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length - checksumBytes; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash >>> 0;
}
