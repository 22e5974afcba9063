import { expect, test } from 'vitest';
import { combine, randomStream, timeBars } from '@zanzibar/core';
import { engineLaws, pipelineLaws, randomMarket, roughTexture } from '@zanzibar/core/testing';
import { tradesWithin } from '../../test/beside.ts';
import { sharedHint, sharedText } from '../../test/oracles.ts';
import { footprintByHand, plainImbalances } from '../../test/reference/footprint.ts';
import { footprint, type FootprintOptions } from './footprint.ts';

engineLaws(test, footprint, {
  options: random => ({
    tick: [1 / 64, 1 / 32][random.integer(0, 1)], rowTicks: random.integer(1, 2), ratio: random.integer(1, 3), minimumVolume: random.integer(0, 4), stack: random.integer(1, 2),
    share: random.integer(1, 10) / 10, growth: random.uniform() < 0.5 ? ('single' as const) : ('pair' as const),
  }),
  sources: { trades: tradesWithin },
});

pipelineLaws(test, 'trades to time bars to footprint', {
  boundedRows: 50_000,
  make: random => ({
    pipeline: combine({
      bars: [timeBars, 'trades', { interval: random.integer(60, 400) * 1_000_000_000, price: 'trade' }],
      footprint: [footprint, 'bars.bars', { tick: 1 / 100, rowTicks: 2, stack: 1 }, { trades: 'trades' }],
    }),
    sources: { trades: randomMarket({ price: 'f64', size: 'f64', side: 'i8' }, random, 400, roughTexture) },
  }),
});

type Trade = readonly [price: number, size: number, side: number];

function run(trades: readonly Trade[], options: Partial<FootprintOptions> = {}): ReturnType<typeof footprint> {
  return footprint({ closeTime: BigInt64Array.of(1n) }, { tick: 1, ...options }, {
    trades: { time: new BigInt64Array(trades.length), price: Float64Array.from(trades, trade => trade[0]), size: Float64Array.from(trades, trade => trade[1]), side: Int8Array.from(trades, trade => trade[2]) },
  });
}
const cellsOf = ({ cells }: ReturnType<typeof footprint>): number[][] => Array.from({ length: cells.length }, (_, k) => [cells.price[k], cells.volume[k], cells.buyVolume[k], cells.sellVolume[k], cells.imbalance[k]]);
const stacksOf = ({ events }: ReturnType<typeof footprint>): number[][] => Array.from({ length: events.length }, (_, k) => [events.direction[k], events.level0[k], events.level1[k], events.value[k]]);

test('the example in the header holds', () => {
  expect(stacksOf(run([[10, 5, -1], [11, 20, 1], [12, 20, 1]], { stack: 2 }))).toEqual([[1, 11, 12, 2]]);
});

test('a bar by hand: cells, imbalances, a stack, delta and its bounds, unfinished auction', () => {
  const out = run(footprintByHand.trades) as any;
  expect(cellsOf(out)).toEqual(footprintByHand.cells);
  expect(stacksOf(out)).toEqual(footprintByHand.stacks);
  expect(Object.fromEntries(Object.keys(footprintByHand.figures).map(name => [name, out[name][0]]))).toEqual(footprintByHand.figures);
});

test('a row between two others without a trade ends a stack', () => {
  expect(stacksOf(run([[10, 30, 1], [11, 30, 1], [13, 30, 1], [14, 30, 1], [15, 30, 1]]))).toEqual([[1, 13, 15, 3]]);
});

function randomTrades(seed: string): Trade[] {
  const random = randomStream(5, seed);
  return Array.from({ length: random.integer(1, 60) }, () => [100 + Math.round(4 * random.normal()), random.integer(1, 8), random.uniform() < 0.5 ? 1 : -1]);
}

test('random bars have the imbalances of the plain reference', () => {
  for (let k = 0; k < 100; k++) {
    const trades = randomTrades(`imbalance ${k}`), cells = new Map<number, { buy: number; sell: number }>();
    for (const [price, size, side] of trades) {
      const { buy, sell } = cells.get(price) ?? { buy: 0, sell: 0 };
      cells.set(price, side > 0 ? { buy: buy + size, sell } : { buy, sell: sell + size });
    }
    const plain = plainImbalances(cells, 2, 5);
    expect(cellsOf(run(trades, { ratio: 2, minimumVolume: 5 })).map(([price, , buy, sell, imbalance]) => [price, buy, sell, imbalance])).toEqual(
      [...cells].sort((a, b) => a[0] - b[0]).map(([price, { buy, sell }]) => [price, buy, sell, plain.get(price)]),
    );
  }
});

test('the mirrored bar has the mirrored cells and stacks', () => {
  for (let k = 0; k < 100; k++) {
    const trades = randomTrades(`mirror ${k}`), options = { ratio: 2, minimumVolume: 3, stack: 2 }, out = run(trades, options), mirrored = run(trades.map(([price, size, side]) => [250 - price, size, -side]), options);
    expect(cellsOf(mirrored)).toEqual(cellsOf(out).reverse().map(([price, volume, buy, sell, imbalance]) => [250 - price, volume, sell, buy, imbalance === 2 ? 2 : -imbalance + 0]));
    const order = (stacks: number[][]): number[][] => stacks.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(order(stacksOf(mirrored))).toEqual(order(stacksOf(out).map(([direction, low, high, rows]) => [-direction, 250 - high, 250 - low, rows])));
    expect([mirrored.delta[0], mirrored.minimumDelta[0], mirrored.maximumDelta[0]]).toEqual([-out.delta[0] + 0, -out.maximumDelta[0] + 0, -out.minimumDelta[0] + 0]);
    expect([mirrored.unfinishedHigh[0], mirrored.unfinishedLow[0]]).toEqual([out.unfinishedLow[0], out.unfinishedHigh[0]]);
  }
});

test('bad trades are passed over; a bar without trades has no cells and no point of control', () => {
  const out = run([[NaN, 1, 1], [5, NaN, 1], [5, 0, 1], [5, -3, -1], [Infinity, 1, 1], [5, Infinity, 1]]);
  expect([out.cells.length, out.delta[0], out.minimumDelta[0], out.maximumDelta[0], out.pointOfControl[0], out.valueAreaLow[0], out.toCell[0]]).toEqual([0, 0, 0, 0, NaN, NaN, 0]);
  expect(cellsOf(run([[-2.4, 1, 1], [1e15, 1, -1]]))).toEqual([[-2, 1, 1, 0, 0], [1e15, 1, 0, 1, 0]]);
});

test('options out of range are refused by name', () => {
  expect(() => run([], { tick: NaN })).toThrow(new RangeError('footprint: tick must be given and be a positive number, was NaN'));
  expect(() => run([], { rowTicks: 0 })).toThrow(new RangeError('footprint: rowTicks must be a positive integer, was 0'));
  expect(() => run([], { ratio: 0 })).toThrow(new RangeError('footprint: ratio must be a positive number, was 0'));
  expect(() => run([], { minimumVolume: -1 })).toThrow(new RangeError('footprint: minimumVolume must be a number of at least 0, was -1'));
  expect(() => run([], { stack: 0 })).toThrow(new RangeError('footprint: stack must be a positive integer, was 0'));
  expect(() => run([], { share: 0 })).toThrow(new RangeError('footprint: share must be above 0 and at most 1, was 0'));
});

const list = sharedText('oracles/order-flow/public_trades_list.csv.gz'), answer = sharedText('oracles/order-flow/public_trades_list.expected_scale_0.05.json');
test.skipIf(list === undefined || answer === undefined)(`cells of 1,000 trades in bins of 0.05 equal freqtrade ${sharedHint}`, () => {
  interface Bin { bid: number; bid_amount: number; ask: number; ask_amount: number; delta: number }
  const { rows, first, last } = JSON.parse(answer!) as { rows: number; first: Bin; last: Bin };
  const lines = list!.trim().split('\n').slice(1).map(line => line.split(','));
  const trades = lines.map((fields): Trade => [Number(fields[5]), Number(fields[6]), fields[4].trim() === 'buy' ? 1 : -1]);
  const cells = cellsOf(run(trades, { tick: 0.05 }));
  expect(cells.length).toBe(rows);
  for (const [cell, bin] of [[cells[0], first], [cells[cells.length - 1], last]] as const) {
    expect(cell[3]).toBeCloseTo(bin.bid_amount, 9);
    expect(cell[2]).toBeCloseTo(bin.ask_amount, 9);
    expect(cell[2] - cell[3]).toBeCloseTo(bin.delta, 9);
  }
});
