// %% md
// # Order flow: footprint, delta and profile
//
// Trades of the sample market in hourly bars: what was bought and sold at each price, and where in the day the volume lies. The sides are those of the data.
// %%
import * as tslab from 'tslab';
import { loadMarkets } from '@zanzibar/backtest';
import { renderSvgEvents } from '@zanzibar/backtest/report';
import { combine, eventCode, timeBars } from '@zanzibar/core';
import { delta, footprint } from '@zanzibar/engines/flow';
import { volumeProfile } from '@zanzibar/engines/profile';

const markets = await loadMarkets({ data: ['../data'], symbols: ['EURUSD.SAMPLE'], record: 'trades' });
const trades = markets[0].columns as { time: BigInt64Array; price: Float64Array; size: Float64Array; side: Int8Array };
trades.time.length
// %%
const graph = combine({
  bars: [timeBars, 'trades', { interval: 3600e9, price: 'trade' }],
  footprint: [footprint, 'bars.bars', { tick: 0.00001, rowTicks: 20, minimumVolume: 1 }, { trades: 'trades' }],
  delta: [delta, 'bars.bars'],
});
const found = graph({ trades: trades });
const bars = found.bars.bars, cells = found.footprint.cells;
[bars.length, cells.length]
// %%
const row = 40, shown: string[] = [];
for (let k = 0; k < cells.length; k++) if (cells.knownRow[k] === row) shown.push(cells.price[k].toFixed(5) + '  sold ' + cells.sellVolume[k] + ', bought ' + cells.buyVolume[k]);
shown
// %%
const columns = { openTime: bars.openTime.slice(0, bars.length), open: bars.open.slice(0, bars.length), high: bars.high.slice(0, bars.length), low: bars.low.slice(0, bars.length), close: bars.close.slice(0, bars.length) };
tslab.display.html(renderSvgEvents(columns, { footprint: found.footprint.events }, { title: 'EURUSD.SAMPLE 1h: stacked imbalances', count: 120 }));
// %%
// A profile of every 24 hours: an anchor ends one and begins the next.
const hours = { closeTime: bars.closeTime.slice(0, bars.length), high: columns.high, low: columns.low, anchor: Int8Array.from(columns.high, (_, i) => (i % 24 === 0 ? 1 : 0)) };
const profile = volumeProfile(hours, { tick: 0.00001, rowTicks: 20 }, { trades: trades }), day = profile.levels;
const controls: string[] = [];
for (let k = 0; k < profile.events.length; k++) if (profile.events.kind[k] === eventCode.pointOfControl) controls.push(profile.events.level0[k].toFixed(5));
controls
// %%
const rowsOfDay: string[] = [], last = day.knownRow[day.length - 1], from = day.knownRow.slice(0, day.length).indexOf(last), most = Math.max(...day.volume.slice(from, day.length));
for (let k = from; k < day.length; k++) rowsOfDay.push('<rect x="80" y="' + (12 * (day.length - 1 - k)) + '" height="10" width="' + ((500 * day.volume[k]) / most).toFixed(0) + '" fill="#8a6d9f"/><text x="0" y="' + (12 * (day.length - 1 - k) + 9) + '" font-size="10">' + day.price[k].toFixed(5) + '</text>');
tslab.display.html('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="' + 12 * (day.length - from) + '" role="img" aria-label="Volume profile of the last whole day">' + rowsOfDay.join('') + '</svg>');
// %% md
// The last cell fails if a claim stops holding: cells add up to the bar, and the delta of the footprint is that of the bar.
// %%
let checked = 0;
const bought = new Float64Array(bars.length), sold = new Float64Array(bars.length);
for (let k = 0; k < cells.length; k++) {
  bought[cells.knownRow[k]] += cells.buyVolume[k];
  sold[cells.knownRow[k]] += cells.sellVolume[k];
}
for (let i = 0; i < bars.length; i++) {
  if (Math.abs(bought[i] - bars.buyVolume[i]) > 1e-6 || Math.abs(sold[i] - bars.sellVolume[i]) > 1e-6) throw new Error('bar ' + i + ': cells have ' + bought[i] + ' bought, the bar ' + bars.buyVolume[i]);
  if (Math.abs(found.footprint.delta[i] - found.delta.delta[i]) > 1e-6) throw new Error('bar ' + i + ': the footprint and the bar differ in delta');
  checked++;
}
if (checked === 0 || cells.length === 0) throw new Error('nothing was checked');
'holds'
