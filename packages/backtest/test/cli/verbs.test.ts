/** Each verb as its help says it. Oracle: the help texts themselves, and the contract of the command line. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quotesText, root, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const verbs = [
  'backtest', 'bars', 'check', 'compare', 'config show', 'data import', 'data inspect', 'data list', 'data coverage', 'data check', 'data generate', 'data compact', 'data prune', 'engine', 'engines', 'enrich', 'explain', 'init',
  'lookahead', 'parity', 'report',
];

describe('the examples of the help texts', () => {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-fresh-')), working = process.cwd(), trials = process.env.ZANZIBAR_TRIALS;
  beforeAll(() => {
    for (const name of ['data', 'examples', 'run.yaml', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(home, name));
    process.chdir(home);
    process.env.ZANZIBAR_TRIALS = join(home, 'trials');
  });
  afterAll(() => {
    process.chdir(working);
    if (trials === undefined) delete process.env.ZANZIBAR_TRIALS;
    else process.env.ZANZIBAR_TRIALS = trials;
    rmSync(home, { recursive: true, force: true });
  });

  test('each runs from a fresh checkout', async () => {
    for (const verb of verbs) {
      const { out } = await zanzibar([...verb.split(' '), '--help']), examples = out.split('examples:\n')[1].split('\n\n')[0].split('\n').filter(line => line.trim() !== '');
      expect(examples.length, verb).toBeGreaterThan(0);
      for (const example of examples) for (const command of example.trim().split(' && ')) {
        // The report's example runs the main job anew, the checks of promises and the import of a week take long: their other examples run.
        if (/^zanzibar (lookahead|parity) run\.yaml$/.test(command) || (['compare', 'explain', 'report'].includes(verb) && command.startsWith('zanzibar backtest')) || command.includes('../shared')) continue;
        const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
        const { code, error } = await zanzibar([...words.slice(1), '--quiet']);
        expect(error, command).toBe('');
        expect(code, command).toBe(0);
      }
    }
    expect(existsSync(join(home, 'out/report.html'))).toBe(true);
  });
});

const folder = temporaryFolder('verbs'), data = folder.write('eurusd.csv', quotesText(9000)), strategy = folder.write('probe.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })" }));

test('under --json every verb prints one envelope and nothing else on standard output', async () => {
  const result = join(folder.root, 'result'), bars = join(folder.root, 'bars.parquet'), market = join(folder.root, 'market');
  for (const argv of [
    ['backtest', strategy, '--data', data, '--out', result, '--trials', join(folder.root, 'trials')], ['report', result], ['bars', '--data', data, '--every', '1m', '--out', bars], ['engine', 'atr', '--data', bars],
    ['engine', 'swings', '--data', bars], ['lookahead', strategy, '--data', data, '--seeds', '1'], ['parity', strategy, '--data', data], ['data', 'inspect', bars], ['data', 'check', data],
    ['data', 'generate', '--root', market, '--days', '1', '--quotes-per-day', '500'], ['data', 'inspect', market], ['data', 'check', market], ['data', 'import', data, '--venue', 'x', '--symbol', 'EURUSD', '--root', market],
    ['config', 'show', strategy, '--data', data], ['compare', result, result], ['explain', result, '--order', '0'], ['init', join(folder.root, 'project')],
  ]) {
    const { code, out } = await zanzibar([...argv, '--json']);
    expect(out.endsWith('\n') && out.trimEnd().split('\n').length, argv.join(' ')).toBe(1);
    expect(JSON.parse(out), argv.join(' ')).toMatchObject({ schema: 'zanzibar-envelope', version: '1.0', ok: true });
    expect(code, argv.join(' ')).toBe(0);
  }
});

test('--quiet leaves standard error empty; without it progress stands there, not on standard output', async () => {
  const argv = ['backtest', strategy, '--data', data, '--trials', 'none'], loud = await zanzibar(argv), quiet = await zanzibar([...argv, '--quiet']);
  expect(quiet.error).toBe('');
  expect(loud.error).toMatch(/^backtest: 100 %$/m);
  expect(loud.out).toBe(quiet.out);
});

test('a second run of the same trial counts once, another parameter counts again, and the line says since when', async () => {
  const ledger = join(folder.root, 'ledger'), own = folder.write('own.mjs', strategyText({ parameters: "{ n: { type: 'integer', minimum: 1, maximum: 9, default: 5 } }", sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })", decide: 'if (now.kind === "bar" && (now.base + now.row) % state.n === 0) actions.market(account.position() > 0 ? -1 : 1, 1);' }));
  const run = (...more: string[]): ReturnType<typeof zanzibar> => zanzibar(['backtest', own, '--data', data, '--trials', ledger, '--quiet', ...more]);
  expect((await run()).out).toMatch(/trial 1 on this data \(the ledger .*ledger counts since \d{4}-\d\d-\d\d\)/);
  expect((await run()).out).toContain('trial 1 on this data');
  expect((await run('--set', 'n=6')).out).toContain('trial 2 on this data');
  expect((await run('--set', 'n=6', '--cash', '100000', '--latency', '0')).out).toContain('trial 2 on this data');
  const { out, error } = await run('--calendar', '24x7');
  expect(out).toContain('trial 2 on this data');
  expect(error).toBe('');
});

test('hours of an unknown instrument: weekdays, around the clock where rows fall on a weekend, or as --calendar says', async () => {
  const saturday = folder.write('saturday.csv', quotesText(4000, '2024-01-13T00:00:00Z')), calendar = async (...argv: string[]): Promise<string> => {
    const { out } = await zanzibar(['backtest', strategy, '--trials', 'none', '--json', '--quiet', ...argv]), { options } = (JSON.parse(out) as { data: { summary: { manifest: { options: { instruments: { [id: string]: { calendar: string } } } } } } }).data.summary.manifest;
    return Object.values(options.instruments)[0].calendar;
  };
  expect(await calendar('--data', data)).toBe('UTC');
  expect(await calendar('--data', saturday)).toBe('24x7');
  expect(await calendar('--data', saturday, '--calendar', 'fx-week')).toBe('fx-week');
});

test('the version, the overview, and no verb at all', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/backtest/package.json'), 'utf8')) as { version: string };
  expect(await zanzibar(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
  expect((await zanzibar(['help', 'data', 'import'])).out).toContain('usage: zanzibar data import');
  expect(await zanzibar([])).toMatchObject({ code: 2, out: '' });
});
