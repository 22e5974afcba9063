/** One graph of every engine that the packages export, wired by what each declares: an engine that comes is in it without a word here, unless it has an option without a default. */
import * as core from '@zanzibar/core';
import type { AnyEngine, Graph, SourceColumns } from '@zanzibar/core';
import * as engines from '../src/index.ts';

/** Every public engine by name. */
export const everyEngineByName: { readonly [name: string]: AnyEngine } = Object.fromEntries(
  Object.entries({ ...core, ...engines }).filter(([, value]) => typeof value === 'function' && 'spec' in value).sort(([a], [b]) => (a < b ? -1 : 1)),
) as { readonly [name: string]: AnyEngine };

/** Which table an engine reads under a name; `trades`, `quotes` and `other` are sources. */
const tables: { readonly [read: string]: string } = {
  swings: 'swings.events', anchors: 'swings.events', breaks: 'structureBreaks.events', gaps: 'fairValueGaps.events', blocks: 'orderBlocks.events', orderBlocks: 'orderBlocks.events',
  breakerBlocks: 'breakerBlocks.events', inversionGaps: 'inversionGaps.events', pools: 'liquidityPools.events', levels: 'liquidityPools.events', periods: 'previousHighLow.events',
  sessions: 'sessions.events', squareOfNine: 'squareOfNineLevels.levels', percent: 'percentLevels.levels', cells: 'footprint.cells', flow: 'orderFlowImbalance', absorptions: 'absorption.events', trades: 'trades', quotes: 'quotes', other: 'other',
};

/** Which column of another engine a column of that name is. */
const columns: { readonly [column: string]: string } = {
  atr: 'atr/atr', longAtr: 'atr/atr', cumulativeDelta: 'delta/cumulativeDelta', heat: 'delta/heat', delta: 'delta/delta', gannConfluence: 'gannConfluence/confluence', gannFamilyCount: 'gannConfluence/confluence',
  absorptionSigned: 'absorptionShare/absorptionSigned', liquidityDistance: 'restingLiquidity/liquidityDistance', gannDirection: 'gannAngles/direction',
  previousHigh: 'previousHighLow/previousHigh', previousLow: 'previousHighLow/previousLow', oneByFour: 'gannAngles/oneByFour', oneByTwo: 'gannAngles/oneByTwo', oneByOne: 'gannAngles/oneByOne',
  twoByOne: 'gannAngles/twoByOne', fourByOne: 'gannAngles/fourByOne', astroConfidence: 'planetaryOutlook/confidence', reversalWindow: 'planetaryOutlook/reversalWindow', cycleHits: 'barCycles/hits',
  score: 'signedPillarScore/score', gann: 'analysisPacket/gann', astro: 'analysisPacket/astro', cycle: 'analysisPacket/cycle',
};

/** By engine, where one name is two things. */
const own: { readonly [engine: string]: { readonly [column: string]: string } } = {
  fivePillarScore: { qmo: 'analysisPacket/qmo', imo: 'analysisPacket/imo' },
  signedPillarScore: { qmo: 'analysisPacket/qmoSigned', imo: 'analysisPacket/imoSigned', gann: 'analysisPacket/gannSigned' },
  kyleLambda: { price: 'bars/close' },
  orderFlowImpact: { sum: 'barOrderFlowImbalance/sum' },
};

/** Planets on circles with a wobble that turns some of them back: a stand-in for the optional package. */
function madeEphemeris(): engines.Ephemeris {
  const firstDay = 19_670, dayCount = 900, longitudes = new Float64Array(engines.planets.length * dayCount);
  const speeds = [0.9856, 13.176, 1.2, 1.1, 0.524, 0.083, 0.033, 0.0117, 0.006, 0.004];
  speeds.forEach((speed, planet) => {
    for (let day = 0; day < dayCount; day++) longitudes[planet * dayCount + day] = 31 * planet + speed * day + (planet < 2 ? 0 : 12 * Math.sin(day / (9 + 3 * planet)));
  });
  return { firstDay, dayCount, longitudes };
}

/** Options without which an engine cannot run, for prices about 100 on a grid of hundredths. */
export const neededOptions: { readonly [engine: string]: object } = {
  cumulativeSumChanges: { threshold: 0.02 },
  hiddenMarkovRegime: {
    model: {
      start: Float64Array.of(0.5, 0.5), transition: Float64Array.of(0.95, 0.05, 0.05, 0.95), means: Float64Array.of(0, 0), deviations: Float64Array.of(0.05, 0.5), logLikelihood: 0, iterations: 1,
      isConverged: 1, fittedThrough: 0n,
    },
  },
  microprice: { model: { fittedThrough: 0n, buckets: 4, spreads: 2, correction: Float64Array.of(0.1, 0.4, 0.2, 0.6) } },
  calibratedProbability: { calibration: engines.fitCalibration('isotonic', [-1, -0.5, 0, 0.5, 1], [0, 0, 1, 0, 1], 0n) },
  ...Object.fromEntries(['moonPhases', 'planetaryAspects', 'planetaryLongitudes', 'planetaryOutlook', 'retrogradeWindows'].map(name => [name, { ephemeris: madeEphemeris() }])),
};

/** Short memories, so that 600 rows reach everything that an engine can say. */
export const shortOptions: { readonly [engine: string]: object } = {
  ...neededOptions,
  sma: { period: 5 }, ema: { period: 5 }, rsi: { period: 5 }, atr: { period: 5 }, swings: { left: 2, right: 2 }, fairValueGaps: { cap: 4 }, legSwings: { right: 2 }, zigzagSwings: { multiple: 1 },
  structureShifts: { lookback: 50 }, orderBlocks: { lookback: 50, maximumRange: 2 }, liquidityPools: { tolerance: 0.2 }, previousHighLow: { period: '1h' }, kyleLambda: { window: 9 }, orderFlowImpact: { window: 9 },
  vpin: { bucketVolume: 30, buckets: 5 }, barVpin: { bucketVolume: 30, buckets: 5 }, volatilityRegime: { period: 5, lookback: 30 }, leadLagCorrelation: { period: 12, maximumLag: 2 },
  rollingCorrelation: { period: 8 }, hayashiYoshidaCorrelation: { period: 60 }, hayashiYoshidaLeadLag: { period: 60 }, bayesianChangePoints: { maximumRunLength: 60 }, volumeSpread: { window: 20, trendPeriod: 12 },
  goertzelCycle: { length: 48, longest: 24 }, autocorrelationCycle: { length: 48, longest: 24 }, autocorrelationPeriodogram: { longest: 24 }, absorption: { lookback: 20 }, exhaustion: { rows: 2, share: 1, confirm: 'close' }, relativeVolume: { sessions: 2 },
  tickBars: { count: 10 }, volumeBars: { volume: 50 }, dollarBars: { value: 5000 }, imbalanceBars: { expectedTicks: 20 }, runBars: { expectedTicks: 20 }, renkoBars: { box: 0.5 }, rangeBars: { range: 0.5 },
};

/** The source whose rows an engine goes over; `uncleaned` are quotes without segments. */
export function driverOf({ spec }: AnyEngine): 'bars' | 'trades' | 'quotes' | 'uncleaned' {
  if (spec.name === 'cleanTicks') return 'uncleaned';
  const names = Object.keys(spec.input), { price } = spec.defaults as { readonly price?: string };
  if (price === 'trade' || (names.includes('price') && !names.includes('buyVolume'))) return 'trades';
  return price === 'mid' || names.includes('bidSize') ? 'quotes' : 'bars';
}

/** Which other engines and sources an engine needs, by the name of the table or column that it reads. */
function wiresOf(engine: AnyEngine, driver: string, ofBars: boolean): { readonly [name: string]: string } {
  const { spec } = engine, wires: Record<string, string> = {};
  for (const read in spec.reads) {
    // It takes one of two.
    if (spec.name === 'volumeProfile' && read === 'cells') continue;
    if (tables[read] === undefined) throw new Error(`${spec.name} reads a table "${read}": say in engine-graph.ts who writes it`);
    wires[read] = tables[read];
  }
  if (driver !== 'bars') return wires;
  for (const [column, type] of Object.entries({ ...spec.input, ...spec.optional })) {
    const [writer, written] = columns[column]?.split('/') ?? [];
    if (everyEngineByName[writer]?.spec.aligned?.[written] === type && !(ofBars && column in (spec.optional ?? {}) && !isOfBars(writer))) wires[column] = columns[column];
  }
  return { ...wires, ...own[spec.name] };
}

/**
 * The engines that are wanted, and those that they read, each after what it reads; a node is called as its engine. `ofBars`: columns that an engine can do without
 * are left out where more than bars would be needed to make them.
 */
export function engineGraph(wanted: readonly string[], options: { readonly [engine: string]: object }, ofBars: boolean = false): Graph {
  const graph: { [node: string]: Graph[string] } = {};
  const add = (name: string): void => {
    if (graph[name] !== undefined) return;
    const engine = everyEngineByName[name], driver = driverOf(engine), wires = wiresOf(engine, driver, ofBars);
    for (const wire of Object.values(wires)) {
      const writer = wire.split(/[./]/)[0];
      if (writer in everyEngineByName && writer !== name) add(writer);
    }
    const { tick } = engine.spec.defaults as { readonly tick?: number };
    graph[name] = [engine, driver, { ...(tick !== undefined ? { tick: 0.01 } : {}), ...options[name] }, wires];
  };
  for (const name of wanted) add(name);
  return graph;
}

/** Does an engine, and all that it must read, go over bars alone? */
export function isOfBars(name: string): boolean {
  return core.combine(engineGraph([name], neededOptions, true)).sources.join() === 'bars';
}

/** Columns beside those of bars that engines ask for: returns of two markets. */
export function withReturns(bars: SourceColumns): SourceColumns {
  const close = bars.close as Float64Array, value = close.map((price, i) => (i === 0 ? 0 : price - close[i - 1]));
  return { ...bars, value, first: value, second: value.map((_, i) => (i === 0 ? 0 : 0.5 * value[i] + 0.5 * value[i - 1])) };
}
