/** How packages are published: the workflow files, and a version made in a copy. Oracle: what npm asks of trusted publishing (Node 22.14, npm 11.5.1, id-token, no token stored). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../lint/repository.ts';
import { packages } from '../scripts/built-copy.ts';
import { releaseProblems, writeRepository } from '../scripts/prepare-release.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [name: string]: unknown };
  readonly env?: { readonly [name: string]: string };
}
interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly container?: string;
  readonly environment?: string;
  readonly permissions?: { readonly [name: string]: string };
  readonly env?: { readonly [name: string]: string };
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: { readonly [event: string]: { readonly tags?: readonly string[]; readonly branches?: readonly string[] } | null };
  readonly permissions: { readonly [name: string]: string };
  readonly jobs: { readonly [name: string]: Job };
}

const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = readdirSync(join(root, '.github/workflows'));
const workflow = (file: string): Workflow => parse(text(`.github/workflows/${file}`)) as Workflow;
const { scripts, packageManager } = JSON.parse(text('package.json')) as { scripts: Record<string, string>; packageManager: string };
const home = mkdtempSync(join(realpathSync(tmpdir()), 'zanzibar-release-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.each(files)('the workflow %s', (file) => {
  const { permissions, jobs } = workflow(file), steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test('may read and nothing more, unless a job says otherwise', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });

  test('runs npm scripts and files that exist, under the npm that package.json names', () => {
    for (const { run } of steps) {
      if (run === undefined) continue;
      const [, script] = /^npm (?:run )?([\w:-]+)/.exec(run) ?? [];
      if (script === 'install') expect(run).toBe(`npm install --global ${packageManager}`);
      else if (script === undefined) expect(text(run)).toMatch(/^#!/);
      else expect(script === 'ci' || run === 'npm audit signatures' || script in scripts, run).toBe(true);
    }
    const at = (command: RegExp): number => steps.findIndex(({ run = '' }) => command.test(run));
    expect(at(/install --global/)).toBeLessThan(steps.length - 1);
  });

  test('pins what it uses: actions by commit, Node by image, time by a limit, and leaves no credentials in the checkout', () => {
    for (const job of Object.values(jobs)) {
      if (job.uses !== undefined) {
        expect(files.map((name) => `./.github/workflows/${name}`)).toContain(job.uses);
        continue;
      }
      expect(job.container).toMatch(/^node:\d+(\.\d+\.\d+)?-bookworm$/);
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      for (const { uses, with: options } of job.steps!) {
        if (uses === undefined) continue;
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        if (uses.startsWith('actions/checkout@')) expect(options).toMatchObject({ 'persist-credentials': false });
      }
    }
  });
});

describe('a release', () => {
  const { on, jobs } = workflow('release.yml'), { publish } = jobs;

  test('is made by a tag alone, after everything that is checked was checked', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(publish.needs).toBe('check');
    expect(jobs.check).toEqual({ uses: './.github/workflows/ci.yml' });
    expect(workflow('ci.yml').on).toHaveProperty('workflow_call');
  });

  test('publishes with provenance by a token that lives for minutes: id-token may be written, no secret is read', () => {
    expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(publish.env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
    expect(text('.github/workflows/release.yml')).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|_authToken/);
    for (const file of files) if (file !== 'release.yml') expect(text(`.github/workflows/${file}`)).not.toContain('id-token');
    for (const name of packages) expect((JSON.parse(text(`packages/${name}/package.json`)) as { publishConfig: object }).publishConfig).toEqual({ access: 'public', provenance: true });
  });

  test('runs on a Node and an npm that can: 22.14 and 11.5.1 or later, both exact', () => {
    const [, major, minor] = /^node:(\d+)\.(\d+)\.\d+-bookworm$/.exec(publish.container!)!.map(Number);
    expect(major > 22 || (major === 22 && minor >= 14)).toBe(true);
    const [, npmMajor, npmMinor] = /^npm@(\d+)\.(\d+)\.\d+$/.exec(packageManager)!.map(Number);
    expect(npmMajor > 11 || (npmMajor === 11 && npmMinor >= 5)).toBe(true);
  });

  test('prepares, builds and publishes in this order', () => {
    const runs = publish.steps!.flatMap(({ run }) => run ?? []);
    expect(runs.slice(-3)).toEqual(['npm run release:prepare', 'npm run build', 'npm run release']);
    expect(runs.indexOf('npm ci')).toBeLessThan(runs.indexOf('npm run release:prepare'));
    expect(scripts.release).toMatch(/^changeset publish\b/);
  });
});

describe('versions', () => {
  /** The manifests and changesets of the checkout, in a repository of their own. */
  function copy(name: string, changeset?: string): string {
    const folder = join(home, name);
    mkdirSync(join(folder, 'packages'), { recursive: true });
    for (const file of ['package.json', 'package-lock.json', '.changeset/config.json', ...packages.map((each) => `packages/${each}/package.json`)]) cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    if (changeset !== undefined) writeFileSync(join(folder, '.changeset/brave-moths-count.md'), changeset);
    return folder;
  }
  const manifest = (folder: string, name: string): { version: string; dependencies?: Record<string, string>; repository?: object } =>
    JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8')) as { version: string };
  const place = (version: string): { tag: string; server: string; repository: string } => ({ tag: `v${version}`, server: 'https://github.com', repository: 'someone/zanzibar' });
  const now = manifest(root, 'core').version;

  test('one changeset raises all four packages together, keeps them on exact versions of one another and writes the changelogs', ({ skip }) => {
    if (spawnSync('git', ['--version']).status !== 0) skip('no git here: apt-get install git');
    const folder = copy('minor', "---\n'@zanzibar/engines': minor\n---\n\nA new engine: median price.\n");
    const git = (...words: string[]): void => void expect(spawnSync('git', words, { cwd: folder, encoding: 'utf8' }).stderr).not.toMatch(/fatal/);
    git('init', '--quiet');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.invalid', 'commit', '--quiet', '--allow-empty', '--message', 'start');
    expect(releaseProblems(folder, place(now))).toEqual(['.changeset/brave-moths-count.md is not in a version yet: npm run version:packages']);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], { cwd: folder, encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
    const { version } = manifest(folder, 'core');
    expect(version).not.toBe(now);
    for (const name of packages) {
      const { version: own, dependencies = {} } = manifest(folder, name);
      expect(own).toBe(version);
      for (const [dependency, wanted] of Object.entries(dependencies)) if (dependency.startsWith('@zanzibar/')) expect(wanted).toBe(version);
      expect(readFileSync(join(folder, 'packages', name, 'CHANGELOG.md'), 'utf8')).toContain(`## ${version}`);
    }
    expect(readFileSync(join(folder, 'packages/engines/CHANGELOG.md'), 'utf8')).toContain('A new engine: median price.');
    expect(releaseProblems(folder, place(version))).toEqual([]);
  });

  test('a tag of another version, a package left behind and an unknown repository stop a release', () => {
    const folder = copy('wrong'), file = join(folder, 'packages/live/package.json');
    expect(releaseProblems(folder, { ...place('9.9.9'), repository: 'nobody' })).toEqual([
      'the repository must be a server and owner/name, was "https://github.com" and "nobody"', ...packages.map((name) => `packages/${name} has version ${now}, the tag is v9.9.9`),
    ]);
    expect(releaseProblems(folder, { ...place(now), tag: 'main' })[0]).toBe('the tag must be v and a version, was "main"');
    writeFileSync(file, readFileSync(file, 'utf8').replace(`"@zanzibar/core": "${now}"`, '"@zanzibar/core": "0.0.1"'));
    expect(releaseProblems(folder, place(now))).toEqual([`packages/live asks for @zanzibar/core 0.0.1, the version is ${now}`]);
  });

  test('the address that npm compares with the provenance is that of the repository in which the release runs', () => {
    const folder = copy('address'), before = manifest(folder, 'core');
    writeRepository(folder, place(now));
    expect(manifest(folder, 'core')).toEqual({ ...before, repository: { type: 'git', url: 'git+https://github.com/someone/zanzibar.git', directory: 'packages/core' } });
    expect(before.repository).toBeUndefined();
  });
});
