/** Compaction: files of a catalogue that are no longer written to, packed tighter. */
import { DataError } from '../errors.ts';
import { readSoundFile, rewriteCatalogueFile } from './catalogue-files.ts';
import { changeManifest, readManifest } from './catalogue-manifest.ts';
import type { ManifestFile } from './catalogue-manifest.ts';
import type { WriteParquetOptions } from './parquet-writer.ts';

type Compression = NonNullable<WriteParquetOptions['compression']>;

/** How cold files are packed: smaller and slower to read than the snappy of an import. */
export const coldCompression: Compression = 'zstd';

export interface CompactOptions {
  /** Folder of the catalogue. */
  root: string;
  /** Files whose last row lies before this time are packed. */
  before: bigint;
  /** @defaultValue coldCompression */
  compression?: Compression;
  onProgress?: (progress: { readonly path: string; readonly filesDone: number; readonly fileCount: number }) => void;
  /** Stops between two files. */
  signal?: { readonly aborted: boolean };
}

export interface CompactResult {
  /** The files that were packed, in order of their paths. */
  readonly compacted: readonly { readonly path: string; readonly bytesBefore: number; readonly bytesAfter: number }[];
  /** Files that are missing or damaged, and were left as they are. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  readonly isComplete: boolean;
}

/** Files packed between two writings of the manifest, which holds an entry for each file of the catalogue. */
const filesPerManifest = 32;

/**
 * Packs the old files of a catalogue tighter; their rows, digests and paths stay.
 *
 * Each file is written beside the old one, read back, compared by the digests of its days, and renamed over it; the manifest follows. A kill at any
 * moment leaves every file whole, old or new, and the catalogue readable with the same rows; running it again does the rest. Errors: DataError for a
 * catalogue that cannot be read or written. Example: `compactCatalogue({ root: 'data', before: parseTime('2024-01-01') })`.
 */
export async function compactCatalogue(options: CompactOptions): Promise<CompactResult> {
  const { root, before, compression = coldCompression, onProgress, signal } = options;
  const cold = (await readManifest(root)).files.filter((file) => file.compression !== compression && BigInt(file.lastTime) < before);
  const compacted: CompactResult['compacted'][number][] = [],
    problems: CompactResult['problems'][number][] = [],
    changes = new Map<string, { was: ManifestFile; is: ManifestFile }>();
  let done = 0;
  try {
    for (const entry of cold) {
      if (signal?.aborted) break;
      const { path } = entry,
        read = await readSoundFile(root, entry).catch((error: unknown) => error);
      if (read instanceof DataError) problems.push({ path, problem: read.message });
      else if (read instanceof Error) throw read;
      else {
        const { table, byteLength } = read as Awaited<ReturnType<typeof readSoundFile>>,
          written = await rewriteCatalogueFile(root, entry, table, compression);
        compacted.push({ path, bytesBefore: byteLength, bytesAfter: written.byteLength });
        changes.set(path, { was: entry, is: { ...entry, sha256: written.sha256, compression } });
        if (changes.size >= filesPerManifest) {
          await changeManifest(root, changes);
          changes.clear();
        }
      }
      done++;
      onProgress?.({ path, filesDone: done, fileCount: cold.length });
    }
  } finally {
    if (changes.size > 0) await changeManifest(root, changes);
  }
  return { compacted, problems, isComplete: done === cold.length };
}
