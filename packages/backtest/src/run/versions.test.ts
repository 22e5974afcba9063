import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { versions } from './versions.ts';

// Oracle: the manifests of the packages.
test('versions in results are those of the packages', () => {
  for (const [name, version] of Object.entries(versions)) {
    const manifest = JSON.parse(readFileSync(new URL(`../../../${name.split('/')[1]}/package.json`, import.meta.url), 'utf8')) as { version: string };
    expect(version).toBe(manifest.version);
  }
});
