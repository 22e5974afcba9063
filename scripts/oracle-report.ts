/** Which tests were checked by what, from the test files and vitest's report. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lint/repository.ts';
import type { OracleSource } from '../oracles/sources.ts';

/** One test of vitest's JSON report. */
export interface TestOutcome {
  /** From the root. */
  readonly file: string;
  /** With the titles of the groups around it. */
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

/** A test and what it was checked by. */
export interface OracleCheck extends TestOutcome {
  readonly source: string;
}

/** Stands for the tests of a file that failed outside of them: on loading, or in what all of them share. */
export const outsideTests = 'outside of its tests';

export interface OracleReport {
  readonly checks: readonly OracleCheck[];
  /** What makes the report itself wrong: numbers that no test names, sources without a test, missing files. */
  readonly problems: readonly string[];
}

// "(oracle: X)" or "(skipped ...; oracle: X)" at the end of a title or of its group.
const inTitle = /\boracle: ([^()]+)\)/;

/** Paths of the test files that name an oracle, or read numbers that one gave. */
export function oracleTestFiles(sources: readonly OracleSource[]): string[] {
  return testFiles().filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return namesNumbers(text) || inTitle.test(text) || sources.some(({ pattern }) => titles(text).some((title) => pattern.test(title)));
  });
}

function testFiles(): string[] {
  return ['packages', 'test', 'lint']
    .flatMap((folder) =>
      (readdirSync(join(root, folder), { recursive: true }) as string[])
        .map((file) => `${folder}/${file}`)
        .filter((file) => file.endsWith('.test.ts') && file !== 'test/oracles.test.ts' && !/(^|\/)(node_modules|dist)\//.test(file)),
    )
    .sort();
}

/** The texts that `test(...)` and `describe(...)` open with, as far as they stand in the source; tables of cases before a title too. */
function titles(text: string): string[] {
  return [...text.matchAll(/\(\s*(['"`])((?:(?!\1).)*)\1\s*,/g)].map(([, , title]) => title);
}

/** Does it read numbers from `oracles/` or from the recorded data? */
function namesNumbers(text: string): boolean {
  return /\boracles\/[\w-]+\/[^'"`\s]*\.(json|csv|gz|feather)\b|\b(talibCases|stockIndicators|sharedJson|sharedFeather|leanQuotes)\(/.test(text);
}

/** The checks among these outcomes, and what is wrong with the register; `isPresent` tells whether a path exists. */
export function oracleReport(
  sources: readonly OracleSource[],
  outcomes: readonly TestOutcome[],
  files: readonly string[],
  isPresent: (path: string) => boolean,
): OracleReport {
  const checks: OracleCheck[] = [],
    problems: string[] = [];
  for (const outcome of outcomes) {
    if (outcome.title === outsideTests) {
      problems.push(`${outcome.file}: failed ${outsideTests}`);
      continue;
    }
    const found = sources.filter(({ pattern }) => pattern.test(outcome.title)).map(({ name }) => name),
      stated = inTitle.exec(outcome.title)?.[1];
    if (stated !== undefined && found.length === 0) found.push(stated);
    for (const source of found) checks.push({ ...outcome, source });
  }
  for (const { name, numbers, script } of sources) {
    if (!checks.some(({ source }) => source === name))
      problems.push(`${name}: no test names it; remove it from oracles/sources.ts or name it in the title of the test that it checks`);
    for (const path of [...numbers.filter((path) => !path.startsWith('../')), ...(script === undefined ? [] : [script])])
      if (!isPresent(path)) problems.push(`${name}: ${path} is missing`);
  }
  for (const file of files)
    if (!checks.some((check) => check.file === file)) problems.push(`${file}: reads numbers of another program, and no title says which`);
  return { checks, problems };
}

/** Folders of `oracles/` that no source names. */
export function unnamedFolders(sources: readonly OracleSource[]): string[] {
  const named = sources.flatMap(({ numbers, script }) => [...numbers, script ?? '']);
  return readdirSync(join(root, 'oracles'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !named.some((path) => path.startsWith(`oracles/${entry.name}/`)))
    .map(({ name }) => `oracles/${name}`);
}

/** Paths from the root, those of `../shared` included. */
export function isPresent(path: string): boolean {
  return existsSync(join(root, path));
}
