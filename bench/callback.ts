/** `callback`: a closed-loop strategy over bars, the averages' crossing reverses the position; fills at the next open, 0.02 % commission, equity at every bar. */
import { sma } from '@zanzibar/engines';
import { prepareRun, replayGroups, defineStrategy, bars, type Account, type Actions, type Now, type Simulator } from '@zanzibar/backtest';
import { combine, type Instrument } from '@zanzibar/core';
import type { Benchmark, PartResult, PeerResult } from './benchmark.ts';
import { barFiles, makeBars, readDoubles, timesEvery, writeInputs } from './inputs.ts';
import { isClose, measure, round } from './measure.ts';
import { fillSums, instrument, prepare } from './simulation.ts';

const count = 1_000_000, comparedCount = 100_000, minute = 60_000_000_000n;
const options = { cash: 1e7, costs: { basisPoints: 2 }, moneyUnit: 0 };

interface Crossing {
  fast: number;
  slow: number;
}

const crossing = (): Crossing => ({ fast: NaN, slow: NaN });

/** Long after the fast average has crossed above the slow one, short after it has crossed below. */
function reverse(state: Crossing, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const { row, columns } = now, fast: number = columns.fast[row], slow: number = columns.slow[row];
  if (state.fast < state.slow && fast > slow) {
    const position = account.position();
    if (position <= 0) actions.market(1, 100 - position);
  } else if (state.fast > state.slow && fast < slow) {
    const position = account.position();
    if (position >= 0) actions.market(-1, 100 + position);
  }
  state.fast = fast;
  state.slow = slow;
}

/** The same crossings, each with a stop and a target, when flat. */
function bracket(state: Crossing, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const { row, columns } = now, fast: number = columns.fast[row], slow: number = columns.slow[row], price: number = columns.close[row];
  if (account.position() === 0) {
    if (state.fast < state.slow && fast > slow) actions.submit({ side: 1, quantity: 100, stop: price * 0.996, target: price * 1.006 });
    else if (state.fast > state.slow && fast < slow) actions.submit({ side: -1, quantity: 100, stop: price * 1.004, target: price * 0.994 });
  }
  state.fast = fast;
  state.slow = slow;
}

/** A limit below the market that is replaced as the market moves, and a sale at the market after some bars. */
function followLimit(state: { order: number; held: number; at: number }, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const { row, columns } = now, price: number = columns.close[row];
  if (account.position() > 0) {
    if (++state.held > 15) {
      actions.market(-1, account.position());
      state.held = 0;
      state.order = -1;
    }
  } else if (state.order < 0) {
    state.order = actions.submit({ side: 1, kind: 'limit', quantity: 10, price: price * 0.9995 });
    state.at = row;
  } else if (row - state.at === 10) {
    actions.replace(state.order, { price: price * 0.9995 });
    state.at = row;
  }
}

/** Stop entries on both sides of a range that expire with a cancel. */
function breakOut(state: { up: number; down: number; age: number }, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const { row, columns } = now, price: number = columns.close[row];
  if (++state.age % 25 !== 0) return;
  if (state.up >= 0) actions.cancel(state.up);
  if (state.down >= 0) actions.cancel(state.down);
  if (account.position() !== 0) actions.market(account.position() > 0 ? -1 : 1, Math.abs(account.position()));
  state.up = actions.submit({ side: 1, kind: 'stop', quantity: 50, stopPrice: price * 1.003 });
  state.down = actions.submit({ side: -1, kind: 'stop', quantity: 50, stopPrice: price * 0.997 });
}

/** Weighs the last closes and trades by the sign, every tenth bar. */
function weigh(state: { sums: Float64Array; at: number; last: number }, now: Now, account: Account, actions: Actions): void {
  if (now.kind !== 'bar') return;
  const close: Float64Array = now.columns.close, { row } = now, { sums } = state;
  sums[state.at] = close[row] - state.last;
  state.last = close[row];
  state.at = (state.at + 1) % sums.length;
  if (state.at !== 0) return;
  const wanted = sums.reduce((sum, change) => sum + change, 0) > 0 ? 1 : -1;
  if (Math.sign(account.position()) !== wanted) actions.submit({ side: wanted, quantity: 1 + Math.abs(account.position()), tag: 'weigh' });
}

const others = [
  [bracket, crossing],
  [followLimit, () => ({ order: -1, held: 0, at: 0 })],
  [breakOut, () => ({ up: -1, down: -1, age: 0 })],
  [weigh, () => ({ sums: new Float64Array(10), at: 0, last: 100 })],
] as const;

function marketOf(rows: number) {
  const [open, high, low, close] = barFiles.map(file => readDoubles(file, rows)), time = timesEvery(minute, rows), closeTime = timesEvery(minute, rows, time[0] + minute);
  return { rows: { base: 0, length: rows, time, closeTime, open, high, low, close }, closeTime, columns: { close, fast: sma({ close }, { period: 10 }).sma, slow: sma({ close }, { period: 20 }).sma } };
}

function simulation(market: ReturnType<typeof marketOf>, decide: any, init: () => unknown): () => Simulator {
  return prepare({ facts: instrument('bars'), ...market, decide, init, options });
}

/** Nanoseconds a bar of a run up to and with its table of fills. */
function perBar(run: () => Simulator, rows: number): { median: number; best: number; cpu: number } {
  const { median, best, cpu } = measure(() => run().output.fills);
  return { median: (median * 1e6) / rows, best: (best * 1e6) / rows, cpu: (cpu * 1e6) / rows };
}

const bench: Benchmark = {
  isJoined: true,
  unit: 'ns/bar',
  about: 'SMA 10/20 reversal decided bar by bar, 1,000,000 bars, next-open fills, 0.02 % commission, equity, fills table',
  prepare: () => writeInputs(() => makeBars(count), ...barFiles),
  parts: {
    reversal(): PartResult {
      const market = marketOf(count), run = simulation(market, reverse, crossing), result = perBar(run, count), { fills, orders } = run().output;
      const compared = fillSums(simulation(marketOf(comparedCount), reverse, crossing)());
      return { ...result, fills: fills.length, orders: orders.length, compared };
    },
    bracket(): PartResult {
      const run = simulation(marketOf(count), bracket, crossing), result = perBar(run, count), { fills, orders } = run().output;
      return { ...result, fills: fills.length, orders: orders.length };
    },
    mixed(): PartResult {
      const market = marketOf(count), short = marketOf(200_000);
      for (const [decide, init] of others) for (let k = 0; k < 3; k++) simulation(short, decide, init)();
      return { ...perBar(simulation(market, reverse, crossing), count), bracket: perBar(simulation(market, bracket, crossing), count).median };
    },
    growth(): PartResult {
      return Object.fromEntries([25_000, 50_000, 100_000].map(rows => [`${rows / 1000}k`, round(perBar(simulation(marketOf(rows), reverse, crossing), rows).median)]));
    },
    /** Everything: bars through the pipeline, both averages, the session and the simulator. */
    session(): PartResult {
      const { rows } = marketOf(count), id = 'BENCH';
      const strategy = defineStrategy({
        name: 'reversal', parameters: {}, sources: () => ({ bars: bars('1m') }),
        engines: () => combine({ fast: [sma, 'bars', { period: 10 }], slow: [sma, 'bars', { period: 20 }] }), init: crossing, decide: reverse,
      });
      const facts = { id, venue: '', kind: 'currency', baseCurrency: 'BEN', quoteCurrency: 'USD', settleCurrency: 'USD', tick: 0.00001, quantityStep: 1, minimumQuantity: 0, multiplier: 1, inverse: false, calendar: '24x7' } as unknown as Instrument;
      const columns = { openTime: rows.time, closeTime: rows.closeTime, open: rows.open, high: rows.high, low: rows.low, close: rows.close };
      const prepared = prepareRun(strategy, { data: [{ instrument: facts, kind: 'bars', columns, interval: 60e9 }], options });
      let fills = 0;
      const { median } = measure(() => {
        const session = prepared.session(false);
        for (const _ of replayGroups(session, prepared.data, Infinity));
        fills = session.simulator.output.fills.length;
      });
      return { median: (median * 1e6) / count, fills };
    },
  },
  async line(bench) {
    const reversal = await bench.part('reversal'), withBracket = await bench.part('bracket'), mixed = await bench.part('mixed'), growth = await bench.part('growth'), session = await bench.part('session');
    const python = bench.peer('research', 'callback_backtesting.py', comparedCount), nautilus = bench.peer('nautilus', 'callback_nautilus.py', comparedCount);
    const { rssMb: _, ...perBarAt } = growth;
    bench.say(`reversal ${round(reversal.median)} ns a bar (best ${round(reversal.best)}, processor ${round(reversal.cpu)}), ${reversal.fills} fills; with stop and target ${round(withBracket.median)}; after four other strategies ${round(mixed.median)}`);
    for (const peer of [python, nautilus]) if (peer) bench.say(`${peer.peer} ${peer.version}: ${round(peer.median)} ns a bar over ${peer.rows} bars`);
    return {
      ours: reversal.median, peer: python?.median ?? null, peerName: python ? `${python.peer} ${python.version}` : null, rows: count, rssMb: reversal.rssMb!,
      agree: agrees(reversal.compared, python?.check ?? bench.expected?.['backtesting.py']) && session.fills === reversal.fills,
      extra: {
        best: round(reversal.best), cpu: round(reversal.cpu), fills: reversal.fills, mixed: round(mixed.median), mixedCpu: round(mixed.cpu), bracket: round(withBracket.median), bracketCpu: round(withBracket.cpu), bracketMixed: round(mixed.bracket), bracketOrders: withBracket.orders, perBarAt,
        wholeSession: round(session.median), peerCpu: python ? round(python.cpu) : null, nautilus: nautilus ? round(nautilus.median) : null, compared: reversal.compared,
      },
    };
  },
};
export default bench;

/** backtesting.py's fills: as many, on the same bars, for the same money, and the same equity in the end. */
function agrees(ours: { readonly [check: string]: number }, theirs: PeerResult['check'] | undefined): boolean {
  if (theirs === undefined) return false;
  return ours.fills === theirs.fills && ours.sumRow === theirs.sumRow && isClose(ours.sumSigned, theirs.sumSigned, 1e-7) && isClose(ours.equity, theirs.equity, 1e-9);
}
