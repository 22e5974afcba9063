/** The pages docs/coming-from: their programs are what `oracles/coming-from/make.py` ran, and both sides make the same trades. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { loadMarkets, maximumDrawdown, numbersOf, simulate, type SimulationInput, type ResultTable, type SimulatorOutput } from '@zanzibar/backtest';
import { exitReasons } from '@zanzibar/core';
import { root } from '../lint/repository.ts';
import { codeBlocks, type CodeBlock } from './code-blocks.ts';

/** Entry row, exit row, entry price, exit price, quantity, profit after fees. */
type Trade = readonly number[];

mkdirSync(join(root, '.zanzibar'), { recursive: true });
const folder = mkdtempSync(join(root, '.zanzibar', 'coming-from-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const oracle = (program: string): any => JSON.parse(readFileSync(join(root, `oracles/coming-from/${program}.json`), 'utf8'));
const blocksOf = (page: string): CodeBlock[] => codeBlocks(readFileSync(join(root, `docs/coming-from/${page}.md`), 'utf8'));
const close = (actual: number, expected: number, relative: number = 1e-12): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1));

/** What our program on a page exports. */
async function exportsOf(page: string): Promise<any> {
  const file = join(folder, `${page}.ts`), log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  writeFileSync(file, blocksOf(page).find(({ info }) => info === 'ts run')!.code);
  return import(/* @vite-ignore */ pathToFileURL(file).href).finally(() => log.mockRestore());
}

/** Rows exactly; prices and profit to 1e-12 relative. */
function compareTrades(trips: ResultTable, trades: readonly Trade[]): void {
  const [entryRow, exitRow, entryPrice, exitPrice, quantity, net] = ['entryRow', 'exitRow', 'entryPrice', 'exitPrice', 'quantity', 'net'].map((name) => numbersOf(trips, name));
  expect(Array.from({ length: trips.length }, (_, i) => [entryRow[i], exitRow[i], quantity[i]])).toEqual(trades.map(([entry, exit, , , size]) => [entry, exit, size]));
  trades.forEach(([, , entry, exit, , profit], i) => {
    close(entryPrice[i], entry);
    close(exitPrice[i], exit);
    close(net[i], profit);
  });
}

describe('the pages for those who come from elsewhere', () => {
  test.each([['vectorbt', 'vectorbt'], ['backtesting-py', 'backtesting_py'], ['freqtrade', 'freqtrade']])('%s shows what the other program printed', (page, program) => {
    expect(blocksOf(page).find(({ info }) => info.startsWith('python '))!.output).toBe(oracle(program).printed);
  });

  test('the same trades, equity and drawdown as vectorbt, at the next close and at the same one', async () => {
    const { runs } = oracle('vectorbt'), ours = (await exportsOf('vectorbt')).runs as { readonly [name: string]: SimulatorOutput };
    expect(Object.keys(ours)).toEqual(Object.keys(runs));
    for (const [name, { roundTrips, equity, equityNow }] of Object.entries(ours)) {
      compareTrades(roundTrips, runs[name].trades);
      close(equityNow, runs[name].equity);
      close(equityNow / 10_000 - 1, runs[name].totalReturn);
      close(maximumDrawdown(10_000, numbersOf(equity, 'equity')).depth, runs[name].drawdown);
    }
    expect(blocksOf('vectorbt').find(({ info }) => info === 'ts run')!.output).toBe(oracle('vectorbt').printed);
  });

  test('the same trades, equity of every row and drawdown as backtesting.py, stops and targets included', async () => {
    const expected = oracle('backtesting_py'), { roundTrips, equity, equityNow } = (await exportsOf('backtesting-py')).result as SimulatorOutput;
    compareTrades(roundTrips, expected.trades);
    const reasons = Array.from(numbersOf(roundTrips, 'exitReason'), code => exitReasons[code]);
    expect(['order', 'stop', 'target'].map(word => reasons.filter(reason => reason === word).length)).toEqual([6, 5, 4]);
    close(equityNow, expected.equity);
    close(maximumDrawdown(10_000, numbersOf(equity, 'equity')).depth, expected.drawdown);
    const values = numbersOf(equity, 'equity');
    expect(values.length - 1).toBe(expected.equityCurve.length);
    expected.equityCurve.forEach((value: number, day: number) => close(values[day], value));
    expect(blocksOf('backtesting-py').find(({ info }) => info === 'ts run')!.output).toBe(expected.printed);
  });

  test('the same closed trades as freqtrade, stop and return on investment by the price that was paid', async () => {
    const { trades, reasons } = oracle('freqtrade'), { roundTrips } = (await exportsOf('freqtrade')) as { roundTrips: ResultTable };
    expect(reasons.at(-1)).toBe('force_exit');
    compareTrades(roundTrips, trades.slice(0, -1));
    const words: { readonly [reason: string]: string } = { exit_signal: 'order', stop_loss: 'stop', roi: 'target' };
    expect(Array.from(numbersOf(roundTrips, 'exitReason'), code => exitReasons[code])).toEqual(reasons.slice(0, -1).map((reason: string) => words[reason]));
  });

  test('where the market jumps, backtesting.py fills a target better than asked for and freqtrade a stop that nobody paid, as the pages say; we do neither', async () => {
    const [{ columns }] = await loadMarkets({ data: [join(root, 'oracles/coming-from/prices.csv')], interval: '1d', time: 'open', zone: 'UTC' });
    const prices = columns as unknown as { readonly [name in 'open' | 'high' | 'low' | 'close']: Float64Array };
    /** Bought at the open of the row after `from`; the open of row `day` is another. */
    const exitAt = (from: number, day: number, open: number, legs: { readonly stop?: number; readonly target?: number }): readonly number[] => {
      const at = (row: number, value: number): Float64Array => new Float64Array(prices.close.length).fill(NaN).map((none, i) => (i === row ? value : none));
      const gapped = { open: prices.open.slice(), high: prices.high.slice(), low: prices.low.slice(), close: prices.close };
      gapped.open[day] = open;
      gapped.high[day] = Math.max(gapped.high[day], open);
      gapped.low[day] = Math.min(gapped.low[day], open);
      const input: SimulationInput = { ...gapped, enter: at(from, 1), stop: at(from, legs.stop ?? NaN), target: at(from, legs.target ?? NaN), tick: 0.01 };
      const { roundTrips } = simulate(input, { limitFill: 'touch' });
      return [numbersOf(roundTrips, 'exitRow')[0], numbersOf(roundTrips, 'exitPrice')[0]];
    };
    expect(oracle('backtesting_py').gappedTarget).toEqual([130, 101.3]);
    expect(exitAt(121, 130, 101.3, { target: 100.3 })).toEqual([130, 100.3]);
    expect(oracle('freqtrade').gappedStop).toEqual([145, 104.63]);
    expect(exitAt(138, 145, 103.63, { stop: 104.63 })).toEqual([145, 103.63]);
  });
});
