/** Zip archives: the list of members and their bytes, over the inflate of Node. */
import { inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';
import { DataError } from '../errors.ts';

/** One file of an archive. */
export interface ZipMember {
  readonly name: string;
  readonly byteLength: number;
  bytes(): Uint8Array;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const locatorSignature = 0x07064b50;
const wideEndSignature = 0x06064b50;

/**
 * The files of a zip archive in the order of its central directory (folders left out).
 *
 * Methods: stored and deflated, each checked against its CRC-32. Errors: DataError for anything else, an encrypted member, or an archive
 * that was cut short.
 */
export function zipMembers(file: string, archive: Uint8Array): ZipMember[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength),
    end = endRecord(view, file);
  const members: ZipMember[] = [];
  let [count, at] = directory(view, end, file);
  for (; count > 0; count--) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== entrySignature)
      throw new DataError(`zip directory is damaged at byte ${at}`, { file });
    const flags = view.getUint16(at + 8, true),
      method = view.getUint16(at + 10, true),
      checksum = view.getUint32(at + 16, true);
    const nameLength = view.getUint16(at + 28, true),
      extraLength = view.getUint16(at + 30, true),
      extra = at + 46 + nameLength;
    const name = new TextDecoder().decode(archive.subarray(at + 46, extra));
    const [size, packed, local] = wideNumbers(view, extra, extraLength, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    if (!name.endsWith('/'))
      members.push({ name, byteLength: size, bytes: () => unpack({ file, archive, view, name, flags, method, checksum, packed, size, local }) });
    at = extra + extraLength + view.getUint16(at + 32, true);
  }
  return members;
}

/** Count of entries and start of the directory; where the record at the end has no room for them, from the zip64 one that it follows. */
function directory(view: DataView, end: number, file: string): [number, number] {
  const count = view.getUint16(end + 10, true),
    at = view.getUint32(end + 16, true);
  if (count !== 0xffff && at !== 0xffffffff) return [count, at];
  const wide = end >= 20 && view.getUint32(end - 20, true) === locatorSignature ? Number(view.getBigUint64(end - 12, true)) : NaN;
  if (!(wide + 56 <= end && view.getUint32(wide, true) === wideEndSignature))
    throw new DataError('is a zip64 archive without its end record', { file });
  return [Number(view.getBigUint64(wide + 32, true)), Number(view.getBigUint64(wide + 48, true))];
}

/**
 * Unpacked size, packed size and offset, each taken from the zip64 field (id 1) where its 32 bits are all ones: .NET writes such fields in
 * small archives too.
 */
function wideNumbers(view: DataView, extra: number, extraLength: number, numbers: readonly number[]): number[] {
  for (let at = extra; at + 4 <= extra + extraLength && at + 4 <= view.byteLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let value = at + 4;
    return numbers.map((number) => {
      if (number !== 0xffffffff || value + 8 > view.byteLength) return number;
      value += 8;
      return Number(view.getBigUint64(value - 8, true));
    });
  }
  return [...numbers];
}

/** The record at the end, which a comment of up to 65535 bytes may follow. */
function endRecord(view: DataView, file: string): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--) {
    if (view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new DataError(view.byteLength === 0 ? 'is empty' : 'is no zip archive, or was cut short: it has no end record', { file });
}

interface Packed {
  file: string;
  archive: Uint8Array;
  view: DataView;
  name: string;
  flags: number;
  method: number;
  checksum: number;
  packed: number;
  size: number;
  local: number;
}

function unpack({ file, archive, view, name, flags, method, checksum, packed, size, local }: Packed): Uint8Array {
  if (flags & 1) throw new DataError(`member ${name} is encrypted`, { file });
  if (local + 30 > archive.length || view.getUint32(local, true) !== localSignature)
    throw new DataError(`member ${name} has no header at byte ${local}`, { file });
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true),
    bytes = archive.subarray(start, start + packed);
  if (bytes.length < packed) throw new DataError(`member ${name} was cut short`, { file });
  if (method !== 0 && method !== 8)
    throw new DataError(`member ${name} is packed by method ${method}; stored (0) and deflated (8) are read`, { file });
  let content: Uint8Array;
  try {
    content = method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new DataError(`member ${name} cannot be unpacked: ${(error as Error).message}`, { file });
  }
  if (content.length !== size || crc32(content) !== checksum) throw new DataError(`member ${name} is damaged: its checksum differs`, { file });
  return content;
}
