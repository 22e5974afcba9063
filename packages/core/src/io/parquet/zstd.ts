/** Zstandard (RFC 8878): by Node where it has it (22.15 and later), else by the C library as WebAssembly, which is loaded when it is first asked for. */
import * as zlib from 'node:zlib';

export interface Zstd {
  compress(bytes: Uint8Array): Uint8Array;
  /** Makes at most `length` bytes. */
  decompress(bytes: Uint8Array, length: number): Uint8Array;
}

interface NodeZstd {
  zstdCompressSync?(bytes: Uint8Array): Uint8Array;
  zstdDecompressSync?(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

/** The package must be set up once only: a second time damages what it writes. */
let loaded: Promise<Zstd> | undefined;

export function zstd(): Promise<Zstd> {
  return (loaded ??= load());
}

async function load(): Promise<Zstd> {
  const { zstdCompressSync, zstdDecompressSync } = zlib as NodeZstd;
  if (zstdCompressSync && zstdDecompressSync) {
    return {
      compress: (bytes) => zstdCompressSync(bytes),
      decompress: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: Math.max(length, 1) }),
    };
  }
  const { init, compress, decompress } = await import('@bokuweb/zstd-wasm');
  await init();
  return {
    compress: (bytes) => compress(bytes),
    decompress(bytes, length) {
      // The package makes room for what the frame declares.
      const declared = contentSize(bytes);
      if (declared !== undefined && declared !== length) throw new Error(`its zstd frame declares ${declared} bytes, its header says ${length}`);
      return decompress(bytes, { defaultHeapSize: length });
    },
  };
}

/** The size that a frame declares; undefined where it declares none. */
function contentSize(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0xfd_2f_b5_28) throw new Error('it is no zstd frame');
  const descriptor = view.getUint8(4),
    isSingle = (descriptor & 32) !== 0,
    form = descriptor >> 6;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  if (form === 0) return isSingle ? view.getUint8(at) : undefined;
  if (form === 1) return view.getUint16(at, true) + 256;
  return form === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
