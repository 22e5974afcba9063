/** Signed volume: who was the aggressor of each trade, and how much. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { checkSign, tickSign, type SignOptions } from './tick-rule.ts';

/** What the trade brings besides its price. */
const tradeColumns = { size: 'f64', side: 'i8' } as const;

/**
 * Signed volume: each trade's size with the sign of its aggressor, by the tick rule or as the venue says.
 *
 * Definition  side +1 where the price is above that of the tick before, -1 below, the side of the tick before where equal, 0 before the first change; with
 *             `sign: 'aggressor'` the venue's side where it has one. signedVolume = side x size, of size 1 where there is no size. A row without a price has side 0
 *             and is passed over. Bars take the side by wiring: `bars: [volumeBars, 'trades', options, { side: 'signed/side' }]` counts buyVolume by it
 * Units       signedVolume as the sizes'     Lag  0
 * NaN         without a price or size signedVolume is NaN; the next price is compared with the last one that there was
 * Errors      RangeError for options
 * Source      C. Lee, M. Ready, Inferring trade direction from intraday data, Journal of Finance 46(2), 1991, 10.1111/j.1540-6261.1991.tb02683.x; M. López de Prado,
 *             Advances in Financial Machine Learning, Wiley 2018, section 2.3.2.1
 * Oracle      hand packages/core/src/bars/signed-volume.test.ts
 * Example     prices 5, 5, 6, 6, 4, sizes 1, 2, 3, 4, 5  ->  side 0, 0, 1, 1, -1; signedVolume 0, 0, 3, 4, -5
 */
export const signedVolume: Engine<SignOptions, { price: 'f64' }, { side: 'i8'; signedVolume: 'f64' }, {}, {}, typeof tradeColumns> =
  /* @__PURE__ */ defineEngine({
    name: 'signedVolume',
    input: { price: 'f64' },
    optional: tradeColumns,
    aligned: { side: 'i8', signedVolume: 'f64' },
    sparse: ['side', 'signedVolume'],
    units: { side: 'direction', signedVolume: 'signed' },
    defaults: { sign: 'tickRule' } as SignOptions,
    check: (options) => checkSign('signedVolume', options),
    mirror: 'exact',
    scale: 'exact',
    init: () => ({ previous: NaN, sign: 0 }),

    advance(state, { price, size, side: aggressor }, { side, signedVolume }, from, to, options) {
      const isAggressor = options.sign === 'aggressor' && aggressor !== undefined;
      let { previous, sign } = state;
      for (let i = from; i < to; i++) {
        const p = price[i];
        if (p !== p) {
          side[i] = 0;
          signedVolume[i] = NaN;
          continue;
        }
        sign = tickSign(p, previous, sign);
        if (isAggressor && aggressor[i] !== 0) sign = aggressor[i];
        previous = p;
        side[i] = sign;
        signedVolume[i] = sign * (size === undefined ? 1 : size[i]) + 0;
      }
      state.previous = previous;
      state.sign = sign;
    },
  });
