/**
 * Backtests that must not move: strategies times markets times variants of the options, each compared with its golden file to the bit.
 *
 * Oracle: themselves, as they were recorded; that the rules behind them are right is shown by the reference and the hand-worked cases. A kind of order that the
 * simulator learns gets goldens by itself, recorded by `npx vitest run packages/backtest/test/goldens -u`.
 */
import { describe, expect, test } from 'vitest';
import { makeCalendar, orderKinds } from '@zanzibar/core';
import { matchers } from '../../src/matchers/index.ts';
import type { MarketInput } from '../../src/run/market-input.ts';
import type { Result } from '../../src/result/result.ts';
import { run } from '../../src/run/run.ts';
import { goldenMarkets, type GoldenMarket } from './markets.ts';
import { goldenStrategies, isForAuction } from './strategies.ts';
import { goldenVariants } from './variants.ts';

expect.extend(matchers);

const calendar = makeCalendar({ name: 'nights and mornings', zone: 'UTC', weekdays: [0, 1, 2, 3, 4, 5, 6], open: 0, close: 6 * 3600 });

const results: { readonly [market: string]: { readonly [name: string]: Result } } = Object.fromEntries(Object.keys(goldenMarkets).map(name => [name, {}]));
const strategies = new Set<string>(), kinds = new Set<number>();
/** Of the processor: the wall's clock would measure what else runs here. */
let seconds = 0;

describe.each(Object.keys(goldenMarkets))('golden backtests over %s', name => {
  test('are what they were', () => {
    const started = process.cpuUsage(), market = goldenMarkets[name], own = results[name] as Record<string, Result>;
    for (const [strategyName, strategy] of Object.entries(goldenStrategies(market))) {
      for (const [variant, options] of Object.entries(goldenVariants[name])) {
        const result = run(strategy, { data: [inputOf(market, strategyName)], to: market.to, options });
        if (isUnsupported(result)) break;
        own[`${strategyName} ${variant}`] = result;
        // Kinds with each time in force are many: the plain rules suffice for them.
        if (/-(gtc|day|ioc|fok|gtd)$/.test(strategyName)) break;
      }
    }
    expect(own).toMatchBacktest(`${name}.golden.json`);
    const { user, system } = process.cpuUsage(started);
    seconds += (user + system) / 1e6;
    for (const { summary, orders } of Object.values(own)) {
      strategies.add(summary.manifest.strategy);
      for (let row = 0; row < orders.length; row++) kinds.add(Number(orders.columns.kind?.[row] ?? 0));
    }
  });
});

test('they are at least 200, of 20 strategies and 3 markets, with every kind of order that the simulator knows, in 5 seconds', () => {
  const all = Object.values(results).flatMap(own => Object.values(own));
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(strategies.size).toBeGreaterThanOrEqual(20);
  expect(Object.keys(results)).toHaveLength(3);
  expect([...kinds].map(kind => orderKinds[kind]).sort()).toEqual(supportedKinds(goldenMarkets.quotes).sort());
  expect(seconds).toBeLessThanOrEqual(5);
});

test('each of them trades: a golden without fills holds nothing', () => {
  for (const own of Object.values(results)) for (const [name, result] of Object.entries(own)) expect(result.fills.length, name).toBeGreaterThan(0);
});

test('between them orders end in many ways: events with their reasons', () => {
  const seen = new Set(Object.values(results).flatMap(own => Object.values(own)).flatMap(({ executions: { columns, length } }) => Array.from({ length }, (_, row) => `${columns.event[row]} ${columns.reason[row]}`)));
  expect(seen.size).toBeGreaterThanOrEqual(14);
});

/** The rows of a market; for orders that wait for a session to open or close with a session that does so on the way. */
function inputOf({ input }: GoldenMarket, strategy: string): MarketInput {
  return isForAuction(strategy.split('-')[0]) ? { ...input, calendar } : input;
}

function isUnsupported({ executions: { columns, length } }: Result): boolean {
  const unsupported = 9;
  return columns.reason !== undefined && Array.prototype.includes.call(columns.reason, unsupported, 0) && length > 0;
}

function supportedKinds(market: GoldenMarket): string[] {
  const own = goldenStrategies(market);
  return orderKinds.filter(kind => !isUnsupported(run(own[`${kind}-gtc`], { data: [inputOf(market, kind)], to: market.to })));
}
