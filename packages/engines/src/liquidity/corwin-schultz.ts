import { defineEngine, exponential, logarithm, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { newWindow, pushValue, windowMean } from './value-window.ts';

/** Rows in the mean. */
export interface CorwinSchultzOptions {
  /** Rows in the mean. @defaultValue 20 */
  window: number;
}

const root2 = Math.SQRT2, divisor = 3 - 2 * root2;
const logarithms = { none: 'ratios of prices have no mirror image' } as const;

/** A squared log range; a single one where it stands alone. */
function squaredRange(high: number, low: number): number {
  const range = logarithm(high / low);
  return range * range;
}

/** From alpha, as a fraction of price. */
function spreadOf(alpha: number): number {
  const factor = exponential(alpha);
  return (2 * (factor - 1)) / (1 + factor);
}

/**
 * Corwin and Schultz's spread in the form of Advances in Financial Machine Learning: ranges averaged over a window, the last two bars against them.
 *
 * Definition  b = mean over `window` rows of ln(H/L)^2 + ln(H'/L')^2 (this row and the one before), g = ln(max(H, H') / min(L, L'))^2,
 *             alpha = max(0, (sqrt 2 - 1) sqrt b / (3 - 2 sqrt 2) - sqrt(g / (3 - 2 sqrt 2))), spread = 2 (e^alpha - 1) / (1 + e^alpha)
 * Units       price in, spread a fraction of price     Warm-up  window rows     Lag  0     NaN  while one lies in the window, and for prices not above 0
 * Source      S. A. Corwin and P. Schultz, A Simple Way to Estimate Bid-Ask Spreads from Daily High and Low Prices, Journal of Finance 67 (2012) 719-760;
 *             M. Lopez de Prado, Advances in Financial Machine Learning, 2018, snippet 19.1
 * Oracle      paper packages/engines/test/papers/mlfinlab-microstructure.ts
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     high 101 102, low 100 101, window 1 gives NaN 0: two bars apart make no spread
 */
export const corwinSchultzAfml: Engine<CorwinSchultzOptions, F64<'high' | 'low'>, F64<'spread'>> = /* @__PURE__ */ defineEngine({
  name: 'corwinSchultzAfml',
  version: 2,
  input: { high: 'f64', low: 'f64' },
  aligned: { spread: 'f64' },
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('corwinSchultzAfml: window', window),
  warmup: ({ window }) => window,
  units: { spread: 'ratio' },
  mirror: logarithms,
  scale: 'exact',
  init: ({ window }) => ({ high: NaN, low: NaN, range: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { high, low }, { spread }, from, to) {
    for (let i = from; i < to; i++) {
      const range = squaredRange(high[i], low[i]);
      if (state.isBegun === 1) pushValue(state, range + state.range);
      const beta = windowMean(state), gamma = squaredRange(Math.max(high[i], state.high), Math.min(low[i], state.low));
      spread[i] = spreadOf(Math.max(0, ((root2 - 1) * Math.sqrt(beta)) / divisor - Math.sqrt(gamma / divisor)));
      state.high = high[i];
      state.low = low[i];
      state.range = range;
      state.isBegun = 1;
    }
  },
});

/**
 * Corwin and Schultz's spread of each two bars, negative ones as they are.
 *
 * Definition  b = ln(H/L)^2 + ln(H'/L')^2, g = ln(max(H, H') / min(L, L'))^2, alpha = (sqrt(2 b) - sqrt b) / (3 - 2 sqrt 2) - sqrt(g / (3 - 2 sqrt 2)),
 *             spread = 2 (e^alpha - 1) / (1 + e^alpha)
 * Units       price in, spread a fraction of price     Warm-up  1 row     Lag  0     NaN  where one of the two bars has one, and for prices not above 0
 * Source      S. A. Corwin and P. Schultz, A Simple Way to Estimate Bid-Ask Spreads from Daily High and Low Prices, Journal of Finance 67 (2012), (14) and (18)
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     high 102 102, low 100 100 gives NaN 0.0198...: the range of one bar is that of both
 */
export const corwinSchultzPair: Engine<{}, F64<'high' | 'low'>, F64<'spread'>> = /* @__PURE__ */ defineEngine({
  name: 'corwinSchultzPair',
  input: { high: 'f64', low: 'f64' },
  aligned: { spread: 'f64' },
  defaults: {},
  warmup: () => 1,
  units: { spread: 'ratio' },
  mirror: logarithms,
  scale: 'exact',
  init: () => ({ high: NaN, low: NaN }),

  advance(state, { high, low }, { spread }, from, to) {
    for (let i = from; i < to; i++) {
      spread[i] = pairSpread(high[i], low[i], state.high, state.low);
      state.high = high[i];
      state.low = low[i];
    }
  },
});

function pairSpread(high: number, low: number, highBefore: number, lowBefore: number): number {
  const beta = squaredRange(high, low) + squaredRange(highBefore, lowBefore), gamma = squaredRange(Math.max(high, highBefore), Math.min(low, lowBefore));
  return spreadOf((Math.sqrt(2 * beta) - Math.sqrt(beta)) / divisor - Math.sqrt(gamma / divisor));
}

/**
 * Corwin and Schultz's spread of daily bars: overnight gaps taken out, negative pairs as 0, averaged.
 *
 * Definition  as `corwinSchultzPair`, after H and L of a bar that lies wholly above (below) the close before are both moved down (up) to it: by L - C' or H - C';
 *             the mean of max(0, pair) over `window` rows
 * Units       price in, spread a fraction of price     Warm-up  window rows     Lag  0     NaN  while one lies in the window, and for prices not above 0
 * Source      S. A. Corwin and P. Schultz, Journal of Finance 67 (2012), second section: overnight adjustment, and negative two-day estimates set to 0
 * Oracle      reference packages/engines/test/reference/spreads.ts
 * Example     high 102 104, low 100 102, close 100 102, window 1 gives NaN 0.0198...: without its gap the second bar is the first
 */
export const corwinSchultzDaily: Engine<CorwinSchultzOptions, F64<'high' | 'low' | 'close'>, F64<'spread'>> = /* @__PURE__ */ defineEngine({
  name: 'corwinSchultzDaily',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  aligned: { spread: 'f64' },
  defaults: { window: 20 },
  check: ({ window }) => positiveInteger('corwinSchultzDaily: window', window),
  warmup: ({ window }) => window,
  units: { spread: 'ratio' },
  mirror: logarithms,
  scale: 'exact',
  init: ({ window }) => ({ high: NaN, low: NaN, close: NaN, isBegun: 0, ...newWindow(window) }),

  advance(state, { high, low, close }, { spread }, from, to) {
    for (let i = from; i < to; i++) {
      const gap = Math.max(0, low[i] - state.close) + Math.min(0, high[i] - state.close);
      if (state.isBegun === 1) pushValue(state, Math.max(0, pairSpread(high[i] - gap, low[i] - gap, state.high, state.low)));
      spread[i] = windowMean(state);
      state.high = high[i];
      state.low = low[i];
      state.close = close[i];
      state.isBegun = 1;
    }
  },
});
