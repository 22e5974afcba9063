// Oracle: the output that the documents print beside their examples.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '../lint/repository.ts';
import { parse as parseYaml } from 'yaml';
import { codeBlocks, placeOf, reasonNotToRun } from './code-blocks.ts';

const documents = ['README.md', 'CONTRIBUTING.md', ...['docs', 'data', 'notebooks', 'oracles', 'packages'].flatMap(markdownOf)];

function markdownOf(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

const text = (file: string): string => readFileSync(join(root, file), 'utf8');

// Inside the repository, so that packages are found as a reader's program finds them.
mkdirSync(join(root, '.zanzibar'), { recursive: true });
const folder = mkdtempSync(join(root, '.zanzibar', 'documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const file of documents) {
  for (const { info, code } of codeBlocks(text(file)))
    if (info.startsWith('ts file ')) writeFileSync(join(folder, info.slice('ts file '.length)), code);
}

let count = 0;
function load(code: string): Promise<unknown> {
  const file = join(folder, `example-${++count}.ts`);
  writeFileSync(file, code);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

/** A checkout's folder for commands: what they read is linked, what they write goes with it. */
const checkout = join(folder, 'checkout');
mkdirSync(checkout);
for (const name of ['data', 'examples', 'node_modules']) symlinkSync(join(root, name), join(checkout, name), 'junction');
for (const name of ['run.yaml', 'package.json']) cpSync(join(root, name), join(checkout, name));

const bins: { readonly [command: string]: string } = { zanzibar: 'packages/backtest/bin/zanzibar.js', 'zanzibar-live': 'packages/live/bin/zanzibar-live.js' };

/** Command lines without comments; of a workflow those of its steps. */
function commandLines(info: string, code: string): string[] {
  const lines = info.startsWith('yaml') ? [...code.matchAll(/^\s*- run: (.*)$/gm)].map(([, line]) => line) : code.split('\n');
  return lines.flatMap((line) => line.replace(/\s#.*$/, '').split('&&')).map((line) => line.trim()).filter((line) => line !== '');
}

/** Standard output of one of our commands, run in the checkout. */
function runCommand(line: string): string {
  const [name, ...words] = line.replace(/^npx /, '').split(/\s+/);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, bins[name]), ...words], {
    cwd: checkout, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ZANZIBAR_TRIALS: 'none' },
  });
  if (status !== 0 && status !== 1) throw new Error(`${line}: exit code ${status}\n${stderr}`);
  return stdout;
}

const examples = documents.flatMap((file) =>
  codeBlocks(text(file))
    .filter(({ info }) => info === 'ts run' || info === 'ts test' || info === 'sh run')
    .map((block) => ({ file, ...block })),
);

describe('the examples of the documents', () => {
  test('are more than a few', () => {
    expect(examples.length).toBeGreaterThan(4);
  });

  test.each(examples.filter(({ info }) => info === 'ts run').map((example) => [`${example.file}:${example.line}`, example] as const))(
    '%s runs and prints what stands below it',
    async (_, { code, output }) => {
      const lines: string[] = [],
        log = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => void lines.push(words.map(String).join(' ')));
      try {
        await load(code);
      } finally {
        log.mockRestore();
      }
      expect(`${lines.join('\n')}\n`).toBe(output ?? '\n');
    },
  );
});

describe('the commands of the documents', () => {
  test.each(examples.filter(({ info }) => info === 'sh run').map((example) => [`${example.file}:${example.line}`, example] as const))(
    '%s run, and the last one prints what stands below it',
    (_, { info, code, output }) => {
      expect(commandLines(info, code).map(runCommand).at(-1)).toBe(output);
    },
  );

  test('are ours, npm scripts that exist, or of the shell', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    const shell = /^(tail|cd|mkdir|export|python3\.11 -m venv|\S+\/bin\/(pip|python)) /;
    for (const file of documents) {
      for (const { info, code, line } of codeBlocks(text(file)).filter((block) => /^(sh|yaml)\b/.test(block.info))) {
        if (reasonNotToRun(info)?.startsWith('in a project of your own')) continue;
        for (const command of commandLines(info, code)) {
          const [, script] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? [], [, program, verb] = /^(?:npx )?(zanzibar(?:-live)?) ([\w-]+)/.exec(command) ?? [], [, source] = /^npx tsx (?:--\S+ )*(\S+)/.exec(command) ?? [];
          const isKnown = program !== undefined ? readdirSync(join(root, bins[program], '../../src/cli')).includes(`${verb}.ts`)
            : source !== undefined ? existsSync(join(root, source))
            : script !== undefined ? script === 'ci' || script === 'install' || script in scripts : shell.test(command);
          expect(isKnown, `${file}:${line}: ${command}`).toBe(true);
        }
      }
    }
  });
});

describe('every block of code in the documents', () => {
  test.each(documents.map((file) => [file]))('%s: is run, holds a file or an output, or says why it is not run', (file) => {
    const isGenerated = /^docs\/(engines\/.*|records)\.md$/.test(file);
    const wrong = codeBlocks(text(file)).filter(({ info, code, isOutput }) => {
      const place = placeOf(info);
      if (place !== undefined) return text(place) !== code;
      if (/^(yaml|json)$/.test(info)) return parseYaml(code) === null;
      return !(/^(ts run|ts test|sh run|ts file \S+)$/.test(info) || isOutput || reasonNotToRun(info) || (isGenerated && info === 'text'));
    });
    expect(wrong.map(({ line, info }) => `line ${line}: ${info}`)).toEqual([]);
  });

  test('in TypeScript compiles under strict, as an editor would check it', () => {
    const place = join(folder, 'types');
    mkdirSync(place);
    for (const [i, { code, info }] of documents.flatMap((file) => codeBlocks(text(file))).entries()) {
      if (info.startsWith('ts file ')) writeFileSync(join(place, info.slice('ts file '.length)), code);
      else if (info.startsWith('ts ')) writeFileSync(join(place, `block-${i}.ts`), `${code}\nexport {};\n`);
    }
    const compilerOptions = { noEmit: true, isolatedDeclarations: false };
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [], compilerOptions }));
    const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/lib/tsc.js'), '-p', place, '--pretty', 'false'], { cwd: place, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test('that is a file loads', async () => {
    const files = documents.flatMap((file) => codeBlocks(text(file)).filter(({ info }) => info.startsWith('ts file ')).map(({ info }) => info.slice('ts file '.length)));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(Object.keys((await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as object), file).not.toEqual([]);
  });
});

for (const { file, line, code } of examples.filter(({ info }) => info === 'ts test'))
  describe(`the tests of ${file}:${line}`, async () => void (await load(code)));

describe('the links of the documents', () => {
  test.each(documents.map((file) => [file]))('%s links to files and headings that are there', (file) => {
    for (const [, target] of text(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path, heading] = target.split('#'),
        place = path === '' ? file : resolve('/', dirname(file), path).slice(1);
      let linked = '';
      expect(() => (linked = readdirOrText(place)), `${file} links to ${target}`).not.toThrow();
      const headings = [...linked.matchAll(/^#+ (.*)$/gm)].map(([, words]) =>
        words
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (heading !== undefined) expect(headings, `${file} links to ${target}`).toContain(heading);
    }
  });

  test('reach every page of docs from docs/README.md', () => {
    const seen = new Set<string>(),
      open = ['docs/README.md'];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const [, target] of text(file).matchAll(/\]\(([^)\s#]+\.md)[^)\s]*\)/g)) open.push(resolve('/', dirname(file), target).slice(1));
    }
    expect(markdownOf('docs').filter((file) => !seen.has(file))).toEqual([]);
  });
});

function readdirOrText(place: string): string {
  return place.endsWith('.md') ? text(place) : String(place.includes('.') || place === 'LICENSE' ? text(place) : readdirSync(join(root, place)));
}
