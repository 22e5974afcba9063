/**
 * Break and gap: enters on the return into a fair value gap that follows a break of structure.
 *
 * Rules   After a close through the last confirmed swing the direction is the break's. A fair value gap in that direction, known at most `gapAge` bars
 *         later, gets a limit order at its near edge, which lives `entryLife` bars. One position at a time.
 * Exits   A stop `atrStop` average true ranges away, at least `minimumStop`; a target `reward` stops away; the market after `hold` bars.
 * Warning A demonstration of the library, not of an edge: on the real quotes it was tried on it loses about the spread on every trip.
 */
import { bars, choice, defineStrategy, integer, number } from '@zanzibar/backtest';
import { combine, eventCode } from '@zanzibar/core';
import { fairValueGaps, structureBreaks, swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';

const minute = 60e9;

export default defineStrategy({
  name: 'break-and-gap',
  parameters: {
    price: choice(['mid', 'bid', 'ask', 'trade'], 'mid'),
    swing: integer(1, 50, 3),
    atrPeriod: integer(2, 200, 14),
    atrStop: number(0.1, 20, 2),
    minimumStop: number(0, 1e6, 0.0001),
    reward: number(0.1, 20, 1.5),
    gapAge: integer(0, 1000, 30),
    entryLife: integer(1, 1000, 10),
    hold: integer(1, 100_000, 60),
    quantity: number(0, 1e12, 10_000),
  },
  sources: ({ price }) => ({ m1: bars('1m', { price }) }),
  engines: ({ atrPeriod, swing }) => combine({
    atr: [atr, 'm1', { period: atrPeriod }],
    swings: [swings, 'm1', { left: swing, right: swing }],
    breaks: [structureBreaks, 'm1', {}, { swings: 'swings.events' }],
    gaps: [fairValueGaps, 'm1'],
  }),
  // Wilder's mean has forgotten where its data began by all but 1e-11 after 25 periods: until then a stop may lie a tick beside.
  history: ({ atrPeriod }) => 25 * atrPeriod * minute,
  init: parameters => ({ ...parameters, direction: 0, breakRow: 0, entryId: -1, entryRow: 0 }),

  decide(state, now, account, actions) {
    if (now.kind !== 'bar') return;
    const row = now.base + now.row, { breaks, gaps } = now.tables, { offsets } = now;
    for (let k = offsets.breaks[now.row]; k < offsets.breaks[now.row + 1]; k++) {
      if (breaks.kind[k] !== eventCode.breakOfStructure && breaks.kind[k] !== eventCode.changeOfCharacter) continue;
      state.direction = breaks.direction[k];
      state.breakRow = row;
    }
    if (state.entryId >= 0 && row - state.entryRow >= state.entryLife) {
      if (account.position() === 0) actions.cancel(state.entryId);
      state.entryId = -1;
    }
    if (account.position() !== 0 || account.openOrders().length > 0 || row - state.breakRow > state.gapAge) return;
    for (let k = offsets.gaps[now.row]; k < offsets.gaps[now.row + 1]; k++) {
      if (gaps.kind[k] !== eventCode.fairValueGap || gaps.direction[k] !== state.direction) continue;
      const side = state.direction, entry = side > 0 ? gaps.level1[k] : gaps.level0[k], distance = Math.max(state.atrStop * now.columns.atr[now.row], state.minimumStop);
      if (!(distance > 0)) continue;
      state.entryId = actions.submit({
        side, kind: 'limit', quantity: state.quantity, price: entry, stop: entry - side * distance, target: entry + side * state.reward * distance, hold: state.hold * minute,
        tag: side > 0 ? 'gap up' : 'gap down',
      });
      state.entryRow = row;
      return;
    }
  },
});
