/** Oracle: worked by hand, from `fills.md` B13 to B15. */
import { defineInstrument } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { run } from '../run/index.ts';
import { bars } from '../strategy/sources.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import type { Rates } from '../simulator/account-options.ts';
import type { SimulationOptions } from '../simulator/setup.ts';

const hour = 3_600_000_000_000n, length = 5, openTime = BigInt64Array.from({ length }, (_, i) => BigInt(i + 1) * hour), closeTime = openTime.map(time => time + hour);
const input = (id: string, quoteCurrency: string, close: readonly number[]) => ({
  instrument: defineInstrument({ id, quoteCurrency, tick: 0.01, quantityStep: 1 }), kind: 'bars' as const, interval: 3600e9,
  columns: { openTime, closeTime, open: Float64Array.from(close), high: Float64Array.from(close), low: Float64Array.from(close), close: Float64Array.from(close) },
});
const data = [input('A.X', 'EUR', [10, 10, 12, 12, 12]), input('B.X', 'JPY', [1000, 1000, 900, 900, 900])];
/** From hour to rate. */
const rates = (list: readonly (readonly [number, number])[]): Rates => ({ time: BigInt64Array.from(list, ([at]) => BigInt(at) * hour), rate: Float64Array.from(list, ([, rate]) => rate) });
const usd = { EUR: rates([[0, 1.1], [3, 1.2], [5, 1.5]]), JPY: rates([[0, 0.01], [4, 0.008]]) };

/** Buys on the first bar, sells what is held on the third. */
const strategy = defineStrategy({
  name: 'in-and-out', parameters: {}, sources: () => ({ a: bars('1h', { instrument: 'A.X' }), b: bars('1h', { instrument: 'B.X' }) }),
  decide(_state, now, account, actions) {
    if (now.kind !== 'bar') return;
    if (now.time === 2n * hour) actions.market(1, 100);
    if (now.time === 4n * hour) actions.market(-1, account.position());
  },
});
const column = (table: { readonly columns: object; readonly length: number }, name: string): number[] => Array.from((table.columns as { [name: string]: Float64Array })[name] ?? []);
const result = (options: SimulationOptions) => run(strategy, { data, options: { cash: 1000, costs: { perUnit: 0.05 }, ...options } });

describe('several currencies', () => {
  const whole = result({ currency: 'USD', rates: usd }), { equity, fills, roundTrips, summary } = whole;

  test('each fill is in its own currency, at the rate as of its time', () => {
    expect([column(fills, 'price'), column(fills, 'fee')]).toEqual([[10, 1000, 12, 900], [5, 5, 5, 5]]);
    expect(Array.from(fills.columns.feeCurrency as Int32Array, code => fills.texts.feeCurrency[code])).toEqual(['EUR', 'JPY', 'EUR', 'JPY']);
    // In at 2 h and out at 4 h.
    expect(column(fills, 'rate')).toEqual([1.1, 0.01, 1.2, 0.008]);
  });

  test('equity and cash are balances and open profit at the rate of the row', () => {
    // EUR: -5 for the entry, +200 - 5 at 4 h: 190. JPY: -5, then -10000 - 5: -10010.
    const expected = [1000, 1000 - 5 * 1.2 - 5 * 0.01, 1000 + (200 - 5) * 1.2 + (-10_000 - 5) * 0.008, 1000 + 190 * 1.5 - 10_010 * 0.008];
    const rows = Array.from(equity.columns.time as BigInt64Array), at = (time: bigint): number => column(equity, 'equity')[rows.lastIndexOf(time)];
    expect([2n, 3n, 4n, 5n].map(time => at(time * hour))).toEqual(expected.map(value => expect.closeTo(value, 9)));
    expect(column(equity, 'cash').at(-1)).toBeCloseTo(expected[3], 9);
  });

  test('round trips are in account currency at the rate as of the exit', () => {
    expect(column(roundTrips, 'gross')).toEqual([expect.closeTo(200 * 1.2, 9), expect.closeTo(-10_000 * 0.008, 9)]);
    // At the rate as of the entry they would be 220 and -100.
    expect(column(roundTrips, 'gross')).not.toEqual([expect.closeTo(200 * 1.1, 9), expect.closeTo(-10_000 * 0.01, 9)]);
    expect(column(roundTrips, 'costs')).toEqual([expect.closeTo(12, 9), expect.closeTo(0.08, 9)]);
  });

  test('buy and hold, the benchmark and turnover go by the rates as of their times', () => {
    const { figures } = summary.metrics, { returns, summary: { manifest } } = whole;
    // EUR 1.1 to 1.5 and 10 to 12, JPY 0.01 to 0.008 and 1000 to 900, half each.
    expect(figures.buyAndHoldReturn.value).toBeCloseTo((1.2 * 1.5 / 1.1 + 0.9 * 0.8) / 2 - 1, 12);
    expect(column(returns!, 'benchmark').reduce((value, part) => value * (1 + part), 1) - 1).toBeCloseTo(figures.buyAndHoldReturn.value, 12);
    const curve = column(equity, 'equity'), traded = 1000 * 1.1 + 100_000 * 0.01 + 1200 * 1.2 + 90_000 * 0.008;
    expect(figures.turnover.value).toBeCloseTo(traded / (curve.reduce((sum, value) => sum + value) / curve.length), 12);
    expect(manifest.currency).toBe('USD');
  });

  test('money is conserved in each of them, exactly', () => expect(summary.conservation).toEqual({ difference: 0, tolerance: 0, holds: true }));

  test('a rate takes hold at its time, not after it', () => {
    expect(column(result({ currency: 'USD', rates: { ...usd, EUR: rates([[0, 1.1], [4, 2]]) } }).fills, 'rate')).toEqual([1.1, 0.01, 2, 0.008]);
  });

  test('the account\'s own currency needs no rates', () => {
    const own = result({ currency: 'EUR', rates: { JPY: rates([[0, 0.01]]) } });
    expect(column(own.fills, 'rate')).toEqual([1, 0.01, 1, 0.01]);
    expect(column(own.equity, 'cash').at(-1)).toBe(1000 + 190 - 10_010 * 0.01);
  });

  test('the manifest names rates by digest', () => {
    expect((summary.manifest.options as any).rates.JPY).toEqual({ rows: 2, time: expect.stringMatching(/^[0-9a-f]{64}$/), rate: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

test.each([
  ['none at all', {}, 'in-and-out: A.X pays in EUR, the account is in USD: rates between currencies are missing, give `rates.EUR`'],
  ['one of two', { EUR: usd.EUR }, 'in-and-out: B.X pays in JPY, the account is in USD: rates between currencies are missing, give `rates.JPY`'],
  ['a hole', { ...usd, JPY: rates([[0, 0.01], [2, NaN]]) }, 'row 1, column "rate": rates of JPY: must be positive numbers, was NaN at 1970-01-01T02:00:00Z'],
  ['no longer in order', { ...usd, JPY: rates([[0, 0.01], [3, 1], [2, 1]]) }, 'row 2, column "time": rates of JPY: times must not decrease, 1970-01-01T02:00:00Z follows 1970-01-01T03:00:00Z'],
  ['too late', { ...usd, EUR: rates([[2, 1.1]]) }, 'row 0, column "time": rates of EUR: begin at 1970-01-01T02:00:00Z, after the run, which begins at 1970-01-01T01:00:00Z'],
  ['of two lengths', { ...usd, EUR: { time: new BigInt64Array(2), rate: new Float64Array(1) } }, 'rates of EUR: time and rate must be of one length and not empty, have 2 and 1'],
] as const)('rates: %s is refused by name', (_, given, message) => {
  expect(() => result({ currency: 'USD', rates: given })).toThrow(message);
});
