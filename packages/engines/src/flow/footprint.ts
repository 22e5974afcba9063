import { appendEvent, defineEngine, eventCode, eventSchema, makeGrid, nonNegativeNumber, oneOf, positiveInteger, positiveNumber, type Engine, type EventTable, type Table } from '@zanzibar/core';
import { addTradeRows, clearLevels, noLevels, type PriceLevels } from '../profile/price-levels.ts';
import { clearTradeRows, noTradeRows, takeTrades } from '../profile/price-rows.ts';
import { checkTick, needTick } from '../profile/session-profile.ts';
import { areaGrowths, pointOfControl, valueArea, type AreaGrowth } from '../profile/value-area.ts';
import { tradeColumns } from '../profile/volume-profile.ts';

/** A price row of a bar: `price` its lowest tick, buyVolume what buyers lifted there (ask side), sellVolume what sellers hit (bid side), imbalance +1 bought, -1 sold, 0 none, 2 both. */
export const footprintCellSchema = { knownRow: 'f64', price: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64', imbalance: 'i8', segment: 'i32' } as const;

/**
 * Footprint: what was bought and sold at each price within a bar, with its imbalances.
 *
 * Definition  rows as in `volumeProfile`, of the trades that became known since the bar before. A row is a buy imbalance if its buyVolume is at least `minimumVolume` and `ratio` times the
 *             sellVolume of the row below, a sell imbalance if its sellVolume is that against the buyVolume of the row above; against nothing it takes twice `minimumVolume`. `stack` or
 *             more adjacent rows of one side are an event. An auction is unfinished at the high (low) where the bar's highest (lowest) row was both bought and sold. delta is bought less
 *             sold, minimumDelta and maximumDelta are the bounds of its running value from 0. Cells of bar i are rows [toCell[i - 1], toCell[i]) of `cells`, in order of price
 * Events      `stackedImbalance`: direction the side, level0 and level1 its lowest and highest tick, value its rows; known at the bar's close
 * Units       price and volume in, prices and volumes out     Warm-up  0 rows     Lag  0
 * NaN         a trade without a price below 4e15 ticks or a positive, finite size is passed over; a bar without trades has delta 0, no cells, and NaN for point of control and value area
 * Source      trading practice without a primary source; imbalances as in the documentation of order-flow charts (Atas, NinjaTrader)
 * Oracle      shared order-flow/public_trades_list.expected_scale_0.05.json
 * Oracle      reference packages/engines/test/reference/footprint.ts
 * Example     tick 1, sold 5 at 10, bought 20 at 11 and 12, both twice 10 or more: 20 >= 3 x 5 at 11 and 20 against nothing at 12 are buy imbalances, a stack of 2
 */
export interface FootprintOptions {
  /** The instrument's tick: a whole number, or one over one. There is no default. */
  tick: number;
  /** Ticks in a row. @defaultValue 1 */
  rowTicks: number;
  /** How many times the opposite volume makes an imbalance. @defaultValue 3 */
  ratio: number;
  /** Least volume of an imbalance. @defaultValue 10 */
  minimumVolume: number;
  /** Adjacent imbalances that are a stack. @defaultValue 3 */
  stack: number;
  /** Share of the volume in the bar's value area, above 0 and at most 1. @defaultValue 0.7 */
  share: number;
  /** How the value area grows. @defaultValue 'single' */
  growth: AreaGrowth;
}

const columns = { delta: 'f64', minimumDelta: 'f64', maximumDelta: 'f64', pointOfControl: 'f64', valueAreaLow: 'f64', valueAreaHigh: 'f64', unfinishedHigh: 'i8', unfinishedLow: 'i8', toCell: 'f64' } as const;

export const footprint: Engine<FootprintOptions, {}, typeof columns, { events: typeof eventSchema; cells: typeof footprintCellSchema }, { trades: typeof tradeColumns }> = /* @__PURE__ */ defineEngine({
  name: 'footprint',
  version: 2,
  input: {},
  reads: { trades: tradeColumns },
  aligned: columns,
  sparse: ['pointOfControl', 'valueAreaLow', 'valueAreaHigh', 'unfinishedHigh', 'unfinishedLow'],
  appended: { events: eventSchema, cells: footprintCellSchema },
  kinds: ['stackedImbalance'],
  units: { delta: 'signed', minimumDelta: 'signed', maximumDelta: 'signed', unfinishedHigh: 'count', unfinishedLow: 'count', toCell: 'count', value: 'count' },
  optionUnits: { tick: 'range' },
  defaults: { tick: NaN, rowTicks: 1, ratio: 3, minimumVolume: 10, stack: 3, share: 0.7, growth: 'single' } as FootprintOptions,
  check({ tick, rowTicks, ratio, minimumVolume, stack, share, growth }) {
    checkTick('footprint', tick);
    positiveInteger('footprint: rowTicks', rowTicks);
    positiveNumber('footprint: ratio', ratio);
    nonNegativeNumber('footprint: minimumVolume', minimumVolume);
    positiveInteger('footprint: stack', stack);
    if (!(share > 0 && share <= 1)) throw new RangeError(`footprint: share must be above 0 and at most 1, was ${share}`);
    oneOf('footprint: growth', growth, areaGrowths);
  },
  warmup: () => 0,
  lag: () => 0,
  mirror: { none: 'rows are half open, the lower of two points of control and the upper of two neighbours go first; stacks of one-tick rows mirror' },
  scale: 'exact',
  init({ tick }) {
    needTick('footprint', tick);
    return { ...noTradeRows(), ...noLevels(), edges: new Float64Array(2) };
  },

  advance(state, { base, tables, offsets }, output, from, to, options) {
    const { price, size, side } = tables.trades, start = offsets.trades, { edges } = state, { events, cells } = output;
    const { numerator, denominator } = makeGrid(options.tick), { rowTicks, share, growth } = options;
    for (let i = from; i < to; i++) {
      clearTradeRows(state);
      clearLevels(state);
      takeTrades(state, price, size, side, start[i], start[i + 1], numerator, denominator, rowTicks);
      output.delta[i] = state.delta;
      output.minimumDelta[i] = state.lowest;
      output.maximumDelta[i] = state.highest;
      addTradeRows(state, state);
      const { count, row, buyVolume, sellVolume } = state, control = pointOfControl(state);
      output.pointOfControl[i] = output.valueAreaLow[i] = output.valueAreaHigh[i] = NaN;
      output.unfinishedHigh[i] = output.unfinishedLow[i] = 0;
      if (count > 0) {
        valueArea(state, control, share, growth, edges);
        output.pointOfControl[i] = ((row[control] * rowTicks + (rowTicks - 1) / 2) * numerator) / denominator;
        output.valueAreaLow[i] = (edges[0] * rowTicks * numerator) / denominator;
        output.valueAreaHigh[i] = ((edges[1] * rowTicks + rowTicks - 1) * numerator) / denominator;
        output.unfinishedHigh[i] = buyVolume[count - 1] > 0 && sellVolume[count - 1] > 0 ? 1 : 0;
        output.unfinishedLow[i] = buyVolume[0] > 0 && sellVolume[0] > 0 ? 1 : 0;
      }
      writeCells(state, events, cells, base + i, numerator, denominator, options);
      output.toCell[i] = cells.base + cells.length;
    }
  },
});

function writeCells(levels: PriceLevels, events: EventTable, cells: Table<typeof footprintCellSchema>, knownRow: number, numerator: number, denominator: number, options: FootprintOptions): void {
  const { count, row, volume, buyVolume, sellVolume } = levels, { rowTicks, ratio, minimumVolume, stack } = options;
  let buyRun = 0, sellRun = 0;
  // One round more than there are rows closes the last runs.
  for (let k = 0; k <= count; k++) {
    const isRow = k < count, isAdjacent = isRow && k > 0 && row[k - 1] === row[k] - 1, hasNext = k + 1 < count && row[k + 1] === row[k] + 1;
    const isBuy = isRow && isImbalance(buyVolume[k], isAdjacent ? sellVolume[k - 1] : 0, ratio, minimumVolume), isSell = isRow && isImbalance(sellVolume[k], hasNext ? buyVolume[k + 1] : 0, ratio, minimumVolume);
    if (!isAdjacent || !isBuy) {
      if (buyRun >= stack) writeStack(levels, events, 1, buyRun, k - 1, knownRow, numerator, denominator, rowTicks);
      buyRun = 0;
    }
    if (!isAdjacent || !isSell) {
      if (sellRun >= stack) writeStack(levels, events, -1, sellRun, k - 1, knownRow, numerator, denominator, rowTicks);
      sellRun = 0;
    }
    if (!isRow) break;
    if (isBuy) buyRun++;
    if (isSell) sellRun++;
    const position = cells.append();
    cells.knownRow[position] = knownRow;
    cells.price[position] = (row[k] * rowTicks * numerator) / denominator;
    cells.volume[position] = volume[k];
    cells.buyVolume[position] = buyVolume[k];
    cells.sellVolume[position] = sellVolume[k];
    cells.imbalance[position] = isBuy ? (isSell ? 2 : 1) : isSell ? -1 : 0;
  }
}

function isImbalance(large: number, small: number, ratio: number, minimumVolume: number): boolean {
  return small > 0 ? large >= minimumVolume && large >= ratio * small : large > 0 && large >= 2 * minimumVolume;
}

/** A run of imbalances of one side that ends with the row at `last`. */
function writeStack({ row }: PriceLevels, events: EventTable, side: number, run: number, last: number, knownRow: number, numerator: number, denominator: number, rowTicks: number): void {
  const lowest = row[last - run + 1] * rowTicks, highest = row[last] * rowTicks + rowTicks - 1;
  appendEvent(events, eventCode.stackedImbalance, side, knownRow, knownRow, NaN, (lowest * numerator) / denominator, (highest * numerator) / denominator, run);
}
