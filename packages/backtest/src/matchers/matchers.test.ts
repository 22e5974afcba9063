/** The matchers. Oracle: results with one planted change, and files with one planted edit. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { builtInInstruments, generateMarket } from '@zanzibar/core';
import { seededResult } from '../../test/seeded-result.ts';
import { makeResult, type Result } from '../result/result.ts';
import { prepareRun } from '../run/prepare.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { bars } from '../strategy/sources.ts';
import type { Matching } from './matching.ts';
import { matchers, type MatchOptions } from './matchers.ts';

expect.extend(matchers);

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-matchers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = seededResult({ bars: 400 });
type Table = 'orders' | 'fills' | 'equity' | 'executions';

function changed(result: Result, table: Table, column: string, row: number, by: number): Result {
  const { summary: { manifest, metrics, conservation, warnings }, digests: _, ...tables } = result, values = (tables[table].columns[column] as Float64Array).slice();
  values[row] += by;
  return makeResult({ ...tables, [table]: { ...tables[table], columns: { ...tables[table].columns, [column]: values } }, manifest, metrics, conservation, warnings, stages: { ticks: () => '0'.repeat(64) } });
}

/** The matcher as vitest calls it under -u (`all`), by default (`new`) and in CI (`none`). */
function match(received: Result | { [name: string]: Result }, file: string, mode: 'all' | 'new' | 'none' = 'none', options?: MatchOptions): Matching {
  return matchers.toMatchBacktest.call({ testPath: join(folder, 'x.test.ts'), snapshotState: { _updateSnapshot: mode } }, received, file, options);
}

function fresh(name: string, options?: MatchOptions): string {
  expect(match(small, name, 'new', options).pass).toBe(true);
  return join(folder, name);
}

describe('toMatchBacktest', () => {
  test('writes a missing file beside the test, but not in CI, and is content with the same result from then on', () => {
    const missing = match(small, 'first.json');
    expect([missing.pass, missing.message()]).toEqual([false, 'there is no golden file first.json: run vitest -u where it can be committed']);
    expect(readdirSync(folder)).not.toContain('first.json');
    const path = fresh('first.json'), text = readFileSync(path, 'utf8');
    expect(match(small, 'first.json').pass).toBe(true);
    expect(match(seededResult({ bars: 400 }), 'first.json', 'new').pass).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test.each([
    ['orders', 'quantity', 5, 'column "quantity": 20000 became 20001'], ['fills', 'price', 3, 'column "price": '], ['executions', 'price', 8, ': the recorded row became '], ['equity', 'equity', 77, ': the recorded row became '],
  ] as const)('names the row of a changed value in %s', (table, column, row, words) => {
    fresh(`${table}.json`);
    const { pass, message } = match(changed(small, table, column, row, 1), `${table}.json`);
    expect(pass).toBe(false);
    expect(message()).toContain(`the backtest left the golden file ${table}.json\n  ${table}, row ${row} (2024-03-0`);
    expect(message()).toContain(words);
    expect(message()).toContain('record it with vitest -u');
  });

  test('names the first of the stages that differ, and a run that is longer', () => {
    fresh('first-stage.json');
    expect(match(changed(changed(small, 'equity', 'equity', 2, 1), 'fills', 'fee', 9, 1), 'first-stage.json').message()).toMatch(/\n {2}fills, row 9 .*column "fee"/);
    expect(match(seededResult({ bars: 401 }), 'first-stage.json').message()).toMatch(/\n {2}bars\/1m, row 400 .*: no row became /);
  });

  test('a tolerance lets its own field move so far and no farther, and the others not at all', () => {
    const tolerance = { 'fills.price': 2e-5, 'equity.equity': { relative: 1e-6 } };
    fresh('tolerant.json', { tolerance });
    expect(match(changed(small, 'fills', 'price', 3, 1e-5), 'tolerant.json', 'none', { tolerance }).pass).toBe(true);
    expect(match(changed(small, 'equity', 'equity', 3, 0.01), 'tolerant.json', 'none', { tolerance }).pass).toBe(true);
    expect(match(changed(small, 'fills', 'price', 3, 3e-5), 'tolerant.json', 'none', { tolerance }).message()).toMatch(/fills, row 3 .*column "price"/);
    expect(match(changed(small, 'equity', 'cash', 3, 0.01), 'tolerant.json', 'none', { tolerance }).message()).toMatch(/equity, row 3 .*column "cash"/);
    expect(match(changed(small, 'fills', 'price', 3, 1e-5), 'tolerant.json').pass).toBe(false);
  });

  test('a tolerance for a stage of which no values were kept says so; one that is no number is refused', () => {
    fresh('checks.json');
    expect(() => match(changed(small, 'equity', 'equity', 3, 1), 'checks.json', 'none', { tolerance: { 'equity.equity': 2 } })).toThrow('holds no values of equity');
    expect(() => match(small, 'checks.json', 'none', { tolerance: { 'equity.equity': -1 } })).toThrow('absolute tolerance of equity.equity must be a number of at least 0, was -1');
    expect(() => match(small, 'checks.json', 'none', { tolerance: { equity: 1 } })).toThrow('a tolerance is of a field such as fills.price, was equity');
  });

  test('figures are compared too, with a tolerance of their own', () => {
    const { summary: { manifest, metrics, conservation, warnings }, digests: _, ...tables } = small, { totalReturn } = metrics.figures;
    const other = makeResult({ ...tables, manifest, metrics: { ...metrics, figures: { ...metrics.figures, totalReturn: { ...totalReturn, value: totalReturn.value + 1e-9 } } }, conservation, warnings, stages: { ticks: () => '0'.repeat(64) } });
    fresh('figures.json');
    expect(match(other, 'figures.json').message()).toContain(`metrics, column "totalReturn": ${totalReturn.value} became `);
    expect(match(other, 'figures.json', 'none', { tolerance: { 'metrics.totalReturn': 1e-8 } }).pass).toBe(true);
  });

  test.each([
    ['a changed figure', (text: string) => text.replace('"totalReturn":', '"totalReturn":1')], ['a changed row count', (text: string) => text.replace('"rows":400', '"rows":401')], ['a line that is gone', (text: string) => text.split('\n').filter((_, line) => line !== 6).join('\n')],
  ])('a file edited by hand is refused by name, and stays as it is: %s', (name, edit) => {
    const path = fresh(`${name}.json`), edited = edit(readFileSync(path, 'utf8'));
    writeFileSync(path, edited);
    for (const mode of ['none', 'new'] as const) expect(() => match(small, `${name}.json`, mode)).toThrow(/\.json: was changed by hand: its checksum does not fit\. Restore it from version control, or record it anew with vitest -u/);
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(match(small, `${name}.json`, 'all').pass).toBe(true);
    expect(match(small, `${name}.json`).pass).toBe(true);
  });

  test('other files, and golden files of another major version, are refused by name; line ends of another system are not an edit', () => {
    writeFileSync(join(folder, 'other.json'), '{}');
    expect(() => match(small, 'other.json')).toThrow('is no golden file of backtests');
    const path = fresh('version.json'), text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll('\n', '\r\n'));
    expect(match(small, 'version.json').pass).toBe(true);
    writeFileSync(path, text.replace('"version":"1.0"', '"version":"2.0"'));
    expect(() => match(small, 'version.json')).toThrow('zanzibar/golden version 2 is unknown, this reads 1.0');
  });

  test('several results share a file and the tables that they have in common; one more is added, one less is named', () => {
    const twin = changed(small, 'fills', 'fee', 0, 1), path = join(folder, 'several.json');
    match(small, 'one.json', 'new');
    expect(match({ a: small, b: twin }, 'several.json', 'new').pass).toBe(true);
    expect(readFileSync(path, 'utf8').length).toBeLessThan(1.5 * readFileSync(join(folder, 'one.json'), 'utf8').length);
    expect(match({ a: small }, 'several.json').message()).toContain('b: is in the golden file, but was not run');
    expect(match({ a: small, b: twin, c: small }, 'several.json').message()).toContain('c: is not in the golden file');
    expect(match({ a: small, b: twin, c: small }, 'several.json', 'new').pass).toBe(true);
    expect(match({ a: twin, b: twin, c: small }, 'several.json').message()).toMatch(/\n {2}a: fills, row 0 /);
  });

  test('what is no result is a TypeError', () => {
    expect(() => match({} as never, 'x.json')).toThrow('toMatchBacktest: expects a result of run, or several by name');
  });
});

describe('toBeCausal', () => {
  const { quotes } = generateMarket({ seed: 3, days: 1, from: '2024-01-09', quotesPerDay: 800 }), instrument = builtInInstruments.find(({ id }) => id === 'EURUSD.OANDA')!;
  const prepared = (peek: number) => prepareRun(defineStrategy({
    name: 'probe', parameters: {}, sources: () => ({ m5: bars('5m') }),
    decide(_, now, account, actions) {
      if (now.kind !== 'bar') return;
      const next = now.columns.close[now.row + peek];
      actions.market(next > now.columns.close[now.row] ? 1 : account.position() > 0 ? -1 : 1, 1000);
    },
  }), { data: [{ instrument, kind: 'quotes', columns: quotes }] });

  test('holds for a strategy that reads its own row', () => {
    expect(prepared(0)).toBeCausal({ seeds: 2 });
  });

  test('names the row at which a strategy that reads the next one is found out', () => {
    expect(prepared(1)).not.toBeCausal({ seeds: 1 });
    const { pass, message } = matchers.toBeCausal.call({}, prepared(1), { seeds: 1 });
    expect(pass).toBe(false);
    expect(message()).toMatch(/^probe is not causal\n {2}row by row: orders, row \d+ \(2024-01-0\dT/);
  });

  test('a strategy that draws unseeded randomness is found out with the place', () => {
    const random = prepareRun(defineStrategy({ name: 'dice', parameters: {}, sources: () => ({ m5: bars('5m') }), decide: (_, now, __, actions) => { if (now.kind === 'bar' && Math.random() < 0.1) actions.market(1, 1000); } }), { data: [{ instrument, kind: 'quotes', columns: quotes }] });
    expect(matchers.toBeCausal.call({}, random, { seeds: 0 }).message()).toMatch(/it reads Math\.random at .*matchers\.test\.ts:\d+/);
  });

  test('what is no prepared run is a TypeError', () => {
    expect(() => matchers.toBeCausal.call({}, {} as never)).toThrow('toBeCausal: expects what prepareRun(strategy, { data }) gives');
  });
});
