/**
 * `npm run bench`: every benchmark; `npm run bench -- NAME ...`: those; `--record` writes what the peers gave to `bench/expected`.
 *
 * Each part runs in a fresh process. The last line printed for a benchmark is its JSON line.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Bench, Benchmark, BenchmarkLine, PartResult, PeerResult } from './benchmark.ts';
import { benchmarks } from './list.ts';
import { round } from './measure.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

async function main(argv: readonly string[]): Promise<void> {
  const names = argv.filter(argument => !argument.startsWith('--')), isRecording = argv.includes('--record');
  for (const name of names) if (!Object.hasOwn(benchmarks, name)) throw new RangeError(`bench: there is no "${name}", known are ${Object.keys(benchmarks).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'zanzibar-bench-'));
  process.env.ZANZIBAR_BENCH_DATA = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    const benchmark = (await benchmarks[name]()).default;
    console.log(`\n${name}: ${benchmark.about}`);
    console.log(JSON.stringify(await runBenchmark(name, benchmark, isRecording)));
  }
}

async function runBenchmark(name: string, benchmark: Benchmark, isRecording: boolean): Promise<BenchmarkLine> {
  const file = join(here, 'expected', `${name}.json`), recorded: Record<string, unknown> = {}, load = loadavg()[0];
  if (load > 3) console.log(`  load is ${load.toFixed(2)}: figures are too high`);
  benchmark.prepare?.();
  const bench: Bench = {
    part: part => runPart(name, part, benchmark.isJoined === true),
    peer(environment, script, ...args) {
      const result = runPeer(environment, script, args);
      if (result) recorded[result.peer] = { version: result.version, ...result.check };
      return result;
    },
    expected: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined,
    say: text => console.log(`  ${text}`),
  };
  const { ours, peer, peerName, agree, rssMb, rows, extra } = await benchmark.line(bench);
  if (isRecording && Object.keys(recorded).length > 0) writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
  return { name, unit: benchmark.unit, ours: round(ours), peer: peer === null ? null : round(peer), peerName, ratio: peer === null ? null : round(ours / peer), agree, rssMb, rows, load: round(load), extra };
}

const joined: Record<string, Promise<string>> = {};

/** The program of a benchmark's parts in one file, joined once. */
function joinPart(name: string): Promise<string> {
  const path = join(process.env.ZANZIBAR_BENCH_DATA!, `${name}-part`, 'part.mjs');
  joined[name] ??= build({
    stdin: { contents: `import bench from './${name}.ts'; import { printPart } from './print-part.ts'; await printPart(bench, process.argv[2]);`, resolveDir: here, loader: 'ts', sourcefile: 'part.ts' },
    outdir: dirname(path), entryNames: 'part', outExtension: { '.js': '.mjs' }, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19', conditions: ['@zanzibar/source'], logLevel: 'error',
  }).then(() => path);
  return joined[name];
}

/** The last line that the part prints is its result. */
async function runPart(name: string, part: string, isJoined: boolean): Promise<PartResult> {
  const program = isJoined ? [await joinPart(name)] : ['--conditions=@zanzibar/source', '--import', import.meta.resolve('tsx'), join(here, 'part.ts'), name];
  return new Promise((resolve, reject) => {
    const flags = process.env.ZANZIBAR_BENCH_FLAGS?.split(' ') ?? [];
    const child = spawn(process.execPath, [...flags, ...program, part], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('exit', code => {
      if (code === 0) resolve(JSON.parse(text.trimEnd().split('\n').at(-1)!));
      else reject(new Error(`bench: part ${name}/${part} ended with code ${code}`));
    });
  });
}

function runPeer(environment: string, script: string, args: readonly (string | number)[]): PeerResult | undefined {
  const folder = process.env.ZANZIBAR_PEERS ?? join(homedir(), '.cache', 'zanzibar-peers'), python = join(folder, environment, 'bin', 'python');
  if (!existsSync(join(folder, environment, '.complete'))) {
    console.log(`  no peer: npm run bench:peers installs ${environment}`);
    return undefined;
  }
  const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1', POLARS_MAX_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(python, [join(here, 'peers', script), ...args.map(String)], { encoding: 'utf8', env: { ...process.env, ...threads }, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`bench: ${script} failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as PeerResult;
}

await main(process.argv.slice(2));
