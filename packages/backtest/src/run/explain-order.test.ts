/** Why an order filled or not. Oracle: orders worked by hand from docs/fills.md over a few quotes and bars. */
import { describe, expect, test } from 'vitest';
import { defineInstrument, parseTime } from '@zanzibar/core';
import type { SimulationOptions } from '../simulator/setup.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { ticks } from '../strategy/sources.ts';
import type { Actions } from '../strategy/strategy.ts';
import { explainOrder } from './explain-order.ts';
import type { MarketInput } from './market-input.ts';
import { run } from './run.ts';

const instrument = defineInstrument({ id: 'X.TEST', tick: 1, quantityStep: 1, calendar: '24x7' }), start = parseTime('2024-01-08T00:00:00Z'), second = 1_000_000_000n;
/** One quote a second. */
const quotes: MarketInput = {
  instrument, kind: 'quotes',
  columns: { time: BigInt64Array.from({ length: 8 }, (_, k) => start + BigInt(k) * second), bid: Float64Array.of(100, 100, 103, 99, 90, 95, 96, 96), ask: Float64Array.of(101, 101, 102, 100, 91, 96, 97, 97) },
};

/** Sentences about an order that was sent on the first quote. */
function explained(order: number, send: (actions: Actions) => void, options: SimulationOptions = {}, data?: readonly MarketInput[]): string[] {
  const strategy = defineStrategy({
    name: 'once', parameters: {}, sources: () => ({ tick: ticks() }), init: () => ({}),
    decide: (_, now, __, actions) => { if (now.kind === 'tick' && now.base + now.row === 0) send(actions); },
  });
  return [...explainOrder(run(strategy, { data: [quotes], options, to: start + 8n * second }), order, data).sentences];
}

describe('a filled order', () => {
  test('at the market: decision, latency, first quote that could fill it, rule', () => {
    expect(explained(0, actions => void actions.market(1, 2), { latency: { submit: 1.5e9 } }, [quotes])).toEqual([
      'Order 0 buys 2 X.TEST: market.',
      'The strategy decided it at 2024-01-08T00:00:00Z, on row 0 of what called it.',
      'With a latency of 1500ms it arrived at 2024-01-08T00:00:01.500Z (fills.md 3).',
      // The quote at 2 s is crossed: it does not exist for orders.
      'The first quote that could fill it came at 2024-01-08T00:00:03Z: bid 99, ask 100 (fills.md 4).',
      'It filled at 100 as taker at 2024-01-08T00:00:03Z, on row 3 of X.TEST: a market order fills on the first eligible quote, at the ask (fills.md 14).',
    ]);
  });

  test('a resting limit, also where the quote jumps through it, and one that takes', () => {
    expect(explained(0, actions => void actions.submit({ side: 1, kind: 'limit', price: 95, quantity: 1 })).at(-1)).toBe('It filled at 95 as maker at 2024-01-08T00:00:04Z, on row 4 of X.TEST: a resting limit fills at its own price on the first quote with the ask at or below it (fills.md 16).');
    expect(explained(0, actions => void actions.submit({ side: 1, kind: 'limit', price: 105, quantity: 1 })).at(-1)).toContain('the quote before its arrival and its first eligible one both satisfied the limit, so it took at the ask (fills.md 15)');
  });

  test('a stop with the gap that it pays, as the leg of an entry', () => {
    const sentences = explained(1, actions => void actions.submit({ side: 1, kind: 'market', quantity: 1, stop: 97, target: 110 }));
    expect(sentences).toContain('It is the stop leg of order 0, sent with it at 2024-01-08T00:00:00Z and held until that fills (fills.md 23).');
    expect(sentences).toContain('It came to rest at 2024-01-08T00:00:01Z, with the fill of its entry.');
    expect(sentences.at(-1)).toBe('It filled at 90 as taker at 2024-01-08T00:00:04Z, on row 4 of X.TEST: a stop triggers on the first eligible quote with the bid at or below its stop price and fills there, at the bid; the 7.00 between its stop price and its fill is the gap that it pays (fills.md 17).');
  });
});

test('a part that a participation limit left, and what its own size cost', () => {
  const sized = { ...quotes, columns: { ...quotes.columns, bidSize: Float64Array.from({ length: 8 }, () => 40), askSize: Float64Array.from({ length: 8 }, () => 40) } }, strategy = defineStrategy({
    name: 'once', parameters: {}, sources: () => ({ tick: ticks() }), init: () => ({}),
    decide: (_, now, __, actions) => { if (now.kind === 'tick' && now.base + now.row === 0) actions.market(1, 5); },
  });
  const result = run(strategy, { data: [sized], options: { participation: 0.1, costs: { impact: { TEST: { kind: 'squareRoot', coefficient: 1, volatility: 0.2, volume: 400 } } } }, to: start + 8n * second });
  expect(explainOrder(result, 0).sentences.slice(3, 6)).toEqual([
    // 101 x 0.2 x sqrt(4 / 400) = 2.02, up to the next tick.
    'It filled 4 of 5 at 104 as taker at 2024-01-08T00:00:01Z, on row 1 of X.TEST: a market order fills on the first eligible quote, at the ask (fills.md 14).',
    'Of that price its own size moved the market by 3, which cost 12 (fills.md C9).',
    'No more than 10 % of what a row trades or shows may be taken: the rest waited (fills.md C6).',
  ]);
});

describe('an order that did not fill', () => {
  test('a leg whose sibling filled, with how near the market came to it', () => {
    const sentences = explained(2, actions => void actions.submit({ side: 1, kind: 'market', quantity: 1, stop: 97, target: 110 }), {}, [quotes]);
    expect(sentences.slice(-2)).toEqual([
      'It was cancelled at 2024-01-08T00:00:04Z: the order that it was linked with filled (fills.md 24, 29).',
      // The bid of 103 is that of the crossed quote.
      'The nearest that the market came to 110 was 99 at 2024-01-08T00:00:03Z, 11, 11 ticks away.',
    ]);
  });

  test('one that was still waiting at the end; without data it says what is missing', () => {
    const send = (actions: Actions): void => void actions.submit({ side: 1, kind: 'limit', price: 80, quantity: 1 });
    expect(explained(0, send, {}, [quotes]).slice(-2)).toEqual(['It was cancelled at 2024-01-08T00:00:08Z: the run ended (fills.md 37).', 'The nearest that the market came to 80 was 91 at 2024-01-08T00:00:04Z, 11, 11 ticks away.']);
    expect(explained(0, send).at(-1)).toBe('How near the market came is not known here: the result holds no bars of it, name the data.');
  });

  test('denied, and immediate-or-cancel', () => {
    expect(explained(0, actions => void actions.submit({ side: 1, quantity: 0.4 })).at(-1)).toMatch(/^It was denied at 2024-01-08T00:00:00Z: .*nothing was left of its quantity on the quantity step \(fills\.md 58\)\.$/);
    expect(explained(0, actions => void actions.submit({ side: 1, kind: 'limit', price: 95, quantity: 1, timeInForce: 'ioc' })).join(' ')).toContain('It was cancelled at 2024-01-08T00:00:01Z: it is immediate-or-cancel and its first eligible row did not satisfy it (fills.md 20).');
  });
});

test('an order that is not there is refused by name', () => {
  expect(() => explained(7, actions => void actions.market(1, 1))).toThrow('explain: the result has no order 7, it has 0 to 0');
  expect(() => explained(7, () => {})).toThrow('it has none at all');
});
