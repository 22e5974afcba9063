/**
 * Joins the built modules of a package into one file for each of its entry points, with files shared between them: Node opens and links each module of its own
 * at about a millisecond, and a small backtest would load three hundred.
 *
 * Runs after the compiler, in the package's folder. Declarations stay one for each source file; nothing is renamed or shortened, other packages stay imports.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The modules by which a package is entered: its exports, and the program behind its command. */
function entryPoints(folder: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly exports: { readonly [path: string]: string | { readonly default: string } } };
  const entries = Object.values(exports).flatMap(target => (typeof target === 'string' ? [] : [join(folder, target.default)])), program = join(folder, 'dist/cli/main.js');
  return existsSync(program) ? [...entries, program] : entries;
}

export async function joinModules(folder: string): Promise<void> {
  const dist = join(folder, 'dist');
  const { outputFiles } = await build({
    entryPoints: entryPoints(folder), outdir: dist, outbase: dist, chunkNames: 'shared/[name]-[hash]', bundle: true, splitting: true, write: false,
    format: 'esm', platform: 'node', target: 'node20.19', packages: 'external', sourcemap: true, sourcesContent: false, logLevel: 'error', charset: 'utf8',
  });
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) if (/\.js(\.map)?$/.test(name)) rmSync(join(dist, name));
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await joinModules(process.cwd());
