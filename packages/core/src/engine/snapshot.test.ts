/** Snapshots are canonical bytes that another stream of the same graph goes on from, and no other. */
import { expect, test } from 'vitest';
import { DataError } from '../errors.ts';
import { decodeSnapshot, encodeSnapshot } from '../snapshot-bytes.ts';
import { combine } from './combine.ts';
import { defineEngine } from './define-engine.ts';

const totalOf = (version?: number) => defineEngine({
  name: 'total', version, input: { close: 'f64' }, aligned: { total: 'f64' }, defaults: { start: 0 }, init: ({ start }) => ({ sum: start }),
  advance(state, { close }, { total }, from, to) {
    for (let i = from; i < to; i++) total[i] = state.sum += close[i];
  },
});
const total = totalOf();
const streamed = (close: readonly number[], options?: object) => {
  const stream = total.stream(options);
  for (const value of close) stream.push({ close: value });
  return stream;
};

test('a restored stream goes on where the stored one was, and gives the same bytes', () => {
  const bytes = streamed([1, 2, 3]).snapshot(), next = total.stream();
  next.restore(bytes);
  expect(next.snapshot()).toEqual(bytes);
  expect(next.push({ close: 10 })).toEqual({ total: 16 });
});

test('the same rows give the same bytes, others not', () => {
  expect(streamed([1, 2, 3]).snapshot()).toEqual(streamed([1, 2, 3]).snapshot());
  expect(streamed([1, 2, 3]).snapshot()).not.toEqual(streamed([1, 2, 4]).snapshot());
});

test('rows that were fed and not yet advanced over are in it', () => {
  const pipeline = combine({ total: [total, 'rows'] }), live = pipeline.stream(), next = pipeline.stream();
  live.feed('rows', { close: 4 });
  next.restore(live.snapshot());
  next.advance();
  expect(next.output.total.total[0]).toBe(4);
});

test('another graph, engine, version, option or source refuses it', () => {
  const bytes = streamed([1]).snapshot();
  expect(() => total.stream({ start: 1 }).restore(bytes)).toThrow(RangeError);
  expect(() => totalOf(2).stream().restore(bytes)).toThrow(RangeError);
  const graph = combine({ total: [total, 'rows'] }).stream(), other = combine({ total: [total, 'other'] }).stream();
  expect(() => other.restore(graph.snapshot())).toThrow(RangeError);
  expect(() => graph.restore(bytes)).toThrow('the snapshot was taken of another graph');
});

test('another format version is refused by its number', () => {
  const saved = decodeSnapshot('test', streamed([1]).snapshot());
  expect(() => total.stream().restore(encodeSnapshot({ ...saved, format: 99 }))).toThrow('combine: snapshot format must be 1, was 99');
});

test('bytes cut short or changed anywhere are refused, and the stream goes on as before', () => {
  const stream = streamed([1, 2]), bytes = stream.snapshot();
  for (let length = 0; length < bytes.length; length++) expect(() => stream.restore(bytes.subarray(0, length))).toThrow(DataError);
  for (let at = 0; at < bytes.length; at++) expect(() => stream.restore(bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte)))).toThrow(DataError);
  expect(stream.push({ close: 1 })).toEqual({ total: 4 });
});

test('a state that holds more than numbers and typed arrays is refused with its path', () => {
  const engine = defineEngine({ name: 'bad', input: { close: 'f64' }, defaults: {}, init: () => ({ cache: new Map() }) as never, advance() {} });
  expect(() => engine.stream().snapshot()).toThrow(/cache is a Map/);
});

test('outputs are there and empty before the first row, and after a restore stand where the stored stream stood', () => {
  const pipeline = combine({ total: [total, 'rows'] }), live = pipeline.stream(), next = pipeline.stream();
  expect([live.output.total.base, live.output.total.length, live.output.total.total.length]).toEqual([0, 0, 0]);
  for (const close of [1, 2, 3]) {
    live.feed('rows', { close });
    live.advance();
  }
  next.restore(live.snapshot());
  expect([next.output.total.base, next.output.total.length]).toEqual([3, 0]);
});
