/** `smc`: market structure over 24,424 bars of EURUSD beside smart-money-concepts; the figure is what both have, in one call. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { combine, eventCode, type eventSchema, type Table } from '@zanzibar/core';
import {
  atr, breakerBlocks, fairValueGaps, gapFills, inversionGaps, joinedGaps, legSwings, liquidityPools, orderBlocks, pointsOfInterest, premiumDiscount, previousHighLow, retracements, sessions,
  structureBreaks, structureShifts, swingAlternation, swings, sweeps, zigzagSwings,
} from '@zanzibar/engines';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { barFiles, makeBars, readDoubles, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';

const count = 24_424;
const files = ['smc-time.f64', 'smc-open.f64', 'smc-high.f64', 'smc-low.f64', 'smc-close.f64', 'smc-volume.f64'] as const;
const recorded = fileURLToPath(new URL('../../shared/oracles/smart-money-concepts/EURUSD_15M.csv.gz', import.meta.url));

/** The recorded quarter hours where `../shared` is there, else made ones. */
function inputs(): { readonly [file: string]: Float64Array } {
  if (!existsSync(recorded)) {
    const made = makeBars(count), times = Float64Array.from({ length: count }, (_, row) => Date.UTC(2022, 9, 10) + row * 900_000);
    return { 'smc-time.f64': times, ...Object.fromEntries(barFiles.map(file => [`smc-${file}`, made[file]])), 'smc-volume.f64': new Float64Array(count) };
  }
  // Date, open, high, low, close, tick volume, volume (0 throughout), spread.
  const rows = gunzipSync(readFileSync(recorded)).toString('utf8').trim().split(/\r?\n/).slice(1).map(line => line.split(','));
  const column = (k: number): Float64Array => Float64Array.from(rows, row => Number(row[k]));
  const times = Float64Array.from(rows, ([date]) => Date.parse(`${date.replaceAll('.', '-').replace(' ', 'T')}Z`));
  return { 'smc-time.f64': times, 'smc-open.f64': column(1), 'smc-high.f64': column(2), 'smc-low.f64': column(3), 'smc-close.f64': column(4), 'smc-volume.f64': column(6) };
}

function readBars() {
  const [time, open, high, low, close, volume] = files.map(file => readDoubles(file)), openTime = BigInt64Array.from(time, milliseconds => BigInt(milliseconds) * 1_000_000n);
  return { openTime, closeTime: openTime.map(start => start + 900_000_000_000n), open, high, low, close, volume };
}

/** What answers the peer's functions, one line each. */
const shared = {
  swings: [swings, 'bars'],
  breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }],
  gaps: [fairValueGaps, 'bars', { middleBar: 'direction' }],
  blocks: [orderBlocks, 'bars', {}, { breaks: 'breaks.events' }],
  pools: [liquidityPools, 'bars', { tolerance: 0.0005, atrMultiple: 0 }, { swings: 'swings.events' }],
  previous: [previousHighLow, 'bars'],
  london: [sessions, 'bars', { zone: 'UTC', start: '07:00', end: '16:00' }],
  retracements: [retracements, 'bars', {}, { swings: 'swings.events' }],
} as const;

/** Every engine of market structure. */
const every = {
  ...shared,
  atr: [atr, 'bars'],
  legs: [legSwings, 'bars'],
  zigzag: [zigzagSwings, 'bars', {}, { atr: 'atr/atr' }],
  alternation: [swingAlternation, 'bars', {}, { swings: 'swings.events' }],
  shifts: [structureShifts, 'bars', {}, { breaks: 'breaks.events', gaps: 'gaps.events', atr: 'atr/atr' }],
  breakers: [breakerBlocks, 'bars', {}, { blocks: 'blocks.events' }],
  fills: [gapFills, 'bars', {}, { gaps: 'gaps.events' }],
  inversions: [inversionGaps, 'bars', {}, { gaps: 'gaps.events' }],
  joined: [joinedGaps, 'bars', {}, { gaps: 'gaps.events' }],
  sweeps: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }],
  premium: [premiumDiscount, 'bars', {}, { swings: 'swings.events' }],
  interest: [
    pointsOfInterest, 'bars', {},
    { orderBlocks: 'blocks.events', breakerBlocks: 'breakers.events', gaps: 'gaps.events', inversionGaps: 'inversions.events', pools: 'pools.events', periods: 'previous.events', sessions: 'london.events', atr: 'atr/atr' },
  ],
} as const;

/** The swings that the peer has: with 4 bars before and 5 after, every tie, a high where a bar is both, none before row 9, in turns. */
function peersSwings(bars: ReturnType<typeof readBars>): Summary {
  const { events: all } = swings(bars, { left: 4, right: 5, ties: 'every' }), highs = new Set([...all.originRow].filter((_, k) => all.direction[k] > 0));
  const kept = [...all.id].filter(k => all.originRow[k] >= 9 && (all.direction[k] > 0 || !highs.has(all.originRow[k])));
  const table = { id: Float64Array.from(kept), kind: new Int16Array(kept.length).fill(eventCode.swing), ...pick(all, kept) };
  const { events: gone } = swingAlternation(bars, {}, { swings: table }), superseded = new Set(gone.ref);
  const stay = kept.filter(k => !superseded.has(k));
  return summary(stay.map(k => [all.originRow[k], all.direction[k], all.level0[k]]));
}

function pick(events: Table<typeof eventSchema>, rows: readonly number[]) {
  const column = (values: { readonly [k: number]: number }): Float64Array => Float64Array.from(rows, k => values[k]);
  return { direction: Int8Array.from(rows, k => events.direction[k]), originRow: column(events.originRow), knownRow: column(events.knownRow), level0: column(events.level0) };
}

interface Summary { readonly count: number; readonly rows: number; readonly prices: readonly number[] }

function summary(found: readonly (readonly [row: number, side: number, ...prices: number[]])[]): Summary {
  const sums = found[0].slice(2).map((_, k) => found.reduce((sum, each) => sum + each[k + 2], 0));
  return { count: found.length, rows: found.reduce((sum, [row, side]) => sum + row * side, 0), prices: sums };
}

function timed(graph: typeof shared | typeof every): PartResult {
  const bars = readBars(), run = combine(graph), { median, best, cpu } = measure(() => run({ bars })), output = run({ bars }) as { readonly [node: string]: { readonly events?: { readonly length: number } } };
  return { median, best, cpu, events: Object.values(output).reduce((sum, node) => sum + (node.events?.length ?? 0), 0) };
}

const bench: Benchmark = {
  unit: 'ms',
  isJoined: true,
  about: `what smart-money-concepts has too, over ${count.toLocaleString('en')} bars in one call, all columns and events made anew`,
  prepare: () => writeInputs(inputs, ...files),
  parts: {
    shared: () => timed(shared),
    every: () => timed(every),
    relations(): PartResult {
      const bars = readBars(), { gaps: { events } } = combine(shared)({ bars });
      const gaps = [...events.id].filter(k => events.kind[k] === eventCode.fairValueGap).map(k => [events.originRow[k], events.direction[k], events.level0[k], events.level1[k]] as const);
      return { fvg: summary(gaps), swing_highs_lows: peersSwings(bars) };
    },
  },
  async line(bench) {
    const ours = await bench.part('shared'), all = await bench.part('every'), relations = await bench.part('relations');
    const peer = bench.peer('research', 'smc_smartmoneyconcepts.py', count), theirs = peer?.check ?? bench.expected?.['smart-money-concepts'];
    if (peer) bench.say(Object.entries(peer.check).map(([name, { ms }]) => `${name} ${round(ms)}`).join(', '));
    return {
      ours: ours.median, peer: peer?.median ?? null, peerName: peer ? `${peer.peer} ${peer.version}` : null, rows: count, rssMb: Math.max(ours.rssMb!, all.rssMb!), agree: agrees(relations, theirs),
      extra: {
        all: round(all.median), best: round(ours.best), bestAll: round(all.best), cpu: round(ours.cpu), cpuAll: round(all.cpu), peerBest: peer ? round(peer.best) : null, events: ours.events, eventsAll: all.events,
        engines: Object.keys(shared).length, enginesAll: Object.keys(every).length, data: existsSync(recorded) ? 'EURUSD, recorded' : 'made',
      },
    };
  },
};
export default bench;

/** Where a relation of ours to theirs exists it has to hold: the same gaps, and the same swings in turns. */
function agrees(ours: PartResult, theirs: PeerResult['check'] | undefined): boolean {
  return theirs !== undefined && ['fvg', 'swing_highs_lows'].every(name => {
    const a: Summary = ours[name], b: Summary = theirs[name];
    return a.count === b.count && a.rows === b.rows && a.prices.every((price, k) => isClose(price, b.prices[k], 1e-12));
  });
}
