/** `zanzibar-live`. Oracles: contracts.md 11 (exit codes, envelope), `zanzibar backtest` of the same data, and the clock on the wall. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as backtestMain } from '@zanzibar/backtest/cli';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url)), home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-live-command-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const day = [join(root, 'examples/break-and-gap.ts'), '--data', join(root, 'data'), '--symbol', 'EURUSD.SAMPLE', '--record', 'quotes', '--from', '2024-01-09', '--to', '2024-01-10', '--trials', 'none'];

async function run(argv: readonly string[], program: typeof main = main, interruptAt?: string): Promise<{ readonly code: number; readonly out: string; readonly error: string; readonly data: any }> {
  let out = '', error = '';
  const controller = new AbortController(), code = await program(argv, {
    out: { write: text => (out += text) },
    error: {
      write(text) {
        error += text;
        if (interruptAt !== undefined && error.includes(interruptAt)) controller.abort();
      },
    },
    now: () => 0,
  }, controller.signal);
  return { code, out, error, data: argv.includes('--json') && out !== '' ? (JSON.parse(out) as { data: unknown }).data : undefined };
}

test('a paper run has the order hash of the backtest, verifies, and is not run again', async () => {
  const journal = join(home, 'whole'), paper = await run(['paper', ...day, '--journal', journal, '--pace', 'max', '--json', '--quiet']), backtest = await run(['backtest', ...day, '--json', '--quiet'], backtestMain);
  expect([paper.code, paper.data.difference, paper.data.partial]).toEqual([0, null, false]);
  expect(paper.data.orderHash).toBe(backtest.data.orderHash);
  expect(paper.data.rows.fills).toBeGreaterThan(20);
  const verified = await run(['verify', journal, '--json']);
  expect([verified.code, verified.data.same, verified.data.whole]).toEqual([0, true, true]);
  const again = await run(['paper', ...day, '--journal', journal, '--pace', 'max', '--json', '--quiet']);
  expect([again.code, again.data.orderHash, again.error]).toEqual([0, backtest.data.orderHash, 'the journal has ended already: nothing is run again\n']);
});

test('Ctrl-C leaves a valid partial result; the same command goes on, and the end is as if nothing had been', async () => {
  const journal = join(home, 'interrupted'), argv = ['paper', ...day, '--journal', journal, '--pace', 'max', '--out', join(home, 'result'), '--json'];
  const first = await run(argv, main, 'paper: 3');
  expect(first.code).toBe(130);
  expect(first.error).toMatch(/interrupted: the result covers the run up to 2024-01-09T.* and is marked partial; the same command goes on from there/);
  expect(first.data).toMatchObject({ partial: true, difference: null });
  expect(first.data.summary.warnings.map((warning: { code: string }) => warning.code)).toContain('partial');
  // The oracle of the partial result is the backtest that ends there by itself.
  const { to } = first.data.summary.manifest, short = await run(['backtest', ...day.map((word, k) => (day[k - 1] === '--to' ? to : word)), '--json', '--quiet'], backtestMain);
  expect(first.data.orderHash).toBe(short.data.orderHash);
  const half = await run(['verify', journal]);
  expect([half.code, half.error]).toEqual([0, '']);
  const second = await run(argv), backtest = await run(['backtest', ...day, '--json', '--quiet'], backtestMain);
  expect(second.error).toMatch(/^going on behind 2024-01-09T/);
  expect([second.code, second.data.orderHash]).toEqual([0, backtest.data.orderHash]);
});

test('verify ends with 1 and names stage and row where what went out is not what the journal gives', async () => {
  const journal = join(home, 'whole'), file = join(journal, 'executions.jsonl'), lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.map((line, k) => (k === 3 ? line.replace('"sequence":3', '"sequence":4') : line)).join('\n'));
  const { code, out } = await run(['verify', journal]);
  expect(code).toBe(1);
  expect(out).toMatch(/first difference, from the backtest to what ran live: executions, row 3: /);
  writeFileSync(file, lines.join('\n'));
});

test('what is stated of an instrument beside its rows is in the journal: a run with swap and a halt verifies', async () => {
  const journal = join(home, 'stated'), halts = join(home, 'halts.csv'), hours = day.map((word, k) => (day[k - 1] === '--from' ? '2024-01-09T20:00:00Z' : word));
  writeFileSync(halts, 'time,until,instrument\n2024-01-09T21:00:00Z,2024-01-09T21:30:00Z,EURUSD\n');
  const stated = [...hours, '--swap=-0.0001:0.0001', '--halts', halts], paper = await run(['paper', ...stated, '--journal', journal, '--pace', 'max', '--json', '--quiet']), backtest = await run(['backtest', ...stated, '--json', '--quiet'], backtestMain);
  expect([paper.code, paper.data.orderHash]).toEqual([0, backtest.data.orderHash]);
  expect(backtest.data.summary.manifest.options.instruments['EURUSD.SAMPLE']).toMatchObject({ financing: { swap: { long: -0.0001 } }, halts: [{ from: '1704834000000000000' }] });
  expect(backtest.data.orderHash).not.toBe((await run(['backtest', ...hours, '--json', '--quiet'], backtestMain)).data.orderHash);
  expect((await run(['verify', journal, '--json'])).code).toBe(0);
  expect((await run(['paper', ...hours, '--journal', journal, '--pace', 'max', '--quiet'])).error).toContain('was written by another run: markets was');
});

test('verify of a damaged journal names file, record and byte, and changes nothing', async () => {
  const copy = join(home, 'damaged'), file = join(copy, 'journal'), bytes = (): { [file: string]: string } => Object.fromEntries((readdirSync(copy, { recursive: true }) as string[]).filter(name => statSync(join(copy, name)).isFile()).map(name => [name, readFileSync(join(copy, name)).toString('base64')]));
  cpSync(join(home, 'whole'), copy, { recursive: true });
  const journal = readFileSync(file), middle = journal.length >> 1, version = journal.indexOf('1.0');
  for (const [place, message] of [[middle, /journal: record \d+ (is damaged: its checksum differs|has a damaged head) \(byte \d+\)/], [version, /journal: record 0 is damaged: its checksum differs/]] as const) {
    writeFileSync(file, journal.map((byte, i) => (i === place ? byte ^ 4 : byte)));
    const before = bytes(), { code, error } = await run(['verify', copy]);
    expect([code, error]).toEqual([2, expect.stringMatching(message)]);
    expect(bytes()).toEqual(before);
  }
});

test('the pace is held within a tenth', async () => {
  const journal = join(home, 'paced'), begun = performance.now();
  const { code, error } = await run(['paper', ...day.map((word, k) => (day[k - 1] === '--from' ? '2024-01-09T12:00:00Z' : day[k - 1] === '--to' ? '2024-01-09T12:20:00Z' : word)), '--journal', journal, '--pace', '300x', '--quiet']);
  expect(code).toBe(0);
  const [, market, wall, pace] = /^([\d.]+) s of market in ([\d.]+) s: ([\d.]+)x \(asked for 300x\)$/m.exec(error)!.map(Number);
  expect(market).toBeGreaterThan(1000);
  expect(Math.abs(pace / 300 - 1)).toBeLessThan(0.1);
  expect(performance.now() - begun).toBeGreaterThan(1000 * wall - 100);
}, 60_000);

test('bad usage and bad input end with 2 and a word on what to do', async () => {
  for (const [argv, message] of [
    [['paper', ...day], 'paper: --journal FOLDER is needed'],
    [['paper', ...day, '--journal', 'x', '--pace', 'fast'], 'pace must be 1x, 10x, 0.5x or the like, or max, was fast'],
    [['paper', ...day, '--journal', 'x', '--fsync', 'often'], '--fsync must be effects, always, never, was often'],
    [['paper', '--journal'], 'see zanzibar-live paper --help'],
    [['paper', ...day, '--journal', join(home, 'whole'), '--set', 'hold=61', '--pace', 'max'], 'was written by another run: parameters was'],
    [['verify'], 'verify: name the folder of a journal (see zanzibar-live verify --help)'],
    [['verify', home], 'there is no journal in this folder'],
    [['verify', join(home, 'whole'), '--strategy', fileURLToPath(import.meta.url)], 'is not what the journal was written with'],
    [['live'], 'zanzibar-live: there is no verb "live", known are paper, verify'],
  ] as const) {
    const { code, error } = await run(argv);
    expect([code, error], argv.join(' ')).toEqual([2, expect.stringContaining(message)]);
  }
});

test('help names the command, its flags and its examples', async () => {
  for (const verb of ['paper', 'verify']) expect((await run([verb, '--help'])).out).toMatch(new RegExp(`^usage: zanzibar-live ${verb} [\\s\\S]*examples:\\n {2}zanzibar-live ${verb}`));
  expect((await run(['--help'])).out).toContain('usage: zanzibar-live VERB');
});

test('kill -9 and a real Ctrl-C in a process of its own: the same command goes on', async () => {
  const journal = join(home, 'killed'), command = [join(root, 'packages/live/bin/zanzibar-live.js'), 'paper', ...day, '--journal', journal];
  const live = (pace: string, signal: NodeJS.Signals): Promise<number | null> => new Promise(resolve => {
    const child = spawn(process.execPath, [...command, '--pace', pace], { stdio: ['ignore', 'ignore', 'pipe'] });
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const hasBegun = error.includes('paper: ');
      error += chunk.toString();
      if (!hasBegun && error.includes('paper: ')) setTimeout(() => (signal === 'SIGINT' ? child.kill(signal) : process.kill(Number(readFileSync(join(journal, 'lock'), 'utf8')), signal)), 500);
    });
    child.on('exit', resolve);
  });
  expect(await live('1000x', 'SIGKILL')).toBe(137);
  expect(await live('1000x', 'SIGINT')).toBe(130);
  const { status, stderr, stdout } = spawnSync(process.execPath, [...command, '--pace', 'max', '--quiet'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^going on behind 2024-01-09T/)]);
  expect(stdout).toContain('live equals the backtest of the journal at every stage');
}, 120_000);
