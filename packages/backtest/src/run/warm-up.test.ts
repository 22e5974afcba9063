/** Warm-up sensitivity and block sizes. Oracle: averages of which it is known whether they forget their start. */
import { expect, test } from 'vitest';
import { builtInInstruments, combine, generateMarket } from '@zanzibar/core';
import { ema, sma } from '@zanzibar/engines/averages';
import { defineStrategy, type AnyStrategy } from '../strategy/define-strategy.ts';
import { bars } from '../strategy/sources.ts';
import { checkBlockSizes } from './block-sizes.ts';
import { prepareRun, type PreparedRun } from './prepare.ts';
import { checkWarmUp, type WarmUpResult } from './warm-up.ts';

// Dense, so that no minute is empty: history is declared in time, and a minute without a quote makes no bar.
const { quotes } = generateMarket({ seed: 5, days: 1, from: '2024-01-09', quotesPerDay: 40_000, outagesPerDay: 0 }), instrument = builtInInstruments.find(({ id }) => id === 'EURUSD.OANDA')!;
const data = [{ instrument, kind: 'quotes', columns: quotes }] as const;

/** Crosses a mean; as a limit at the mean itself, so that every bit of it is in an order. */
const about = (engine: typeof sma | typeof ema): AnyStrategy => defineStrategy({
  name: 'about', parameters: {}, sources: () => ({ m1: bars('1m') }), engines: () => combine({ mean: [engine, 'm1', { period: 10 }] }),
  decide(_, now, account, actions) {
    if (now.kind !== 'bar') return;
    for (const id of account.openOrders()) actions.cancel(id);
    const side = now.columns.close[now.row] > now.columns.mean[now.row] ? 1 : -1;
    if (side * account.position() <= 0) actions.submit({ side, kind: 'limit', quantity: 1000, price: now.columns.mean[now.row] });
  },
}) as AnyStrategy;

function finished<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const checked = (strategy: AnyStrategy, history?: bigint): WarmUpResult => finished(checkWarmUp(prepareRun(strategy, { data }), 3, (own, from) => prepareRun(strategy, { data: own, from }), history));

test('a simple average has forgotten everything before its warm-up: decisions and columns are the same', () => {
  const { starts, skipped } = checked(about(sma));
  expect(skipped).toBe(0);
  expect(starts.map(({ decisions, columns }) => [decisions, columns])).toEqual([[undefined, []], [undefined, []], [undefined, []]]);
});

test('a recursive average remembers its seed: the order that moved and the column are named', () => {
  const { starts } = checked(about(ema));
  expect(starts.some(({ decisions }) => decisions?.stage === 'orders')).toBe(true);
  for (const { columns, dataFrom, from } of starts) {
    expect(columns.map(({ name }) => name)).toEqual(['mean.ema']);
    expect(columns[0].distance).toBeGreaterThan(1e-9);
    expect(columns[0].distance).toBeLessThan(0.01);
    expect(from - dataFrom).toBeGreaterThanOrEqual(9n * 60_000_000_000n);
  }
});

test('with history enough for 1e-9 it decides the same; a start without so much data before it is left out', () => {
  const { starts, skipped } = checked(about(ema), 3n * 3_600_000_000_000n);
  expect([starts.length, skipped]).toEqual([3, 0]);
  expect(starts.map(({ decisions }) => decisions)).toEqual([undefined, undefined, undefined]);
  expect(checked(about(ema), 30n * 3_600_000_000_000n)).toEqual({ starts: [], skipped: 3 });
});

test('a strategy that keeps a view between calls, and so sees another group, depends on the sizes of groups', () => {
  const keeps = defineStrategy({
    name: 'keeps', parameters: {}, sources: () => ({ m1: bars('1m') }),
    decide(_, now, __, actions) { if (now.kind === 'bar' && now.row === 3) actions.market(1, 1000); },
  }) as AnyStrategy;
  const run: PreparedRun = prepareRun(keeps, { data }), clean = prepareRun(about(sma), { data });
  expect(finished(checkBlockSizes(run, [100]))).toMatchObject([{ groupRows: 100, difference: { stage: 'orders' } }]);
  expect(finished(checkBlockSizes(clean, [500, 64]))).toEqual([]);
});
