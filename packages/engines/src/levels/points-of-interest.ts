import { defineEngine, eventCode, eventKinds, eventSchema, nonNegativeNumber, positiveInteger, type Engine, type EventKind, type EventTable, type F64, type Table } from '@zanzibar/core';
import { nearestSpan } from './interest-spans.ts';
import { closeZone, findZone, newInterest, nextZone, openZone, tellPoint, touchPoints, weigh, type InterestState } from './interest-zones.ts';
import { levelColumns } from './level-columns.ts';

/**
 * Points of interest: zones and levels of other engines that lie together, merged and scored.
 *
 * Definition  an event whose kind has a weight opens a zone from level0 to level1 (a level where that is NaN), named by its table and its ref, or its id
 *             without one. It supports (+1) or resists (-1): by its direction, of swings, pools and levels of periods and sessions against it. It joins
 *             the point of its side with which it shares at least `overlap` of their union, or, where they share no stretch, that lies within
 *             `tolerance`; the largest overlap, then the nearest, then the oldest; else it begins one. A point spans all that joined it.
 *             Its score is the sum over its open zones of weight of the kind x weight of the table x freshness (1, `touchedWeight` after `touched`) x displacement
 *             (the distance of the close from the zone's middle in `atr` when it is opened, held within 0.5 and 2; 1 without that column).
 *             `filled`, `violated`, `superseded`, `expired` and `segmentEnd` of its table end a zone, a newer zone over the cap too.
 *             Events: `pointOfInterest`, `joined` for each further zone, `touched` once, by the first later bar that reaches the span, `expired` with its last
 *             zone, `segmentEnd` at a cut. Within a row touches come first, then the tables' events in the order of the names here
 * Units       price in; level0 and level1 the span, value the score. Columns: span and score of the nearest point of each side, by distance from the close, then
 *             kind of its first zone, then age
 * Warm-up     that of the tables     Lag  none of its own
 * NaN         such a bar touches nothing and has no nearest point; an atr of NaN gives a displacement of 1
 * Source      inner-circle trading practice, no primary source; merging, weights and score are ours and claim no predictive value
 * Oracle      reference packages/engines/test/reference/points-of-interest.ts
 * Example     a gap up from 10 to 12 and equal lows at 11 and 11.25, weights 0.75 and 1, no atr: one point, direction 1, levels 10 and 12, score 1.75
 */
export interface PointsOfInterestOptions {
  /** What a kind of event weighs; kinds without a weight open nothing. @defaultValue `interestWeights` */
  weights: { readonly [kind: string]: number };
  /** What a table weighs: more for one of a higher timeframe. @defaultValue 1 for each */
  tableWeights: { readonly [table: string]: number };
  /** Freshness of a zone that was touched. @defaultValue 0.5 */
  touchedWeight: number;
  /** Shared part of the union from which zones merge. @defaultValue 0.5 */
  overlap: number;
  /** Price between zones and levels apart up to which they merge. @defaultValue 0 */
  tolerance: number;
  /** Newest zones of each side that are followed. @defaultValue 32 */
  cap: number;
}

/** Weights by which nothing is claimed: blocks and pools 1, gaps and levels of periods three quarters, the rest half. */
export const interestWeights: { readonly [kind: string]: number } = {
  orderBlock: 1, breakerBlock: 1, mitigationBlock: 0.5, fairValueGap: 0.75, inverted: 0.75, liquidityPool: 1, periodLevel: 0.75, sessionLevel: 0.5,
};

const names = ['orderBlocks', 'breakerBlocks', 'gaps', 'inversionGaps', 'pools', 'periods', 'sessions'] as const;
type InterestTables = { [N in (typeof names)[number]]: typeof levelColumns };
/** Kinds whose direction is the side on which the level lies, by code. */
const isLevel: Uint8Array = flags(['swing', 'liquidityPool', 'periodLevel', 'sessionLevel']);
const isEnd: Uint8Array = flags(['filled', 'violated', 'superseded', 'expired', 'segmentEnd']);

function flags(kinds: readonly EventKind[]): Uint8Array {
  return Uint8Array.from(eventKinds, kind => (kinds.includes(kind) ? 1 : 0));
}

export const pointsOfInterest: Engine<
  PointsOfInterestOptions, F64<'high' | 'low' | 'close'>,
  F64<'supportLower' | 'supportUpper' | 'supportScore' | 'resistanceLower' | 'resistanceUpper' | 'resistanceScore'>, { events: typeof eventSchema }, InterestTables, { atr: 'f64' }
> = /* @__PURE__ */ defineEngine({
  name: 'pointsOfInterest',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  optional: { atr: 'f64' },
  reads: {
    orderBlocks: levelColumns, breakerBlocks: levelColumns, gaps: levelColumns, inversionGaps: levelColumns, pools: levelColumns, periods: levelColumns, sessions: levelColumns,
  } as InterestTables,
  optionalReads: names,
  aligned: { supportLower: 'f64', supportUpper: 'f64', supportScore: 'f64', resistanceLower: 'f64', resistanceUpper: 'f64', resistanceScore: 'f64' },
  sparse: ['supportLower', 'supportUpper', 'supportScore', 'resistanceLower', 'resistanceUpper', 'resistanceScore'],
  appended: { events: eventSchema },
  kinds: ['pointOfInterest', 'joined', 'touched', 'expired', 'segmentEnd'],
  defaults: { weights: interestWeights, tableWeights: {}, touchedWeight: 0.5, overlap: 0.5, tolerance: 0, cap: 32 } as PointsOfInterestOptions,
  check({ weights, tableWeights, touchedWeight, overlap, tolerance, cap }) {
    for (const kind in weights) {
      if (!(kind in eventCode)) throw new RangeError(`pointsOfInterest: weights name "${kind}", which is no kind of event; known are ${eventKinds.join(', ')}`);
      nonNegativeNumber(`pointsOfInterest: weight of ${kind}`, weights[kind]);
    }
    for (const table in tableWeights) {
      if (!names.includes(table as 'gaps')) throw new RangeError(`pointsOfInterest: tableWeights name "${table}", known are ${names.join(', ')}`);
      nonNegativeNumber(`pointsOfInterest: weight of ${table}`, tableWeights[table]);
    }
    nonNegativeNumber('pointsOfInterest: touchedWeight', touchedWeight);
    if (!(overlap > 0 && overlap <= 1)) throw new RangeError(`pointsOfInterest: overlap must be above 0 and at most 1, was ${overlap}`);
    nonNegativeNumber('pointsOfInterest: tolerance', tolerance);
    positiveInteger('pointsOfInterest: cap', cap);
  },
  units: { value: 'ratio', supportScore: 'ratio', resistanceScore: 'ratio' },
  optionUnits: { tolerance: 'range' },
  pairs: [['supportLower', 'resistanceUpper'], ['supportUpper', 'resistanceLower'], ['supportScore', 'resistanceScore']],
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap, weights, tableWeights }) => ({ weightOf: kindWeights(weights), weightOfTable: Float64Array.from(names, name => tableWeights[name] ?? 1), ...newInterest(cap) }),

  advance(state, { base, high, low, close, atr, tables, offsets }, output, from, to, options) {
    const { events, supportLower, supportUpper, supportScore, resistanceLower, resistanceUpper, resistanceScore } = output, { lower, upper, score } = state;
    // By name, not in a loop over names: a live run comes here with every bar.
    const { orderBlocks, breakerBlocks, gaps, inversionGaps, pools, periods, sessions } = offsets;
    for (let i = from; i < to; i++) {
      const row = base + i, c = close[i];
      if (low[i] <= state.freshBelow || high[i] >= state.freshAbove) touchPoints(events, state, high[i], low[i], row);
      if (orderBlocks[i] < orderBlocks[i + 1]) read(events, state, tables.orderBlocks, orderBlocks, 0, close, atr, i, row, options);
      if (breakerBlocks[i] < breakerBlocks[i + 1]) read(events, state, tables.breakerBlocks, breakerBlocks, 1, close, atr, i, row, options);
      if (gaps[i] < gaps[i + 1]) read(events, state, tables.gaps, gaps, 2, close, atr, i, row, options);
      if (inversionGaps[i] < inversionGaps[i + 1]) read(events, state, tables.inversionGaps, inversionGaps, 3, close, atr, i, row, options);
      if (pools[i] < pools[i + 1]) read(events, state, tables.pools, pools, 4, close, atr, i, row, options);
      if (periods[i] < periods[i + 1]) read(events, state, tables.periods, periods, 5, close, atr, i, row, options);
      if (sessions[i] < sessions[i + 1]) read(events, state, tables.sessions, sessions, 6, close, atr, i, row, options);
      const support = nearestSpan(state, 0, c), resistance = nearestSpan(state, 1, c);
      supportLower[i] = support < 0 ? NaN : lower[support];
      supportUpper[i] = support < 0 ? NaN : upper[support];
      supportScore[i] = support < 0 ? NaN : score[support];
      resistanceLower[i] = resistance < 0 ? NaN : lower[resistance];
      resistanceUpper[i] = resistance < 0 ? NaN : upper[resistance];
      resistanceScore[i] = resistance < 0 ? NaN : score[resistance];
    }
  },

  end(state, { base }, { events }, row) {
    for (let p = 0; p < state.first.length; p++) if (state.first[p] > 0) tellPoint(events, state, eventCode.segmentEnd, p, base + row);
  },
});

/** Weights by the code of the kind, NaN where it has none. */
function kindWeights(weights: { readonly [kind: string]: number }): Float64Array {
  return Float64Array.from(eventKinds, kind => weights[kind] ?? NaN);
}

/** The events of a table at one row: a zone opens, is touched, or ends. */
function read(
  events: EventTable, state: InterestState & { weightOf: Float64Array; weightOfTable: Float64Array }, table: Table<typeof levelColumns>, offsets: Int32Array, of: number,
  close: Float64Array, atr: Float64Array | undefined, i: number, row: number, { touchedWeight, overlap, tolerance }: PointsOfInterestOptions,
): void {
  const { weightOf } = state, end = offsets[i + 1];
  for (let k = offsets[i]; k < end; k++) {
    const kind = table.kind[k], isOver = isEnd[kind] === 1;
    if (isOver || kind === eventCode.touched) {
      const z = findZone(state, of, nameOf(table, k));
      if (z < 0) continue;
      if (isOver) closeZone(events, state, z, row);
      else {
        state.weight[z] *= touchedWeight;
        weigh(state, state.point[z] - 1);
      }
    } else if (weightOf[kind] >= 0 && table.direction[k] !== 0) {
      const name = nameOf(table, k);
      const before = findZone(state, of, name), isSupport = table.direction[k] > 0 !== (isLevel[kind] === 1);
      const lower = table.level0[k], upper = table.level1[k] === table.level1[k] ? table.level1[k] : lower;
      if (before >= 0) closeZone(events, state, before, row);
      const distance = Math.abs(close[i] - (lower + upper) / 2) / (atr === undefined ? NaN : atr[i]), displacement = distance === distance ? Math.min(2, Math.max(0.5, distance)) : 1;
      const z = nextZone(events, state, isSupport ? 0 : 1, row);
      state.table[z] = of;
      state.key[z] = name;
      state.zoneLower[z] = lower;
      state.zoneUpper[z] = upper;
      state.weight[z] = weightOf[kind] * state.weightOfTable[of] * displacement;
      openZone(events, state, z, kind, row, overlap, tolerance);
    }
  }
}

/** What life-cycle events name: the first event's id. */
function nameOf({ ref, id }: Table<typeof levelColumns>, k: number): number {
  return ref[k] === ref[k] ? ref[k] : id[k];
}
