/** The page index of a file: which rows of a group can hold times in a range, and where the pages of a column stand. */
import type { ColumnChunk, SchemaElement } from 'hyparquet';
import type { ByteSource } from '../byte-source.ts';
import { CompactReader } from './compact.ts';
import { rawTimes } from './footer.ts';

/** The most bytes of an index: one entry takes at least eight, and a group has fewer pages than that. */
const mostBytes = 67_108_864;

export interface PageLocation {
  readonly offset: number;
  /** First row, counted from the group's first. */
  readonly firstRow: number;
  readonly byteLength: number;
}

async function readIndex(source: ByteSource, offset: bigint, length: number | undefined): Promise<DataView> {
  const start = Number(offset);
  if (!(length !== undefined && length > 0 && length <= mostBytes && start >= 4 && start + length <= source.byteLength)) {
    throw new Error(`its page index is at bytes ${start} to ${start + (length ?? 0)}`);
  }
  const view = new DataView(await source.slice(start, start + length));
  new CompactReader(view, 0, length).struct(() => false);
  return view;
}

/** Where the pages of a chunk stand, in order of rows; undefined where the file does not say. Errors: Error for an index that contradicts itself. */
export async function pageLocations(source: ByteSource, chunk: ColumnChunk, rows: number): Promise<PageLocation[] | undefined> {
  if (!chunk.offset_index_offset) return undefined;
  const { readOffsetIndex } = await import('hyparquet');
  const view = await readIndex(source, chunk.offset_index_offset, chunk.offset_index_length);
  let before = -1;
  const pages = readOffsetIndex({ view, offset: 0 }).page_locations.map((page) => {
    const location = { offset: Number(page.offset), firstRow: Number(page.first_row_index), byteLength: page.compressed_page_size };
    const isInside = location.offset >= 4 && location.byteLength > 0 && location.offset + location.byteLength <= source.byteLength;
    if (!isInside || !(location.firstRow > before && location.firstRow < rows))
      throw new Error('its page index has pages out of order or outside the file');
    before = location.firstRow;
    return location;
  });
  if (pages.length === 0 || pages[0].firstRow !== 0) throw new Error('its page index does not begin with the first row');
  return pages;
}

/** Least and greatest value of each page; undefined where the file does not say. */
export async function pageBounds(
  source: ByteSource,
  chunk: ColumnChunk,
  element: SchemaElement,
): Promise<{ least: unknown[]; most: unknown[] } | undefined> {
  if (!chunk.column_index_offset) return undefined;
  const { readColumnIndex } = await import('hyparquet');
  const index = readColumnIndex(
    { view: await readIndex(source, chunk.column_index_offset, chunk.column_index_length), offset: 0 },
    element,
    rawTimes,
  );
  return { least: index.min_values, most: index.max_values };
}
