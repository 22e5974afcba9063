/** The packages as their users get them: built, packed, installed in an empty project, imported, and compiled against. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { makeBuiltCopy, packages, run } from '../scripts/built-copy.ts';
import { codeBlocks } from './code-blocks.ts';
import { attwProblems, figuresInBrowser, modulesOf, publintMessages, sizesOf } from './package-checks.ts';
import { chromium, need } from './tools.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
  readonly types: string;
  readonly typesVersions?: { readonly '*': Record<string, string[]> };
  readonly exports: Record<string, string | { readonly '@zanzibar/source': string; readonly types: string; readonly default: string }>;
  readonly bin?: Record<string, string>;
  readonly engines: { readonly node: string };
  readonly scripts?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

/** `.`, `./io`, ...: every entry point but package.json. */
/** Entry points of code; the JSON files beside them are read, not imported. */
function entriesOf(name: string): string[] {
  return Object.keys(manifestOf(name).exports).filter((subpath) => !subpath.endsWith('.json'));
}

// Not among our development dependencies: its `tsc` would take the place of the current one in node_modules/.bin.
const oldTypeScript = 'typescript-5.0@npm:typescript@5.0.4';

/** `@zanzibar/core`, `@zanzibar/core/io`, ... of all packages. */
const imports = packages.flatMap((name) => entriesOf(name).map((subpath) => `@zanzibar/${name}${subpath.slice(1)}`));

describe.each(packages)('the manifest of %s', (name) => {
  const manifest = manifestOf(name);

  test('lists entry points whose sources exist, each for sources, types and code', () => {
    for (const subpath of entriesOf(name)) {
      const path = subpath === '.' ? 'index' : `${subpath.slice(2)}/index`;
      expect(manifest.exports[subpath]).toEqual({ '@zanzibar/source': `./src/${path}.ts`, types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });
      // The first condition that holds wins, so a checkout's own must come first.
      expect(Object.keys(manifest.exports[subpath])).toEqual(['@zanzibar/source', 'types', 'default']);
      expect(existsSync(join(root, 'packages', name, `src/${path}.ts`)), `packages/${name}/src/${path}.ts`).toBe(true);
    }
    expect(manifest.exports['./package.json']).toBe('./package.json');
  });

  test('says the same to resolvers that know no exports', () => {
    expect([manifest.main, manifest.types]).toEqual(['./dist/index.js', './dist/index.d.ts']);
    const subpaths = entriesOf(name).filter((subpath) => subpath !== '.').map((subpath) => subpath.slice(2));
    expect(manifest.typesVersions?.['*'] ?? {}).toEqual(Object.fromEntries(subpaths.map((path) => [path, [`./dist/${path}/index.d.ts`]])));
  });

  test('is ESM under Apache-2.0 for Node 20.19 on, runs nothing on install and pins our own packages to its own version', () => {
    expect(manifest).toMatchObject({ name: `@zanzibar/${name}`, type: 'module', license: 'Apache-2.0', engines: { node: '>=20.19' } });
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare/.test(script))).toEqual([]);
    for (const [dependency, version] of Object.entries(manifest.dependencies ?? {})) {
      if (dependency.startsWith('@zanzibar/')) expect([dependency, version]).toEqual([dependency, manifest.version]);
      else expect(version, dependency).toMatch(/^\d/);
    }
  });

  test('names commands that exist', () => {
    for (const path of Object.values(manifest.bin ?? {})) expect(existsSync(join(root, 'packages', name, path)), path).toBe(true);
  });
});

test('every family of engines is an entry point', () => {
  const source = join(root, 'packages/engines/src');
  const families = readdirSync(source).filter((folder) => existsSync(join(source, folder, 'index.ts')));
  expect(entriesOf('engines').slice(1).sort()).toEqual(families.map((family) => `./${family}`).sort());
});

test('nothing that users get runs a script on install, and the lock file names no download address', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const { packages: locked } = JSON.parse(text) as { packages: Record<string, { dev?: boolean; devOptional?: boolean; hasInstallScript?: boolean }> };
  const running = Object.entries(locked).filter(([, { dev, devOptional, hasInstallScript }]) => hasInstallScript && !dev && !devOptional);
  expect(Object.keys(locked)).toContain('node_modules/hyparquet');
  expect(running.map(([path]) => path)).toEqual([]);
  expect(text).not.toMatch(/"resolved": "http/);
});

describe('packed and installed in an empty project', () => {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-packages-'));
  const project = join(home, 'project');
  let unreachable: string | undefined;

  beforeAll(() => {
    const copy = join(home, 'copy');
    mkdirSync(copy);
    mkdirSync(project);
    makeBuiltCopy(copy);
    npm(copy, 'pack', '--workspaces', '--ignore-scripts', '--pack-destination', project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
    const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz')).map((file) => `./${file}`);
    expect(tarballs).toHaveLength(packages.length);
    try {
      npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs, oldTypeScript);
    } catch (error) {
      const message = (error as Error).message;
      if (!/ENOTCACHED|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/.test(message)) throw error;
      unreachable = 'no npm registry reachable from here: run this where `npm ping` answers';
    }
  }, 600_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('the packages hold code, declarations, sources and the licence, but no tests', ({ skip }) => {
    if (unreachable) skip(unreachable);
    for (const name of packages) {
      const files = (readdirSync(join(project, 'node_modules/@zanzibar', name), { recursive: true }) as string[]).map((file) => file.replaceAll('\\', '/'));
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'src/index.ts', 'dist/index.js', 'dist/index.d.ts', 'dist/index.d.ts.map']));
      expect(files.filter((file) => /\.test\.|(^|\/)test\/|tsconfig|\.tsbuildinfo/.test(file))).toEqual([]);
    }
  });

  test('every entry point imports and every name that it exports is something', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const program = `
      const counts = {};
      for (const name of ${JSON.stringify(imports)}) {
        const module = await import(name);
        const names = Object.keys(module);
        for (const key of names) if (module[key] === undefined) throw new Error(name + ' exports ' + key + ' as undefined');
        counts[name] = names.length;
      }
      console.log(JSON.stringify(counts));`;
    writeFileSync(join(project, 'import-all.mjs'), program);
    const counts = JSON.parse(run(project, 'import-all.mjs')) as Record<string, number>;
    expect(Object.keys(counts)).toEqual(imports);
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(0);
  });

  const tarballOf = (name: string): string => join(project, readdirSync(project).find((file) => file.startsWith(`zanzibar-${name}-`) && file.endsWith('.tgz'))!);
  const budgets = JSON.parse(readFileSync(join(root, 'test/package-budgets.json'), 'utf8')) as {
    packages: Record<string, { packed: number; unpacked: number; modules: number }>;
    starts: Record<string, number>;
  };

  test.each(packages)('publint and attw, for consumers of ES modules, find nothing in %s', async (name) => {
    expect(await publintMessages(tarballOf(name))).toEqual([]);
    const { status, problems, entries } = attwProblems(tarballOf(name));
    expect({ status, problems }).toEqual({ status: 0, problems: [] });
    expect(entries).toEqual(Object.keys(manifestOf(name).exports));
  });

  test('publint and attw see a planted fault, so that nothing above means something', async () => {
    const faulty = join(home, 'faulty');
    mkdirSync(faulty);
    const entries = { '.': { types: './index.d.ts', default: './index.js' }, './gone': { types: './gone.d.ts', default: './gone.js' } };
    writeFileSync(join(faulty, 'package.json'), JSON.stringify({ name: 'faulty', version: '1.0.0', type: 'module', files: ['*.js', '*.d.ts'], exports: entries }));
    writeFileSync(join(faulty, 'index.js'), 'export const one = 1;');
    writeFileSync(join(faulty, 'index.d.ts'), 'export declare const one: number;');
    npm(faulty, 'pack', '--ignore-scripts');
    const tarball = join(faulty, 'faulty-1.0.0.tgz');
    expect(await publintMessages(tarball)).toContainEqual(expect.stringMatching(/^error FILE_DOES_NOT_EXIST at exports\.\.\/gone/));
    expect(attwProblems(tarball)).toMatchObject({ status: 1, problems: ['NoResolution ./gone', 'NoResolution ./gone'] });
  });

  test.each(packages)('%s stays within its budget of bytes, packed and unpacked', (name) => {
    const { packed, unpacked } = sizesOf(tarballOf(name));
    expect(packed).toBeLessThanOrEqual(budgets.packages[name].packed);
    expect(unpacked).toBeLessThanOrEqual(budgets.packages[name].unpacked);
    // A budget that nothing comes near holds nothing.
    expect(unpacked).toBeGreaterThan(0.7 * budgets.packages[name].unpacked);
  });

  test('a start loads no more files than its budget says: each package, the first example of the README, and the command', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const counts: Record<string, number> = {}, limits: Record<string, number> = { ...budgets.starts };
    for (const name of packages) {
      writeFileSync(join(project, `start-${name}.mjs`), `import '@zanzibar/${name}';`);
      counts[name] = modulesOf(project, `start-${name}.mjs`).length;
      limits[name] = budgets.packages[name].modules;
    }
    writeFileSync(join(project, 'readme.mjs'), codeBlocks(readFileSync(join(root, 'README.md'), 'utf8')).find(({ info }) => info === 'ts run')!.code);
    counts["the README's first example"] = modulesOf(project, 'readme.mjs').length;
    counts['zanzibar --version'] = modulesOf(project, 'node_modules/@zanzibar/backtest/bin/zanzibar.js', '--version').length;
    expect(Object.keys(counts).sort()).toEqual(Object.keys(limits).sort());
    for (const [start, count] of Object.entries(counts)) {
      expect(count, start).toBeGreaterThan(1);
      expect(count, start).toBeLessThanOrEqual(limits[start]);
    }
  });

  test('core and engines run in headless Chromium as they were built, and every output has the bits that Node gives', async (context) => {
    if (unreachable) context.skip(unreachable);
    const browser = need(context, chromium());
    cpSync(join(root, 'test/browser-figures.js'), join(project, 'browser-figures.js'));
    writeFileSync(join(project, 'node-figures.mjs'), "import { figures } from './browser-figures.js'; console.log(JSON.stringify(figures()));");
    const ours = JSON.parse(run(project, 'node-figures.mjs')) as { digests: Record<string, string>; rows: number };
    const { figures: answer, served } = await figuresInBrowser(browser, project, 'browser-figures.js', ['@zanzibar/core', '@zanzibar/engines']), figures = answer as typeof ours;
    expect(Object.keys(ours.digests).filter((output) => figures.digests[output] !== ours.digests[output])).toEqual([]);
    expect([figures.rows, Object.keys(figures.digests)]).toEqual([ours.rows, Object.keys(ours.digests)]);
    expect(ours.rows).toBeGreaterThan(100_000);
    expect(Object.keys(ours.digests)).toEqual(expect.arrayContaining(['atr.atr', 'rsi.rsi', 'vwap.vwap', 'fairValueGaps.events.level0', 'breaks.kind', 'cleanTicks.findings.rule']));
    // Nothing but the page, the program and the two packages.
    expect(served.filter((path) => !/^\/(|favicon\.ico|browser-figures\.js|node_modules\/@zanzibar\/(core|engines)\/dist\/.*\.js)$/.test(path))).toEqual([]);
  });

  test('what is not an entry point cannot be imported', ({ skip }) => {
    if (unreachable) skip(unreachable);
    writeFileSync(join(project, 'import-internal.mjs'), "await import('@zanzibar/core/dist/index.js');");
    expect(() => run(project, 'import-internal.mjs')).toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  test('the zanzibar command runs and helps', ({ skip }) => {
    if (unreachable) skip(unreachable);
    expect(run(project, 'node_modules/@zanzibar/backtest/bin/zanzibar.js', '--help')).toMatch(/zanzibar/);
  });

  test.for([
    ['TypeScript 5.0, node10', 'typescript-5.0', 'esnext', 'node10'],
    ['TypeScript 5.0, nodenext', 'typescript-5.0', 'nodenext', 'nodenext'],
    ['TypeScript 6.0, nodenext', 'typescript', 'nodenext', 'nodenext'],
    ['TypeScript 6.0, bundler', 'typescript', 'esnext', 'bundler'],
  ] as const)('public types compile under %s, our declarations checked too', ([, compiler, module, moduleResolution], { skip }) => {
    if (unreachable) skip(unreachable);
    const { files, errors } = compile(compiler, module, moduleResolution, imports.map((name, i) => `export * as m${i} from '${name}';`).join('\n'));
    for (const name of packages) expect(files).toContain(`node_modules/@zanzibar/${name}/dist/index.d.ts`);
    expect(errors).toEqual([]);
  });

  test('a wrong use of a public type is seen by the compilers, so that no error above means something', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const wrong = "import { newColumn } from '@zanzibar/core';\nexport const text: string = newColumn('f64', 1);";
    expect(compile('typescript-5.0', 'esnext', 'node10', wrong).errors).toEqual([expect.stringMatching(/^consumer\.ts\(2,14\): error TS2322: .*Float64Array/)]);
    expect(compile('typescript', 'nodenext', 'nodenext', wrong).errors).toEqual([expect.stringMatching(/^consumer\.ts\(2,14\): error TS2322: .*Float64Array/)]);
  });

  /** Compiles this text in the project, without skipping libraries; the errors are those in it and in our declarations. */
  function compile(compiler: string, module: string, moduleResolution: string, text: string): { files: string[]; errors: string[] } {
    writeFileSync(join(project, 'consumer.ts'), text);
    const tsc = join(compiler === 'typescript' ? root : project, 'node_modules', compiler, 'lib/tsc.js');
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--pretty', 'false', '--listFiles'];
    const resolution = ['--module', module, '--moduleResolution', moduleResolution];
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, 'consumer.ts', ...flags, ...types, ...resolution], { cwd: project, encoding: 'utf8' });
    expect(stderr).toBe('');
    const lines = stdout.split('\n');
    const files = lines.filter((line) => line.startsWith(project)).map((line) => line.slice(project.length + 1));
    return { files, errors: lines.filter((line) => /^(consumer\.ts\(|node_modules\/@zanzibar\/.*: error |error )/.test(line)) };
  }
});

/** npm as it belongs to this Node. */
function npm(folder: string, ...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm ${args[0]} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}
