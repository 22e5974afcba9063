/**
 * Every public engine over seeded markets, batch and row by row, as SHA-256 of each output: run by Node and by a browser over the same built modules.
 *
 * Plain JavaScript, because the browser reads this file as it stands.
 */
import * as core from '@zanzibar/core';
import * as engines from '@zanzibar/engines';

/** Engines that want a fitted model or an ephemeris, which no seeded market holds. */
const isFitted = ({ defaults }) => ['model', 'calibration', 'ephemeris'].some((option) => option in defaults);
/** What an engine cannot run without: the tick of the prices, a threshold. */
const optionsOf = ({ name, defaults }, isBars) => ({
  ...('tick' in defaults && name !== 'cleanTicks' ? { tick: isBars ? 0.01 : 0.00001 } : {}),
  ...(name === 'cumulativeSumChanges' ? { threshold: 0.001 } : {}),
});

const isEngine = (value) => typeof value === 'function' && 'spec' in value;

/** Digests by `engine.output`; `rows` counts what they cover. */
export function figures() {
  const { quotes } = core.generateMarket({ seed: 20261121, days: 1, quotesPerDay: 6000, tradesPerDay: 2000 });
  const side = Int8Array.from(quotes.time, (_, row) => (row % 3) - 1), ticks = { ...quotes, price: quotes.bid, size: quotes.bidSize, side };
  const bars = core.generateBars({ seed: 20261121, count: 3000 }), sources = [bars, ticks], digests = {};
  let rows = 0;
  const digest = (name, schema, table, length) => {
    rows += length;
    for (const column in schema) {
      // A column that the driver does not have is absent; texts are names that it gives.
      if (table[column] === undefined || schema[column] === 'text') continue;
      const hasher = new core.ColumnHasher(column, schema[column]);
      hasher.update(table[column], 0, length);
      digests[`${name}.${column}`] = core.hexadecimal(hasher.digest());
    }
  };
  const all = [...Object.entries(core), ...Object.entries(engines)].filter(([, value]) => isEngine(value)).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, engine] of all) {
    const { input, aligned = {}, appended = {}, reads } = engine.spec, source = sources.find((columns) => Object.keys(input).every((column) => column in columns));
    if (reads !== undefined || source === undefined || isFitted(engine.spec)) continue;
    const length = Object.values(source)[0].length, options = optionsOf(engine.spec, source === bars), output = engine(source, options);
    digest(name, aligned, output, length);
    for (const table in appended) digest(`${name}.${table}`, appended[table], output[table], output[table].length);
    // Row by row, the last row of what is aligned.
    const stream = engine.stream(options);
    let last = {};
    for (let row = 0; row < length; row++) last = stream.push(Object.fromEntries(Object.entries(source).map(([column, values]) => [column, values[row]])));
    for (const column in aligned) if (!Object.is(last[column], output[column][length - 1])) throw new Error(`${name}.${column}: live and batch differ`);
  }
  const pipeline = core.combine({
    m5: [core.timeBars, 'quotes', { interval: 300e9 }],
    swings: [engines.swings, 'm5.bars', { left: 2, right: 2 }],
    breaks: [engines.structureBreaks, 'm5.bars', {}, { swings: 'swings.events' }],
  });
  const { m5, breaks } = pipeline({ quotes });
  digest('m5', core.barSchema, m5.bars, m5.bars.length);
  digest('breaks', engines.structureBreaks.spec.appended.events, breaks.events, breaks.events.length);
  return { digests, rows };
}
