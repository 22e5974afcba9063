/** `profile`: the volume profile and the footprint of 1M trades in bars of 1,000, beside MarketProfile and pandas. */
import { combine } from '@zanzibar/core';
import { footprint, volumeProfile } from '@zanzibar/engines';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { readDoubles, timesEvery, Uniforms, writeInputs } from './inputs.ts';
import { measure, round } from './measure.ts';

const count = 1_000_000, perBar = 1000, tick = 0.25, step = 60_000_000n;
const files = ['trade-price.f64', 'trade-size.f64', 'trade-side.f64'] as const;

/** A price that bounces between bid and ask, quarter of a point apart, and walks; whole sizes; one in twenty without a side. */
function makeTrades(): { readonly [name: string]: Float64Array } {
  const random = new Uniforms(4), price = new Float64Array(count), size = new Float64Array(count), side = new Float64Array(count);
  let bid = 20_000;
  for (let i = 0; i < count; i++) {
    const u = random.next();
    bid += u < 0.1 ? -1 : u >= 0.9 ? 1 : 0;
    const sign = random.next() < 0.5 ? 1 : -1;
    price[i] = (sign > 0 ? bid + 1 : bid) * tick;
    size[i] = 1 + Math.floor(20 * random.next() * random.next());
    side[i] = random.next() < 0.05 ? 0 : sign;
  }
  return { [files[0]]: price, [files[1]]: size, [files[2]]: side };
}

function sources(): { readonly bars: any; readonly trades: any } {
  const [price, size, side] = files.map(file => readDoubles(file)), bars = count / perBar, high = new Float64Array(bars).fill(-Infinity), low = new Float64Array(bars).fill(Infinity);
  for (let i = 0; i < count; i++) {
    const bar = Math.floor(i / perBar);
    high[bar] = Math.max(high[bar], price[i]);
    low[bar] = Math.min(low[bar], price[i]);
  }
  const from = 1_704_067_200_000_000_000n;
  return { bars: { closeTime: timesEvery(step * BigInt(perBar), bars, from + step * BigInt(perBar)), high, low }, trades: { time: timesEvery(step, count, from), price, size, side: Int8Array.from(side) } };
}

const graphs = {
  profile: combine({ profile: [volumeProfile, 'bars', { tick }, { trades: 'trades' }] }),
  footprint: combine({ footprint: [footprint, 'bars', { tick }, { trades: 'trades' }] }),
  both: combine({ footprint: [footprint, 'bars', { tick }, { trades: 'trades' }], profile: [volumeProfile, 'bars', { tick }, { cells: 'footprint.cells' }] }),
};

/** The figures that the peers have too: the profile after the last trade, and the cells of all bars. */
function check(output: any): { readonly [figure: string]: number } {
  const { profile, footprint: { cells } } = output, last = count / perBar - 1;
  let buy = 0, sell = 0, total = 0;
  for (let k = 0; k < cells.length; k++) {
    buy += cells.buyVolume[k] * (k % 1009);
    sell += cells.sellVolume[k] * (k % 1009);
    total += cells.volume[k];
  }
  return {
    pointOfControl: profile.pointOfControl[last], low: profile.valueAreaLow[last], high: profile.valueAreaHigh[last], total, rows: new Set(cells.price.slice(0, cells.length)).size, cells: cells.length, buy, sell,
  };
}

const part = (graph: any): PartResult => {
  const given = sources(), { median, best, cpu } = measure(() => graph(given)), perTick = 1e6 / count;
  return { median: median * perTick, best: best * perTick, cpu: cpu * perTick };
};

const bench: Benchmark = {
  unit: 'ns/tick',
  isJoined: true,
  about: 'volume profile with its value area after each bar, and footprint with imbalances, of 1,000,000 trades in bars of 1,000',
  prepare: () => writeInputs(makeTrades, ...files),
  parts: {
    profile: () => part(graphs.profile),
    footprint: () => part(graphs.footprint),
    both: () => ({ ...part(graphs.both), check: check(graphs.both(sources())) }),
  },
  async line(bench) {
    const profile = await bench.part('profile'), prints = await bench.part('footprint'), both = await bench.part('both');
    const peer = bench.peer('research', 'profile_marketprofile.py', count, perBar), theirs = peer?.check ?? bench.expected?.MarketProfile;
    bench.say(`volume profile ${round(profile.median)} (best ${round(profile.best)}), footprint ${round(prints.median)} (best ${round(prints.best)}), both ${round(both.median)} (best ${round(both.best)}) ns a tick`);
    return {
      ours: both.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version} and pandas` : null, agree: agrees(both.check, theirs), rssMb: both.rssMb!, rows: count,
      extra: {
        best: round(both.best), cpu: round(both.cpu), profile: round(profile.median), profileBest: round(profile.best), footprint: round(prints.median), footprintBest: round(prints.best),
        peerProfile: peer ? round(peer.check.profileNsPerTick) : null, peerFootprint: peer ? round(peer.check.pandasNsPerTick) : null,
      },
    };
  },
};
export default bench;

function agrees(ours: { readonly [figure: string]: number }, theirs: PeerResult['check'] | undefined): boolean {
  return theirs !== undefined && Object.keys(ours).every(figure => ours[figure] === theirs[figure]);
}
