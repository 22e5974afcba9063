/** `zanzibar check`. Oracle: strategies with a planted fault each. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quotesText, root, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('check'), data = folder.write('eurusd.csv', quotesText(5000)), sources = "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })";
const check = (name: string, decide?: string): ReturnType<typeof zanzibar> => zanzibar(['check', folder.write(`${name}.mjs`, strategyText({ sources, ...(decide === undefined ? {} : { decide }) })), '--data', data, '--seeds', '1', '--starts', '2', '--quiet']);

test('a strategy without faults passes all three, exit code 0, and leaves nothing on disk', async () => {
  // Decides by the time, not by the number of the row: that depends on where the data begins.
  const { code, out, error } = await check('clean', 'if (now.kind === "bar" && (now.time / 60000000000n) % 5n === 0n) actions.market(account.position() > 0 ? -1 : 1, 1);');
  expect([code, error]).toEqual([0, '']);
  expect(out).toMatch(/^ok {4}look-ahead {3}\d+ rows, row by row, repeated, under 1 poisoned futures\nok {4}warm-up {6}2 later starts\nok {4}determinism {2}groups of 997, 64, 7 rows, a new process in another time zone\n$/);
  expect(folder.list()).toEqual(['clean.mjs', 'eurusd.csv']);
});

test('one that counts rows decides otherwise when the data begins later', async () => {
  const { code, out } = await check('rows');
  expect(code).toBe(1);
  expect(out).toMatch(/^FOUND warm-up/m);
  expect(out).toMatch(/from 2024-01-08T.* with data from .*: orders, row 0 .*; no column of its engines differs/);
});

test('one that reads the time zone of the machine is found by the new process', async () => {
  const { code, out } = await check('zone', 'if (now.kind === "bar" && (now.time / 60000000000n) % 5n === 0n) actions.market(1, 1 + new Date(Number(now.time / 1000000n)).getHours());');
  expect(code).toBe(1);
  expect(out).toMatch(/^FOUND determinism/m);
  expect(out).toMatch(/a new process: orders, row 0 \(.*\), column "quantity": /);
});

test('one that reads the next bar is found by the look-ahead check, and --json holds all of it', async () => {
  const strategy = folder.write('ahead.mjs', strategyText({ sources, decide: 'if (now.kind === "bar" && now.columns.close[now.row + 1] > now.columns.close[now.row]) actions.market(account.position() > 0 ? -1 : 1, 1);' }));
  const { code, out } = await zanzibar(['check', strategy, '--data', data, '--seeds', '1', '--starts', '0', '--quiet', '--json']);
  const { data: { clean, checks } } = JSON.parse(out) as { data: { clean: boolean; checks: { name: string; findings: string[] }[] } };
  expect([code, clean]).toEqual([1, false]);
  expect(checks.map(({ name }) => name)).toEqual(['look-ahead', 'warm-up', 'determinism']);
  expect(checks[0].findings[0]).toMatch(/^row by row: orders, row 0 /);
});

test('counts that are no whole numbers are usage errors', async () => {
  const { code, error } = await zanzibar(['check', 'x.mjs', '--data', data, '--starts', '1.5']);
  expect(code).toBe(2);
  expect(error).toContain('check: --starts must be a whole number, was 1.5');
});

test('the example is clean as the help of the command says, by the history that it states; without it a stop moves', async () => {
  const { out: help } = await zanzibar(['check', '--help']), words = /^ {2}zanzibar check (examples\/break-and-gap\.ts .*)$/m.exec(help)![1].split(' '), at = words.map(word => (word === 'data' || word.startsWith('examples/') ? join(root, word) : word));
  expect(words).not.toContain('--history');
  const { code, out } = await zanzibar(['check', ...at, '--quiet']);
  expect([code, out.match(/^ok /gm)?.length]).toEqual([0, 3]);
  const short = await zanzibar(['check', ...at, '--quiet', '--history', '15m']);
  expect(short.out).toMatch(/^FOUND warm-up .*still depend on the start: atr\.atr/m);
}, 120_000);
