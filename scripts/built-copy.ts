/**
 * A copy of the workspace in a temporary folder with every package built: what tests of the packages look at, so that they neither need nor
 * disturb a build in the checkout.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../lint/repository.ts';

/** The packages in the order in which they are built. */
export const packages = ['core', 'engines', 'backtest', 'live'] as const;

/** Copies the workspace to `folder` and builds it there. Throws with the compiler's messages where a package does not compile. */
export function makeBuiltCopy(folder: string): void {
  for (const file of ['package.json', 'tsconfig.base.json', 'tsconfig.build.json']) cpSync(join(root, file), join(folder, file));
  const left = new Set(['node_modules', 'dist', '.turbo']);
  cpSync(join(root, 'packages'), join(folder, 'packages'), { recursive: true, filter: (path) => !left.has(basename(path)) });
  linkDependencies(folder);
  const compiler = join(root, 'node_modules/typescript/lib/tsc.js');
  for (const name of packages) {
    run(join(folder, 'packages', name), compiler, '-p', 'tsconfig.build.json');
    run(join(folder, 'packages', name), join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/join-modules.ts'));
  }
}

/** Everything installed in the checkout is linked; our own packages lead to the copy. */
function linkDependencies(folder: string): void {
  const link = (from: string, to: string): void => symlinkSync(from, to, 'junction');
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@zanzibar'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@zanzibar' && !name.startsWith('.')) link(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of packages) {
    link(join(folder, 'packages', name), join(modules, '@zanzibar', name));
    const own = join(root, 'packages', name, 'node_modules');
    if (existsSync(own)) link(own, join(folder, 'packages', name, 'node_modules'));
  }
}

/** Runs a program of Node in `folder`; its output is the result, and the error's message when it fails. */
export function run(folder: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${basename(program)} ${args.join(' ')} failed in ${basename(folder)}:\n${stdout}${stderr}`);
  return stdout;
}
