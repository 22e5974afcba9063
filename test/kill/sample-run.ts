/** What dies and goes on: the example strategy over six busy hours of the sample market. */
import { loadMarkets, prepareRun, type PreparedRun } from '@zanzibar/backtest';
import { parseTime } from '@zanzibar/core';
import breakAndGap from '../../examples/break-and-gap.ts';

export async function prepareSampleRun(data: string): Promise<PreparedRun> {
  const markets = await loadMarkets({ data: [data], record: 'quotes', from: parseTime('2024-01-09T10:00:00Z'), to: parseTime('2024-01-09T16:00:00Z') });
  return prepareRun(breakAndGap, { data: markets, parameters: { minimumStop: 0.00027 }, options: { latency: { submit: 50e6, cancel: 50e6, replace: 50e6 } } });
}
