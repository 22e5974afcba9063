/**
 * The decoder behind Parquet tables: footer and pages by hyparquet. A typed page decoder for flat columns can take the place of `decodeRows`.
 *
 * The packages are loaded when a file is first opened: a program that reads none starts without their seventy modules.
 */
import type { AsyncBuffer, FileMetaData, ParquetParsers, SubColumnData } from 'hyparquet';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';

const raw = (value: bigint): bigint => value;
/** Times stay the integers that they are stored as. */
const rawTimes: Partial<ParquetParsers> = {
  timestampFromMilliseconds: raw,
  timestampFromMicroseconds: raw,
  timestampFromNanoseconds: raw,
  dateFromDays: (days) => BigInt(days),
};

/** Read at once from the end of a file: a longer footer takes a second read, a small one should not cost half a megabyte. */
const footerBytes = 65_536;

export interface DecodeRows {
  source: ByteSource;
  footer: FileMetaData;
  /** Names in the file. */
  columns: string[];
  /** Rows `[start, end)` of the file, all in one row group. */
  start: number;
  end: number;
  /** Takes each page as it is decoded; a page may reach beyond the rows asked for. */
  onPage: (page: SubColumnData) => void;
}

/** Decodes some rows of some columns page by page, reading only the pages that hold them where the file has an offset index. */
export async function decodeRows({ source, footer, columns, start, end, onPage }: DecodeRows): Promise<void> {
  let refused: unknown;
  const [{ parquetRead }, { compressors }] = await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  try {
    await parquetRead({
      file: buffer(source),
      metadata: footer,
      columns,
      rowStart: start,
      rowEnd: end,
      compressors,
      parsers: rawTimes,
      useOffsetIndex: true,
      geoparquet: false,
      onPage: (page) => {
        try {
          onPage(page);
        } catch (error) {
          refused = error;
          throw error;
        }
      },
    });
  } catch (error) {
    // What the receiver of a page refuses says its row already.
    if (refused !== undefined || error instanceof DataError) throw refused ?? error;
    throw new DataError(`cannot be decoded: ${message(error)}`, { file: source.name, row: start });
  }
}

/** The footer of a Parquet file. Errors: DataError for a file that is none, is empty or was cut short. */
export async function readFooter(source: ByteSource): Promise<FileMetaData> {
  if (source.byteLength === 0) throw new DataError('is empty', { file: source.name });
  if (source.byteLength < 12) throw new DataError(`is no Parquet file: it has ${source.byteLength} bytes`, { file: source.name });
  const { parquetMetadataAsync } = await import('hyparquet');
  try {
    return await parquetMetadataAsync(buffer(source), { parsers: rawTimes, geoparquet: false, initialFetchSize: footerBytes });
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(`is no Parquet file, or was cut short: ${message(error)}`, { file: source.name });
  }
}

function buffer(source: ByteSource): AsyncBuffer {
  return { byteLength: source.byteLength, slice: (start, end) => source.slice(start, end) };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
