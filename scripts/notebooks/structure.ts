// %% md
// # Market structure, levels and liquidity
//
// Swings, breaks of structure, fair value gaps, order blocks, pools of equal highs and lows and their sweeps, over five-minute bars of the sample market.
// Nothing is drawn before the bar at which it was known. A demonstration of definitions: no engine claims predictive value.
// %%
import * as tslab from 'tslab';
import { loadMarkets } from '@zanzibar/backtest';
import { renderSvgEvents } from '@zanzibar/backtest/report';
import { combine, eventKinds, timeBars } from '@zanzibar/core';
import { killZones, previousHighLow, sessions } from '@zanzibar/engines/levels';
import { liquidityPools, sweeps } from '@zanzibar/engines/liquidity';
import { fairValueGaps, orderBlocks, structureBreaks, swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';

const markets = await loadMarkets({ data: ['../data'], symbols: ['EURUSD.SAMPLE'], record: 'quotes' });
const quotes = markets[0].columns;
const bars = timeBars(quotes as any, { interval: 300e9 }).bars;
const columns = { openTime: bars.openTime.slice(0, bars.length), closeTime: bars.closeTime.slice(0, bars.length), open: bars.open.slice(0, bars.length), high: bars.high.slice(0, bars.length), low: bars.low.slice(0, bars.length), close: bars.close.slice(0, bars.length) };
bars.length
// %%
const graph = combine({
  atr: [atr, 'bars', { period: 14 }],
  swings: [swings, 'bars', { left: 3, right: 3 }],
  breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }],
  gaps: [fairValueGaps, 'bars', { minimumSize: 0.0001 }],
  blocks: [orderBlocks, 'bars', {}, { breaks: 'breaks.events', atr: 'atr/atr', longAtr: 'atr/atr' }],
  pools: [liquidityPools, 'bars', {}, { swings: 'swings.events', atr: 'atr/atr' }],
  sweeps: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }],
  days: [previousHighLow, 'bars', { period: '1d' }],
  london: [sessions, 'bars', killZones.london],
});
const found = graph({ bars: columns });
const tables = { breaks: found.breaks.events, gaps: found.gaps.events, blocks: found.blocks.events, pools: found.pools.events, sweeps: found.sweeps.events, days: found.days.events, london: found.london.events };
const counts: { [kind: string]: number } = {};
for (const table of Object.values(tables)) for (let k = 0; k < table.length; k++) counts[eventKinds[table.kind[k]]] = (counts[eventKinds[table.kind[k]]] ?? 0) + 1;
counts
// %%
tslab.display.html(renderSvgEvents(columns, { breaks: tables.breaks, gaps: tables.gaps, sweeps: tables.sweeps }, { title: 'EURUSD.SAMPLE 5m: breaks, gaps and sweeps', until: 800, count: 120 }));
// %% md
// The last cell fails if a claim stops holding: half of the bars give the first half of the events, so that nothing was known too early, and no event is known
// before it begins.
// %%
const half = columns.close.length >> 1, first: { [column: string]: any } = {};
for (const [name, values] of Object.entries(columns)) first[name] = values.slice(0, half);
const early = graph({ bars: first }) as typeof found;
for (const name of ['breaks', 'gaps', 'blocks', 'pools', 'sweeps'] as const) {
  const whole = found[name].events, part = early[name].events;
  for (let k = 0; k < part.length; k++) {
    if (whole.kind[k] !== part.kind[k] || whole.knownRow[k] !== part.knownRow[k] || !Object.is(whole.level0[k], part.level0[k])) throw new Error(name + ': event ' + k + ' was not known from the first half alone');
    if (part.knownRow[k] < part.originRow[k]) throw new Error(name + ': event ' + k + ' was known before it began');
  }
  if (part.length === 0 || whole.knownRow[part.length] < half) throw new Error(name + ': events are missing');
}
'holds'
