/**
 * The main job on real quotes. Oracles: the findings that other programs counted, Lean's own minute bars, the naive reference of the tests, the row-by-row run.
 */
import { join } from 'node:path';
import { checkLookahead, prepareRun, replayGroups, resultOfSession, tablesOfSession, compareAll, type Group, type LoadedMarket, type PreparedRun, type Session } from '@zanzibar/backtest';
import { combine, exitReasons, qualityReport, timeBars } from '@zanzibar/core';
import { readPreset } from '@zanzibar/core/io';
import { beforeAll, describe, expect, test } from 'vitest';
import { shared } from '../tools.ts';
import { describeDifference, firstDifference } from '../../packages/backtest/test/reference/compare.ts';
import { reference } from '../../packages/backtest/test/reference/reference.ts';
import { readOutput } from '../../packages/backtest/test/simulated.ts';
import breakAndGap from '../../examples/break-and-gap.ts';
import { PaperRunner } from '@zanzibar/live';
import { joined } from './joined-stages.ts';
import { loadSet, prepareSet, realSets } from './real-sets.ts';

for (const set of realSets) {
  const folder = shared(set.quotes), isHere = folder.path !== undefined && shared(set.minutes).path !== undefined;

  describe.skipIf(!isHere)(`${set.name}${isHere ? '' : ` (skipped: no ${folder.name} here, ${folder.bring})`}`, () => {
    let market: LoadedMarket, run: PreparedRun, session: Session;

    beforeAll(async () => {
      market = await loadSet(set);
      run = prepareSet(set, market);
      session = run.session();
      for (const _ of replayGroups(session, run.data, Infinity));
    });

    test('the quality step finds what other programs found', () => {
      expect(market.columns.time).toHaveLength(set.rows);
      const findings = session.stages[`findings ${run.markets[0].id}`], counts = Object.fromEntries(qualityReport({ ...findings.columns, length: findings.length } as never).rules.map(({ rule, count }) => [rule, count]));
      expect(counts).toMatchObject({ ...set.findings, price: 0, size: 0, notANumber: 0, offGrid: 0 });
    });

    test('minute bars of bid and ask are those of Lean, all eight prices', async () => {
      const bars = combine({ bid: [timeBars, 'ticks', { price: 'bid' }], ask: [timeBars, 'ticks', { price: 'ask' }] })({ ticks: market.columns }, run.to);
      const made = { bid: bars.bid.bars, ask: bars.ask.bars };
      let at = 0;
      for (const day of set.days) {
        const { tables } = await readPreset({ preset: 'lean-minute', file: join(shared(set.minutes).path!, `${day}_quote.zip`), venue: set.venue, symbol: set.symbol });
        for (const price of ['bid', 'ask'] as const) {
          const { columns, length } = tables[price];
          for (const column of ['openTime', 'open', 'high', 'low', 'close']) expect((made[price][column as 'open']).slice(at, at + length)).toEqual(columns[column]);
        }
        at += tables.bid.length;
      }
      expect(made.bid.length).toBe(at);
    });

    test('the example trades enough of everything, and money is conserved to the last unit', () => {
      const result = resultOfSession(session, run), { roundTrips } = result, side = roundTrips.columns.side, reason = roundTrips.columns.exitReason;
      const trips = (match: (row: number) => boolean): number => Array.from({ length: roundTrips.length }, (_, row) => row).filter(match).length;
      expect(roundTrips.length).toBeGreaterThanOrEqual(100);
      expect(trips(row => side[row] === 1)).toBeGreaterThanOrEqual(10);
      expect(trips(row => side[row] === -1)).toBeGreaterThanOrEqual(10);
      for (const exit of ['stop', 'target', 'time'] as const) expect(trips(row => reason[row] === exitReasons.indexOf(exit))).toBeGreaterThanOrEqual(10);
      expect(result.summary.conservation).toMatchObject({ difference: 0, tolerance: 0, holds: true });
      expect(result.digests.orderHash()).toBe(set.orderHash);
    });

    test('every order, execution and fill is that of the naive reference', () => {
      let expected: ReturnType<typeof reference> | undefined;
      const walked = run.session(false, setup => {
        let rows: Group;
        return {
          load: group => void (rows = group), run: () => {}, finish: () => void (expected = reference(setup, rows)),
          snapshot: () => new Uint8Array(0), restore: () => {}, output: session.simulator.output,
        };
      });
      for (const _ of replayGroups(walked, run.data, Infinity));
      const actual = readOutput(session.simulator.output as never), difference = firstDifference(expected!, actual);
      expect(difference && describeDifference(set.name, difference, expected!, actual)).toBeUndefined();
    });

    test('the run sees no future', () => {
      const check = checkLookahead(run, 20, (_, data) => prepareRun(breakAndGap, { data, parameters: run.parameters, options: run.options }));
      for (;;) {
        const { done, value } = check.next();
        if (!done) continue;
        expect(value.findings).toEqual([]);
        expect(value.poisonedRuns).toBe(20);
        break;
      }
    });

    test('row by row through the paper runner, with clock events between, gives the same bits, also after snapshots are restored', () => {
      const { time, bid, ask } = market.columns as { time: BigInt64Array; bid: Float64Array; ask: Float64Array }, { id } = run.markets[0];
      let runner = new PaperRunner(run);
      const parts: PaperRunner[] = [runner], cuts = [0.31, 0.64, 0.87].map(share => Math.floor(share * time.length));
      for (let i = 0; i < time.length; i++) {
        if (i % 1000 === 0 && i > 0) runner.clock(time[i] - (time[i] - time[i - 1]) / 2n);
        runner.row(id, { time: time[i], bid: bid[i], ask: ask[i] });
        if (!cuts.includes(i)) continue;
        const bytes = runner.snapshot();
        runner = new PaperRunner(run);
        runner.restore(bytes);
        parts.push(runner);
      }
      runner.stop();
      expect(compareAll(tablesOfSession(session), joined(parts.map(part => tablesOfSession(part.session))))).toBeUndefined();
    });
  });
}
