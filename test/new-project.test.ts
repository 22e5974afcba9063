/** `zanzibar init` as a user meets it: the packed packages, an empty folder, npm, and the notebook under its kernel. Oracle: the exit codes of the project's own commands. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { makeBuiltCopy, packages } from '../scripts/built-copy.ts';
import { notebookNames, notebookText } from '../scripts/make-notebook.ts';

const tslab = 'tslab@1.0.22';
const isOffline = (text: string): boolean => /ENOTCACHED|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/.test(text);

describe('a new project', () => {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-project-')), copy = join(home, 'copy'), project = join(home, 'first-strategy');
  let tarballs: string[] = [], unreachable: string | undefined;

  beforeAll(() => {
    mkdirSync(copy);
    makeBuiltCopy(copy);
    expect(npm(copy, 'pack', '--workspaces', '--ignore-scripts', '--pack-destination', home).status).toBe(0);
    tarballs = readdirSync(home).filter(file => file.endsWith('.tgz') && packages.filter(name => name !== 'live').some(name => file.includes(`-${name}-`))).map(file => join(home, file));
    // The command as it is published: from a folder that has nothing but the packages.
    const tool = join(home, 'tool');
    mkdirSync(tool);
    writeFileSync(join(tool, 'package.json'), '{"private":true}');
    const installed = npm(tool, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs);
    if (installed.status !== 0 && isOffline(installed.text)) {
      unreachable = 'no npm registry reachable from here: run this where `npm ping` answers';
      return;
    }
    expect(installed.status, installed.text).toBe(0);
    const made = program(home, join(tool, 'node_modules/@zanzibar/backtest/bin/zanzibar.js'), 'init', project);
    expect(made.status, made.text).toBe(0);
    const own = npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs);
    expect(own.status, own.text).toBe(0);
  }, 300_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('has all of its files and no leftovers', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const files = (readdirSync(project, { recursive: true }) as string[]).filter(file => !file.startsWith('node_modules') && !file.startsWith('data'));
    expect(files).toEqual(expect.arrayContaining(['package.json', 'strategy.ts', 'strategy.test.ts', 'run.yaml', 'README.md', 'notebooks/first.ipynb', '.github/workflows/backtest.yml']));
    expect(readdirSync(home).filter(file => file.endsWith('.tmp'))).toEqual([]);
  });

  test('npm test passes, records the golden file, and passes again as CI would run it', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const first = npm(project, 'test');
    expect(first.status, first.text).toBe(0);
    expect(first.text).toMatch(/3 passed/);
    expect(existsSync(join(project, 'strategy.golden.json'))).toBe(true);
    const again = npm(project, 'test', { CI: 'true' });
    expect(again.status, again.text).toBe(0);
  }, 120_000);

  test('a changed strategy fails npm test with the first stage and row that moved', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const file = join(project, 'strategy.ts'), text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('side * 2 * distance', 'side * 2.1 * distance'));
    const { status, text: printed } = npm(project, 'test', { CI: 'true' });
    writeFileSync(file, text);
    expect(status).toBe(1);
    expect(printed).toMatch(/the backtest left the golden file strategy\.golden\.json\s+orders, row \d+ \(2024-01-\d\dT.*column "price": /);
  }, 120_000);

  test('npm start runs the strategy, npm run check finds nothing, and the command explains and compares', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const started = npm(project, 'start'), checked = npm(project, 'run', 'check'), zanzibar = join(project, 'node_modules/@zanzibar/backtest/bin/zanzibar.js');
    expect(started.status, started.text).toBe(0);
    expect(existsSync(join(project, 'out/report.html'))).toBe(true);
    expect(checked.status, checked.text).toBe(0);
    expect(program(project, zanzibar, 'compare', 'out/result', 'run.yaml').text).toContain('the same bits in every stage');
    expect(program(project, zanzibar, 'explain', 'out/result', '--order', '0').text).toMatch(/Order 0 (buys|sells) 1000 EURUSD\.SAMPLE: market/);
  }, 120_000);

  /** Executes a notebook of the project's under the kernel; what runs it, or why nothing can. */
  const prepareKernel = (): ((file: string) => { status: number | null; stderr: string }) | string => {
    const jupyter = ['jupyter-nbconvert', 'jupyter'].find(name => spawnSync(name, ['--version']).status === 0);
    if (jupyter === undefined) return 'no Jupyter here: apt-get install -y --no-install-recommends jupyter-nbconvert jupyter-client, or pip install nbconvert ipykernel';
    const installed = npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--no-save', tslab);
    if (installed.status !== 0) return `tslab cannot be installed here (npm install ${tslab}): ${installed.text.split('\n')[0]}`;
    const kernel = join(home, 'jupyter/kernels/tslab'), argv = [process.execPath, join(project, 'node_modules/tslab/bin/tslab'), 'kernel', '--config-path', '{connection_file}'];
    mkdirSync(kernel, { recursive: true });
    writeFileSync(join(kernel, 'kernel.json'), JSON.stringify({ argv, display_name: 'TypeScript', language: 'typescript' }));
    const words = [...(jupyter === 'jupyter' ? ['nbconvert'] : []), '--to', 'notebook', '--execute', '--ExecutePreprocessor.kernel_name=tslab', '--ExecutePreprocessor.timeout=100', '--output', 'run.ipynb'];
    return file => spawnSync(jupyter, [...words, file], { cwd: join(project, 'notebooks'), encoding: 'utf8', env: { ...process.env, JUPYTER_PATH: join(home, 'jupyter') }, timeout: 150_000 });
  };

  test('its notebook runs headless under tslab and shows bars, zones and equity inline', ({ skip }) => {
    if (unreachable) skip(unreachable);
    const run = prepareKernel();
    if (typeof run === 'string') return skip(run);
    const { status, stderr } = run('first.ipynb');
    expect(status, stderr).toBe(0);
    const { cells } = JSON.parse(readFileSync(join(project, 'notebooks/run.ipynb'), 'utf8')) as { cells: { outputs?: { data?: Record<string, string | string[]> }[] }[] };
    const shown = cells.flatMap(({ outputs = [] }) => outputs.map(({ data = {} }) => [data['text/html'] ?? []].flat().join(''))).join('');
    expect(shown.match(/class="candle"/g)?.length).toBe(140);
    expect(shown).toContain('class="zone"');
    expect(shown).toContain('class="fill"');
    expect(shown).toContain('aria-label="Equity and drawdown of gaps"');
  }, 200_000);

  for (const name of notebookNames().filter(each => each !== 'first-backtest')) test(`the notebook of ${name} runs headless under tslab, over the sample of the repository`, ({ skip }) => {
    if (unreachable) skip(unreachable);
    const run = prepareKernel();
    if (typeof run === 'string') return skip(run);
    writeFileSync(join(project, 'notebooks', `${name}.ipynb`), notebookText(name, join(root, 'data').replaceAll('\\', '/')));
    const { status, stderr } = run(`${name}.ipynb`);
    expect(status, stderr).toBe(0);
  }, 200_000);
});

function program(folder: string, ...argv: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ZANZIBAR_TRIALS: join(folder, '.zanzibar/trials') } });
  return { status, text: stdout + stderr };
}

/** npm as it belongs to this Node; the last argument may add to the environment. */
function npm(folder: string, ...args: (string | Record<string, string>)[]): { status: number | null; text: string } {
  const { CI: _ci, VITEST: _vitest, VITEST_MODE: _mode, VITEST_POOL_ID: _pool, VITEST_WORKER_ID: _worker, NODE_ENV: _node, TEST: _test, ...environment } = process.env, added = args.filter(each => typeof each !== 'string')[0] ?? {};
  const { status, stdout, stderr } = spawnSync('npm', args.filter(each => typeof each === 'string'), { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32', env: { ...environment, NO_COLOR: '1', NODE_OPTIONS: '', ...added } });
  return { status, text: stdout + stderr };
}
