/**
 * Runs the main job (`npm start`) on Node 20, 22 and 24 and compares the order hashes: one hash, or exit code 1.
 *
 * The versions are found as in test/tools.ts (ZANZIBAR_NODE_20, _22, _24, and the Node that runs this); one that is missing is an error
 * here, for a comparison that compares nothing proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lint/repository.ts';
import { nodeVersion } from '../test/tools.ts';

/** The arguments of `npm start` after `node`, so that this and the README run the same line. */
function mainJob(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [program, ...args] = scripts.start.split(' ');
  if (program !== 'node') throw new Error(`same-bits: expected the start script to begin with "node", was "${scripts.start}"`);
  return args;
}

/** The order hash that the main job prints under this Node. */
function orderHash(node: string): string {
  const { status, stdout, stderr } = spawnSync(node, [...mainJob(), '--json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`exit code ${status}\n${stderr}${stdout}`);
  const { data } = JSON.parse(stdout) as { data?: { orderHash?: unknown } };
  if (typeof data?.orderHash !== 'string' || data.orderHash === '') throw new Error('data.orderHash is missing in what --json prints');
  return data.orderHash;
}

const hashes = new Set<string>();
let failed = false;
for (const major of [20, 22, 24] as const) {
  const { name, path, bring } = nodeVersion(major);
  try {
    if (path === undefined) throw new Error(`not here: ${bring}`);
    const hash = orderHash(path);
    hashes.add(hash);
    console.log(`${name}: order hash ${hash}`);
  } catch (error) {
    failed = true;
    console.log(`${name}: ${(error as Error).message}`);
  }
}
if (hashes.size > 1) console.log('same-bits: the order hashes differ');
process.exitCode = failed || hashes.size !== 1 ? 1 : 0;
