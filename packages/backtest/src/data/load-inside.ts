/** The ticks of which the bars of a run were made, from catalogues and files beside them. */
import { stat } from 'node:fs/promises';
import { loadMarkets, type LoadedMarket, type LoadedTicks, type LoadOptions } from './load-market.ts';

/**
 * Gives each market of bars the ticks of its instrument: a catalogue is asked for every market, a file belongs to the only one, or to the one of its name.
 *
 * Errors: RangeError for a market that is no bars, ticks of an instrument that does not trade, a market without any; what `loadMarkets` throws.
 */
export async function loadInside(paths: readonly string[], markets: readonly LoadedMarket[], { from, to, zone, tick, calendar }: LoadOptions): Promise<LoadedMarket[]> {
  for (const { kind, instrument: { id } } of markets) if (kind !== 'bars') throw new RangeError(`--inside is about bars, the data of ${id} are ${kind}`);
  const given = Object.fromEntries(Object.entries({ from, to, tick, calendar }).filter(([, value]) => value !== undefined)), names = markets.map(nameOf), ticks: (LoadedTicks | undefined)[] = markets.map(() => undefined);
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true, isOnly = markets.length === 1;
    const loaded = await loadMarkets({ ...given, data: [path], ...(isFolder || isOnly ? { symbols: names } : {}), ...(isFolder || zone === undefined ? {} : { zone }) });
    for (const [k, { kind, instrument: { id }, columns, days }] of loaded.entries()) {
      const place = isFolder || isOnly ? k : names.findIndex(name => symbolOf(name) === symbolOf(id));
      if (kind === 'bars') throw new RangeError(`${path}: --inside wants quotes or trades, its rows are bars`);
      if (place < 0) throw new RangeError(`${path}: its ticks are of ${id}, the bars are of ${names.join(', ')}`);
      if (ticks[place] !== undefined) throw new RangeError(`${path}: ticks of ${names[place]} are given twice`);
      ticks[place] = { kind, columns, days };
    }
  }
  return markets.map((market, k) => {
    const own = ticks[k];
    if (own === undefined) throw new RangeError(`--inside has no ticks of ${names[k]}`);
    return { ...market, ticks: own };
  });
}

/** What a catalogue knows the instrument by: bars of a file do not say whose they are. */
function nameOf({ instrument: { id } }: LoadedMarket): string {
  return id.endsWith('.FILE') ? symbolOf(id) : id;
}

function symbolOf(id: string): string {
  return id.split('.')[0];
}
