// Oracle: outcomes written by hand. `npm run oracles` runs the tests themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { oracleSources } from '../oracles/sources.ts';
import { isPresent, oracleReport, oracleTestFiles, outsideTests, type TestOutcome, unnamedFolders } from '../scripts/oracle-report.ts';

const source = {
  name: 'Abacus',
  version: '1',
  pattern: /\bAbacus\b/,
  numbers: ['oracles/abacus/numbers.json', '../shared/beads.csv'],
  script: 'oracles/abacus/make.py',
};
const outcome = (title: string, status: TestOutcome['status'] = 'passed'): TestOutcome => ({ file: 'a.test.ts', title, status });

describe('the list of checked numbers', () => {
  test('finds tests by the name of the program in their title, or by what the title says', () => {
    const { checks, problems } = oracleReport(
      [source],
      [outcome('sum equals Abacus'), outcome('days agree (oracle: the ECMAScript Date)', 'failed'), outcome('sums nothing')],
      [],
      () => true,
    );
    expect(checks.map(({ source: name, status }) => [name, status])).toEqual([
      ['Abacus', 'passed'],
      ['the ECMAScript Date', 'failed'],
    ]);
    expect(problems).toEqual([]);
  });

  test('says which source has no test, which file is missing, and which test does not say what it reads', () => {
    const { problems } = oracleReport([source], [outcome('sums')], ['a.test.ts'], () => false);
    expect(problems.map((problem) => problem.split(': ').slice(0, 2).join(': '))).toEqual([
      'Abacus: no test names it; remove it from oracles/sources.ts or name it in the title of the test that it checks',
      'Abacus: oracles/abacus/numbers.json is missing',
      'Abacus: oracles/abacus/make.py is missing',
      'a.test.ts: reads numbers of another program, and no title says which',
    ]);
  });

  test('counts a file that failed outside of its tests as a problem, not as a test', () => {
    const { checks, problems } = oracleReport([], [outcome(outsideTests, 'failed')], [], () => true);
    expect([checks, problems]).toEqual([[], ['a.test.ts: failed outside of its tests']]);
  });
});

describe('the register of sources', () => {
  const texts = oracleTestFiles(oracleSources).map((file) => readFileSync(join(root, file), 'utf8'));
  test.each(oracleSources.map((entry) => [entry.name, entry] as const))(
    '%s checks a test that is there, with files that are there',
    (_, { pattern, numbers, script }) => {
      expect(texts.some((text) => pattern.test(text))).toBe(true);
      for (const path of [...numbers, ...(script ? [script] : [])])
        if (!path.startsWith('../')) expect([path, isPresent(path)]).toEqual([path, true]);
    },
  );

  test('names every folder of oracles/', () => {
    expect(unnamedFolders(oracleSources)).toEqual([]);
  });

  test('every source has a name of its own', () => {
    expect(new Set(oracleSources.map(({ name }) => name)).size).toBe(oracleSources.length);
  });
});
