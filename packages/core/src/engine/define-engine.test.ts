/** What a user is told who gives an engine the wrong thing, and what the types refuse. */
import { expect, test } from 'vitest';
import { positiveInteger } from '../errors.ts';
import { combine } from './combine.ts';
import { defineEngine } from './define-engine.ts';

const lag = defineEngine({
  name: 'lag', input: { close: 'f64' }, optional: { volume: 'f64' }, reads: {}, aligned: { lagged: 'f64' }, defaults: { rows: 1 },
  check: ({ rows }) => positiveInteger('lag: rows', rows), warmup: ({ rows }) => rows,
  init: ({ rows }) => ({ at: 0, count: 0, ring: new Float64Array(rows) }),
  advance(state, { close, volume }, { lagged }, from, to, { rows }) {
    for (let i = from; i < to; i++) {
      lagged[i] = state.count < rows ? NaN : state.ring[state.at] + (volume ? volume[i] : 0);
      state.ring[state.at] = close[i];
      state.at = (state.at + 1) % rows;
      state.count++;
    }
  },
});
const close = Float64Array.of(1, 2, 3);

test('an engine is a function over columns that carries its name and declaration', () => {
  expect([...lag({ close }, { rows: 2 }).lagged]).toEqual([NaN, NaN, 1]);
  expect([lag.name, lag.spec.name, lag.resolve().rows]).toEqual(['lag', 'lag', 1]);
});

test('an optional column may be absent or there', () => {
  expect([...lag({ close, volume: Float64Array.of(5, 6, 7) }).lagged]).toEqual([NaN, 7, 9]);
});

test('options: an unknown name, a value out of range, and undefined for the default', () => {
  expect(() => lag({ close }, { row: 2 } as object)).toThrow(new RangeError('lag: unknown option "row", known are rows'));
  expect(() => lag({ close }, { rows: 0 })).toThrow(new RangeError('lag: rows must be a positive integer, was 0'));
  expect(lag.resolve({ rows: undefined })).toEqual({ rows: 1 });
});

test('columns: missing, of the wrong type, no array at all, of unequal lengths', () => {
  expect(() => lag({} as { close: Float64Array })).not.toThrow();
  expect(() => lag({ volume: close } as never)).toThrow(new TypeError('lag: column "close" of "rows" is missing (node it)'));
  expect(() => lag({ close: new Float32Array(3) } as never)).toThrow(new TypeError('lag: column "close" of "rows" must be a Float64Array, was Float32Array'));
  expect(() => lag({ close: [1, 2, 3] } as never)).toThrow(new TypeError('combine: column "close" of "rows" must be a typed array, was Array'));
  expect(() => lag({ close, volume: Float64Array.of(1) })).toThrow(new RangeError('combine: column "volume" of "rows" has 1 rows, others 3'));
});

test('rows out of order name the row and both times', () => {
  expect(() => lag({ close, time: BigInt64Array.of(1n, 3n, 2n) })).toThrow(new RangeError('combine: time of "rows" runs backwards at row 2: 2 after 3'));
  const stream = lag.stream();
  stream.push({ time: 5n, close: 1 });
  expect(() => stream.push({ time: 4n, close: 1 })).toThrow(RangeError);
  expect(() => stream.push({ time: 5n } as never)).toThrow(new TypeError('combine: row of "rows" lacks "close", which earlier rows had'));
  // A refused row leaves nothing behind.
  expect(stream.push({ time: 6n, close: 2 })).toEqual({ lagged: 1 });
});

test('a row with a segment after rows without one is refused: its cut would be lost', () => {
  const stream = lag.stream();
  stream.push({ close: 1 });
  expect(() => stream.push({ close: 1, segment: 1 })).toThrow(new TypeError('combine: row of "rows" has "segment", which earlier rows lacked'));
});

test('tables that an engine reads: missing, without a column, of the wrong type', () => {
  const reader = defineEngine({
    name: 'reader', input: { close: 'f64' }, reads: { marks: { at: 'f64' } }, aligned: { marked: 'f64' }, defaults: {}, init: () => ({}), advance() {},
  });
  expect(() => reader({ close })).toThrow(new TypeError('reader: table "marks" is missing'));
  expect(() => reader.stream()).toThrow('reader: reads tables (marks); stream it inside combine');
  const time = BigInt64Array.of(1n, 2n, 3n);
  expect(() => reader({ close, time }, {}, { marks: { time, level: close } })).toThrow(new TypeError('reader: column "at" of "marks given" is missing (node it)'));
  expect(() => reader({ close, time }, {}, { marks: { time, at: new Int8Array(3) } })).toThrow(new TypeError('reader: column "at" of "marks given" must be a Float64Array, was Int8Array'));
  expect(() => reader({ close }, {}, { marks: { time, at: close } })).toThrow('has no known time');
});

test('graphs: unknown wires, tables and sources', () => {
  expect(() => combine({ a: [lag, 'bars', {}, { open: 'bars/open' }] })).toThrow(new TypeError('combine: a (lag) reads nothing called "open"'));
  expect(() => combine({ a: [lag, 'bars', {}, { close: 'b/lagged' }], b: [lag, 'bars'] })).toThrow('there is no table "b" before its reader');
  expect(() => combine({ a: [lag, 'bars'], b: [lag, 'ticks', {}, { close: 'a/lagged' }] })).toThrow('which is not aligned with its driver "ticks"');
  expect(() => combine({ a: [lag, 'bars'] }, { bar: {} })).toThrow('no node reads a source called "bar"');
});

test('a model may not be applied to rows that it was fitted on', () => {
  const model = defineEngine({ name: 'model', input: { close: 'f64' }, defaults: { fit: { fittedThrough: 5n } }, init: () => ({}), advance() {} });
  expect(() => model({ close, time: BigInt64Array.of(5n, 6n, 7n) })).toThrow('must not be applied at 5');
  expect(() => model({ close })).toThrow('has no time');
  expect(() => model({ close, time: BigInt64Array.of(6n, 7n, 8n) })).not.toThrow();
});

test('length, base and append are no column names', () => {
  expect(() => defineEngine({ name: 'bad', input: {}, aligned: { length: 'f64' }, defaults: {}, init: () => ({}), advance() {} })).toThrow('"length" is no column name');
});

test('types infer from the declaration', () => {
  const typed: Float64Array = lag({ close }).lagged;
  expect(typed.length).toBe(3);
  // @ts-expect-error a misspelt option
  expect(() => lag({ close }, { row: 3 })).toThrow();
  // @ts-expect-error a missing column
  expect(() => lag({ volume: close })).toThrow();
  // @ts-expect-error no such output
  expect(lag({ close }).leading).toBeUndefined();
});
