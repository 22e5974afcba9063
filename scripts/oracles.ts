/**
 * Runs every test that is checked by something we did not write, and lists each with its source and result.
 *
 *   npm run oracles              the list; exits with 1 where a test fails or the register of sources is not whole
 *   npm run oracles -- --json    the same as JSON on standard output
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { root } from '../lint/repository.ts';
import { oracleSources } from '../oracles/sources.ts';
import { isPresent, oracleReport, type OracleCheck, oracleTestFiles, outsideTests, type TestOutcome, unnamedFolders } from './oracle-report.ts';

const flags = process.argv.slice(2),
  asJson = flags.includes('--json'),
  unknown = flags.find((flag) => flag !== '--json');

function runTests(files: readonly string[]): TestOutcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'zanzibar-oracles-')),
    report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const { status } = spawnSync(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${report}`, ...files], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (!isPresent(relative(root, report))) throw new Error(`vitest left no report and exit code ${status}`);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
    };
    return testResults
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, status: fileStatus, assertionResults }): TestOutcome[] => {
        const file = relative(root, name).split(sep).join('/');
        const isOutside = fileStatus === 'failed' && !assertionResults.some((test) => test.status === 'failed');
        const outcomes = assertionResults.map(
          ({ fullName, status: state }): TestOutcome => ({
            file,
            title: fullName,
            status: state === 'passed' || state === 'failed' ? state : 'skipped',
          }),
        );
        return isOutside ? [{ file, title: outsideTests, status: 'failed' }, ...outcomes] : outcomes;
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(checks: readonly OracleCheck[], problems: readonly string[]): void {
  const marks = { passed: '✓', failed: '✗', skipped: '-' };
  for (const name of new Set([...oracleSources.map((source) => source.name), ...checks.map(({ source }) => source)])) {
    const own = checks.filter(({ source }) => source === name),
      source = oracleSources.find((known) => known.name === name);
    console.log(`${name}${source ? ` (${source.version})` : ''}`);
    const numbers = source?.numbers.map((path) => (isPresent(path) ? path : `${path} (not here)`)) ?? [];
    if (numbers.length > 0 || source?.script)
      console.log(`    numbers: ${[...numbers, ...(source?.script ? [`by ${source.script}`] : [])].join(', ')}`);
    let file = '';
    for (const check of own) {
      if (check.file !== file) console.log(`  ${check.file}`);
      file = check.file;
      console.log(`    ${marks[check.status]} ${check.title}`);
    }
  }
  for (const problem of problems) console.log(`! ${problem}`);
  const tests = new Map(checks.map((check) => [`${check.file} ${check.title}`, check.status])),
    count = (status: string): number => [...tests.values()].filter((state) => state === status).length;
  console.log(
    `oracles: ${new Set(checks.map(({ source }) => source)).size} sources, ${count('passed')} tests passed, ${count('failed')} failed, ${count('skipped')} skipped, ${problems.length} problems`,
  );
}

if (unknown !== undefined) {
  console.error(`oracles: there is no flag "${unknown}", known is --json`);
  process.exitCode = 2;
} else {
  const files = oracleTestFiles(oracleSources);
  console.error(`oracles: runs ${files.length} test files`);
  const { checks, problems: found } = oracleReport(oracleSources, runTests(files), files, isPresent);
  const problems = [...found, ...unnamedFolders(oracleSources).map((folder) => `${folder}: no source in oracles/sources.ts names it`)];
  if (asJson)
    console.log(
      JSON.stringify(
        {
          schema: 'zanzibar/oracles',
          version: '1.0',
          sources: oracleSources.map(({ pattern, ...rest }) => ({ ...rest, pattern: pattern.source })),
          checks,
          problems,
        },
        null,
        2,
      ),
    );
  else print(checks, problems);
  process.exitCode = problems.length > 0 || checks.some(({ status }) => status === 'failed') ? 1 : 0;
}
