/** `zanzibar enrich`: bars of several timeframes with the outputs of engines, as `EnrichedBar v1`. */
import { barSchema, makeGrid } from '@zanzibar/core';
import { writeArrow, writeParquet } from '@zanzibar/core/io';
import { loadMarkets } from '../data/load-market.ts';
import { enrichBars, type EnrichedTable, type EnrichNode } from '../enrich/enriched-bars.ts';
import { helpText, parseFlags, type Flags, type Parsed } from './arguments.ts';
import { dataFlags, loadOptions } from './data-flags.ts';
import { Interrupted } from './interrupted.ts';
import { engineOptions, knownEngines, readNames } from './known-engines.ts';
import { exitCode, type Verb } from './main.ts';
import { checkFiles } from './outputs.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  ...dataFlags,
  timeframes: { type: 'text', value: 'LIST', about: 'lengths of bars, such as 1m,5m,1h; a row of the result is a bar of the shortest' },
  engines: { type: 'text', value: 'LIST', about: 'engines over bars, such as rsi,atr14=atr,swings,structureBreaks, or over the quotes or trades of the data, such as orderFlowImbalance or vpin; `zanzibar engines` lists them' },
  set: { type: 'list', value: 'NODE.OPTION=VALUE', about: 'an option of an engine, such as atr14.period=14; NODE.READS=NODE, NODE/OUTPUT or a column of bars names what gives a table or column that it reads (default: the node of that name, or the usual engine)' },
  price: { type: 'text', value: 'SIDE', about: 'bid, ask, mid or trade (default: mid of quotes, trade of trades)' },
  float32: { type: 'switch', about: 'columns of engines as 32-bit floats: half the size, 7 digits; bars and events keep theirs' },
  out: { type: 'text', value: 'FILE', about: '.parquet, .arrow or .feather; events go beside it as FILE.events.ENDING' },
};

export const enrichVerb: Verb = {
  help: helpText(
    'enrich --data PATH --timeframes 1m,5m --engines atr,swings --out FILE',
    'Writes bars with the outputs of engines over several timeframes (EnrichedBar v1). A value of a longer timeframe stands from the bar on that closes with it or after it.',
    flags,
    ['zanzibar enrich --data data --symbol EURUSD --timeframes 1m,5m,1h --engines atr,rsi,swings,structureBreaks,fairValueGaps --out out/enriched.parquet', 'zanzibar enrich --data data --symbol EURUSD --timeframes 5m --engines fast=ema,slow=ema --set fast.period=12 --set slow.period=26 --out out/averages.arrow'],
  ),
  async run(argv, console, signal) {
    const given = parseFlags('enrich', argv, flags), out = given.text('out');
    if (given.words.length > 0) throw new UsageError(`enrich: ${given.words[0]} is too much, data is named by --data`, given.words[0]);
    if (out === undefined || !/\.(parquet|arrow|feather)$/.test(out)) throw new UsageError(`enrich: --out FILE ending in .parquet, .arrow or .feather is needed${out === undefined ? '' : `, was ${out}`}`, '--out');
    const timeframes = wordsOf(given, 'timeframes'), engines = enginesOf(given);
    await checkFiles('enrich', { out });
    const markets = await loadMarkets(loadOptions('enrich', given));
    if (markets.length !== 1) throw new UsageError(`enrich: name one instrument with --symbol, found ${markets.map(({ instrument }) => instrument.id).join(', ')}`, '--symbol');
    const [{ instrument, kind, columns }] = markets, grid = makeGrid(instrument.tick), allowed = kind === 'quotes' ? ['mid', 'bid', 'ask'] : kind === 'trades' ? ['trade'] : [], price = given.text('price');
    if (price !== undefined && !allowed.includes(price)) throw new UsageError(`enrich: --price must be ${allowed.join(' or ') || 'left out'} for ${kind}, was ${price}`, '--price');
    const { bars, events } = enrichBars(columns, { timeframes, engines, ticksPerUnit: grid.isGrid ? grid.denominator / grid.numerator : 0, ...(price === undefined ? {} : { price: price as 'bid' }) });
    if (signal.aborted) throw new Interrupted('interrupted: nothing was written');
    const beside = out.replace(/(\.[^.]+)$/, '.events$1');
    await write(out, given.has('float32') ? withSingles(bars) : bars, 'enrichedBars', { instrument: instrument.id });
    await write(beside, events, 'enrichedEvents', { instrument: instrument.id });
    const made = Object.keys(bars.schema).length;
    console.line(`${bars.length} bars of ${instrument.id} with ${made} columns in ${out}, ${events.length} events in ${beside}`);
    console.result({ instrument: instrument.id, bars: bars.length, columns: Object.keys(bars.schema), events: events.length, out, eventsOut: beside });
    return exitCode.done;
  },
};

function wordsOf(given: Parsed, flag: string): string[] {
  const words = (given.text(flag) ?? '').split(',').map(word => word.trim()).filter(Boolean);
  if (words.length === 0) throw new UsageError(`enrich: --${flag} LIST is needed`, `--${flag}`);
  return words;
}

function enginesOf(given: Parsed): { [node: string]: EnrichNode } {
  const engines: { [node: string]: EnrichNode } = {};
  for (const word of wordsOf(given, 'engines')) {
    const [node, name = node] = word.split('='), engine = Object.hasOwn(knownEngines, name) ? knownEngines[name] : undefined;
    if (engine === undefined) throw new UsageError(`enrich: there is no engine "${name}", \`zanzibar engines\` lists them`, '--engines');
    if (!/^[A-Za-z]\w*$/.test(node)) throw new UsageError(`enrich: a node's name must be letters and digits, was "${node}"`, '--engines');
    if (engines[node]) throw new UsageError(`enrich: ${node} is there twice, name one of them otherwise: other=${name}`, '--engines');
    const reads = readNames(engine), wires: { [name: string]: string } = {};
    for (const pair of given.list('set')) {
      const [place, value] = pair.split('='), name = reads.find(known => place === `${node}.${known}`);
      if (name !== undefined) wires[name] = value;
    }
    engines[node] = [engine, engineOptions('enrich', engine, given, `${node}.`, reads), wires];
  }
  for (const pair of given.list('set')) if (!Object.keys(engines).some(node => pair.startsWith(`${node}.`)) || !pair.includes('=')) throw new UsageError(`enrich: --set ${pair} is no NODE.OPTION=VALUE of ${Object.keys(engines).join(', ')}`, '--set');
  return engines;
}

/** The bars with what engines wrote as 32-bit floats. */
function withSingles({ schema, columns, texts, length }: EnrichedTable): EnrichedTable {
  const isOfEngine = (name: string): boolean => !(name in barSchema) && schema[name] === 'f64';
  return {
    schema: Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, isOfEngine(name) ? 'f32' : type])), texts, length,
    columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, isOfEngine(name) ? Float32Array.from(values as Float64Array) : values])),
  };
}

async function write(file: string, { schema, columns, texts, length }: EnrichedTable, record: string, metadata: { readonly [key: string]: string }): Promise<void> {
  if (file.endsWith('.parquet')) await writeParquet(file, { columns, texts, length }, { schema, record, metadata });
  else await writeArrow(file, { columns, texts, length, schema }, { record, metadata });
}
