/**
 * Before packages are published: checks that the tag, the four versions and what they ask of one another agree and that no changeset waits, and writes the
 * repository's address into the manifests, which npm compares with where the provenance says they were built.
 *
 *   npm run release:prepare        reads GITHUB_REF_NAME, GITHUB_SERVER_URL and GITHUB_REPOSITORY
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lint/repository.ts';
import { packages } from './built-copy.ts';

export interface ReleasePlace {
  /** The tag, `v1.2.3`. */
  readonly tag: string;
  readonly server: string;
  /** `owner/name`. */
  readonly repository: string;
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: { readonly [name: string]: string };
}

/** Why the checkout in `folder` cannot be released as this tag; empty where it can. */
export function releaseProblems(folder: string, { tag, server, repository }: ReleasePlace): string[] {
  const problems: string[] = [], changesets = join(folder, '.changeset');
  if (!/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag)) problems.push(`the tag must be v and a version, was "${tag}"`);
  if (!/^https:\/\/[\w.-]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) problems.push(`the repository must be a server and owner/name, was "${server}" and "${repository}"`);
  for (const name of packages) {
    const { version, dependencies = {} } = manifestOf(folder, name);
    if (`v${version}` !== tag) problems.push(`packages/${name} has version ${version}, the tag is ${tag}`);
    for (const [dependency, wanted] of Object.entries(dependencies)) {
      if (dependency.startsWith('@zanzibar/') && wanted !== version) problems.push(`packages/${name} asks for ${dependency} ${wanted}, the version is ${version}`);
    }
  }
  const waiting = existsSync(changesets) ? readdirSync(changesets).filter((file) => file.endsWith('.md') && file !== 'README.md') : [];
  for (const file of waiting) problems.push(`.changeset/${file} is not in a version yet: npm run version:packages`);
  return problems;
}

/** Writes the address, with each package's folder, into the manifests. */
export function writeRepository(folder: string, { server, repository }: ReleasePlace): void {
  for (const name of packages) {
    const address = { type: 'git', url: `git+${server}/${repository}.git`, directory: `packages/${name}` };
    writeFileSync(join(folder, 'packages', name, 'package.json'), `${JSON.stringify({ ...manifestOf(folder, name), repository: address }, null, 2)}\n`);
  }
}

function manifestOf(folder: string, name: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { GITHUB_REF_NAME: tag = '', GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '' } = process.env, place = { tag, server, repository };
  const problems = releaseProblems(root, place);
  for (const problem of problems) console.error(`release: ${problem}`);
  if (problems.length === 0) {
    writeRepository(root, place);
    console.log(`release: ${tag} of ${server}/${repository}`);
  } else process.exitCode = 1;
}
