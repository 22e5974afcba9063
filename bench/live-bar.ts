/** `live-bar`: one bar through every engine that goes over bars, in one graph, row by row as a live run does it. */
import { combine, generateBars, type Live, type SourceColumns } from '@zanzibar/core';
import * as cycles from '@zanzibar/engines/cycles';
import * as flow from '@zanzibar/engines/flow';
import * as levels from '@zanzibar/engines/levels';
import * as liquidity from '@zanzibar/engines/liquidity';
import * as profile from '@zanzibar/engines/profile';
import * as regime from '@zanzibar/engines/regime';
import * as score from '@zanzibar/engines/score';
import * as structure from '@zanzibar/engines/structure';
import * as wyckoff from '@zanzibar/engines/wyckoff';
import { engineGraph, everyEngineByName, isOfBars, neededOptions, withReturns } from '../packages/engines/test/engine-graph.ts';
import type { Benchmark, PartResult } from './benchmark.ts';
import { median, round } from './measure.ts';

/** Old rows are forgotten as often as a session does it. */
const trimming = 256;
const count = 20_000, runs = 5, families: { readonly [family: string]: object } = { structure, levels, liquidity, flow, profile, wyckoff, regime, cycles, score };

/** Engines of these families that bars alone feed; what they read comes along. */
function barEngines(): { readonly [family: string]: readonly string[] } {
  const ofBars = (family: object): string[] => Object.entries(family).filter(([name, value]) => typeof value === 'function' && 'spec' in value && isOfBars(name)).map(([name]) => name);
  return Object.fromEntries(Object.entries(families).map(([name, family]) => [name, ofBars(family)]));
}

/** A walk on a grid of hundredths, about three weeks of minutes, with the volume of each side. */
function makeBars(): SourceColumns {
  const bars = generateBars({ seed: 1, count, from: '2024-01-01', deviation: 0.0006 }), cents = (price: number): number => Math.round(price * 100) / 100;
  const buyVolume = bars.volume.map((volume, i) => Math.round(volume * (bars.close[i] > bars.open[i] ? 0.65 : 0.35)));
  return withReturns({
    ...bars, open: bars.open.map(cents), high: bars.high.map(cents), low: bars.low.map(cents), close: bars.close.map(cents), buyVolume, sellVolume: bars.volume.map((volume, i) => volume - buyVolume[i]),
  } as unknown as SourceColumns);
}

/**
 * Microseconds of every row: quantiles and the mean, and processor time of a row, over the rows after the first tenth, medians over the runs; the first run is not
 * counted. `rowBest` is the 99th percentile of what each row took in the fastest of the runs: what the rows themselves ask for, whoever else is on the machine.
 */
function timeRows(names: readonly string[], rows: SourceColumns, times: Float64Array): { readonly [figure: string]: number } {
  const pipeline = combine(engineGraph(names, neededOptions, true)), figures: Record<string, number[]> = { mean: [], p50: [], p99: [], cpu: [] }, skipped = times.length / 10, fastest = times.map(() => Infinity), closeTime = rows.closeTime as BigInt64Array;
  for (let k = 0; k <= runs; k++) {
    const live = pipeline.stream(), before = process.cpuUsage();
    for (let at = 0; at < times.length; at++) {
      const begun = performance.now();
      live.feedColumns('bars', rows, at, at + 1);
      live.advance(closeTime[at], at % trimming === 0);
      times[at] = performance.now() - begun;
    }
    const { user, system } = process.cpuUsage(before);
    if (k === 0) continue;
    for (let at = 0; at < times.length; at++) if (times[at] < fastest[at]) fastest[at] = times[at];
    figures.cpu.push((user + system) / times.length);
    const kept = times.slice(skipped).sort();
    figures.mean.push((kept.reduce((sum, time) => sum + time, 0) * 1000) / kept.length);
    figures.p50.push(kept[kept.length >> 1] * 1000);
    figures.p99.push(kept[Math.floor(0.99 * kept.length)] * 1000);
  }
  const rowBest = fastest.slice(skipped).sort()[Math.floor(0.99 * (times.length - skipped))] * 1000;
  return { ...Object.fromEntries(Object.entries(figures).map(([name, values]) => [name, round(median(values))])), best: round(Math.min(...figures.p99)), rowBest: round(rowBest) };
}

/** Events and columns of a live run against the batch over the first rows. */
function agrees(names: readonly string[], rows: SourceColumns): boolean {
  const first = Object.fromEntries(Object.entries(rows).map(([column, values]) => [column, values.slice(0, 3000)])), pipeline = combine(engineGraph(names, neededOptions, true)), batch = pipeline({ bars: first }) as any;
  const live: Live<any> = pipeline.stream(), seen = new Map<string, number>();
  for (let at = 0; at < 3000; at++) {
    live.feedColumns('bars', first, at, at + 1);
    live.advance(first.closeTime[at] as bigint);
    for (const { name, engine: { spec } } of pipeline.nodes) {
      const output = live.output[name];
      for (const column in spec.aligned) if (!Object.is(output[column][output.length - 1], batch[name][column][at])) return false;
      for (const table in spec.appended) seen.set(`${name}.${table}`, output[table].base + output[table].length);
    }
  }
  return pipeline.nodes.every(({ name, engine: { spec } }) => Object.keys(spec.appended ?? {}).every(table => seen.get(`${name}.${table}`) === batch[name][table].length));
}

const bench: Benchmark = {
  unit: 'us',
  isJoined: true,
  about: 'a bar pushed through every engine of structure, levels, liquidity, flow, profile, Wyckoff, regimes, cycles and score that bars feed, in one graph: 99th percentile',
  parts: {
    all(): PartResult {
      const names = Object.values(barEngines()).flat(), rows = makeBars();
      return { ...timeRows(names, rows, new Float64Array(count)), agree: agrees(names, rows), rows: count, nodes: combine(engineGraph(names, neededOptions, true)).nodes.length };
    },
    /** Processor time of each family with what it reads, and of each engine with what it reads: what to look at first. */
    families(): PartResult {
      const rows = makeBars(), times = new Float64Array(6000);
      return Object.fromEntries(Object.entries(barEngines()).map(([family, names]) => [family, timeRows(names, rows, times).cpu]));
    },
    engines(): PartResult {
      const rows = makeBars(), times = new Float64Array(6000);
      return Object.fromEntries(Object.values(barEngines()).flat().map(name => [name, timeRows([name], rows, times).cpu]));
    },
  },
  async line(bench) {
    const all = await bench.part('all'), families = await bench.part('families'), engines = await bench.part('engines');
    const most = Object.entries(engines).filter(([name]) => name in everyEngineByName).sort(([, a], [, b]) => b - a).slice(0, 8);
    bench.say(`p99 ${all.p99} us (best ${all.best}, of each row's best run ${all.rowBest}), p50 ${all.p50}, mean ${all.mean} (processor ${all.cpu}) over ${all.nodes} nodes; dearest with what they read: ${most.map(([name, mean]) => `${name} ${mean}`).join(', ')}`);
    return {
      ours: all.p99, peer: null, peerName: null, rows: all.rows, rssMb: all.rssMb!, agree: all.agree,
      extra: { best: all.best, rowBest: all.rowBest, p50: all.p50, mean: all.mean, cpu: all.cpu, nodes: all.nodes, familyCpu: Object.fromEntries(Object.entries(families).filter(([family]) => family !== 'rssMb')), dearest: Object.fromEntries(most) },
    };
  },
};
export default bench;
