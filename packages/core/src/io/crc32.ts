/**
 * CRC-32 of zip, gzip and our journals (polynomial 0xEDB88320 reflected, start and end inverted), of bytes `[from, to)`; four bytes a step. Node's own came with
 * version 22.
 */
export function crc32(bytes: Uint8Array, from: number = 0, to: number = bytes.length): number {
  let crc = -1,
    i = from;
  const [t0, t1, t2, t3] = tables,
    whole = from + ((to - from) & ~3);
  for (; i < whole; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc = t3[crc & 255] ^ t2[(crc >>> 8) & 255] ^ t1[(crc >>> 16) & 255] ^ t0[crc >>> 24];
  }
  for (; i < to; i++) crc = t0[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const tables: readonly Int32Array[] = crcTables();

function crcTables(): Int32Array[] {
  const made = [0, 1, 2, 3].map(() => new Int32Array(256));
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    made[0][value] = crc;
  }
  for (let table = 1; table < 4; table++) {
    for (let value = 0; value < 256; value++) made[table][value] = (made[table - 1][value] >>> 8) ^ made[0][made[table - 1][value] & 255];
  }
  return made;
}
