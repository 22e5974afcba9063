/** The page index of a column chunk: the bounds of its pages and the rows at which they start. */
import type { ColumnChunk, ColumnIndex, OffsetIndex, SchemaElement } from 'hyparquet';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { RowGroup } from './table-file.ts';

/** A chunk that states where its index is. */
export type ChunkWithIndex = ColumnChunk & { readonly column_index_offset: bigint; readonly offset_index_offset: bigint };

/** Reads the page index of a chunk. Errors: DataError with file and column where it is damaged. */
export async function pageIndex(
  { name: file, byteLength, slice }: ByteSource,
  chunk: ChunkWithIndex,
  element: SchemaElement,
  { fromRow, toRow }: RowGroup,
): Promise<{ index: ColumnIndex; pages: OffsetIndex['page_locations'] }> {
  const { readColumnIndex, readOffsetIndex } = await import('hyparquet');
  const read = async (offset: bigint, length: number | undefined): Promise<{ view: DataView; offset: number }> => {
    const start = Number(offset);
    if (!(length !== undefined && length > 0 && start > 0 && start + length <= byteLength)) throw new RangeError('it lies outside of the file');
    return { view: new DataView(await slice(start, start + length)), offset: 0 };
  };
  try {
    const index = readColumnIndex(await read(chunk.column_index_offset, chunk.column_index_length), element),
      pages = readOffsetIndex(await read(chunk.offset_index_offset, chunk.offset_index_length)).page_locations;
    if (index.min_values?.length !== pages.length || index.max_values?.length !== pages.length) throw new RangeError('its bounds and its pages differ in number');
    let before = -1n;
    for (const { first_row_index: row } of pages) {
      if (!(row > before && row < BigInt(toRow - fromRow))) throw new RangeError(`a page starts at row ${row}`);
      before = row;
    }
    return { index, pages };
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(`its page index is damaged: ${(error as Error).message}`, { file, row: fromRow, column: element.name });
  }
}
