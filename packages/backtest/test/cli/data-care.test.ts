/** `data list`, `coverage`, `compact` and `prune`. Oracle: the sample catalogue, whose twelve days of rows data/README.md states. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { coldCompression, openCatalogue } from '@zanzibar/core/io';
import { timeOfAge } from '../../src/cli/age.ts';
import { daySpans } from '../../src/cli/day-spans.ts';
import { root as repository, temporaryFolder, zanzibar } from './run-main.ts';

const { root: folder } = temporaryFolder('care'), quotes = 'kind=quotes/venue=sample/symbol=EURUSD';
let root = '', count = 0;
beforeEach(() => {
  root = join(folder, `data-${count++}`);
  cpSync(join(repository, 'data'), root, { recursive: true });
});
const data = async (...argv: string[]): Promise<{ code: number; data: any }> => {
  const { code, out } = await zanzibar(['data', ...argv, '--json', '--quiet']);
  return { code, data: JSON.parse(out).data ?? JSON.parse(out).error };
};

describe('the care of a catalogue', () => {
  test('list tells rows, days, files and size of every series, and which files are missing', async () => {
    const { code, data: { series } } = await data('list', root);
    expect(code).toBe(0);
    expect(series.map(({ kind, rows, days, files, packed }: any) => [kind, rows, days, files, packed])).toEqual([['quotes', 207564, 12, 12, 0], ['trades', 20014, 12, 12, 0]]);
    rmSync(join(root, quotes, 'date=2024-01-09/part.parquet'));
    const after = await data('list', root, '--record', 'quotes');
    expect([after.code, after.data.series[0].missing]).toEqual([1, [`${quotes}/date=2024-01-09/part.parquet`]]);
  });

  test('coverage names the days that the calendar misses', async () => {
    expect((await data('coverage', root)).data.series.map(({ calendar, coverage }: any) => [calendar, coverage.expected, coverage.missing])).toEqual([['fx-week', 12, []], ['fx-week', 12, []]]);
    const { out, code } = await zanzibar(['data', 'coverage', root, '--record', 'trades', '--from', '2024-01-18', '--to', '2024-01-25']);
    expect(code).toBe(0);
    expect(out).toBe('EURUSD.SAMPLE  trades  20014 rows  hours fx-week\n  2024-01-18 .. 2024-01-24: 2 days with rows, 6 with a session, 4 missing\n  missing  2024-01-21 .. 2024-01-24 (4 days)\n');
    expect((await data('coverage', root, '--calendar', '24x7')).data.series[0].coverage.missing).toEqual(['2024-01-13']);
  });

  test('compact packs what is older and keeps every digest; prune only names, until it is told to delete', async () => {
    const before = (await openCatalogue(root)).coverage(), now = ['--now', '2024-02-10'];
    const { data: packed } = await data('compact', root, '--older', '30d', ...now);
    expect([packed.before, packed.compression, packed.compacted.length]).toEqual([String(parseTime('2024-01-11')), coldCompression, 8]);
    expect((await openCatalogue(root)).coverage()).toEqual(before);
    const files = readdirSync(root, { recursive: true }).length, named = await data('prune', root, '--older', '4w', ...now);
    expect([named.code, named.data.files.length, named.data.deleted]).toEqual([0, 12, []]);
    expect(readdirSync(root, { recursive: true }).length).toBe(files);
    expect((await data('prune', root, '--older', '4w', ...now, '--delete')).data.deleted).toEqual(named.data.files.map(({ path }: any) => path));
    expect((await openCatalogue(root)).coverage().map(({ days }) => [days.length, days[0].date])).toEqual([[6, '2024-01-14'], [6, '2024-01-14']]);
    expect((await data('check', root)).code).toBe(0);
  });

  test('ages count back over the calendar; what is none is refused by its flag, and so is a missing catalogue', async () => {
    const ago = (age: string): bigint => timeOfAge(parseTime('2024-03-31T13:14:15Z'), age);
    expect([ago('30d'), ago('2w'), ago('1mo'), ago('13mo'), ago('1y')]).toEqual(['2024-03-01', '2024-03-17', '2024-02-29', '2023-02-28', '2023-03-31'].map(parseTime));
    for (const age of ['', '0d', '1', '1m', '-1d', '1.5y', '400y']) expect(() => ago(age), age).toThrow(RangeError);
    for (const argv of [[root], [root, '--older', 'long'], [root, '--older', '1d', '--now', 'today']]) for (const verb of ['prune', 'compact']) expect((await data(verb, ...argv)).code).toBe(2);
    expect((await data('prune', '--older', '1d')).data.message).toBe('data prune: name one catalogue');
    expect((await data('prune', folder, '--older', '1d', '--delete')).data.message).toContain('is no catalogue');
    expect((await data('coverage', root, '--from', '2024-02-01', '--to', '2024-01-01')).data.place).toBe('--from');
    expect(daySpans(['2024-01-31', '2024-02-01', '2024-02-03'])).toEqual(['2024-01-31 .. 2024-02-01 (2 days)', '2024-02-03']);
  });
});
