/** What a generated market is like; every figure has a default that makes it like EURUSD at a retail venue. */
import { calendarOf } from '../calendars/index.ts';
import { knownOptions, nonNegativeNumber, positiveInteger, positiveNumber } from '../errors.ts';
import { type Grid, makeGrid } from '../grid.ts';
import { dayOf, parseTime } from '../time.ts';

export interface MarketOptions {
  /** The one number that everything random follows from. */
  readonly seed: number;
  /** First date that may be traded. @defaultValue '2024-01-08', a Monday */
  readonly from?: string;
  /** Trade dates. @defaultValue 10 */
  readonly days?: number;
  /** @defaultValue 'fx-week' */
  readonly calendar?: string;
  /** @defaultValue 0.00001 */
  readonly tick?: number;
  /** Mid price before the first quote. @defaultValue 1.1 */
  readonly startPrice?: number;
  /** Mean number of times a day that the quote may change (some do not, and make no row). @defaultValue 26000 */
  readonly quotesPerDay?: number;
  /** Mean number of trades a day. @defaultValue 2000 */
  readonly tradesPerDay?: number;
  /** Deviation of the log price over a mean day, without jumps. @defaultValue 0.007 */
  readonly dailyVolatility?: number;
  /** Mean number of jumps a day. @defaultValue 6 */
  readonly jumpsPerDay?: number;
  /** Usual spread in ticks. @defaultValue 8 */
  readonly spreadTicks?: number;
  /** Mean number of outages a day, 10 to 70 seconds without a quote. @defaultValue 2 */
  readonly outagesPerDay?: number;
}

const defaults: Required<Omit<MarketOptions, 'seed'>> = {
  from: '2024-01-08', days: 10, calendar: 'fx-week', tick: 0.00001, startPrice: 1.1, quotesPerDay: 26_000, tradesPerDay: 2_000, dailyVolatility: 0.007,
  jumpsPerDay: 6, spreadTicks: 8, outagesPerDay: 2,
};

export interface CheckedMarketOptions extends Required<MarketOptions> {
  readonly grid: Grid;
  readonly firstDay: number;
}

/** The options with their defaults, checked. Errors: RangeError that names the option. */
export function marketOptions(options: MarketOptions): CheckedMarketOptions {
  knownOptions('generateMarket', options, ['seed', ...Object.keys(defaults)]);
  const all = { ...defaults, ...options };
  if (!Number.isSafeInteger(all.seed)) throw new RangeError(`generateMarket: seed must be a whole number, was ${all.seed}`);
  positiveInteger('generateMarket: days', all.days);
  for (const name of ['startPrice', 'quotesPerDay', 'spreadTicks'] as const) positiveNumber(`generateMarket: ${name}`, all[name]);
  for (const name of ['tradesPerDay', 'dailyVolatility', 'jumpsPerDay', 'outagesPerDay'] as const) nonNegativeNumber(`generateMarket: ${name}`, all[name]);
  calendarOf(all.calendar);
  return { ...all, grid: makeGrid(all.tick), firstDay: dayOf(parseTime(all.from)) };
}
