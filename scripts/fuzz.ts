/**
 * Reads thousands of damaged files with every reader: `npm run fuzz`, or `npm run fuzz -- --reader parquet --files 5000 --seed 2`, or one file again
 * with `--reader parquet --index 1234`. Fails where one ends in anything but a result or a DataError, or takes twice the memory of sound files.
 */
import { parseArgs } from 'node:util';
import { fuzzReaders } from '../test/fuzz/readers.ts';
import { runFuzz } from '../test/fuzz/run-fuzz.ts';

const { values } = parseArgs({ options: { files: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, reader: { type: 'string' }, index: { type: 'string' } } });
const seed = Number(values.seed), names = values.reader === undefined ? Object.keys(fuzzReaders) : [values.reader];
if (names.some(name => !Object.hasOwn(fuzzReaders, name))) throw new RangeError(`fuzz: --reader must be one of ${Object.keys(fuzzReaders).join(', ')}, was ${values.reader}`);
/** Enough for memory to reach what it stays at. */
const cleanFiles = 300;
const each = Math.ceil(Number(values.files) / names.length), megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
let failures = 0, files = 0;
for (const reader of names) {
  const from = values.index === undefined ? 0 : Number(values.index), to = values.index === undefined ? each : from + 1, started = performance.now();
  const clean = await runFuzz([{ reader, seed, from, to: Math.min(to, from + cleanFiles), isClean: true }]), damaged = await runFuzz([{ reader, seed, from, to, isClean: false }]);
  const kinds = new Map<string, { count: number; first: string }>();
  for (const { index, problem } of [...clean.findings, ...damaged.findings]) {
    const key = problem.replace(/^[^:]*: /, '').split('\n').slice(0, 3).join(' | ').replaceAll(/\d+/g, 'N').replaceAll(/\/\S*zanzibar-fuzz\S*/g, 'FILE').slice(0, 260);
    kinds.set(key, { count: (kinds.get(key)?.count ?? 0) + 1, first: kinds.get(key)?.first ?? `--reader ${reader} --index ${index} --seed ${seed}: ${problem}` });
  }
  const isTooLarge = damaged.residentBytes > 2 * clean.residentBytes || damaged.bufferBytes > 2 * clean.residentBytes;
  files += to - from;
  failures += kinds.size + (isTooLarge ? 1 : 0);
  console.log(
    `${reader}: ${to - from} damaged files, ${damaged.results} read, ${damaged.refused} refused, ${damaged.findings.length} findings; memory ${megabytes(damaged.residentBytes)} (buffers ${megabytes(damaged.bufferBytes)} at ${damaged.largest}) against ${megabytes(clean.residentBytes)} (${megabytes(clean.bufferBytes)}) of sound files${isTooLarge ? ': TOO MUCH' : ''}; ${Math.round((performance.now() - started) / 1000)} s`,
  );
  for (const { count, first } of kinds.values()) console.log(`  ${count} x ${first.split('\n').slice(0, 6).join('\n      ')}`);
}
console.log(failures === 0 ? `${files} damaged files: only results and DataErrors` : `${failures} kinds of failure`);
process.exitCode = failures === 0 ? 0 : 1;
