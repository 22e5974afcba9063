import { expect, test } from 'vitest';
import { main } from './main.ts';
import { parseFlags, type Flags } from './arguments.ts';

// Oracle: the contract of the command line (docs/contracts.md 8).
const flags: Flags = { data: { type: 'list', about: 'data' }, cash: { type: 'text', about: 'cash' } };

function run(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '', error = '';
  const streams = { out: { write: (text: string) => (out += text) }, error: { write: (text: string) => (error += text) }, now: () => 0 };
  return main(argv, streams).then(code => ({ code, out, error }));
}

test('flags are words, lists, numbers and switches', () => {
  const given = parseFlags('backtest', ['strategy.ts', '--data', 'a', '--data', 'b', '--cash', '1e5', '--json'], flags);
  expect(given.words).toEqual(['strategy.ts']);
  expect(given.list('data')).toEqual(['a', 'b']);
  expect(given.number('cash')).toBe(100_000);
  expect(given.has('json')).toBe(true);
});

test('a number below 0 is the value of the flag before it; after a switch, a word or a lone -- it is none', () => {
  const given = parseFlags('backtest', ['--cash', '-1e5', '--data', '-2', '--data', '-.5'], flags);
  expect([given.number('cash'), given.list('data')]).toEqual([-100_000, ['-2', '-.5']]);
  expect(parseFlags('backtest', ['--', '--cash', '-1'], flags).words).toEqual(['--cash', '-1']);
  expect(() => parseFlags('backtest', ['--json', '-1'], flags)).toThrow(/backtest: .*-1/);
  expect(() => parseFlags('backtest', ['--cash', '--data', 'a'], flags)).toThrow(/--cash/);
});

test('an unknown flag and a number that is none are named with what is known', () => {
  expect(() => parseFlags('backtest', ['--dta', 'a'], flags)).toThrow(/--dta.*--data --cash/);
  expect(() => parseFlags('backtest', ['--cash', 'much'], flags).number('cash')).toThrow('backtest: --cash must be a number, was much');
});

test('an unknown verb is usage: exit code 2, an envelope under --json, the message on standard error', async () => {
  const { code, out, error } = await run('fly', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ schema: 'zanzibar-envelope', ok: false, error: { code: 'UsageError', place: 'fly' } });
  expect(error).toContain('there is no verb "fly"');
});

test('every verb prints its help with exit code 0', async () => {
  const { out } = await run('--help');
  for (const verb of [...out.matchAll(/^ {2}([a-z]+) {2}/gm)].map(match => match[1])) {
    const help = await run(verb, '--help');
    expect(help.code).toBe(0);
    expect(help.out).toContain(`usage: zanzibar ${verb}`);
  }
});
