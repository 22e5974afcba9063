import { appendEvent, defineEngine, eventCode, eventSchema, makeGrid, nonNegativeNumber, positiveInteger, positiveNumber, toTicks, type Engine } from '@zanzibar/core';
import { checkTick, needTick } from '../profile/session-profile.ts';

/** What it reads of the footprint's cells. */
export const cellColumns = { knownRow: 'f64', price: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64' } as const;

/**
 * Volume clusters: adjacent prices of a bar at which much more traded than at the others.
 *
 * Definition  a cell of the footprint is heavy if its volume is at least `multiple` times the mean of the bar's cells, and at least `minimumVolume`; adjacent heavy cells are one cluster
 * Events      `volumeCluster`: direction the sign of what was bought less what was sold in it, level0 and level1 its lowest and highest tick, value its volume; known at the bar's close
 * Units       tick and rowTicks are those of the footprint; value as the sizes'     Warm-up  0 rows     Lag  0
 * NaN         the footprint has none
 * Source      trading practice without a primary source (cluster search of footprint charts)
 * Oracle      reference packages/engines/test/reference/footprint-events.ts
 * Oracle      reference packages/engines/test/reference/trades-by-scan.ts
 * Example     cells 10: 1, 11: 8, 12: 9, 13: 2, multiple 1.5: the mean is 5, 8 and 9 are heavy: one cluster from 11 to 12 of 17
 */
export interface VolumeClustersOptions {
  /** The instrument's tick, as the footprint's. There is no default. */
  tick: number;
  /** Ticks in a row, as the footprint's. @defaultValue 1 */
  rowTicks: number;
  /** How many times the mean of the bar's cells. @defaultValue 2 */
  multiple: number;
  /** Least volume of a heavy cell. @defaultValue 0 */
  minimumVolume: number;
}

export const volumeClusters: Engine<VolumeClustersOptions, {}, {}, { events: typeof eventSchema }, { cells: typeof cellColumns }> = /* @__PURE__ */ defineEngine({
  name: 'volumeClusters',
  input: {},
  reads: { cells: cellColumns },
  appended: { events: eventSchema },
  kinds: ['volumeCluster'],
  units: { value: 'volume' },
  optionUnits: { tick: 'range' },
  defaults: { tick: NaN, rowTicks: 1, multiple: 2, minimumVolume: 0 },
  check({ tick, rowTicks, multiple, minimumVolume }) {
    checkTick('volumeClusters', tick);
    positiveInteger('volumeClusters: rowTicks', rowTicks);
    positiveNumber('volumeClusters: multiple', multiple);
    nonNegativeNumber('volumeClusters: minimumVolume', minimumVolume);
  },
  lag: () => 0,
  mirror: 'exact',
  scale: 'exact',
  init({ tick }) {
    needTick('volumeClusters', tick);
    return {};
  },

  advance(_, { base, tables, offsets }, { events }, from, to, { tick, rowTicks, multiple, minimumVolume }) {
    const { price, volume, buyVolume, sellVolume } = tables.cells, start = offsets.cells, grid = makeGrid(tick);
    for (let i = from; i < to; i++) {
      const first = start[i], end = start[i + 1];
      let total = 0;
      for (let k = first; k < end; k++) total += volume[k];
      const least = Math.max(minimumVolume, (multiple * total) / (end - first));
      for (let k = first; k < end; k++) {
        if (!(volume[k] >= least)) continue;
        let last = k, sum = volume[k], bought = buyVolume[k] - sellVolume[k], ticks = toTicks(grid, price[k]);
        const lowest = ticks;
        for (; last + 1 < end && volume[last + 1] >= least && toTicks(grid, price[last + 1]) === ticks + rowTicks; ticks += rowTicks) {
          last++;
          sum += volume[last];
          bought += buyVolume[last] - sellVolume[last];
        }
        appendEvent(events, eventCode.volumeCluster, Math.sign(bought), base + i, base + i, NaN, (lowest * grid.numerator) / grid.denominator, ((ticks + rowTicks - 1) * grid.numerator) / grid.denominator, sum);
        k = last;
      }
    }
  },
});
