/** One cash pool, one pair from two venues, real quotes. Oracle: the laws: groups of any size and row by row give one order hash. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { combine } from '@zanzibar/core';
import { importFiles } from '@zanzibar/core/io';
import { atr } from '@zanzibar/engines/volatility';
import { shared } from '../../../../test/tools.ts';
import { loadMarkets } from '../../src/data/load-market.ts';
import { orderHash } from '../../src/result/digests.ts';
import { prepareRun } from '../../src/run/prepare.ts';
import { replayGroups, replayRows } from '../../src/run/replay.ts';
import type { Session } from '../../src/run/session.ts';
import { defineStrategy } from '../../src/strategy/define-strategy.ts';
import { bars } from '../../src/strategy/sources.ts';
import { temporaryFolder } from './run-main.ts';

const oanda = shared('market/quotes/oanda-fx/eurusd'), fxcm = shared('market/quotes/fxcm/eurusd'), isHere = oanda.path !== undefined && fxcm.path !== undefined;

/** Buys at the venue where the pair fell behind, sells at the other; both legs end after an hour. */
const spread = defineStrategy({
  name: 'spread', parameters: {},
  sources: () => ({ a: bars('1m', { instrument: 'EURUSD.OANDA' }), b: bars('1m', { instrument: 'EURUSD.FXCM' }) }),
  engines: () => combine({ range: [atr, 'a', { period: 14 }] }),
  init: () => ({ other: NaN }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar' || now.source !== 'a') return;
    const { offsets, tables, row } = now;
    for (let k = offsets.b[row]; k < offsets.b[row + 1]; k++) state.other = tables.b.close[k];
    const difference = now.columns.close[row] - state.other;
    if (!(Math.abs(difference) > 0.2 * now.columns.range[row]) || account.openOrders().length > 0) return;
    const side = difference > 0 ? -1 : 1;
    actions.submit({ instrument: 'EURUSD.OANDA', side, quantity: 1000, hold: 3600e9 });
    actions.submit({ instrument: 'EURUSD.FXCM', side: -side, quantity: 1000, hold: 3600e9 });
  },
});

describe.skipIf(!isHere)(`two venues${isHere ? '' : ` (skipped: no ${oanda.name} here, ${oanda.bring})`}`, () => {
  test('whole, in groups of 1000, 50 and 1 row, and row by row: one order hash', async () => {
    const root = join(temporaryFolder('venues').root, 'catalogue');
    for (const [venue, { path }] of [['oanda', oanda], ['fxcm', fxcm]] as const) await importFiles({ root, files: [join(path!, '20140501_quote.zip')], preset: 'lean-tick', venue, symbol: 'EURUSD' });
    const to = BigInt(Date.parse('2014-05-01T13:00:00Z')) * 1_000_000n, data = await loadMarkets({ data: [root], symbols: ['EURUSD.FXCM', 'EURUSD.OANDA'], from: to - 4n * 3_600_000_000_000n, to }), run = prepareRun(spread, { data, options: { latency: { submit: 30e6 } } });
    const replay = (step: (session: Session) => Iterable<unknown>): string => {
      const session = run.session(false), { output } = session.simulator;
      for (const _ of step(session));
      expect(output.fills.length).toBeGreaterThan(4);
      expect(output.conservation.difference).toBe(0);
      return orderHash(output.orders as never, output.fills as never);
    };
    const whole = replay(session => replayGroups(session, run.data, Infinity));
    for (const rows of [1000, 50, 1]) expect(replay(session => replayGroups(session, run.data, rows)), `groups of ${rows}`).toBe(whole);
    expect(replay(session => replayRows(session, run.data)), 'row by row').toBe(whole);
  });
});
