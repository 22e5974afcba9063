/** The footer of a Parquet file: read by hyparquet after its structure has been checked, and checked again for what readers allocate by. */
import type { FileMetaData, ParquetParsers } from 'hyparquet';
import { DataError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { CompactReader } from './compact.ts';

const raw = (value: bigint): bigint => value;
/** Times in statistics stay the integers that they are stored as. */
export const rawTimes: Partial<ParquetParsers> = {
  timestampFromMilliseconds: raw,
  timestampFromMicroseconds: raw,
  timestampFromNanoseconds: raw,
  dateFromDays: (days) => BigInt(days),
};

/** Read at once from the end of a file: a longer footer takes a second read, a small one should not cost half a megabyte. */
const footerBytes = 65_536;

/** The footer of a Parquet file. Errors: DataError for a file that is none, is empty, was cut short or contradicts itself. */
export async function readFooter(source: ByteSource): Promise<FileMetaData> {
  const { name: file, byteLength } = source;
  if (byteLength === 0) throw new DataError('is empty', { file });
  if (byteLength < 12) throw new DataError(`is no Parquet file: it has ${byteLength} bytes`, { file });
  const end = await source.slice(Math.max(0, byteLength - footerBytes), byteLength),
    tail = new DataView(end),
    size = tail.byteLength;
  if (tail.getUint32(size - 4, true) !== 0x31_52_41_50)
    throw new DataError('is no Parquet file, or was cut short: it does not end with PAR1', { file });
  const length = tail.getUint32(size - 8, true);
  if (length > byteLength - 12) throw new DataError(`is no Parquet file, or was cut short: its footer declares ${length} bytes`, { file });
  const bytes = length + 8 <= size ? end.slice(size - length - 8) : await source.slice(byteLength - length - 8, byteLength);
  try {
    new CompactReader(new DataView(bytes), 0, length).struct(() => false);
    const { parquetMetadata } = await import('hyparquet');
    const footer = parquetMetadata(bytes, { parsers: rawTimes, geoparquet: false });
    checkFooter(footer, byteLength);
    return footer;
  } catch (error) {
    throw new DataError(`is no Parquet file, or was cut short: ${error instanceof Error ? error.message : String(error)}`, { file });
  }
}

/** What is allocated by these numbers must be stated twice, and what is read must be in the file. */
function checkFooter({ schema, row_groups: groups, num_rows: rows }: FileMetaData, byteLength: number): void {
  if (schema.length === 0) throw new Error('its footer has no schema');
  let expected = 1;
  for (const { num_children: children = 0, name } of schema) {
    if (typeof name !== 'string' || !(Number.isSafeInteger(children) && children >= 0)) throw new Error('its footer has a column without a name');
    expected += children - 1;
  }
  if (expected !== 0) throw new Error('its footer counts other columns than it names');
  const isFlat = schema[0].num_children === schema.length - 1;
  let sum = 0n;
  groups.forEach((group, index) => {
    const of = `row group ${index} of its footer`;
    if (typeof group.num_rows !== 'bigint' || group.num_rows < 0n || group.num_rows > 0x7f_ff_ff_ffn)
      throw new Error(`${of} declares ${group.num_rows} rows`);
    sum += group.num_rows;
    if (isFlat && group.columns.length !== schema.length - 1) throw new Error(`${of} has ${group.columns.length} columns`);
    group.columns.forEach(({ meta_data: meta }, column) => {
      if (!meta) throw new Error(`${of} lacks a column`);
      const name = meta.path_in_schema.join('.'),
        start = chunkStart(meta),
        end = start + Number(meta.total_compressed_size);
      const isRange = start >= 4 && end >= start && end <= byteLength - 8;
      if (!isRange && group.num_rows > 0n) throw new Error(`${of} puts column "${name}" at bytes ${start} to ${end}`);
      const isSimple = meta.path_in_schema.length === 1 && schema.find((element) => element.name === name)?.repetition_type !== 'REPEATED';
      if (isFlat && (name !== schema[column + 1].name || meta.type !== schema[column + 1].type))
        throw new Error(`${of} has column "${name}" of type ${meta.type} in place ${column}`);
      if (isSimple && meta.num_values !== group.num_rows)
        throw new Error(`${of} declares ${group.num_rows} rows and ${meta.num_values} values of column "${name}"`);
    });
  });
  if (sum !== rows) throw new Error(`its footer declares ${rows} rows, its row groups ${sum}`);
}

/** First byte of a column chunk: its dictionary, which some writers leave out of the chunk's data offset, or its first page. */
export function chunkStart({
  dictionary_page_offset: dictionary,
  data_page_offset: data,
}: {
  dictionary_page_offset?: bigint;
  data_page_offset: bigint;
}): number {
  const first = Number(data);
  return dictionary !== undefined && dictionary > 0n && Number(dictionary) < first ? Number(dictionary) : first;
}
