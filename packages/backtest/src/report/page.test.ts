import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventKinds } from '@zanzibar/core';
import { chromium, need } from '../../../../test/tools.ts';
import { orderFlowResult } from '../../test/order-flow-result.ts';
import { seededResult } from '../../test/seeded-result.ts';
import { numbersOf } from '../result/index.ts';
import { makeReport, renderHtml, renderSvgCandles } from './index.ts';
import type { ReportCandles, ReportModel } from './index.ts';

/** Counts what the browser reports about the page: written into its own element, so that it is in the dumped document. */
const watcher = `<script>
window.seen = { errors: [], requests: 0 };
addEventListener('error', event => seen.errors.push(String(event.message || event.target.outerHTML)), true);
addEventListener('unhandledrejection', event => seen.errors.push(String(event.reason)));
addEventListener('securitypolicyviolation', event => seen.errors.push('blocked ' + event.blockedURI));
for (const level of ['error', 'warn']) console[level] = (...words) => seen.errors.push(words.join(' '));
addEventListener('load', () => {
  if (window.everything) for (const box of document.querySelectorAll('[data-layer]:not(:checked)')) box.click();
  seen.requests = performance.getEntriesByType('resource').length;
  seen.counts = Object.fromEntries(['candle', 'zone', 'swing', 'break', 'label', 'profile', 'developing', 'naked', 'cell', 'order', 'fill', 'trip', 'mark'].map(kind => [kind, document.querySelectorAll('.explorer svg .' + kind).length]));
  const boxes = Array.from(document.querySelectorAll('.explorer svg .tag')).map(tag => tag.getBoundingClientRect());
  seen.words = boxes.length;
  seen.covered = boxes.filter((a, i) => boxes.some((b, k) => k > i && a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)).length;
  seen.on = Array.from(document.querySelectorAll('[data-layer]:checked')).map(box => box.dataset.layer);
  seen.off = Array.from(document.querySelectorAll('[data-layer]:not(:checked)')).map(box => box.dataset.layer);
  seen.without = Object.fromEntries((window.switching ? Array.from(document.querySelectorAll('[data-layer]')) : []).map(box => {
    box.click();
    const drawn = { ...document.querySelector('.explorer svg').dataset };
    box.click();
    return [box.dataset.layer, drawn];
  }));
  const slider = document.querySelector('.replay');
  seen.replay = (window.positions || []).map(position => {
    slider.value = String(position);
    slider.dispatchEvent(new Event('input'));
    return { data: { ...document.querySelector('.explorer svg').dataset }, growing: Array.from(document.querySelectorAll('.explorer .developing')).map(drawn => ({ ...drawn.dataset })) };
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

/** Data attributes of the drawing, and of the profiles in it that are not finished. */
interface Drawn {
  readonly data: { readonly [name: string]: string };
  readonly growing: readonly { readonly control: string; readonly low: string; readonly high: string }[];
}

interface Seen {
  readonly errors: readonly string[];
  readonly requests: number;
  readonly counts: { readonly [kind: string]: number };
  /** Data attributes of the drawing, by position of the replay slider. */
  readonly replay: readonly Drawn[];
  /** Layers that are switched on, and off. */
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** Words on the candles, and those of them that cover others. */
  readonly words: number;
  readonly covered: number;
  /** Data attributes of the drawing while one layer is switched off, by layer. */
  readonly without: { readonly [layer: string]: { readonly [name: string]: string } };
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

/** Switches all layers on; without it the page shows those that it has on at first. */
const everything = '<script>window.everything = true</script>';

let folder = '', model: ReportModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zanzibar-page-'));
  model = makeReport(seededResult(), { trials: { count: 12, since: '2026-01-02T00:00:00Z' } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(browser: string, page: string, fragment: string = '', width: number = 1280, before: string = everything): Promise<Seen> {
  const file = join(folder, 'page.html');
  await writeFile(file, page.replace('<style>', `${watcher}${before}<style>`));
  const { stdout, stderr } = await promisify(execFile)(browser, [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--enable-logging=stderr', '--v=0',
    `--user-data-dir=${join(folder, 'profile')}`, `--window-size=${width},900`, '--virtual-time-budget=10000', '--dump-dom', pathToFileURL(file).href + fragment,
  ], { maxBuffer: 1 << 28 });
  const text = /<pre id="seen">([^<]*)<\/pre>/.exec(stdout)![1].replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return { ...(JSON.parse(text) as Omit<Seen, 'log'>), log: stderr.split('\n').filter(line => line.includes('CONSOLE')).join('\n') };
}

/** What the model says lies on the positions [from, to) and is known when the candle at `now` has closed, all layers on, counted without the page's script. */
function expected({ row, zones, swings, breaks, fills, trips, marks = [], orders = [], labels = [], profiles = [], nakedControls = [], developing = [], cells }: ReportCandles, from: number, to: number, now: number = row.length - 1): { readonly [kind: string]: number } {
  const first = row[from], last = row[to - 1], known = row[now], isInside = (at: number): boolean => at >= first && at <= last && at <= known;
  const lies = (start: number, end: number | null): boolean => start <= known && start <= last && (end === null || end > known || end >= first);
  return {
    candle: Math.min(to, now + 1) - from, zone: zones.filter(({ fromRow, toRow }) => lies(fromRow, toRow)).length,
    swing: swings.filter(level => isInside(level.row)).length, break: breaks.filter(level => isInside(level.row)).length, fill: fills.filter(fill => isInside(fill.row)).length,
    order: orders.filter(order => lies(order.row, order.toRow) && (order.level !== null || order.row >= first || (order.toRow !== null && order.toRow <= known))).length,
    label: labels.filter(label => isInside(label.row)).length, profile: profiles.filter(profile => profile.row <= known && profile.fromRow <= last && profile.row >= first).length,
    naked: nakedControls.filter(({ fromRow, toRow }) => lies(fromRow, toRow)).length,
    // The one that is not finished: it began with the last one that is.
    developing: developing.filter(() => Math.max(0, ...profiles.filter(profile => profile.row <= known).map(profile => profile.row)) <= last).length,
    // A footprint is drawn in a window of at most 43 candles.
    cell: to - from > 43 ? 0 : (cells?.row ?? []).filter(isInside).length,
    trip: trips.filter(({ entryRow, exitRow }) => entryRow <= last && exitRow >= first && exitRow <= known).length, mark: marks.filter(mark => isInside(mark.row)).length,
  };
}

/** Zones of these kinds in the view that count as older: of each kind and direction all that stand but the newest four, and those that ended in the window but began before it. */
function olderOf({ row, zones }: ReportCandles, kinds: readonly string[], from: number, to: number, now: number = row.length - 1): number {
  const first = row[from], last = row[Math.min(to - 1, now)], inView = zones.filter(({ kind, fromRow, toRow }) => kinds.includes(kind) && fromRow <= last && (toRow === null || toRow > last || toRow >= first));
  let older = inView.filter(({ fromRow, toRow }) => toRow !== null && toRow <= last && fromRow < first).length;
  for (const kind of kinds) for (const side of [1, -1]) older += Math.max(0, inView.filter(zone => zone.kind === kind && zone.direction === side && (zone.toRow === null || zone.toRow > last)).length - 4);
  return older;
}

/** How many of each kind the drawing says that it drew. */
function countsOf({ data }: Drawn): { readonly [kind: string]: number } {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name.endsWith('s')).map(([name, count]) => [name.slice(0, -1), Number(count)]));
}

describe('the page in headless Chromium', () => {
  test('it shows the whole run without console message or request, with every candle, zone, swing, break, fill and round trip of the model', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], seen = await open(browser, await renderHtml(model), `#rows=1m,0,${candles.row.length}`);
    expect(seen).toMatchObject({ errors: [], requests: 0, log: '' });
    expect(seen.counts).toEqual({
      candle: candles.row.length, zone: candles.zones.length, swing: candles.swings.length, break: candles.breaks.length, label: candles.labels!.length, profile: candles.profiles!.length, developing: 0, naked: 0, cell: 0, order: candles.orders!.length, fill: candles.fills.length, trip: candles.trips.length, mark: candles.marks!.length,
    });
    expect(candles.marks!.length).toBeGreaterThan(0);
    expect(seen.cells).toBe(Object.values(model.heatMaps!).reduce((sum, { value }) => sum + value.flat().filter(amount => amount !== null).length, 0));
  });

  test('a window of it shows exactly what lies in the window', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], seen = await open(browser, await renderHtml(model), '#rows=1m,1000,1240');
    expect(seen.counts).toEqual(expected(candles, 1000, 1240));
    expect(Object.entries(seen.counts).every(([kind, count]) => count > 0 || ['mark', 'label', 'profile', 'developing', 'naked', 'cell'].includes(kind))).toBe(true);
  });

  test('at three positions of the replay slider it shows what was known when that bar had closed, and nothing else', async context => {
    const browser = need(context, chromium()), candles = model.candles['1m'], { trips, row } = candles, positions = [trips[3].entryRow + 1, trips[20].exitRow, 2000].map(at => row.indexOf(at));
    const { replay, errors } = await open(browser, await renderHtml(model), '#rows=1m,1000,1240', 1280, `${everything}<script>window.positions = ${JSON.stringify(positions)}</script>`);
    expect(errors).toEqual([]);
    expect(replay.map(({ data }) => Number(data.now))).toEqual(positions);
    for (const [k, drawn] of replay.entries()) {
      const counts = countsOf(drawn), { from, to } = drawn.data;
      expect(positions[k] >= Number(from) && positions[k] < Number(to)).toBe(true);
      expect(counts, `at ${positions[k]}`).toEqual(expected(candles, Number(from), Number(to), positions[k]));
      expect(counts.candle).toBeLessThan(Number(to) - Number(from));
      expect(counts.zone * counts.swing * counts.order).toBeGreaterThan(0);
    }
    // A round trip that is still open is not drawn, and its entry is.
    const inTrade = await open(browser, await renderHtml(model), `#rows=1m,${row.indexOf(trips[3].entryRow) - 5},${row.indexOf(trips[3].exitRow) + 5},${row.indexOf(trips[3].entryRow)}`);
    expect([inTrade.counts.trip, inTrade.counts.fill]).toEqual([0, 1]);
  });

  test('order flow is drawn in layers: profiles from where they are final, sweeps and pools from where they are known, a footprint in close view', async context => {
    const browser = need(context, chromium()), flow = makeReport(orderFlowResult()), candles = flow.candles['1m'], page = await renderHtml(flow);
    for (const drawn of [candles.labels!, candles.profiles!, candles.cells!.row]) expect(drawn.length).toBeGreaterThan(5);
    expect(new Set(candles.zones.map(({ short }) => short))).toEqual(new Set(['FVG', 'EQH', 'EQL']));
    const { replay, errors } = await open(browser, page, '#rows=1m,700,1100', 1280, `${everything}<script>window.positions = [719, 720, 1000]</script>`);
    expect(errors).toEqual([]);
    for (const [k, drawn] of replay.entries()) expect(countsOf(drawn)).toEqual(expected(candles, Number(drawn.data.from), Number(drawn.data.to), [719, 720, 1000][k]));
    // The profile of the four hours that end with row 719 is known when the next one begins.
    expect(Number(replay[1].data.profiles) - Number(replay[0].data.profiles)).toBe(1);
    const close = await open(browser, page, '#rows=1m,1500,1512');
    expect(close.counts).toEqual(expected(candles, 1500, 1512));
    expect(close.counts.cell).toBeGreaterThan(12);
  });

  test('the profile that grows and naked points of control are drawn as known at three positions of the slider', async context => {
    const browser = need(context, chromium()), result = orderFlowResult(), positions = [719, 720, 1900], { replay, errors } = await open(browser, await renderHtml(makeReport(result)), '#rows=1m,700,1100', 1280, `<script>window.positions = ${JSON.stringify(positions)}</script>`);
    expect(errors).toEqual([]);
    const { aligned, appended: { events } } = result.engines.profile, [kind, known, ref, id] = ['kind', 'knownRow', 'ref', 'id'].map(name => Array.from(numbersOf(events, name))), isKind = (i: number, name: string): boolean => eventKinds[kind[i]] === name;
    const columns = ['pointOfControl', 'valueAreaLow', 'valueAreaHigh'].map(name => numbersOf(aligned!, name)), drawnNaked: number[] = [];
    for (const [k, { data, growing }] of replay.entries()) {
      const t = positions[k], told = kind.map((_, i) => i).filter(i => known[i] <= t), ended = (i: number): number => Math.min(Infinity, ...told.filter(j => ref[j] === id[i] && (isKind(j, 'touched') || isKind(j, 'expired'))).map(j => known[j]));
      // By the engine's tables: those that no bar has come back to, and lives of more than the one bar that ended in the window.
      expect(Number(data.nakeds)).toBe(told.filter(i => isKind(i, 'pointOfControl') && ended(i) > known[i] && ended(i) >= Number(data.from)).length);
      expect(growing.map(({ control, low, high }) => [control, low, high].map(Number))).toEqual([columns.map(column => column[t])]);
      drawnNaked.push(Number(data.nakeds));
    }
    expect(Math.max(...drawnNaked)).toBeGreaterThan(0);
    // A profile of one bar is another one than that of four hours.
    expect(replay[0].growing).not.toEqual(replay[1].growing);
  });

  test('at first a legible few are shown: the layers that most look for, and the newest zones that stand', async context => {
    const browser = need(context, chromium()), flow = makeReport(orderFlowResult()), candles = flow.candles['1m'], positions = [719, 1500, 2400];
    const { replay, on, off, covered } = await open(browser, await renderHtml(flow), '#rows=1m,500,740', 1280, `<script>window.positions = ${JSON.stringify(positions)}</script>`);
    expect(on).toEqual(['gaps', 'breaks', 'sweeps', 'profiles', 'developing profile', 'naked points of control', 'orders', 'fills', 'marks']);
    expect(off).toEqual(['pools', 'older zones', 'swings', 'order flow', 'footprint']);
    expect(covered).toBe(0);
    for (const [k, drawn] of replay.entries()) {
      const [from, to] = [drawn.data.from, drawn.data.to].map(Number), older = olderOf(candles, ['fairValueGap'], from, to, positions[k]), all = expected({ ...candles, zones: candles.zones.filter(({ kind }) => kind === 'fairValueGap'), labels: candles.labels!.filter(({ kind }) => kind.startsWith('liquidity')) }, from, to, positions[k]);
      expect(older).toBeGreaterThan(0);
      expect([drawn.data.older, countsOf(drawn)]).toEqual([String(older), { ...all, zone: all.zone - older, swing: 0, cell: 0 }]);
    }
    // Where there is little to show, all of it is.
    const few = await open(browser, await renderHtml(model), '#rows=1m,500,740', 1280, '');
    expect(few.off).toEqual(['older zones']);
  });

  test('each layer is switched by itself: what else is drawn stays, and words cover no words', async context => {
    const browser = need(context, chromium()), flow = makeReport(orderFlowResult()), candles = flow.candles['1m'], page = await renderHtml(flow);
    const { counts, without, words, covered, errors } = await open(browser, page, '#rows=1m,1500,1540', 1280, `${everything}<script>window.switching = true</script>`);
    expect({ errors, covered }).toEqual({ errors: [], covered: 0 });
    expect(words).toBeGreaterThan(5);
    const rows = candles.row.slice(1500, 1540), first = rows[0], last = rows.at(-1)!, inside = (row: number): boolean => row >= first && row <= last;
    const zonesOf = (kinds: readonly string[]): number => candles.zones.filter(({ kind, fromRow, toRow }) => kinds.includes(kind) && fromRow <= last && (toRow === null || toRow >= first)).length;
    const labelsOf = (kinds: readonly string[]): number => candles.labels!.filter(({ kind, row }) => kinds.includes(kind) && inside(row)).length;
    const off: { readonly [layer: string]: { readonly [kind: string]: number } } = {
      gaps: { zone: zonesOf(['fairValueGap']) }, pools: { zone: zonesOf(['liquidityPool']) }, 'older zones': { zone: olderOf(candles, ['fairValueGap', 'liquidityPool'], 1500, 1540) }, swings: { swing: counts.swing }, breaks: { break: counts.break }, sweeps: { label: labelsOf(['liquiditySweep', 'liquidityRun']) },
      'order flow': { label: labelsOf(['stackedImbalance']) }, profiles: { profile: counts.profile }, 'developing profile': { developing: counts.developing }, 'naked points of control': { naked: counts.naked }, footprint: { cell: counts.cell }, orders: { order: counts.order }, fills: { fill: counts.fill, trip: counts.trip }, marks: { mark: counts.mark },
    };
    expect(Object.keys(without)).toEqual(Object.keys(off));
    expect(off.gaps.zone * off.pools.zone * off['order flow'].label * off.footprint.cell).toBeGreaterThan(0);
    for (const layer in off) for (const kind in counts) expect([layer, kind, Number(without[layer][`${kind}s`])]).toEqual([layer, kind, counts[kind] - (off[layer][kind] ?? 0)]);
  });

  test('in a picture without a script words cover no words either, and candles do not run through them', async context => {
    const browser = need(context, chromium()), svg = renderSvgCandles(makeReport(orderFlowResult()), { count: 160 });
    const { words, covered } = await open(browser, `<style></style><div class="explorer">${svg}</div>`, '', 1280, '');
    expect(words).toBeGreaterThan(20);
    expect(covered).toBe(0);
    expect(svg).toMatch(/\.tag\{[^}]*paint-order:stroke;stroke:var\(--paper\)/);
  });

  test('figures and warnings are on the first screen, and nothing sticks out on a desk or a telephone', async context => {
    const browser = need(context, chromium()), page = await renderHtml(model);
    const desk = await open(browser, page, '', 1280, '');
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
