/** Tiny cases worked by hand from section H of `fills.md`: several positions of an instrument at once. */
import type { Golden } from './goldens.ts';

const buy = { side: 1, quantity: 1, instrument: 'X' } as const, sell = { side: -1, quantity: 1, instrument: 'X' } as const, hedging = { positionMode: 'hedging' } as const;
const flat = [[0, 100, 101], [10, 100, 101], [20, 100, 101], [30, 100, 101]];

export const goldensOfHedging: readonly Golden[] = [
  {
    name: 'hedging: a sale beside a purchase closes nothing: both cost their spread', reading: 'H1, H5', market: 'quotes', rows: flat, options: { ...hedging, atEnd: 'close' },
    on: { 0: a => { a.market(1, 2); }, 1: a => { a.market(-1, 2); } },
    // Long 2 at 101, short 2 at 100; closed at the end at 100 and 101.
    fills: ['0 1 101 2 taker', '1 2 100 2 taker', '2 3 100 2 taker', '3 3 101 2 taker'], cash: 99_996,
  },
  {
    name: 'hedging: an order with a position reduces that one, at most what it holds, and ends with it', reading: 'H2, H4', market: 'quotes', rows: [...flat, [40, 104, 105], [50, 104, 105]], options: hedging,
    on: { 0: a => { a.market(1, 1); a.market(1, 3); }, 3: a => { a.submit({ ...sell, quantity: 5, positionId: 1 }); } },
    // The second position is closed whole, the first stays; what was left of the order goes with the position.
    fills: ['0 1 101 1 taker', '1 1 101 3 taker', '2 4 104 3 taker'], events: ['2 cancel positionClosed'], cash: 100_009,
  },
  {
    name: 'hedging: a reduce-only order takes the oldest on the other side, row by row', reading: 'H2', market: 'quotes', rows: [...flat, [40, 104, 105], [50, 106, 107]], options: hedging,
    on: { 0: a => { a.market(1, 1); a.market(-1, 1); a.market(1, 2); }, 3: a => { a.submit({ ...sell, quantity: 3, reduceOnly: true }); } },
    fills: ['0 1 101 1 taker', '1 1 100 1 taker', '2 1 101 2 taker', '3 4 104 1 taker', '3 5 106 2 taker'], cash: 100_013,
  },
  {
    name: 'hedging: the oldest is the one that was filled first, whatever its id', reading: 'H2', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 97, 98], [30, 104, 105], [40, 104, 105]], options: hedging,
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 98 }); a.market(1, 1); }, 2: a => { a.submit({ ...sell, reduceOnly: true }); } },
    fills: ['1 1 101 1 taker', '0 2 98 1 maker', '2 3 104 1 taker'], cash: 100_003,
  },
  {
    name: 'hedging: legs are bound to their own entry, and another position on their side goes on', reading: 'H3, H4', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 106, 107], [30, 94, 95]], options: hedging,
    on: { 0: a => { a.submit({ ...buy, stop: 95, target: 105 }); a.submit({ ...buy, stop: 95 }); } },
    fills: ['0 1 101 1 taker', '3 1 101 1 taker', '2 2 105 1 maker', '4 3 94 1 taker'], events: ['1 cancel sibling'], cash: 99_997,
  },
  {
    name: 'hedging: a position that is gone, that never was or is of the other side leaves nothing to reduce', reading: 'H2', market: 'quotes', rows: flat, options: hedging,
    on: { 0: a => { a.market(1, 1); }, 1: a => { a.submit({ ...sell, positionId: 0 }); a.submit({ ...sell, positionId: 0 }); a.submit({ ...sell, positionId: 9 }); a.submit({ ...buy, positionId: 0 }); } },
    fills: ['0 1 101 1 taker', '1 2 100 1 taker'], events: ['2 cancel positionClosed', '4 cancel positionClosed', '3 cancel nothingToReduce'],
  },
  {
    name: 'hedging: an order that still opens ends with its position', reading: 'H4', market: 'quotes', rows: [[0, 100, 101, 9, 9], [10, 100, 101, 9, 1], [20, 100, 101, 9, 0], [30, 103, 104, 9, 0], [40, 100, 101, 9, 9]], options: { ...hedging, quantity: 'shown' },
    on: { 0: a => { a.market(1, 3); }, 2: a => { a.submit({ ...sell, positionId: 0 }); } }, fills: ['0 1 101 1 taker', '1 3 103 1 taker'], events: ['0 cancel sibling'], cash: 100_002,
  },
  {
    name: 'hedging: exits that wait for an order close its position and no other', reading: 'H3, O17', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 105, 106], [30, 90, 91]], options: hedging,
    on: {
      0: a => {
        a.market(1, 5);
        a.submit({ ...buy, quantity: 2, linkGroup: 1, linkKind: 'oto' });
        a.submit({ ...sell, quantity: 2, kind: 'stop', stopPrice: 95, reduceOnly: true, linkGroup: 1, linkKind: 'oto' });
        a.submit({ ...sell, kind: 'limit', price: 105, reduceOnly: true, linkGroup: 1, linkKind: 'oto' });
      },
    },
    fills: ['0 1 101 5 taker', '1 1 101 2 taker', '3 2 105 1 maker', '2 3 90 1 taker'], events: ['2 cancel positionClosed'], cash: 99_993,
  },
  {
    name: 'hedging: as many positions as are allowed, of one instrument too', reading: 'H6', market: 'quotes', rows: flat, options: { ...hedging, limits: { maximumPositions: 2 } },
    on: { 0: a => { a.market(1, 1); a.market(-1, 1); a.market(1, 1); } }, fills: ['0 1 101 1 taker', '1 1 100 1 taker'], events: ['2 cancel positionLimit'],
  },
  {
    name: 'hedging: both sides need margin', reading: 'H7', market: 'quotes', rows: [[0, 100, 100], [10, 100, 100], [20, 100, 100]], options: { ...hedging, cash: 150, margin: { initial: 0.5, maintenance: 0 } },
    // 2 and 1 at 100 need 150; a third on either side would need 200.
    on: { 0: a => { a.market(1, 2); a.market(-1, 1); a.market(-1, 1); } }, fills: ['0 1 100 2 taker', '1 1 100 1 taker'], events: ['2 cancel insufficientCash'],
  },
  {
    name: 'hedging: liquidation closes every position, in order of opening', reading: 'H7', market: 'quotes', rows: [[0, 100, 100], [10, 100, 100], [20, 60, 60], [30, 40, 40]], options: { ...hedging, cash: 160, margin: { initial: 0.3, maintenance: 0.25 } },
    // Long 3 and short 1: at 60 they have lost 80, and equity of 80 carries maintenance of 60; at 40 it is 40 against 40.
    on: { 0: a => { a.market(-1, 1); a.market(1, 3); } }, fills: ['0 1 100 1 taker', '1 1 100 3 taker', '2 3 40 1 taker', '3 3 40 3 taker'], cash: 40,
  },
  {
    name: 'hedging, bars: the price at which both sides together end the account', reading: 'H8', market: 'bars', rows: [[0, 100, 100, 100, 100], [10, 100, 100, 100, 100], [20, 100, 101, 35, 36]], options: { ...hedging, cash: 160, margin: { initial: 0.3, maintenance: 0.25 } },
    // (0 - 160 + 300 - 100) / (2 - 0.25 x 4) = 40.
    on: { 0: a => { a.market(-1, 1); a.market(1, 3); } }, fills: ['0 1 100 1 taker', '1 1 100 3 taker', '2 2 40 1 taker', '3 2 40 3 taker'], cash: 40,
  },
];
