import { defineEngine, positiveInteger, type Engine } from '@zanzibar/core';

/**
 * Hayashi-Yoshida correlation: that of two instruments whose ticks do not come together, without putting them on a common clock.
 *
 * Definition  of ticks of one time the last counts. I: the `period` newest intervals (s', s] between ticks of the driver, J: all intervals (t', t] between
 *             ticks of `other` that end after the first of I began. c = sum of dX(I) dY(J) over the pairs that overlap (s > t' and t > s');
 *             r = c / sqrt(sum of dX^2 * sum of dY^2). It can pass 1. X and Y are prices as given: hand it logarithms for returns
 * Units       two prices in, a ratio out     Warm-up  period ticks after the first, of different times     Lag  0
 * NaN         a tick without price is none; the result is NaN where a side has not moved
 * Source      T. Hayashi and N. Yoshida, On covariance estimation of non-synchronously observed diffusion processes, Bernoulli 11 (2005) 359-379
 * Oracle      reference packages/engines/test/reference/hayashi-yoshida.ts
 * Example     price 1 2 4 at seconds 0 2 4, other 10 11 13 at seconds 1 3 4, period 2: 7 / 5 at the third row
 */
export interface HayashiYoshidaCorrelationOptions {
  /** Intervals of the driver in the window. @defaultValue 300 */
  period: number;
}

/** What it reads of the other instrument's ticks. */
export const otherTickColumns = { time: 'i64', price: 'f64' } as const;

export const hayashiYoshidaCorrelation: Engine<
  HayashiYoshidaCorrelationOptions, { readonly time: 'i64'; readonly price: 'f64' }, { readonly correlation: 'f64' }, {}, { other: typeof otherTickColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'hayashiYoshidaCorrelation',
  input: { time: 'i64', price: 'f64' },
  reads: { other: otherTickColumns },
  aligned: { correlation: 'f64' },
  sparse: ['correlation'],
  defaults: { period: 300 },
  check: ({ period }) => positiveInteger('hayashiYoshidaCorrelation: period', period),
  units: { correlation: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ period }) => ({
    // The ticks of the newest time, which later ticks of that time may still replace.
    now: new BigInt64Array(1), hasNow: 0, nowX: NaN, nowY: NaN,
    // What came before that time: last prices, Y as of the last tick of X, squares of Y since then, and how many intervals wait for the next tick of Y.
    x: NaN, y: NaN, startY: NaN, openSquares: 0, waiting: 0, count: 0, at: 0,
    // A ring of intervals of X: its move, Y from the tick before it to the tick that closes over it, squares of Y that ended in it.
    move: new Float64Array(period), start: new Float64Array(period), end: new Float64Array(period), squares: new Float64Array(period),
  }),

  advance(state, { time, price, tables, offsets }, { correlation }, from, to, { period }) {
    const { other } = tables, start = offsets.other;
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (other.price[k] !== other.price[k]) continue;
        reach(state, other.time[k]);
        state.nowY = other.price[k];
      }
      if (price[i] === price[i]) {
        reach(state, time[i]);
        state.nowX = price[i];
      }
      correlation[i] = settle(state, false) < period ? NaN : correlationOf(state);
    }
  },
});

type Intervals = {
  now: BigInt64Array; hasNow: number; nowX: number; nowY: number; x: number; y: number; startY: number; openSquares: number; waiting: number; count: number; at: number;
  move: Float64Array; start: Float64Array; end: Float64Array; squares: Float64Array;
};

/** A later time makes the ticks of the one before it final. */
function reach(state: Intervals, time: bigint): void {
  if (state.hasNow === 1 && state.now[0] === time) return;
  if (state.hasNow === 1) settle(state, true);
  state.now[0] = time;
  state.hasNow = 1;
  state.nowX = state.nowY = NaN;
}

/** Writes what the newest ticks make of the ring, and returns the intervals in it; the state goes on only where that is final. */
function settle(state: Intervals, isFinal: boolean): number {
  const { move, start, end, squares, nowX, nowY } = state, period = move.length, hasX = nowX === nowX, hasY = nowY === nowY;
  let { y, startY, openSquares, waiting, count, at } = state;
  if (hasY) {
    const isFirst = y !== y;
    for (let k = 0, slot = at; k < waiting; k++, slot = slot === 0 ? period - 1 : slot - 1) {
      if (isFirst) start[slot] = nowY;
      end[slot] = nowY;
    }
    if (isFirst) startY = nowY;
    else openSquares += (nowY - y) * (nowY - y);
    waiting = 0;
    y = nowY;
  }
  if (hasX) {
    if (state.x === state.x) {
      at = at + 1 === period ? 0 : at + 1;
      move[at] = nowX - state.x;
      start[at] = startY;
      end[at] = y;
      squares[at] = openSquares;
      if (count < period) count++;
      waiting = hasY ? 0 : Math.min(waiting + 1, period);
    }
    openSquares = 0;
    startY = y;
  }
  if (isFinal) {
    if (hasX) state.x = nowX;
    state.y = y;
    state.startY = startY;
    state.openSquares = openSquares;
    state.waiting = waiting;
    state.count = count;
    state.at = at;
  }
  return count;
}

/** The ring is full: its order does not matter. */
function correlationOf({ move, start, end, squares }: Intervals): number {
  let cross = 0, squaresX = 0, squaresY = 0;
  for (let k = 0; k < move.length; k++) {
    const over = end[k] - start[k];
    // Before the first tick of the other there is nothing to overlap.
    if (over === over) cross += move[k] * over;
    squaresX += move[k] * move[k];
    squaresY += squares[k];
  }
  const size = Math.sqrt(squaresX * squaresY);
  return size > 0 ? cross / size : NaN;
}
