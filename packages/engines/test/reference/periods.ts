/** Periods and sessions from their definition with the clocks of the running machine's Intl; shares no code with the engines. */
interface Clock { readonly day: number; readonly second: number }

const formats = new Map<string, Intl.DateTimeFormat>();

/** Day number and second of the day that clocks in `zone` show; `time` in UTC nanoseconds. */
export function clockIn(zone: string, time: bigint): Clock {
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }));
  const parts = Object.fromEntries(formats.get(zone)!.formatToParts(new Date(Number(time / 1_000_000n))).map(({ type, value }) => [type, Number(value)]));
  return { day: Date.UTC(parts.year, parts.month - 1, parts.day) / 86_400_000, second: parts.hour * 3600 + parts.minute * 60 + parts.second };
}

/** Trade date of the currency market: it turns at 17:00 in New York, and Friday evening to Sunday evening is Monday's. */
export function currencyTradeDate(time: bigint): number {
  const { day, second } = clockIn('America/New_York', time), date = second >= 61_200 ? day + 1 : day, weekday = (date + 4) % 7;
  return weekday === 6 ? date + 2 : weekday === 0 ? date + 1 : date;
}

/** Names the period of the currency calendar that holds `time`. */
export function periodKey(period: string, time: bigint): string {
  const date = currencyTradeDate(time);
  if (period === '1d') return `${date}`;
  if (period === '1w') return `${Math.floor((date + 3) / 7)}`;
  if (period === '1M') return new Date(date * 86_400_000).toISOString().slice(0, 7);
  const { day, second } = clockIn('America/New_York', time), seconds = parseInt(period, 10) * (period.endsWith('h') ? 3600 : 60);
  return `${date} ${Math.floor((day * 86_400 + second - (date * 86_400 - 25_200)) / seconds)}`;
}

type Column = ArrayLike<number>;
const highest = (values: number[]): number => (values.some(value => value === value) ? Math.max(...values.filter(value => value === value)) : NaN);
const lowest = (values: number[]): number => 0 - highest(values.map(value => 0 - value));

/** Previous high and low, and the flags, of each row. */
export function referencePrevious(period: string, openTime: BigInt64Array, high: Column, low: Column): { high: number; low: number; isHighBroken: number; isLowBroken: number }[] {
  const keys = Array.from(openTime, time => periodKey(period, time)), groups: number[][] = [];
  keys.forEach((key, row) => (row > 0 && key === keys[row - 1] ? groups.at(-1)!.push(row) : groups.push([row])));
  const result: { high: number; low: number; isHighBroken: number; isLowBroken: number }[] = [];
  let before = { high: NaN, low: NaN };
  for (const rows of groups) {
    for (const row of rows) {
      const so = rows.filter(other => other <= row);
      result[row] = { ...before, isHighBroken: so.some(other => high[other] > before.high) ? 1 : 0, isLowBroken: so.some(other => low[other] < before.low) ? 1 : 0 };
    }
    const top = highest(rows.map(row => high[row])), bottom = lowest(rows.map(row => low[row]));
    before = { high: top === top ? top : before.high, low: bottom === bottom ? bottom : before.low };
  }
  return result;
}

/** The session's number that an instant lies in, NaN outside. */
export function sessionNumber(zone: string, start: string, end: string, time: bigint): number {
  const seconds = (text: string): number => Number(text.slice(0, 2)) * 3600 + Number(text.slice(3)) * 60, { day, second } = clockIn(zone, time), from = seconds(start), until = seconds(end);
  if (from < until) return second >= from && second < until ? day : NaN;
  return second >= from ? day : second < until ? day - 1 : NaN;
}

/** Developing and previous extremes of each row. */
export function referenceSessions(
  { zone, start, end }: { zone: string; start: string; end: string }, openTime: BigInt64Array, closeTime: BigInt64Array, high: Column, low: Column,
): { isOpen: number; high: number; low: number; previousHigh: number; previousLow: number }[] {
  const number = Array.from(openTime, time => sessionNumber(zone, start, end, time)), after = Array.from(closeTime, time => sessionNumber(zone, start, end, time));
  let previousHigh = NaN, previousLow = NaN, pending: number[] = [];
  const settle = (): void => {
    const top = highest(pending.map(row => high[row])), bottom = lowest(pending.map(row => low[row]));
    previousHigh = top === top ? top : previousHigh;
    previousLow = bottom === bottom ? bottom : previousLow;
    pending = [];
  };
  return number.map((session, row) => {
    if (pending.length > 0 && session !== number[pending[0]]) settle();
    const isOpen = session === session;
    if (isOpen) pending.push(row);
    const now = { isOpen: isOpen ? 1 : 0, high: isOpen ? highest(pending.map(k => high[k])) : NaN, low: isOpen ? lowest(pending.map(k => low[k])) : NaN };
    if (isOpen && after[row] !== session) settle();
    return { ...now, previousHigh, previousLow };
  });
}
