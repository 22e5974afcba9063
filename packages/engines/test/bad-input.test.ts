/** What engines were not made for, fed to every one of them in one graph. Oracle: the contract (options refused by name, NaN or no event and never a sentinel) and the run over whole rows. */
import { combine, randomStream, type SourceColumns } from '@zanzibar/core';
import { endOf, inOrder, randomMarket, runBatch, type OutputLog, type Sources, type Texture } from '@zanzibar/core/testing';
import { describe, expect, test } from 'vitest';
import { engineGraph, everyEngineByName, shortOptions, withReturns } from './engine-graph.ts';

const names = Object.keys(everyEngineByName), everyEngine = combine(engineGraph(names, shortOptions));
const plain: Texture = { isHoled: false, isFlat: false, isCut: false, ticksPerUnit: 100 };

/** Prices and sizes of all sources changed by the row; returns follow the changed closes. */
type Change = (value: number, row: number, column: string) => number;
const prices: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'price', 'bid', 'ask']), sizes: ReadonlySet<string> = new Set(['volume', 'buyVolume', 'sellVolume', 'size', 'bidSize', 'askSize']);
const ofPrices = (change: (value: number, row: number) => number): Change => (value, row, column) => (prices.has(column) ? change(value, row) : value);
const ofSizes = (change: (value: number, row: number) => number): Change => (value, row, column) => (sizes.has(column) ? change(value, row) : value);

function rows(bars: number, ticks: number, change: Change = value => value, isCut = false): Sources {
  const make = (what: string, columns: object, count: number): SourceColumns => {
    const market: Record<string, SourceColumns[string]> = { ...randomMarket(columns as { price: 'f64' }, randomStream(5, `bad input ${what}`), count, plain) };
    if (isCut) market.segment = Int32Array.from({ length: count }, (_, row) => (row < 200 ? 0 : 3));
    return Object.fromEntries(Object.entries(market).map(([column, values]) => [column, values instanceof Float64Array ? values.map((value, row) => change(value, row, column)) : values]));
  };
  const quotes = make('quotes', { bid: 'f64', ask: 'f64' }, ticks);
  return {
    bars: withReturns(make('bars', { close: 'f64' }, bars)), trades: make('trades', { price: 'f64', size: 'f64', side: 'i8' }, ticks), quotes,
    uncleaned: Object.fromEntries(Object.entries(quotes).filter(([column]) => column !== 'segment')) as SourceColumns, other: make('other', { price: 'f64', size: 'f64' }, ticks),
  };
}

const run = (sources: Sources): OutputLog => runBatch(everyEngine, sources, endOf(inOrder(sources)));
const whole = run(rows(400, 500));

/** Node, and for an appended table its name too. */
const engineOf = (table: string): string => table.split('.')[0];

/** Cells that are no number and not NaN either: table.column. */
function sentinels({ tables }: OutputLog): string[] {
  const found = new Set<string>();
  for (const [name, { columns }] of Object.entries(tables)) {
    for (const column in columns) if (columns[column].some(value => typeof value === 'number' && value === value && Math.abs(value) > 1e300)) found.add(`${name}.${column}`);
  }
  return [...found];
}

/** Events that are known before they begin, or outside of the rows: table and row. */
function earlyEvents({ tables }: OutputLog): string[] {
  const found: string[] = [];
  for (const [name, { columns: { originRow, knownRow } }] of Object.entries(tables)) {
    if (originRow && knownRow) knownRow.forEach((known, k) => !(known >= originRow[k]) && found.push(`${name} row ${k}: known ${known}, origin ${originRow[k]}`));
  }
  return found;
}

/** Engines with a column that has a number in the last quarter of the whole run, but not here. */
function silent({ tables }: OutputLog): string[] {
  const found = new Set<string>();
  for (const [name, { columns, length }] of Object.entries(whole.tables)) {
    if (name.includes('.')) continue;
    for (const column in columns) {
      const has = (values: readonly (number | bigint)[] | undefined): boolean => values?.slice(Math.floor((3 * length) / 4)).some(value => value === value) ?? false;
      if (has(columns[column]) && !has(tables[name]?.columns[column])) found.add(name);
    }
  }
  return [...found];
}

const hole: Change = (value, row) => (row >= 150 && row < 156 ? NaN : value);

/** NaN is absorbing (contracts, section 2): these hold a running sum or mean, and say in their headers that they are NaN until the segment ends or, those of a session, the next anchor. */
const absorbing: readonly string[] = [
  'atr', 'autocorrelationPeriodogram', 'delta', 'ema', 'rsi', 'sma', 'tradeVwap', 'vwap', 'vwapBands',
  // These read atr as their unit of price, the packet by way of resting liquidity.
  'gannAngles', 'restingLiquidity', 'analysisPacket',
];

const inputs: { readonly [input: string]: () => Sources } = {
  'a hole of NaN': () => rows(400, 500, hole),
  'NaN in every tenth row': () => rows(400, 500, (value, row) => (row % 10 === 7 && row < 200 ? NaN : value)),
  'NaN in one column at a time': () => rows(400, 500, (value, row, column) => (row < 200 && row % 23 === column.length ? NaN : value)),
  'a hole of NaN before a cut': () => rows(400, 500, hole, true),
  'NaN and nothing else': () => rows(100, 100, () => NaN),
  'zero volume': () => rows(400, 500, ofSizes(() => 0)),
  'zero volume in stretches': () => rows(400, 500, ofSizes((value, row) => (row % 60 < 30 ? 0 : value))),
  'a flat market': () => rows(400, 500, ofPrices(() => 100)),
  'a market that falls flat': () => rows(400, 500, ofPrices((value, row) => (row < 200 ? value : 100))),
  'no row': () => rows(0, 0),
  'one row': () => rows(1, 1),
  'three rows, fewer than a warm-up': () => rows(3, 3),
  'a gap, which is a cut': () => rows(400, 500, undefined, true),
  'prices off the tick grid': () => rows(400, 500, ofPrices(value => value / 3)),
  'negative prices': () => rows(400, 500, ofPrices(value => value - 1000)),
  'prices that pass zero, as oil did in April 2020': () => rows(400, 500, ofPrices((value, row) => value - 83 - row / 20)),
  'huge volumes': () => rows(400, 500, ofSizes(value => value * 1e18)),
  'tiny volumes': () => rows(400, 500, ofSizes(value => value * 1e-18)),
};

test('whole rows bring every engine to speak', () => {
  const spoken = new Set(Object.entries(whole.tables).filter(([, { length }]) => length > 0).map(([name]) => engineOf(name)));
  expect(names.filter(name => !spoken.has(name))).toEqual([]);
});

describe.each(Object.entries(inputs))('%s', (input, make) => {
  const output = run(make());
  test('brings no infinite number and no sentinel', () => {
    expect(sentinels(output)).toEqual([]);
  });
  test('brings no event that is known before it begins', () => {
    expect(earlyEvents(output)).toEqual([]);
  });
  if (/one column|tenth row|hole of NaN$/.test(input)) {
    test('leaves all but the absorbing able to go on: they have numbers again at the end', () => {
      expect(silent(output).filter(name => !absorbing.includes(name))).toEqual([]);
    });
  }
  if (/stretches|cut/.test(input)) {
    test('leaves every engine able to go on: all have numbers again at the end', () => {
      // The made trades end with the first hours of the bars, before the cut: nothing to profile.
      expect(silent(output).filter(name => name !== 'volumeProfile' || !input.includes('cut'))).toEqual([]);
    });
  }
});

test('the absorbing are silent until the cut', () => {
  expect(silent(run(rows(400, 500, hole))).sort()).toEqual([...absorbing].sort());
});

const numeric = names.flatMap(name => Object.entries(everyEngineByName[name].spec.defaults as object).flatMap(([option, value]) => (typeof value === 'number' ? [[name, option] as const] : [])));
const chosen = names.flatMap(name => Object.entries(everyEngineByName[name].spec.defaults as object).flatMap(([option, value]) => (typeof value === 'string' ? [[name, option] as const] : [])));

/** What a graph with one option changed says: nothing, or the error. */
function complaint(name: string, option: string, value: number | string): unknown {
  try {
    combine(engineGraph([name], { ...shortOptions, [name]: { ...shortOptions[name], [option]: value } }))(few);
    return undefined;
  } catch (error) {
    return error;
  }
}
const few: Sources = rows(60, 80);

/** Any word is a name. */
const freeWords: ReadonlySet<string> = new Set(['sessions.name']);

describe('options out of range', () => {
  test.each(numeric)('%s: %s of NaN, -1, 0.5 and Infinity runs, or is refused by engine, option and value', (name, option) => {
    for (const value of [NaN, -1, 0.5, Infinity]) {
      const error = complaint(name, option, value);
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(RangeError);
      expect((error as Error).message).toMatch(new RegExp(`^${name}: ${option}\\b.*${value}`));
    }
  });
  test.each(chosen)('%s: %s of a word that is none of its values is refused by engine, option and value', (name, option) => {
    if (freeWords.has(`${name}.${option}`)) return;
    const error = complaint(name, option, 'nonsense');
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toMatch(new RegExp(`^${name}: ${option}\\b.*nonsense`));
  });
});
