/** The benchmarks by name, loaded when they run. */
import type { Benchmark } from './benchmark.ts';

export const benchmarks: { readonly [name: string]: () => Promise<{ readonly default: Benchmark }> } = {
  callback: () => import('./callback.ts'),
  'tick-exact': () => import('./tick-exact.ts'),
  'index-build': () => import('./index-build.ts'),
  orders: () => import('./orders.ts'),
  signals: () => import('./signals.ts'),
  indicators: () => import('./indicators.ts'),
  profile: () => import('./profile.ts'),
  'parquet-read': () => import('./parquet-read.ts'),
  'cold-start': () => import('./cold-start.ts'),
  memory: () => import('./memory.ts'),
  smc: () => import('./smc.ts'),
  'live-tick': () => import('./live-tick.ts'),
  'live-bar': () => import('./live-bar.ts'),
  wyckoff: () => import('./wyckoff.ts'),
};
