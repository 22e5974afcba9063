/** Bad input, each with one clear error line that names file, row or option, exit code 2 and no half-written output. Oracle: the contract of the command line. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeParquet } from '@zanzibar/core/io';
import { barsText, quotesText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('bad'), strategy = folder.write('probe.mjs', strategyText()), good = folder.write('good.csv', barsText(200)), ticks = folder.write('ticks.csv', quotesText(9000));
const hourly = ['--interval', '1h', '--time', 'open', '--trials', 'none'], outputs = join(folder.root, 'never');

/** Fails with exit code 2, one line on standard error, and nothing written. */
async function refused(argv: readonly string[], message: RegExp): Promise<void> {
  const before = folder.list(), { code, out, error } = await zanzibar(argv), lines = error.trimEnd().split('\n').filter(line => !/^\w+: \d+ %/.test(line));
  expect(lines.join('\n')).toMatch(message);
  expect(lines).toHaveLength(1);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(folder.list()).toEqual(before);
}

const backtest = (data: string, ...more: string[]): string[] => ['backtest', strategy, '--data', data, '--out', outputs, '--report', join(outputs, 'report.html'), ...hourly, ...more];
const row = (text: string, line: number, change: (line: string) => string): string => text.split('\n').map((each, k) => (k === line ? change(each) : each)).join('\n');

describe('files', () => {
  const csv = barsText(50);
  const cases: [name: string, file: string, content: string | Uint8Array, message: RegExp][] = [
    ['an empty CSV file', 'empty.csv', '', /empty\.csv.*empty/],
    ['a header without rows', 'header.csv', 'time,open,high,low,close,volume\n', /header\.csv.*no rows/],
    ['a CSV file that is cut off inside a row', 'cut.csv', csv.slice(0, -30), /cut\.csv, row 49/],
    ['a truncated gz file', 'cut.csv.gz', gzipSync(csv).subarray(0, 400), /cut\.csv\.gz/],
    ['something else under the name of a zip', 'no.zip', 'hello', /no\.zip/],
    ['a Parquet file of four bytes', 'four.parquet', 'PAR1', /four\.parquet/],
    ['a file without prices', 'schema.csv', 'time,colour\n2024-01-01T00:00:00Z,red\n', /schema\.csv.*neither quotes .* nor bars/],
    ['a file without times', 'timeless.csv', 'open,high,low,close\n1,1,1,1\n', /timeless\.csv.*no time column/],
    ['a file without a header', 'bare.csv', '2024-01-01,1,1,1,1\n', /bare\.csv.*no header line/],
    ['bars in no order', 'unsorted.csv', row(csv, 7, () => csv.split('\n')[3]), /unsorted\.csv, row 6/],
    ['a price that is no number', 'word.csv', row(csv, 4, line => line.replace(/,[\d.]+,/, ',much,')), /word\.csv, row 3, column "open"/],
    ['a missing price', 'nan.csv', row(csv, 4, line => line.replace(/,[\d.]+,/, ',NaN,')), /nan\.csv, row 3, column "open"/],
    ['a negative price', 'minus.csv', row(csv, 4, line => line.replace(/,([\d.]+),/, ',-$1,')), /minus\.csv, row 3, column "open": -.*must be above 0/],
    ['a huge price', 'huge.csv', row(csv, 4, line => line.replace(/,[\d.]+,/, ',1e300,')), /huge\.csv, row 3, column "open"/],
    ['a negative volume', 'volume.csv', row(csv, 4, line => line.replace(/,[\d.]+$/, ',-5')), /volume\.csv, row 3, column "volume": -5/],
    ['two symbols in one file', 'mixed.csv', `symbol,${csv.split('\n')[0]}\nA,${csv.split('\n')[1]}\nB,${csv.split('\n')[2]}\n`, /mixed\.csv, row 1, column "symbol": .*B/],
    ['a time that is none', 'time.csv', row(csv, 4, line => line.replace(/^[^,]+/, 'yesterday')), /time\.csv, row 3/],
  ];
  test.each(cases)('%s', async (_, name, content, message) => {
    await refused(backtest(folder.write(name, content)), message);
  });

  test('a Parquet file that is cut off', async () => {
    const whole = join(folder.root, 'whole.parquet');
    await writeParquet(whole, { columns: { time: BigInt64Array.from({ length: 500 }, (_, i) => BigInt(i)), price: new Float64Array(500).fill(1) } }, { schema: { time: 'i64', price: 'f64' }, record: 'trades' });
    const bytes = readFileSync(whole);
    await refused(backtest(folder.write('half.parquet', bytes.subarray(0, bytes.length - 60))), /half\.parquet/);
  });

  test('bars that state neither their length nor which end their time labels', async () => {
    await refused(['backtest', strategy, '--data', good, '--trials', 'none'], /good\.csv: .*--interval 1m.*--time open or --time close/);
    await refused(['backtest', strategy, '--data', good, '--interval', '1h', '--trials', 'none'], /good\.csv: .*--time open or --time close/);
  });

  test('a file that is not there, a folder that is no catalogue, a folder without files', async () => {
    await refused(backtest(join(folder.root, 'nowhere.csv')), /nowhere\.csv.*no such file or folder/);
    mkdirSync(join(folder.root, 'bare'));
    await refused(backtest(join(folder.root, 'bare')), /bare.*no catalogue/);
    await refused(['data', 'import', join(folder.root, 'bare'), '--venue', 'x', '--symbol', 'Y'], /no files/);
    await refused(['data', 'import', join(folder.root, 'nowhere'), '--venue', 'x', '--symbol', 'Y'], /there is no file or folder/);
    await refused(['data', 'inspect', join(folder.root, 'nowhere')], /there is no file or folder/);
    await refused(['report', join(folder.root, 'nowhere')], /nowhere/);
    await refused(['backtest', join(folder.root, 'nowhere.mjs'), '--data', good], /there is no strategy file/);
  });

  test('an import that fails in one file leaves a catalogue that holds the files before it and nothing of the bad one', async () => {
    const root = join(folder.root, 'catalogue'), bad = folder.write('b.csv', row(barsText(50), 4, line => line.replace(/,([\d.]+),/, ',-$1,')));
    const { code, error } = await zanzibar(['data', 'import', good, bad, '--venue', 'x', '--symbol', 'Y', '--root', root, '--interval', '1h', '--time', 'open']);
    expect(code).toBe(2);
    expect(error).toMatch(/b\.csv, row 3, column "open"/);
    expect((await zanzibar(['data', 'check', root])).code).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')).files.every((file: { sources: { name: string }[] }) => file.sources.every(({ name }) => name === 'good.csv'))).toBe(true);
    expect(folder.list().filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  test('an engine over a file: unsorted is the engine\'s business, fields that are missing or too many are not', async () => {
    await refused(['engine', 'sma', '--data', folder.write('ragged.csv', 'time,close\n2024-01-01,1\n2024-01-02\n')], /ragged\.csv, row 1: has 1 fields, the header names 2/);
    await refused(['engine', 'sma', '--data', folder.write('twice.csv', 'close,Close\n1,1\n')], /twice\.csv, column "close"/);
    await refused(['engine', 'sma', '--data', folder.write('number.csv', 'close\n1\nx\n')], /number\.csv, row 1, column "close": must be a number, was x/);
    await refused(['engine', 'atr', '--data', folder.write('onlyclose.csv', 'close\n1\n2\n')], /atr needs a column "high", .*onlyclose\.csv has close/);
  });
});

describe('words and flags', () => {
  const cases: [name: string, argv: string[], message: RegExp][] = [
    ['an unknown flag', backtest(good, '--colour', 'red'), /--colour/],
    ['an unknown symbol', backtest(good, '--symbol', 'A', '--symbol', 'B'), /1 files need 1 symbols.*A, B/],
    ['an unknown parameter', backtest(good, '--set', 'speed=3'), /probe has no parameter "speed"/],
    ['a --set without a value', backtest(good, '--set', 'speed'), /--set wants NAME=VALUE/],
    ['an amount of cash that is none', backtest(good, '--cash', 'much'), /--cash must be a number, was much/],
    ['negative cash', backtest(good, '--cash=-5'), /--cash must be at least 0/],
    ['a latency without a unit', backtest(good, '--latency', '50'), /--latency/],
    ['a size that is none', backtest(good, '--size', 'risk:5'), /--size must be 1000, 10% or risk:1%/],
    ['a fill rule that is none', backtest(good, '--fill-at', 'now'), /--fill-at must be nextEvent or sameClose, was now/],
    ['a calendar that is none', backtest(good, '--calendar', 'mars'), /"mars" is unknown, known are/],
    ['a preset that is none', backtest(good, '--preset', 'lean'), /preset must be one of .*lean-tick.*, was lean/],
    ['a quality rule that is none', backtest(good, '--quality', 'odd=drop'), /there is no rule "odd"/],
    ['a quality action that is none', backtest(good, '--quality', 'crossed=burn'), /crossed must be one of keep, drop, fail, repair, was burn/],
    ['a cut that is none', backtest(good, '--cut', 'moon=1'), /--cut knows gap=TIME and nanRun=ROWS/],
    ['a time that is none', backtest(good, '--from', 'monday'), /--from: .*"monday"/],
    ['a time outside of the data', backtest(good, '--from', '2030-01-01'), /good\.csv has no bars from 2030-01-01T00:00:00Z .*its rows go from 2024-01-01T00:00:00Z to/],
    ['an end before the data', backtest(good, '--to', '2020-01-01'), /good\.csv has no bars until 2020-01-01T00:00:00Z/],
    ['an end before the start', backtest(good, '--from', '2024-01-03', '--to', '2024-01-02'), /the end must be after the start/],
    ['a second strategy', backtest(good, strategy), /is too much/],
    ['bars of ticks from bars', ['bars', '--data', good, '--interval', '1h', '--time', 'open', '--every', '10ticks'], /need ticks/],
    ['a length of bars that is none', ['bars', '--data', ticks, '--every', 'often'], /--every/],
    ['a price that quotes lack', ['bars', '--data', ticks, '--every', '1m', '--price', 'trade'], /--price must be mid or bid or ask for quotes, was trade/],
    ['an output that is neither Parquet nor CSV', ['bars', '--data', ticks, '--every', '1m', '--out', 'bars.xlsx'], /--out must end in \.parquet, \.arrow, \.feather or \.csv/],
    ['an unknown engine', ['engine', 'magic', '--data', good], /there is no engine "magic", known are .*atr/],
    ['an unknown option of an engine', ['engine', 'sma', '--data', good, '--set', 'length=3'], /sma: unknown option "length", known are period/],
    ['an option of an engine out of range', ['engine', 'sma', '--data', good, '--set', 'period=0.5'], /sma: period must be a positive integer, was 0\.5/],
    ['an option of an engine that is no number', ['engine', 'sma', '--data', good, '--set', 'period=long'], /period must be a number, was long/],
    ['an option for a table that is not read', ['engine', 'sma', '--data', good, '--set', 'swings.left=3'], /sma reads no table "swings"/],
    ['a rule that is none', ['data', 'check', good, '--interval', '1h', '--time', 'open', '--fail', 'odd'], /there is no rule "odd"/],
    ['a rule that cannot be looked for', ['data', 'check', ticks, '--look', 'gap'], /--look knows jump, volume, duplicate and bounds=LEAST\.\.MOST, was gap/],
    ['bounds that are none', ['data', 'check', ticks, '--look', 'bounds=2..1'], /--look knows .*was bounds=2\.\.1/],
    ['an unknown action', ['data', 'burn'], /there is no action "burn"/],
    ['an unknown action of config', ['config', 'burn'], /there is no action "burn"/],
    ['seeds that are no number of runs', ['lookahead', strategy, '--data', good, '--interval', '1h', '--time', 'open', '--seeds', '-1'], /--seeds/],
  ];
  test.each(cases)('%s', (_, argv, message) => refused(argv, message));

  test('an instrument that a catalogue lacks, and one that several venues have', async () => {
    const root = join(folder.root, 'two'), backtest = (data: string, ...more: string[]): string[] => ['backtest', strategy, '--data', data, '--out', outputs, '--trials', 'none', ...more];
    for (const venue of ['a', 'b']) expect((await zanzibar(['data', 'import', good, '--venue', venue, '--symbol', 'X', '--root', root, '--interval', '1h', '--time', 'open'])).code).toBe(0);
    await refused(backtest(root), /two holds several instruments, name one with --symbol: X\.A, X\.B/);
    await refused(backtest(root, '--symbol', 'Y'), /there is no instrument Y, there are X\.A, X\.B/);
    await refused(backtest(root, '--symbol', 'X'), /X is there from several venues, name one: X\.A, X\.B/);
    await refused(backtest(root, '--symbol', 'X.A', '--symbol', 'X.A'), /X\.A is given twice/);
    await refused(backtest(root, '--symbol', 'X.A', '--record', 'quotes'), /two has no quotes of X\.A, it has bars/);
    await refused(backtest(root, '--symbol', 'X.A', '--time', 'open'), /--time: about files only, .*two is a catalogue/);
    await refused(backtest(root, '--symbol', 'X.A', '--interval', '5m'), /two has no bars of 5m for X\.A, it has 1h/);
    await refused(backtest(root, '--symbol', 'X.A', '--symbol', 'X.B'), /source "h1" must name its instrument, one of X\.A, X\.B/);
  });

  test('under --json the same error is one envelope on standard output', async () => {
    const { code, out, error } = await zanzibar(backtest(folder.write('minus2.csv', row(barsText(50), 4, line => line.replace(/,([\d.]+),/, ',-$1,'))), '--json'));
    expect(code).toBe(2);
    expect(error).toMatch(/^error: .*minus2\.csv, row 3/m);
    expect(JSON.parse(out)).toMatchObject({ schema: 'zanzibar-envelope', ok: false, error: { code: 'DataError', place: { row: 3, column: 'open' } } });
  });
});

describe('strategies', () => {
  const of = (name: string, text: string): string[] => ['backtest', folder.write(name, text), '--data', good, '--out', outputs, ...hourly];

  test('one that throws is named with its source, row and time', async () => {
    await refused(of('throws.mjs', strategyText({ decide: 'if (now.row === 3) undefined.price;' })), /^error: probe: h1 row 3 \(2024-01-01T04:00:00\.000Z\): Cannot read properties of undefined/);
  });

  test('one that throws in sources, engines or init is named with that part', async () => {
    await refused(of('sources.mjs', strategyText({ sources: 'missing' })), /probe: sources: missing is not defined/);
    await refused(of('engines.mjs', strategyText({ more: 'engines() { throw new Error("no engines today"); }' })), /probe: engines: no engines today/);
    await refused(of('init.mjs', strategyText().replace('init: parameters => ({ ...parameters })', 'init() { return null.x; }')), /probe: init: Cannot read/);
  });

  test('one with a syntax error, one that is none, one that imports what is not there', async () => {
    await refused(of('syntax.mjs', 'export default {\n'), /syntax\.mjs cannot be loaded/);
    await refused(of('none.mjs', 'export const answer = 42;\n'), /none\.mjs exports no strategy/);
    await refused(of('import.mjs', "import './gone.mjs';\n"), /import\.mjs cannot be loaded/);
  });

  test('one that wants an instrument, a price or an interval that the data lacks', async () => {
    await refused(of('other.mjs', strategyText({ sources: "({ h1: { kind: 'bars', interval: 3600e9, price: 'mid', instrument: 'GOLD' } })" })), /source "h1" wants instrument GOLD, data has GOOD\.FILE/);
    await refused(of('ask.mjs', strategyText({ sources: "({ h1: { kind: 'bars', interval: 3600e9, price: 'ask' } })" })), /source "h1" wants bars of the ask, but GOOD\.FILE has bars only/);
    await refused(of('minute.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })" })), /source "m1": bars of 1m cannot be made of GOOD\.FILE's bars of 1h/);
  });

  test('sizes that are no number are denied orders, and the run goes on', async () => {
    const { code, out } = await zanzibar([...of('nan.mjs', strategyText({ decide: 'if (now.kind === "bar" && (now.base + now.row) % 10 === 0) { actions.market(1, NaN); actions.market(1, 1); }' })).filter(word => word !== '--out' && word !== outputs), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).data.rows).toMatchObject({ orders: 40, fills: 20 });
  });
});

describe('outputs', () => {
  test('a report at the place of a folder, below a file, and a result in a folder of other things are refused before the run', async () => {
    const home = join(folder.root, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'thesis.txt'), 'years of work');
    await refused(['backtest', strategy, '--data', good, ...hourly, '--report', home], /--report must be a file, .*home is a folder/);
    await refused(['backtest', strategy, '--data', good, ...hourly, '--report', join(good, 'report.html')], /--report: .*good\.csv is no folder/);
    await refused(['backtest', strategy, '--data', good, ...hourly, '--out', home], /--out .*home is not empty and no result \(it has thesis\.txt\)/);
    await refused(['backtest', strategy, '--data', good, ...hourly, '--out', good], /--out must be a folder, .*good\.csv is a file/);
    await refused(['engine', 'sma', '--data', good, '--out', join(good, 'sma.csv')], /--out: .*good\.csv is no folder/);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written to (skipped for root, who may write everywhere)', async () => {
    const locked = join(folder.root, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    await refused(['backtest', strategy, '--data', good, ...hourly, '--out', join(locked, 'result')], /--out: the folder .*locked may not be written to/);
    await refused(['backtest', strategy, '--data', good, ...hourly, '--report', join(locked, 'report.html')], /may not be written to/);
  });

  test('nothing of all this left a result', () => {
    expect(existsSync(outputs)).toBe(false);
  });
});
