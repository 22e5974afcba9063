/** `indicators`: engines over a million bars beside TA-Lib's C core; the figure is the geometric mean of those that both have. */
import { atr, ema, fairValueGaps, rsi, sma, structureBreaks, swings, vwap } from '@zanzibar/engines';
import { combine } from '@zanzibar/core';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { barFiles, makeBars, readDoubles, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';

const count = 1_000_000;
const compared = ['sma20', 'ema20', 'rsi14', 'atr14'] as const;

/** `structure` is swings and the breaks of them, one driven after the other. */
function runs(): { readonly [engine: string]: () => any } {
  const [open, high, low, close] = barFiles.map(file => readDoubles(file)), volume = open.map((_, row) => 1 + (row % 1000)), bars = { high, low, close };
  const structure = combine({ swings: [swings, 'bars'], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }] });
  return {
    sma20: () => sma({ close }, { period: 20 }).sma, ema20: () => ema({ close }, { period: 20 }).ema, rsi14: () => rsi({ close }, { period: 14 }).rsi, atr14: () => atr(bars, { period: 14 }).atr,
    vwap: () => vwap({ ...bars, volume }), swings: () => swings({ high, low }), fairValueGaps: () => fairValueGaps({ high, low }), structure: () => structure({ bars }),
  };
}

/** The last value and the sum of those that are numbers. */
function summary(values: Float64Array): { last: number; sum: number } {
  let sum = 0;
  for (const value of values) if (value === value) sum += value;
  return { last: values[values.length - 1], sum };
}

const engines = ['sma20', 'ema20', 'rsi14', 'atr14', 'vwap', 'swings', 'fairValueGaps', 'structure'];

const bench: Benchmark = {
  unit: 'ns/row',
  about: `geometric mean of ${compared.join(', ')} over 1,000,000 bars, output columns made anew`,
  prepare: () => writeInputs(() => makeBars(count), ...barFiles),
  parts: Object.fromEntries(engines.map(engine => [engine, (): PartResult => {
    const run = runs()[engine], { median, best } = measure(run), perRow = 1e6 / count, output = run();
    return { median: median * perRow, best: best * perRow, ...(output instanceof Float64Array ? summary(output) : {}) };
  }])),
  async line(bench) {
    const ours: Record<string, PartResult> = {};
    for (const engine of engines) ours[engine] = await bench.part(engine);
    const peer = bench.peer('research', 'indicators_talib.py', count), theirs = peer?.check ?? bench.expected?.['TA-Lib'];
    const mean = (values: readonly number[]): number => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
    bench.say(engines.map(engine => `${engine} ${round(ours[engine].median)}${peer?.check[engine] ? ` (TA-Lib ${round(peer.check[engine].nsPerRow)})` : ''}`).join(', '));
    return {
      ours: mean(compared.map(name => ours[name].median)), peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: count, rssMb: Math.max(...engines.map(engine => ours[engine].rssMb!)),
      agree: agrees(ours, theirs),
      extra: {
        best: round(mean(compared.map(name => ours[name].best))), peerBest: peer ? round(peer.best) : null, perRow: Object.fromEntries(engines.map(engine => [engine, round(ours[engine].median)])),
        bestPerRow: Object.fromEntries(engines.map(engine => [engine, round(ours[engine].best)])), peerPerRow: peer ? Object.fromEntries(compared.map(name => [name, round(peer.check[name].nsPerRow)])) : null,
      },
    };
  },
};
export default bench;

function agrees(ours: { readonly [engine: string]: PartResult }, theirs: PeerResult['check'] | undefined): boolean {
  return theirs !== undefined && compared.every(name => isClose(ours[name].last, theirs[name].last, 1e-9) && isClose(ours[name].sum, theirs[name].sum, 1e-9));
}
