/** A made-up but consistent result for tests: seeded bars, real engines on them, and trades whose books balance. It proves nothing about any strategy. */
import {
  codeOf, equitySchema, executionSchema, executionEvents, exitReasons, fillSchema, formatTime, GrowingTable, liquidities, orderKinds, orderSchema, orderStates, parseTime, randomStream,
  roundTripSchema, barSchema,
} from '@zanzibar/core';
import type { ColumnArray, Schema } from '@zanzibar/core';
import { fairValueGaps, structureBreaks, swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import { computeMetrics, simpleReturns } from '../src/metrics/index.ts';
import { checkConservation, makeResult, markSchema, numbersOf, returnSchema, resultTable, seriesSchema } from '../src/result/index.ts';
import type { Manifest, Result, ResultTable, Warning } from '../src/result/index.ts';

const minute = 60_000_000_000n, cash = 100_000, unit = 1e-6, halfSpread = 0.00005, quantity = 20_000;
const toUnit = (value: number): number => Math.round(value / unit) / (1 / unit);
const onGrid = (price: number): number => Math.round(price * 100_000) / 100_000;

export interface SeededOptions {
  readonly seed?: number;
  /** Minute bars. */
  readonly bars?: number;
  readonly warnings?: readonly Warning[];
}

export function seededResult({ seed = 7, bars: count = 2880, warnings }: SeededOptions = {}): Result {
  const from = parseTime('2024-03-04T00:00:00Z'), to = from + BigInt(count) * minute, random = randomStream(seed, 'bars');
  const bars = new GrowingTable(barSchema);
  let price = 1.1;
  for (let i = 0; i < count; i++) {
    const open = onGrid(price), size = 0.00008 * (1 + 0.6 * Math.sin((i / 1440) * 2 * Math.PI));
    let high = open, low = open;
    for (let k = 0; k < 12; k++) {
      price += size * random.normal();
      high = Math.max(high, onGrid(price));
      low = Math.min(low, onGrid(price));
    }
    const openTime = from + BigInt(i) * minute;
    bars.push({
      openTime, closeTime: openTime + minute, open, high, low, close: onGrid(price), volume: 0, buyVolume: 0, sellVolume: 0, tickCount: 12, fromRow: 12 * i, toRow: 12 * i + 12, segment: 0,
    });
  }
  const high = numbersOf(bars, 'high') as Float64Array, low = numbersOf(bars, 'low') as Float64Array, close = numbersOf(bars, 'close') as Float64Array;
  const time = { closeTime: (bars.columns.closeTime as BigInt64Array).subarray(0, count) };
  const swing = swings({ high, low, ...time }, { left: 3, right: 3 }), gaps = fairValueGaps({ high, low, ...time }, { minimumSize: 0.00005 });
  const breaks = structureBreaks({ high, low, close, ...time }, {}, { swings: swing.events }), range = atr({ high, low, close }, { period: 14 }).atr;

  const orders = new GrowingTable(orderSchema), executions = new GrowingTable(executionSchema), fills = new GrowingTable(fillSchema), trips = new GrowingTable(roundTripSchema);
  const equity = new GrowingTable(equitySchema), instrument = 'EURUSD.SEEDED';
  let held = 0, entryRow = 0, entryPrice = 0, entryFee = 0, stop = 0, target = 0, money = cash, gross = 0, costs = 0, traded = 0;
  const fill = (row: number, side: number, at: number, kind: (typeof orderKinds)[number]): number => {
    const orderId = orders.length, fee = toUnit(at * quantity * 0.00002), when = from + BigInt(row) * minute + 30_000_000_000n, tag = orders.code('tag', kind === 'market' ? 'entry' : 'exit');
    orders.push({
      orderId, strategyId: orders.code('strategyId', 'seeded'), accountId: orders.code('accountId', 'main'), instrument: orders.code('instrument', instrument), side,
      kind: codeOf(orderKinds, kind), quantity, price: kind === 'limit' ? at : NaN, stopPrice: kind === 'stop' ? at : NaN, trail: NaN, trailUnit: 0, triggerBy: 0, timeInForce: 0,
      expireTime: 0n, activateAfter: NaN, parentId: NaN, linkGroup: NaN, linkKind: 0, positionId: NaN, reduceOnly: kind === 'market' ? 0 : 1, postOnly: 0,
      decisionTime: when - 30_000_000_000n, decisionRow: row - 1, signalRef: NaN, tag,
    });
    for (const event of ['submit', 'accept', 'fill'] as const) {
      executions.push({
        sequence: executions.length, time: when, arrivalTime: when, orderId, event: codeOf(executionEvents, event),
        state: codeOf(orderStates, event === 'submit' ? 'submitted' : event === 'accept' ? 'accepted' : 'filled'), reason: 0, quantity, price: at, liquidity: 0,
      });
    }
    fills.push({
      fillId: fills.length, orderId, instrument: fills.code('instrument', instrument), side, time: when, row: 12 * row + 6, price: at, quantity,
      liquidity: codeOf(liquidities, kind === 'limit' ? 'maker' : 'taker'), spreadCost: kind === 'limit' ? 0 : toUnit(halfSpread * quantity), slippageCost: 0,
      latencyCost: 0, impactCost: 0, fee, feeCurrency: fills.code('feeCurrency', 'USD'), rate: 1,
    });
    traded += at * quantity;
    costs = toUnit(costs + fee);
    money = toUnit(money - side * at * quantity - fee);
    return fee;
  };
  const decide = randomStream(seed, 'decisions');
  for (let i = 20; i < count; i++) {
    if (held !== 0) {
      const isStop = held > 0 ? low[i] <= stop : high[i] >= stop, isTarget = held > 0 ? high[i] >= target : low[i] <= target, isLate = i - entryRow >= 60;
      if (isStop || isTarget || isLate) {
        const at = isStop ? stop : isTarget ? target : close[i], reason = isStop ? 'stop' : isTarget ? 'target' : 'time';
        const fee = toUnit(entryFee + fill(i, -held, at, isStop ? 'stop' : isTarget ? 'limit' : 'market')), profit = toUnit(held * (at - entryPrice) * quantity);
        gross = toUnit(gross + profit);
        trips.push({
          positionId: trips.length, lotId: trips.length, instrument: trips.code('instrument', instrument), side: held, entryTime: from + BigInt(entryRow) * minute + 30_000_000_000n,
          entryRow: 12 * entryRow + 6, exitTime: from + BigInt(i) * minute + 30_000_000_000n, exitRow: 12 * i + 6, entryPrice, exitPrice: at, quantity, gross: profit, costs: fee,
          net: toUnit(profit - fee), mae: 0, mfe: 0, exitReason: codeOf(exitReasons, reason), entryTag: trips.code('entryTag', 'entry'), exitTag: trips.code('exitTag', reason),
        });
        held = 0;
      }
    } else if (decide.uniform() < 0.06) {
      held = decide.uniform() < 0.5 ? 1 : -1;
      entryRow = i;
      entryPrice = onGrid(close[i] + held * halfSpread);
      stop = onGrid(entryPrice - held * 2 * range[i]);
      target = onGrid(entryPrice + held * 3 * range[i]);
      entryFee = fill(i, held, entryPrice, 'market');
    }
    equity.push({ time: time.closeTime[i], equity: toUnit(money + held * close[i] * quantity), cash: money, margin: 0, funding: 0, borrow: 0, dividends: 0, rate: 1 });
  }
  const openProfit = held === 0 ? 0 : toUnit(held * (close[count - 1] - entryPrice) * quantity);
  const finalEquity = equity.columns.equity[equity.length - 1] as number;
  const row0 = count - equity.length, returns = resultTable(returnSchema, {
    time: time.closeTime.subarray(row0), value: simpleReturns(cash, numbersOf(equity, 'equity'), Int32Array.from({ length: equity.length }, (_, i) => i)),
    benchmark: simpleReturns(bars.columns.open[0] as number, close, Int32Array.from({ length: equity.length }, (_, i) => row0 + i)),
  });
  const metrics = computeMetrics({
    benchmark: numbersOf(returns, 'benchmark'), cash, from, to, equity, fills, roundTrips: trips, held: [{ first: bars.columns.open[0] as number, last: close[count - 1] }],
    period: { name: '1m', perYear: 374_400, endOf: when => when },
  });
  return makeResult({
    manifest: manifestOf(from, to, seed, instrument), metrics,
    conservation: checkConservation({ cash, finalEquity, gross: [gross], costs: [costs], openProfit, moneyUnit: unit, turnover: traded }),
    warnings: warnings ?? [{ code: 'seeded', message: 'Made of seeded random numbers to test reports', count: 1 }],
    orders, executions, fills, roundTrips: trips, equity, bars: { '1m': { instrument, interval: 60_000_000_000, price: 'mid', table: bars } },
    engines: {
      atr: { source: '1m', engine: 'atr', aligned: resultTable({ atr: 'f64' }, { atr: range }), appended: {} },
      swings: { source: '1m', engine: 'swings', appended: { events: eventsOf(swing.events) } },
      gaps: { source: '1m', engine: 'fairValueGaps', appended: { events: eventsOf(gaps.events) } },
      breaks: { source: '1m', engine: 'structureBreaks', appended: { events: eventsOf(breaks.events) } },
    },
    series: { range: resultTable(seriesSchema, { time: time.closeTime, value: range }) },
    marks: resultTable(markSchema, { time: BigInt64Array.of(from), level: Float64Array.of(1.1) }), stages: { ticks: () => '0'.repeat(64) }, returns,
    quality: { [instrument]: { kept: 12 * count - 2, rules: [
      { rule: 'gap', severity: 'note', count: 3, dropped: 0, repaired: 0, rounded: 0, firstRow: 14, smallest: 5.5e9, largest: 7e9 },
      { rule: 'crossed', severity: 'warning', count: 2, dropped: 2, repaired: 0, rounded: 0, firstRow: 30, smallest: 0.00001, largest: 0.00003 },
    ] } },
  });
}

function eventsOf(events: unknown): ResultTable {
  const { schema, columns, length, texts } = events as { schema: Schema; columns: { [column: string]: ColumnArray }; length: number; texts: { [column: string]: string[] } };
  return { schema, columns, length, texts };
}

function manifestOf(from: bigint, to: bigint, seed: number, id: string): Manifest {
  return {
    strategy: 'seeded', strategyVersion: '1', sourceHash: '', dataHash: 'f'.repeat(64), from: formatTime(from), to: formatTime(to), seed, parameters: { hold: 60, reward: 1.5 },
    options: { halfSpread, basisPoints: 0.2 }, instruments: [{ id, tick: 0.00001, quantityStep: 1, multiplier: 1, currency: 'USD', market: 'quotes' }], currency: 'USD', cash,
    packages: { '@zanzibar/core': '0.1.0', '@zanzibar/backtest': '0.1.0' }, engines: { atr: '1', swings: '1', fairValueGaps: '1', structureBreaks: '1' }, node: 'test', zoneData: 'none',
    counters: { ambiguousBars: 0 },
  };
}
