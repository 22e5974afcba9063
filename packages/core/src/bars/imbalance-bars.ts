/** Imbalance bars: bars that close when buying and selling differ by more than expected. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { barSchema } from '../schemas.ts';
import { checkInformation, informationDefaults, needSizes, nextLength, type InformationBarsOptions } from './information-options.ts';
import { finishBar, noBar, takeStretch } from './one-bar.ts';
import { priceAt, priceColumns, tickColumns } from './tick-price.ts';
import { tickSign } from './tick-rule.ts';
import { tickCountField } from './unfinished-bars.ts';
import { countOf, meanOf, newWindowMean, takeValue } from './window-mean.ts';

/**
 * Tick, volume and dollar imbalance bars: they close when the signed sum of their ticks goes beyond what was expected of a bar.
 *
 * Definition  x = b w, b the sign of the tick (tick rule, carried), w = 1, size, or |price| x size; theta = sum of x over the bar, its last tick included. The bar
 *             closes with the tick that makes |theta| > E[T] |E[x]|. E[x] is the exponentially weighted mean of the last n = min(ticks, `window`) x, weights
 *             (1 - 2 / (n + 1))^age over their sum, taken first when there are `expectedTicks` of them and then at each close; E[T] is `expectedTicks`, then the mean
 *             of the last `previousBars` lengths with span `previousBars`, within `leastTicks` and `mostTicks`, or stays `expectedTicks`. Times, prices, volumes and
 *             rows as in `tickBars`; a new segment begins everything anew, and a bar that it finds unfinished is not written
 * Units       as the input's     Lag  known at the row of the last tick; no bar in the first `expectedTicks` ticks
 * NaN         a row without the chosen price, or without a finite weight, is no tick and counts nowhere; else a NaN size makes the bar's volumes NaN
 * Errors      RangeError for options, TypeError where columns are missing
 * Source      M. López de Prado, Advances in Financial Machine Learning, Wiley 2018, section 2.3.2; gives every bar of mlfinpy 0.1.2. Expectations collapse easily
 *             (3558 bars of 6955 ticks there): bound them
 * Oracle      shared mlfinpy/information_bars.csv.gz
 * Example     expectedTicks 2, trades 5, 6, 7, 8  ->  x = 0, 1, 1, 1: at tick 2 E[x] = 0.75, theta 1 is below 1.5; at tick 3 theta = 2 closes a bar of 3 ticks
 */
export const imbalanceBars: Engine<InformationBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'imbalanceBars',
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: informationDefaults,
    check: (options) => checkInformation('imbalanceBars', options),
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: ({ expectedTicks, previousBars, window }) => ({
      ...noBar(),
      previous: NaN,
      sign: 0,
      theta: 0,
      expectedTicks,
      /** Mean of x when it was last taken. */
      expected: NaN,
      weights: newWindowMean(window),
      lengths: newWindowMean(previousBars, previousBars),
    }),

    advance(state, input, { bars }, from, to, options) {
      needSizes('imbalanceBars', options, input.size);
      const prices = priceColumns('imbalanceBars', input, options),
        { values, weights, lengths } = state,
        { size, side } = input,
        isSized = options.of !== 'tick',
        isValue = options.of === 'dollar',
        isAggressor = options.sign === 'aggressor' && side !== undefined;
      let { previous, sign, theta, expectedTicks, expected } = state,
        i = from;
      for (let end = from; end < to; end++) {
        const price = priceAt(prices, end),
          weight = isSized ? (isValue ? Math.abs(price) * size![end] : size![end]) : 1;
        if (price !== price || !Number.isFinite(weight)) {
          takeStretch(state, prices, input, i, end);
          i = end + 1;
          continue;
        }
        sign = isAggressor && side[end] !== 0 ? side[end] : tickSign(price, previous, sign);
        previous = price;
        takeValue(weights, sign * weight);
        theta += sign * weight;
        if (expected !== expected && countOf(weights) >= options.expectedTicks) expected = meanOf(weights);
        if (!(Math.abs(theta) > expectedTicks * Math.abs(expected))) continue;
        takeStretch(state, prices, input, i, end + 1);
        i = end + 1;
        takeValue(lengths, values[tickCountField]);
        finishBar(state, bars, input, end);
        expectedTicks = nextLength(options, meanOf(lengths));
        expected = meanOf(weights);
        theta = 0;
      }
      takeStretch(state, prices, input, i, to);
      state.previous = previous;
      state.sign = sign;
      state.theta = theta;
      state.expectedTicks = expectedTicks;
      state.expected = expected;
    },
  });
