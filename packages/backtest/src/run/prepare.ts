/** Checks a run's settings and makes sessions of them. */
import { compareText, dayOf, dayStart } from '@zanzibar/core';
import type { SimulationOptions } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { resolveParameters } from '../strategy/parameters.ts';
import type { ParameterValue } from '../strategy/strategy.ts';
import { marketOf, type Market } from './market.ts';
import type { MarketInput } from './market-input.ts';
import { Session, type CreateVenue } from './session.ts';

export interface RunSettings {
  readonly data: readonly MarketInput[];
  readonly parameters?: { readonly [name: string]: ParameterValue };
  /** First moment at which the strategy may be called; rows before it warm the engines up. @defaultValue the first row's time */
  readonly from?: bigint;
  /** No decision at or after it. @defaultValue the UTC midnight behind the last row; with bars only, just behind the last close */
  readonly to?: bigint;
  /** Costs, latency, sizing, fills. */
  readonly options?: SimulationOptions;
  /** Options of the quality step: policies by rule, cuts. */
  readonly quality?: object;
}

/** A run that can be started any number of times, always from the beginning. */
export interface PreparedRun {
  readonly strategy: AnyStrategy;
  readonly parameters: { readonly [name: string]: ParameterValue };
  /** Sorted by instrument id. */
  readonly data: readonly MarketInput[];
  readonly markets: readonly Market[];
  readonly from: bigint;
  readonly to: bigint;
  readonly options: SimulationOptions;
  readonly quality: object;
  /** Of the account. */
  readonly currency: string;
  session(isRecording?: boolean, createVenue?: CreateVenue, keepsTicks?: boolean): Session;
}

export function prepareRun(strategy: AnyStrategy, settings: RunSettings): PreparedRun {
  const { options = {}, quality = {} } = settings;
  if (settings.data.length === 0) throw new RangeError(`${strategy.name}: no data given`);
  const data = [...settings.data].sort((a, b) => compareText(a.instrument.id, b.instrument.id));
  data.forEach(({ instrument, kind, columns }, k) => {
    if (k > 0 && data[k - 1].instrument.id === instrument.id) throw new RangeError(`${strategy.name}: data of ${instrument.id} is given twice`);
    const time = kind === 'bars' ? columns.closeTime : columns.time;
    if (!(time instanceof BigInt64Array)) throw new TypeError(`${strategy.name}: ${kind} of ${instrument.id} need a ${kind === 'bars' ? 'closeTime' : 'time'} column (BigInt64Array, UTC nanoseconds)`);
    if (time.length === 0) throw new RangeError(`${strategy.name}: data of ${instrument.id} has no rows`);
  });
  for (const { instrument: { id, kind }, actions } of data) {
    if (kind === 'equity' && actions === undefined) throw new RangeError(`${strategy.name}: ${id} is an equity, its splits and dividends are missing: give \`actions\`, an empty list where there were none`);
  }
  for (const { instrument: { id, kind }, financing } of data) {
    if (kind === 'perpetual' && financing?.funding === undefined) throw new RangeError(`${strategy.name}: ${id} is a perpetual, its funding is missing: give \`financing.funding\`, for what is absent is not zero`);
  }
  // A bar is only known at its close: beside shorter ones its open would be passed before it comes.
  const intervals = [...new Set(data.filter(({ kind }) => kind === 'bars').map(({ interval }) => interval))];
  if (intervals.length > 1) throw new RangeError(`${strategy.name}: bars of one interval trade in a run, given were ${intervals.join(' and ')} ns; make the longer ones with a source of bars`);
  const parameters = resolveParameters(strategy.name, strategy.parameters, settings.parameters) as { readonly [name: string]: ParameterValue };
  const from = settings.from ?? data.map(firstTime).reduce((a, b) => (b < a ? b : a)), to = settings.to ?? data.map(endTime).reduce((a, b) => (b > a ? b : a));
  if (to <= from) throw new RangeError(`${strategy.name}: the run must end after its begin, was [${from}, ${to})`);
  const markets = data.map(input => marketOf(input, from, to)), currency = currencyOf(strategy.name, markets, options.currency);
  return {
    strategy, parameters, data, markets, from, to, options, quality, currency,
    session: (isRecording = true, createVenue, keepsTicks = true) => new Session({ strategy, parameters, markets, quality, options, from, to, isRecording, createVenue, keepsTicks }),
  };
}

/** The one currency of a run: that of its instruments. Another would need rates, which a run does not have. */
function currencyOf(strategy: string, markets: readonly Market[], stated: string | undefined): string {
  let currency = stated;
  for (const { id, instrument: { settleCurrency } } of markets) {
    if (settleCurrency === '') continue;
    currency ??= settleCurrency;
    if (settleCurrency !== currency) throw new RangeError(`${strategy}: ${id} pays in ${settleCurrency}, the account is in ${currency}: rates between currencies are missing`);
  }
  return currency ?? 'USD';
}

function firstTime({ kind, columns }: MarketInput): bigint {
  return kind === 'bars' ? ((columns.openTime ?? columns.closeTime) as BigInt64Array)[0] : (columns.time as BigInt64Array)[0];
}

function endTime({ kind, columns }: MarketInput): bigint {
  const time = (kind === 'bars' ? columns.closeTime : columns.time) as BigInt64Array, last = time[(columns.length ?? time.length) - 1];
  return kind === 'bars' ? last + 1n : dayStart(dayOf(last) + 1);
}
