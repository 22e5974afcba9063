// %% md
// # Cycles
//
// A cycle that was put in, found again by three methods; and a random walk, in which there is none, though each method names a period there too: that one is named is no
// evidence. Square of nine and angles are arithmetic of levels: nothing is claimed for them.
// %%
import * as tslab from 'tslab';
import { randomStream } from '@zanzibar/core';
import { autocorrelationCycle, autocorrelationPeriodogram, goertzelCycle, squareOfNineLevel } from '@zanzibar/engines/cycles';

const random = randomStream(1, 'cycles notebook'), rows = 1200, period = 24;
const wave = Float64Array.from({ length: rows }, (_, i) => 100 + 2 * Math.sin((2 * Math.PI * i) / period) + 0.5 * random.normal());
const walk = new Float64Array(rows);
for (let i = 0; i < rows; i++) walk[i] = i === 0 ? 100 : walk[i - 1] + 0.3 * random.normal();
rows
// %%
const medianOf = (values: Float64Array): number => {
  const known = values.slice(rows / 2).filter(value => value === value).sort();
  return known[known.length >> 1];
};
const found = { periodogram: medianOf(autocorrelationPeriodogram({ close: wave }).period), goertzel: medianOf(goertzelCycle({ close: wave }).period), autocorrelation: medianOf(autocorrelationCycle({ close: wave }).period) };
const none = { periodogram: medianOf(autocorrelationPeriodogram({ close: walk }).period), goertzel: medianOf(goertzelCycle({ close: walk }).period), autocorrelation: medianOf(autocorrelationCycle({ close: walk }).period) };
[found, none].map(periods => Object.entries(periods).map(([method, value]) => method + ' ' + value.toFixed(2)).join(', '))
// %%
const lineOf = (values: Float64Array, color: string): string => {
  const shown = values.slice(rows - 300), low = Math.min(...shown), high = Math.max(...shown);
  return '<polyline fill="none" stroke="' + color + '" points="' + Array.from(shown, (value, i) => (3 * i).toFixed(0) + ',' + (10 + (180 * (high - value)) / (high - low)).toFixed(1)).join(' ') + '"/>';
};
tslab.display.html('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200" role="img" aria-label="A wave of 24 bars and a random walk">' + lineOf(wave, '#0072b2') + lineOf(walk, '#d55e00') + '</svg>');
// %%
[45, 90, 180, 360].map(degrees => squareOfNineLevel(100, degrees).toFixed(4))
// %% md
// The last cell fails if a claim stops holding: each method gives the period that was put in, within a bar, and a full turn of the square from 100 is 144.
// %%
for (const [method, value] of Object.entries(found)) if (!(Math.abs(value - period) <= 1)) throw new Error(method + ' gives ' + value + ', put in were ' + period);
if (Math.abs(squareOfNineLevel(100, 360) - 144) > 1e-9) throw new Error('a full turn from 100 is 144');
'holds'
