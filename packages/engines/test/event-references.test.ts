/** Every event of every engine refers to an event that was known by then. Oracle: the meaning of `ref`, `originRow` and `knownRow`, row by row of the tables. */
import { describe, expect, test } from 'vitest';
import { eventKinds, type SourceColumns } from '@zanzibar/core';
import { roughTexture, type Texture } from '@zanzibar/core/testing';
import { engineGraph, everyEngineByName, shortOptions } from './engine-graph.ts';
import { everyEngine, everyEngineRows } from './every-engine.ts';

interface Events { readonly length: number; readonly id: Float64Array; readonly kind: Int16Array; readonly originRow: Float64Array; readonly knownRow: Float64Array; readonly ref: Float64Array; readonly segment: Int32Array }

const textures: { readonly [title: string]: Texture } = { whole: { ...roughTexture, isHoled: false, isCut: false }, cut: { ...roughTexture, isHoled: false, isCut: true }, 'holed and cut': { ...roughTexture, isHoled: true, isCut: true } };
/** What ends the event that it refers to: nothing is told of that afterwards by the same table. */
const ends: ReadonlySet<string> = new Set(['filled', 'expired', 'superseded', 'segmentEnd', 'aspectClosed', 'retrogradeEnded']);
const graph = engineGraph(Object.keys(everyEngineByName), shortOptions) as unknown as { readonly [node: string]: readonly [unknown, string, object, { readonly [read: string]: string }] };
const writers = Object.entries(everyEngineByName).filter(([, { spec }]) => (spec.appended as { events?: object } | undefined)?.events !== undefined);

describe.each(Object.entries(textures))('over %s bars', (_, texture) => {
  const results = everyEngine(everyEngineRows(900, 600, texture) as { [name: string]: SourceColumns }) as { readonly [node: string]: { readonly [table: string]: Events } };
  test.each(writers.map(([name, { spec }]) => [name, (spec.refersTo as { events?: string } | undefined)?.events] as const))('%s', (name, read) => {
    const own = results[name].events, path = read === undefined ? `${name}.events` : graph[name][3][read], [node, table] = path.split('.'), told = results[node][table];
    const knownRowOf = new Map(Array.from({ length: told.length }, (_, k) => [told.id[k], told.knownRow[k]])), segmentOf = new Map(Array.from({ length: told.length }, (_, k) => [told.id[k], told.segment[k]]));
    const ended = new Set<number>(), faults: string[] = [];
    for (let k = 0; k < own.length; k++) {
      const what = `${k} ${eventKinds[own.kind[k]]} known at ${own.knownRow[k]}`, ref = own.ref[k];
      if (!(own.originRow[k] <= own.knownRow[k])) faults.push(`${what}: begins at ${own.originRow[k]}`);
      if (k > 0 && own.knownRow[k] < own.knownRow[k - 1]) faults.push(`${what}: after one known later`);
      if (Number.isNaN(ref)) continue;
      if (!(knownRowOf.get(ref)! <= own.knownRow[k])) faults.push(`${what}: ref ${ref} is known at ${knownRowOf.get(ref)}`);
      if (read === undefined && !(ref < own.id[k])) faults.push(`${what}: ref ${ref} is not older`);
      if (segmentOf.get(ref) !== own.segment[k]) faults.push(`${what}: ref ${ref} is of segment ${segmentOf.get(ref)}, not ${own.segment[k]}`);
      if (ended.has(ref)) faults.push(`${what}: ref ${ref} has ended`);
      if (ends.has(eventKinds[own.kind[k]])) ended.add(ref);
    }
    expect(faults.slice(0, 5)).toEqual([]);
  });
});
