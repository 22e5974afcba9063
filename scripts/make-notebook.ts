/** Writes notebooks/first-backtest.ipynb: the notebook of a new project, over the sample market. `npx tsx --conditions=@zanzibar/source scripts/make-notebook.ts` */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lint/repository.ts';
import { notebookOf } from '../packages/backtest/src/cli/project-notebook.ts';

mkdirSync(join(root, 'notebooks'), { recursive: true });
writeFileSync(join(root, 'notebooks/first-backtest.ipynb'), notebookOf('../data'));
