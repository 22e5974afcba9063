import { appendEvent, defineEngine, eventCode, eventSchema, type Engine, type F64 } from '@zanzibar/core';

/**
 * Volatility regime: how the volatility of the last rows ranks among those of the past, as low, normal or high.
 *
 * Definition  d[i] = close[i] - close[i - 1]; volatility = sample standard deviation of the last `period` d; rank = (values below + (equal ones + 1) / 2) / n
 *             among the last n = `lookback` volatilities, its own included; regime 1 (low) where rank <= low, 3 (high) where rank >= high, else 2 (normal), 0
 *             before there is a rank. Event `regimeChanged` where it differs from that of the last row that had one: value the new regime, direction 0.
 *             Give it log prices for volatility of returns
 * Units       price in; volatility a range, rank a ratio     Warm-up  period rows for volatility, period + lookback - 1 for the rest     Lag  0
 * NaN         while the window of differences holds one; a row without volatility takes no place in the ranks
 * Source      pandas: diff().rolling(period).std(), then rolling(lookback).rank(pct=True)
 * Oracle      program oracles/regime/expected.json
 * Example     close 0 1 0 2 0 3 0, period 2, lookback 3, low 1/3, high 1: regime 3 from row 4 on, where volatility rises with every row
 */
export interface VolatilityRegimeOptions {
  /** Differences in a volatility. @defaultValue 20 */
  period: number;
  /** Volatilities among which it ranks. @defaultValue 252 */
  lookback: number;
  /** Rank up to which volatility is low. @defaultValue 1 / 3 */
  low: number;
  /** Rank from which on it is high. @defaultValue 2 / 3 */
  high: number;
}

export const volatilityRegime: Engine<
  VolatilityRegimeOptions, F64<'close'>, { readonly volatility: 'f64'; readonly rank: 'f64'; readonly regime: 'i8' }, { events: typeof eventSchema }
> = /* @__PURE__ */ defineEngine({
  name: 'volatilityRegime',
  input: { close: 'f64' },
  aligned: { volatility: 'f64', rank: 'f64', regime: 'i8' },
  appended: { events: eventSchema },
  kinds: ['regimeChanged'],
  defaults: { period: 20, lookback: 252, low: 1 / 3, high: 2 / 3 },
  check({ period, lookback, low, high }) {
    for (const [name, value] of [['period', period], ['lookback', lookback]] as const) {
      if (!(Number.isSafeInteger(value) && value >= 2)) throw new RangeError(`volatilityRegime: ${name} must be an integer of at least 2, was ${value}`);
    }
    if (!(low > 0 && low < 1)) throw new RangeError(`volatilityRegime: low must be between 0 and 1, was ${low}`);
    if (!(high > low && high <= 1)) throw new RangeError(`volatilityRegime: high must be above low and at most 1, was ${high}`);
  },
  warmup: ({ period, lookback }) => ({ volatility: period, rank: period + lookback - 1, regime: 0 }),
  lag: () => 0,
  units: { volatility: 'range', rank: 'ratio', regime: 'count', value: 'count' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ period, lookback }) => ({ before: NaN, rows: 0, at: 0, ranked: 0, place: 0, last: 0, differences: new Float64Array(period), volatilities: new Float64Array(lookback) }),

  advance(state, { base, close }, { volatility, rank, regime, events }, from, to, { period, lookback, low, high }) {
    const { differences, volatilities } = state;
    for (let i = from; i < to; i++) {
      differences[state.at] = close[i] - state.before;
      state.before = close[i];
      state.at = state.at + 1 === period ? 0 : state.at + 1;
      if (state.rows <= period) state.rows++;
      const value = state.rows > period ? deviation(differences) : NaN;
      volatility[i] = value;
      rank[i] = NaN;
      regime[i] = 0;
      if (value !== value) continue;
      volatilities[state.place] = value;
      state.place = state.place + 1 === lookback ? 0 : state.place + 1;
      if (state.ranked < lookback && ++state.ranked < lookback) continue;
      const place = rankOf(volatilities, value), now = place <= low ? 1 : place >= high ? 3 : 2;
      rank[i] = place;
      regime[i] = now;
      if (state.last !== 0 && now !== state.last) appendEvent(events, eventCode.regimeChanged, 0, base + i, base + i, NaN, NaN, NaN, now);
      state.last = now;
    }
  },
});

function deviation(values: Float64Array): number {
  const count = values.length;
  let sum = 0, squares = 0;
  for (let k = 0; k < count; k++) sum += values[k];
  const mean = sum / count;
  for (let k = 0; k < count; k++) squares += (values[k] - mean) * (values[k] - mean);
  return Math.sqrt(squares / (count - 1));
}

/** The mean rank of equals, as a share. */
function rankOf(values: Float64Array, value: number): number {
  let below = 0, equal = 0;
  for (let k = 0; k < values.length; k++) {
    if (values[k] < value) below++;
    else if (values[k] === value) equal++;
  }
  return (below + (equal + 1) / 2) / values.length;
}
