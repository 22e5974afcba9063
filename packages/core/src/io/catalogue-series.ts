/** Series of a catalogue: what identifies one, and where its files lie. */
import { civilDate, dayNumber, dayOf, formatDay, parseInterval } from '../time.ts';
import { lowerBound } from './time-order.ts';

/** Which data: ticks of a kind, or bars of an interval and a price. */
export interface SeriesKey {
  readonly kind: 'quotes' | 'trades' | 'bars';
  readonly venue: string;
  readonly symbol: string;
  /** Bars only. */
  readonly interval?: string;
  /** Bars only: which price they hold. */
  readonly price?: string;
}

const hour = 3_600_000_000_000;

/** The folder of a series inside a catalogue. Errors: RangeError for a key that lacks something. */
export function seriesPath({ kind, venue, symbol, interval, price }: SeriesKey): string {
  if (!['quotes', 'trades', 'bars'].includes(kind)) throw new RangeError(`catalogue: kind must be one of quotes, trades, bars, was ${kind}`);
  if (!venue || !symbol) throw new RangeError('catalogue: venue and symbol are needed');
  const path = `kind=${kind}/venue=${pathPart(venue)}/symbol=${pathPart(symbol)}`;
  if (kind !== 'bars') return path;
  if (!interval || !price) throw new RangeError('catalogue: bars need their interval (1m) and price (bid, ask, trade)');
  parseInterval(interval);
  return `${path}/interval=${interval}/price=${pathPart(price)}`;
}

/** A name as part of a path: anything but letters, digits and .-_ is percent-encoded. */
export function pathPart(name: string): string {
  if (/[\ud800-\udfff]/u.test(name)) throw new RangeError(`catalogue: ${JSON.stringify(name)} is no text: it holds half a character`);
  const text = encodeURIComponent(name).replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^\.+$/.test(text) ? text.replace(/\./g, '%2E') : text;
}

/** Rows that lie in one file, or on one day. */
export interface Stretch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The stretches of times, which are in order, that share a file: a UTC date, in our own layout for bars of an hour and longer a year. */
export function partitions(key: SeriesKey, time: BigInt64Array, layout?: string): Stretch[] {
  const isYear = layout === undefined && key.kind === 'bars' && parseInterval(key.interval!) >= hour;
  return stretches(time, (day) => {
    const { year } = civilDate(day);
    return isYear ? { name: `year=${year}`, end: dayNumber(year + 1, 1, 1) } : { name: `date=${formatDay(day)}`, end: day + 1 };
  });
}

/** The stretches of times that share a UTC day. */
export function days(time: BigInt64Array): Stretch[] {
  return stretches(time, (day) => ({ name: formatDay(day), end: day + 1 }));
}

function stretches(time: BigInt64Array, of: (day: number) => { name: string; end: number }): Stretch[] {
  const found: Stretch[] = [];
  for (let from = 0; from < time.length; ) {
    const { name, end } = of(dayOf(time[from])),
      to = lowerBound(time, BigInt(end) * 86_400_000_000_000n);
    found.push({ name, from, to });
    from = to;
  }
  return found;
}
