/** Oracle: worked by hand, from `fills.md` B16. */
import { defineInstrument } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { goldenSetup } from '../../test/reference/goldens.ts';
import { simulate } from '../../test/simulated.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { bars } from '../strategy/sources.ts';
import { run } from '../run/index.ts';
import type { OrderRequest } from '../strategy/strategy.ts';
import type { SimulationOptions, TradedInstrument } from './setup.ts';

const rows = Array.from({ length: 9 }, (_, i) => [10 * i, 100 - i, 101 - i]), halts = [{ from: 25n, to: 55n }];

/** What happens to an order that is sent on a row. */
function fate(sentOn: number, order: Omit<OrderRequest, 'quantity'>, facts: Partial<TradedInstrument>, options: SimulationOptions = {}): string[] {
  const { setup, rows: group } = goldenSetup({ name: '', reading: '', fills: [], market: 'quotes', tick: 1, rows, options, on: { [sentOn]: a => void a.submit({ instrument: 'X', quantity: 1, ...order }) } });
  return simulate({ ...setup, instruments: [{ ...setup.instruments[0], ...facts }] }, group).executions.filter(({ event }) => event !== 'submit').map(({ event, reason, time, price }) => [event, ...(reason === 'none' ? [] : [reason]), time, ...(event === 'fill' ? [price] : [])].join(' '));
}

describe('a halted instrument', () => {
  test.each([
    ['sent before it, filled before it', 1, { side: 1 }, {}, ['accept 10', 'fill 20 99']],
    ['sent before it, works through it, filled at its end and not in it', 2, { side: 1 }, {}, ['accept 20', 'fill 60 95']],
    ['sent in it', 3, { side: 1 }, {}, ['reject instrumentHalted 30']],
    ['a limit that the market passes in it gets its price behind it', 1, { side: 1, kind: 'limit', price: 98 }, {}, ['accept 10', 'fill 60 98']],
    ['a stop that is met in it is triggered, and pays what is there behind it', 1, { side: -1, kind: 'stop', stopPrice: 97 }, {}, ['accept 10', 'trigger 30', 'fill 60 94']],
    ['arriving in it', 2, { side: 1 }, { latency: { submit: 12 } }, ['reject instrumentHalted 32']],
  ] as const)('%s', (_, sentOn, order, options, expected) => expect(fate(sentOn, order, { halts }, options)).toEqual(expected));

  test('its end is not part of it', () => expect(fate(5, { side: 1 }, { halts: [{ from: 25n, to: 50n }] })).toEqual(['accept 50', 'fill 60 95']));

  test('one that ends before it begins is refused', () => expect(() => fate(0, { side: 1 }, { halts: [{ from: 5n, to: 5n }] })).toThrow('X: a halt must end after it begins'));
});

describe('an expired instrument', () => {
  test.each([
    ['sent at its end', 4, { side: 1 }, {}, ['reject instrumentExpired 40']],
    ['sent before, filled before', 2, { side: 1 }, {}, ['accept 20', 'fill 30 98']],
    ['sent before, due behind', 3, { side: 1 }, {}, ['accept 30', 'cancel instrumentExpired 40']],
    ['a resting limit that is met behind', 1, { side: 1, kind: 'limit', price: 96 }, {}, ['accept 10', 'cancel instrumentExpired 50']],
    ['one that is never met', 1, { side: 1, kind: 'limit', price: 50 }, {}, ['accept 10', 'cancel endOfData 100000']],
    ['arriving behind', 3, { side: 1 }, { latency: { submit: 10 } }, ['reject instrumentExpired 40']],
  ] as const)('%s', (_, sentOn, order, options, expected) => expect(fate(sentOn, order, { expires: 40n }, options)).toEqual(expected));

  test('is one whose facts end, in a run', () => {
    const hour = 3_600_000_000_000n, openTime = BigInt64Array.from({ length: 6 }, (_, i) => BigInt(i + 1) * hour), price = new Float64Array(6).fill(10);
    const instrument = defineInstrument({ id: 'F.X', quoteCurrency: 'USD', to: 4n * hour }), strategy = defineStrategy({ name: 'every', parameters: {}, sources: () => ({ h: bars('1h') }), decide: (_state, now, _account, actions) => { if (now.kind === 'bar') actions.market(1, 1); } });
    const { fills, executions } = run(strategy, { data: [{ instrument, kind: 'bars', interval: 3600e9, columns: { openTime, closeTime: openTime.map(at => at + hour), open: price, high: price, low: price, close: price } }] });
    expect([Array.from(fills.columns.time as BigInt64Array), executions.length]).toEqual([[2n * hour, 3n * hour], 2 * 3 + 4]);
  });
});
