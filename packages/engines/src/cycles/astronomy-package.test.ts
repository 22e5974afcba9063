import { expect, test, vi } from 'vitest';

test('where the package is missing the error names the line that installs it, and a later try finds it (oracle: the package itself)', async () => {
  vi.resetModules();
  const { astronomyEngine } = await import('./astronomy-package.ts');
  await expect(astronomyEngine(() => Promise.reject(new Error('not found')))).rejects.toThrow('Longitudes of planets need a package that is not installed: npm install astronomy-engine@2.1.19');
  expect((await astronomyEngine()).Body.Sun).toBe('Sun');
});
