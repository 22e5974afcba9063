/**
 * The programs, publications and standards that our numbers were checked by.
 *
 * A test says in its title what it is checked by ("atr equals TA-Lib on ..."); `npm run oracles` finds the titles by these patterns, so a new test
 * needs no entry here, only a new source does. A title may also say it itself: "... (oracle: the ECMAScript Date)".
 */
export interface OracleSource {
  readonly name: string;
  /** Version, edition or date of what gave the numbers. */
  readonly version: string;
  /** How titles name it. */
  readonly pattern: RegExp;
  /** Where the numbers stand, from the root of the repository; `../shared` stands beside it on some machines only. Empty: in the tests themselves. */
  readonly numbers: readonly string[];
  /** What made them, where that was us. */
  readonly script?: string;
}

const metrics = 'oracles/metrics/',
  performance = '../shared/oracles/performance/',
  aggregation = '../shared/oracles/ohlc-aggregation/';

export const oracleSources: readonly OracleSource[] = [
  { name: 'TA-Lib', version: '0.8.2', pattern: /\bTA-Lib\b/, numbers: ['oracles/talib/expected.json'], script: 'oracles/talib/make.py' },
  {
    name: 'Stock Indicators for .NET',
    version: 'its regression data',
    pattern: /\bStock Indicators\b/,
    numbers: ['../shared/oracles/stock-indicators/results'],
  },
  {
    name: 'QuantConnect Lean',
    version: 'its test data and recorded bars',
    pattern: /\bLean\b/,
    numbers: ['../shared/oracles/lean-indicators', '../shared/market/bars'],
  },
  {
    name: 'smart-money-concepts',
    version: '0.0.27, its test data and own runs',
    pattern: /\bsmart-money-concepts\b/,
    numbers: ['../shared/oracles/smart-money-concepts', '../shared/oracles/smart-money-concepts-computed', 'oracles/smart-money-concepts/expected.json'],
    script: 'oracles/smart-money-concepts/make.py',
  },
  {
    name: 'swings and breaks of EURUSD',
    version: 'counted apart from the library',
    pattern: /bars of EURUSD (have|with)/,
    numbers: ['../shared/oracles/smart-money-concepts/EURUSD_15M.csv.gz'],
  },
  {
    name: 'freqtrade',
    version: 'its test data',
    pattern: /\bfreqtrade\b/,
    numbers: ['../shared/oracles/trades-to-ohlcv', '../shared/oracles/order-flow'],
  },
  { name: 'tclf', version: '0.4.0', pattern: /\btclf\b/, numbers: ['oracles/trade-sign/expected.json'], script: 'oracles/trade-sign/make.py' },
  { name: 'py-market-profile', version: '0.2.0, its test data', pattern: /\bpy-market-profile\b/, numbers: ['../shared/oracles/market-profile'] },
  {
    name: 'scans of every row and drawn structures',
    version: 'written from the definitions, no code shared with the engines',
    pattern: /\ba scan of every (row|gap) finds\b|\bthe drawn (structure|ones)\b/,
    numbers: [],
    script: 'packages/engines/test/reference/blocks-by-scan.ts',
  },
  {
    name: 'vectorbt, backtesting.py and freqtrade (the same strategy)',
    version: '1.2.0, 0.6.6, 2026.9',
    pattern: /\bthe same (closed )?trades\b/,
    numbers: ['oracles/coming-from/vectorbt.json', 'oracles/coming-from/backtesting_py.json', 'oracles/coming-from/freqtrade.json'],
    script: 'oracles/coming-from/make.py',
  },
  { name: 'dukascopy-node', version: 'its test data', pattern: /\bdukascopy-node\b/, numbers: [`${aggregation}`] },
  {
    name: 'findings on recorded ticks',
    version: 'counted when the data was chosen',
    pattern: /as counted by hand|321,559/,
    numbers: ['../shared/market/quotes'],
  },
  { name: 'vectorbt', version: '1.2.0', pattern: /\bvectorbt\b/, numbers: [`${metrics}vectorbt.json`], script: `${metrics}vectorbt.py` },
  {
    name: 'backtesting.py',
    version: '0.6.6',
    pattern: /\bbacktesting\.py\b/,
    numbers: [`${metrics}backtesting-py.json`],
    script: `${metrics}backtesting-py.py`,
  },
  {
    name: 'empyrical-reloaded and quantstats',
    version: '0.7.1 and 0.0.86',
    pattern: /\bempyrical and quantstats agree\b/,
    numbers: [`${metrics}returns.json`, '../shared/oracles/pyfolio/test_returns.csv.gz'],
    script: `${metrics}returns.py`,
  },
  {
    name: 'NautilusTrader',
    version: '1.221.0',
    pattern: /\bNautilusTrader\b/,
    numbers: ['oracles/nautilus/expected.json'],
    script: 'oracles/nautilus/make.py',
  },
  { name: 'empyrical, ffn and quantstats', version: 'recomputed from their definitions', pattern: /\bempyrical\b/, numbers: [] },
  {
    name: 'PerformanceAnalytics and C. Bacon',
    version: 'data sets managers and portfolio_bacon',
    pattern: /\bPerformanceAnalytics\b/,
    numbers: [`${performance}ham1.expected.shared.json`, `${performance}bacon.csv`],
  },
  { name: 'numpy', version: '2.4.6', pattern: /\bnumpy\b/, numbers: ['oracles/microprice/expected.json'], script: 'oracles/microprice/make.py' },
  { name: 'scipy', version: '1.17.1', pattern: /\bscipy\b/, numbers: ['oracles/volume-nodes/expected.json'], script: 'oracles/volume-nodes/make.py' },
  { name: 'mpmath', version: '1.3.0', pattern: /\bmpmath\b/, numbers: ['oracles/normal/expected.json'], script: 'oracles/normal/make.py' },
  {
    name: 'smart-money-concepts (periods and sessions)',
    version: '0.0.27',
    pattern: /\bits weeks are the week before last\b|\bsessions of smart-money-concepts\b|\bfirst bar of a period alone\b|\bfloat32 storage\b/,
    numbers: ['oracles/smart-money-concepts/periods-and-sessions.json'],
    script: 'oracles/smart-money-concepts/periods_and_sessions.py',
  },
  { name: 'mlfinlab', version: 'figures of its tests', pattern: /\bmlfinlab\b/, numbers: ['../shared/oracles/mlfinpy/dollar_bar_sample.csv.gz'] },
  { name: 'mlfinpy', version: '0.1.2', pattern: /\bmlfinpy\b/, numbers: ['../shared/oracles/mlfinpy'] },
  { name: 'bidask', version: '2.1.0 and published', pattern: /\bbidask\b/, numbers: ['../shared/oracles/bidask/expected.json'] },
  { name: 'scipy (regression lines)', version: '1.17.1', pattern: /\bshare of variance equal scipy\b/, numbers: ['oracles/spreads/expected.json'], script: 'oracles/spreads/make.py' },
  { name: 'NIST StRD', version: 'certified values', pattern: /\bNIST StRD\b/, numbers: [] },
  { name: 'NIST FIPS 180-4', version: '2015, example values', pattern: /\bFIPS 180-4\b/, numbers: [] },
  { name: 'OpenSSL by node:crypto', version: 'of the running Node', pattern: /\bnode:crypto\b/, numbers: [] },
  { name: 'ICU by Intl', version: 'of the running Node', pattern: /\bIntl\b/, numbers: [] },
  { name: 'laws and directives on clocks', version: 'as stated there', pattern: /US law of 2005/, numbers: [] },
  { name: 'rand_xoshiro', version: '0.6, test vector', pattern: /\brand_xoshiro\b/, numbers: [] },
  { name: 'pyarrow', version: '25.0.0', pattern: /\bpyarrow\b/, numbers: ['oracles/parquet/expected.json'], script: 'oracles/parquet/make.py' },
  {
    name: 'pyarrow, polars and DuckDB (Arrow IPC)',
    version: '26.0.1, 2.1.0, 2.0.0',
    pattern: /\bpyarrow, polars and DuckDB\b|oracles\/arrow\//,
    numbers: ['oracles/arrow/expected.json'],
    script: 'oracles/arrow/make.py',
  },
  { name: 'parquetjs-lite', version: '0.8.7', pattern: /\bparquetjs-lite\b/, numbers: [] },
  { name: 'apache-arrow', version: '21.2.0, with lz4js 0.2.0', pattern: /\bapache-arrow reads\b|\blz4js\b/, numbers: [] },
  {
    name: 'numpy, pandas, hmmlearn and bayesian-changepoint-detection (regimes)',
    version: '2.4.6, 3.1.1, 0.3.3, 0.2.dev1',
    pattern: /\bpandas\b|\bhmmlearn\b|\bbayesian-changepoint-detection\b/,
    numbers: ['oracles/regime/expected.json'],
    script: 'oracles/regime/make.py',
  },
  {
    name: 'numpy and scipy (cycles)',
    version: '2.4.6 and 1.17.1',
    pattern: /\bequal numpy and scipy\b|\bnumpy\.correlate\b|Fourier transform of numpy/,
    numbers: ['oracles/cycles/expected.json'],
    script: 'oracles/cycles/make.py',
  },
  {
    name: 'US Naval Observatory and JPL Horizons',
    version: 'published instants and positions',
    pattern: /\bUS Naval Observatory\b|\bJPL Horizons\b/,
    numbers: ['packages/engines/test/papers/planets.ts'],
  },
  {
    name: 'TradeStation',
    version: 'its output as stored in the test data of flare9x/MarketCycles.jl',
    pattern: /\bTradeStation\b/,
    numbers: ['packages/engines/test/papers/market-cycles.ts'],
  },
  { name: 'scikit-learn', version: '1.9.1', pattern: /\bscikit-learn\b/, numbers: ['oracles/score/expected.json'], script: 'oracles/score/make.py' },
  {
    name: 'published square-of-nine numbers and literal designs',
    version: 'as cited there',
    pattern: /\bare the published ones\b|\bthe published (program|scores)\b|\bthose of the design\b|\bthe published period\b/,
    numbers: ['packages/engines/test/papers/gann.ts', 'packages/engines/test/papers/dominant-cycle.ts', 'packages/engines/test/papers/five-pillars.ts'],
  },
  {
    name: 'mpmath and scipy (log gamma)',
    version: '1.4.1 and 1.17.1',
    pattern: /\blogGamma equals\b/,
    numbers: ['oracles/log-gamma/expected.json'],
    script: 'oracles/log-gamma/make.py',
  },
  {
    name: 'mpmath and scipy (Student t and incomplete beta)',
    version: '1.3.0 and 1.17.1',
    pattern: /\b(studentTCdf|incompleteBeta) equals\b|\bshares of scipy's Student t\b/,
    numbers: ['oracles/student-t/expected.json'],
    script: 'oracles/student-t/make.py',
  },
  {
    name: 'mpmath (elementary functions)',
    version: '1.4.1',
    pattern: /\bis within 1 of the value of mpmath\b/,
    numbers: ['oracles/elementary/expected.json'],
    script: 'oracles/elementary/make.py',
  },
  {
    name: 'brute force over every pair of intervals',
    version: 'written from the definition of Hayashi and Yoshida',
    pattern: /\bthe brute force\b/,
    numbers: [],
    script: 'packages/engines/test/reference/hayashi-yoshida.ts',
  },
  {
    name: 'the naive reference',
    version: 'written from docs/contracts.md and docs/fills.md alone',
    pattern: /naive reference agree|that of the naive reference/,
    numbers: [],
    script: 'packages/backtest/test/reference/reference.ts',
  },
];
