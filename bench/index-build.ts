/** `index-build`: the first-passage index of 10M quotes, per tick and price column. */
import type { Benchmark, PartResult } from './benchmark.ts';
import { indexMarket } from '@zanzibar/backtest';
import { indexPrices, indexQuotes, type FirstPassage } from '../packages/backtest/src/simulator/first-passage.ts';
import { makeQuotes, readDoubles, tickFiles, timesEvery, Uniforms, writeInputs } from './inputs.ts';
import { measure, round } from './measure.ts';
import { instrument } from './simulation.ts';

const ticks = 10_000_000, searches = 100_000, distance = 37 / 100_000;

/** Searches whose answers are added up: by the index, or by walking. */
function answers(find: (from: number, low: number, high: number) => number, bid: Float64Array): number {
  const random = new Uniforms(3);
  let sum = 0;
  for (let k = 0; k < searches; k++) {
    const from = Math.floor(random.next() * ticks);
    sum += find(from, bid[from] - distance, bid[from] + distance);
  }
  return sum;
}

function walk(bid: Float64Array, from: number, low: number, high: number): number {
  let at = from;
  while (at < ticks && bid[at] > low && bid[at] < high) at++;
  return at;
}

const bench: Benchmark = {
  unit: 'ns/tick and column',
  about: 'minima and maxima over blocks of 64 of the bids and asks of 10M quotes',
  prepare: () => writeInputs(() => makeQuotes(ticks), ...tickFiles),
  parts: {
    build(): PartResult {
      const [bid, ask] = tickFiles.map(file => readDoubles(file)), perColumn = 1e6 / (2 * ticks), { median, best, cpu } = measure(() => indexQuotes(bid, ask));
      const index: FirstPassage = indexQuotes(bid, ask).bid, search = measure(() => answers((from, low, high) => index.first(from, ticks, low, high), bid));
      const byIndex = answers((from, low, high) => index.first(from, ticks, low, high), bid), byWalking = answers((from, low, high) => walk(bid, from, low, high), bid);
      return { median: median * perColumn, best: best * perColumn, cpu: cpu * perColumn, searchUs: (search.median * 1000) / searches, agree: byIndex === byWalking };
    },
    trades(): PartResult {
      const bid = readDoubles(tickFiles[0]), { median } = measure(() => indexPrices(bid));
      return { median: (median * 1e6) / ticks };
    },
    /** With the checks that loading makes: order of time, prices on the grid. */
    checked(): PartResult {
      const [bid, ask] = tickFiles.map(file => readDoubles(file)), time = timesEvery(100_000_000n, ticks), facts = instrument('quotes');
      const { median } = measure(() => indexMarket(facts, { base: 0, length: ticks, time, bid, ask }));
      return { median: (median * 1e6) / (2 * ticks) };
    },
  },
  async line(bench) {
    const build = await bench.part('build'), trades = await bench.part('trades'), checked = await bench.part('checked');
    bench.say(`${round(build.median)} ns a tick and column (best ${round(build.best)}, processor ${round(build.cpu)}); one column ${round(trades.median)}; with the checks of loading ${round(checked.median)}; a search ${round(build.searchUs)} us`);
    return {
      ours: build.median, peer: null, peerName: null, agree: build.agree, rssMb: build.rssMb!, rows: ticks,
      extra: { best: round(build.best), cpu: round(build.cpu), oneColumn: round(trades.median), withChecks: round(checked.median), searchUs: round(build.searchUs), agreeWith: 'walking every tick, 100,000 searches' },
    };
  },
};
export default bench;
