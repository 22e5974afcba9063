// Oracle: the output that the documents print beside their examples.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '../lint/repository.ts';
import { codeBlocks } from './code-blocks.ts';

const documents = ['README.md', 'CONTRIBUTING.md', ...markdownOf('docs')];

function markdownOf(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.md'))
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

const examples = documents.flatMap((file) =>
  codeBlocks(text(file))
    .filter(({ info }) => info === 'ts run' || info === 'ts test')
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
