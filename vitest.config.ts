import { defineConfig, type ViteUserConfig } from 'vitest/config';

const conditions = ['@zanzibar/source', 'import', 'node', 'default'];

// .ci/run counts the tests in this file.
const report = process.env.ZANZIBAR_TEST_REPORT;

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts', 'lint/**/*.test.ts'],
    setupFiles: ['test/random-seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});

export default config;
