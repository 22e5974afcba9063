/** Oracle: profiles from scratch (packages/engines/test/reference/volume-profile.ts) of every stretch between anchors and cuts, and the lives of their points of control over a plain list. */
import { expect, test } from 'vitest';
import { randomStream } from '@zanzibar/core';
import { eventRows } from '../../test/event-rows.ts';
import { plainProfile, type PlainTrade } from '../../test/reference/volume-profile.ts';
import { barVolumeProfile } from './bar-volume-profile.ts';

test.each(Array.from({ length: 16 }, (_, seed) => seed))('barVolumeProfile tells each profile when the next begins, and its point of control until price comes back, market %i', (seed) => {
  const random = randomStream(seed, 'naked'), count = 260, rowTicks = 1 + (seed % 3), growth = seed % 2 === 0 ? 'single' as const : 'pair' as const, share = [0.3, 0.7, 1][seed % 3], cap = 1 + (seed % 4);
  let middle = 400, segment = 0;
  const rows = Array.from({ length: count }, (_, row) => {
    middle += random.integer(-6, 6);
    const anchor = random.uniform() < 0.12 ? 1 : 0, ticks = [1, 2, 4, 8][random.integer(0, 3)], isBroken = random.uniform() < 0.06;
    if (seed % 2 > 0 && row > 0 && random.uniform() < 0.02) segment++;
    return { low: isBroken ? NaN : middle, high: middle + ticks - 1, volume: random.uniform() < 0.1 ? 0 : random.integer(1, 6), anchor, segment };
  });
  const { events } = barVolumeProfile(
    {
      high: Float64Array.from(rows, ({ high }) => high), low: Float64Array.from(rows, ({ low }) => low), volume: Float64Array.from(rows, ({ volume }) => volume), anchor: Int8Array.from(rows, ({ anchor }) => anchor),
      segment: Int32Array.from(rows, row => row.segment),
    },
    { tick: 1, rowTicks, share, growth, cap, prominence: 1 },
  );
  const told = eventRows(events), ours = told.filter(([kind]) => !kind.endsWith('Node')).map(([kind, , origin, known, ref, level0, level1]) => [kind, origin, known, ref === ref ? told[ref][3] : NaN, level0, level1]);

  const theirs: (string | number)[][] = [];
  let from = 0, naked: { known: number; price: number; bottom: number; top: number; newer: number }[] = [];
  const drop = (kind: string, row: number, is: (point: (typeof naked)[number]) => boolean): void => {
    for (const point of naked) if (is(point)) theirs.push([kind, row, row, point.known, point.price, NaN]);
    naked = naked.filter(point => !is(point));
  };
  rows.forEach((bar, row) => {
    const isCut = row > 0 && bar.segment !== rows[row - 1].segment;
    if (isCut || (row > from && bar.anchor !== 0)) {
      const trades = rows.slice(from, row).filter(({ low, volume }) => volume > 0 && !Number.isNaN(low)).flatMap(({ low, high, volume }) => Array.from({ length: high - low + 1 }, (_, k): PlainTrade => [low + k, volume / (high - low + 1)]));
      const profile = plainProfile(trades, rowTicks, share, growth);
      if (profile) {
        const bottom = profile.pointOfControl * rowTicks, top = bottom + rowTicks - 1;
        for (const point of naked) point.newer++;
        drop('expired', row, ({ newer }) => newer >= cap);
        theirs.push(['pointOfControl', from, row, NaN, (bottom + top) / 2, NaN], ['valueArea', from, row, row, profile.low * rowTicks, profile.high * rowTicks + rowTicks - 1]);
        naked.push({ known: row, price: (bottom + top) / 2, bottom, top, newer: 0 });
      }
      from = row;
    }
    if (isCut) drop('segmentEnd', row, () => true);
    drop('touched', row, ({ bottom, top }) => bar.low <= top && bar.high >= bottom);
  });
  expect(theirs.filter(([kind]) => kind === 'touched').length).toBeGreaterThan(5);
  expect(ours).toEqual(theirs);
});
