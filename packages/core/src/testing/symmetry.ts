/** Compares the outputs of one engine in a market and in its transform. */
import type { PipelineNode } from '../engine/pipeline.ts';
import type { AnyEngine, Unit } from '../engine/engine.ts';
import { eventKinds } from '../events.ts';
import { partnerOf, transformed, type Transform } from './market-transform.ts';
import type { LoggedTable, OutputLog } from './output-log.ts';

/** Throws where `image` is not the transform of `log`. `tolerance` 0 means to the bit, else relative to the larger of value and `magnitude`, the largest price. */
export function checkImage(node: PipelineNode, log: OutputLog, image: OutputLog, transform: Transform, tolerance: number, magnitude: number, refersTo: { readonly [table: string]: string }): void {
  const { name, engine: { spec } } = node;
  for (const column in spec.aligned) {
    const unit: Unit = spec.units?.[column] ?? 'price', partner = 'mirror' in transform ? partnerOf(column, spec.pairs ?? []) : column;
    const expected = log.tables[name].columns[column], actual = image.tables[name].columns[partner];
    for (let i = 0; i < expected.length; i++) {
      const wanted = transformed(Number(expected[i]), unit, transform);
      if (!isClose(Number(actual[i]), wanted, tolerance, unit, magnitude)) throw new Error(`${partner} row ${i} is ${actual[i]}, expected ${wanted}`);
    }
  }
  for (const table in spec.appended) {
    const path = `${name}.${table}`, read = refersTo[table], schema = spec.appended[table];
    if (!('direction' in schema && 'level0' in schema)) continue;
    const own = sortedEvents(path, log, spec, undefined), other = sortedEvents(path, image, spec, inverse(transform));
    const ownRefs = read ? sortedEvents(read, log, undefined, undefined).places : own.places, otherRefs = read ? sortedEvents(read, image, undefined, inverse(transform)).places : other.places;
    if (own.events.length !== other.events.length) throw new Error(`${path} has ${other.events.length} rows, expected ${own.events.length}`);
    own.events.forEach((expected, k) => {
      const actual = other.events[k];
      for (const column of ['knownRow', 'originRow', 'kind', 'direction', 'segment', 'level0', 'level1', 'value'] as const) {
        const unit: Unit = column === 'value' ? (spec.units?.value ?? 'price') : column === 'level0' || column === 'level1' ? 'price' : 'count';
        if (!isClose(actual[column], expected[column], tolerance, unit, magnitude)) {
          throw new Error(`${path}: ${column} of "${eventKinds[expected.kind]}" known at row ${expected.knownRow} is ${actual[column]}, expected ${expected[column]}`);
        }
      }
      if (!Object.is(ownRefs.get(expected.ref) ?? NaN, otherRefs.get(actual.ref) ?? NaN)) throw new Error(`${path}: "${eventKinds[expected.kind]}" known at row ${expected.knownRow} refers to another event`);
    });
  }
}

function inverse(transform: Transform): Transform {
  return 'mirror' in transform ? transform : { scale: 1 / transform.scale };
}

function isClose(actual: number, expected: number, tolerance: number, unit: Unit, magnitude: number): boolean {
  if (actual === expected || (actual !== actual && expected !== expected)) return true;
  if (tolerance === 0 || unit === 'count' || unit === 'direction') return false;
  const size = unit === 'price' || unit === 'range' || unit === 'change' ? magnitude : unit === 'oscillator' ? 100 : 0;
  return Math.abs(actual - expected) <= tolerance * Math.max(size, Math.abs(actual), Math.abs(expected));
}

interface LawEvent { knownRow: number; originRow: number; kind: number; direction: number; segment: number; level0: number; level1: number; value: number; id: number; ref: number }

/** Events in an order that does not depend on ids, and each id's place in it: at one row a mirrored market writes lows first. */
function sortedEvents(path: string, log: OutputLog, spec: AnyEngine['spec'] | undefined, back: Transform | undefined): { events: LawEvent[]; places: Map<number, number> } {
  const { columns, length } = log.tables[path] as LoggedTable, valueUnit: Unit = spec?.units?.value ?? 'price';
  const at = (column: string, k: number): number => Number(columns[column]?.[k] ?? NaN);
  const events = Array.from({ length }, (_, k): LawEvent => {
    const event = { knownRow: at('knownRow', k), originRow: at('originRow', k), kind: at('kind', k), direction: at('direction', k), segment: at('segment', k), level0: at('level0', k), level1: at('level1', k), value: at('value', k), id: at('id', k), ref: at('ref', k) };
    if (back === undefined) return event;
    const first = transformed(event.level0, 'price', back), second = transformed(event.level1, 'price', back), isZone = second === second && 'mirror' in back;
    event.direction = transformed(event.direction, 'direction', back);
    event.level0 = isZone ? second : first;
    event.level1 = isZone ? first : second;
    event.value = transformed(event.value, valueUnit, back);
    return event;
  });
  const keys = ['knownRow', 'kind', 'originRow', 'direction', 'level0', 'level1', 'id'] as const;
  events.sort((a, b) => {
    for (const key of keys) if (a[key] !== b[key] && (a[key] === a[key] || b[key] === b[key])) return a[key] < b[key] || b[key] !== b[key] ? -1 : 1;
    return 0;
  });
  return { events, places: new Map(events.map(({ id }, k) => [id, k])) };
}
