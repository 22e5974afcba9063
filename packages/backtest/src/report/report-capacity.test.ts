/** The capacity curve of a report. Oracle: runs of the same strategy at other capitals (`capacityCurve`), and the two laws of impact in closed form. */
import { describe, expect, test } from 'vitest';
import { defineInstrument, generateBars } from '@zanzibar/core';
import { impliedCapacity } from '../metrics/index.ts';
import { capacityCurve, run } from '../run/index.ts';
import type { ImpactModels } from '../simulator/impact-model.ts';
import { bars } from '../strategy/sources.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { makeReport, renderHtml } from './index.ts';

const instrument = defineInstrument({ id: 'STOCK.X', quoteCurrency: 'USD' }), columns = generateBars({ seed: 4, count: 600, interval: '1h', deviation: 0.004 });
const data = [{ instrument, kind: 'bars' as const, interval: 3_600e9, columns }];
// Knows the future, so that there is a profit for impact to take: what is tested is the curve.
const knowing = defineStrategy({
  name: 'knowing', parameters: {}, sources: () => ({ h1: bars('1h') }),
  decide(_, now, account, actions) {
    if (now.kind !== 'bar') return;
    const row = now.base + now.row, side = columns.close[Math.min(row + 5, 599)] > columns.close[row] ? 1 : -1;
    if (row % 5 === 0 && side * account.position() <= 0) actions.submit({ side, quantity: Math.abs(account.position()) + 10 * Math.max(1, Math.round(account.equity / 100_000)) });
  },
});
const settings = (impact: ImpactModels | undefined, scale = 1) => ({ data, options: { cash: 100_000 * scale, costs: { basisPoints: 2, ...(impact === undefined ? {} : { impact }) } } });
const root = { '*': { kind: 'squareRoot', coefficient: 1, volatility: 0.02, volume: 20_000 } } as const, square = { X: { kind: 'volumeShare', coefficient: 0.0001 } } as const;

describe('the capacity that a run implies', () => {
  test.each([['the square root law', root], ['the share of the row', square]] as const)('%s: runs at four times and a hundred times the capital lie on the curve', (_, impact) => {
    const implied = impliedCapacity(run(knowing, settings(impact)))!, { points } = capacityCurve(knowing, settings(impact), [1e5, 4e5, 1e7]);
    for (const { capital, netReturn } of points) {
      const above = implied.capital.findIndex(at => at >= capital), [low, high] = [implied.capital[above - 1], implied.capital[above]], share = Math.log(capital / low) / Math.log(high / low);
      const drawn = implied.netReturn[above - 1] + share * (implied.netReturn[above] - implied.netReturn[above - 1]);
      if (above > 0) expect(Math.abs(drawn - netReturn), `at ${capital}`).toBeLessThan(0.01 * implied.returnBeforeImpact);
    }
  });

  test('by the square root law the best capital is 4/9 of the break-even one, by the square it is its root of a third', () => {
    const [byRoot, bySquare] = [root, square].map(impact => impliedCapacity(run(knowing, settings(impact)))!);
    expect(byRoot.bestCapital / byRoot.breakEvenCapital).toBeCloseTo(4 / 9, 9);
    expect(bySquare.bestCapital / bySquare.breakEvenCapital).toBeCloseTo(Math.sqrt(1 / 3), 9);
    expect(byRoot.breakEvenCapital).toBeGreaterThan(1e5);
  });

  test('a report draws it, says the two capitals, and leaves it out where no size moved the price', async () => {
    const model = makeReport(run(knowing, settings(root))), { breakEvenCapital } = impliedCapacity(run(knowing, settings(root)))!, section = model.sections.find(({ id }) => id === 'capacity')!, page = await renderHtml(model);
    expect(section.text).toContain(`with about ${Number(breakEvenCapital.toPrecision(3)).toLocaleString('en')} impact takes all of it`);
    expect(model.curves!.capacity.marks.map(({ label }) => label)).toEqual(['this run', 'best', 'break-even']);
    expect(page).toContain('<h3>Return against capital</h3>');
    expect(page.match(/<svg[^>]*aria-label="Return against capital"/g)).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    const without = makeReport(run(knowing, settings(undefined)));
    expect(without.sections.map(({ id }) => id)).not.toContain('capacity');
    expect(without.curves).toEqual({});
  });

  test('a run that lost before impact has no capital, and says so', () => {
    const always = defineStrategy({ name: 'always', parameters: {}, sources: () => ({ h1: bars('1h') }), decide(_, now, account, actions) { if (now.kind === 'bar') actions.market(account.position() > 0 ? -1 : 1, 100); } });
    const model = makeReport(run(always, { data, options: { costs: { basisPoints: 50, impact: root } } }));
    expect(model.sections.find(({ id }) => id === 'capacity')!.text).toMatch(/^The run made nothing before impact/);
    expect(model.curves!.capacity.marks.map(({ label }) => label)).toEqual(['this run']);
  });
});
