/** `zanzibar bars` for every word behind a number. Oracle: the engines of core on the same trades, and lines worked by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dollarBars, imbalanceBars, rangeBars, renkoBars, runBars, tickBars, volumeBars } from '@zanzibar/core';
import { temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('bars'),
  count = 3000,
  time = BigInt64Array.from({ length: count }, (_, k) => 1_700_000_000_000_000_000n + BigInt(k) * 1_000_000_000n),
  price = Float64Array.from({ length: count }, (_, k) => 100 + Math.round(8 * Math.sin(k / 40) + 3 * Math.sin(k * k)) / 4),
  size = Float64Array.from({ length: count }, (_, k) => 1 + (k % 7)),
  columns = { time, price, size };
const trades = folder.write(
  'trades.csv',
  `time,price,size\n${Array.from(time, (t, k) => `${new Date(Number(t / 1_000_000n)).toISOString()},${price[k]},${size[k]}`).join('\n')}\n`,
);

const trade = { price: 'trade' } as const;
const cases: readonly (readonly [every: string, bars: { readonly bars: any }])[] = [
  ['50ticks', tickBars(columns, { count: 50, ...trade })],
  ['250volume', volumeBars(columns, { volume: 250 })],
  ['3e4dollar', dollarBars(columns, { value: 30_000 })],
  ['1.5range', rangeBars(columns, { range: 1.5, ...trade })],
  ['0.75renko', renkoBars(columns, { box: 0.75, ...trade })],
  ['20tick-imbalance', imbalanceBars(columns, { of: 'tick', expectedTicks: 20 })],
  ['20volume-imbalance', imbalanceBars(columns, { of: 'volume', expectedTicks: 20 })],
  ['20dollar-imbalance', imbalanceBars(columns, { of: 'dollar', expectedTicks: 20 })],
  ['20tick-run', runBars(columns, { of: 'tick', expectedTicks: 20 })],
  ['20volume-run', runBars(columns, { of: 'volume', expectedTicks: 20 })],
  ['20dollar-run', runBars(columns, { of: 'dollar', expectedTicks: 20 })],
];

describe('bars --every SIZE', () => {
  test.each(cases)('%s writes the bars of its engine', async (every, { bars }) => {
    const out = join(folder.root, `${every}.csv`),
      { code, error } = await zanzibar(['bars', '--data', trades, '--symbol', 'GOLD', '--every', every, '--out', out, '--quiet']);
    expect([code, error.includes('error')]).toEqual([0, false]);
    const [header, ...lines] = readFileSync(out, 'utf8').trim().split('\n'),
      names = header.split(',');
    expect(bars.length).toBeGreaterThan(2);
    expect(lines).toEqual(Array.from({ length: bars.length }, (_, k) => names.map((name) => String(bars[name][k])).join(',')));
  });

  test.each([
    ['0volume', /--every must be a number above 0, was 0volume/],
    ['1.5tick-run', /--every must be at least 1 tick, was 1\.5tick-run/],
    ['10bricks', /--every/],
  ])('%s is refused', async (every, message) => {
    const { code, error } = await zanzibar(['bars', '--data', trades, '--every', every]);
    expect([code, message.test(error)]).toEqual([2, true]);
  });

  test('bars of volume are refused where ticks have no sizes', async () => {
    const quotes = folder.write('quotes.csv', 'time,bid,ask\n2024-01-01T00:00:00Z,1,2\n2024-01-01T00:00:01Z,1,2\n'),
      { code, error } = await zanzibar(['bars', '--data', quotes, '--every', '5volume']);
    expect([code, error]).toEqual([2, 'error: bars: bars of volume need traded sizes, the data has none\n']);
  });
});
