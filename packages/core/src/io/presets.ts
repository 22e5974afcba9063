/** Formats of well-known exports, as data: one entry each. A new format is a new entry. */
import type { CsvLayout } from './csv-layout.ts';
import type { JsonForm } from './json-rows.ts';

/** One form that files of a format have; the first whose conditions hold is taken. */
export interface PresetForm {
  /** Fields of a row. */
  readonly fieldCount: number;
  /** Text that the name of the file (or of the file in the zip) must hold. */
  readonly nameIncludes?: string;
  /** What the first line must be. */
  readonly firstLine?: RegExp;
  readonly layout: CsvLayout;
}

export interface Preset {
  readonly meaning: string;
  readonly source: string;
  readonly forms: readonly PresetForm[];
  /** How the same data lies in files of columns (Parquet, Arrow), where it is given out so. */
  readonly table?: Pick<CsvLayout, 'record' | 'columns'> & Partial<CsvLayout>;
  /** Its JSON, where it has one; the rows are then those of the forms. */
  readonly json?: JsonForm;
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

const trueFxTicks: CsvLayout = { record: 'quotes', columns: { time: 0, bid: 1, ask: 2 }, timeFormat: 'iso', timeZone: 'UTC' };

const histDataBars: CsvLayout = {
  record: 'bars', header: false, columns: { time: 0 }, timeFormat: 'pattern:YYYYMMDD hhmmss', timeZone: 'UTC-5', time: 'open', interval: '1m',
};
const bidBars = (first: number): CsvLayout['tables'] => ({ bid: { open: first, high: first + 1, low: first + 2, close: first + 3, volume: first + 4 } });

/** Volumes count in millions. */
const dukascopyTicks: CsvLayout = {
  record: 'quotes', columns: { time: 0, ask: 1, bid: 2, askSize: 3, bidSize: 4 }, timeFormat: 'ms', scale: { askSize: 1e6, bidSize: 1e6 },
};
const dukascopyBars: CsvLayout = {
  record: 'bars', columns: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 }, timeFormat: 'ms', time: 'open', scale: { volume: 1e6 },
};
const jForex = { timeFormat: 'pattern:DD.MM.YYYY hh:mm:ss[.f', timeZone: 'UTC' } as const;

/** The buyer was the maker: the seller came to the price. */
const buyerIsMaker = { side: { true: -1, false: 1, True: -1, False: 1 } } as const;
const binanceTrades: CsvLayout = {
  record: 'trades', header: 'auto', columns: { time: 4, id: 0, price: 1, size: 2, side: 5 }, timeFormat: 'epoch', values: buyerIsMaker,
};
const binanceAggTrades: CsvLayout = { ...binanceTrades, columns: { time: 5, id: 0, price: 1, size: 2, side: 6 } };
const binanceSymbol = /^([A-Za-z0-9_]+)-(?:trades|aggTrades)[-_]/;

const sides = { side: { buy: 1, sell: -1 } } as const;

export type PresetName = 'lean-tick' | 'lean-second' | 'lean-minute' | 'lean-hour' | 'lean-daily' | 'binance-klines' | 'mt5' | 'yahoo' | 'truefx' | 'histdata' | 'dukascopy' | 'binance-trades' | 'binance-aggtrades' | 'kraken-trades' | 'freqtrade-trades';

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
  truefx: {
    meaning: 'TrueFX ticks: pair, time in UTC, bid and ask without a header, or a header with timestamp, bid and ask',
    source: 'TrueFX, historical downloads',
    forms: [
      {
        fieldCount: 4,
        layout: { ...trueFxTicks, header: false, columns: { time: 1, bid: 2, ask: 3 }, timeFormat: 'pattern:YYYYMMDD hh:mm:ss.f', symbolColumn: 0 },
      },
      { fieldCount: 3, layout: trueFxTicks },
    ],
    needs: [],
  },
  histdata: {
    meaning: 'HistData.com ticks (bid, ask) and minute bars of the bid, generic ASCII and MetaTrader form, in New York time without summer time',
    source: 'HistData.com, data files - detailed specification',
    forms: [
      { fieldCount: 4, layout: { record: 'quotes', header: false, columns: { time: 0, bid: 1, ask: 2 }, timeFormat: 'pattern:YYYYMMDD hhmmssf', timeZone: 'UTC-5' } },
      { fieldCount: 6, layout: { ...histDataBars, delimiter: ';', tables: bidBars(1) } },
      { fieldCount: 7, layout: { ...histDataBars, columns: { time: [0, 1] }, timeFormat: 'pattern:YYYY.MM.DD hh:mm', tables: bidBars(2) } },
    ],
    needs: [],
    symbolInName: /^DAT_[A-Z]+_([A-Z0-9]+)_/,
  },
  dukascopy: {
    meaning: 'Dukascopy ticks and bars: CSV of JForex (Gmt time) and of dukascopy-node (milliseconds), and hours of ticks as JSON; volumes in millions',
    source: 'Dukascopy, historical data export; Leo4815162342/dukascopy-node, README',
    forms: [
      { fieldCount: 5, firstLine: /^"?Gmt time/i, layout: { ...dukascopyTicks, ...jForex } },
      { fieldCount: 6, firstLine: /^"?Gmt time/i, layout: { ...dukascopyBars, ...jForex } },
      { fieldCount: 5, firstLine: /^(timestamp,ask|\d{13},)/, layout: dukascopyTicks },
      { fieldCount: 6, firstLine: /^(timestamp,open|\d{13},)/, layout: dukascopyBars },
    ],
    json: 'dukascopy',
    needs: [],
    symbolInName: /^(?:([A-Z0-9.]+)_(?:Ticks|Candlestick)_|([a-z0-9]+)-(?:tick|[smhd]\d+|mn1)-)/,
  },
  'binance-trades': {
    meaning: 'Binance trades of data.binance.vision, spot and futures: milliseconds, from 2025 on microseconds, since 1970',
    source: 'binance/binance-public-data, README',
    forms: [
      { fieldCount: 7, layout: binanceTrades },
      { fieldCount: 6, layout: binanceTrades },
    ],
    table: {
      record: 'trades', columns: { time: 'timestamp', id: 'trade_id', price: 'price', size: 'quantity', side: 'buyer_maker' }, values: buyerIsMaker,
    },
    needs: [],
    symbolInName: binanceSymbol,
  },
  'binance-aggtrades': {
    meaning: 'Binance aggregate trades of data.binance.vision, spot and futures: milliseconds, from 2025 on microseconds, since 1970',
    source: 'binance/binance-public-data, README',
    forms: [
      { fieldCount: 8, layout: binanceAggTrades },
      { fieldCount: 7, layout: binanceAggTrades },
    ],
    needs: [],
    symbolInName: binanceSymbol,
  },
  'kraken-trades': {
    meaning: 'Kraken trade history: seconds since 1970 (with or without decimals), price, volume, no header',
    source: 'Kraken support, downloadable historical market data (time and sales)',
    forms: [{ fieldCount: 3, layout: { record: 'trades', header: false, columns: { time: 0, price: 1, size: 2 }, timeFormat: 's' } }],
    needs: [],
  },
  'freqtrade-trades': {
    meaning: 'Trades as freqtrade keeps them: Parquet, Feather, JSON rows, and raw objects of ccxt; milliseconds since 1970',
    source: 'freqtrade/freqtrade, data handlers (DEFAULT_TRADES_COLUMNS)',
    forms: [
      { fieldCount: 7, layout: { record: 'trades', header: 'auto', columns: { time: 0, id: 1, side: 3, price: 4, size: 5 }, timeFormat: 'ms', values: sides } },
    ],
    table: {
      record: 'trades', columns: { time: 'timestamp', id: 'id', price: 'price', size: 'amount', side: 'side' }, timeFormat: 'ms', values: sides,
    },
    json: 'trades',
    needs: [],
    symbolInName: /^([A-Z0-9]+_[A-Z0-9]+)-trades/,
  },
};
