/** The main job of the README as a prepared run: the sample market through the example strategy. */
import { fileURLToPath } from 'node:url';
import { loadMarkets, prepareRun, type PreparedRun } from '@zanzibar/backtest';
import breakAndGap from '../../examples/break-and-gap.ts';

/** The order hash of the main job; it stays as it is unless a bug is named. */
export const sampleOrderHash = 'fe75c5a426dda9a81596067d32dfc0e0b238d00480e38d47ad813d5eb50a23b2';

export async function prepareSample(): Promise<PreparedRun> {
  const data = await loadMarkets({ data: [fileURLToPath(new URL('../../data', import.meta.url))], record: 'quotes' });
  return prepareRun(breakAndGap, { data, parameters: { minimumStop: 0.00027 }, options: { latency: { submit: 50e6, cancel: 50e6, replace: 50e6 } } });
}
