import { describe, expect, test } from 'vitest';
import { noGrid, toTicks } from './grid.ts';
import { builtInInstruments, defineInstrument, instrumentAt, instrumentId, instrumentTable, instrumentsOf, splitInstrumentId, universeAt } from './instruments.ts';
import { parseTime } from './time.ts';

describe('ids', () => {
  test('are SYMBOL.VENUE in upper case', () => {
    expect(instrumentId('eurusd', 'oanda')).toBe('EURUSD.OANDA');
    expect(splitInstrumentId('btc-perp.bybit')).toEqual({ symbol: 'BTC-PERP', venue: 'BYBIT' });
    expect(() => instrumentId('EUR/USD', 'oanda')).toThrow('instrument: symbol and venue are letters, digits, _ and -, were "EUR/USD" and "oanda"');
    expect(() => splitInstrumentId('EURUSD')).toThrow('an id is SYMBOL.VENUE, such as EURUSD.OANDA, was "EURUSD"');
  });
});

describe('a record', () => {
  test('without a stated tick has no grid', () => {
    const { tick, priceGrid, quantityGrid, multiplier, settleCurrency } = defineInstrument({ id: 'X.Y', quoteCurrency: 'USD' });
    expect([tick, priceGrid, quantityGrid, multiplier, settleCurrency]).toEqual([NaN, noGrid, noGrid, 1, 'USD']);
  });

  test('takes any tick as a number or a fraction', () => {
    expect(defineInstrument({ id: 'X.Y', tick: 2.5 }).priceGrid).toEqual(defineInstrument({ id: 'X.Y', tick: { numerator: 5, denominator: 2 } }).priceGrid);
    expect(defineInstrument({ id: 'X.Y', tick: 0.0075 }).priceGrid).toMatchObject({ numerator: 3, denominator: 400 });
    expect(defineInstrument({ id: 'X.Y', tick: 1 / 32 }).priceGrid.denominator).toBe(32);
  });

  test('refuses impossible facts by instrument and field', () => {
    expect(() => defineInstrument({ id: 'X.Y', tick: -1 })).toThrow('instrument X.Y: tick: grid: tick must be');
    expect(() => defineInstrument({ id: 'X.Y', multiplier: 0 })).toThrow('instrument X.Y: multiplier must be a positive number, was 0');
    expect(() => defineInstrument({ id: 'X.Y', kind: 'bond' })).toThrow('instrument X.Y: kind must be one of fx, spot');
    expect(() => defineInstrument({ id: 'X.Y', calendar: 'moon' })).toThrow('calendar: "moon" is unknown');
    expect(() => defineInstrument({ id: 'X.Y', from: '2014-05-02', to: '2014-05-02' })).toThrow('to must be after 2014-05-02T00:00:00Z');
  });
});

describe('dated facts', () => {
  const table = [
    defineInstrument({ id: 'ES.CME', tick: 0.05, to: '2010-01-01' }), defineInstrument({ id: 'ES.CME', tick: 0.25, from: '2010-01-01', to: '2020-01-01' }),
    defineInstrument({ id: 'NQ.CME', tick: 2.5, inverse: true, baseCurrency: 'NQ' }),
  ];

  test('hold from their time on, its first instant included and the end not', () => {
    expect(instrumentAt(table, 'ES.CME', parseTime('2010-01-01') - 1n).tick).toBe(0.05);
    expect(instrumentAt(table, 'es.cme', parseTime('2010-01-01')).tick).toBe(0.25);
    expect(() => instrumentAt(table, 'ES.CME', parseTime('2020-01-01'))).toThrow('nothing is stated about ES.CME at 2020-01-01T00:00:00Z');
    expect(() => instrumentAt(table, 'ZN.CME', 0n)).toThrow('instrument: "ZN.CME" is unknown, known are ES.CME, NQ.CME');
  });

  test('make the universe of a time: each id once, ascending', () => {
    expect(universeAt(table, parseTime('2015-01-01'))).toEqual(['ES.CME', 'NQ.CME']);
    expect(universeAt(table, parseTime('2020-01-01'))).toEqual(['NQ.CME']);
    expect(universeAt([], 0n)).toEqual([]);
  });

  test('come back from a table with their grids', () => {
    expect(instrumentsOf(instrumentTable(table))).toEqual(table);
    expect(() => instrumentTable([table[0], defineInstrument({ id: 'ES.CME' })])).toThrow('instrument ES.CME: records 1 and those before overlap');
  });
});

test('the built-in ones have the decimals found in the archives: EURUSD five, XAUUSD three', () => {
  const [sample, oanda, fxcm, gold] = builtInInstruments;
  expect(builtInInstruments.map(one => one.id)).toEqual(['EURUSD.SAMPLE', 'EURUSD.OANDA', 'EURUSD.FXCM', 'XAUUSD.OANDA']);
  expect([sample, oanda, fxcm].map(one => toTicks(one.priceGrid, 1.38687) - toTicks(one.priceGrid, 1.38676))).toEqual([11, 11, 11]);
  expect(toTicks(gold.priceGrid, 1292.033) - toTicks(gold.priceGrid, 1291.677)).toBe(356);
  expect(builtInInstruments.every(one => one.calendar === 'fx-week' && one.settleCurrency === 'USD')).toBe(true);
});
