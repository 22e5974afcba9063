/** Formats of well-known exports, as data: one entry each. A new format is a new entry. */
import type { CsvLayout } from './csv-layout.ts';

/** One form that files of a format have; the first whose conditions hold is taken. */
export interface PresetForm {
  /** Fields of a row. */
  readonly fieldCount: number;
  /** Text that the name of the file (or of the file in the zip) must hold. */
  readonly nameIncludes?: string;
  readonly layout: CsvLayout;
}

export interface Preset {
  readonly meaning: string;
  readonly source: string;
  readonly forms: readonly PresetForm[];
  /** Zones of the data by venue, where the format's files are kept in a zone of their own. */
  readonly timeZones?: { readonly [venue: string]: string };
  /** What the options must add. */
  readonly needs: readonly ('timeZone' | 'interval')[];
  /** Where a file's name states its symbol: the first group that matches. */
  readonly symbolInName?: RegExp;
}

/** Time zones of the data in Lean's market hours database. */
const leanZones = {
  fxcm: 'UTC-5',
  oanda: 'UTC',
  coinbase: 'UTC',
  gdax: 'UTC',
  binance: 'UTC',
  binanceus: 'UTC',
  bybit: 'UTC',
  bitfinex: 'UTC',
  kraken: 'UTC',
} as const;
const leanSymbol = /^(?:\d{8}_([a-z0-9]+)_(?:tick|second|minute)_(?:quote|trade)|([a-z0-9]+)(?:_(?:quote|trade))?)\.csv$/i;

const leanQuoteBars = { bid: { open: 1, high: 2, low: 3, close: 4 }, ask: { open: 6, high: 7, low: 8, close: 9 } };
const leanTradeBars = { trade: { open: 1, high: 2, low: 3, close: 4, volume: 5 } };

function leanBars(interval: string, timeFormat: CsvLayout['timeFormat']): Preset {
  const bars: CsvLayout = { record: 'bars', header: false, columns: { time: 0 }, timeFormat, time: 'open', interval };
  return {
    meaning: `Lean bars of ${interval}: quote bars (a bid and an ask table) and trade bars`,
    source: 'QuantConnect Lean, Data/readme.md of each folder',
    forms: [
      { fieldCount: 11, layout: { ...bars, tables: leanQuoteBars } },
      { fieldCount: 6, layout: { ...bars, tables: leanTradeBars } },
    ],
    timeZones: leanZones,
    needs: [],
    symbolInName: leanSymbol,
  };
}

const leanTicks: CsvLayout = { record: 'quotes', header: false, columns: { time: 0 }, timeFormat: 'msOfDay' };
const binanceKlines: CsvLayout = {
  record: 'bars',
  header: 'auto',
  timeFormat: 'epoch',
  time: 'open',
  columns: { time: 0 },
  tables: { trade: { open: 1, high: 2, low: 3, close: 4, volume: 5, tickCount: 8, buyVolume: 9 } },
};
const mt5Prices = { open: '<OPEN>', high: '<HIGH>', low: '<LOW>', close: '<CLOSE>', volume: '<VOL>', tickCount: '<TICKVOL>' };
const mt5Bars: CsvLayout = {
  record: 'bars',
  header: true,
  delimiter: '\t',
  timeFormat: 'pattern:YYYY.MM.DD[ hh:mm[:ss',
  time: 'open',
  columns: { time: ['<DATE>', '<TIME>'] },
  tables: { bid: mt5Prices },
};
const yahoo: CsvLayout = {
  record: 'bars',
  header: true,
  timeFormat: 'iso',
  time: 'open',
  interval: '1d',
  columns: { time: 'Date' },
  tables: { trade: { open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: 'Volume' } },
};

export type PresetName = 'lean-tick' | 'lean-second' | 'lean-minute' | 'lean-hour' | 'lean-daily' | 'binance-klines' | 'mt5' | 'yahoo';

/** All presets by name. */
export const presets: { readonly [N in PresetName]: Preset } = {
  'lean-tick': {
    meaning: 'Lean ticks: milliseconds since local midnight with decimals, bid and ask, or price and size',
    source: 'QuantConnect Lean, Data/forex/readme.md',
    forms: [
      { fieldCount: 3, nameIncludes: '_trade', layout: { ...leanTicks, record: 'trades', columns: { time: 0, price: 1, size: 2 } } },
      { fieldCount: 3, layout: { ...leanTicks, columns: { time: 0, bid: 1, ask: 2 } } },
      { fieldCount: 5, layout: { ...leanTicks, columns: { time: 0, bid: 1, bidSize: 2, ask: 3, askSize: 4 } } },
    ],
    timeZones: leanZones,
    needs: [],
    symbolInName: leanSymbol,
  },
  'lean-second': leanBars('1s', 'msOfDay'),
  'lean-minute': leanBars('1m', 'msOfDay'),
  'lean-hour': leanBars('1h', 'pattern:YYYYMMDD hh:mm'),
  'lean-daily': leanBars('1d', 'pattern:YYYYMMDD hh:mm'),
  'binance-klines': {
    meaning: 'Binance klines of data.binance.vision: milliseconds, from 2025 on microseconds, since 1970',
    source: 'binance/binance-public-data, README',
    forms: [{ fieldCount: 12, layout: binanceKlines }],
    needs: ['interval'],
    symbolInName: /^([A-Z0-9]+)-\d+[a-zA-Z]+-/,
  },
  mt5: {
    meaning: "MetaTrader 5 export of bars (bid), tab separated, in the trade server's zone; daily and longer bars have no time",
    source: 'MetaTrader 5, View > Symbols > Bars > Export Bars',
    forms: [
      { fieldCount: 9, layout: mt5Bars },
      { fieldCount: 8, layout: { ...mt5Bars, columns: { time: '<DATE>' } } },
    ],
    needs: ['timeZone', 'interval'],
  },
  yahoo: {
    meaning: 'Yahoo Finance daily prices, the raw ones: the column Adj Close is left out',
    source: 'Yahoo Finance, historical data',
    forms: [{ fieldCount: 7, layout: yahoo }],
    needs: ['timeZone'],
  },
};
