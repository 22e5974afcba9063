/** A result as a notebook shows it. */
import type { Result } from '../result/result.ts';
import { escapeText } from './escape-text.ts';
import { makeReport } from './make-report.ts';
import { renderSvgEquity } from './svg.ts';
import { renderSvgCandles, type CandleOptions } from './svg-candles.ts';

/**
 * Figures, bars with zones and fills, and equity as one piece of HTML without script, for `tslab.display.html` or any other notebook.
 *
 * @example tslab.display.html(await renderNotebook(run(strategy, { data })));
 */
export async function renderNotebook(result: Result, options: CandleOptions = {}): Promise<string> {
  const model = makeReport(result, { withDigests: false }), hasBars = Object.keys(model.candles).length > 0;
  const cells = model.figures.map(({ title, text }) => `<td style="padding:0 1.5em 0 0"><small>${escapeText(title)}</small><br><b>${escapeText(text)}</b></td>`).join('');
  const warnings = model.warnings.map(({ message, count }) => `<p>${escapeText(message)} (${count})</p>`).join('');
  return `<div><table><tr>${cells}</tr></table>${warnings}${hasBars ? renderSvgCandles(model, options) : ''}${await renderSvgEquity(model)}</div>`;
}
