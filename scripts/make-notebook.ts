/** Writes the notebooks with what their cells show: that of a new project, over the sample market, and one a family of engines. `npx tsx --conditions=@zanzibar/source scripts/make-notebook.ts [NAME ...]` */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lint/repository.ts';
import { notebookOf } from '../packages/backtest/src/cli/project-notebook.ts';
import { executed, notebookOfFile } from './notebook-cells.ts';

/** Names of the notebooks, without the suffix. */
export function notebookNames(): string[] {
  return ['first-backtest', ...readdirSync(join(root, 'scripts/notebooks')).filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts')).map(file => file.slice(0, -3)).sort()];
}

/** A notebook that was not run; `data` is the path of the sample from its folder. */
export function notebookText(name: string, data: string = '../data'): string {
  return name === 'first-backtest' ? notebookOf(data) : notebookOfFile(name, data);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const chosen = process.argv.slice(2);
  mkdirSync(join(root, 'notebooks'), { recursive: true });
  for (const name of chosen.length > 0 ? chosen : notebookNames()) writeFileSync(join(root, 'notebooks', `${name}.ipynb`), executed(notebookText(name), name));
}
