/** `zanzibar data import`: files of any known format into a catalogue. */
import { makeGrid, putOnGrid } from '@zanzibar/core';
import { importFiles, presets, type CsvRecord, type PresetName } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { expandFiles } from './files.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';
import { defaultTick } from '../data/instruments.ts';
import { withFlags } from '../data/load-market.ts';
import { intervalOf } from './data-flags.ts';

const flags: Flags = {
  preset: { type: 'text', value: 'NAME', about: `format of the files: ${Object.keys(presets).join(', ')}` },
  root: { type: 'text', value: 'FOLDER', about: 'the catalogue; made where it does not exist (default data)' },
  venue: { type: 'text', value: 'NAME', about: 'where the data comes from, such as oanda; decides the zone of some formats' },
  symbol: { type: 'text', value: 'NAME', about: 'instrument, such as EURUSD' },
  tick: { type: 'text', value: 'PRICE', about: 'smallest price step (default: that of a known instrument)' },
  zone: { type: 'text', value: 'ZONE', about: 'time zone of the files: UTC, UTC-5, America/New_York' },
  record: { type: 'text', value: 'KIND', about: 'quotes, trades or bars, where no preset says it' },
  interval: { type: 'text', value: 'TIME', about: 'length of bars, such as 1m' },
  time: { type: 'text', value: 'open|close', about: 'which end of a bar its time labels' },
  price: { type: 'text', value: 'SIDE', about: 'which price bars hold, where the format does not say: bid, ask, mid or trade (default trade)' },
  layout: { type: 'text', value: 'TEMPLATE', about: "where the files of a new catalogue lie, such as '<date>/<SYMBOL>.parquet' (default kind=.../venue=.../symbol=.../date=.../part.parquet)" },
};

export const dataImportVerb: Verb = {
  help: helpText('data import FILE ... --venue NAME --symbol NAME', 'Reads files (zip, gz, csv, parquet, arrow, feather; folders are searched) into a catalogue of sorted Parquet files, one a UTC day. Importing again changes nothing.', flags, [
    'zanzibar data import ../shared/market/quotes/oanda-fx/eurusd --preset lean-tick --venue oanda --symbol EURUSD --root catalogue',
    'zanzibar bars --data data --every 1m --out out/sample.csv && zanzibar data import out/sample.csv --venue mine --symbol EURUSD --interval 1m --time open --root out/catalogue',
  ]),
  async run(argv, console, signal) {
    const given = parseFlags('data import', argv, flags), venue = given.text('venue'), symbol = given.text('symbol'), root = given.text('root') ?? 'data';
    if (given.words.length === 0) throw new UsageError('data import: name files or folders to import');
    if (venue === undefined || symbol === undefined) throw new UsageError('data import: --venue and --symbol are needed', '--venue --symbol');
    const price = given.text('price'), record = given.text('record');
    if (price !== undefined && !['bid', 'ask', 'mid', 'trade'].includes(price)) throw new UsageError(`data import: --price must be bid, ask, mid or trade, was ${price}`, '--price');
    if (record !== undefined && !['quotes', 'trades', 'bars'].includes(record)) throw new UsageError(`data import: --record must be quotes, trades or bars, was ${record}`, '--record');
    if (given.text('time') !== undefined && !/^(open|close)$/.test(given.text('time')!)) throw new UsageError(`data import: --time must be open or close, was ${given.text('time')}`, '--time');
    if (given.text('preset') !== undefined && !Object.hasOwn(presets, given.text('preset')!)) throw new UsageError(`data import: --preset must be one of ${Object.keys(presets).join(', ')}, was ${given.text('preset')}`, '--preset');
    intervalOf('data import', given, 'interval');
    const preset = given.text('preset'), files = await expandFiles(given.words), tick = given.number('tick') ?? defaultTick(symbol, venue), grid = makeGrid(tick);
    const { guessLayout } = await import('../data/guess-layout.ts');
    const layout = preset === undefined ? await guessLayout(files[0], { record: record as CsvRecord | undefined }) : {};
    const layoutOfFiles = given.text('layout'), time = given.text('time'), zone = given.text('zone'), interval = given.text('interval');
    const result = await importFiles({
      ...layout,
      ...(preset === undefined ? {} : { preset: preset as PresetName }),
      ...(zone === undefined ? {} : { timeZone: zone }),
      ...(interval === undefined ? {} : { interval }),
      ...(time === undefined ? {} : { time: time as 'open' | 'close' }),
      ...(price === undefined ? {} : { price }),
      ...(layoutOfFiles === undefined ? {} : { layout: layoutOfFiles }),
      root, files, venue, symbol, signal,
      onGrid: (column, _name, noise) => putOnGrid(column, grid, noise),
      onProgress: ({ filesDone, fileCount }) => console.progress('import', filesDone, fileCount),
    }).catch((error: unknown) => {
      throw withFlags(files[0], error);
    });
    console.line(`${result.rows} rows${result.isComplete ? ` of ${files.length} files` : ''} in ${result.written.length} files of ${root}`);
    if (result.offGrid > 0) console.line(`${result.offGrid} prices lie off the grid of ${tick} and were left as they are`);
    console.result({ root, venue, symbol, ...result });
    if (!result.isComplete) console.note('interrupted: what is in the manifest is whole; run it again for the rest');
    return result.isComplete ? exitCode.done : exitCode.interrupted;
  },
};
