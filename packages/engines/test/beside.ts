/** Random tables beside the rows of a driver, for the laws of engines that read them: quotes beside trades, trades within bars. Mirrors and scales map them onto themselves. */
import type { RandomStream, SourceColumns } from '@zanzibar/core';
import type { Texture } from '@zanzibar/core/testing';

/** None to three quotes before, at or after the time of a trade, near its price: locked, crossed, one-sided ones among them. */
export function quotesBeside(random: RandomStream, { time, price }: SourceColumns, { isHoled, ticksPerUnit }: Texture): SourceColumns {
  const times: bigint[] = [], bid: number[] = [], ask: number[] = [], bidSize: number[] = [], askSize: number[] = [];
  for (let i = 0; i < time.length; i++) {
    for (let k = random.integer(0, 3); k > 0; k--) {
      const at = time[i] - BigInt(random.integer(0, 2)), ticks = Math.round(price[i] * ticksPerUnit) + random.integer(-3, 3), spread = random.uniform() < 0.1 ? -random.integer(0, 2) : random.integer(1, 10);
      times.push(times.length > 0 && times.at(-1)! > at ? times.at(-1)! : at);
      const below = random.integer(0, Math.max(0, spread)), isBidMissing = isHoled && random.uniform() < 0.03, isAskMissing = isHoled && random.uniform() < 0.03;
      bid.push(isBidMissing ? NaN : (ticks - below) / ticksPerUnit);
      ask.push(isAskMissing ? NaN : (ticks - below + spread) / ticksPerUnit);
      bidSize.push(random.integer(1, 12));
      askSize.push(random.integer(1, 12));
    }
  }
  return { time: BigInt64Array.from(times), bid: Float64Array.from(bid), ask: Float64Array.from(ask), bidSize: Float64Array.from(bidSize), askSize: Float64Array.from(askSize) };
}

/** None to twelve trades within each bar, on the grid, between its low and high; some without a side, some without a price. */
export function tradesWithin(random: RandomStream, { openTime, closeTime, high, low }: SourceColumns, { isHoled, ticksPerUnit }: Texture): SourceColumns {
  const times: bigint[] = [], price: number[] = [], size: number[] = [], side: number[] = [];
  for (let i = 0; i < closeTime.length; i++) {
    const count = random.uniform() < 0.1 ? 0 : random.integer(1, 12), duration = closeTime[i] - openTime[i];
    const from = Math.round(low[i] * ticksPerUnit), to = Math.min(from + 12, Math.round(high[i] * ticksPerUnit));
    for (let k = 0; k < count; k++) {
      times.push(openTime[i] + (BigInt(duration) * BigInt(k)) / 12n);
      price.push((isHoled && random.uniform() < 0.02) || from !== from || to !== to ? NaN : random.integer(from, Math.max(from, to)) / ticksPerUnit);
      size.push(random.uniform() < 0.05 ? 0 : random.integer(1, 80) / 8);
      side.push(random.uniform() < 0.1 ? 0 : random.uniform() < 0.5 ? 1 : -1);
    }
  }
  return { time: BigInt64Array.from(times), price: Float64Array.from(price), size: Float64Array.from(size), side: Int8Array.from(side) };
}
