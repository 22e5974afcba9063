/** Fee schedules as venues and brokers publish them: rates by liquidity, tiers by volume, and what an order pays at least and at most. */
import { knownOptions, oneOf, positiveNumber } from '@zanzibar/core';

/** What a fill pays: the parts add. A negative rate is a rebate. */
export interface FeeRates {
  /** Basis points of notional for both liquidities. @defaultValue 0 */
  readonly basisPoints?: number;
  /** Basis points of notional when the order rested; overrides `basisPoints`. */
  readonly makerBasisPoints?: number;
  /** Basis points of notional when it took; overrides `basisPoints`. */
  readonly takerBasisPoints?: number;
  /** Money per unit of quantity (share, contract) for both liquidities. @defaultValue 0 */
  readonly perUnit?: number;
  /** Money per unit when the order rested; overrides `perUnit`. */
  readonly makerPerUnit?: number;
  /** Money per unit when it took; overrides `perUnit`. */
  readonly takerPerUnit?: number;
}

/** Rates from a volume on. What a tier leaves out is 0, not the rate of the tier before. */
export interface FeeTier extends FeeRates {
  /** Volume from which it holds: that much has been traded before. */
  readonly from: number;
}

/**
 * The fees of one venue or instrument.
 *
 * Definition  a fill pays price x quantity x multiplier x basisPoints / 10000 + perUnit x quantity at the rates of its tier and liquidity. An order pays the sum over its fills
 *             plus `perOrder`, at least `minimum`, and at most `maximum` and `maximumBasisPoints` of its notional (a maximum below the minimum wins); each fill is
 *             charged what the order owes by then less what it has been charged before.
 * Units       account currency; volume in quote currency or units of quantity
 */
export interface FeeSchedule extends FeeRates {
  /** Once an order, with its first fill. @defaultValue 0 */
  readonly perOrder?: number;
  /** Least fee of an order. @defaultValue none */
  readonly minimum?: number;
  /** Largest fee of an order. @defaultValue none */
  readonly maximum?: number;
  /** Largest fee of an order in basis points of what it has traded. @defaultValue none */
  readonly maximumBasisPoints?: number;
  /** Rates by volume, ascending; below the first of them the schedule's own rates hold. */
  readonly tiers?: readonly FeeTier[];
  /** What is counted as volume: money (price x quantity x multiplier) or units of quantity. @defaultValue 'notional' */
  readonly volume?: 'notional' | 'quantity';
  /** What counts: the UTC month so far, up to the fill, or the 30 UTC days before the day of the fill. @defaultValue 'month' */
  readonly window?: 'month' | 'thirtyDays';
  /** Only what lies beyond a threshold gets its rates, a fill is split there; else all of the fill gets the rates of the volume before it. @defaultValue false */
  readonly isMarginal?: boolean;
}

/** Schedules by what they hold for: an instrument id, else a venue (what follows the dot of an id), else `*`. Volume is counted by entry. */
export type FeeSchedules = { readonly [scope: string]: FeeSchedule };

const rateNames = ['basisPoints', 'makerBasisPoints', 'takerBasisPoints', 'perUnit', 'makerPerUnit', 'takerPerUnit'] as const;

/** Errors: RangeError that names the scope, the field and the value. */
export function checkFeeSchedules(schedules: FeeSchedules): void {
  for (const [scope, schedule] of Object.entries(schedules)) {
    const where = `fees of ${scope}`, { tiers = [], volume = 'notional', window = 'month', isMarginal = false } = schedule;
    knownOptions(where, schedule, [...rateNames, 'perOrder', 'minimum', 'maximum', 'maximumBasisPoints', 'tiers', 'volume', 'window', 'isMarginal']);
    checkNumbers(where, schedule, [...rateNames, 'perOrder', 'minimum', 'maximum', 'maximumBasisPoints']);
    oneOf(`${where}: volume`, volume, ['notional', 'quantity']);
    oneOf(`${where}: window`, window, ['month', 'thirtyDays']);
    if (typeof isMarginal !== 'boolean') throw new RangeError(`${where}: isMarginal must be true or false, was ${String(isMarginal)}`);
    tiers.forEach((tier, k) => {
      const place = `${where}: tier ${k}`;
      knownOptions(place, tier, ['from', ...rateNames]);
      checkNumbers(place, tier, rateNames);
      positiveNumber(`${place}: from`, tier.from);
      if (k > 0 && !(tier.from > tiers[k - 1].from)) throw new RangeError(`${place}: from must be above ${tiers[k - 1].from}, that of the tier before, was ${tier.from}`);
    });
  }
}

function checkNumbers(where: string, given: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (given as { readonly [name: string]: unknown })[name];
    if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value))) throw new RangeError(`${where}: ${name} must be a finite number, was ${String(value)}`);
  }
}

/** The key of `schedules` that holds for an instrument: its id, its venue or `*`. */
export function scopeOf(schedules: { readonly [scope: string]: unknown }, instrument: string): string | undefined {
  const venue = instrument.slice(instrument.indexOf('.') + 1);
  return [instrument, venue, '*'].find(scope => Object.hasOwn(schedules, scope));
}

/** Errors: RangeError for a scope that is none of these instruments, nor the venue of one, nor `*`. */
export function checkScopes(what: string, schedules: { readonly [scope: string]: unknown }, instruments: readonly string[]): void {
  const known = new Set(['*', ...instruments, ...instruments.map(id => id.slice(id.indexOf('.') + 1))]);
  for (const scope in schedules) if (!known.has(scope)) throw new RangeError(`${what}: "${scope}" is no instrument or venue of the run, they are ${[...known].join(', ')}`);
}
