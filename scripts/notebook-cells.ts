/** Notebooks of cells written in one TypeScript file each, and what their cells show, run in order by Node itself. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lint/repository.ts';

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly object[];
}

interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** What a cell showed: HTML, or the text of its last expression. */
type Shown = readonly ['html' | 'text', string];

const lines = (text: string): string[] => text.split(/(?<=\n)/);
const metadata = { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' }, language_info: { name: 'typescript', file_extension: '.ts' } };

/** The notebook of a file of `scripts/notebooks`: cells begin with `// %%`, those of words with `// %% md`, each line a comment. `data` is the sample's path as cells name it. */
export function notebookOfFile(family: string, data: string = '../data'): string {
  const text = readFileSync(join(root, 'scripts/notebooks', `${family}.ts`), 'utf8').replaceAll("'../data'", JSON.stringify(data).replaceAll('"', "'"));
  const cells = text.split(/^\/\/ %%/m).slice(1).map((part, k): Cell => {
    const isWords = part.startsWith(' md\n'), source = part.slice(part.indexOf('\n') + 1).trimEnd();
    if (isWords) return { cell_type: 'markdown', id: `cell-${k}`, metadata: {}, source: lines(source.replace(/^\/\/ ?/gm, '')) };
    return { cell_type: 'code', id: `cell-${k}`, metadata: {}, source: lines(source), execution_count: null, outputs: [] };
  });
  return written({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

export function written(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** The same notebook with what its cells show. Errors: that of the cell which fails, with what it printed. */
export function executed(notebook: string, name: string): string {
  const parsed = JSON.parse(notebook) as Notebook, codes = parsed.cells.filter(({ cell_type }) => cell_type === 'code');
  const shown = runCells(codes.map(({ source }) => source.join('')), name), cells = parsed.cells.map((cell): Cell => {
    const at = codes.indexOf(cell);
    if (at < 0) return cell;
    const outputs = shown[at].map(([kind, text]) => (kind === 'html'
      ? { data: { 'text/html': lines(text) }, metadata: {}, output_type: 'display_data' }
      : { data: { 'text/plain': lines(text) }, execution_count: at + 1, metadata: {}, output_type: 'execute_result' }));
    return { ...cell, execution_count: at + 1, outputs };
  });
  return written({ ...parsed, cells });
}

/** Runs cells as one module beside the notebooks, so that their paths and packages are those of the notebook. */
function runCells(codes: readonly string[], name: string): readonly (readonly Shown[])[] {
  const file = join(root, 'notebooks', `.${name}-${process.pid}.mts`);
  writeFileSync(file, `${prelude}\n${codes.map((code, k) => `startCell(${k});\n${withLastShown(code)}`).join('\n')}\nendCells();\n`);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--conditions=@zanzibar/source', file], {
      cwd: join(root, 'notebooks'), encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, NODE_OPTIONS: '', ZANZIBAR_TRIALS: 'off' },
    });
    if (status !== 0) throw new Error(`the notebook ${name} fails:\n${stderr}`);
    return JSON.parse(stdout) as Shown[][];
  } finally {
    rmSync(file, { force: true });
  }
}

const prelude = `import { inspect } from 'node:util';
const shownCells = [];
const startCell = cell => shownCells.push([]);
const showText = value => value !== undefined && shownCells.at(-1).push(['text', inspect(value)]);
const endCells = () => process.stdout.write(JSON.stringify(shownCells));
const tslab = { display: { html: text => void shownCells.at(-1).push(['html', text]) } };`;

/** A kernel shows a cell's last expression. */
function withLastShown(code: string): string {
  const bare = code.replace(/^import \* as tslab from 'tslab';$/m, ''), source = ts.createSourceFile('cell.ts', bare, ts.ScriptTarget.Latest), last = source.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return bare;
  return `${bare.slice(0, last.getStart(source))}showText(${last.expression.getText(source)});`;
}
