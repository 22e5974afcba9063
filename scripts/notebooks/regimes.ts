// %% md
// # Regimes and correlation
//
// Returns whose deviation changes at rows that we know, so that what the engines tell can be held against it; and two markets of which one follows the other.
// %%
import * as tslab from 'tslab';
import { renderSvgEvents } from '@zanzibar/backtest/report';
import { generateBars, randomStream } from '@zanzibar/core';
import { bayesianChangePoints, fitGaussianHiddenMarkov, hiddenMarkovRegime, leadLagCorrelation, rollingCorrelation, volatilityRegime } from '@zanzibar/engines/regime';

const calm = generateBars({ seed: 1, count: 400, deviation: 0.001 }), wild = generateBars({ seed: 2, count: 400, deviation: 0.004 });
const returnsOf = (close: Float64Array): Float64Array => close.map((price, i) => (i === 0 ? 0 : Math.log(price / close[i - 1])));
const parts = [returnsOf(calm.close), returnsOf(wild.close), returnsOf(calm.close)];
const value = Float64Array.from(parts.flatMap(part => [...part]));
const closeTime = BigInt64Array.from(value, (_, i) => BigInt(i + 1) * 60_000_000_000n);
value.length
// %%
const training = value.slice(200, 600);
const model = fitGaussianHiddenMarkov(training, closeTime[599], { states: 2 });
Array.from(model.deviations, deviation => deviation.toFixed(4))
// %%
const later = { value: value.slice(600), closeTime: closeTime.slice(600) };
const regime = hiddenMarkovRegime(later, { model: model });
const shares = [0, 200].map(from => { const states = regime.state.slice(from + 20, from + 200); return states.filter(state => state === 2).length / states.length; });
shares
// %%
const first = new Float64Array(900), second = new Float64Array(900), random = randomStream(7, 'pairs');
for (let i = 0; i < 900; i++) first[i] = random.normal();
for (let i = 0; i < 900; i++) second[i] = (i < 2 ? 0 : 0.8 * first[i - 2]) + 0.6 * random.normal();
const lead = leadLagCorrelation({ first: first, second: second }, { period: 100, maximumLag: 5 }), same = rollingCorrelation({ first: first, second: second }, { period: 100 });
[lead.lag[899], lead.correlation[899].toFixed(3), same.correlation[899].toFixed(3)]
// %%
const close = new Float64Array(value.length);
for (let i = 0; i < value.length; i++) close[i] = i === 0 ? 100 : close[i - 1] * Math.exp(value[i]);
const volatility = volatilityRegime({ close: close }, { period: 20, lookback: 200 });
const candles = { openTime: closeTime, open: close.map((price, i) => (i === 0 ? price : close[i - 1])), high: close.map((price, i) => Math.max(price, i === 0 ? price : close[i - 1])), low: close.map((price, i) => Math.min(price, i === 0 ? price : close[i - 1])), close: close };
tslab.display.html(renderSvgEvents(candles, { volatility: volatility.events }, { title: 'Calm, wild from bar 400, calm from bar 800', until: 900, count: 200 }));
// %% md
// The last cell fails if a claim stops holding: the filtered state is the wild one in the wild stretch and the calm one after it; the lag is the one put in; a
// change point is told within 40 bars of each change.
// %%
if (!(shares[0] > 0.9 && shares[1] < 0.1)) throw new Error('states do not follow the stretches: ' + shares);
if (Math.abs(lead.lag[899]) !== 2) throw new Error('a lag of two rows was put in, found was ' + lead.lag[899]);
const points = bayesianChangePoints({ value: value.map(x => x / 0.001) });
for (const at of [400, 800]) if (!points.recentProbability.slice(at, at + 40).some(probability => probability > 0.5)) throw new Error('no change point within 40 rows of ' + at);
'holds'
