/** A run over ticks that do not fit into memory. */
import type { Result } from '../result/result.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { MarketInput } from './market-input.ts';
import { StreamFeed, type MarketStream } from './market-stream.ts';
import { prepareRun, type PreparedRun, type RunSettings } from './prepare.ts';
import { PriceSamples } from './price-samples.ts';
import { endGroup, feedsOf, type Progress } from './replay.ts';
import { resultOfSession, type RunFacts } from './result-of-session.ts';
import type { Session } from './session.ts';

export interface StreamSettings extends Omit<RunSettings, 'data'> {
  readonly data: readonly MarketStream[];
}

/** A run that reads its ticks while it replays them. */
export interface StreamRun {
  readonly run: PreparedRun;
  readonly session: Session;
  /** Replays to the end, and says after each group how far it is. */
  replay(): AsyncGenerator<Progress>;
  /** What came out, after a replay that went to its end or was stopped. */
  result(facts?: RunFacts): Result;
}

/** Ticks to a group: few enough for a processor's cache, enough for the cost of a group not to matter. */
const groupRows = 32_768;

/**
 * Replays streams of ticks through a strategy; orders, fills, bars and metrics are those of `run` over the same rows in memory.
 *
 * The result holds no stage that has a row for every tick: the ticks themselves, and columns of engines that are driven by them. Findings are counted.
 *
 * @example
 * const stream = { instrument, kind: 'quotes', firstTime, lastTime, blocks: () => catalogue.stream({ kind: 'quotes', venue, symbol, reuse: true }) };
 * const result = await runStream(strategy, { data: [stream] });
 */
export async function runStream(strategy: AnyStrategy, settings: StreamSettings): Promise<Result> {
  const stream = prepareStream(strategy, settings);
  for await (const _ of stream.replay());
  return stream.result();
}

export function prepareStream(strategy: AnyStrategy, settings: StreamSettings): StreamRun {
  for (const { instrument: { id }, firstTime, lastTime } of settings.data) if (lastTime < firstTime) throw new RangeError(`${strategy.name}: the stream of ${id} ends before it begins`);
  // A run needs to know of its data in advance only when it begins and ends.
  const ends = settings.data.map(({ instrument, kind, calendar, actions, financing, halts, firstTime, lastTime }): MarketInput => ({ instrument, kind, calendar, actions, financing, halts, columns: { time: BigInt64Array.of(firstTime, lastTime) } }));
  const run = prepareRun(strategy, { ...settings, data: ends }), session = run.session(true, undefined, false);
  const streams = run.data.map(({ instrument }) => settings.data.find(each => each.instrument === instrument)!), samples = streams.map(stream => new PriceSamples(stream, run.from));
  return {
    run,
    session,
    replay: () => replayStreams(session, streams, samples),
    result: facts => resultOfSession(session, { ...run, data: run.data.map((input, k) => ({ ...input, columns: samples[k].table() })) }, facts),
  };
}

async function* replayStreams(session: Session, streams: readonly MarketStream[], samples: readonly PriceSamples[]): AsyncGenerator<Progress> {
  const { to } = session.setup, feeds = streams.map(stream => new StreamFeed(stream, to)), own = feedsOf(session, []), total = streams.reduce((sum, { rows = NaN }) => sum + rows, 0);
  let close = session.setup.markets[0].sessionEnd(session.setup.from);
  /** The closes of sessions before `limit`, of all of them without one. */
  const closes = (limit = to): BigInt64Array => {
    const times: bigint[] = [];
    for (; close < limit; close = session.setup.markets[0].sessionEnd(close)) times.push(close);
    return BigInt64Array.from(times);
  };
  try {
    for (;;) {
      for (const feed of feeds) while (feed.isShort) await feed.pull();
      const limit = groupEnd(feeds);
      feeds.forEach((feed, k) => feed.take(limit, (columns, from, until) => {
        session.push(k, columns, from, until);
        samples[k].see(columns, from, until);
      }));
      endGroup(session, own, limit);
      const times = session.equityTimes ?? closes(limit);
      for (const sample of samples) sample.keep(times);
      const done = feeds.reduce((sum, feed) => sum + feed.done, 0);
      yield [done, limit === undefined ? done : Math.max(total, done + 1)];
      if (limit === undefined) return;
    }
  } finally {
    for (const feed of feeds) await feed.close();
  }
}

/** The time before which every row is in hand and a group ends; undefined where the rest is one group. */
function groupEnd(feeds: readonly StreamFeed[]): bigint | undefined {
  let limit: bigint | undefined, first: bigint | undefined;
  for (const feed of feeds) {
    const { firstKnown, lastKnown, isLast } = feed, behind = feed.timeBehind(groupRows);
    for (const time of [isLast ? undefined : lastKnown, behind]) if (time !== undefined && (limit === undefined || time < limit)) limit = time;
    if (firstKnown !== undefined && (first === undefined || firstKnown < first)) first = firstKnown;
  }
  // More rows of one time than a group has stay together.
  return limit !== undefined && first !== undefined && first >= limit ? first + 1n : limit;
}
