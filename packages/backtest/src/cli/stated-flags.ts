/** Flags that name files beside the prices: facts of instruments, splits and dividends, halts, funding, borrow, swap, rates between currencies. */
import type { MarketInput } from '../run/market-input.ts';
import type { BorrowRate, Financing, FundingRates, OvernightSwap } from '../ledger/financing.ts';
import { readActions, readHalts } from '../data/actions-file.ts';
import { readBorrow, readFunding, readSwap } from '../data/financing-files.ts';
import { readInstruments, type StatedFacts } from '../data/instruments-file.ts';
import { readRates } from '../data/rates-file.ts';
import type { SimulationOptions } from '../simulator/setup.ts';
import { word } from './account-flags.ts';
import type { Flags, Parsed } from './arguments.ts';
import { isFileName, shareOfText } from './cost-flags.ts';
import { intervalOf } from './data-flags.ts';
import { UsageError } from './usage-error.ts';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'none'] as const;

export const statedFlags: Flags = {
  instruments: { type: 'text', value: 'FILE', about: 'facts of instruments: instrument, kind, quoteCurrency, settleCurrency, tick, quantityStep, minimumQuantity, multiplier, calendar, expires' },
  rates: { type: 'text', value: 'FILE', about: 'rates between currencies: time, currency, rate (account currency per unit, from its time on)' },
  actions: { type: 'text', value: 'FILE', about: 'splits, dividends, rolls: time, instrument, kind (known|split|dividend|roll), until, numerator, denominator, amount, into, cost; a row "known" says from time until when all is stated' },
  halts: { type: 'text', value: 'FILE', about: 'when trading was halted: time, until, instrument' },
  funding: { type: 'text', value: 'FILE', about: 'funding of perpetuals: time, instrument, rate (share of notional that longs pay), price (if the venue states it)' },
  'funding-every': { type: 'text', value: 'TIME', about: 'distance of charges, needed with --funding: 8h' },
  'funding-charge': { type: 'text', value: 'row|interval', about: 'each row is charged at its time, or at every multiple of --funding-every the rate that holds then (default row)' },
  'funding-offset': { type: 'text', value: 'TIME', about: 'of interval charges, after multiples of --funding-every since 1970 (default 0)' },
  borrow: { type: 'text', value: 'SHARE|FILE', about: 'fee a year for what was sold short: 3%, or a file: time, instrument, rate' },
  'borrow-days': { type: 'text', value: 'DAYS', about: 'of the year by which it is divided (default 360)' },
  'borrow-at': { type: 'text', value: 'TIME', about: 'after midnight UTC at which a day is charged (default 0)' },
  swap: { type: 'text', value: 'LONG:SHORT|FILE', about: 'swap in price a unit and night, positive is received: --swap=-0.00006:0.00002, or a file: time, instrument, long, short' },
  'swap-triple': { type: 'text', value: 'DAY', about: `that counts three nights: ${days.join(', ')} (default wednesday)` },
};

/** Flags that have no meaning without another one. */
const companions: { readonly [flag: string]: readonly string[] } = { funding: ['funding-every', 'funding-charge', 'funding-offset'], borrow: ['borrow-days', 'borrow-at'], swap: ['swap-triple'] };

/** What the flags state of the instruments of a run; read once. */
export interface Stated {
  readonly facts: StatedFacts | undefined;
  readonly rates: SimulationOptions['rates'] | undefined;
  /** Gives the markets what is stated of them. */
  withStated<Market extends Pick<MarketInput, 'instrument'>>(markets: readonly Market[]): Promise<readonly (Market & Pick<MarketInput, 'actions' | 'halts' | 'financing'>)[]>;
}

/** Errors: UsageError for flags, DataError with file, row and column for what the files hold. */
export async function readStated(command: string, given: Parsed): Promise<Stated> {
  checkStatedFlags(command, given);
  const zone = given.text('zone') ?? 'UTC', instruments = given.text('instruments'), rates = given.text('rates');
  return {
    facts: instruments === undefined ? undefined : await readInstruments(instruments, zone), rates: rates === undefined ? undefined : await readRates(rates, zone),
    withStated: async markets => {
      const ids = markets.map(({ instrument }) => instrument.id), file = given.text('actions'), halting = given.text('halts');
      const actions = file === undefined ? undefined : await readActions(file, zone, ids), halts = halting === undefined ? undefined : await readHalts(halting, zone, ids), financing = await financingOf(command, given, zone, ids);
      return markets.map((market, k) => {
        const own = { actions: actions?.get(ids[k]), halts: halts?.get(ids[k]), financing: financing(ids[k]) };
        return { ...market, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
      });
    },
  };
}

/** Checks what can be checked without reading a file. */
export function checkStatedFlags(command: string, given: Parsed): void {
  for (const [flag, others] of Object.entries(companions)) for (const other of others) if (given.text(flag) === undefined && given.text(other) !== undefined) throw new UsageError(`${command}: --${other} needs --${flag}`, `--${other}`);
  if (given.text('funding') !== undefined) rhythmOf(command, given);
  borrowOf(command, given);
  swapOf(command, given);
}

async function financingOf(command: string, given: Parsed, zone: string, ids: readonly string[]): Promise<(id: string) => Financing | undefined> {
  const file = given.text('funding'), funding = file === undefined ? undefined : await readFunding(file, zone, ids, rhythmOf(command, given));
  const borrow = borrowOf(command, given), rates = borrow?.file === undefined ? undefined : await readBorrow(borrow.file, zone, ids);
  const swap = swapOf(command, given), points = swap?.file === undefined ? undefined : await readSwap(swap.file, zone, ids);
  const stated = <T>(id: string, flag: string, values: ReadonlyMap<string, T>): T => {
    const value = values.get(id);
    if (value === undefined) throw new UsageError(`${command}: --${flag}: ${given.text(flag)} states nothing of ${id}: what is absent is not zero, state 0 where it is`, `--${flag}`);
    return value;
  };
  return id => {
    const own = {
      funding: funding?.get(id),
      borrow: borrow && { ...borrow.terms, ...(rates === undefined ? {} : stated(id, 'borrow', rates)) },
      swap: swap && { ...swap.terms, ...(points === undefined ? {} : stated(id, 'swap', points)) },
    };
    const held = Object.entries(own).filter(([, value]) => value !== undefined);
    return held.length === 0 ? undefined : (Object.fromEntries(held) as Financing);
  };
}

function rhythmOf(command: string, given: Parsed): Pick<FundingRates, 'every' | 'charge' | 'offset'> {
  const every = intervalOf(command, given, 'funding-every'), charge = word(command, given, 'funding-charge', ['row', 'interval']), offset = intervalOf(command, given, 'funding-offset');
  if (every === undefined || every === 0) throw new UsageError(`${command}: --funding needs --funding-every TIME, the distance of charges (8h): a rate that is missing could not be told from none`, '--funding-every');
  return { every, ...(charge === undefined ? {} : { charge }), ...(offset === undefined ? {} : { offset }) };
}

/** The rate, or the file that has it, and the terms. */
function borrowOf(command: string, given: Parsed): { readonly file?: string; readonly terms: Partial<BorrowRate> } | undefined {
  const text = given.text('borrow'), dayCount = given.number('borrow-days'), at = intervalOf(command, given, 'borrow-at');
  if (text === undefined) return undefined;
  if (dayCount !== undefined && !(dayCount > 0)) throw new UsageError(`${command}: --borrow-days must be a positive number, was ${dayCount}`, '--borrow-days');
  const terms = { ...(dayCount === undefined ? {} : { dayCount }), ...(at === undefined ? {} : { at }) }, rate = shareOfText(text);
  if (isFileName(text)) return { file: text, terms };
  if (!(rate >= 0)) throw new UsageError(`${command}: --borrow must be a share of at least 0 such as 3%, or a file, was ${text}`, '--borrow');
  return { terms: { rate, ...terms } };
}

/** The points, or the file that has them, and the terms. */
function swapOf(command: string, given: Parsed): { readonly file?: string; readonly terms: Partial<OvernightSwap> } | undefined {
  const text = given.text('swap'), day = word(command, given, 'swap-triple', days), terms = day === undefined ? {} : { tripleDay: day };
  if (text === undefined) return undefined;
  if (isFileName(text)) return { file: text, terms };
  const [long, short, ...more] = text.split(':').map(shareOfText);
  if (more.length > 0 || !Number.isFinite(long) || !Number.isFinite(short)) throw new UsageError(`${command}: --swap must be LONG:SHORT such as -0.00006:0.00002, or a file, was ${text}`, '--swap');
  return { terms: { long, short, ...terms } };
}
