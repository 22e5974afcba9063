/** `tick-exact`: what fills on ticks cost beyond fills on bars, with the same orders: 100,000 brackets, each held some 2,700 rows, over 10M quotes. */
import type { Account, Actions, Now, Simulator } from '@zanzibar/backtest';
import type { Benchmark, PartResult } from './benchmark.ts';
import { makeQuotes, readDoubles, tickFiles, timesEvery, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';
import { fillSums, instrument, prepare } from './simulation.ts';

const ticks = 10_000_000, rowsPerBar = 100, brackets = ticks / rowsPerBar, distance = 37, perUnit = 100_000, step = 100_000_000n;

/** One unit bought at every bar, stop and target equally far from the bid. */
function enter(_state: object, now: Now, _account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const { columns, row } = now;
  actions.submit({ side: 1, quantity: 1, stop: columns.stop[row], target: columns.target[row] });
}

/** Bars of both sides, 100 rows each, and the levels of the brackets. */
function barsOf(bid: Float64Array, ask: Float64Array) {
  const column = (): Float64Array => new Float64Array(brackets), toRow = column();
  const make = (price: Float64Array) => {
    const open = column(), high = column(), low = column(), close = column();
    for (let i = 0; i < brackets; i++) {
      const from = rowsPerBar * i, to = from + rowsPerBar;
      let top = -Infinity, bottom = Infinity;
      for (let k = from; k < to; k++) {
        if (price[k] > top) top = price[k];
        if (price[k] < bottom) bottom = price[k];
      }
      open[i] = price[from];
      high[i] = top;
      low[i] = bottom;
      close[i] = price[to - 1];
    }
    return { open, high, low, close };
  };
  const sold = make(bid), bought = make(ask);
  for (let i = 0; i < brackets; i++) toRow[i] = rowsPerBar * (i + 1);
  const level = (away: number): Float64Array => sold.close.map(price => (Math.round(price * perUnit) + away) / perUnit);
  return {
    toRow, levels: { stop: level(-distance), target: level(distance) },
    rows: { ...sold, askOpen: bought.open, askHigh: bought.high, askLow: bought.low, askClose: bought.close },
  };
}

function simulations(): { onTicks: () => Simulator; onBars: () => Simulator } {
  const [bid, ask] = tickFiles.map(file => readDoubles(file)), time = timesEvery(step, ticks), { toRow, levels, rows } = barsOf(bid, ask);
  // A bar closes at the time of its last row's successor, so what it decides meets the next row.
  const width = step * BigInt(rowsPerBar), openTime = timesEvery(width, brackets, time[0]), closeTime = openTime.map(open => open + width - step / 2n);
  const shared = { closeTime, columns: levels, decide: enter, init: () => ({}), options: { cash: 1e7 } };
  return {
    onTicks: prepare({ ...shared, facts: instrument('quotes'), rows: { base: 0, length: ticks, time, bid, ask }, toRow }),
    onBars: prepare({ ...shared, facts: instrument('bars'), rows: { base: 0, length: brackets, time: openTime, closeTime, ...rows } }),
  };
}

/** Mean rows between the fill of an entry and the fill of its leg. Orders come in threes: entry, stop, target. */
function heldRows(simulator: Simulator): number {
  const { fills, orders } = simulator.output, { orderId, row } = fills.columns as { orderId: Float64Array; row: Float64Array }, entered = new Float64Array(orders.length).fill(NaN);
  let held = 0, count = 0;
  for (let i = 0; i < fills.length; i++) {
    const entry = orderId[i] - (orderId[i] % 3);
    if (orderId[i] === entry) entered[entry] = row[i];
    else {
      held += row[i] - entered[entry];
      count++;
    }
  }
  return held / count;
}

const bench: Benchmark = {
  unit: 'us/bracket',
  about: '10M quotes, 100,000 bars, a bracket a bar: (run on ticks - run on bars with the same orders) / brackets, records included, index built before',
  prepare: () => writeInputs(() => makeQuotes(ticks), ...tickFiles),
  parts: {
    ticks(): PartResult {
      const { onTicks } = simulations(), last: { simulator?: Simulator } = {}, timing = measure(() => {
        last.simulator = onTicks();
        return last.simulator.output.fills;
      }, () => {
        last.simulator = undefined;
      });
      const simulator = last.simulator!, { orders, executions } = simulator.output;
      return { ...timing, orders: orders.length, executions: executions.length, heldRows: heldRows(simulator), compared: fillSums(simulator) };
    },
    bars(): PartResult {
      const { onBars } = simulations(), timing = measure(() => onBars().output.fills), { orders, fills } = onBars().output;
      return { ...timing, orders: orders.length, fills: fills.length };
    },
  },
  async line(bench) {
    const onTicks = await bench.part('ticks'), onBars = await bench.part('bars'), peer = bench.peer('research', 'tick_exact_scan.py', ticks, rowsPerBar, distance);
    const beyond = (figure: string): number => ((onTicks[figure] - onBars[figure]) * 1000) / brackets, theirs = peer?.check ?? bench.expected?.['scan with numpy'];
    bench.say(`on ticks ${round(onTicks.median)} ms, on bars ${round(onBars.median)} ms, beyond bars ${round(beyond('median'))} us a bracket (best ${round(beyond('best'))}, processor ${round(beyond('cpu'))}), held ${Math.round(onTicks.heldRows)} rows`);
    if (peer) bench.say(`tick by tick with numpy: ${round(peer.median)} us a bracket`);
    const { compared } = onTicks;
    return {
      ours: beyond('median'), peer: null, peerName: null, rows: ticks, rssMb: onTicks.rssMb!,
      agree: theirs !== undefined && compared.fills === theirs.fills && compared.sumRow === theirs.sumRow && isClose(compared.sumSigned, theirs.sumSigned, 1e-9),
      extra: {
        best: round(beyond('best')), cpu: round(beyond('cpu')), heldRows: Math.round(onTicks.heldRows), ticksPerBracket: round((onTicks.median * 1000) / brackets), ticksPerBracketCpu: round((onTicks.cpu * 1000) / brackets), barsPerBracket: round((onBars.median * 1000) / brackets), barsPerBracketCpu: round((onBars.cpu * 1000) / brackets), orders: onTicks.orders, barOrders: onBars.orders, barFills: onBars.fills,
        executions: onTicks.executions, scanWithNumpy: peer ? round(peer.median) : null, compared,
      },
    };
  },
};
export default bench;
