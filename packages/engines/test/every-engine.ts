/** A pipeline of every reference engine, and the digest of what it writes row by row; run as a program it goes on from a snapshot on standard input. */
import { pathToFileURL } from 'node:url';
import { combine, encodeCanonical, randomStream, sha256, type Live, type Pipeline } from '@zanzibar/core';
import { OutputLog, randomMarket, roughTexture, rowOf, type Sources } from '@zanzibar/core/testing';
import { atr, barVolumeProfile, delta, deltaDivergence, ema, fairValueGaps, rsi, sma, structureBreaks, swings, tradeVwap, vwap } from '../src/index.ts';

export const everyEngine: Pipeline<any> = combine({
  sma: [sma, 'bars', { period: 5 }], ema: [ema, 'bars', { period: 5 }], rsi: [rsi, 'bars', { period: 5 }], atr: [atr, 'bars', { period: 5 }],
  vwap: [vwap, 'bars'], trades: [tradeVwap, 'bars', {}, { price: 'bars/close', size: 'bars/volume' }], smooth: [ema, 'bars', { period: 3 }, { close: 'atr/atr' }],
  swings: [swings, 'bars', { left: 2, right: 2 }], breaks: [structureBreaks, 'bars', {}, { swings: 'swings.events' }], gaps: [fairValueGaps, 'bars', { cap: 4 }],
  delta: [delta, 'bars'], divergence: [deltaDivergence, 'bars', {}, { cumulativeDelta: 'delta/cumulativeDelta', swings: 'swings.events' }], profile: [barVolumeProfile, 'bars', { tick: 1 / 100, rowTicks: 10 }],
});

/** The same bars in every process. */
export function everyEngineRows(): Sources {
  return { bars: randomMarket({ close: 'f64' }, randomStream(3, 'every engine'), 600, { ...roughTexture, isHoled: false }) };
}

/** Pushes rows `[from, to)` one at a time and returns the digest of all that they wrote. */
export function digestOf(live: Live<any>, from: number, to: number): string {
  const { bars } = everyEngineRows(), log = new OutputLog();
  for (const node of everyEngine.nodes) {
    // A log begins where the stream stands.
    log.tables[node.name] = { columns: {}, length: live.output[node.name].base + live.output[node.name].length };
    for (const table in node.engine.spec.appended) log.tables[`${node.name}.${table}`] = { columns: {}, length: live.output[node.name][table].base + live.output[node.name][table].length };
  }
  for (let row = from; row < to; row++) {
    live.feed('bars', rowOf(bars, row));
    live.advance(bars.closeTime[row]);
    log.take(live.output);
  }
  return [...sha256(encodeCanonical(log.tables))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const chunks: Buffer[] = [];
  process.stdin.on('data', chunk => chunks.push(chunk));
  process.stdin.on('end', () => {
    const live = everyEngine.stream();
    live.restore(new Uint8Array(Buffer.concat(chunks)));
    process.stdout.write(digestOf(live, Number(process.argv[2]), Number(process.argv[3])));
  });
}
