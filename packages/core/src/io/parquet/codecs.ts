/** Decompression of pages into a buffer that is used again: every length is checked against what the codec can make of its input first. */
import * as zlib from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import type { Bytes } from './bytes.ts';
import { decodeHadoopLz4, decodeLz4, lz4Ratio } from './lz4.ts';
import { decodeSnappy, snappyRatio } from './snappy.ts';
import { zstd } from './zstd.ts';

/** Decodes `input[from, to)` into the first `length` bytes of `output`. */
export type Decompress = (input: Bytes, from: number, to: number, output: Bytes, length: number) => void;

export interface Codec {
  /** The most bytes that one byte can become. */
  readonly ratio: number;
  readonly decompress: Decompress;
}

const codecs: { readonly [C in CompressionCodec]?: Codec } = {
  SNAPPY: { ratio: snappyRatio, decompress: decodeSnappy },
  GZIP: { ratio: 1_040, decompress: whole((bytes, length) => zlib.gunzipSync(bytes, { maxOutputLength: length })) },
  BROTLI: { ratio: Infinity, decompress: whole((bytes, length) => zlib.brotliDecompressSync(bytes, { maxOutputLength: length })) },
  LZ4: { ratio: lz4Ratio, decompress: decodeHadoopLz4 },
  LZ4_RAW: {
    ratio: lz4Ratio,
    decompress(input, from, to, output, length) {
      if (decodeLz4(input, from, to, output, 0, length) !== length) throw new Error(`its lz4 block has fewer than ${length} bytes`);
    },
  },
};

/** The decoder of a codec, undefined for pages that are not compressed. Errors: Error for a codec that nobody here knows. */
export async function codecOf(name: CompressionCodec | undefined): Promise<Codec | undefined> {
  if (name === 'UNCOMPRESSED') return undefined;
  if (name === 'ZSTD') return { ratio: Infinity, decompress: whole((await zstd()).decompress) };
  const known = name === undefined ? undefined : codecs[name];
  if (known) return known;
  throw new Error(`its codec ${name ?? 'of no name'} is not known`);
}

/** A decompressor by a function that makes new memory: it must not make more than `length` bytes. */
function whole(decode: (bytes: Uint8Array, length: number) => Uint8Array): Decompress {
  return (input, from, to, output, length) => {
    const bytes = decode(input.u8.subarray(from, to), length);
    if (bytes.length !== length) throw new Error(`it decompresses to ${bytes.length} bytes, its header says ${length}`);
    output.u8.set(bytes);
  };
}
