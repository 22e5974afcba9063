/** The first notebook, for the kernel tslab: a market, a strategy with zones, its picture, and a check that the claim still holds. */

// tslab does not carry a variable of an earlier cell into a shorthand property: `{ data }` there is a ReferenceError.
const cells = (data: string): readonly (readonly ['markdown' | 'code', string])[] => [
  ['markdown', '# First backtest\n\nQuotes from the catalogue, fair value gaps on five-minute bars, limit orders at their near edge. A demonstration, not an edge.'],
  ['code', `import * as tslab from 'tslab';
import { bars, defineStrategy, loadMarkets, run } from '@zanzibar/backtest';
import { renderNotebook } from '@zanzibar/backtest/report';
import { combine, eventCode } from '@zanzibar/core';
import { fairValueGaps } from '@zanzibar/engines/structure';
import { atr } from '@zanzibar/engines/volatility';

const quotes = await loadMarkets({ data: ['${data}'], symbols: ['EURUSD.SAMPLE'], record: 'quotes' });
quotes[0].columns.time.length`],
  ['code', `const strategy = defineStrategy({
  name: 'gaps',
  parameters: {},
  sources: () => ({ m5: bars('5m') }),
  engines: () => combine({ gaps: [fairValueGaps, 'm5', { minimumSize: 0.00005 }], range: [atr, 'm5', { period: 14 }] }),
  decide(_, now, account, actions) {
    if (now.kind !== 'bar' || account.position() !== 0) return;
    const { tables: { gaps }, offsets, row } = now, range = now.columns.range[row];
    for (const id of account.openOrders()) actions.cancel(id);
    for (let k = offsets.gaps[row]; k < offsets.gaps[row + 1]; k++) {
      if (gaps.kind[k] !== eventCode.fairValueGap || !(range > 0)) continue;
      const side = gaps.direction[k], price = side > 0 ? gaps.level1[k] : gaps.level0[k];
      actions.submit({ side, kind: 'limit', quantity: 1000, price, stop: price - side * 2 * range, target: price + side * 2 * range, hold: 2 * 3600e9 });
      return;
    }
  },
});
const settings = { data: quotes, options: { latency: { submit: 50e6 } } }, result = run(strategy, settings);
result.digests.orderHash()`],
  ['code', 'tslab.display.html(await renderNotebook(result, { count: 140 }));'],
  ['markdown', 'The last cell fails if the claim stops holding: the run repeats to the bit, and no money appears or disappears.'],
  ['code', `if (run(strategy, settings).digests.orderHash() !== result.digests.orderHash()) throw new Error('the run is not repeatable');
if (!result.summary.conservation.holds || result.fills.length === 0) throw new Error('money appeared, or nothing traded');
'holds'`],
];

/** The notebook as nbformat 4.5; `data` is a path from its folder. */
export function notebookOf(data: string): string {
  const lines = (text: string): string[] => text.split(/(?<=\n)/);
  const made = cells(data).map(([kind, text], k) => ({ cell_type: kind, id: `cell-${k}`, metadata: {}, source: lines(text), ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}) }));
  const metadata = { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' }, language_info: { name: 'typescript', file_extension: '.ts' } };
  return `${JSON.stringify({ cells: made, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
