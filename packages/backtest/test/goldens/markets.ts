/** Three markets of our own generator: quotes, trades, and bars on no grid. */
import { builtInInstruments, defineInstrument, generateBars, generateMarket, parseTime } from '@zanzibar/core';
import type { MarketInput } from '../../src/run/market-input.ts';

const eurusd = builtInInstruments.find(({ id }) => id === 'EURUSD.OANDA')!;
const { quotes } = generateMarket({ seed: 41, days: 1, from: '2024-01-09', quotesPerDay: 900, tradesPerDay: 0 });
const { trades } = generateMarket({ seed: 42, days: 1, from: '2024-01-10', quotesPerDay: 2500, tradesPerDay: 900 });
const bars = generateBars({ seed: 43, count: 150, interval: '5m', from: '2024-01-11', deviation: 0.002 });

export interface GoldenMarket {
  readonly input: MarketInput;
  /** End of the run. */
  readonly to: bigint;
  /** A usual move of five minutes, in price. */
  readonly move: number;
  readonly quantity: number;
}

export const goldenMarkets: { readonly [name: string]: GoldenMarket } = {
  quotes: { input: { instrument: eurusd, kind: 'quotes', columns: quotes }, to: parseTime('2024-01-09T11:00Z'), move: 0.0003, quantity: 1000 },
  trades: { input: { instrument: eurusd, kind: 'trades', columns: trades }, to: parseTime('2024-01-10T11:00Z'), move: 0.0003, quantity: 1000 },
  bars: { input: { instrument: defineInstrument({ id: 'WALK.GENERATED', calendar: '24x7' }), kind: 'bars', columns: { ...bars }, interval: 300e9 }, to: parseTime('2024-01-11T12:00Z'), move: 0.2, quantity: 2.5 },
};
