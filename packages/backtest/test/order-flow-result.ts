/** The seeded result with the order flow of made-up trades: profiles, a footprint, sweeps and pools on its bars. */
import { combine, defineEngine, randomStream } from '@zanzibar/core';
import type { Schema } from '@zanzibar/core';
import { liquidityPools, sweeps } from '@zanzibar/engines/liquidity';
import { footprint } from '@zanzibar/engines/flow';
import { volumeProfile } from '@zanzibar/engines/profile';
import { swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';
import type { Result, ResultTable } from '../src/result/index.ts';
import { seededResult } from './seeded-result.ts';

/** Four hours of minutes to a profile. */
const everyFourHours = defineEngine({
  name: 'everyFourHours', input: { close: 'f64' }, aligned: { anchor: 'i8' }, sparse: ['anchor'], defaults: {}, init: () => ({}),
  advance(_, { base }, { anchor }, from, to) {
    for (let i = from; i < to; i++) anchor[i] = (base + i) % 240 === 0 ? 1 : 0;
  },
});

export function orderFlowResult(): Result {
  const result = seededResult(), { columns, length } = result.bars['1m'].table, random = randomStream(3, 'trades'), each = 12, rows = each * length;
  const time = new BigInt64Array(rows), price = new Float64Array(rows), size = new Float64Array(rows), side = new Int8Array(rows), bars = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(0, length)]));
  for (let i = 0, k = 0; i < length; i++) {
    const low = Number(columns.low[i]), high = Number(columns.high[i]);
    for (let n = 0; n < each; n++, k++) {
      time[k] = (columns.openTime as BigInt64Array)[i] + BigInt(n) * 4_000_000_000n;
      price[k] = Math.round((low + (high - low) * random.uniform()) * 100_000) / 100_000;
      size[k] = random.integer(1, 9);
      side[k] = random.uniform() < 0.5 ? -1 : 1;
    }
  }
  const tick = 0.00001, made = combine({
    atr: [atr, 'bars'], anchors: [everyFourHours, 'bars'], pivots: [swings, 'bars', { left: 3, right: 3 }], pools: [liquidityPools, 'bars', { atrMultiple: 0.3 }, { swings: 'pivots.events', atr: 'atr/atr' }],
    taken: [sweeps, 'bars', {}, { levels: 'pools.events', atr: 'atr/atr' }], profile: [volumeProfile, 'bars', { tick, rowTicks: 5 }, { trades: 'trades', anchor: 'anchors/anchor' }],
    cells: [footprint, 'bars', { tick, rowTicks: 5, minimumVolume: 3 }, { trades: 'trades' }],
  })({ bars, trades: { time, price, size, side } });
  const table = (schema: Schema, output: any): ResultTable => ({ schema, columns: Object.fromEntries(Object.keys(schema).map(name => [name, output[name]])), length: output.length, texts: output.texts ?? {} });
  const tables = (engine: { readonly spec: { readonly appended?: any } }, output: any): { readonly [name: string]: ResultTable } => Object.fromEntries(Object.entries(engine.spec.appended as { [name: string]: Schema }).map(([name, schema]) => [name, table(schema, output[name])]));
  return {
    ...result,
    engines: {
      ...result.engines,
      pools: { source: '1m', engine: 'liquidityPools', appended: tables(liquidityPools, made.pools) },
      taken: { source: '1m', engine: 'sweeps', appended: tables(sweeps, made.taken) },
      profile: { source: '1m', engine: 'volumeProfile', aligned: table(volumeProfile.spec.aligned!, { ...made.profile, length }), appended: tables(volumeProfile, made.profile) },
      cells: { source: '1m', engine: 'footprint', appended: tables(footprint, made.cells) },
    },
  };
}
