// %% md
// # Spread and liquidity from bars
//
// A price that bounces between bid and ask around a walk: the spread that was put in, and what estimators make of prices alone. On the sample market two measures of the
// impact of volume.
// %%
import * as tslab from 'tslab';
import { loadMarkets } from '@zanzibar/backtest';
import { randomStream, timeBars } from '@zanzibar/core';
import { abdiRanaldo, amihud, corwinSchultzPair, edgeSpread, kyleLambda, rollSpread } from '@zanzibar/engines/liquidity';

const random = randomStream(3, 'spread notebook'), rows = 2000, ticks = 100, put = 0.01;
const open = new Float64Array(rows), high = new Float64Array(rows), low = new Float64Array(rows), close = new Float64Array(rows);
let middle = 0;
for (let i = 0; i < rows; i++) {
  for (let k = 0; k < ticks; k++) {
    middle += 0.0005 * random.normal();
    const price = 100 * Math.exp(middle) * (1 + (put / 2) * (random.uniform() < 0.5 ? 1 : -1));
    if (k === 0) open[i] = high[i] = low[i] = price;
    high[i] = Math.max(high[i], price);
    low[i] = Math.min(low[i], price);
    close[i] = price;
  }
}
rows
// %%
const meanOf = (values: Float64Array): number => {
  const known = values.filter(value => value === value);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};
const bars = { open: open, high: high, low: low, close: close };
const spreads = {
  roll: meanOf(rollSpread({ close: close.map(price => Math.log(price)) }, { window: 500 }).spread), corwinSchultz: meanOf(corwinSchultzPair(bars).spread),
  abdiRanaldo: meanOf(abdiRanaldo(bars, { window: 500 }).spread), edge: meanOf(edgeSpread(bars, { window: 500 }).spread),
};
Object.entries(spreads).map(([name, spread]) => name + ' ' + (100 * spread).toFixed(3) + ' %, put in ' + 100 * put + ' %')
// %%
const bar = (name: string, spread: number, k: number): string => '<text x="0" y="' + (22 + 30 * k) + '" font-size="13">' + name + '</text><rect x="120" y="' + (8 + 30 * k) + '" height="20" width="' + (40_000 * spread).toFixed(0) + '" fill="#0072b2"/>';
tslab.display.html('<svg xmlns="http://www.w3.org/2000/svg" width="700" height="130" role="img" aria-label="Estimated spreads beside the one put in">' + Object.entries(spreads).map(([name, spread], k) => bar(name, spread, k)).join('') + '<path d="M' + (120 + 40_000 * put) + ' 0V130" stroke="#d55e00"/></svg>');
// %%
const markets = await loadMarkets({ data: ['../data'], symbols: ['EURUSD.SAMPLE'], record: 'trades' });
const hours = timeBars(markets[0].columns as any, { interval: 3600e9, price: 'trade' }).bars;
const hourly = { close: hours.close.slice(0, hours.length), volume: hours.volume.slice(0, hours.length), buyVolume: hours.buyVolume.slice(0, hours.length), sellVolume: hours.sellVolume.slice(0, hours.length) };
const impact = amihud(hourly).amihud, lambda = kyleLambda({ price: hourly.close, buyVolume: hourly.buyVolume, sellVolume: hourly.sellVolume }).lambda;
['illiquidity ' + impact[impact.length - 1].toExponential(3), 'lambda ' + lambda[lambda.length - 1].toExponential(3)]
// %% md
// The last cell fails if the claim stops holding: each estimator comes within a quarter of the spread that was put in, and EDGE, which uses all four prices, within a tenth.
// %%
for (const [name, spread] of Object.entries(spreads)) if (!(Math.abs(spread / put - 1) < (name === 'edge' ? 0.1 : 0.25))) throw new Error(name + ' gives ' + spread + ', put in was ' + put);
if (!(impact[impact.length - 1] > 0)) throw new Error('no impact of volume');
'holds'
