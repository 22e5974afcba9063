/** Run bars: bars that close when one side has traded more than expected. */
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
 * Tick, volume and dollar run bars: they close when what one side has traded in them goes beyond what was expected of a bar.
 *
 * Definition  signs and weights as in `imbalanceBars`; theta = the larger of the sum of the buys' weights and that of the sells' over the bar, its last tick included,
 *             not broken by the other side. The bar closes with the tick that makes theta > E[T] max(P E[w | buy], (1 - P) E[w | sell]). The two means of weights are
 *             exponential as there, over the last min(buys, `window`) buys and sells, taken first when there are `expectedTicks` of each and then at each close; P is
 *             the share of buys among the ticks so far at that first time, then the mean over the last `previousBars` bars with span `previousBars`; E[T] as there. A
 *             new segment begins everything anew, and a bar that it finds unfinished is not written
 * Units       as the input's     Lag  known at the row of the last tick; no bar before `expectedTicks` buys and as many sells
 * NaN         a row without the chosen price, or without a finite weight, is no tick and counts nowhere; else a NaN size makes the bar's volumes NaN
 * Errors      RangeError for options, TypeError where columns are missing
 * Source      M. López de Prado, Advances in Financial Machine Learning, Wiley 2018, section 2.3.2.4; gives every bar of mlfinpy 0.1.2
 * Oracle      shared mlfinpy/information_bars.csv.gz
 * Example     expectedTicks 1, trades 5, 6, 5, 6, 7  ->  signs 0, 1, -1, 1, 1: at tick 3 P = 1/3, both means 1, theta 1 > 2/3 closes a bar of 3 ticks
 */
export const runBars: Engine<InformationBarsOptions, { time: 'i64' }, {}, { bars: typeof barSchema }, {}, typeof tickColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'runBars',
    input: { time: 'i64' },
    optional: tickColumns,
    appended: { bars: barSchema },
    defaults: informationDefaults,
    check: (options) => checkInformation('runBars', options),
    mirror: { none: 'bars are a table, which the law does not turn over: a test beside it does' },
    scale: { none: 'bars are a table, which the law does not scale: a test beside it does' },
    init: ({ expectedTicks, previousBars, window }) => ({
      ...noBar(),
      previous: NaN,
      sign: 0,
      bought: 0,
      sold: 0,
      buys: 0,
      expectedTicks,
      /** What theta is expected to be in each tick of a bar; NaN before both sides are known. */
      expected: NaN,
      buyWeights: newWindowMean(window),
      sellWeights: newWindowMean(window),
      lengths: newWindowMean(previousBars, previousBars),
      shares: newWindowMean(previousBars, previousBars),
    }),

    advance(state, input, { bars }, from, to, options) {
      needSizes('runBars', options, input.size);
      const prices = priceColumns('runBars', input, options),
        { values, buyWeights, sellWeights, lengths, shares } = state,
        { size, side } = input,
        isSized = options.of !== 'tick',
        isValue = options.of === 'dollar',
        isAggressor = options.sign === 'aggressor' && side !== undefined;
      let { previous, sign, bought, sold, buys, expectedTicks, expected } = state,
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
        if (sign * weight > 0) {
          takeValue(buyWeights, weight);
          bought += weight;
          buys++;
        } else if (sign * weight < 0) {
          takeValue(sellWeights, weight);
          sold += weight;
        }
        if (expected !== expected && countOf(buyWeights) >= options.expectedTicks && countOf(sellWeights) >= options.expectedTicks) {
          takeStretch(state, prices, input, i, end + 1);
          i = end + 1;
          expected = expectedWeight(buyWeights, sellWeights, buys / values[tickCountField]);
        }
        if (!((bought > sold ? bought : sold) > expectedTicks * expected)) continue;
        takeStretch(state, prices, input, i, end + 1);
        i = end + 1;
        takeValue(lengths, values[tickCountField]);
        takeValue(shares, buys / values[tickCountField]);
        finishBar(state, bars, input, end);
        expectedTicks = nextLength(options, meanOf(lengths));
        expected = expectedWeight(buyWeights, sellWeights, meanOf(shares));
        bought = sold = buys = 0;
      }
      takeStretch(state, prices, input, i, to);
      state.previous = previous;
      state.sign = sign;
      state.bought = bought;
      state.sold = sold;
      state.buys = buys;
      state.expectedTicks = expectedTicks;
      state.expected = expected;
    },
  });

/** The larger side's part of what a tick is expected to weigh, with a share of buys. */
function expectedWeight(buyWeights: Float64Array, sellWeights: Float64Array, share: number): number {
  return Math.max(meanOf(buyWeights) * share, meanOf(sellWeights) * (1 - share));
}
