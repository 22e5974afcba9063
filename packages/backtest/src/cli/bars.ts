/** `zanzibar bars`: bars of ticks, or longer bars of bars, into a file. */
import { barsOfBars, barSchema, formatInterval, makeGrid, parseInterval, recordSchema, timeBars, type ColumnArray, type Schema } from '@zanzibar/core';
import { replaceText, writeArrow, writeParquet } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { barWords, parseBarSize } from './bar-size.ts';
import { dataFlags, intervalOf, loadOptions } from './data-flags.ts';
import { loadMarkets } from '../data/load-market.ts';
import { Interrupted } from './interrupted.ts';
import { exitCode, type Verb } from './main.ts';
import { checkFiles } from './outputs.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  ...dataFlags,
  every: { type: 'text', value: 'TIME|SIZE', about: `length of a bar: 1s, 1m, 1h, 1d; or a number and what is counted: ${barWords.map(word => `100${word}`).join(', ')} (range and renko in price units, imbalance and run bars by the ticks expected in the first)` },
  price: { type: 'text', value: 'SIDE', about: 'bid, ask, mid or trade (default: mid of quotes, trade of trades)' },
  out: { type: 'text', value: 'FILE', about: '.parquet, .arrow, .feather or .csv' },
};

export const barsVerb: Verb = {
  help: helpText('bars --data PATH --every 1m --out FILE', 'Makes bars. A tick at a boundary belongs to the next bar; an empty interval makes no bar.', flags, ['zanzibar bars --data data --every 5m --price mid --out out/bars.parquet', 'zanzibar bars --data data --every 0.0005renko']),
  async run(argv, console, signal) {
    const given = parseFlags('bars', argv, flags), every = given.text('every'), out = given.text('out');
    if (every === undefined) throw new UsageError('bars: --every is needed, such as 1m or 100ticks', '--every');
    const size = parseBarSize(every);
    if (size === undefined) intervalOf('bars', given, 'every');
    if (given.words.length > 0) throw new UsageError(`bars: ${given.words[0]} is too much, data is named by --data`, given.words[0]);
    if (out !== undefined && !/\.(parquet|arrow|feather|csv)$/.test(out)) throw new UsageError(`bars: --out must end in .parquet, .arrow, .feather or .csv, was ${out}`, '--out');
    await checkFiles('bars', { out });
    const markets = await loadMarkets(loadOptions('bars', given));
    if (markets.length !== 1) throw new UsageError(`bars: name one instrument with --symbol, found ${markets.map(({ instrument }) => instrument.id).join(', ')}`, '--symbol');
    const [{ instrument, kind, columns, interval }] = markets, grid = makeGrid(instrument.tick);
    const allowed = kind === 'quotes' ? ['mid', 'bid', 'ask'] : ['trade'], stated = given.text('price') ?? allowed[0];
    if (!allowed.includes(stated)) throw new UsageError(`bars: --price must be ${allowed.join(' or ')} for ${kind}, was ${stated}`, '--price');
    if (signal.aborted) throw new Interrupted('interrupted: nothing was written');
    const price = stated as 'bid' | 'ask' | 'mid' | 'trade', ticksPerUnit = grid.isGrid ? grid.denominator / grid.numerator : 0;
    let made: { readonly bars: any };
    if (size) {
      if (kind === 'bars') throw new UsageError('bars: bars of anything but time need ticks, the data has bars', '--every');
      made = size.make(columns, { price, ticksPerUnit });
    } else if (kind === 'bars') {
      if (interval !== undefined && parseInterval(every) % interval !== 0) throw new UsageError(`bars: ${every} is no multiple of the data's ${formatInterval(interval)}`, '--every');
      made = barsOfBars(columns as never, { interval: parseInterval(every) });
    } else made = timeBars(columns as never, { interval: parseInterval(every), price, ticksPerUnit });
    const { bars } = made, schema: Schema = recordSchema('bars');
    if (out?.endsWith('.csv')) {
      const names = Object.keys(barSchema), lines = [names.join(',')];
      for (let i = 0; i < bars.length; i++) lines.push(names.map(name => String(bars[name][i])).join(','));
      await replaceText(out, `${lines.join('\n')}\n`);
    } else if (out !== undefined) {
      const table = { columns: Object.fromEntries(Object.keys(schema).map(name => [name, bars[name] as ColumnArray])), length: bars.length };
      if (out.endsWith('.parquet')) await writeParquet(out, table, { schema, record: 'bars' });
      else await writeArrow(out, { ...table, schema }, { record: 'bars' });
    }
    console.line(`${bars.length} bars of ${every} (${price}) from ${columns.time?.length ?? columns.closeTime?.length} rows of ${instrument.id}${out === undefined ? '; --out FILE writes them' : ` in ${out}`}`);
    console.result({ instrument: instrument.id, every, price, bars: bars.length, out: out ?? null });
    return exitCode.done;
  },
};
