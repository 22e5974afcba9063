/** `zanzibar report` of a saved result as page and as tables. Oracle: the envelope and the files themselves. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { quotesText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('formats'), at = (...parts: string[]): string => join(folder.root, ...parts);
const data = folder.write('eurusd.csv', quotesText(9000)), strategy = folder.write('probe.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })" }));

beforeAll(async () => {
  const { code } = await zanzibar(['backtest', strategy, '--data', data, '--out', at('result'), '--report', at('first.html'), '--trials', at('trials'), '--quiet']);
  expect(code).toBe(0);
});

test('the report of a run says which trial it was; another run of the same is the same trial', async () => {
  expect(readFileSync(at('first.html'), 'utf8')).toContain('data-trials="1"');
  await zanzibar(['backtest', strategy, '--data', data, '--report', at('second.html'), '--trials', at('trials'), '--quiet']);
  expect(readFileSync(at('second.html'), 'utf8')).toContain('data-trials="1"');
  await zanzibar(['backtest', strategy, '--data', data, '--report', at('third.html'), '--trials', 'none', '--quiet']);
  expect(readFileSync(at('third.html'), 'utf8')).not.toContain('data-trials');
});

test('--format csv, parquet and arrow write every table', async () => {
  for (const format of ['csv', 'parquet', 'arrow']) {
    const { code, out } = await zanzibar(['report', at('result'), '--format', format, '--out', at(format), '--json', '--quiet']);
    expect([code, JSON.parse(out).data.format]).toEqual([0, format]);
    const { tables } = JSON.parse(readFileSync(at(format, 'export.json'), 'utf8')) as { tables: { [stage: string]: { file: string } } };
    for (const stage of ['metrics', 'orders', 'fills', 'roundTrips', 'equity', 'returns', 'bars/m1']) expect(existsSync(at(format, tables[stage].file)), stage).toBe(true);
  }
});

test('the result holds its returns beside the benchmark\'s, which grow to buy and hold, and what the quality step found', () => {
  const summary = JSON.parse(readFileSync(at('result', 'summary.json'), 'utf8')) as { quality: { [id: string]: { kept: number } }; version: string; metrics: { returnCount: number; figures: { [name: string]: { value: number; reason: string } } } };
  const [head, ...lines] = readFileSync(at('csv', 'returns.csv'), 'utf8').trim().split('\n'), rows = lines.map(line => line.split(',').slice(1).map(Number)), grown = (k: number): number => rows.reduce((level, row) => level * (1 + row[k]), 1) - 1;
  const { returnCount, figures } = summary.metrics;
  expect([head, rows.length, summary.version]).toEqual(['time,value,benchmark', returnCount, '1.1']);
  expect(grown(0)).toBeCloseTo(figures.totalReturn.value, 9);
  expect(grown(1)).toBeCloseTo(figures.buyAndHoldReturn.value, 9);
  expect([figures.beta.reason, Number.isFinite(figures.beta.value)]).toEqual(['', true]);
  expect(Object.values(summary.quality).map(({ kept }) => kept)).toEqual([9000]);
});

test('an unknown format, a format without a place and a folder with other files are usage errors that change nothing', async () => {
  mkdirSync(at('mine'));
  writeFileSync(at('mine', 'thesis.txt'), 'years of work');
  for (const [words, message] of [
    [['--format', 'xls', '--out', at('x')], '--format must be html, csv, parquet or arrow, was xls'], [['--format', 'csv'], '--format csv needs --out, the folder for its files'],
    [['--format', 'csv', '--out', at('mine')], 'is not empty and no export (it has thesis.txt)'], [['--out', at('mine')], '--out must be a file'],
  ] as const) {
    const { code, error } = await zanzibar(['report', at('result'), ...words, '--quiet']);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  }
  expect(readFileSync(at('mine', 'thesis.txt'), 'utf8')).toBe('years of work');
  expect(existsSync(at('x'))).toBe(false);
});
