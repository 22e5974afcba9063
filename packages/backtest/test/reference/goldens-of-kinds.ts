/** Tiny cases worked by hand from section O of `fills.md`: kinds beside the first four, times in force and links. */
import type { Golden } from './goldens.ts';

const buy = { side: 1, quantity: 1, instrument: 'X' } as const, sell = { side: -1, quantity: 1, instrument: 'X' } as const;

export const goldensOfKinds: readonly Golden[] = [
  {
    name: 'a fill-or-kill fills whole at the first eligible quote or not at all', reading: 'O1', market: 'quotes', options: { quantity: 'shown' },
    rows: [[0, 100, 101, 9, 9], [10, 100, 101, 9, 3], [20, 100, 101, 9, 9]],
    on: { 0: a => { a.submit({ ...buy, quantity: 4, timeInForce: 'fok' }); a.submit({ ...buy, quantity: 3, kind: 'limit', price: 101, timeInForce: 'fok' }); a.submit({ ...buy, kind: 'limit', price: 100, timeInForce: 'fok' }); } },
    fills: ['1 1 101 3 taker'], events: ['0 cancel fillOrKill', '2 cancel fillOrKill'],
  },
  {
    name: 'a fill-or-kill that may only reduce is whole when the position is closed', reading: 'O1', market: 'quotes', options: { quantity: 'shown' },
    rows: [[0, 100, 101, 9, 9], [10, 100, 101, 9, 9], [20, 100, 101, 2, 9], [30, 100, 101, 1, 9], [40, 100, 101, 9, 9]],
    on: {
      0: a => { a.submit({ ...buy, quantity: 2 }); }, 1: a => { a.submit({ ...sell, quantity: 5, reduceOnly: true, timeInForce: 'fok' }); },
      2: a => { a.submit({ ...buy, quantity: 2 }); }, 3: a => { a.submit({ ...sell, quantity: 5, reduceOnly: true, timeInForce: 'fok' }); },
    },
    fills: ['0 1 101 2 taker', '1 2 100 2 taker', '2 3 101 2 taker', '3 4 100 2 taker'], events: ['1 cancel fillOrKill', '3 cancel fillOrKill'],
  },
  {
    name: 'a stop that is fill-or-kill and does not trigger at once is cancelled', reading: 'O1', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 104, 105]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stop', stopPrice: 103, timeInForce: 'fok' }); } }, fills: [], events: ['0 cancel fillOrKill'],
  },
  {
    name: 'a market-if-touched buys at the first ask at or below its price', reading: 'O2', market: 'quotes', rows: [[0, 100, 101], [10, 99, 100], [20, 97, 98], [30, 95, 96]],
    on: { 0: a => { a.submit({ ...buy, kind: 'marketIfTouched', stopPrice: 98.7 }); } }, fills: ['0 2 98 1 taker'],
  },
  {
    name: 'a market-if-touched sells at its slipped bid, and trades need no price beyond it', reading: 'O2', market: 'trades', rows: [[0, 100], [10, 101], [20, 103]], options: { costs: { slippage: 1 } },
    on: { 0: a => { a.submit({ ...sell, kind: 'marketIfTouched', stopPrice: 103 }); } }, fills: ['0 2 102 1 taker'],
  },
  {
    name: 'a limit-if-touched takes on its trigger quote within its limit, else rests at its limit', reading: 'O3', market: 'quotes', rows: [[0, 100, 101], [10, 97, 98], [20, 97, 98], [30, 95, 96]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limitIfTouched', stopPrice: 99, price: 99 }); a.submit({ ...buy, kind: 'limitIfTouched', stopPrice: 99, price: 97 }); } },
    fills: ['0 1 98 1 taker', '1 3 97 1 maker'], events: ['0 trigger none', '1 trigger none'],
  },
  {
    name: 'bars: a touched order fills at its price in the range, at the open beyond it', reading: 'O4', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 102, 97, 101], [20, 94, 95, 93, 94]],
    options: { costs: { halfSpread: 1 } },
    on: { 0: a => { a.submit({ ...buy, kind: 'marketIfTouched', stopPrice: 97 }); a.submit({ ...buy, kind: 'marketIfTouched', stopPrice: 96 }); } }, fills: ['0 1 98 1 taker', '1 2 95 1 taker'],
  },
  {
    name: 'bars: a limit-if-touched met in the range is a limit from the next bar on where its limit is worse', reading: 'O4', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 95, 99], [20, 99, 100, 95, 97]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limitIfTouched', stopPrice: 97, price: 96 }); a.submit({ ...buy, kind: 'limitIfTouched', stopPrice: 97, price: 97 }); } },
    fills: ['1 1 97 1 taker', '0 2 96 1 maker'], events: ['0 trigger none', '1 trigger none'],
  },
  {
    name: 'bars: in one bar the stop of a position comes before its touched target, unless the reading is optimistic', reading: '40, O4', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 100, 100, 100], [20, 100, 106, 94, 100]],
    on: { 0: a => { a.market(1, 1); }, 1: a => { a.submit({ ...sell, kind: 'marketIfTouched', stopPrice: 105, reduceOnly: true, linkGroup: 1, linkKind: 'oco' }); a.submit({ ...sell, kind: 'stop', stopPrice: 95, reduceOnly: true, linkGroup: 1, linkKind: 'oco' }); } },
    fills: ['0 1 100 1 taker', '2 2 95 1 taker'], events: ['1 cancel sibling'],
  },
  {
    name: 'a trailing sell fires at the first bid at or below its best bid less the distance, and pays the gap', reading: 'O5, O7', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 104, 105], [30, 102, 103], [40, 100, 101]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 3 }); } }, fills: ['0 4 100 1 taker'],
  },
  {
    name: 'its first eligible row begins the trail and cannot fire it, but the stop price that it was sent with can', reading: 'O5, O6', market: 'quotes', rows: [[0, 100, 101], [10, 90, 91], [20, 88, 89]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 2 }); a.submit({ ...sell, kind: 'trailingStop', trail: 2, stopPrice: 95 }); } }, fills: ['1 1 90 1 taker', '0 2 88 1 taker'],
  },
  {
    name: 'a trailing buy follows the ask down, in ticks and in basis points rounded away from the market', reading: 'O5', market: 'quotes', rows: [[0, 999, 1000], [10, 999, 1000], [20, 994, 995], [30, 996, 997], [40, 998, 999], [50, 999, 1000]],
    on: { 0: a => { a.submit({ ...buy, kind: 'trailingStop', trail: 4, trailUnit: 'ticks' }); a.submit({ ...buy, kind: 'trailingStop', trail: 42, trailUnit: 'basisPoints' }); } },
    // 995 + 4 = 999; 995 + 995 * 0.0042 = 999.179, up to 1000.
    fills: ['0 4 999 1 taker', '1 5 1000 1 taker'],
  },
  {
    name: 'with an activation price it trails from there on, and until then only its stop price holds', reading: 'O6', market: 'quotes', rows: [[0, 100, 101], [10, 103, 104], [20, 99, 100], [30, 105, 106], [40, 103, 104], [50, 102, 103]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 3, activationPrice: 105, stopPrice: 90 }); } }, fills: ['0 5 102 1 taker'],
  },
  {
    name: 'a replaced distance keeps the best price', reading: 'O8', market: 'quotes', rows: [[0, 100, 101], [10, 110, 111], [20, 106, 107], [30, 105, 106], [40, 104, 105]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 9 }); }, 2: a => { a.replace(0, { trail: 5 }); } }, fills: ['0 3 105 1 taker'], events: ['0 replace none'],
  },
  {
    name: 'crossed quotes and quotes with a NaN side neither raise nor fire it', reading: '12, O7', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 120, 110], [30, NaN, 90], [40, 80, 79], [50, 99, 100], [60, 97, 98]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 3 }); } }, fills: ['0 6 97 1 taker'],
  },
  {
    name: 'a trailing stop limit takes within its limit, else rests at it', reading: 'O7', market: 'quotes', rows: [[0, 100, 101], [10, 104, 105], [20, 101, 102], [30, 101, 102], [40, 103, 104]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStopLimit', trail: 3, price: 101 }); a.submit({ ...sell, kind: 'trailingStopLimit', trail: 3, price: 103 }); } },
    fills: ['0 2 101 1 taker', '1 4 103 1 maker'], events: ['0 trigger none', '1 trigger none'],
  },
  {
    name: 'bars: the old stop price is tested against the low before the high raises it', reading: 'O9', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 104, 99, 103], [20, 103, 110, 102, 109], [30, 109, 109, 104, 105]],
    // From 100 (the open of bar 1) to 104, 110: stops 95, 99, 105.
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 5 }); } }, fills: ['0 3 105 1 taker'],
  },
  {
    name: 'bars: a close beyond the raised stop price proves that it fired, there', reading: 'O9', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 110, 99, 103], [20, 103, 104, 102, 103]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop', trail: 5 }); } }, fills: ['0 1 105 1 taker'],
  },
  {
    name: 'a bracket whose stop trails: from the row after its entry on, and it ends its target', reading: 'O10', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 105, 106], [30, 102, 103]],
    on: { 0: a => { a.submit({ ...buy, stop: 95, stopTrail: 3, target: 120 }); } }, fills: ['0 1 101 1 taker', '1 3 102 1 taker'], events: ['2 cancel sibling'],
  },
  {
    name: 'bars: the trailing leg of an entry inside the range begins with the close of that bar', reading: 'O9, O10', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 120, 94, 97], [20, 97, 99, 95, 96], [30, 96, 97, 94, 95]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 95, stopTrail: 4 }); } },
    // 97 makes 93; the high of bar 2 makes 95, which its close of 96 does not reach.
    fills: ['0 1 95 1 maker', '1 3 95 1 taker'],
  },
  {
    name: 'what is no distance denies the order', reading: 'O5, O10', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101]],
    on: { 0: a => { a.submit({ ...sell, kind: 'trailingStop' }); a.submit({ ...sell, kind: 'trailingStop', trail: 0 }); a.submit({ ...sell, kind: 'trailingStop', trail: 10_000, trailUnit: 'basisPoints' }); a.submit({ ...buy, stopTrail: -1 }); } },
    fills: [], events: ['0 reject invalidPrice', '1 reject invalidPrice', '2 reject invalidPrice', '3 reject invalidPrice'],
  },
  {
    name: 'an order for the open waits for the first quote of the next session', reading: 'O11', market: 'quotes', sessionEnd: 25, rows: [[0, 100, 101], [10, 100, 102], [20, 100, 103], [30, 103, 104], [40, 100, 101]],
    on: { 0: a => { a.submit({ ...buy, kind: 'onOpen' }); } }, fills: ['0 3 104 1 taker'],
  },
  {
    name: 'an order for the open that comes before any row of the session fills at its first', reading: 'O11', market: 'quotes', sessionEnd: 25, rows: [[0, 100, 101], [30, 100, 102], [40, 100, 103]],
    on: { [-1]: a => { a.submit({ ...buy, kind: 'onOpen' }); } }, fills: ['0 0 101 1 taker'],
  },
  {
    name: 'a limit for the open takes within its limit, else it is cancelled there', reading: 'O11', market: 'quotes', sessionEnd: 25, rows: [[0, 100, 101], [10, 100, 101], [30, 102, 103], [40, 99, 100]],
    on: { 0: a => { a.submit({ ...buy, kind: 'onOpen', price: 103 }); a.submit({ ...buy, kind: 'onOpen', price: 102 }); } }, fills: ['0 2 103 1 taker'], events: ['1 cancel immediateOrCancel'],
  },
  {
    name: 'an order for the close fills at the last quote of its session, with slippage', reading: 'O12', market: 'quotes', sessionEnd: 25, rows: [[0, 100, 101], [10, 100, 102], [20, 100, 103], [30, 108, 109]], options: { costs: { slippage: 1 } },
    on: { 0: a => { a.submit({ ...buy, kind: 'onClose' }); } }, fills: ['0 2 104 1 taker'],
  },
  {
    name: 'a limit for the close fills within its limit, and what has met no row before the close expires', reading: 'O12', market: 'quotes', sessionEnd: 25, rows: [[0, 100, 101], [10, 100, 102], [20, 100, 103], [30, 108, 109]],
    on: { 0: a => { a.submit({ ...buy, kind: 'onClose', price: 103 }); a.submit({ ...buy, kind: 'onClose', price: 102 }); }, 2: a => { a.submit({ ...buy, kind: 'onClose' }); } },
    fills: ['0 2 103 1 taker'], events: ['1 expire timeInForce', '2 expire timeInForce'],
  },
  {
    name: 'bars: the open is that of the first bar that opens in the session, the close that of the last that closes by its end', reading: 'O13', market: 'bars', sessionEnd: 20, options: { costs: { halfSpread: 1 } },
    rows: [[0, 100, 101, 99, 100], [10, 103, 105, 99, 104], [20, 107, 108, 106, 107], [30, 109, 110, 108, 109]],
    on: { 0: a => { a.submit({ ...buy, kind: 'onOpen' }); a.submit({ ...buy, kind: 'onClose' }); }, 1: a => { a.submit({ ...buy, kind: 'onOpen' }); } },
    fills: ['1 1 105 1 taker', '0 2 108 1 taker', '2 2 108 1 taker'],
  },
  {
    name: 'to break even after one R: the stop price stands at the entry once the bid has gained what was risked', reading: 'O14', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 106, 107], [30, 107, 108], [40, 101, 102]],
    // Entry 101, R = 6: at 107 the stop price moves from 95 to 101.
    on: { 0: a => { a.submit({ ...buy, stop: 95, stopSteps: [{ profit: 1, stop: 0 }] }); } }, fills: ['0 1 101 1 taker', '1 4 101 1 taker'],
  },
  {
    name: 'a step that the market has not reached moves nothing, and steps in ticks count from the fill', reading: 'O14', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 105, 106], [30, 101, 102], [40, 108, 109], [50, 103, 104]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, stopSteps: [{ profit: 5, stop: -1 }, { profit: 7, stop: 2 }], stepUnit: 'ticks' }); } }, fills: ['0 1 101 1 taker', '1 5 103 1 taker'],
  },
  {
    name: 'bars: a close beyond the stop price to which the high had moved it proves that it fired', reading: 'O9, O14', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, 100, 111, 98, 99]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, stopSteps: [{ profit: 1, stop: 0 }] }); } }, fills: ['0 1 100 1 taker', '1 2 100 1 taker'],
  },
  {
    name: 'steps without anything to step by deny the order', reading: 'O14', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101]],
    on: { 0: a => { a.submit({ ...buy, stopSteps: [{ profit: 1, stop: 0 }] }); a.submit({ ...buy, stop: 90, stopSteps: [{ profit: 1, stop: 1 }] }); a.submit({ ...buy, stop: 90, stopTrail: 2, stopSteps: [{ profit: 1, stop: 0 }] }); } },
    fills: [], events: ['0 reject invalidPrice', '1 reject invalidPrice', '2 reject invalidPrice'],
  },
  {
    name: 'held for three rows: closed on the third row after the entry\'s', reading: 'O15', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 100, 101], [30, 100, 101], [40, 103, 104], [50, 100, 101]],
    on: { 0: a => { a.submit({ ...buy, holdRows: 3 }); } }, fills: ['0 1 101 1 taker', '1 4 103 1 taker'],
  },
  {
    name: 'bars: held for two bars', reading: 'O15', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, 102, 103, 99, 100], [30, 104, 105, 99, 100]],
    on: { 0: a => { a.submit({ ...buy, holdRows: 2 }); } }, fills: ['0 1 100 1 taker', '1 3 104 1 taker'],
  },
  {
    name: 'one triggers another: it arrives when the first fills, and not before', reading: 'O16', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 97, 98], [30, 96, 97], [40, 102, 103]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 98, linkGroup: 1, linkKind: 'oto' }); a.submit({ ...buy, linkGroup: 1, linkKind: 'oto' }); } }, fills: ['0 2 98 1 maker', '1 3 97 1 taker'],
  },
  {
    name: 'what waits for an order that is cancelled or denied ends with it', reading: 'O16', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 100, 101]],
    on: {
      0: a => { a.submit({ ...buy, kind: 'limit', price: 90, linkGroup: 1, linkKind: 'oto' }); a.submit({ ...buy, linkGroup: 1, linkKind: 'oto' }); a.submit({ ...buy, quantity: NaN, linkGroup: 2, linkKind: 'oto' }); a.submit({ ...buy, linkGroup: 2, linkKind: 'oto' }); },
      1: a => { a.cancel(0); },
    },
    fills: [], events: ['2 reject invalidQuantity', '3 reject parentEnded', '0 cancel requested', '1 cancel parentEnded'],
  },
  {
    name: 'a ladder: partial targets and a stop for all of it that is cut to what is left, and ends with the position', reading: 'O17', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 105, 106], [30, 90, 91], [40, 120, 121]],
    on: {
      0: a => {
        const rung = { ...sell, reduceOnly: true, linkGroup: 1, linkKind: 'oto' } as const;
        a.submit({ ...buy, quantity: 3, linkGroup: 1, linkKind: 'oto' });
        a.submit({ ...rung, quantity: 3, kind: 'stop', stopPrice: 95 });
        a.submit({ ...rung, kind: 'limit', price: 105 });
        a.submit({ ...rung, kind: 'limit', price: 110 });
      },
    },
    fills: ['0 1 101 3 taker', '2 2 105 1 maker', '1 3 90 2 taker'], events: ['1 cancel positionClosed', '3 cancel positionClosed'],
  },
];
