import { bars, defineStrategy, number, ticks } from '@zanzibar/backtest';
import { combine, eventCode } from '@zanzibar/core';
import { footprint } from '@zanzibar/engines/flow';
import { periodStarts } from '@zanzibar/engines/levels';
import { liquidityPools, sweeps } from '@zanzibar/engines/liquidity';
import { volumeProfile } from '@zanzibar/engines/profile';
import { swings } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';

/** Goes with a sweep of equal highs or lows if the bar's delta does, and leaves after an hour. A demonstration: it has no edge. */
export default defineStrategy({
  name: 'sweep-and-delta',
  parameters: { tick: number(1e-9, 100, 0.00001), risk: number(0.5, 10, 2) },
  sources: () => ({ m5: bars('5m', { price: 'trade' }), tape: ticks() }),
  engines: ({ tick }) => combine({
    atr: [atr, 'm5'],
    swings: [swings, 'm5', { left: 2, right: 2 }],
    pools: [liquidityPools, 'm5', { atrMultiple: 0.3 }, { swings: 'swings.events', atr: 'atr/atr' }],
    sweeps: [sweeps, 'm5', {}, { levels: 'pools.events', atr: 'atr/atr' }],
    cells: [footprint, 'm5', { tick, rowTicks: 5, minimumVolume: 1 }, { trades: 'tape' }],
    days: [periodStarts, 'm5', { period: '1d' }],
    profile: [volumeProfile, 'm5', { tick, rowTicks: 20 }, { trades: 'tape', anchor: 'days/anchor' }],
  }),
  init: ({ risk }) => ({ risk }),
  decide(state, now, account, actions) {
    if (now.kind !== 'bar' || account.position() !== 0 || account.openOrders().length > 0) return;
    const { row, tables, offsets, columns } = now, { sweeps } = tables;
    for (let k = offsets.sweeps[row]; k < offsets.sweeps[row + 1]; k++) {
      const side = sweeps.direction[k] as -1 | 1, distance = state.risk * columns.atr[row];
      if (sweeps.kind[k] !== eventCode.liquiditySweep || Math.sign(columns.cells_delta[row]) !== side) continue;
      actions.submit({ side, quantity: 1000, stop: columns.close[row] - side * distance, hold: 3600e9 });
      return;
    }
  },
});
