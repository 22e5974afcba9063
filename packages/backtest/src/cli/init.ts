/** `zanzibar init NAME`: a new project that runs at once. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { versions } from '../run/versions.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { dataGenerateVerb } from './data-generate.ts';
import { exitCode, type Verb } from './main.ts';
import { projectFiles } from './project-files.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {};

export const initVerb: Verb = {
  help: helpText('init NAME', 'Makes a folder NAME with a strategy, its test (golden file, causality), generated quotes and trades, a run file, a GitHub workflow and a notebook.\nIn it: npm install, then npm start, npm test, npm run check.', flags, ['zanzibar init out/my-strategy']),
  async run(argv, console, signal) {
    const { words: [path, ...more] } = parseFlags('init', argv, flags);
    if (path === undefined || more.length > 0) throw new UsageError(`init: name one folder, given were ${[path, ...more].filter(word => word !== undefined).join(' ') || 'none'}`);
    const folder = resolve(path), name = basename(folder);
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(name) || name.length > 214) throw new UsageError(`init: a project is named by lower case letters, digits, ".", "_" and "-", was ${name}`, name);
    const there = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw new UsageError(`init: ${path} is ${error.code === 'ENOTDIR' ? 'a file' : `not readable (${error.code})`}`, path);
    });
    if (there.length > 0) throw new UsageError(`init: ${path} is not empty (it has ${there[0]}): name a new folder`, path);
    // The folder appears under its name only when all of it is written.
    const made = join(dirname(folder), `.${name}.${process.pid}.tmp`), files = projectFiles(name, versions['@zanzibar/backtest']);
    try {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(made, file)), { recursive: true });
        await writeFile(join(made, file), text);
      }
      await dataGenerateVerb.run(['--root', join(made, 'data'), '--seed', '1', '--days', '4', '--quotes-per-day', '6000'], { ...console, line: () => {}, result: () => {} }, signal);
      await rename(made, folder);
    } catch (error) {
      await rm(made, { recursive: true, force: true });
      throw error;
    }
    for (const file of Object.keys(files)) console.line(`wrote ${join(path, file)}`);
    console.line(`next: cd ${path} && npm install && npm start && npm test`);
    console.result({ folder, files: Object.keys(files) });
    return exitCode.done;
  },
};
