/**
 * The period of returns: equity is sampled at the end of each trade date or of each bar of the slowest source, and every ratio says which.
 *
 * A run over fewer than 60 trade dates has too few daily returns for a ratio, so it takes the bars. A period without a row of equity makes no return.
 */
export interface ReturnPeriod {
  /** `tradeDate`, or the interval of the bars. Returns of different periods are never pooled. */
  readonly name: string;
  /** How many periods a year of the calendar has; the typed input of everything annualised. */
  readonly perYear: number;
  /** The time at which the period that holds `time` ends, inclusive. Called for ascending times. */
  readonly endOf: (time: bigint) => bigint;
}

/** Trade dates below which returns are those of bars. */
export const fewestTradeDates = 60;

/** The trade date where the run has 60 of them, else the bar. */
export function chooseReturnPeriod(tradeDates: number, daily: ReturnPeriod, bar: ReturnPeriod | undefined): ReturnPeriod {
  return bar === undefined || tradeDates >= fewestTradeDates ? daily : bar;
}

/** The last row of each period, ascending. Times compare directly; nothing is subtracted. */
export function periodEnds(time: BigInt64Array, endOf: (time: bigint) => bigint): Int32Array {
  const rows: number[] = [];
  let end = time.length > 0 ? endOf(time[0]) : 0n;
  for (let i = 0; i < time.length; i++) {
    if (time[i] > end) {
      rows.push(i - 1);
      end = endOf(time[i]);
    }
  }
  if (time.length > 0) rows.push(time.length - 1);
  return Int32Array.from(rows);
}

/** Simple returns from the start to the first row, and from each row to the next. NaN after equity of 0 or less: there is nothing to earn on. */
export function simpleReturns(start: number, equity: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const out = new Float64Array(rows.length);
  let before = start;
  for (let i = 0; i < rows.length; i++) {
    const now = equity[rows[i]];
    out[i] = before > 0 ? now / before - 1 : NaN;
    before = now;
  }
  return out;
}

/** Days since `anchor`, to a microsecond over years: durations for people, not for ordering. */
export function daysSince(time: BigInt64Array, anchor: bigint): Float64Array {
  const halves = new Int32Array(time.buffer, time.byteOffset, time.length * 2), out = new Float64Array(time.length);
  const low = Number(BigInt.asUintN(32, anchor)), high = Number(anchor >> 32n);
  for (let i = 0; i < time.length; i++) out[i] = ((halves[2 * i + 1] - high) * 4_294_967_296 + ((halves[2 * i] >>> 0) - low)) / 86_400e9;
  return out;
}
