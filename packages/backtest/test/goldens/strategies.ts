/** Strategies that between them send every kind of order in every way that there is; none of them has an edge. */
import { combine, defineEngine, eventCode, timesInForce, orderKinds, type OrderKind, type TimeInForce } from '@zanzibar/core';
import { ema, sma } from '@zanzibar/engines/averages';
import { rsi } from '@zanzibar/engines/oscillators';
import { fairValueGaps, structureBreaks, swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import { defineStrategy, type AnyStrategy } from '../../src/strategy/define-strategy.ts';
import { bars, reports, tickBars, ticks, timer } from '../../src/strategy/sources.ts';
import type { Account, Actions, Now, OrderRequest } from '../../src/strategy/strategy.ts';
import type { GoldenMarket } from './markets.ts';

/** What a decision on a closed bar of five minutes has at hand. */
interface Bar {
  readonly now: Now;
  readonly row: number;
  readonly close: number;
  readonly account: Account;
  readonly actions: Actions;
  /** +1 and -1 by a fixed pattern of rows. */
  readonly side: number;
  readonly state: { id: number; side: number };
}

type OnBar = (bar: Bar) => void;
type Kernels = Parameters<typeof combine>[0];

const hour = 3600e9;

function onBars(name: string, onBar: OnBar, engines?: Kernels): AnyStrategy {
  return defineStrategy({
    name, parameters: {}, sources: () => ({ m5: bars('5m') }), ...(engines ? { engines: () => combine(engines as never) } : {}), init: () => ({ id: -1, side: 1 }),
    decide(state, now, account, actions) {
      if (now.kind !== 'bar') return;
      const row = now.base + now.row;
      onBar({ now, row, close: now.columns.close[now.row] as number, account, actions, side: (row * 7) % 11 < 5 ? 1 : -1, state });
    },
  }) as AnyStrategy;
}

/** The strategies of one market, by name. */
export function goldenStrategies({ move, quantity, input: { kind } }: GoldenMarket): { readonly [name: string]: AnyStrategy } {
  const flat = ({ account }: Bar): boolean => account.position() === 0 && account.openOrders().length === 0, every = (n: number, send: OnBar): OnBar => bar => { if (bar.row % n === 0) send(bar); };
  const whenFlat = (request: (bar: Bar) => OrderRequest, n = 3): OnBar => every(n, bar => { if (flat(bar)) bar.actions.submit(request(bar)); else if (bar.row % (4 * n) === 0 && bar.account.position() === 0) for (const id of bar.account.openOrders()) bar.actions.cancel(id); });
  const turn = (bar: Bar, side: number): void => { if (side !== 0 && side * bar.account.position() <= 0) bar.actions.market(side, quantity + Math.abs(bar.account.position())); };
  const value = (bar: Bar, column: string): number => bar.now.columns[column][bar.now.row] as number;
  const list: readonly AnyStrategy[] = [
    onBars('flip', every(5, bar => turn(bar, bar.side))),
    onBars('two-averages', bar => turn(bar, Math.sign(value(bar, 'fast') - value(bar, 'slow')) || 0), { fast: [sma, 'm5', { period: 5 }], slow: [sma, 'm5', { period: 20 }] }),
    onBars('exponential-average', bar => turn(bar, Math.sign(bar.close - value(bar, 'mean')) || 0), { mean: [ema, 'm5', { period: 12 }] }),
    onBars('relative-strength', bar => turn(bar, value(bar, 'strength') < 35 ? 1 : value(bar, 'strength') > 65 ? -1 : 0), { strength: [rsi, 'm5', { period: 9 }] }),
    onBars('stop-entry', whenFlat(({ side, close }) => ({ side, kind: 'stop', quantity, stopPrice: close + side * move / 2, stop: close - side * move, target: close + side * 2 * move, hold: 2 * hour }))),
    onBars('limit-entry', whenFlat(({ side, close }) => ({ side, kind: 'limit', quantity, price: close - side * move / 2, stop: close - side * 2 * move, target: close + side * move, hold: hour, tag: 'pullback' }))),
    onBars('stop-limit-entry', whenFlat(({ side, close }) => ({ side, kind: 'stopLimit', quantity, stopPrice: close + side * move / 3, price: close + side * move / 2, stop: close - side * move, target: close + side * move }))),
    onBars('straddle', every(4, bar => {
      if (!flat(bar)) { if (bar.row % 12 === 0) turn(bar, -Math.sign(bar.account.position())); return; }
      for (const side of [1, -1]) bar.actions.submit({ side, kind: 'stop', quantity, stopPrice: bar.close + side * move, linkGroup: bar.row + 1, linkKind: 'oco' });
    })),
    onBars('day-limits', whenFlat(({ side, close }) => ({ side, kind: 'limit', quantity, price: close - side * 2 * move, timeInForce: 'day', hold: hour }), 2)),
    onBars('good-till-date', every(2, ({ side, close, actions, now, account }) => void (account.openOrders().length < 3 && actions.submit({ side, kind: 'limit', quantity, price: close - side * move, timeInForce: 'gtd', expireTime: now.time + BigInt(hour / 2) })))),
    onBars('immediate-or-cancel', every(3, ({ side, close, actions }) => void actions.submit({ side, kind: 'limit', quantity, price: close + side * move / 10, timeInForce: 'ioc' }))),
    onBars('post-only', every(3, ({ side, close, actions, account }) => void (account.openOrders().length < 2 && actions.submit({ side, kind: 'limit', quantity, price: close - side * move / 8, postOnly: true })))),
    onBars('reduce-only', bar => { if (bar.row % 6 === 0) turn(bar, bar.side); else if (bar.row % 6 === 3) bar.actions.submit({ side: -(Math.sign(bar.account.position()) || 1), quantity: 2 * quantity, reduceOnly: true }); }),
    onBars('chaser', ({ row, close, actions, account, state }) => {
      if (account.order(state.id) !== undefined) actions.replace(state.id, { price: close - state.side * move / (1 + row % 4) });
      else if (row % 4 === 0) { state.side = account.position() > 0 ? -1 : 1; state.id = actions.submit({ side: state.side, kind: 'limit', quantity, price: close - state.side * move }); }
    }),
    onBars('canceller', ({ row, side, close, actions, account }) => { for (const id of account.openOrders()) if ((id + row) % 3 === 0) actions.cancel(id); if (row % 2 === 0) actions.submit({ side, kind: row % 4 === 0 ? 'limit' : 'stop', quantity, price: close - side * move, stopPrice: close + side * move }); }),
    onBars('time-exit', whenFlat(({ side }) => ({ side, quantity, hold: hour }), 4)),
    onBars('risk-sized', whenFlat(({ side, close }) => ({ side, riskFraction: 0.002, stop: close - side * 2 * move, target: close + side * 3 * move }), 5)),
    onBars('share-of-equity', whenFlat(({ side, close }) => ({ side, percentOfEquity: 0.5, stop: close - side * move }), 7)),
    onBars('gaps', bar => { const { tables: { gaps }, offsets, row } = bar.now; for (let k = offsets.gaps[row]; k < offsets.gaps[row + 1]; k++) if (gaps.kind[k] === eventCode.fairValueGap && flat(bar)) bar.actions.submit({ side: gaps.direction[k], kind: 'limit', quantity, price: (gaps.level0[k] + gaps.level1[k]) / 2, stop: bar.close - gaps.direction[k] * 2 * move, target: bar.close + gaps.direction[k] * 2 * move, hold: 2 * hour }); }, { gaps: [fairValueGaps, 'm5'] }),
    onBars('breaks', bar => { const { tables: { breaks }, offsets, row } = bar.now; for (let k = offsets.breaks[row]; k < offsets.breaks[row + 1]; k++) turn(bar, breaks.direction[k]); }, { swings: [swings, 'm5', { left: 2, right: 2 }], breaks: [structureBreaks, 'm5', {}, { swings: 'swings.events' }] }),
    onBars('range-stops', whenFlat(bar => { const distance = Number.isNaN(value(bar, 'range')) ? move : value(bar, 'range'); return { side: bar.side, quantity, stop: bar.close - bar.side * distance, target: bar.close + bar.side * 1.5 * distance }; }, 2), { range: [atr, 'm5', { period: 7 }] }),
    defineStrategy({
      name: 'clock', parameters: {}, sources: () => ({ m5: bars('5m'), clock: timer('40m', '3m') }), init: () => ({ side: 1 }),
      decide(state, now, account, actions) {
        if (now.kind !== 'timer') return;
        actions.market(account.position() === 0 ? state.side : -Math.sign(account.position()), account.position() === 0 ? quantity : Math.abs(account.position()));
        if (account.position() !== 0) state.side = -state.side;
      },
    }) as AnyStrategy,
    defineStrategy({
      name: 'pyramid', parameters: {}, sources: () => ({ m5: bars('5m'), replies: reports() }), init: () => ({ adds: 0, side: 1 }),
      decide(state, now, account, actions) {
        if (now.kind === 'report' && now.report!.price === now.report!.price && now.report!.quantity > 0 && state.adds > 0 && state.adds < 4) { state.adds++; actions.submit({ side: state.side, kind: 'stop', quantity, stopPrice: now.report!.price + state.side * move / 2 }); }
        if (now.kind !== 'bar' || (now.base + now.row) % 20 !== 0) return;
        for (const id of account.openOrders()) actions.cancel(id);
        if (account.position() !== 0) { actions.market(-Math.sign(account.position()), Math.abs(account.position())); state.adds = 0; state.side = -state.side; }
        else { state.adds = 1; actions.market(state.side, quantity); }
      },
    }) as AnyStrategy,
    kind === 'bars' ? onBars('rows', every(9, bar => turn(bar, -bar.side))) : defineStrategy({
      name: 'rows', parameters: {}, sources: () => ({ m5: bars('5m'), rows: ticks(), count: tickBars(60) }), init: () => ({ sent: 0 }),
      decide(state, now, account, actions) {
        if (now.kind === 'tick' && (now.base + now.row) % 50 === 0) { for (const id of account.openOrders()) actions.cancel(id); actions.submit({ side: ++state.sent % 2 ? 1 : -1, kind: 'limit', quantity, price: (now.columns.bid ?? now.columns.price)[now.row] }); }
        if (now.source === 'count' && account.position() !== 0) actions.market(-Math.sign(account.position()), Math.abs(account.position()));
      },
    }) as AnyStrategy,
    defineStrategy({ name: 'plan', parameters: {}, sources: () => ({ m5: bars('5m') }), plan: () => [turns, 'm5', { every: 6, distance: 2 * move, quantity }] }) as AnyStrategy,
    ...orderKinds.flatMap(order => (kind === 'trades' || isForAuction(order) ? ['gtc' as const] : timesInForce).map(timeInForce => ofKind(order, timeInForce, move, quantity))),
  ];
  return Object.fromEntries(list.map(strategy => [strategy.name, strategy]));
}

/** Does it wait for a session to open or close, whatever its time in force? */
export function isForAuction(kind: string): boolean {
  return kind === 'onOpen' || kind === 'onClose';
}

/** Every kind of order with every time in force, all prices given. */
function ofKind(kind: OrderKind, timeInForce: TimeInForce, move: number, quantity: number): AnyStrategy {
  // A limit beyond its trigger, so that most of what triggers also fills.
  const isTriggered = kind !== 'limit' && kind !== 'market', isImmediate = timeInForce === 'ioc' || timeInForce === 'fok';
  return onBars(`${kind}-${timeInForce}`, ({ row, side, close, actions, account, now }) => {
    if (row % 4 === 2 && !isForAuction(kind)) for (const id of account.openOrders()) actions.cancel(id);
    if (row % 4 === 0) actions.submit({
      side, kind, timeInForce, quantity, price: close + side * (isTriggered ? move : isImmediate ? move / 4 : -move / 4), stopPrice: close + side * (/Touched/.test(kind) !== isImmediate ? -move / 3 : move / 3), trail: move, trailUnit: 'price',
      ...(timeInForce === 'gtd' ? { expireTime: now.time + 900_000_000_000n } : {}),
    });
  });
}

/** An open loop: every so many rows it enters, by turns long and short, with stop and target. */
const turns = /* @__PURE__ */ defineEngine({
  name: 'turns', input: { close: 'f64' }, aligned: { enter: 'i8', exit: 'i8', size: 'f64', stop: 'f64', target: 'f64' }, sparse: ['enter', 'exit', 'size', 'stop', 'target'], defaults: { every: 6, distance: 1, quantity: 1 },
  init: () => ({ row: 0 }),
  advance(state, { close }, { enter, exit, size, stop, target }, from, to, { every, distance, quantity }) {
    for (let i = from; i < to; i++, state.row++) {
      const phase = state.row % every, side = (state.row / every) % 2 < 1 ? 1 : -1;
      enter[i] = phase === 0 ? side : 0;
      exit[i] = phase === every - 1 ? 1 : 0;
      size[i] = quantity;
      stop[i] = close[i] - side * distance;
      target[i] = close[i] + side * distance;
    }
  },
});
