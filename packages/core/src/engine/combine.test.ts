/** The pipeline's contract (docs/contracts, sections 1 to 3). Oracle: small graphs worked by hand. */
import { describe, expect, test } from 'vitest';
import { appendEvent, eventCode } from '../events.ts';
import { eventSchema } from '../schemas.ts';
import { combine } from './combine.ts';
import { defineEngine } from './define-engine.ts';

/** Running sum of `close`. */
const total = defineEngine({
  name: 'total', input: { close: 'f64' }, aligned: { total: 'f64' }, defaults: {}, init: () => ({ sum: 0 }),
  advance(state, { close }, { total }, from, to) {
    for (let i = from; i < to; i++) total[i] = state.sum += close[i];
  },
});
/** An event at each rise of `close`, known a row later, and one at each cut. */
const rises = defineEngine({
  name: 'rises', input: { close: 'f64' }, appended: { events: eventSchema }, kinds: ['touched', 'segmentEnd'], defaults: {}, init: () => ({ previous: NaN, isRise: 0 }),
  advance(state, { close, base }, { events }, from, to) {
    for (let i = from; i < to; i++) {
      if (state.isRise === 1) appendEvent(events, eventCode.touched, 1, base + i - 1, base + i, NaN, state.previous, NaN, NaN);
      state.isRise = close[i] > state.previous ? 1 : 0;
      state.previous = close[i];
    }
  },
  end(_state, { base, close }, { events }, row) {
    appendEvent(events, eventCode.segmentEnd, 0, base + row, base + row, NaN, close[row], NaN, NaN);
  },
});
/** How many rows of a table are visible at each row, and the last of a column. */
const seen = defineEngine({
  name: 'seen', input: {}, reads: { other: { known: 'f64' } }, aligned: { count: 'f64', last: 'f64' }, defaults: {}, init: () => ({ count: 0, last: NaN }),
  advance(state, { tables, offsets }, { count, last }, from, to) {
    for (let i = from; i < to; i++) {
      for (let k = offsets.other[i]; k < offsets.other[i + 1]; k++) {
        state.count++;
        state.last = tables.other.known[k];
      }
      count[i] = state.count;
      last[i] = state.last;
    }
  },
});
const f = (...values: number[]): Float64Array => Float64Array.from(values);
const t = (...values: number[]): BigInt64Array => BigInt64Array.from(values, BigInt);

describe('two sources', () => {
  const graph = { slow: [total, 'hours', {}, {}], seen: [seen, 'ticks', {}, { other: 'slowTable' }] } as const;

  test('bars that close at a tick time are visible to it, ticks of equal time in order of instruments', () => {
    const { seen: at } = combine({ seen: [seen, 'ticks', {}, { other: 'bars' }] })({
      bars: { closeTime: t(10, 20, 30), known: f(1, 2, 3) }, ticks: { time: t(9, 10, 10, 25, 31) },
    });
    expect([...at.count]).toEqual([0, 1, 1, 2, 3]);
    const quotes = { a: { time: t(1, 2, 2, 3), known: f(1, 2, 3, 4) }, b: { time: t(0, 2, 3) } };
    expect([...combine({ seen: [seen, 'b', {}, { other: 'a' }] })(quotes).seen.count]).toEqual([0, 3, 4]);
    expect([...combine({ seen: [seen, 'a', {}, { other: 'b' }] })({ a: { time: t(2, 2, 3) }, b: { time: t(0, 2, 3), known: f(7, 8, 9) } }).seen.count]).toEqual([1, 1, 2]);
  });

  test('the instrument, not the order of naming, ranks ticks of one time', () => {
    const rows = { a: { time: t(1, 2), known: f(1, 2) }, b: { time: t(1, 2) } };
    expect([...combine({ seen: [seen, 'b', {}, { other: 'a' }] }, { a: { instrument: 'ZZ' }, b: { instrument: 'AA' } })(rows).seen.count]).toEqual([0, 1]);
  });

  test('of one instrument, quotes come before trades unless the sequence says otherwise', () => {
    const order = { quotes: { instrument: 'X' }, trades: { instrument: 'X' } } as const;
    const quotes = { time: t(1, 2), bid: f(1, 1), known: f(5, 6) };
    expect([...combine({ seen: [seen, 'trades', {}, { other: 'quotes' }] }, order)({ quotes, trades: { time: t(1, 2), price: f(1, 1) } }).seen.count]).toEqual([1, 2]);
    const late = { quotes: { ...quotes, sequence: f(2, 4) }, trades: { time: t(1, 2), price: f(1, 1), sequence: f(1, 5) } };
    expect([...combine({ seen: [seen, 'trades', {}, { other: 'quotes' }] }, order)(late).seen.count]).toEqual([0, 2]);
  });

  test('a table that nobody makes is a source to be given', () => {
    expect(combine(graph).sources).toEqual(['hours', 'ticks', 'slowTable']);
    expect(() => combine(graph)({ hours: { close: f(1) }, ticks: {} } as never)).toThrow(new TypeError('combine: source "slowTable" is missing'));
  });

  test('rows of equal time may come in two frontiers only in their order', () => {
    const live = combine({ seen: [seen, 'b', {}, { other: 'a' }], back: [seen, 'a', {}, { other: 'b' }] }).stream();
    live.feed('a', { time: 5n, known: 1 });
    live.feed('b', { time: 5n, known: 1 });
    live.advance(5n);
    expect(() => live.feed('a', { time: 5n, known: 2 })).toThrow('combine: a row of "a" known at 5 comes after one of "b" known at 5, which follows it');
    live.feed('b', { time: 5n, known: 2 });
    live.advance(5n);
    expect(live.output.seen.count[live.output.seen.length - 1]).toBe(1);
  });

  test('bars that close together may not be parted by a frontier', () => {
    const live = combine({ seen: [seen, 'b', {}, { other: 'a' }] }).stream();
    live.feed('b', { closeTime: 5n });
    live.advance();
    expect(() => live.feed('a', { closeTime: 5n, known: 1 })).toThrow(RangeError);
  });

  test('time runs backwards for no source, also after its rows are gone', () => {
    const live = combine({ total: [total, 'a'] }).stream();
    live.feed('a', { time: 5n, close: 1 });
    live.advance();
    live.advance();
    expect(() => live.feed('a', { time: 4n, close: 1 })).toThrow(RangeError);
  });
});

describe('events across drivers', () => {
  const minutes = { closeTime: t(1, 2, 3, 4, 5, 6), close: f(1, 2, 1, 3, 3, 1) };
  const reader = defineEngine({
    name: 'reader', input: {}, reads: { events: eventSchema }, aligned: { count: 'f64' }, defaults: {}, init: () => ({ count: 0 }),
    advance(state, { offsets }, { count }, from, to) {
      for (let i = from; i < to; i++) count[i] = state.count += offsets.events[i + 1] - offsets.events[i];
    },
  });

  test('on the same driver an event is visible from its known row on, whatever the times', () => {
    const rows = { ...minutes, closeTime: t(1, 1, 1, 1, 1, 1) };
    const { it } = combine({ rises: [rises, 'minutes'], it: [reader, 'minutes', {}, { events: 'rises.events' }] })({ minutes: rows });
    expect([...it.count]).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('on another driver from its known time on', () => {
    const { it, rises: { events } } = combine({ rises: [rises, 'minutes'], it: [reader, 'fives', {}, { events: 'rises.events' }] })({ minutes, fives: { closeTime: t(2, 3, 4, 5) } });
    expect([...events.knownTime]).toEqual([3n, 5n]);
    expect([...it.count]).toEqual([0, 1, 1, 2]);
  });

  test('a table that says the row but no time is known with that row: on another driver at its time', () => {
    const cells = defineEngine({
      name: 'cells', input: { close: 'f64' }, appended: { cells: { knownRow: 'f64', known: 'f64' } }, defaults: {}, init: () => ({}),
      advance(_, { close, base }, { cells }, from, to) {
        for (let i = from; i < to; i++) {
          const k = cells.append();
          cells.knownRow[k] = base + i;
          cells.known[k] = close[i];
        }
      },
    });
    const { it } = combine({ made: [cells, 'bars'], it: [seen, 'ticks', {}, { other: 'made.cells' }] })({ bars: { closeTime: t(2, 5), close: f(7, 8) }, ticks: { time: t(1, 3, 4, 6) } });
    expect([...it.count]).toEqual([0, 1, 1, 2]);
    expect([...it.last]).toEqual([NaN, 7, 7, 8]);
    // Without times on either side there is still nothing to tell it by.
    expect(() => combine({ made: [cells, 'bars'], it: [seen, 'ticks', {}, { other: 'made.cells' }] })({ bars: { close: f(7, 8) }, ticks: { time: t(1, 3) } })).toThrow('"made.cells" has no known time');
  });

  test('a node may be driven by the events of another', () => {
    const { counted } = combine({ rises: [rises, 'minutes'], counted: [total, 'rises.events', {}, { close: 'rises.events/level0' }] } as never)({ minutes }) as any;
    expect([...counted.total]).toEqual([2, 5]);
  });

  test('given events name rows of their driver', () => {
    const { events } = rises({ close: minutes.close, closeTime: minutes.closeTime });
    expect([...reader({}, {}, { events }).count]).toEqual([]);
    expect([...combine({ it: [reader, 'rows', {}, { events: 'given' }] }, { given: { of: 'rows' } })({ rows: { x: f(0, 0, 0, 0, 0) }, given: events }).it.count]).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('cuts', () => {
  test('a cut restarts the state, runs `end` with the new row, and leaves the old segment on what it writes', () => {
    const segment = Int32Array.of(4, 4, 4, 6, 6, 6), columns = { close: f(1, 2, 3, 1, 2, 1), time: t(1, 2, 3, 4, 5, 6), segment };
    expect([...total(columns).total]).toEqual([1, 3, 6, 1, 3, 4]);
    const { events } = rises(columns);
    expect([...events.kind]).toEqual([eventCode.touched, eventCode.segmentEnd, eventCode.touched]);
    expect([...events.segment]).toEqual([4, 4, 6]);
    expect([...events.knownRow]).toEqual([2, 3, 5]);
    expect([...events.knownTime]).toEqual([3n, 4n, 6n]);
  });

  test('a segment that decreases is refused', () => {
    expect(() => total({ close: f(1, 2), segment: Int32Array.of(1, 0) })).toThrow(RangeError);
  });
});

describe('nested pipelines', () => {
  const inner = combine({ sum: [total, 'bars'], twice: [total, 'bars', {}, { close: 'sum/total' }], ofOpen: [total, 'bars', {}, { close: 'bars/open' }] });
  const bars = { open: f(5, 6, 7), close: f(1, 2, 3), closeTime: t(1, 2, 3) };

  test('a pipeline in a pipeline gives what it gives alone', () => {
    const outer = combine({ part: [inner, 'minutes'], last: [total, 'minutes', {}, { close: 'part.twice/total' }] });
    expect(outer.sources).toEqual(['minutes']);
    expect(outer.nodes.map(({ name, driver }) => [name, driver])).toEqual([['part.sum', 'minutes'], ['part.twice', 'minutes'], ['part.ofOpen', 'minutes'], ['last', 'minutes']]);
    const { part, last } = outer({ minutes: bars });
    const alone = inner({ bars });
    expect([...part.twice.total]).toEqual([...alone.twice.total]);
    expect([...part.ofOpen.total]).toEqual([5, 11, 18]);
    expect([...last.total]).toEqual([1, 5, 15]);
  });

  test('the same pipeline may stand there twice, over other sources', () => {
    const { a, b } = combine({ a: [inner, 'x'], b: [inner, 'y'] })({ x: bars, y: { ...bars, close: f(10, 20, 30) } });
    expect([[...a.sum.total], [...b.sum.total]]).toEqual([[1, 3, 6], [10, 30, 60]]);
  });

  test('sources of an inner pipeline of several are wired by name', () => {
    const two = combine({ sum: [total, 'fast'], seen: [seen, 'fast', {}, { other: 'slow' }] });
    const { part } = combine({ part: [two, 'm1', undefined, { fast: 'm1', slow: 'h1' }] })({ m1: { closeTime: t(1, 2, 3), close: f(1, 1, 1) }, h1: { closeTime: t(2), known: f(9) } });
    expect([...part.seen.count]).toEqual([0, 1, 1]);
  });
});

describe('peek', () => {
  test('shows what would come and commits nothing: outputs, tables and the next snapshot are as before', () => {
    const pipeline = combine({ rises: [rises, 'rows'], total: [total, 'rows'] }), live = pipeline.stream();
    for (const [k, close] of [1, 2].entries()) {
      live.feed('rows', { time: BigInt(k), close });
      live.advance(BigInt(k));
    }
    const before = live.snapshot(), state = () => [live.output.total.length, live.output.total.base, live.output.rises.events.length, live.table('rows').length];
    const outputs = state();
    expect(live.peek({ rows: { time: 2n, close: 5 } }, 2n, () => [live.output.total.total[live.output.total.length - 1], live.output.rises.events.length])).toEqual([8, 1]);
    expect(state()).toEqual(outputs);
    expect(live.snapshot()).toEqual(before);
  });

  test('commits nothing either when `look` throws', () => {
    const live = combine({ total: [total, 'rows'] }).stream();
    live.feed('rows', { close: 1 });
    live.advance();
    expect(() => live.peek({ rows: { close: 5 } }, undefined, () => { throw new Error('no'); })).toThrow('no');
    live.feed('rows', { close: 2 });
    live.advance();
    expect(live.output.total.total[live.output.total.length - 1]).toBe(3);
  });

  test('a peek as the first thing that a stream sees leaves it open', () => {
    const live = combine({ total: [total, 'rows'] }).stream();
    expect(live.peek({ rows: { close: 5, extra: 1 } }, undefined, () => live.output.total.total[0])).toBe(5);
    live.feed('rows', { close: 2 });
    live.advance();
    expect([...live.output.total.total.subarray(0, 1)]).toEqual([2]);
  });
});

describe('trimming', () => {
  test('rows that every node has read go, ids stay', () => {
    const live = combine({ rises: [rises, 'rows'], total: [total, 'rows'] }).stream(), ids: number[] = [];
    for (let k = 0; k < 1000; k++) {
      live.feed('rows', { time: BigInt(k), close: k });
      live.advance(BigInt(k));
      const { events } = live.output.rises;
      for (let e = 0; e < events.length; e++) ids.push(events.id[e]);
    }
    expect(live.table('rows').length).toBe(1);
    expect(live.table('rows').base).toBe(999);
    expect(live.output.total.base).toBe(999);
    expect(ids).toEqual(Array.from({ length: 998 }, (_, k) => k));
  });

  test('aligned columns that are read as a table keep step with their driver, whose rows a slower reader holds', () => {
    const sums = defineEngine({
      name: 'sums', input: { known: 'f64' }, aligned: { known: 'f64' }, defaults: {}, init: () => ({ sum: 0 }),
      advance(state, { known: values }, { known }, from, to) {
        for (let i = from; i < to; i++) known[i] = state.sum += values[i];
      },
    });
    const live = combine({ sums: [sums, 'ticks'], fast: [seen, 'often', {}, { other: 'sums' }], slow: [seen, 'seldom', {}, { other: 'ticks' }] }).stream();
    for (let i = 0; i < 12; i++) {
      live.feed('ticks', { time: BigInt(10 * i), known: i });
      live.advance(BigInt(10 * i));
      live.feed(i % 6 === 5 ? 'seldom' : 'often', { time: BigInt(10 * i + 1), x: 0 });
      live.advance(BigInt(10 * i + 1));
      const { count, last, length } = i % 6 === 5 ? live.output.slow : live.output.fast;
      // Of 0 to i: how many, and the sum, or the last.
      expect([count[length - 1], last[length - 1]]).toEqual([i + 1, i % 6 === 5 ? i : (i * (i + 1)) / 2]);
    }
  });
  test('rows that a node on a slower driver has still to read stay', () => {
    const live = combine({ rises: [rises, 'fast'], seen: [seen, 'slow', {}, { other: 'rises.events' }] } as never).stream() as any;
    for (let k = 0; k < 100; k++) {
      live.feed('fast', { time: BigInt(k), close: k });
      live.advance(BigInt(k));
    }
    expect(live.table('rises.events').length).toBe(98);
  });
});

describe('a table that may be left unwired', () => {
  const either = defineEngine({ ...seen.spec, name: 'either', optionalReads: ['other'] });
  const ticks = { time: t(1, 2, 3) }, bars = { closeTime: t(2, 3), known: f(7, 8) };

  test('is empty then, in a graph, in a stream and without one', () => {
    const alone = combine({ it: [either, 'ticks'] });
    expect(alone.sources).toEqual(['ticks']);
    expect([...alone({ ticks }).it.count]).toEqual([0, 0, 0]);
    expect([...either(ticks).count]).toEqual([0, 0, 0]);
    const live = alone.stream();
    live.feed('ticks', { time: 1n });
    live.advance(1n);
    const again = alone.stream();
    again.restore(live.snapshot());
    again.feed('ticks', { time: 2n });
    again.advance(2n);
    expect(again.output.it.count[again.output.it.length - 1]).toBe(0);
  });

  test('is read where it is wired', () => {
    expect([...combine({ it: [either, 'ticks', {}, { other: 'bars' }] })({ ticks, bars }).it.last]).toEqual([NaN, 7, 8]);
    expect([...either(ticks, {}, { other: bars }).last]).toEqual([NaN, 7, 8]);
  });
});
