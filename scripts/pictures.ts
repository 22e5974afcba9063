/**
 * docs/pictures/: equity and candles of the main job, as README and docs show them.
 *
 *   npm run docs:pictures
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadMarkets, run } from '@zanzibar/backtest';
import { makeReport, renderSvgCandles, renderSvgEquity } from '@zanzibar/backtest/report';
import { parseTime } from '@zanzibar/core';
import breakAndGap from '../examples/break-and-gap.ts';
import { root } from '../lint/repository.ts';
import { type Documents, writeDocuments } from './generated.ts';

export const picturesFolder = 'docs/pictures';

/** What `npm start` draws, and two hours of its third day. */
export async function makePictures(): Promise<Documents> {
  const settings = { parameters: { minimumStop: 0.00027 }, options: { latency: { submit: 50e6, cancel: 50e6, replace: 50e6 } } };
  const whole = await loadMarkets({ data: [join(root, 'data')], record: 'quotes' }), to = parseTime('2024-01-09T16:00Z');
  const part = await loadMarkets({ data: [join(root, 'data')], record: 'quotes', to });
  const equity = makeReport(run(breakAndGap, { ...settings, data: whole }), { withDigests: false }), candles = makeReport(run(breakAndGap, { ...settings, data: part, to }), { withDigests: false });
  return new Map([
    [`${picturesFolder}/equity.svg`, await renderSvgEquity(equity)],
    [`${picturesFolder}/candles.svg`, renderSvgCandles(candles, { count: 120 })],
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeDocuments(await makePictures(), picturesFolder);
