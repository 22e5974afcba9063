/** Engines whose header says that a row with NaN is passed over say the same without it. Oracle: the same engine on the rows that are whole. */
import { expect, test } from 'vitest';
import { randomStream, type AnyEngine } from '@zanzibar/core';
import { randomMarket, roughTexture } from '@zanzibar/core/testing';
import { cumulativeSumChanges } from '@zanzibar/engines/regime';
import { zigzagSwings } from '@zanzibar/engines/structure';
import { volumeSpread, weisWaves, wyckoff } from '@zanzibar/engines/wyckoff';

const rows = 1200, rowColumns: ReadonlySet<string> = new Set(['originRow', 'knownRow', 'fromRow']), notCompared: ReadonlySet<string> = new Set(['knownTime']);
const cases: readonly (readonly [engine: AnyEngine, options: object])[] = [
  [zigzagSwings, { multiple: 1.5 }], [weisWaves, { reversal: 1.5, memory: 3 }], [volumeSpread, { window: 20, trendPeriod: 12 }],
  [wyckoff, { minimumTrend: 0.6, minimumVolume: 0.8, confirmation: 1.5, minimumWidth: 2 }], [cumulativeSumChanges, { threshold: 0.3 }],
];

test.each(cases.map(([engine, options]) => [engine.spec.name, engine, options] as const))('%s', (_, engine, options) => {
  for (let seed = 0; seed < 4; seed++) {
    const random = randomStream(seed, 'left out'), whole = { ...randomMarket({ close: 'f64' }, random, rows, { ...roughTexture, isCut: false, isHoled: false }), atr: Float64Array.from({ length: rows }, () => random.integer(5, 60) / 100) } as any;
    // Where each row goes, one in eight after a row of NaN.
    let at = 0;
    const place = Array.from({ length: rows }, () => (at += random.uniform() < 0.125 ? 2 : 1) - 1);
    const holed = Object.fromEntries(Object.keys(whole).filter(name => whole[name] instanceof Float64Array).map((name) => {
      const column = whole[name], result = new Float64Array(at).fill(NaN);
      place.forEach((to, row) => (result[to] = column[row]));
      return [name, result];
    }));
    const ours = (engine as any)(holed, options), theirs = (engine as any)(Object.fromEntries(Object.entries(whole).filter(([, column]) => column instanceof Float64Array)), options);
    for (const column in engine.spec.aligned) if (column !== 'phase') expect([column, ...place.map(to => ours[column][to])]).toEqual([column, ...theirs[column]]);
    for (const [table, schema] of Object.entries((engine.spec.appended ?? {}) as { readonly [table: string]: object })) {
      expect([table, ours[table].length]).toEqual([table, theirs[table].length]);
      for (const column in schema) {
        const expected = Array.from({ length: theirs[table].length }, (__, k) => (rowColumns.has(column) ? place[theirs[table][column][k]] : theirs[table][column][k]));
        if (!notCompared.has(column)) expect([column, ...Array.from({ length: ours[table].length }, (__, k) => ours[table][column][k])]).toEqual([column, ...expected]);
      }
    }
    expect(theirs[Object.keys(engine.spec.appended ?? {})[0]].length).toBeGreaterThan(2);
  }
});
