/** Each law has to find planted faults: a law that has caught nothing proves nothing. Oracle: the faults themselves. */
import { describe, expect, test } from 'vitest';
import { combine } from '../engine/combine.ts';
import type { Live, Pipeline } from '../engine/pipeline.ts';
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { appendEvent, eventCode } from '../events.ts';
import { eventSchema } from '../schemas.ts';
import type { F64 } from '../table.ts';
import { engineLaws, lawsOf, type EngineLawsCase, type LawName } from './engine-laws.ts';
import { pipelineLaws } from './pipeline-laws.ts';
import { randomMarket, roughTexture } from './random-market.ts';
import { decodeSnapshot, encodeSnapshot } from '../snapshot-bytes.ts';

/** The mean of the last `period` closes and their distance: the sound engine that the faults are planted in. */
interface MeanOptions { period: number; least: number }
const mean: Engine<MeanOptions, F64<'close'>, F64<'mean' | 'change'>, { events: typeof eventSchema }> = defineEngine({
  name: 'mean',
  input: { close: 'f64' },
  aligned: { mean: 'f64', change: 'f64' },
  appended: { events: eventSchema },
  kinds: ['swing', 'touched', 'segmentEnd'],
  defaults: { period: 5, least: 0 } as MeanOptions,
  warmup: ({ period }) => period - 1,
  lag: () => 0,
  units: { change: 'change', value: 'range' },
  optionUnits: { least: 'range' },
  mirror: 1e-12,
  scale: 'exact',
  init: ({ period }) => ({ count: 0, at: 0, side: 0, id: NaN, window: new Float64Array(period) }),
  advance(state, { base, close }, { mean, change, events }, from, to, { period, least }) {
    const { window } = state;
    for (let i = from; i < to; i++) {
      window[state.at] = close[i];
      state.at = (state.at + 1) % period;
      if (state.count < period) state.count++;
      let sum = 0;
      for (const value of window) sum += value;
      mean[i] = state.count < period ? NaN : sum / period;
      change[i] = close[i] - mean[i];
      const side = change[i] > least ? 1 : change[i] < -least ? -1 : 0;
      if (side !== 0 && side !== state.side) {
        state.id = appendEvent(events, eventCode.swing, side, base + i, base + i, NaN, close[i], NaN, Math.abs(change[i]));
        state.side = side;
      } else if (side !== 0 && state.id === state.id) {
        appendEvent(events, eventCode.touched, side, base + i, base + i, state.id, close[i], NaN, NaN);
        state.id = NaN;
      }
    }
  },
  end(state, { base, close }, { events }, row) {
    if (state.side !== 0) appendEvent(events, eventCode.segmentEnd, state.side, base + row, base + row, NaN, close[row], NaN, NaN);
  },
});
const setup: EngineLawsCase<MeanOptions> = { options: random => ({ period: random.integer(1, 12), least: random.integer(0, 8) / 64 }), runs: 30 };

describe('a sound engine passes', () => engineLaws(test, mean, setup));

const { spec } = mean, { advance } = spec;
let outside = 0;
const hidden = new Map<number, number>();

/** Each fault with the laws that have to find it. */
const faults: readonly (readonly [laws: readonly LawName[], fault: string, found: RegExp, Engine<any, any, any, any, any, any>])[] = [
  [['L1', 'L2'], 'the next row is read', /mean is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) output.mean[i] += i + 1 < to && input.close[i + 1] > input.close[i] ? 1 : 0;
  } })],
  [['L1', 'L3'], 'state is not stored back', /differ|trace/, defineEngine({ ...spec, advance: (state, input, output, from, to, options) => advance({ ...state, window: state.window.slice() }, input, output, from, to, options) })],
  [['L1', 'L3'], 'state lies in the module', /mean is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) output.mean[i] += outside++ % 7;
  } })],
  [['L1', 'L2'], 'an aligned row is repainted', /mean is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = Math.max(1, from); i < to; i++) if (input.close[i] > input.close[i - 1]) output.mean[i - 1] = 0;
  } })],
  [['L2', 'L4'], 'an event is written back on an earlier row', /in the past|before the one above it/, defineEngine({ ...spec, lag: undefined, advance(state, input, output, from, to, options) {
    for (let i = from; i < to; i++) {
      advance(state, input, output, i, i + 1, options);
      // Found at row i, but said to have been known three rows before.
      if (state.count >= options.period && i % 5 === 0) appendEvent(output.events, eventCode.swing, 1, input.base + i - 3, input.base + i - 3, NaN, input.close[i], NaN, NaN);
    }
  } })],
  [['L1', 'L2'], 'the mean of the whole sample is subtracted', /change is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    let sum = 0;
    for (let i = from; i < to; i++) sum += input.close[i];
    for (let i = from; i < to; i++) output.change[i] -= sum / (to - from);
  } })],
  [['L1'], 'live multiplies by the reciprocal instead of dividing', /mean is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    if (to - from === 1) output.mean[from] = output.mean[from] * options.period * (1 / options.period);
  } })],
  [['L1'], 'the rows before the block are read', /mean is/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) output.mean[i] = i > 0 ? input.close[i - 1] : NaN;
  } })],
  [['L1'], 'ids are positions', /events row/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    const first = output.events.length;
    advance(state, input, output, from, to, options);
    for (let k = first; k < output.events.length; k++) output.events.id[k] = k;
  } })],
  [['L3'], 'peek commits: an object inside the state', /peek|trace|snapshot/, defineEngine({ ...spec, init: options => ({ ...spec.init(options), deep: [{ sum: 0 }] }) as any, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) output.mean[i] += (state as any).deep[0].sum++ % 5;
  } })],
  [['L3'], 'a part of the state lies outside of it', /snapshot|trace|shows/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) {
      output.mean[i] += hidden.get(input.base + i - 1) ?? 0;
      hidden.set(input.base + i, input.close[i] > 0 && outside++ % 2 === 0 ? 1 : 0);
    }
  } })],
  [['L3'], 'the state grows with the rows', /memory grows/, defineEngine({ ...spec, init: options => ({ ...spec.init(options), all: new Float64Array(0) }), advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    const grown = new Float64Array(state.all.length + to - from);
    grown.set(state.all);
    state.all = grown;
  } })],
  [['L4'], 'the warm-up is one row longer than declared', /declares a warm-up/, defineEngine({ ...spec, warmup: ({ period }) => Math.max(0, period - 2) })],
  [['L4'], 'the warm-up is one row shorter than declared', /declares a warm-up/, defineEngine({ ...spec, warmup: ({ period }) => period })],
  [['L4'], 'a NaN comes after the warm-up', /declares a warm-up/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) if ((input.close[i] * 100) % 17 < 1) output.mean[i] = NaN;
  } })],
  [['L4'], 'the lag is not the declared one', /declares a lag/, defineEngine({ ...spec, lag: () => 1 })],
  [['L5'], 'a comparison is asymmetric', /events/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    advance(state, input, output, from, to, options);
    for (let i = from; i < to; i++) if (input.close[i] >= output.mean[i] + 1) appendEvent(output.events, eventCode.touched, 1, input.base + i, input.base + i, NaN, input.close[i], NaN, NaN);
    for (let i = from; i < to; i++) if (input.close[i] < output.mean[i] - 1.5) appendEvent(output.events, eventCode.touched, -1, input.base + i, input.base + i, NaN, input.close[i], NaN, NaN);
  } })],
  [['L5'], 'an output has the wrong unit', /mean row/, defineEngine({ ...spec, units: { ...spec.units, mean: 'range' } })],
  [['L5'], 'a down event carries the direction of an up event', /events/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    const first = output.events.length;
    advance(state, input, output, from, to, options);
    for (let k = first; k < output.events.length; k++) if (output.events.kind[k] === eventCode.touched) output.events.direction[k] = 1;
  } })],
  [['L5'], 'a follow-up refers to another event', /refers to another/, defineEngine({ ...spec, advance(state, input, output, from, to, options) {
    const first = output.events.length;
    advance(state, input, output, from, to, options);
    for (let k = first; k < output.events.length; k++) if (output.events.ref[k] > 2 && output.events.direction[k] > 0) output.events.ref[k] -= 1;
  } })],
  [['L6'], 'a threshold is absolute', /events|rows/, defineEngine({ ...spec, advance: (state, input, output, from, to, options) => advance(state, input, output, from, to, { ...options, least: 0.25 }) })],
  [['L6'], 'an output is not in the declared unit', /mean row/, defineEngine({ ...spec, units: { ...spec.units, mean: 'ratio' } })],
];
const cases = faults.flatMap(([laws, fault, found, engine]) => laws.map(law => [law, fault, found, engine] as const));
test.each(cases)('%s finds that %s', (law, _fault, found, engine) => expect(() => lawsOf(engine, setup)[law]()).toThrow(found));

test.each<[string, RegExp, object]>([
  ['a kind of event never occurs', /met only 0 events "filled" of it, needs 20/, { kinds: ['swing', 'touched', 'segmentEnd', 'filled'] }],
  ['a kind of event is not declared', /writes events "touched" that it does not declare/, { kinds: ['swing', 'segmentEnd'] }],
  ['no kinds are declared', /declares no kinds/, { kinds: undefined }],
  ['an output never has a value', /met only 0 values of it\/never/, { aligned: { ...spec.aligned, never: 'f64' }, sparse: ['never'], units: { ...spec.units, never: 'count' } }],
])('every law fails where %s', (_what, found, change) => {
  const laws = lawsOf(defineEngine({ ...spec, ...change } as typeof spec), setup);
  for (const law of ['L1', 'L2', 'L3', 'L4', 'L5', 'L6'] as const) expect(laws[law]).toThrow(found);
});

test('L5 and L6 want a declaration, and a reason where there is none', () => {
  expect(lawsOf(defineEngine({ ...spec, mirror: undefined }), setup).L5).toThrow('declares no law of the mirrored market');
  expect(lawsOf(defineEngine({ ...spec, scale: { none: '' } }), setup).L6).toThrow('gives no reason');
  expect(lawsOf(defineEngine({ ...spec, scale: { none: 'sizes are absolute' } }), setup).L6).not.toThrow();
});

test('a broken law names the seed, the run and the options that break it again', () => {
  expect(lawsOf(faults[0][3], { ...setup, seed: 7 }).L2).toThrow(/L2 .*\(seed 7, run \d+, options \{"period":\d+,"least":[\d.]+\}\)/);
});

const graph = { slow: [mean, 'other', { period: 3 }], fast: [mean, 'bars', { period: 2 }], both: [mean, 'bars', { period: 2 }, { close: 'fast/mean' }] } as const;
const sources = (random: Parameters<typeof randomMarket>[1]) => ({
  bars: randomMarket({ close: 'f64' }, random, 150, { ...roughTexture, isHoled: false }), other: randomMarket({ price: 'f64', close: 'f64' }, random, 100, roughTexture),
});
describe('a sound pipeline of two sources passes', () => pipelineLaws(test, 'two sources', { runs: 40, boundedRows: 20_000, make: random => ({ pipeline: combine(graph), sources: sources(random) }) }));

/** The same pipeline with another form of some of its stream's methods. */
function altered(change: (live: Live<any>) => Partial<Live<any>>): Pipeline<any> {
  const sound = combine(graph);
  return Object.assign((...given: Parameters<typeof sound>) => sound(...given), { ...sound, stream: () => { const live = sound.stream(); return { ...live, ...change(live) }; } }) as Pipeline<any>;
}
const lawOfPipeline = (law: string, pipeline: Pipeline<any>): (() => void) => {
  let body = (): void => undefined;
  pipelineLaws((title, run) => void (title.includes(law) && (body = run)), 'planted', { runs: 10, boundedRows: 2000, make: random => ({ pipeline, sources: sources(random) }) });
  return body;
};

test('L3 of a pipeline finds a snapshot that loses a field', () => {
  const losing = altered(live => ({ snapshot() {
    const saved = decodeSnapshot('test', live.snapshot());
    saved.nodes[1].memory.state.side = 0;
    return encodeSnapshot(saved);
  } }));
  expect(lawOfPipeline('L3', losing)).toThrow(/snapshot/);
});

test('L3 of a pipeline finds a snapshot without the rows that a node has still to read', () => {
  const losing = altered(live => ({ restore(bytes) {
    const saved = decodeSnapshot('test', bytes);
    for (const table of saved.tables) {
      table.base += table.length;
      table.length = 0;
      table.columns = Object.fromEntries(Object.entries(table.columns).map(([name, values]: [string, any]) => [name, values.slice(0, 0)]));
    }
    live.restore(encodeSnapshot(saved));
  } }));
  expect(lawOfPipeline('L3', losing)).toThrow(/snapshot/);
});

test('L3 of a pipeline finds a peek that commits', () => {
  const committing = altered(live => ({ peek(rows, time, look) {
    for (const source in rows) live.feed(source, rows[source]);
    live.advance(time);
    return look();
  } }));
  expect(lawOfPipeline('L3', committing)).toThrow(/L3/);
});

test('L1 of a pipeline finds a block that forgets a source', () => {
  let fed = 0;
  const forgetting = altered(live => ({ feed: (source, row) => (source === 'other' && ++fed % 50 === 0 ? undefined : live.feed(source, row)) }));
  expect(lawOfPipeline('L1', forgetting)).toThrow(/L1 live .* differs from batch/);
});
