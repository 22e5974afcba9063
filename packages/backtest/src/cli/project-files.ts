/** The files of a new project: a strategy, its test, a run file, a workflow for GitHub, a notebook. */
import { notebookOf } from './project-notebook.ts';

const strategy = `/** Follows a moving average: a place to begin, not an edge. */
import { bars, defineStrategy, integer, number } from '@zanzibar/backtest';
import { combine } from '@zanzibar/core';
import { sma } from '@zanzibar/engines/averages';
import { atr } from '@zanzibar/engines/volatility';

export default defineStrategy({
  name: 'NAME',
  parameters: { period: integer(2, 500, 20), risk: number(0.5, 20, 3), quantity: number(1, 1e9, 1000) },
  sources: () => ({ m5: bars('5m') }),
  engines: ({ period }) => combine({ mean: [sma, 'm5', { period }], range: [atr, 'm5', { period }] }),
  init: parameters => ({ ...parameters, side: 0 }),

  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    const { close, mean, range } = now.columns, row = now.row;
    if (!(range[row] > 0) || Number.isNaN(mean[row])) return;
    const side = close[row] > mean[row] ? 1 : -1, isCross = side !== state.side;
    state.side = side;
    if (!isCross || account.position() !== 0) return;
    const distance = state.risk * range[row];
    actions.submit({ side, quantity: state.quantity, stop: close[row] - side * distance, target: close[row] + side * 2 * distance, hold: 4 * 3600e9 });
  },
});
`;

const test = `import { loadMarkets, prepareRun, run } from '@zanzibar/backtest';
import { matchers } from '@zanzibar/backtest/matchers';
import { parseTime } from '@zanzibar/core';
import { expect, test } from 'vitest';
import strategy from './strategy.ts';

expect.extend(matchers);

const data = await loadMarkets({ data: ['data'] });

test('the result is the one that was recorded', () => {
  // Written by the first run; commit it. After a change that is meant: npx vitest run -u
  expect(run(strategy, { data })).toMatchBacktest('strategy.golden.json');
});

test('the strategy does not see its future', async () => {
  const day = await loadMarkets({ data: ['data'], from: parseTime('2024-01-08'), to: parseTime('2024-01-09') });
  expect(prepareRun(strategy, { data: day })).toBeCausal();
}, 60_000);

test('no money appears or disappears', () => {
  expect(run(strategy, { data, options: { costs: { basisPoints: 0.2 }, latency: { submit: 50e6 } } }).summary.conservation.holds).toBe(true);
});
`;

const workflow = `name: backtest
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm test
      - run: npm run check
`;

/** The look-ahead and block checks of a moving average settle with this history. */
const check = 'zanzibar check run.yaml --seeds 3 --history 1d';

/** Text by path. `version` is that of the packages. */
export function projectFiles(name: string, version: string): { readonly [file: string]: string } {
  const manifest = {
    name, private: true, type: 'module', scripts: { start: 'zanzibar backtest run.yaml', test: 'vitest run', check },
    dependencies: { '@zanzibar/backtest': `^${version}`, '@zanzibar/core': `^${version}`, '@zanzibar/engines': `^${version}` }, devDependencies: { tsx: '^4.23.0', vitest: '^4.1.0' },
  };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'strategy.ts': strategy.replace('NAME', name),
    'strategy.test.ts': test,
    'run.yaml': 'strategy: strategy.ts\ndata: data\nsymbol: EURUSD.SAMPLE\nrecord: quotes\nlatency: 50ms\nreport: out/report.html\nout: out/result\n',
    'tsconfig.json': `${JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2023'], module: 'nodenext', strict: true, noEmit: true, allowImportingTsExtensions: true, skipLibCheck: true }, include: ['*.ts'] }, null, 2)}\n`,
    '.gitignore': 'node_modules/\nout/\n.zanzibar/\n',
    '.github/workflows/backtest.yml': workflow,
    'notebooks/first.ipynb': notebookOf('../data'),
    'README.md': `# ${name}\n\n\`npm install\`, then\n\n- \`npm start\` runs the strategy over \`data\` (generated quotes and trades, seed 1) and writes \`out/report.html\`\n- \`npm test\` holds the result to \`strategy.golden.json\`, which the first run writes: commit it. After a change that is meant, \`npx vitest run -u\`\n- \`npm run check\` looks for look-ahead, warm-up sensitivity and nondeterminism\n- \`npx zanzibar compare out/result run.yaml\` says where a result has moved; \`npx zanzibar explain out/result --order 0\` tells why an order filled, or did not\n- \`notebooks/first.ipynb\` shows bars, fills and equity under [tslab](https://github.com/yunabe/tslab)\n`,
  };
}
