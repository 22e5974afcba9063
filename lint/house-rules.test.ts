import { expect, test } from 'vitest';
import { formatFinding } from './finding.ts';
import { checkHouse } from './house-rules.ts';
import { readRepository } from './repository.ts';

/** Rule and line of every finding on one planted file. */
function rulesBroken(file: string, text: string, others: Record<string, string> = {}): string[] {
  const files = [{ file, text }, ...Object.entries(others).map(([name, content]) => ({ file: name, text: content }))];
  return checkHouse(files)
    .filter((finding) => finding.file === file)
    .map(({ rule, line }) => `${rule}:${line}`);
}

const atr = 'packages/engines/src/volatility/atr.ts';

test('this repository keeps the rules of the house', () => {
  const files = readRepository();
  expect(files.map(({ file }) => file)).toContain('lint/house-rules.ts');
  const errors = checkHouse(files).filter(({ severity }) => severity === 'error');
  expect(errors.map(formatFinding)).toEqual([]);
});

test.each([
  ['core imports engines', 'packages/core/src/table.ts', "import { atr } from '@zanzibar/engines';"],
  ['core imports a family of engines', 'packages/core/src/table.ts', "export { atr } from '@zanzibar/engines/volatility';"],
  ['engines import backtest as types', atr, "import type { Result } from '@zanzibar/backtest';"],
  ['backtest imports live lazily', 'packages/backtest/src/a.ts', "const live = await import('@zanzibar/live');"],
  ['an import type leads to live', 'packages/backtest/src/a.ts', "export type Runner = import('@zanzibar/live').Runner;"],
  ['a relative path leads against the arrows', atr, "import { a } from '../../../backtest/src/a.ts';"],
  ['a relative path leads along the arrows, but around the package', atr, "import { a } from '../../../core/src/table.ts';"],
  ['a source leads out of its package', atr, "import { a } from '../../../../lint/places.ts';"],
])('import-direction finds that %s', (_, file, text) => {
  expect(rulesBroken(file, `\n${text}\n`)).toEqual(['import-direction:2']);
});

test.each([
  [atr, "import { newColumn } from '@zanzibar/core';"],
  [atr, "import { trueRange } from './true-range.ts';"],
  ['packages/live/src/runner/runner.ts', "import { run } from '@zanzibar/backtest';"],
  ['packages/backtest/src/report/svg.test.ts', "import { chromium } from '../../../../test/tools.ts';"],
])('import-direction lets pass %s: %s', (file, text) => {
  expect(rulesBroken(file, text)).toEqual([]);
});

test.each([
  ['packages/core/src/time.ts', "import { readFileSync } from 'node:fs';"],
  ['packages/core/src/testing/laws.ts', "import { join } from 'path';"],
  ['packages/core/src/time.ts', 'const zone = process.env.TZ;'],
  [atr, 'const bytes = Buffer.from([1]);'],
  [atr, "import { readParquet } from '@zanzibar/core/io';"],
  ['packages/core/src/time.ts', "import { readParquet } from './io/index.ts';"],
])('no-node finds in %s: %s', (file, text) => {
  expect(rulesBroken(file, text)).toEqual(['no-node:1']);
});

test('no-node lets pass core/src/io, tests, the other packages, and a property of the same name', () => {
  for (const file of ['packages/core/src/io/parquet.ts', 'packages/core/src/time.test.ts', 'packages/backtest/src/a.ts']) {
    expect(rulesBroken(file, "import { readFileSync } from 'node:fs';")).toEqual([]);
  }
  expect(rulesBroken(atr, 'order.process = other.process;')).toEqual([]);
});

test.each(['const a = b ** 3;', 'a **= 2;', 'const a = Math.pow(b, 3);', 'const a = xs.map(Math.pow);'])('no-power finds: %s', (text) => {
  expect(rulesBroken(atr, text)).toEqual(['no-power:1']);
  expect(rulesBroken('packages/live/src/a.test.ts', text)).toEqual(['no-power:1']);
});

test.each(['const a = Math.log(b);', 'const a = xs.map(Math.exp);', 'const a = globalThis.Math.atan2(b, c);', 'const a = Math.sinh(b);', 'const a = Math.hypot(b, c);'])('same-bits finds: %s', (text) => {
  for (const file of [atr, 'packages/core/src/generator/a.ts', 'packages/backtest/src/metrics/a.ts', 'packages/live/src/runner/a.ts']) expect(rulesBroken(file, text)).toEqual(['same-bits:1']);
  for (const file of ['packages/backtest/src/report/a.ts', 'packages/engines/src/a.test.ts', 'bench/a.ts']) expect(rulesBroken(file, text)).toEqual([]);
});

test('same-bits lets pass what the language defines to the last bit', () => {
  expect(rulesBroken(atr, 'const a = Math.sqrt(b) + Math.floor(c) + Math.abs(d) + Math.LN2 + logger.log(e);')).toEqual([]);
});

test.each([
  'const now = Date.now();',
  'const clock = Date.now;',
  'const now = new Date();',
  'const now = Date();',
  'const now = performance.now();',
  'const now = process.hrtime.bigint();',
  'const x = Math.random();',
  'const x = globalThis.Math.random();',
  'const id = crypto.randomUUID();',
  'const bytes = randomBytes(8);',
  'setTimeout(done, 10);',
])('no-clock finds: %s', (text) => {
  expect(rulesBroken('packages/backtest/src/simulator/a.ts', text)).toEqual(['no-clock:1']);
  for (const place of ['packages/live/src/a.ts', 'packages/backtest/src/cli/a.ts', 'bench/a.ts', 'scripts/a.ts', 'packages/core/src/a.test.ts']) {
    expect(rulesBroken(place, text)).toEqual([]);
  }
});

test('no-clock lets pass a date made of an argument and words in a comment or a string', () => {
  expect(rulesBroken(atr, "const day = new Date(ms); // not Date.now()\nconst text = 'Math.random';")).toEqual([]);
});

test.each(['eval(text);', "const f = new Function('return 1');", "const f = Function('return 1');"])('no-eval finds: %s', (text) => {
  expect(rulesBroken('packages/live/src/a.ts', text)).toEqual(['no-eval:1']);
});

test.each(['packages/core/src/utils/a.ts', 'packages/core/src/helpers.ts', 'docs/misc/a.md', 'packages/live/test/common.test.ts'])('names finds %s', (file) => {
  expect(rulesBroken(file, '')).toEqual(['names:1']);
});

const naive = 'packages/backtest/test/reference/naive.ts';

test.each(["import { match } from '../../src/simulator/match.ts';", "import type { Result } from '@zanzibar/backtest';"])('reference-apart finds: %s', (text) => {
  expect(rulesBroken(naive, text)).toEqual(['reference-apart:1']);
});

test('reference-apart finds the simulator behind another file', () => {
  const ledger = { 'packages/backtest/src/ledger/ledger.ts': "import { match } from '../simulator/match.ts';" };
  expect(rulesBroken(naive, "import { ledger } from '../../src/ledger/ledger.ts';", ledger)).toEqual(['reference-apart:1']);
});

test('reference-apart finds an import of the inputs that is more than their types', () => {
  expect(rulesBroken(naive, "import { check } from '../../src/simulator/setup.ts';")).toEqual(['reference-apart:1']);
});

test('reference-apart lets pass the core, the types of the inputs and the comparing test', () => {
  expect(rulesBroken(naive, "import type { Setup } from '../../src/simulator/setup.ts';")).toEqual([]);
  expect(rulesBroken(naive, "import { newColumn } from '@zanzibar/core';\nimport { quote } from './quote.ts';")).toEqual([]);
  expect(rulesBroken('packages/backtest/test/reference/naive.test.ts', "import { match } from '../../src/simulator/match.ts';")).toEqual([]);
});

test('no-power lets pass powers that are exact: of whole numbers of any size, and of two', () => {
  expect(rulesBroken(atr, 'const billion = 10n ** 9n;\nconst large = 2 ** 53;')).toEqual([]);
  expect(rulesBroken(atr, 'const a = 2 ** b;\nconst c = 2 ** 0.5;')).toEqual(['no-power:1', 'no-power:2']);
});

test('machine-path finds absolute paths of one machine, and nothing relative', () => {
  // Each slash stands apart, so that this file does not break the rule itself.
  const slash = '/';
  for (const folder of ['work', 'root', 'home', 'tmp']) {
    expect(rulesBroken('docs/a.md', `see ${slash}${folder}${slash}main`)).toEqual(['machine-path:1']);
    expect(rulesBroken('.ci/run', `cd "${slash}${folder}"`)).toEqual(['machine-path:1']);
    expect(rulesBroken('docs/a.md', `see ..${slash}${folder}${slash}a and https:${slash}${slash}a.org${slash}${folder}${slash}b and a${slash}${folder}`)).toEqual([]);
  }
});

test('index-only-exports finds a function in an index file', () => {
  expect(rulesBroken('packages/core/src/index.ts', "export * from './table.ts';\nexport const one = 1;")).toEqual(['index-only-exports:2']);
});

test('length warns past 250 lines unless the reason is stated', () => {
  expect(rulesBroken(atr, 'a;\n'.repeat(250))).toEqual([]);
  expect(rulesBroken(atr, 'a;\n'.repeat(251))).toEqual(['length:250']);
  expect(rulesBroken(atr, `// Long: one table of codes.\n${'a;\n'.repeat(251)}`)).toEqual([]);
});

test('a stated reason excuses one rule on one line', () => {
  const excuse = '// house-rule: no-clock because the poisoned clock replaces it.';
  expect(rulesBroken(atr, `${excuse}\nconst real = Date.now;\nconst next = Date.now;`)).toEqual(['no-clock:3']);
  expect(rulesBroken(atr, `${excuse}\nconst real = eval(text);`)).toEqual(['no-eval:2']);
});
