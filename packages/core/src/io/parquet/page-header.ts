/** Headers of pages (format: apache/parquet-format, `parquet.thrift`). */
import { CompactReader, wire } from './compact.ts';

export type PageKind = 'data' | 'dictionary' | 'other';
export type Encoding = 'plain' | 'dictionary' | 'rle' | 'deltaBinaryPacked' | 'deltaLengthByteArray' | 'deltaByteArray' | 'byteStreamSplit';

export interface PageHeader {
  kind: PageKind;
  /** First byte behind the header. */
  at: number;
  compressed: number;
  uncompressed: number;
  values: number;
  encoding: number;
  levelEncoding: number;
  /** Of version 2: bytes of the levels, which stand before the values and are never compressed; -1 in version 1. */
  levelBytes: number;
  isCompressed: boolean;
}

/** The encodings by their number in the format. */
export const encodings: readonly (Encoding | undefined)[] = [
  'plain',
  undefined,
  'dictionary',
  'rle',
  undefined,
  'deltaBinaryPacked',
  'deltaLengthByteArray',
  'deltaByteArray',
  'dictionary',
  'byteStreamSplit',
];

/** The header at `at`, whose page ends at `end` or before. Errors: Error where it is damaged. */
export function readPageHeader(view: DataView, at: number, end: number): PageHeader {
  const reader = new CompactReader(view, at, end);
  const header: PageHeader = {
    kind: 'other',
    at: 0,
    compressed: -1,
    uncompressed: -1,
    values: 0,
    encoding: -1,
    levelEncoding: 3,
    levelBytes: -1,
    isCompressed: true,
  };
  let type = -1,
    described = -1,
    repetitionBytes = 0;
  reader.struct((id, kind) => {
    if (id <= 3 && kind === wire.i32) {
      const value = reader.signed();
      if (id === 1) type = value;
      else if (id === 2) header.uncompressed = value;
      else header.compressed = value;
      return true;
    }
    if (kind !== wire.struct || (id !== 5 && id !== 7 && id !== 8)) return false;
    described = id;
    reader.struct((field, fieldKind) => {
      if (field === 7 && id === 8 && (fieldKind === wire.true || fieldKind === wire.false)) header.isCompressed = fieldKind === wire.true;
      if (fieldKind !== wire.i32) return false;
      const value = reader.signed();
      if (field === 1) header.values = value;
      else if (field === (id === 8 ? 4 : 2)) header.encoding = value;
      else if (id === 5 && field === 3) header.levelEncoding = value;
      else if (id === 8 && field === 5) header.levelBytes = value;
      else if (id === 8 && field === 6) repetitionBytes = value;
      return true;
    }, 1);
    return true;
  });
  header.at = reader.at;
  if (type === 0 && described === 5) header.kind = 'data';
  else if (type === 2 && described === 7) header.kind = 'dictionary';
  else if (type === 3 && described === 8) header.kind = 'data';
  else if (type !== 1) throw new Error(`its page is of unknown type ${type}`);
  const { compressed, uncompressed, values, levelBytes } = header;
  if (!(compressed >= 0 && compressed <= end - header.at)) throw new Error(`its page declares ${compressed} bytes, ${end - header.at} are left`);
  if (!(uncompressed >= 0 && uncompressed <= 0x7f_ff_ff_ff)) throw new Error(`its page declares ${uncompressed} bytes decompressed`);
  if (!(values >= 0 && values <= 0x7f_ff_ff_ff)) throw new Error(`its page declares ${values} values`);
  if (type === 3 && !(levelBytes >= 0 && levelBytes <= Math.min(compressed, uncompressed) && repetitionBytes === 0)) {
    throw new Error(`its page declares levels of ${levelBytes} bytes`);
  }
  return header;
}
