import { combine, eventCode, randomStream, timeBars } from '@zanzibar/core';
import { engineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { expect, test } from 'vitest';
import { referenceShare } from '../../test/reference/absorption-share.ts';
import { absorption } from './absorption.ts';
import { absorptionShare } from './absorption-share.ts';

const second = 1_000_000_000;

engineLaws(test, absorptionShare, {
  tables: { absorptions: [absorption, 'events', random => ({ tick: 1 / 64, window: random.integer(1, 60) * second, bandTicks: random.integer(0, 20), lookback: random.integer(1, 5), quantile: random.integer(0, 8) / 10 })] },
});

test('the example in the header holds, and a bar without volume has no share', () => {
  const absorptions = { kind: Int16Array.of(eventCode.absorption, eventCode.absorption, eventCode.touched), direction: Int8Array.of(-1, 1, 1), value: Float64Array.of(30, 10, 99), knownRow: Float64Array.of(0, 0, 0) };
  const { it } = combine({ it: [absorptionShare, 'rows', {}, { absorptions: 'given' }] }, { given: { of: 'rows' } })({ rows: { volume: Float64Array.of(100, 0, NaN, 50) }, given: absorptions } as never) as any;
  expect([...it.absorptionSigned]).toEqual([-0.2, NaN, NaN, 0]);
});

test('over bars of random trades it is what was absorbed between one close and the next', () => {
  const trades = randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, randomStream(12, 'absorption share'), 4000, { ...roughTexture, isHoled: false, isCut: false }) as any;
  const { m5: { bars }, it, events: { events } } = combine({
    m5: [timeBars, 'trades', { interval: 300e9, price: 'trade' }], events: [absorption, 'trades', { tick: 1 / 64, window: 20 * second, bandTicks: 20, lookback: 5, quantile: 0.5 }],
    it: [absorptionShare, 'm5.bars', {}, { absorptions: 'events.events' }],
  })({ trades }) as any;
  const told = Array.from({ length: events.length }, (_, k) => ({ time: trades.time[events.knownRow[k]] as bigint, direction: events.direction[k] as number, volume: events.value[k] as number }));
  const closes = Array.from({ length: bars.length }, (_, row) => bars.closeTime[row] as bigint);
  // A bar that a tick at its closing time ends is known before that tick.
  const expected = referenceShare(closes, [...bars.volume.subarray(0, bars.length)], told.map(event => ({ ...event, time: closes.includes(event.time) ? event.time + 1n : event.time })));
  expect(told.length).toBeGreaterThan(50);
  expect([...it.absorptionSigned.subarray(0, bars.length)].map(share => Math.round(share * 1e9))).toEqual(expected.map(share => Math.round(share * 1e9)));
});
