/**
 * Random-entry baseline: what the same round trips would have made had their entries been drawn by lot.
 *
 * Definition  for every draw and instrument the run's trips are put into a random order and moved to random bars, the same sides, quantities and lengths in bars
 *             (at least 1), none overlapping another: the free bars are shared out among the gaps, every arrangement equally likely. A trip makes
 *             side * (close(exit) - close(entry)) * quantity * value of a price unit * rate(exit); `costs` are taken from the sum once, as the run paid them.
 *             rank = (draws below `actual` + half of those equal to it) / draws: 0.5 is what luck gives, near 1 that the entries matter. Nothing is said of the exits.
 *             Trips of an instrument that were longer together than its bars (they overlapped) are squeezed: each start is drawn alone.
 * Units       account currency; rank a fraction
 * Seed        one seed, streams by instrument: the same bits everywhere
 * NaN         rank where there is no trip to move
 * Source      the permutation test of trading rules: D. Aronson, Evidence-Based Technical Analysis, 2006, chapter 5
 * Example     one trip of 1 bar over closes 1, 2, 3 -> every draw gives 1 (long, quantity 1, no costs)
 */
import { compensatedSum, positiveInteger, randomStream } from '@zanzibar/core';

export interface RandomEntryInput {
  readonly instruments: readonly {
    readonly id: string;
    /** Closes of its bars over the run. */
    readonly close: ArrayLike<number>;
    /** Account currency for one that prices are in, by bar. @defaultValue always 1 */
    readonly rate?: ArrayLike<number>;
    readonly trips: readonly RandomEntryTrip[];
  }[];
  /** Spread, slippage, latency, impact and fees that the run paid, account currency. */
  readonly costs: number;
  /** Net profit of the run. */
  readonly actual: number;
  readonly seed?: number;
  /** @defaultValue 1000 */
  readonly draws?: number;
}

export interface RandomEntryTrip {
  /** 1 long, -1 short. */
  readonly side: number;
  /** Quantity times contract size: money of its currency for a move of one price unit. */
  readonly size: number;
  /** Length in bars. */
  readonly bars: number;
}

export interface RandomEntryBaseline {
  /** Net of each draw, ascending. */
  readonly net: Float64Array;
  readonly rank: number;
  readonly seed: number;
}

export function randomEntryBaseline({ instruments, costs, actual, seed = 1, draws = 1000 }: RandomEntryInput): RandomEntryBaseline {
  positiveInteger('randomEntryBaseline: draws', draws);
  const net = new Float64Array(draws).fill(-costs);
  let moved = 0;
  for (const { id, close, rate, trips } of instruments) {
    const count = trips.length, last = close.length - 1;
    if (count === 0 || last < 1) continue;
    moved += count;
    const random = randomStream(seed, `random entry ${id}`), order = Int32Array.from(trips, (_, k) => k), gaps = new Float64Array(count), gains = new Float64Array(count);
    const length = Int32Array.from(trips, ({ bars }) => Math.min(Math.max(Math.round(bars), 1), last)), total = length.reduce((sum, bars) => sum + bars, 0), free = last - total, isChosen = new Uint8Array(Math.max(free + count, 0));
    for (let draw = 0; draw < draws; draw++) {
      for (let k = count - 1; k > 0; k--) {
        const other = random.integer(0, k), kept = order[k];
        order[k] = order[other];
        order[other] = kept;
      }
      // Which of the free bars and trips in a row are trips: equally likely choices, drawn as sorted places of the free bars.
      if (free >= 0) placesOf(count, free, random, isChosen, gaps);
      let before = 0;
      for (let k = 0; k < count; k++) {
        const { side, size } = trips[order[k]], bars = length[order[k]], entry = free >= 0 ? gaps[k] + before : random.integer(0, last - bars);
        gains[k] = side * size * (close[entry + bars] - close[entry]) * (rate === undefined ? 1 : rate[entry + bars]);
        before += bars;
      }
      net[draw] += compensatedSum(gains);
    }
  }
  net.sort();
  const below = net.filter(value => value < actual).length, equal = net.filter(value => value === actual).length;
  return { net, rank: moved === 0 ? NaN : (below + equal / 2) / draws, seed };
}

/** `count` of the numbers 0 to `free`, ascending, with repetition, every such list equally likely: distinct places among count + free, less those before. */
function placesOf(count: number, free: number, random: { integer(min: number, max: number): number }, isChosen: Uint8Array, out: Float64Array): void {
  isChosen.fill(0);
  // R. W. Floyd's sampling without replacement: one draw a place.
  for (let top = free; top < free + count; top++) {
    const place = random.integer(0, top);
    isChosen[isChosen[place] === 1 ? top : place] = 1;
  }
  for (let place = 0, k = 0; k < count; place++) if (isChosen[place] === 1) out[k] = place - k++;
}
