/**
 * Source hash: which text a strategy was.
 *
 * Definition  SHA-256 over the module and everything it imports by a relative path, directly or not, in order of their paths relative to the module: path and text,
 *             each with its length in bytes. Line ends count as one newline, so that a checkout on another system changes nothing. Packages do not count: their
 *             versions are in the manifest.
 *             An import that leads to no file (in a comment, or one that fails when the module is loaded) does not count either.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';

const imports = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]*)\1/g;
const endings = ['', '.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js'];

export async function sourceHash(file: string): Promise<string> {
  const entry = resolve(file), folder = dirname(entry), texts = new Map<string, string>(), waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = (await read(path)) ?? '';
    texts.set(path, text.replaceAll('\r\n', '\n'));
    for (const [, , specifier] of text.matchAll(imports)) {
      const found = await find(resolve(dirname(path), specifier));
      if (found !== undefined) waiting.push(found);
    }
  }
  const named = Array.from(texts, ([path, text]) => [relative(folder, path).split(sep).join('/'), text] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256');
  for (const [name, text] of named) hash.update(`${Buffer.byteLength(name)} ${name}${Buffer.byteLength(text)} ${text}`);
  return hash.digest('hex');
}

/** The hash of a strategy that is no file: the text of its functions and its declared version. */
export function textHash(text: string, version: string = ''): string {
  return createHash('sha256').update(`${Buffer.byteLength(version)} ${version}${text.replaceAll('\r\n', '\n')}`).digest('hex');
}

async function find(path: string): Promise<string | undefined> {
  // A TypeScript module may name its neighbour by the file that it will become.
  const candidates = [...endings.map(ending => path + ending), path.replace(/\.(m?)js$/, '.$1ts')];
  for (const candidate of candidates) if ((await read(candidate)) !== undefined) return candidate;
  return undefined;
}

async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
