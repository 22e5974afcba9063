/** What a manifest must be for its entries to be used: nothing in it is trusted before. */
import { DataError } from '../errors.ts';
import { parseTime } from '../time.ts';
import type { Manifest } from './catalogue-manifest.ts';
import { checkLayout } from './catalogue-layout.ts';
import { seriesPath } from './catalogue-series.ts';
import type { SeriesKey } from './catalogue-series.ts';

/** Verifies every entry of a manifest. Errors: DataError with the file, the position of the entry and what is wrong with it. */
export function checkManifest(file: string, { files, layout }: Manifest): void {
  if (layout !== undefined) reworded({ file }, () => checkLayout(text('layout', layout)));
  const paths = new Set<string>();
  files.forEach((entry: unknown, row) => {
    reworded({ file, row }, () => checkEntry(entry));
    const { path } = entry as { path: string };
    if (paths.has(path)) throw new DataError(`names ${path} twice`, { file, row });
    paths.add(path);
  });
}

function checkEntry(entry: unknown): void {
  const { path, kind, venue, symbol, interval, price, rows, firstTime, lastTime, sha256, compression, sources, days, next } = object('an entry', entry);
  const inside = text('path', path).split('/');
  // A path that leads out of the catalogue would have us read, replace or delete the files of others.
  if (inside.some((part) => part === '' || part === '.' || part === '..') || /[\\\0]|^[a-zA-Z]:/.test(path as string))
    throw new RangeError(`${String(path)} is no path inside the catalogue`);
  for (const [name, value] of Object.entries({ interval, price, compression })) if (value !== undefined) text(name, value);
  seriesPath({ kind: text('kind', kind), venue: text('venue', venue), symbol: text('symbol', symbol), interval, price } as SeriesKey);
  const total = count('rows', rows),
    first = time('firstTime', firstTime),
    last = time('lastTime', lastTime);
  if (last < first) throw new RangeError(`lastTime ${last} lies before firstTime ${first}`);
  hash('sha256', sha256);
  let sourceRows = 0,
    dayRows = 0,
    before = '';
  for (const each of list('sources', sources)) {
    const source = object('a source', each);
    text('name of a source', source.name);
    hash('sha256 of a source', source.sha256);
    sourceRows += count('rows of a source', source.rows);
  }
  for (const each of list('days', days)) {
    const day = object('a day', each),
      date = text('date', day.date);
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new RangeError(`date must be a day such as 2014-05-01, was ${date}`);
    parseTime(date);
    if (date <= before) throw new RangeError(`date ${date} does not come after ${before}`);
    before = date;
    hash('digest', day.digest);
    dayRows += count('rows of a day', day.rows);
  }
  if (next !== undefined) {
    if (object('next', next).path !== path || (next as { next?: unknown }).next !== undefined) throw new RangeError('next must be an entry of the same file');
    checkEntry(next);
  }
  if (sourceRows !== total || dayRows !== total) throw new RangeError(`has ${total} rows, its sources ${sourceRows}, its days ${dayRows}`);
}

function object(what: string, value: unknown): { readonly [field: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${what} must be an object, was ${JSON.stringify(value)}`);
  return value as { readonly [field: string]: unknown };
}

function list(what: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${what} must be a list, was ${JSON.stringify(value)}`);
  return value;
}

function text(what: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new RangeError(`${what} must be a text, was ${JSON.stringify(value)}`);
  return value;
}

function count(what: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw new RangeError(`${what} must be a positive whole number, was ${JSON.stringify(value)}`);
  return value as number;
}

function hash(what: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new RangeError(`${what} must be 64 hexadecimal digits, was ${JSON.stringify(value)}`);
}

function time(what: string, value: unknown): bigint {
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value) || BigInt.asIntN(64, BigInt(value)) !== BigInt(value))
    throw new RangeError(`${what} must be nanoseconds as text, was ${JSON.stringify(value)}`);
  return BigInt(value);
}

/** What the checks of options say, said of the file. */
function reworded(place: { file: string; row?: number }, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof RangeError ? new DataError(`is damaged: ${error.message}`, place) : error;
  }
}
