/** The three real sets of quotes that the main job is proven on, and what is known of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMarkets, prepareRun, type LoadedMarket, type PreparedRun } from '@zanzibar/backtest';
import { makeGrid, putOnGrid } from '@zanzibar/core';
import { importFiles } from '@zanzibar/core/io';
import breakAndGap from '../../examples/break-and-gap.ts';
import { shared } from '../tools.ts';

export interface RealSet {
  readonly name: string;
  readonly quotes: string;
  readonly minutes: string;
  readonly days: readonly string[];
  readonly venue: string;
  readonly symbol: string;
  readonly tick: number;
  /** Three median spreads, at least ten ticks, in price. */
  readonly minimumStop: number;
  readonly quantity: number;
  readonly rows: number;
  /** Findings by rule, as the market folder's README and earlier programs counted them. */
  readonly findings: { readonly gap: number; readonly equalTime: number; readonly crossed: number; readonly locked: number; readonly repeat: number };
  /** The order hash that later work must leave as it is. */
  readonly orderHash: string;
}

const eight = ['20140501', '20140502', '20140504', '20140505', '20140506', '20140507', '20140508', '20140509'];

export const realSets: readonly RealSet[] = [
  {
    name: 'OANDA EURUSD', quotes: 'market/quotes/oanda-fx/eurusd', minutes: 'market/bars/oanda/minute/eurusd', days: eight, venue: 'oanda', symbol: 'EURUSD', tick: 0.00001, minimumStop: 0.00036, quantity: 10_000,
    rows: 321_559, findings: { gap: 28_466, equalTime: 2_848, crossed: 0, locked: 0, repeat: 1 }, orderHash: '418cf32f563587b5243e82851882809f6b075586f3dc9c78d964aa641b65f7d8',
  },
  {
    name: 'FXCM EURUSD', quotes: 'market/quotes/fxcm/eurusd', minutes: 'market/bars/fxcm/minute/eurusd', days: eight, venue: 'fxcm', symbol: 'EURUSD', tick: 0.00001, minimumStop: 0.0001, quantity: 10_000,
    rows: 675_401, findings: { gap: 28_434, equalTime: 0, crossed: 69_354, locked: 82_118, repeat: 0 }, orderHash: '5a9fcc7b00a4165da81fcdb62edaeed2dc82e979c16f00474be5b067baa96d5d',
  },
  {
    name: 'OANDA XAUUSD', quotes: 'market/quotes/oanda-cfd/xauusd', minutes: 'market/bars/oanda/minute/xauusd', days: eight.slice(0, 6), venue: 'oanda', symbol: 'XAUUSD', tick: 0.001, minimumStop: 0.879, quantity: 10,
    rows: 972_213, findings: { gap: 17_808, equalTime: 0, crossed: 0, locked: 0, repeat: 0 }, orderHash: '6e413f0cc2ff7cdf3f7d75cb859049e09a114c5040c4bff14ecd75a1be03fbee',
  },
];

/** Imports a set into a catalogue of its own, as `zanzibar data import` does, and reads it back. */
export async function loadSet({ quotes, days, venue, symbol, tick }: RealSet): Promise<LoadedMarket> {
  const root = mkdtempSync(join(tmpdir(), 'zanzibar-real-')), grid = makeGrid(tick), folder = shared(quotes).path!;
  try {
    await importFiles({ root, files: days.map(day => join(folder, `${day}_quote.zip`)), preset: 'lean-tick', venue, symbol, onGrid: (column, _name, noise) => putOnGrid(column, grid, noise) });
    const [market] = await loadMarkets({ data: [root] });
    return market;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The example strategy over a set, with the parameters that the README names. */
export function prepareSet({ minimumStop, quantity }: RealSet, market: LoadedMarket): PreparedRun {
  return prepareRun(breakAndGap, { data: [market], parameters: { minimumStop, quantity }, options: { latency: { submit: 50e6, cancel: 50e6, replace: 50e6 } } });
}
