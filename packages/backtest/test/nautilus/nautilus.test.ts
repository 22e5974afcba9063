import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { casesText, makeCases, makeQuotes } from './cases.ts';
import { differenceOf, isSame, ordersOf, type Difference } from './differences.ts';
import { ourFills, type Outcomes } from './our-fills.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const theirs: Outcomes & { program: string; quotes: number; quotesDigest: string; casesDigest: string } = JSON.parse(read('oracles/nautilus/expected.json'));
const page = read('docs/nautilus.md');
const quotes = makeQuotes(), cases = makeCases(quotes), orders = ordersOf(cases), { outcomes: ours, conservation } = ourFills(quotes, cases);

const differing = orders.filter(({ at }) => !isSame(ours, theirs, at));
const counts: { [D in Difference]?: number } = {};
for (const order of differing) {
  const name = differenceOf(order, ours, theirs, quotes);
  counts[name] = (counts[name] ?? 0) + 1;
}

describe('NautilusTrader 1.221.0 on our seeded quotes (oracles/nautilus/make.py)', () => {
  test('both programs were given the same bytes', () => {
    const hash = createHash('sha256');
    for (const column of [quotes.time, quotes.bid, quotes.ask]) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    expect(theirs.program).toBe('nautilus_trader 1.221.0');
    expect(theirs.quotes).toBe(quotes.time.length);
    expect(hash.digest('hex')).toBe(theirs.quotesDigest);
    expect(createHash('sha256').update(casesText(cases)).digest('hex')).toBe(theirs.casesDigest);
    expect([theirs.row.length, ours.row.length]).toEqual([orders.length, orders.length]);
  });

  test('each kind of entry, each leg and each side is there often, filled and not', () => {
    const seen: { [what: string]: number } = {};
    for (const { request, leg, at } of orders) {
      const what = `${request.stop === null ? '' : 'bracket '}${request.kind} ${leg} ${request.side > 0 ? 'buys' : 'sells'} ${ours.row[at] >= 0 ? 'filled' : 'open'}`;
      seen[what] = (seen[what] ?? 0) + 1;
    }
    // A market entry is never left open: 2 of them, with and without legs, on 2 sides; 7 other orders, both ways on 2 sides.
    expect(Object.keys(seen)).toHaveLength(4 + 28);
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThanOrEqual(5);
  });

  test('row, price and liquidity agree in 95 % of more than 2,000 orders, of those that were filled too', () => {
    const filled = orders.filter(({ at }) => ours.row[at] >= 0 || theirs.row[at] >= 0), filledAlike = filled.filter(({ at }) => isSame(ours, theirs, at));
    expect(filled.length).toBeGreaterThan(2_000);
    expect((orders.length - differing.length) / orders.length).toBeGreaterThanOrEqual(0.95);
    expect(filledAlike.length / filled.length).toBeGreaterThanOrEqual(0.95);
    expect(/\| all \| (\d+) \| (\d+) \|.*\n\| filled by either \| (\d+) \| (\d+) \|/.exec(page)?.slice(1).map(Number)).toEqual([orders.length, orders.length - differing.length, filled.length, filledAlike.length]);
  });

  test('every other order has a named difference, as often as the page says', () => {
    const named = Object.fromEntries([...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name, count]) => [name, Number(count)]));
    expect(counts).toEqual(named);
    expect(counts.unexplained).toBeUndefined();
  });

  test('our run of it conserves money', () => {
    expect(conservation).toBe(0);
  });

  test('an outcome that was altered by one tick or one row has no name', () => {
    const at = orders.findIndex(({ leg, at }) => leg === 'target' && ours.row[at] >= 0), order = orders[at];
    const altered = (column: 'row' | 'ticks'): Outcomes => ({ ...theirs, [column]: Array.from(theirs[column], (value, i) => (i === at ? value + 1 : value)) });
    expect(isSame(ours, theirs, at)).toBe(true);
    for (const column of ['row', 'ticks'] as const) {
      expect(isSame(ours, altered(column), at)).toBe(false);
      expect(differenceOf(order, ours, altered(column), quotes)).toBe('unexplained');
    }
  });
});
