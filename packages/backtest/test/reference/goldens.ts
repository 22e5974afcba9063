/** Tiny cases worked by hand from the table of `contracts.md` 8 and from `fills.md`; each names the sentence that it rests on. */
import type { Group, MarketRows, SimulationOptions, SimulatorSetup, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Account, Actions, Now } from '../../src/strategy/strategy.ts';

/** [time, bid, ask] with optional sizes; [time, price]; [open time, open, high, low, close], one bar every 10. */
type Row = readonly number[];
type Step = (actions: Actions, account: Account) => void;

export interface Golden {
  readonly name: string;
  readonly reading: string;
  readonly market: 'quotes' | 'trades' | 'bars';
  readonly rows: readonly Row[];
  readonly starts?: readonly number[];
  /** What the strategy does on row n; -1 is the start. Ticks call on every row, bars at their close. */
  readonly on: { readonly [row: number]: Step };
  readonly options?: SimulationOptions;
  readonly sessionEnd?: number;
  readonly tick?: number;
  /** `order row price quantity liquidity`, in order. */
  readonly fills: readonly string[];
  /** `order event reason`, those that are no submit, plain accept or fill. */
  readonly events?: readonly string[];
  readonly cash?: number;
}

export function goldenSetup(golden: Golden): { setup: SimulatorSetup; rows: Group } {
  const { market, options = {}, on, sessionEnd = 1_000_000, tick = 1 } = golden, column = (k: number): Float64Array => Float64Array.from(golden.rows, row => row[k] ?? NaN);
  const time = BigInt64Array.from(golden.rows, row => BigInt(row[0])), closeTime = time.map(open => open + 10n);
  const base = { base: 0, length: time.length, time, starts: Float64Array.from(golden.starts ?? [0]) };
  const rows: MarketRows = market === 'quotes' ? { ...base, bid: column(1), ask: column(2), bidSize: column(3), askSize: column(4) }
    : market === 'trades' ? { ...base, price: column(1), size: column(2) } : { ...base, closeTime, open: column(1), high: column(2), low: column(3), close: column(4) };
  const instrument: TradedInstrument = { id: 'X', tick, quantityStep: 1, minimumQuantity: 1, multiplier: 1, market, sessionEnd: at => (at < BigInt(sessionEnd) ? BigInt(sessionEnd) : 2_000_000n) };
  const isBars = market === 'bars', name = isBars ? 'bars' : 'ticks', known = isBars ? closeTime : time;
  const now: Now & { row: number } = {
    kind: isBars ? 'bar' : 'tick', source: name, instrument: 'X', row: 0, base: 0, columns: {}, tables: {}, offsets: {}, report: undefined, get time() { return known[this.row]; },
  };
  const decide = (_state: unknown, seen: Now, account: Account, actions: Actions): void => {
    if (seen.kind === 'start') on[-1]?.(actions, account);
    if (seen.kind === now.kind) on[seen.base + seen.row]?.(actions, account);
  };
  return {
    setup: {
      strategyId: 'golden', instruments: [instrument], sources: [{ name, kind: isBars ? 'bar' : 'tick', instrument: 0, interval: isBars ? 10 : 0, now }], reports: false, equitySource: 0,
      from: 0n, to: 100_000n, decide, state: {}, options,
    },
    rows: { markets: [rows], decisions: [{ base: 0, length: known.length, time: known }] },
  };
}

const buy = { side: 1, quantity: 1, instrument: 'X' } as const, sell = { side: -1, quantity: 1, instrument: 'X' } as const;
const flat: readonly Row[] = [[0, 100, 101], [10, 100, 101], [20, 100, 101], [30, 100, 101]];

export const goldens: readonly Golden[] = [
  {
    name: 'a market order buys at the ask of the next quote, not of the one it was sent on', reading: '4, 14', market: 'quotes',
    rows: [[0, 100, 101], [10, 102, 104], [20, 90, 91]], on: { 0: a => { a.market(1, 1); } }, fills: ['0 1 104 1 taker'],
  },
  {
    name: 'a market order sells at the bid', reading: '14', market: 'quotes', rows: [[0, 100, 101], [10, 102, 104]], on: { 0: a => { a.market(-1, 1); } }, fills: ['0 1 102 1 taker'],
  },
  {
    name: 'a quote of equal time but later sequence is eligible', reading: '4', market: 'quotes', rows: [[0, 100, 101], [0, 102, 104]], on: { 0: a => { a.market(1, 1); } }, fills: ['0 1 104 1 taker'],
  },
  {
    name: 'latency makes quotes before the arrival ineligible, and the one at the arrival eligible', reading: '3, 4', market: 'quotes',
    rows: [[0, 100, 101], [9, 102, 103], [10, 104, 105]], options: { latency: { submit: 10 } }, on: { 0: a => { a.market(1, 1); } }, fills: ['0 2 105 1 taker'],
  },
  {
    name: 'crossed quotes and quotes with a NaN side fill nothing', reading: '12', market: 'quotes', rows: [[0, 100, 101], [10, 105, 104], [20, NaN, 104], [30, 100, NaN], [40, 103, 104]],
    on: { 0: a => { a.market(1, 1); } }, fills: ['0 4 104 1 taker'],
  },
  {
    name: 'a locked quote is a market', reading: '12', market: 'quotes', rows: [[0, 100, 101], [10, 104, 104]], on: { 0: a => { a.market(1, 1); } }, fills: ['0 1 104 1 taker'],
  },
  {
    name: 'crossed quotes trade where the option says so', reading: '12', market: 'quotes', rows: [[0, 100, 101], [10, 105, 104]], options: { crossed: 'trade' },
    on: { 0: a => { a.market(1, 1); } }, fills: ['0 1 104 1 taker'],
  },
  {
    name: 'a limit that the standing and the first quote satisfy takes at the first quote', reading: '15', market: 'quotes', rows: [[0, 100, 101], [10, 97, 98]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 101 }); } }, fills: ['0 1 98 1 taker'],
  },
  {
    name: 'a limit that only the first quote satisfies fills at its own price as maker, also when the quote jumps through it', reading: '16', market: 'quotes', rows: [[0, 100, 101], [10, 97, 98]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 100 }); } }, fills: ['0 1 100 1 maker'],
  },
  {
    name: 'a resting limit fills where the ask equals it', reading: '16', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 98, 99]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 99 }); } }, fills: ['0 2 99 1 maker'],
  },
  {
    name: 'at the start of a session a resting limit gets the better ask', reading: '16', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 95, 96]], starts: [0, 2],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 99 }); } }, fills: ['0 2 96 1 maker'],
  },
  {
    name: 'without a standing quote a limit rests; the first row of a run starts a session', reading: '16', market: 'quotes', rows: [[0, 100, 101]],
    on: { [-1]: a => { a.submit({ ...buy, kind: 'limit', price: 105 }); } }, fills: ['0 0 101 1 maker'],
  },
  {
    name: 'a buy stop triggers where the ask equals it', reading: '17', market: 'quotes', rows: [[0, 100, 101], [10, 101, 102], [20, 102, 103]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stop', stopPrice: 103 }); } }, fills: ['0 2 103 1 taker'],
  },
  {
    name: 'a stop pays the gap', reading: '17', market: 'quotes', rows: [[0, 100, 101], [10, 90, 92]], on: { 0: a => { a.submit({ ...sell, kind: 'stop', stopPrice: 99 }); } }, fills: ['0 1 90 1 taker'],
  },
  {
    name: 'slippage goes against a taker', reading: '14, 17', market: 'quotes', rows: [[0, 100, 101], [10, 90, 92]], options: { costs: { slippage: 2 } },
    on: { 0: a => { a.submit({ ...sell, kind: 'stop', stopPrice: 99 }); } }, fills: ['0 1 88 1 taker'],
  },
  {
    name: 'a stop limit fills on its trigger quote when the ask is within its limit', reading: '18', market: 'quotes', rows: [[0, 100, 101], [10, 102, 103]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stopLimit', stopPrice: 102, price: 104 }); } }, fills: ['0 1 103 1 taker'], events: ['0 trigger none'],
  },
  {
    name: 'a stop limit whose trigger quote is beyond its limit rests at the limit', reading: '18', market: 'quotes', rows: [[0, 100, 101], [10, 105, 106], [20, 102, 103]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stopLimit', stopPrice: 102, price: 104 }); } }, fills: ['0 2 104 1 maker'], events: ['0 trigger none'],
  },
  {
    name: 'an ioc limit takes at the first quote or is cancelled', reading: '20', market: 'quotes', rows: [[0, 100, 101], [10, 97, 98], [20, 90, 91]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 99, timeInForce: 'ioc' }); a.submit({ ...buy, kind: 'limit', price: 97, timeInForce: 'ioc' }); } },
    fills: ['0 1 98 1 taker'], events: ['1 cancel immediateOrCancel'],
  },
  {
    name: 'a post-only limit is rejected where it would take and rests where only the first quote satisfies it', reading: '20', market: 'quotes', rows: [[0, 100, 101], [10, 97, 98]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 101, postOnly: true }); a.submit({ ...buy, kind: 'limit', price: 100, postOnly: true }); } },
    fills: ['1 1 100 1 maker'], events: ['0 reject wouldTake'],
  },
  {
    name: 'a day order is gone before a row at the end of its session', reading: '21', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 97, 98]], sessionEnd: 20,
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 99, timeInForce: 'day' }); } }, fills: [], events: ['0 expire timeInForce'],
  },
  {
    name: 'shown: a fill takes what is displayed and the rest waits', reading: '22', market: 'quotes', rows: [[0, 100, 101, 5, 5], [10, 100, 101, 9, 2], [20, 101, 102, 9, 0], [30, 102, 103, 9, 4]],
    options: { quantity: 'shown' }, on: { 0: a => { a.market(1, 5); } }, fills: ['0 1 101 2 taker', '0 3 103 3 taker'],
  },
  {
    name: 'legs rest from the entry\'s fill on and are first tested on the next row; the sibling goes', reading: '10, 23, 24', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 106, 107]],
    on: { 0: a => { a.submit({ ...buy, stop: 95, target: 105 }); } }, fills: ['0 1 101 1 taker', '2 2 105 1 maker'], events: ['1 cancel sibling'], cash: 100_004,
  },
  {
    name: 'a stop leg that is through when it comes to rest fills on the next row', reading: '25', market: 'quotes', rows: [[0, 100, 101], [10, 90, 91], [20, 89, 90]],
    on: { 0: a => { a.submit({ ...buy, stop: 95 }); } }, fills: ['0 1 91 1 taker', '1 2 89 1 taker'], events: ['1 accept throughOnArrival'],
  },
  {
    name: 'a target that is through on its entry\'s row and on the next takes there', reading: '25, 57', market: 'quotes', rows: [[0, 100, 101], [10, 110, 111], [20, 112, 113]],
    on: { 0: a => { a.submit({ ...buy, target: 105 }); } }, fills: ['0 1 111 1 taker', '1 2 112 1 taker'], events: ['1 accept throughOnArrival'],
  },
  {
    name: 'a time leg closes on the first row at or after fill time + hold', reading: '26', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [24, 100, 101], [25, 103, 104]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, hold: 15 }); } }, fills: ['0 1 101 1 taker', '2 3 103 1 taker'], events: ['1 cancel sibling'],
  },
  {
    name: 'a time leg without hold and the target come to rest together: the target, by its id, is matched first', reading: '9, 26', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [10, 106, 107]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, target: 105, hold: 0 }); } }, fills: ['0 1 101 1 taker', '2 2 105 1 maker'], events: ['1 cancel sibling', '3 cancel sibling'],
  },
  {
    name: 'another order that closes the position cancels the legs', reading: '27', market: 'quotes', rows: flat,
    on: { 0: a => { a.submit({ ...buy, stop: 90, target: 110 }); }, 1: a => { a.market(-1, 1); } }, fills: ['0 1 101 1 taker', '3 2 100 1 taker'],
    events: ['1 cancel positionClosed', '2 cancel positionClosed'], cash: 99_999,
  },
  {
    name: 'a reduce-only order fills at most the position and ends when there is none', reading: '28', market: 'quotes', rows: flat,
    on: { 0: a => { a.market(1, 2); }, 1: a => { a.submit({ ...sell, quantity: 5, reduceOnly: true }); a.submit({ ...sell, reduceOnly: true }); } },
    fills: ['0 1 101 2 taker', '1 2 100 2 taker'], events: ['2 cancel nothingToReduce', '1 cancel nothingToReduce'],
  },
  {
    name: 'a fill of one of an OCO pair cancels the other', reading: '29', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 103, 104]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stop', stopPrice: 104, linkGroup: 1, linkKind: 'oco' }); a.submit({ ...sell, kind: 'stop', stopPrice: 98, linkGroup: 1, linkKind: 'oco' }); } },
    fills: ['0 2 104 1 taker'], events: ['1 cancel sibling'],
  },
  {
    name: 'a cancelled entry takes its held legs along', reading: '24, 30', market: 'quotes', rows: flat, on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 90, stop: 80, target: 99 }); }, 1: a => { a.cancel(0); a.cancel(0); a.cancel(77); } },
    fills: [], events: ['0 cancel requested', '1 cancel parentEnded', '2 cancel parentEnded', '0 cancelReject alreadyClosed', '77 cancelReject unknownOrder'],
  },
  {
    name: 'a replaced limit arrives anew: it may take at once', reading: '15, 31', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 98, 99]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 90 }); }, 1: a => { a.replace(0, { price: 102, quantity: 2 }); } }, fills: ['0 2 99 2 taker'], events: ['0 replace none'],
  },
  {
    name: 'a cancel that is faster than its order waits for it', reading: '32', market: 'quotes', rows: flat, options: { latency: { submit: 15, cancel: 5 } },
    on: { 0: a => { a.market(1, 1); a.cancel(0); } }, fills: [], events: ['0 cancel requested'],
  },
  {
    name: 'a fill through zero closes first, then opens at its price; fees are rounded each', reading: '33, 34, 62', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 110, 111], [30, 110, 111]],
    on: { 0: a => { a.market(1, 2); }, 1: a => { a.market(-1, 3); }, 2: a => { a.market(1, 1); } }, options: { costs: { perUnit: 0.0000004, takerBasisPoints: 1 } },
    // Fees: 0.02020080 -> 0.020201, 0.0330012 -> 0.033001, 0.0111004 -> 0.0111; profits 18 and -1.
    fills: ['0 1 101 2 taker', '1 2 110 3 taker', '2 3 111 1 taker'], cash: 100_016.935698,
  },
  {
    name: 'requests without sense are denied with their reason', reading: '35, 58', market: 'quotes', rows: flat,
    on: { 0: a => { a.market(1, NaN); a.market(1, -1); a.market(0, 1); a.submit({ ...buy, kind: 'limit' }); a.submit({ ...buy, kind: 'stop', stopPrice: NaN }); } },
    fills: [], events: ['0 reject invalidQuantity', '1 reject invalidQuantity', '2 reject zeroQuantity', '3 reject invalidPrice', '4 reject invalidPrice'],
  },
  {
    name: 'limits go to the passive side of the grid, stops away from the market', reading: '36', market: 'quotes', rows: [[0, 100, 101], [10, 99, 100], [20, 101, 102]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 99.7 }); a.submit({ ...buy, kind: 'stop', stopPrice: 101.2 }); } }, fills: ['1 2 102 1 taker'], events: ['0 cancel endOfData'],
  },
  {
    name: 'trades: a market order pays half the spread, a limit needs a print through it', reading: '14, 16', market: 'trades', rows: [[0, 100], [10, 103], [20, 98], [30, 97]], options: { costs: { halfSpread: 1 } },
    on: { 0: a => { a.market(1, 1); a.submit({ ...buy, kind: 'limit', price: 98 }); } }, fills: ['0 1 104 1 taker', '1 3 98 1 maker'],
  },
  {
    name: 'trades: touch fills a limit at a print of its price', reading: '16', market: 'trades', rows: [[0, 100], [10, 103], [20, 98]], options: { limitFill: 'touch' },
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 98 }); } }, fills: ['0 2 98 1 maker'],
  },
  {
    name: 'trades: a limit takes only where price and half spread are within it, before and after its arrival', reading: '15', market: 'trades', rows: [[0, 100], [10, 100]], options: { costs: { halfSpread: 1 } },
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 101 }); } }, fills: ['0 1 101 1 taker'],
  },
  {
    name: 'bars: a market order fills at the next open with half the spread', reading: '5, 39', market: 'bars', rows: [[0, 100, 105, 95, 102], [10, 103, 110, 90, 104]], options: { costs: { halfSpread: 1 } },
    on: { 0: a => { a.market(1, 1); } }, fills: ['0 1 104 1 taker'],
  },
  {
    name: 'bars: a stop fills at the worse of its price and the open', reading: '39', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 108, 99, 104], [20, 112, 113, 111, 112]],
    on: { 0: a => { a.submit({ ...buy, kind: 'stop', stopPrice: 107 }); a.submit({ ...buy, kind: 'stop', stopPrice: 110 }); } }, fills: ['0 1 107 1 taker', '1 2 112 1 taker'],
  },
  {
    name: 'bars: a limit needs a low through it', reading: '39', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 95, 99], [20, 99, 100, 94, 96]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 95 }); } }, fills: ['0 2 95 1 maker'],
  },
  {
    name: 'bars, pessimistic: the stop leg comes before the target in one bar', reading: '40', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, 100, 120, 80, 100]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, target: 110 }); } }, fills: ['0 1 100 1 taker', '1 2 90 1 taker'], events: ['2 cancel sibling'],
  },
  {
    name: 'bars, optimistic: the target comes first', reading: '40', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 99, 100], [20, 100, 120, 80, 100]], options: { intrabar: 'optimistic' },
    on: { 0: a => { a.submit({ ...buy, stop: 90, target: 110 }); } }, fills: ['0 1 100 1 taker', '2 2 110 1 maker'], events: ['1 cancel sibling'],
  },
  {
    name: 'bars: a leg of an entry at the open sees the whole range of that bar', reading: '41', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 112, 99, 105]],
    on: { 0: a => { a.submit({ ...buy, stop: 90, target: 110 }); } }, fills: ['0 1 100 1 taker', '2 1 110 1 maker'], events: ['1 cancel sibling'],
  },
  {
    name: 'bars: a leg of an entry inside the range sees the close only', reading: '41, 69', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 112, 94, 100], [20, 100, 100, 93, 93]],
    // Bar 1 dips to 94 after 112, or before it: the high of 112 proves nothing for the target of 110 of an entry at 95.
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 95, stop: 90, target: 110 }); } }, fills: ['0 1 95 1 maker'], events: ['1 cancel endOfData', '2 cancel endOfData'],
  },
  {
    name: 'bars: a close beyond the stop proves that it was passed after the entry', reading: '41, 69', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 101, 85, 88]],
    on: { 0: a => { a.submit({ ...buy, kind: 'limit', price: 95, stop: 90, target: 110 }); } }, fills: ['0 1 95 1 maker', '1 1 90 1 taker'], events: ['2 cancel sibling'],
  },
  {
    name: 'bars: a stop limit met in the range fills at its stop within the limit, else it waits for the next bar', reading: '42', market: 'bars', rows: [[0, 100, 101, 99, 100], [10, 100, 106, 99, 104], [20, 104, 105, 100, 104]],
    options: { costs: { halfSpread: 1 } },
    on: { 0: a => { a.submit({ ...buy, kind: 'stopLimit', stopPrice: 103, price: 104 }); a.submit({ ...buy, kind: 'stopLimit', stopPrice: 103, price: 103 }); } },
    fills: ['0 1 104 1 taker', '1 2 103 1 maker'], events: ['0 trigger none', '1 trigger none'],
  },
  {
    name: 'bars: sameClose fills a market order at the close of the bar that decided it', reading: '44, 71', market: 'bars', rows: [[0, 100, 105, 95, 102], [10, 103, 110, 90, 104]], options: { fillAt: 'sameClose', costs: { halfSpread: 1 } },
    on: { 0: a => { a.market(1, 1); } }, fills: ['0 0 103 1 taker'],
  },
  {
    name: 'at the end working orders are cancelled and a position is closed at its mark where asked', reading: '37, 65', market: 'quotes', rows: [[0, 100, 101], [10, 100, 101], [20, 107, 109]], options: { atEnd: 'close' },
    on: { 0: a => { a.submit({ ...buy, stop: 90 }); } }, fills: ['0 1 101 1 taker', '2 2 107 1 taker'], events: ['1 cancel endOfData'], cash: 100_006,
  },
];
