export { timeBars, type TimeBarsOptions } from './time-bars.ts';
export { tickBars, type TickBarsOptions } from './tick-bars.ts';
export { barsOfBars } from './bars-of-bars.ts';
export type { IntervalOptions } from './intervals.ts';
export { midPrice, tickPrices, type TickPrice, type TickPriceOptions } from './tick-price.ts';
