// Oracle: the same orders over the same prices in units that never split; and figures worked by hand.
import type { GivenAction } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import type { SimulationOptions } from '../../src/simulator/setup.ts';
import type { OrderRequest } from '../../src/strategy/strategy.ts';
import { buy, play, type Played, type Step } from './played-actions.ts';

/** 4 for 1 between the third row and the fourth. */
const four: GivenAction = { kind: 'split', time: 25n, numerator: 4 };
/** Prices in units after the split; `scale` 4: the first three rows are quoted before it. */
const path = (scale: number, later: readonly number[]): number[][] => [25, 25, 25.5, ...later].map((bid, k) => (k < 3 ? [10 * k, bid * scale, (bid + 0.01) * scale] : [10 * k, bid, bid + 0.01]));
const bars = (scale: number, later: readonly number[]): number[][] => [25, 25, 25.5, ...later].map((at, k) => [10 * k, at, at + 0.25, at - 0.25, at].map((value, column) => (column > 0 && k < 3 ? value * scale : value)));

/** What is sent on the first row, in units before the split where `p` is 4: prices times p, quantities over it. */
type Sent = (p: number) => readonly OrderRequest[];
const long = (p: number, more: object): OrderRequest => ({ side: 1, quantity: 40 / p, instrument: 'X', ...more });
const sale = (p: number, more: object): OrderRequest => ({ ...long(p, more), side: -1 });

/** The run with a split, and the one whose units never split; their fills after it have to be the same. */
function both(sent: Sent, later: readonly number[], kind: 'quotes' | 'bars' = 'quotes', options: SimulationOptions = {}, then?: (p: number) => { readonly [row: number]: Step }): { readonly split: Played; readonly never: Played; readonly isSame: boolean } {
  const rowsOf = kind === 'bars' ? bars : path, on = (p: number): { readonly [row: number]: Step } => ({ 0: actions => { for (const order of sent(p)) actions.submit(order); }, ...then?.(p) });
  const split = play({ kind, rows: rowsOf(4, later), list: [{ ...four, time: kind === 'bars' ? 30n : 25n }], on: on(4), options }), never = play({ kind, rows: rowsOf(1, later), list: [], on: on(1), options });
  const after = ({ fills }: Played): string[] => fills.filter(fill => Number(fill.slice(fill.indexOf('@') + 1).split(' ')[0]) > 25);
  return { split, never, isSame: JSON.stringify(after(split)) === JSON.stringify(after(never)) && Math.abs(split.equity - never.equity) < 1e-6 && after(split).length > 0 };
}

const rising = [25.25, 26, 27, 25.5, 24.5, 22, 21];
const cases: readonly (readonly [string, Sent])[] = [
  ['a trailing stop in price', p => [long(p, { stopTrail: 1.5 * p })]],
  ['a trailing stop in ticks', p => [long(p, { stopTrail: 150 * p, trailUnit: 'ticks' })]],
  ['a trailing stop in basis points', p => [long(p, { stopTrail: 300, trailUnit: 'basisPoints' })]],
  ['a trailing stop beside a stop price', p => [long(p, { stop: 24 * p, stopTrail: 4 * p })]],
  ['a trailing stop that waits for its activation price', p => [long(p, {}), sale(p, { kind: 'trailingStop', trail: p, activationPrice: 26 * p, reduceOnly: true })]],
  ['a leg that trails from a price on', p => [long(p, { stop: 20 * p, stopTrail: 1 * p, trailFrom: 26 * p })]],
  ['a trailing stop limit', p => [long(p, {}), sale(p, { kind: 'trailingStopLimit', trail: p, price: 25 * p, reduceOnly: true })]],
  ['to break even after one R', p => [long(p, { stop: 24.01 * p, stopSteps: [{ profit: 1, stop: 0 }] })]],
  ['several steps of R', p => [long(p, { stop: 24.01 * p, stopSteps: [{ profit: 0.5, stop: -0.5 }, { profit: 1.5, stop: 0.5 }] })]],
  ['steps in price', p => [long(p, { stop: 23 * p, stopSteps: [{ profit: 1 * p, stop: -0.25 * p }, { profit: 1.75 * p, stop: 0.5 * p }], stepUnit: 'price' })]],
  ['steps in ticks', p => [long(p, { stop: 23 * p, stopSteps: [{ profit: 100 * p, stop: 25 * p }], stepUnit: 'ticks' })]],
  ['steps of an entry that fills after the split', p => [long(p, { kind: 'stop', stopPrice: 26 * p, stop: 25.6 * p, stopSteps: [{ profit: 50 * p, stop: 0 }], stepUnit: 'ticks' })]],
  ['R of an entry that fills after the split', p => [long(p, { kind: 'stop', stopPrice: 26 * p, stop: 25.51 * p, stopSteps: [{ profit: 1, stop: 0.5 }] })]],
  ['a trailing leg of an entry that fills after the split', p => [long(p, { kind: 'stop', stopPrice: 26 * p, stopTrail: 0.75 * p })]],
];

describe('a split and stop prices that follow the market', () => {
  test.each(cases)('%s goes on as if there had been none', (_, sent) => {
    for (const kind of ['quotes', 'bars'] as const) {
      const { split, never, isSame } = both(sent, rising, kind);
      expect([kind, isSame, split.fills, never.fills].slice(0, isSame ? 2 : 4)).toEqual([kind, true]);
      expect(split.conservation.difference).toBe(0);
    }
  });

  test('the distance and the best price are divided, and the replace says the new stop price', () => {
    const { split } = both(p => [long(p, { stopTrail: 1.5 * p })], rising);
    // Best bid 102 before it, 25.5 after it: 25.5 - 1.5 = 24; at 27 the stop price is 25.5, which the next row reaches.
    expect(split.events).toEqual(['1 replace 40 at 24']);
    expect(split.fills).toEqual(['0 X 1@10 10 at 100.04', '1 X 6@60 -40 at 25.5']);
  });

  test('the break-even trigger and its stop price are divided', () => {
    const { split } = both(p => [long(p, { stop: 24.01 * p, stopSteps: [{ profit: 1, stop: 0 }] })], rising);
    // Entry 25.01, R 1: at 26.01 to 25.01; 27 reaches it, 24.5 fires it.
    expect(split.events).toEqual(['1 replace 40 at 24.01']);
    expect(split.fills[1]).toBe('1 X 7@70 -40 at 24.5');
  });

  test('a new distance that is under way arrives on the new scale, one in basis points as it is', () => {
    for (const [trail, unit, to] of [[3, 'price', 0.5], [300, 'ticks', 50], [1000, 'basisPoints', 200]] as const) {
      const own = (p: number): number => (unit === 'basisPoints' ? 1 : p);
      const { isSame, split } = both(p => [long(p, { stopTrail: trail * own(p), trailUnit: unit })], rising, 'quotes', { latency: { replace: 8 } }, p => ({ 2: actions => actions.replace(1, { trail: to * own(p) }) }));
      expect([unit, isSame, split.fills[1]]).toEqual([unit, true, '1 X 6@60 -40 at 25.5']);
    }
  });

  test('cut anywhere and restored from a snapshot it is the same', () => {
    for (const [, sent] of cases) {
      const on: { readonly [row: number]: Step } = { 0: actions => { for (const order of sent(4)) actions.submit(order); } }, rows = path(4, rising), whole = play({ rows, list: [four], on });
      for (const at of [10n, 24n, 25n, 29n, 30n, 45n]) expect(play({ rows, list: [four], on, cuts: [at] }).fills).toEqual(whole.fills);
    }
  });
});

describe('a split and lots', () => {
  const rows = [[0, 10, 10.04], [10, 10, 10.04], [20, 12, 12.04], [30, 8, 8.02], [40, 9, 9.02]], list: GivenAction[] = [{ kind: 'split', time: 25n, numerator: 3, denominator: 2 }], lots = (played: Played) => played.output.roundTrips;
  const column = (table: ReturnType<typeof lots>, name: string): number[] => [...((table.columns[name] as Float64Array | undefined) ?? [])].slice(0, table.length).map(value => Number(value.toFixed(9)));

  test('multiplies each of them and divides its price, parts of a step included', () => {
    // 1 at 10.04 and 2 at 12.04 are 1.5 at 6.69.. and 3 at 8.02..; together 4.5, of which 0.5 of the oldest is paid out at 12 / 1.5 = 8.
    const played = play({ rows, list, options: { lots: 'fifo' }, on: { 0: buy(1), 1: buy(2), 3: actions => void actions.market(-1, 2) } }), old = (10.04 * 2) / 3, young = (12.04 * 2) / 3, { conservation, cash } = played;
    expect(played.seen.held).toEqual([0, 1, 3, 4, 2]);
    expect(cash).toBeCloseTo(100_000 + 0.5 * (8 - old) + 1 * (9 - old) + 1 * (9 - young), 5);
    expect(conservation.difference).toBe(0);
    // The oldest lot is over, the other is not.
    expect([column(lots(played), 'lotId'), column(lots(played), 'quantity'), column(lots(played), 'gross')]).toEqual([[0], [1.5], [Number((Math.round(5e5 * (8 - old)) / 1e6 + Math.round(1e6 * (9 - old)) / 1e6).toFixed(9))]]);
  });

  test('whole lots stay whole, and what is realised is that of the old units', () => {
    for (const at of [[], [24n], [25n], [35n]]) {
      const { cash, conservation, output } = play({ rows, list: [{ kind: 'split', time: 25n, numerator: 2 }], options: { lots: 'fifo' }, cuts: at, on: { 0: buy(1), 1: buy(2), 3: actions => void actions.market(-1, 6) } });
      // 2 at 5.02, 4 at 6.02, all at 9.
      expect([cash, conservation.difference]).toEqual([100_000 + 2 * 3.98 + 4 * 2.98, 0]);
      expect([column(output.roundTrips, 'lotId'), column(output.roundTrips, 'entryPrice'), column(output.roundTrips, 'quantity')]).toEqual([[0, 1], [5.02, 6.02], [2, 4]]);
    }
  });
});
