/** Run files. Oracle: the flags of the same names (contracts.md 11). */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { barsText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('run'), file = (name: string, text: string): string => folder.write(name, text);
mkdirSync(join(folder.root, 'sub'));
file('sub/probe.mjs', strategyText({ parameters: "{ hold: { type: 'integer', minimum: 1, maximum: 9, default: 3 } }" }));
file('sub/prices.csv', barsText(300));
const base = 'strategy: probe.mjs\ndata: prices.csv\ninterval: 1h\ntime: open\n', whole = file('sub/run.yaml', `${base}trials: none\ncash: 5000\nset:\n  hold: 4\n`);

async function hashOf(...argv: string[]): Promise<string> {
  const { code, out, error } = await zanzibar(['backtest', ...argv, '--json', '--quiet']);
  expect(error).toBe('');
  expect(code).toBe(0);
  const { data } = JSON.parse(out) as { data: { orderHash: string; rows: { fills: number } } };
  expect(data.rows.fills).toBeGreaterThan(20);
  return data.orderHash;
}

test('a run file is its flags: paths are relative to the file, flags on the line win', async () => {
  const flags = [join(folder.root, 'sub/probe.mjs'), '--data', join(folder.root, 'sub/prices.csv'), '--interval', '1h', '--time', 'open', '--trials', 'none'];
  expect(await hashOf(whole)).toBe(await hashOf(...flags, '--cash', '5000', '--set', 'hold=4'));
  const { out } = await zanzibar(['backtest', whole, '--json', '--quiet', '--cash', '7000', '--set', 'hold=5']);
  expect(JSON.parse(out).data.summary.manifest).toMatchObject({ cash: 7000, parameters: { hold: 5 } });
});

test('config show prints the run with every parameter; what it prints is a run file of the same run', async () => {
  const { code, out } = await zanzibar(['config', 'show', whole, '--set', 'hold=6']);
  expect(code).toBe(0);
  const shown = parse(out) as { [name: string]: unknown };
  expect(shown).toMatchObject({ cash: '5000', interval: '1h', parameters: { hold: 6 }, strategy: join(folder.root, 'sub/probe.mjs') });
});

test('lookahead and parity take the run file of a backtest, reports included', async () => {
  const run = file('sub/full.yaml', `${base}report: never.html\nout: never\ntrials: none\n`);
  for (const verb of [['lookahead', '--seeds', '2'], ['parity']]) {
    const { code, out } = await zanzibar([verb[0], run, ...verb.slice(1)]);
    expect(out).toMatch(/clean|the same bits/);
    expect(code).toBe(0);
  }
  expect(folder.list().filter(name => name.includes('never'))).toEqual([]);
});

test.each([
  ['a file that is not there', 'gone.yaml', undefined, /there is no run file .*gone\.yaml/],
  ['no YAML', 'broken.yaml', 'strategy: [\n', /broken\.yaml: .+/],
  ['a list', 'list.yaml', '- a\n', /list\.yaml: a run file is a list of "name: value" lines/],
  ['nothing', 'nothing.yaml', '', /nothing\.yaml: a run file is/],
  ['no strategy', 'headless.yaml', 'data: prices.csv\n', /headless\.yaml: "strategy: FILE" is missing/],
  ['an unknown name', 'name.yaml', `${base}colour: red\n`, /name\.yaml: unknown name "colour", known are strategy, .*cash/],
  ['a name twice', 'twice.yaml', `${base}cash: 1\ncash: 2\n`, /twice\.yaml: .*unique/],
  ['a name without a value', 'blank.yaml', `${base}cash:\n`, /blank\.yaml: cash has no value/],
  ['a record where a text is wanted', 'record.yaml', `${base}cash: { a: 1 }\n`, /record\.yaml: cash must be a text or a number, was \{"a":1\}/],
  ['a parameter that the strategy lacks', 'parameter.yaml', `${base}set: { speed: 1 }\n`, /probe has no parameter "speed", it has hold/],
  ['a parameter out of range', 'range.yaml', `${base}set: { hold: 10 }\n`, /probe: hold must be an integer in \[1, 9\], was 10/],
])('%s is one error line that names the file or the name', async (_, name, text, message) => {
  const path = text === undefined ? join(folder.root, name) : file(`sub/${name}`, text), { code, out, error } = await zanzibar(['backtest', path]);
  expect(error).toMatch(message);
  expect(error.trimEnd().split('\n')).toHaveLength(1);
  expect([code, out]).toEqual([2, '']);
});

test('help of a run file lists the parameters of its strategy', async () => {
  expect((await zanzibar(['backtest', whole, '--help'])).out).toContain('--set hold=3  integer in [1, 9]');
});
