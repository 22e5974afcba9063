/** History before `from`. Oracle: contracts.md 6, worked by hand: the largest sum over paths of warm-up rows x interval, by calendar. */
import { describe, expect, test } from 'vitest';
import { calendarOf, combine, formatTime, parseTime } from '@zanzibar/core';
import { ema, sma } from '@zanzibar/engines/averages';
import { atr } from '@zanzibar/engines/volatility';
import { defineStrategy, type AnyStrategy } from '../strategy/define-strategy.ts';
import { bars, ticks, timer } from '../strategy/sources.ts';
import { historyOf, historyStart } from './history.ts';

const hour = 3600e9, strategyOf = (sources: AnyStrategy['sources'], engines?: AnyStrategy['engines']): AnyStrategy => defineStrategy({ name: 'probe', parameters: {}, sources, ...(engines ? { engines } : {}), decide: () => {} }) as AnyStrategy;
const start = (strategy: AnyStrategy, calendar: string, from: string): string => formatTime(historyStart(historyOf(strategy, {}), calendarOf(calendar), parseTime(from)));

describe('how much', () => {
  test('a chain adds up, and the longest path counts', () => {
    const strategy = strategyOf(() => ({ m1: bars('1m'), h1: bars('1h') }), () => combine({ a: [atr, 'm1', { period: 14 }], b: [ema, 'a', { period: 10 }, { close: 'a/atr' }], c: [sma, 'h1', { period: 3 }] }));
    // m1: 14 + 9 rows = 23 minutes; h1: 2 rows = 2 hours.
    expect(historyOf(strategy, {})).toMatchObject({ openTime: 2 * hour, sessions: 0 });
    const longer = strategyOf(strategy.sources, () => combine({ a: [atr, 'm1', { period: 140 }], b: [ema, 'a', { period: 10 }, { close: 'a/atr' }], c: [sma, 'h1', { period: 3 }] }));
    expect(historyOf(longer, {}).openTime).toBe(149 * 60e9);
  });

  test('graphs inside of graphs count as what they hold; days count as sessions', () => {
    const inner = combine({ x: [sma, 'bars', { period: 5 }], y: [ema, 'x', { period: 3 }, { close: 'x/sma' }] }), strategy = strategyOf(() => ({ d1: bars('1d') }), () => combine({ in: [inner, 'd1'] }));
    expect(historyOf(strategy, {})).toMatchObject({ openTime: 0, sessions: 6 });
  });

  test('what a strategy states counts where it is more; a time that is none is refused by name', () => {
    const engines = () => combine({ a: [sma, 'h1', { period: 3 }] }), stating = (history: number): AnyStrategy => ({ ...strategyOf(() => ({ h1: bars('1h') }), engines), history: ({ factor = 1 }: { factor?: number }) => factor * history });
    expect(historyOf(stating(hour), {}).openTime).toBe(2 * hour);
    expect(historyOf(stating(hour), { factor: 5 }).openTime).toBe(5 * hour);
    expect(start(stating(30 * hour), 'fx-week', '2024-01-08T22:00:00Z')).toBe('2024-01-05T16:00:00Z');
    expect(() => historyOf(stating(-1), {})).toThrow('probe: history must be a number of at least 0, was -1');
  });

  test('ticks, timers and no engines need none', () => {
    expect(historyOf(strategyOf(() => ({ t: ticks(), e: timer('1h') })), {})).toEqual({ openTime: 0, sessions: 0, intervals: [] });
  });
});

describe('from where', () => {
  const hours = (rows: number): AnyStrategy => strategyOf(() => ({ h1: bars('1h') }), () => combine({ a: [sma, 'h1', { period: rows + 1 }] }));

  test('around the clock it is the time itself, in the FX week the weekend does not count', () => {
    expect(start(hours(5), '24x7', '2024-01-08T02:00:00Z')).toBe('2024-01-07T21:00:00Z');
    // The week opens on Sunday at 22:00 UTC: four hours of Monday's session, one before Friday's close at 22:00.
    expect(start(hours(5), 'fx-week', '2024-01-08T02:00:00Z')).toBe('2024-01-05T21:00:00Z');
    expect(start(hours(5), 'UTC', '2024-01-08T02:00:00Z')).toBe('2024-01-05T21:00:00Z');
  });

  test('days go back by sessions, across daylight saving', () => {
    const days = strategyOf(() => ({ d1: bars('1d', { align: 'session' }) }), () => combine({ a: [sma, 'd1', { period: 3 }] }));
    // Monday 2024-03-11 belongs to the session that opened on Sunday at 21:00 UTC (summer time since that day); two sessions before is Thursday's, from Wednesday 22:00 UTC.
    expect(start(days, 'fx-week', '2024-03-11T12:00:00Z')).toBe('2024-03-06T22:00:00Z');
  });

  test('the bar in which a run starts is whole', () => {
    expect(start(hours(0), '24x7', '2024-01-08T02:20:00Z')).toBe('2024-01-08T02:00:00Z');
    expect(start(strategyOf(() => ({ m5: bars('5m'), h4: bars('4h') })), '24x7', '2024-01-08T02:20:00Z')).toBe('2024-01-08T00:00:00Z');
  });
});
