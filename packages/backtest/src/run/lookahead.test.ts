/** Whether faults planted in strategies are found. Oracle: the faults themselves. */
import { describe, expect, test } from 'vitest';
import { builtInInstruments, combine, defineEngine, generateMarket } from '@zanzibar/core';
import { defineStrategy, type AnyStrategy } from '../strategy/define-strategy.ts';
import { bars } from '../strategy/sources.ts';
import { checkLookahead, type LookaheadResult } from './lookahead.ts';
import { checkParity } from './parity.ts';
import { prepareRun } from './prepare.ts';

const instrument = builtInInstruments.find(one => one.id === 'EURUSD.OANDA')!, { quotes } = generateMarket({ seed: 5, days: 1, quotesPerDay: 3000 });
const data = [{ instrument, kind: 'quotes' as const, columns: quotes as never }];

function check(strategy: AnyStrategy, seeds: number = 4): LookaheadResult {
  const steps = checkLookahead(prepareRun(strategy, { data }), seeds, (_, poisoned) => prepareRun(strategy, { data: poisoned }));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const strategyOf = (decide: AnyStrategy['decide'], engines?: AnyStrategy['engines']): AnyStrategy => defineStrategy({ name: 'probe', parameters: {}, sources: () => ({ m1: bars('1m') }), ...(engines ? { engines } : {}), init: () => ({ n: 0 }), decide: decide! }) as AnyStrategy;

describe('planted faults', () => {
  test('an honest strategy is clean, and rows were compared', () => {
    const { findings, comparedRows, poisonedRuns } = check(strategyOf((state, now, account, actions) => void (now.kind === 'bar' && ++state.n % 5 === 0 && actions.market(account.position() > 0 ? -1 : 1, 10))));
    expect(findings).toEqual([]);
    expect(comparedRows).toBeGreaterThan(3000);
    expect(poisonedRuns).toBe(4);
  });

  test('a strategy that looks at the next bar of its block is found, with the first order that differs and its time', () => {
    const { findings } = check(strategyOf((state, now, account, actions) => void (now.kind === 'bar' && now.columns.close[now.row + 1] > now.columns.close[now.row] && actions.market(account.position() > 0 ? -1 : 1, 10))));
    const [first] = findings;
    expect(findings.map(({ test: name }) => name)).toContain('row by row');
    expect(findings.map(({ test: name }) => name)).not.toContain('repeated run');
    expect(first.difference.stage).toBe('orders');
    expect(first.difference.time).toBeTypeOf('bigint');
  });

  test('an engine that reads ahead is found in its own stage, with row, column and time', () => {
    const peeking = defineEngine({
      name: 'peeking', input: { close: 'f64' }, aligned: { next: 'f64' }, defaults: {}, init: () => ({}),
      advance(_state, { close }, output, from, to) {
        for (let i = from; i < to; i++) output.next[i] = i + 1 < to ? close[i + 1] : close[i];
      },
    });
    const { findings } = check(strategyOf(() => {}, () => combine({ peek: [peeking, 'm1'] })), 12);
    expect(findings[0]).toMatchObject({ test: 'row by row', difference: { stage: 'engine peek', row: 0, column: 'next' } });
    expect(findings[0].difference.time).toBeTypeOf('bigint');
    expect(findings.some(({ test: name, seed, until }) => name === 'poisoned future' && seed !== undefined && until !== undefined)).toBe(true);
  });

  test('a strategy that keeps something outside of its state differs when it is run again', () => {
    let outside = 0;
    const { findings } = check(strategyOf((_state, now, _account, actions) => void (now.kind === 'bar' && ++outside % 7 === 0 && actions.market(1, 1 + (outside % 100)))));
    expect(findings[0].test).toBe('repeated run');
  });

  test('parity names both sides of a stage that depends on blocks', () => {
    const steps = checkParity(prepareRun(strategyOf((_state, now, _account, actions) => void (now.kind === 'bar' && now.row % 7 === 3 && actions.market(1, 1))), { data }));
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      const orders = value.stages.find(({ stage }) => stage === 'orders')!;
      expect(orders.whole).not.toBe(orders.rowByRow);
      expect(value.stages.find(({ stage }) => stage === 'bars m1')!.whole).toBe(value.stages.find(({ stage }) => stage === 'bars m1')!.rowByRow);
      expect(value.difference!.stage).toBe('orders');
      break;
    }
  });
});
