import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, need } from '../../../../test/tools.ts';
import { seededResult } from '../../test/seeded-result.ts';
import { makeReport, renderHtml } from './index.ts';
import type { ReportCandles, ReportModel } from './index.ts';

/** Counts what the browser reports about the page: written into its own element, so that it is in the dumped document. */
const watcher = `<script>
window.seen = { errors: [], requests: 0 };
addEventListener('error', event => seen.errors.push(String(event.message || event.target.outerHTML)), true);
addEventListener('unhandledrejection', event => seen.errors.push(String(event.reason)));
addEventListener('securitypolicyviolation', event => seen.errors.push('blocked ' + event.blockedURI));
for (const level of ['error', 'warn']) console[level] = (...words) => seen.errors.push(words.join(' '));
addEventListener('load', () => {
  seen.requests = performance.getEntriesByType('resource').length;
  seen.counts = Object.fromEntries(['candle', 'zone', 'swing', 'break', 'order', 'fill', 'trip', 'mark'].map(kind => [kind, document.querySelectorAll('.explorer svg .' + kind).length]));
  const slider = document.querySelector('.replay');
  seen.replay = (window.positions || []).map(position => {
    slider.value = String(position);
    slider.dispatchEvent(new Event('input'));
    return { ...document.querySelector('.explorer svg').dataset };
  });
  seen.outside = Array.from(document.querySelectorAll('body *')).filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll, svg, nav')).length;
  seen.cells = Array.from(document.querySelectorAll('.heat tbody td')).filter(cell => cell.textContent !== '').length;
  seen.small = Math.min(...Array.from(document.querySelectorAll('section svg text')).map(text => text.getBoundingClientRect().height).filter(height => height > 0));
  seen.first = Array.from(document.querySelectorAll('.figure, .warnings')).every(element => element.getBoundingClientRect().bottom <= innerHeight);
  const out = document.createElement('pre');
  out.id = 'seen';
  out.textContent = JSON.stringify(seen);
  document.body.appendChild(out);
});
</script>`;

interface Seen {
  readonly errors: readonly string[];
  readonly requests: number;
  readonly counts: { readonly [kind: string]: number };
  /** Data attributes of the drawing, by position of the replay slider. */
  readonly replay: readonly { readonly [name: string]: string }[];
  /** Elements that stick out of the window to the right. */
  readonly outside: number;
  /** Cells of heat maps that hold something. */
  readonly cells: number;
  /** Height of the smallest text that a drawing shows, pixels. */
  readonly small: number;
  /** Are all figures and warnings on the first screen? */
  readonly first: boolean;
  /** What Chromium itself logged of the console. */
  readonly log: string;
}

let folder = '', model: ReportModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zanzibar-page-'));
  model = makeReport(seededResult(), { trials: { count: 12, since: '2026-01-02T00:00:00Z' } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(browser: string, page: string, fragment: string = '', width: number = 1280, before: string = ''): Promise<Seen> {
  const file = join(folder, 'page.html');
  await writeFile(file, page.replace('<style>', `${watcher}${before}<style>`));
  const { stdout, stderr } = await promisify(execFile)(browser, [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--enable-logging=stderr', '--v=0',
    `--user-data-dir=${join(folder, 'profile')}`, `--window-size=${width},900`, '--virtual-time-budget=10000', '--dump-dom', pathToFileURL(file).href + fragment,
  ], { maxBuffer: 1 << 28 });
  const text = /<pre id="seen">([^<]*)<\/pre>/.exec(stdout)![1].replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return { ...(JSON.parse(text) as Omit<Seen, 'log'>), log: stderr.split('\n').filter(line => line.includes('CONSOLE')).join('\n') };
}

/** What the model says lies on the positions [from, to) and is known when the candle at `now` has closed, counted without the page's script. */
function expected({ row, zones, swings, breaks, fills, trips, marks = [], orders = [] }: ReportCandles, from: number, to: number, now: number = row.length - 1): { readonly [kind: string]: number } {
  const first = row[from], last = row[to - 1], known = row[now], isInside = (at: number): boolean => at >= first && at <= last && at <= known;
  const lies = (start: number, end: number | null): boolean => start <= known && start <= last && (end === null || end > known || end >= first);
  return {
    candle: Math.min(to, now + 1) - from, zone: zones.filter(({ fromRow, toRow }) => lies(fromRow, toRow)).length,
    swing: swings.filter(level => isInside(level.row)).length, break: breaks.filter(level => isInside(level.row)).length, fill: fills.filter(fill => isInside(fill.row)).length,
    order: orders.filter(order => lies(order.row, order.toRow) && (order.level !== null || order.row >= first || (order.toRow !== null && order.toRow <= known))).length,
    trip: trips.filter(({ entryRow, exitRow }) => entryRow <= last && exitRow >= first && exitRow <= known).length, mark: marks.filter(mark => isInside(mark.row)).length,
  };
}

describe('the page in headless Chromium', () => {
  test('it shows the whole run without console message or request, with every candle, zone, swing, break, fill and round trip of the model', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], seen = await open(browser, await renderHtml(model), `#rows=1m,0,${candles.row.length}`);
    expect(seen).toMatchObject({ errors: [], requests: 0, log: '' });
    expect(seen.counts).toEqual({
      candle: candles.row.length, zone: candles.zones.length, swing: candles.swings.length, break: candles.breaks.length, order: candles.orders!.length, fill: candles.fills.length, trip: candles.trips.length, mark: candles.marks!.length,
    });
    expect(candles.marks!.length).toBeGreaterThan(0);
    expect(seen.cells).toBe(Object.values(model.heatMaps!).reduce((sum, { value }) => sum + value.flat().filter(amount => amount !== null).length, 0));
  });

  test('a window of it shows exactly what lies in the window', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], seen = await open(browser, await renderHtml(model), '#rows=1m,1000,1240');
    expect(seen.counts).toEqual(expected(candles, 1000, 1240));
    expect(Object.entries(seen.counts).every(([kind, count]) => count > 0 || kind === 'mark')).toBe(true);
  });

  test('at three positions of the replay slider it shows what was known when that bar had closed, and nothing else', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], { trips, row } = candles, positions = [trips[3].entryRow + 1, trips[20].exitRow, 2000].map(at => row.indexOf(at));
    const { replay, errors } = await open(browser, await renderHtml(model), '#rows=1m,1000,1240', 1280, `<script>window.positions = ${JSON.stringify(positions)}</script>`);
    expect(errors).toEqual([]);
    expect(replay.map(({ now }) => Number(now))).toEqual(positions);
    for (const [k, { from, to, ...drawn }] of replay.entries()) {
      const counts = Object.fromEntries(Object.entries(drawn).filter(([name]) => name.endsWith('s')).map(([name, count]) => [name.slice(0, -1), Number(count)]));
      expect(positions[k] >= Number(from) && positions[k] < Number(to)).toBe(true);
      expect(counts, `at ${positions[k]}`).toEqual(expected(candles, Number(from), Number(to), positions[k]));
      expect(counts.candle).toBeLessThan(Number(to) - Number(from));
      expect(counts.zone * counts.swing * counts.order).toBeGreaterThan(0);
    }
    // A round trip that is still open is not drawn, and its entry is.
    const inTrade = await open(browser, await renderHtml(model), `#rows=1m,${row.indexOf(trips[3].entryRow) - 5},${row.indexOf(trips[3].exitRow) + 5},${row.indexOf(trips[3].entryRow)}`);
    expect([inTrade.counts.trip, inTrade.counts.fill]).toEqual([0, 1]);
  });

  test('figures and warnings are on the first screen, and nothing sticks out on a desk or a telephone', async context => {
    const browser = need(context, chromium()), page = await renderHtml(model);
    const desk = await open(browser, page);
    expect(page).toContain('12 trials on this data; the ledger counts since 2026-01-02.');
    expect([desk.first, desk.outside]).toEqual([true, 0]);
    const telephone = await open(browser, page, '', 500);
    expect(telephone.outside).toBe(0);
    // A drawing for a desk that is scaled down to a telephone has text of 4 pixels.
    expect(Math.min(desk.small, telephone.small)).toBeGreaterThan(9);
  });

  test('a hostile name runs no script', async context => {
    const browser = need(context, chromium()), hostile = '</script><script>console.error("broken out")</script>';
    const seen = await open(browser, await renderHtml({ ...model, title: hostile, candles: { '1m': { ...model.candles['1m'], instrument: hostile } } }));
    expect(seen).toMatchObject({ errors: [], log: '' });
    expect(seen.counts.candle).toBeGreaterThan(50);
  });

  test('the watcher sees a planted error and a planted request', async context => {
    const browser = need(context, chromium()), page = await renderHtml(model);
    const seen = await open(browser, page, '', 1280, '<script>setTimeout(() => { throw new Error("planted"); })</script><img src="https://example.invalid/x.png">');
    expect(seen.errors.join()).toContain('planted');
    expect(seen.errors.join()).toContain('blocked https://example.invalid/x.png');
    expect(seen.log).toContain('planted');
  });
});
