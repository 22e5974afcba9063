/** A pipeline of every engine, and digests of what it writes row by row; run as a program it goes on from a snapshot on standard input. */
import { pathToFileURL } from 'node:url';
import { combine, encodeCanonical, randomStream, sha256, type Live, type Pipeline } from '@zanzibar/core';
import { OutputLog, randomMarket, roughTexture, rowOf, type Sources } from '@zanzibar/core/testing';
import {
  atr, breakerBlocks, ema, fairValueGaps, gapFills, inversionGaps, joinedGaps, legSwings, orderBlocks, rsi, sma, structureBreaks, structureShifts, swingAlternation, swings, tradeVwap, vwap,
  zigzagSwings,
} from '../src/index.ts';
import { killZones, pointsOfInterest, premiumDiscount, previousHighLow, retracements, sessions } from '../src/levels/index.ts';
import {
  abdiRanaldo, amihud, barVpin, bulkVolume, corwinSchultzAfml, corwinSchultzDaily, corwinSchultzPair, edgeSpread, hasbrouck, kyleBarMean, kyleLambda, liquidityPools, rollSpread, sweeps, vpin,
} from '../src/liquidity/index.ts';
import { anchoredVwap, vwapBands } from '../src/flow/index.ts';
import { relativeVolume, volumeSpread, weisWaves, wyckoff } from '../src/wyckoff/index.ts';
import { barVolumeProfile, delta, deltaDivergence } from '../src/index.ts';

export const everyEngine: Pipeline<any> = combine({
  sma: [sma, 'bars', { period: 5 }], ema: [ema, 'bars', { period: 5 }], rsi: [rsi, 'bars', { period: 5 }], atr: [atr, 'bars', { period: 5 }],
  vwap: [vwap, 'bars'], trades: [tradeVwap, 'bars', {}, { price: 'bars/close', size: 'bars/volume' }], smooth: [ema, 'bars', { period: 3 }, { close: 'atr/atr' }],
  swings: [swings, 'bars', { left: 2, right: 2 }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars', { cap: 4 }],
  legs: [legSwings, 'bars', { right: 2 }], zigzag: [zigzagSwings, 'bars', { multiple: 1 }, { atr: 'atr/atr' }], alternation: [swingAlternation, 'bars', {}, { swings: 'swings.events' }],
  shifts: [structureShifts, 'bars', { lookback: 50 }, { breaks: 'breaks.events', gaps: 'gaps.events', atr: 'atr/atr' }],
  blocks: [orderBlocks, 'bars', { lookback: 50, maximumRange: 2 }, { breaks: 'breaks.events', atr: 'atr/atr', longAtr: 'atr/atr' }],
  breakers: [breakerBlocks, 'bars', {}, { blocks: 'blocks.events' }], fills: [gapFills, 'bars', {}, { gaps: 'gaps.events' }],
  inversions: [inversionGaps, 'bars', {}, { gaps: 'gaps.events' }], joined: [joinedGaps, 'bars', {}, { gaps: 'gaps.events' }],
  pools: [liquidityPools, 'bars', { tolerance: 0.2 }, { swings: 'swings.events', atr: 'atr/atr' }], sweeps: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }],
  premium: [premiumDiscount, 'bars', {}, { swings: 'swings.events' }], retracements: [retracements, 'bars', {}, { swings: 'swings.events' }],
  periods: [previousHighLow, 'bars', { period: '1h' }], london: [sessions, 'bars', killZones.london],
  points: [pointsOfInterest, 'bars', {}, { gaps: 'gaps.events', pools: 'pools.events', periods: 'periods.events', sessions: 'london.events', atr: 'atr/atr' }],
  bands: [vwapBands, 'bars'], anchored: [anchoredVwap, 'bars', {}, { anchors: 'swings.events' }],
  roll: [rollSpread, 'bars'], afml: [corwinSchultzAfml, 'bars'], daily: [corwinSchultzDaily, 'bars'], pair: [corwinSchultzPair, 'bars'], ranaldo: [abdiRanaldo, 'bars'], edge: [edgeSpread, 'bars'],
  amihud: [amihud, 'bars'], hasbrouck: [hasbrouck, 'bars'], kyle: [kyleLambda, 'bars', { window: 9 }, { price: 'bars/close' }], kyleBars: [kyleBarMean, 'bars'], bulk: [bulkVolume, 'bars'],
  vpin: [vpin, 'bars', { bucketVolume: 30, mode: 'tick' }, { price: 'bars/close', size: 'bars/volume' }], barVpin: [barVpin, 'bars', { bucketVolume: 30 }, { buyVolume: 'bulk/buyVolume', sellVolume: 'bulk/sellVolume' }],
  usual: [relativeVolume, 'bars', { sessions: 2, minutes: 240 }], spread: [volumeSpread, 'bars', { window: 20 }], waves: [weisWaves, 'bars', { reversal: 1 }], wyckoff: [wyckoff, 'bars', { minimumTrend: 0.3, minimumVolume: 0.5, confirmation: 1, minimumWidth: 2 }],
  delta: [delta, 'bars'], divergence: [deltaDivergence, 'bars', {}, { cumulativeDelta: 'delta/cumulativeDelta', swings: 'swings.events' }], profile: [barVolumeProfile, 'bars', { tick: 1 / 100, rowTicks: 10 }],
});
import { combine, encodeCanonical, randomStream, sha256, type Live, type Pipeline, type SourceColumns } from '@zanzibar/core';
import { inOrder, mayEnd, OutputLog, randomMarket, roughTexture, rowOf, type Arrival, type Sources, type Texture } from '@zanzibar/core/testing';
import { engineGraph, everyEngineByName, shortOptions, withReturns } from './engine-graph.ts';
export const everyEngine: Pipeline<any> = combine(engineGraph(Object.keys(everyEngineByName), shortOptions));

/** Bars with trades and quotes of their first hours, and trades of another market; the same in every process. */
export function everyEngineRows(bars: number, ticks: number, texture: Texture = { ...roughTexture, isHoled: false }): Sources {
  const make = (what: string, columns: object, rows: number) => randomMarket(columns as { price: 'f64' }, randomStream(3, `every engine ${what}`), rows, texture);
  const quotes = make('quotes', { bid: 'f64', ask: 'f64' }, ticks);
  return {
    bars: withReturns(make('bars', { close: 'f64' }, bars)), trades: make('trades', { price: 'f64', size: 'f64', side: 'i8' }, ticks), quotes, uncleaned: Object.fromEntries(Object.entries(quotes).filter(([column]) => column !== 'segment')) as SourceColumns,
    other: make('other', { price: 'f64', size: 'f64' }, Math.ceil(ticks / 2)),
  };
}

export const sources: Sources = everyEngineRows(260, 500);
/** All rows in the one order of time. */
export const arrivals: readonly Arrival[] = inOrder(sources);

/** Pushes arrivals `[from, to)` one at a time and returns the digests of all that they wrote, by table. */
export function digestsOf(live: Live<any>, from: number, to: number): { readonly [table: string]: string } {
  const log = new OutputLog();
  for (const node of everyEngine.nodes) {
    // A log begins where the stream stands.
    log.tables[node.name] = { columns: {}, length: live.output[node.name].base + live.output[node.name].length };
    for (const table in node.engine.spec.appended) log.tables[`${node.name}.${table}`] = { columns: {}, length: live.output[node.name][table].base + live.output[node.name][table].length };
  }
  pushArrivals(live, from, to, log);
  return Object.fromEntries(Object.entries(log.tables).map(([name, table]) => [name, [...sha256(encodeCanonical(table)).subarray(0, 8)].map(byte => byte.toString(16).padStart(2, '0')).join('')]));
}

/** Pushes arrivals `[from, to)` one at a time and takes down what they wrote. */
export function pushArrivals(live: Live<any>, from: number, to: number, log: OutputLog): void {
  for (let k = from; k < to; k++) {
    const { source, row, time } = arrivals[k];
    live.feed(source, rowOf(sources[source], row));
    if (!mayEnd(arrivals, k)) continue;
    live.advance(time);
    log.take(live.output);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const chunks: Buffer[] = [];
  process.stdin.on('data', chunk => chunks.push(chunk));
  process.stdin.on('end', () => {
    const live = everyEngine.stream();
    live.restore(new Uint8Array(Buffer.concat(chunks)));
    process.stdout.write(JSON.stringify(digestsOf(live, Number(process.argv[2]), Number(process.argv[3]))));
  });
}
