/** Where bytes come from: a file on disk, bytes in memory, or a wrapper that counts what is read. */
import { open, readFile } from 'node:fs/promises';
import { DataError } from '../errors.ts';

/** A named, sized thing whose ranges of bytes can be read in any order. */
export interface ByteSource {
  /** What messages call it, usually the path. */
  readonly name: string;
  readonly byteLength: number;
  /** The bytes `[start, end)`. */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
  /** Fills `into` with the bytes from `start` on: what readers that use their memory again prefer. @defaultValue by `slice` */
  fill?(into: Uint8Array, start: number): Promise<void>;
  close(): Promise<void>;
}

/** A file on disk, open until `close`. Errors: DataError with the path when it cannot be opened or ends early. */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const status = await handle.stat();
  if (!status.isFile()) {
    await handle.close();
    throw new DataError('is not a file', { file: path });
  }
  const byteLength = status.size;
  const fill = async (into: Uint8Array, start: number): Promise<void> => {
    for (let filled = 0; filled < into.length; ) {
      const { bytesRead } = await handle.read(into, filled, into.length - filled, start + filled);
      if (bytesRead === 0) throw new DataError(`ends at byte ${start + filled}, its contents ask for byte ${start + into.length}`, { file: path });
      filled += bytesRead;
    }
  };
  return {
    name: path,
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = new Uint8Array(end - start);
      await fill(bytes, start);
      return bytes.buffer;
    },
    fill,
    close: () => handle.close(),
  };
}

/** Bytes in memory under a name. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    byteLength: bytes.byteLength,
    slice: (start, end = bytes.byteLength) => Promise.resolve(Uint8Array.from(bytes.subarray(start, end)).buffer),
    fill(into, start) {
      if (start + into.length > bytes.byteLength) return Promise.reject(new DataError(`ends at byte ${bytes.byteLength}`, { file: name }));
      into.set(bytes.subarray(start, start + into.length));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** All bytes of a file. Errors: DataError with the path when it cannot be read. */
export function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

/** The error of a path that cannot be read, in the words of the operating system. */
export function unreadable(path: string, error: unknown): DataError {
  const code = (error as { code?: string }).code;
  return new DataError(code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? String(error)})`, { file: path });
}
