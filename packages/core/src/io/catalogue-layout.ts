/** Where the files of a catalogue lie: our own layout, or a path template such as `<date>/<SYMBOL>.parquet`. */
import { pathPart, seriesPath } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';

const names = ['date', 'symbol', 'SYMBOL', 'kind', 'venue', 'interval', 'price'] as const;
type Name = (typeof names)[number];

/** Verifies a path template. Errors: RangeError that names what is wrong with it. */
export function checkLayout(layout: string): void {
  const used = Array.from(layout.matchAll(/<([^>]*)>/g), ([, name]) => name);
  const wrong = used.find((name) => !names.includes(name as Name));
  if (wrong !== undefined)
    throw new RangeError(`layout: there is no <${wrong}>, known are ${names.map((name) => `<${name}>`).join(', ')}; the layout was ${layout}`);
  if (!used.includes('date') || !(used.includes('symbol') || used.includes('SYMBOL')))
    throw new RangeError(`layout: <date> and <symbol> or <SYMBOL> are needed, the layout was ${layout}`);
  const parts = layout.split('/');
  if (!layout.endsWith('.parquet') || parts.some((part) => part === '' || part === '.' || part === '..') || /[\\:]/.test(layout))
    throw new RangeError(`layout: must be a path inside the catalogue that ends with .parquet, was ${layout}`);
}

/** The path of a series' file; `partition` is `date=2014-05-01`, or `year=2014` in our own layout. */
export function filePath(layout: string | undefined, key: SeriesKey, partition: string): string {
  if (layout === undefined) return `${seriesPath(key)}/${partition}/part.parquet`;
  const { kind, venue, symbol, interval = '', price = '' } = key;
  const values: { readonly [N in Name]: string } = {
    date: partition.slice('date='.length),
    symbol: pathPart(symbol),
    SYMBOL: pathPart(symbol.toUpperCase()),
    kind,
    venue: pathPart(venue),
    interval,
    price: pathPart(price),
  };
  return layout.replace(/<([^>]*)>/g, (_, name: Name) => values[name]);
}

/** The last UTC date that the path of a file stands for; undefined for a path that no file of the catalogue has. */
export function dateOfPath(layout: string | undefined, path: string): string | undefined {
  if (layout === undefined) {
    const parts = /^kind=[a-z]+\/venue=[^/]+\/symbol=[^/]+\/(?:interval=[^/]+\/price=[^/]+\/)?(?:date=(\d{4}-\d\d-\d\d)|year=(\d{4}))\/part\.parquet$/.exec(path);
    return parts ? (parts[1] ?? `${parts[2]}-12-31`) : undefined;
  }
  const pattern = layout
    .split(/(<[^>]*>)/)
    .map((part) => (part === '<date>' ? '(\\d{4}-\\d\\d-\\d\\d)' : part.startsWith('<') ? '[^/]*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).exec(path)?.[1];
}
