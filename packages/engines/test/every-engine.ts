/** A pipeline of every engine, and digests of what it writes row by row; run as a program it goes on from a snapshot on standard input. */
import { pathToFileURL } from 'node:url';
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
