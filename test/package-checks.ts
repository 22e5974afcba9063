/** What is asked of a packed package: the linters of packages, its sizes, what a start loads, and whether a browser runs it. */
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { publint } from 'publint';
import { root } from '../lint/repository.ts';

/** Messages of publint, suggestions included, about a packed package. */
export async function publintMessages(tarball: string): Promise<string[]> {
  const bytes = readFileSync(tarball), { messages } = await publint({ strict: true, pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer } });
  return messages.map(({ code, type, path }) => `${type} ${code} at ${path.join('.')}`);
}

/** Are the types wrong? Problems by kind for consumers of ES modules, as `attw --profile esm-only` counts them. */
export function attwProblems(tarball: string): { readonly status: number | null; readonly problems: readonly string[]; readonly entries: readonly string[] } {
  const program = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, tarball, '--profile', 'esm-only', '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (stdout === '') throw new Error(`attw: ${stderr}`);
  const { analysis } = JSON.parse(stdout) as { analysis: { entrypoints: Record<string, unknown>; problems: { kind: string; resolutionKind?: string; entrypoint?: string }[] } };
  const ignored = ['node10', 'node16-cjs'];
  const problems = analysis.problems.filter(({ resolutionKind }) => resolutionKind === undefined || !ignored.includes(resolutionKind));
  return { status, problems: problems.map(({ kind, entrypoint = '' }) => `${kind} ${entrypoint}`), entries: Object.keys(analysis.entrypoints) };
}

/** Bytes of a tarball, and of the files in it. */
export function sizesOf(tarball: string): { readonly packed: number; readonly unpacked: number } {
  const packed = readFileSync(tarball), tar = gunzipSync(packed);
  let unpacked = 0;
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    unpacked += size;
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return { packed: packed.length, unpacked };
}

/** Files of JavaScript that Node loads to run a program, by V8's own account; the program itself is not counted. */
export function modulesOf(folder: string, program: string, ...args: string[]): string[] {
  const coverage = mkdtempSync(join(folder, 'coverage-'));
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: coverage } });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  const urls = readdirSync(coverage).flatMap((file) => (JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] }).result.map(({ url }) => url));
  rmSync(coverage, { recursive: true });
  return [...new Set(urls)].filter((url) => url.startsWith('file:') && fileURLToPath(url) !== join(folder, program));
}

/** Where a browser finds each entry point below `/node_modules`. */
export function importMap(project: string, packages: readonly string[]): { readonly imports: Record<string, string> } {
  const imports: Record<string, string> = {};
  for (const name of packages) {
    const { exports } = JSON.parse(readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8')) as { exports: Record<string, string | { default: string }> };
    for (const [subpath, target] of Object.entries(exports)) {
      if (typeof target !== 'string') imports[`${name}${subpath.slice(1)}`] = `/node_modules/${name}/${normalize(target.default)}`;
    }
  }
  return { imports };
}

/** Runs a module of the folder in headless Chromium, its files served from the loopback as they are; the module's `figures()` is the answer. */
export async function figuresInBrowser(browser: string, folder: string, module: string, packages: readonly string[]): Promise<{ readonly figures: unknown; readonly served: readonly string[] }> {
  const served: string[] = [];
  const page = `<!doctype html><script type="importmap">${JSON.stringify(importMap(folder, packages))}</script>
    <script type="module">
      const say = (answer) => { const out = document.createElement('pre'); out.id = 'answer'; out.textContent = encodeURIComponent(JSON.stringify(answer)); document.body.append(out); };
      try { say({ figures: (await import('/${module}')).figures() }); } catch (error) { say({ error: String(error?.stack ?? error) }); }
    </script><body></body>`;
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://localhost').pathname)), file = join(folder, path);
    served.push(path);
    try {
      const body = path === '/' ? page : readFileSync(file);
      response.writeHead(200, { 'content-type': path === '/' ? 'text/html' : 'text/javascript' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = mkdtempSync(join(folder, 'browser-'));
  try {
    const { stdout } = await promisify(execFile)(browser, [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      `--user-data-dir=${profile}`, '--virtual-time-budget=60000', '--dump-dom', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ], { maxBuffer: 1 << 28 });
    const text = /<pre id="answer">([^<]*)<\/pre>/.exec(stdout)?.[1];
    if (text === undefined) throw new Error(`the page gave no answer, it loaded ${served.join(' ')}`);
    const { figures, error } = JSON.parse(decodeURIComponent(text)) as { figures?: unknown; error?: string };
    if (error !== undefined) throw new Error(`in the browser: ${error}`);
    return { figures, served };
  } finally {
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

