/** A segment knows nothing of the one before: what an engine says after a cut is what it says of those rows alone. Oracle: the same engine on the rows after the cut. */
import { describe, expect, test } from 'vitest';
import { combine, randomStream, type SourceColumns } from '@zanzibar/core';
import { randomMarket, roughTexture } from '@zanzibar/core/testing';
import { engineGraph, everyEngineByName, isOfBars, shortOptions, withReturns } from './engine-graph.ts';

const rows = 700, cut = 320;
/** Columns that hold rows, which begin anew at 0; the value of a swing that goes is the row of the one that stays. */
const rowColumns: ReadonlySet<string> = new Set(['originRow', 'knownRow', 'fromRow', 'toRow', 'row', 'anchorRow']);
const isRow = (engine: string, column: string): boolean => rowColumns.has(column) || (engine === 'swingAlternation' && column === 'value');
const ofBars = Object.keys(everyEngineByName).filter(name => isOfBars(name));

describe.each([0, 1])('market %i', (seed) => {
  const whole = withReturns(randomMarket({ close: 'f64' }, randomStream(seed, 'apart'), rows, { ...roughTexture, isCut: false, isHoled: seed > 0 }));
  const late = Object.fromEntries(Object.entries(whole).map(([name, column]) => [name, column!.slice(cut)])) as SourceColumns;
  const graph = combine(engineGraph(ofBars, shortOptions, true)), both = graph({ bars: { ...whole, segment: Int32Array.from({ length: rows }, (_, row) => (row < cut ? 0 : 1)) } } as any) as any, alone = graph({ bars: late } as any) as any;
  test.each(ofBars)('%s', (name) => {
    const spec = everyEngineByName[name].spec, faults: string[] = [];
    const compare = (what: string, column: string, ours: ArrayLike<number | bigint>, theirs: ArrayLike<number | bigint>, from: number): void => {
      for (let k = 0; k < theirs.length; k++) {
        const value = isRow(name, column) ? Number(ours[from + k]) - cut : ours[from + k];
        if (!Object.is(value, theirs[k])) faults.push(`${what} ${k}: ${value}, alone ${theirs[k]}`);
      }
    };
    for (const column in spec.aligned) compare(column, column, both[name][column], alone[name][column], cut);
    for (const [table, schema] of Object.entries((spec.appended ?? {}) as { readonly [table: string]: object })) {
      if (!('segment' in schema)) continue;
      const all = both[name][table], own = alone[name][table], from = Array.from({ length: all.length }, (_, k) => all.segment[k]).filter(segment => segment === 0).length;
      if (all.length - from !== own.length) faults.push(`${table}: ${all.length - from} rows, alone ${own.length}`);
      // Ids go on over a cut; what refers to them is compared by its place.
      else for (const column in schema) if (!['id', 'ref', 'segment'].includes(column)) compare(`${table}.${column}`, column, all[column].subarray(0, all.length), own[column].subarray(0, own.length), from);
    }
    expect(faults.slice(0, 4)).toEqual([]);
  });
});
