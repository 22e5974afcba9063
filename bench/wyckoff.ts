/**
 * `wyckoff`: the Wyckoff family over the million bars of `indicators`, and over a million in which one schematic follows another, so that a structure is nearly always
 * under way. Relative volume, which may take the place of the volume before all this, stands beside it.
 */
import { combine, generateSchematic, schematics } from '@zanzibar/core';
import { atr, relativeVolume, volumeSpread, weisWaves, wyckoff } from '@zanzibar/engines';
import { volumeSpreadRows } from '../packages/engines/test/reference/volume-spread.ts';
import type { Benchmark, PartResult } from './benchmark.ts';
import { barFiles, makeBars, readDoubles, timesEvery, Uniforms, writeInputs } from './inputs.ts';
import { measure, round } from './measure.ts';

const count = 1_000_000;
const files = ['schematic-high.f64', 'schematic-low.f64', 'schematic-close.f64', 'schematic-volume.f64'] as const;
const family = combine({ spread: [volumeSpread, 'bars'], waves: [weisWaves, 'bars'], structure: [wyckoff, 'bars'] });
const engines = ['family', 'volumeSpread', 'weisWaves', 'wyckoff', 'relativeVolume'], markets = ['walk', 'schematics'] as const;
type Market = (typeof markets)[number];

/** Schematics end to end, each beginning at the price at which the one before ended. */
function makeSchematics(): { readonly [name: string]: Float64Array } {
  const columns = files.map(() => new Float64Array(count));
  let rows = 0, price = 100;
  for (let seed = 1; rows < count; seed++) {
    const { bars } = generateSchematic({ schematic: schematics[seed % schematics.length], seed, noise: 0.5, volumeNoise: 0.5 }), factor = price / bars.close[0], take = Math.min(bars.close.length, count - rows);
    [bars.high, bars.low, bars.close].forEach((values, k) => {
      for (let i = 0; i < take; i++) columns[k][rows + i] = values[i] * factor;
    });
    columns[3].set(bars.volume.subarray(0, take), rows);
    price = bars.close[bars.close.length - 1] * factor;
    rows += take;
  }
  return Object.fromEntries(files.map((file, k) => [file, columns[k]]));
}

function inputs(market: Market) {
  const random = new Uniforms(3), openTime = timesEvery(60_000_000_000n, count), walk = market === 'walk' ? [...barFiles.slice(1).map(file => readDoubles(file)), new Float64Array(count).map(() => 1 + Math.floor(1000 * random.next()))] : undefined;
  const [high, low, close, volume] = walk ?? files.map(file => readDoubles(file));
  return { high, low, close, volume, openTime };
}

/** Columns against brute force, and the events of a live run against those of the batch, over the first rows. */
function agrees(): boolean {
  const { high, low, close, volume } = inputs('schematics'), bars = { high: high.slice(0, 2000), low: low.slice(0, 2000), close: close.slice(0, 2000), volume: volume.slice(0, 2000) };
  const columns = volumeSpread(bars), rows = volumeSpreadRows(bars, atr(bars).atr, 60, 40), names = ['volumeRank', 'spreadRank', 'closeLocation', 'trend'] as const;
  if (!rows.every((row, i) => names.every(name => Object.is(columns[name][i], row[name])))) return false;
  const { events } = wyckoff(bars), live = wyckoff.stream();
  let at = 0;
  for (let i = 0; i < 2000; i++) {
    live.push({ high: bars.high[i], low: bars.low[i], close: bars.close[i], volume: bars.volume[i] });
    for (let k = 0; k < live.tables.events.length; k++, at++) if (live.tables.events.kind[k] !== events.kind[at] || live.tables.events.knownRow[k] !== i || events.knownRow[at] !== i) return false;
  }
  return at > 0 && at === events.length;
}

const bench: Benchmark = {
  unit: 'ns/bar',
  isJoined: true,
  about: 'volume spread analysis, Weis waves and Wyckoff structures over 1,000,000 bars, output made anew',
  prepare() {
    writeInputs(() => makeBars(count), ...barFiles);
    writeInputs(makeSchematics, ...files);
  },
  parts: {
    ...Object.fromEntries(markets.flatMap(market => engines.map(engine => [`${market} ${engine}`, (): PartResult => {
      const bars = inputs(market), runs: { readonly [engine: string]: () => any } = {
        family: () => family({ bars }), relativeVolume: () => relativeVolume(bars), volumeSpread: () => volumeSpread(bars), weisWaves: () => weisWaves(bars), wyckoff: () => wyckoff(bars),
      };
      const { median, best, cpu } = measure(runs[engine]), perBar = 1e6 / count, { events } = runs.wyckoff();
      return { median: median * perBar, best: best * perBar, cpu: cpu * perBar, events: events.length };
    }]))),
    agreement: () => ({ agree: agrees() }),
  },
  async line(bench) {
    const ours: Record<string, PartResult> = {};
    for (const market of markets) for (const engine of engines) ours[`${market} ${engine}`] = await bench.part(`${market} ${engine}`);
    const { agree } = await bench.part('agreement'), figures = (figure: string) => Object.fromEntries(markets.map(market => [market, Object.fromEntries(engines.map(engine => [engine, round(ours[`${market} ${engine}`][figure])]))]));
    for (const market of markets) bench.say(`${market}: ${engines.map(engine => `${engine} ${round(ours[`${market} ${engine}`].median)}`).join(', ')}`);
    return {
      ours: ours['walk family'].median, peer: null, peerName: null, rows: count, rssMb: Math.max(...Object.values(ours).map(({ rssMb }) => rssMb!)), agree: agree === true,
      extra: { perBar: figures('median'), bestPerBar: figures('best'), cpuPerBar: figures('cpu'), structureEvents: ours['schematics wyckoff'].events },
    };
  },
};
export default bench;
