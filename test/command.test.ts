/** The `zanzibar` file itself, before a planted program: what it starts, and what it passes through. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';

const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-command-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Tells what it was given; waits to be interrupted where asked to; otherwise its exit code is the number of its arguments. */
const program = (name: string): string => `
export async function main(argv, streams, signal) {
  console.log(JSON.stringify({ name: '${name}', argv, folder: process.cwd() }));
  if (argv[0] !== 'wait') return argv.length;
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 1000);
    signal.addEventListener('abort', () => { clearInterval(alive); console.log('interrupted'); resolve(130); });
    console.log('waiting');
  });
}`;

/** A package folder with the committed bin and the planted program as source or as built. */
function plant(folder: string, path: string): string {
  const bin = join(home, folder, 'bin/zanzibar.js');
  mkdirSync(dirname(join(home, folder, path)), { recursive: true });
  for (const file of ['zanzibar.js', 'launch.js']) cpSync(join(root, 'packages/backtest/bin', file), join(home, folder, 'bin', file));
  writeFileSync(join(home, folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(home, folder, path), program(path));
  return bin;
}

const installed = plant('project/node_modules/@zanzibar/backtest', 'dist/cli/main.js');
const checkout = plant('checkout', 'src/cli/main.ts');
mkdirSync(join(home, 'checkout/node_modules'));
symlinkSync(join(root, 'node_modules/tsx'), join(home, 'checkout/node_modules/tsx'), 'junction');

test.each([
  ['installed, it runs the built program', installed, 'dist/cli/main.js'],
  ['from a checkout it runs the source', checkout, 'src/cli/main.ts'],
])('%s, with arguments, folder and exit code passed through', (_, bin, name) => {
  const folder = join(home, 'project');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'bars', '--set', 'a b=*'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ name, argv: ['bars', '--set', 'a b=*'], folder });
  expect(status).toBe(3);
});

test.each([
  ['installed', installed],
  ['from a checkout', checkout],
])('an interrupt reaches the program %s, which ends with its own exit code', async (_, bin) => {
  const child = spawn(process.execPath, [bin, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (chunk.toString().includes('waiting')) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(output).toContain('interrupted');
  expect(code).toBe(130);
});
