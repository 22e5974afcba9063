/** Flags of the account and of files beside the prices. Oracle: what docs/fills.md says of each, worked by hand on hourly bars of one price. */
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTime } from '@zanzibar/core';
import { writeArrow, writeParquet } from '@zanzibar/core/io';
import { strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('stated'), hours = 24 * 10, start = Date.parse('2024-01-01T00:00:00Z');
/** Ten days of hourly bars; the price is that of the hour. */
function prices(name: string, at: (hour: number) => number): string {
  const rows = Array.from({ length: hours }, (_, hour) => [new Date(start + 3_600_000 * hour).toISOString(), at(hour), at(hour), at(hour), at(hour), 1000].join(','));
  return folder.write(name, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
}
const flat = prices('FLAT.csv', () => 100), other = prices('OTHER.csv', () => 100), halves = prices('SPLIT.csv', hour => (hour < 120 ? 100 : 50)), falls = prices('FALLS.csv', hour => 100 - hour / 4), stairs = prices('STAIRS.csv', hour => 100 + hour);
const source = "({ h1: { kind: 'bars', interval: 3600e9, price: 'mid' } })", when = (hour: number, act: string): string => `if (now.kind === 'bar' && now.base + now.row === ${hour}) { ${act}; }`;
const buyer = folder.write('buyer.mjs', strategyText({ sources: source, decide: when(0, 'actions.market(1, 10)') }));
const seller = folder.write('seller.mjs', strategyText({ sources: source, decide: when(0, 'actions.market(-1, 10)') }));
const often = folder.write('often.mjs', strategyText({ sources: source, decide: "if (now.kind !== 'bar') return; const hour = (now.base + now.row) % 24; if (hour === 4 || hour === 8) actions.market(1, 10); if ((hour === 6 || hour === 10) && account.position() > 0) actions.market(-1, 10);" }));
const pair = folder.write('pair.mjs', strategyText({ sources: "({ a: { kind: 'bars', interval: 3600e9, price: 'mid', instrument: 'FLAT' }, b: { kind: 'bars', interval: 3600e9, price: 'mid', instrument: 'OTHER' } })", decide: when(0, 'actions.market(1, 10)') }));

interface Run {
  readonly summary: { readonly attribution: { readonly [cost: string]: number }; readonly manifest: { readonly options: any }; readonly conservation: { readonly holds: boolean } };
  readonly rows: { readonly orders: number; readonly fills: number; readonly roundTrips: number };
}

async function backtest(strategy: string, data: string | readonly string[], ...flags: string[]): Promise<Run> {
  const { code, out, error } = await zanzibar(['backtest', strategy, ...[data].flat().flatMap(file => ['--data', file]), '--interval', '1h', '--time', 'open', '--calendar', '24x7', '--trials', 'none', '--quiet', '--json', ...flags]);
  expect([code, error]).toEqual([0, '']);
  return JSON.parse(out).data;
}

describe('the account', () => {
  test('positions at once: of two orders of one moment the second is kept from opening', async () => {
    expect((await backtest(pair, [flat, other])).rows.fills).toBe(2);
    expect((await backtest(pair, [flat, other], '--max-positions', '1')).rows.fills).toBe(1);
  });

  test('a cooldown and a loss of the day keep entries out, a lock closes what is open', async () => {
    const trips = async (data: string, ...flags: string[]): Promise<number> => (await backtest(often, data, ...flags)).rows.roundTrips;
    expect([await trips(falls), await trips(falls, '--cooldown', '12h'), await trips(falls, '--loss-cooldown', '12h'), await trips(stairs, '--loss-cooldown', '12h')]).toEqual([20, 10, 10, 20]);
    const kept = await backtest(buyer, falls, '--cash', '1000', '--max-drawdown', '10%'), closed = await backtest(buyer, falls, '--cash', '1000', '--max-drawdown', '10%', '--on-lock', 'close');
    expect([kept.rows.roundTrips, closed.rows.roundTrips]).toEqual([0, 1]);
    // Bought at 99.75 for 997.5 at hour 1; 10 % of 1000 are lost when the price is 10 lower.
    expect(closed.summary.attribution.net).toBe(-100);
    expect((await backtest(buyer, falls, '--cash', '1000', '--daily-loss', '5%', '--on-lock', 'close')).summary.attribution.net).toBe(-50);
  });

  test('margin denies what equity does not carry, as a share or as leverage, and liquidates with its fee', async () => {
    expect((await backtest(buyer, flat, '--cash', '99', '--margin', '10%')).rows.fills).toBe(0);
    expect((await backtest(buyer, flat, '--cash', '100', '--margin', '10x')).rows.fills).toBe(1);
    const spared = await backtest(buyer, falls, '--cash', '1000', '--margin', '1x', '--maintenance', '0'), ended = await backtest(buyer, falls, '--cash', '500', '--margin', '50%', '--maintenance', '20%', '--liquidation-bps', '10');
    expect(spared.rows.roundTrips).toBe(0);
    expect(ended.rows.roundTrips).toBe(1);
    expect(ended.summary.attribution.fee).toBeGreaterThan(0);
  });

  test('lots: first in first out realises another profit of the same equity', async () => {
    const scale = folder.write('scale.mjs', strategyText({ sources: source, decide: `${when(0, 'actions.market(1, 10)')} ${when(9, 'actions.market(1, 10)')} ${when(19, 'actions.market(-1, 10)')} if (now.kind === 'bar' && now.base + now.row === 30) actions.record('average', account.averagePrice());` }));
    const average = await backtest(scale, stairs), fifo = await backtest(scale, stairs, '--lots', 'fifo');
    expect(fifo.summary.attribution.net).toBe(average.summary.attribution.net);
    const outs = ['average', 'fifo'].map(lots => join(folder.root, `lots-${lots}`));
    for (const [k, lots] of ['average', 'fifo'].entries()) await backtest(scale, stairs, '--lots', lots, '--out', outs[k]);
    const compared = await zanzibar(['compare', outs[0], outs[1]]);
    expect(compared.code).toBe(1);
    expect(compared.out).toContain('fills');
  });

  test('a share of equity sets its fee aside where it is told to', async () => {
    const all = folder.write('all.mjs', strategyText({ sources: source, decide: when(0, 'actions.submit({ side: 1 })') })), costs = ['--size', '100%', '--fee-bps', '100', '--cash', '10100'];
    const apart = await backtest(all, flat, ...costs), included = await backtest(all, flat, ...costs, '--sizing-fees', 'included');
    expect(apart.summary.attribution.fee).toBeCloseTo(101, 9);
    expect(included.summary.attribution.fee).toBeCloseTo(100, 9);
  });
});

describe('files beside the prices', () => {
  test('a split doubles what is held, a dividend pays for it: CSV, Parquet and Arrow alike', async () => {
    const text = 'time,kind,until,numerator,denominator,amount\n2024-01-01,known,2024-02-01,,,\n2024-01-06,split,,2,1,\n2024-01-07T12:00:00Z,dividend,,,,0.5\n', csv = folder.write('actions.csv', text);
    const without = await backtest(buyer, halves), { summary } = await backtest(buyer, halves, '--actions', csv);
    expect(without.summary.attribution.net).toBe(-500);
    expect(summary.attribution).toMatchObject({ net: 10, dividends: 10 });
    expect(summary.conservation.holds).toBe(true);
    const times = ['2024-01-01', '2024-01-06', '2024-01-07T12:00:00Z'].map(parseTime), codes = Int32Array.of(0, 1, 2);
    const table = { length: 3, columns: { time: BigInt64Array.from(times), kind: codes, until: BigInt64Array.of(parseTime('2024-02-01'), 0n, 0n), numerator: Float64Array.of(NaN, 2, NaN), amount: Float64Array.of(NaN, NaN, 0.5) }, texts: { kind: ['known', 'split', 'dividend'] } };
    const schema = { time: 'i64', kind: 'text', until: 'i64', numerator: 'f64', amount: 'f64' } as const, parquet = join(folder.root, 'actions.parquet'), arrow = join(folder.root, 'actions.arrow');
    await writeParquet(parquet, table, { schema });
    await writeArrow(arrow, { schema, ...table });
    for (const file of [parquet, arrow]) expect((await backtest(buyer, halves, '--actions', file)).summary.attribution).toEqual(summary.attribution);
  });

  test('an equity needs its actions, and what is stated must cover the run', async () => {
    const facts = folder.write('equity.csv', 'instrument,kind,quoteCurrency,tick,quantityStep\nFLAT,equity,USD,0.01,1\n'), none = folder.write('none.csv', 'time,instrument,kind,until\n2024-01-01,FLAT,known,2024-02-01\n'), short = folder.write('short.csv', 'time,instrument,kind,until\n2024-01-01,FLAT,known,2024-01-05\n');
    expect((await backtest(buyer, flat, '--instruments', facts, '--actions', none)).rows.fills).toBe(1);
    expect((await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--instruments', facts])).error).toContain('FLAT.FILE is an equity, its splits and dividends are missing');
    expect((await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--actions', short])).error).toContain('are stated for [2024-01-01T00:00:00Z, 2024-01-05T00:00:00Z)');
    // Sold short, it needs what borrowing costs.
    expect((await zanzibar(['backtest', seller, '--data', flat, '--interval', '1h', '--time', 'open', '--instruments', facts, '--actions', none])).error).toMatch(/borrow/);
  });

  test('borrow: 36 % a year of 1000 sold short is 1 a day of 360', async () => {
    const file = folder.write('borrow.csv', 'time,instrument,rate\n2023-12-01,FLAT,0.36\n2024-01-06,FLAT,0.72\n');
    expect((await backtest(seller, flat, '--borrow', '36%')).summary.attribution.borrow).toBeCloseTo(10, 9);
    expect((await backtest(seller, flat, '--borrow', '36%', '--borrow-days', '36')).summary.attribution.borrow).toBeCloseTo(100, 9);
    // Midnights of January 2 to 5 at the first rate, of 6 to 11 at the second.
    expect((await backtest(seller, flat, '--borrow', file)).summary.attribution.borrow).toBeCloseTo(4 + 6 * 2, 9);
  });

  test('funding: longs pay each row, at its own price where it is stated', async () => {
    const rows = Array.from({ length: 3 * 11 }, (_, k) => [new Date(start + 8 * 3_600_000 * k).toISOString(), 'FLAT.FILE', 0.001, 200]);
    const plain = folder.write('funding.csv', `time,instrument,rate\n${rows.map(row => row.slice(0, 3).join(',')).join('\n')}\n`), priced = folder.write('funding-priced.csv', `time,instrument,rate,price\n${rows.map(row => row.join(',')).join('\n')}\n`);
    const { summary } = await backtest(buyer, flat, '--funding', plain, '--funding-every', '8h');
    // From hour 1 on: 30 charges, the last at the end of the run, each a thousandth of 1000.
    expect(summary.attribution.funding).toBeCloseTo(30, 9);
    expect((await backtest(buyer, flat, '--funding', priced, '--funding-every', '8h')).summary.attribution.funding).toBeCloseTo(60, 9);
    const hole = folder.write('funding-hole.csv', `time,instrument,rate\n${rows.filter((_, k) => k !== 9).map(row => row.slice(0, 3).join(',')).join('\n')}\n`);
    expect((await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--funding', hole, '--funding-every', '8h'])).error).toContain('funding of FLAT.FILE: no rate between 2024-01-03T16:00:00Z and 2024-01-04T08:00:00Z');
  });

  test('swap from a file is that of the numbers; the triple day can be another', async () => {
    const file = folder.write('swap.csv', 'time,instrument,long,short\n2023-12-31,FLAT,-0.1,0.05\n'), charged = async (...flags: string[]): Promise<number> => (await backtest(buyer, flat, ...flags)).summary.attribution.funding;
    // Ten nights, of which two count three times: Wednesday, January 3 and 10.
    expect(await charged('--swap=-0.1:0.05')).toBeCloseTo(14, 9);
    expect(await charged('--swap', file)).toBeCloseTo(14, 9);
    expect(await charged('--swap', file, '--swap-triple', 'none')).toBeCloseTo(10, 9);
  });

  test('halts: an order that is sent in one is denied, one at the venue waits', async () => {
    const halts = folder.write('halts.csv', 'time,until,instrument\n2024-01-01T00:30:00Z,2024-01-02,FLAT\n');
    expect((await backtest(buyer, flat, '--halts', halts)).rows.fills).toBe(0);
    const expiring = folder.write('expiring.csv', 'instrument,expires\nFLAT,2024-01-01T00:30:00Z\n');
    expect((await backtest(buyer, flat, '--instruments', expiring)).rows.fills).toBe(0);
  });

  test('several currencies: profit in another is converted as of each row, and a missing one is refused by name', async () => {
    const facts = folder.write('currencies.csv', 'instrument,quoteCurrency,tick,quantityStep\nSTAIRS,JPY,1,1\n'), rates = folder.write('rates.csv', 'time,currency,rate\n2023-12-01,JPY,0.01\n2024-01-05,JPY,0.02\n');
    const { summary } = await backtest(buyer, stairs, '--instruments', facts, '--rates', rates, '--currency', 'USD');
    // 238 points of 10 units at the last rate.
    expect(summary.attribution.net).toBeCloseTo(238 * 10 * 0.02, 6);
    expect(summary.manifest.options.rates.JPY.rows).toBe(2);
    const { error } = await zanzibar(['backtest', buyer, '--data', stairs, '--interval', '1h', '--time', 'open', '--instruments', facts, '--currency', 'USD']);
    expect(error).toContain('STAIRS.FILE pays in JPY, the account is in USD: rates between currencies are missing');
  });

  test('a run file names all of it, its files relative to itself', async () => {
    mkdirSync(join(folder.root, 'deep'));
    folder.write('deep/actions.csv', 'time,kind,until,numerator\n2024-01-01,known,2024-02-01,\n2024-01-06,split,,2\n');
    folder.write('deep/swap.csv', 'time,long,short\n2023-12-31,-0.1,0.05\n');
    const file = folder.write('deep/run.yaml', 'strategy: ../buyer.mjs\ndata: ../SPLIT.csv\ninterval: 1h\ntime: open\ncalendar: 24x7\ntrials: none\nactions: actions.csv\nswap: swap.csv\nborrow: 3%\nsizing-fees: included\nmargin: 10x\nmax-positions: 1\ncooldown: 1h\n');
    const { code, out, error } = await zanzibar(['backtest', file, '--json', '--quiet']);
    expect([code, error]).toEqual([0, '']);
    const { manifest, attribution } = JSON.parse(out).data.summary;
    expect(manifest.options).toMatchObject({ sizingFees: 'included', margin: { initial: 0.1 }, limits: { maximumPositions: 1, cooldownAfterExit: 3_600e9 } });
    // Five nights with 10 units, of which Wednesday's counts three times, and five with 20, likewise.
    expect(attribution.funding).toBeCloseTo(0.1 * (10 * 7 + 20 * 7), 9);
    const shown = await zanzibar(['config', 'show', file]);
    expect(shown.out).toContain(`actions: ${join(folder.root, 'deep/actions.csv')}`);
  });
});

test.each([
  ['--rates', 'time,currency,rate\n2024-01-01,JPY,0.01\n2024-01-02,JPY,\n', 'row 1, column "rate": must be a positive number, was empty: what is absent is not zero'],
  ['--rates', 'time,currency,rate\n2024-01-01,JPY,0.01\n2024-01-01,JPY,0.02\n', 'row 1, column "time": times must ascend, was 2024-01-01 after 2024-01-01'],
  ['--rates', 'time,currency,rate\n2024-01-01,,0.01\n', 'row 0, column "currency": must be a currency such as EUR, was empty'],
  ['--rates', 'time,rate\n2024-01-01,1\n', 'column "currency": column is missing, the header names time, rate'],
  ['--rates', 'time,currency,rate,note\n2024-01-01,JPY,1,x\n', 'column "note": unknown column, known are time, currency, rate'],
  ['--borrow', 'time,instrument,rate\n2024-01-01,FLAT,-0.1\n', 'row 0, column "rate": must be a number of at least 0, was -0.1'],
  ['--borrow', 'time,instrument,rate\n2024-01-01,OTHER,0.1\n', 'column "instrument": is about OTHER, the run trades FLAT.FILE'],
  ['--swap', 'time,long,short\nyesterday,0,0\n', 'row 0, column "time"'],
  ['--funding', 'time,rate\n2024-01-01,0.1\n2024-01-02,nan\n', 'row 1, column "rate": must be a finite number, was nan'],
  ['--actions', 'time,kind,until,numerator\n2024-01-06,split,,2\n', 'row 0, column "kind": FLAT.FILE needs one row of the kind known'],
  ['--actions', 'time,kind,until,numerator\n2024-01-01,known,2024-02-01,\n2024-01-06,splits,,2\n', 'row 1, column "kind": must be one of known, split, dividend, roll, was splits'],
  ['--actions', 'time,kind,until,numerator\n2024-01-01,known,2024-02-01,\n2024-01-06,split,,1.5\n', 'row 1, column "numerator": must be a positive integer, was 1.5'],
  ['--actions', 'time,kind,until,numerator,amount\n2024-01-01,known,2024-02-01,,\n2024-01-06,dividend,,2,1\n', 'row 1, column "numerator": is not for rows of the kind dividend, was 2'],
  ['--actions', 'time,kind,until,amount\n2024-01-01,known,2024-01-05,\n2024-01-06,dividend,,1\n', 'row 1, column "time": must lie in what is known of FLAT.FILE'],
  ['--halts', 'time,until\n2024-01-02,2024-01-02\n', 'row 0, column "until": must be after 2024-01-02T00:00:00Z'],
  ['--instruments', 'instrument,kind\nFLAT,share\n', 'row 0: instrument FLAT.FILE: kind must be one of fx, spot, future, perpetual, cfd, equity, index, was share'],
  ['--instruments', 'instrument,tick\nFLAT,0\n', 'row 0, column "tick": must be a positive number, was 0'],
])('%s: a bad cell is one line that names file, row and column, and nothing is written', async (flag, text, message) => {
  const file = folder.write('bad.csv', text), before = folder.list();
  const { code, error } = await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--out', join(folder.root, 'never'), '--funding-every', '8h', flag, file].filter((word, k, all) => flag === '--funding' || !(word === '--funding-every' || all[k - 1] === '--funding-every')));
  expect([code, error.split('\n').length]).toEqual([2, 2]);
  expect(error).toContain(`${file}${message.startsWith('row') || message.startsWith('column') ? ', ' : ': '}${message}`);
  expect(folder.list()).toEqual(before);
});

test.each([
  [['--max-positions', '0'], '--max-positions must be a positive integer, was 0'], [['--cooldown', 'long'], '--cooldown'], [['--daily-loss', '100%'], '--daily-loss must be below 100%, was 100%'], [['--on-lock', 'close'], '--on-lock is about --daily-loss and --max-drawdown'],
  [['--margin', 'big'], '--margin must be a share such as 10%, or a leverage such as 10x, was big'], [['--maintenance', '1%'], '--maintenance needs --margin'], [['--margin', '5%', '--maintenance', '6%'], '--maintenance must be below 100% and at most --margin, was 6%'],
  [['--lots', 'lifo'], '--lots must be average or fifo, was lifo'], [['--funding', 'f.csv'], '--funding needs --funding-every TIME'], [['--funding-every', '8h'], '--funding-every needs --funding'], [['--swap-triple', 'friday'], '--swap-triple needs --swap'],
  [['--borrow', '-3'], '--borrow must be a share of at least 0'], [['--borrow', 'gone.csv'], 'gone.csv'], [['--conflict', 'both'], '--conflict must be ignore or accumulate'],
])('%j is a usage error that names the flag', async (flags, message) => {
  const { code, error } = await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', ...flags.map(flag => (flag === '-3' ? '-3' : flag))].map((word, k, all) => (all[k + 1] === '-3' ? `${word}=-3` : word)).filter(word => word !== '-3'));
  expect([code, error]).toEqual([2, expect.stringContaining(message)]);
});

describe('a run that is refused', () => {
  const out = join(folder.root, 'kept'), trials = join(folder.root, 'trials');
  /** Every file below the test's folder with its bytes. */
  const bytes = (): { [file: string]: string } => Object.fromEntries((readdirSync(folder.root, { recursive: true }) as string[]).sort().filter(file => statSync(join(folder.root, file)).isFile()).map(file => [file, readFileSync(join(folder.root, file)).toString('base64')]));
  const line = (...flags: string[]): string[] => ['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--calendar', '24x7', '--out', out, '--trials', trials, '--quiet', ...flags];
  const every8 = (count: number, without: number): string => `time,rate\n${Array.from({ length: count }, (_, k) => `${new Date(start + 8 * 3_600_000 * k).toISOString()},0.0001\n`).filter((_, k) => k !== without).join('')}`;
  const yen = (): string[] => ['--instruments', folder.write('yen.csv', 'instrument,quoteCurrency\nFLAT,JPY\n'), '--currency', 'USD'], funding = (text: string): string[] => ['--funding', folder.write('f.csv', text), '--funding-every', '8h'];

  test.each<readonly [what: string, flags: () => string[], message: string]>([
    ['a hole between rows of funding', () => funding(every8(31, 9)), 'row 9, column "time": funding of FLAT.FILE: no rate between 2024-01-03T16:00:00Z and 2024-01-04T08:00:00Z, where charges are 8h apart: what is absent is not zero'],
    ['an empty cell of funding', () => funding(every8(31, -1).replace('2024-01-02T00:00:00.000Z,0.0001', '2024-01-02T00:00:00.000Z,')), 'f.csv, row 3, column "rate": must be a finite number, was empty: what is absent is not zero'],
    ['funding that ends before the run', () => funding(every8(20, -1)), 'no rate between 2024-01-07T08:00:00Z and 2024-01-11T00:00:00.000000001Z'],
    ['a rate between currencies that is empty', () => [...yen(), '--rates', folder.write('r.csv', 'time,currency,rate\n2023-12-01,JPY,0.01\n2024-01-05,JPY,\n')], 'r.csv, row 1, column "rate": must be a positive number, was empty: what is absent is not zero'],
    ['a currency without a rate', yen, 'FLAT.FILE pays in JPY, the account is in USD: rates between currencies are missing, give `rates.JPY`'],
    ['a currency that the file of rates lacks', () => [...yen(), '--rates', folder.write('r.csv', 'time,currency,rate\n2023-12-01,EUR,1.1\n')], 'FLAT.FILE pays in JPY, the account is in USD: rates between currencies are missing, give `rates.JPY`'],
    ['rates that begin after the run', () => [...yen(), '--rates', folder.write('r.csv', 'time,currency,rate\n2024-01-05,JPY,0.01\n')], 'row 0, column "time": rates of JPY: begin at 2024-01-05T00:00:00Z, after the run, which begins at 2024-01-01T00:00:00Z'],
    ['borrow that begins after the run', () => ['--borrow', folder.write('b.csv', 'time,rate\n2024-01-05,0.01\n')], 'borrow of FLAT.FILE: rate: nothing is stated at 2024-01-01T00:00:00Z, the first row is of 2024-01-05T00:00:00Z'],
  ])('%s is named by place and value, and no byte on the disk changes', async (_, flags, message) => {
    if (!readdirSync(folder.root).includes('kept')) expect((await zanzibar(line())).code).toBe(0);
    const words = line(...flags()), before = bytes(), { code, error } = await zanzibar(words);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
    expect(bytes()).toEqual(before);
    expect(Object.keys(before).filter(file => file.startsWith('trials')).length).toBeGreaterThan(0);
  });

  test.each([
    ['a halted instrument', '--halts', 'time,until,instrument\n2024-01-01T00:30:00Z,2024-01-02,FLAT\n', 'trading in its instrument was halted'],
    ['an expired instrument', '--instruments', 'instrument,expires\nFLAT,2024-01-01T00:30:00Z\n', 'its instrument had expired'],
  ])('an order on %s is denied with its reason, and explain, which says why, changes nothing', async (what, flag, text, reason) => {
    const file = folder.write(`${flag.slice(2)}-denied.csv`, text), result = join(folder.root, `denied${flag}`);
    expect((await zanzibar(['backtest', buyer, '--data', flat, '--interval', '1h', '--time', 'open', '--trials', 'none', '--quiet', '--out', result, flag, file])).code, what).toBe(0);
    const before = bytes(), { code, out: said } = await zanzibar(['explain', result, '--order', '0', '--data', flat, '--interval', '1h', '--time', 'open', flag, file]);
    expect([code, said]).toEqual([0, expect.stringContaining(reason)]);
    expect(bytes()).toEqual(before);
  });
});
