/** Apache's Arrow package, an optional peer: loaded when a table is first converted, with codecs for compressed buffers. */
import type * as ApacheArrow from 'apache-arrow';
import { decodeLz4Frames } from './lz4-frame.ts';

export type Arrow = typeof ApacheArrow;

let loading: Promise<Arrow> | undefined;

/** The package. Errors: Error with the line that installs it, where it is missing. */
export function apacheArrow(): Promise<Arrow> {
  loading ??= load().catch((error: unknown) => {
    // Installed a moment later, it is found.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Arrow> {
  const arrow = await import('apache-arrow').catch((error: unknown) => {
    throw new Error('Arrow needs a package that is not installed: npm install apache-arrow@21.2.0', { cause: error });
  });
  const { CompressionType, compressionRegistry } = arrow;
  // The registry belongs to the whole program: a codec that is there stays.
  if (!compressionRegistry.get(CompressionType.LZ4_FRAME)?.decode) {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { ...compressionRegistry.get(CompressionType.LZ4_FRAME), decode: decodeLz4Frames });
  }
  if (!compressionRegistry.get(CompressionType.ZSTD)?.decode) {
    const { decompressZstd } = await import('hyparquet-compressors');
    // The decoder hands out views at any offset; Arrow's buffers must be aligned.
    compressionRegistry.set(CompressionType.ZSTD, {
      ...compressionRegistry.get(CompressionType.ZSTD),
      decode: (data) => Uint8Array.from(decompressZstd(data)),
    });
  }
  return arrow;
}
