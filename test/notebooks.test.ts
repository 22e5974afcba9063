/** The committed notebooks. Oracle: their cells, run again by Node; under their own kernel they run in new-project.test.ts. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { notebookNames, notebookText } from '../scripts/make-notebook.ts';
import { executed } from '../scripts/notebook-cells.ts';

test('every notebook has its cells in the scripts', () => {
  expect(readdirSync(join(root, 'notebooks')).filter(file => file.endsWith('.ipynb')).sort()).toEqual(notebookNames().map(name => `${name}.ipynb`).sort());
});

describe.each(notebookNames())('%s', name => {
  const committed = readFileSync(join(root, 'notebooks', `${name}.ipynb`), 'utf8');
  test('is what the script makes, with what its cells show, and under 150 kB', () => {
    expect(committed).toBe(executed(notebookText(name), name));
    expect(committed.length).toBeLessThan(150_000);
  }, 120_000);
  test('shows a picture and ends with a cell that throws where its claim stops holding', () => {
    const { cells } = JSON.parse(committed) as { cells: { cell_type: string; source: string[]; outputs?: { data: Record<string, string[]> }[] }[] };
    expect(cells.some(({ outputs = [] }) => outputs.some(({ data }) => data['text/html']?.join('').includes('<svg')))).toBe(true);
    expect(cells.at(-1)!.cell_type).toBe('code');
    expect(cells.at(-1)!.source.join('')).toContain('throw new Error(');
    expect(cells.length).toBeGreaterThanOrEqual(4);
  });
});

test('a cell that fails fails the notebook, by its message', () => {
  const notebook = JSON.stringify({ cells: [{ cell_type: 'code', id: 'a', metadata: {}, source: ["throw new Error('the claim does not hold')"] }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  expect(() => executed(notebook, 'failing')).toThrow(/the notebook failing fails:[\s\S]*the claim does not hold/);
}, 60_000);
