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
];
