/** The report as one HTML file: nothing is loaded from anywhere, which its own content security policy enforces. */
import { candleScript } from './candle-script.ts';
import { escapeText, scriptJson } from './escape-text.ts';
import { pageStyle } from './page-style.ts';
import { loadCharts } from './plot-charts.ts';
import type { Charts } from './plot-charts.ts';
import type { ReportCandles, ReportContent, ReportFigure, ReportModel, ReportSection, ReportTable } from './report-model.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
const wide = 1132, half = 540;

export async function renderHtml(model: ReportModel): Promise<string> {
  const charts = await loadCharts();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="zanzibar, ${model.schema} ${model.version}">
<link rel="icon" href="data:,">
<title>${escapeText(model.title)} - backtest report</title>
<style>${pageStyle}</style>
</head>
<body>
<header><div>
<h1>${escapeText(model.title)}</h1>
<p class="subtitle">${escapeText(model.subtitle)}</p>
<dl class="figures">${model.figures.map(figure).join('')}</dl>
${warnings(model)}
</div></header>
<nav aria-label="Sections"><div>${model.sections.map(({ id, title }) => `<a href="#${escapeText(id)}">${escapeText(title)}</a>`).join('')}</div></nav>
<main>
${model.sections.map(section => sectionHtml(model, section, charts)).join('\n')}
<footer>Past results of a simulation; not investment advice. ${escapeText(model.schema)} ${escapeText(model.version)}.</footer>
</main>
<script>${candleScript}</script>
</body>
</html>
`;
}

function figure({ name, title, text, value, definition, reason }: ReportFigure): string {
  const missing = value === null;
  return `<div class="figure" data-figure="${escapeText(name)}" title="${escapeText(definition)}"><dt>${escapeText(title)}</dt><dd${missing ? ' class="none"' : ''}>${escapeText(text)}</dd>${
    missing ? `<small>${escapeText(reason)}</small>` : ''}</div>`;
}

function warnings({ warnings: list }: ReportModel): string {
  if (list.length === 0) return '<p class="calm" data-warnings="0">No warnings.</p>';
  const items = list.map(({ code, message, count }) => `<li data-code="${escapeText(code)}">${escapeText(message)}${count > 1 ? ` (${count} times)` : ''}</li>`);
  return `<ul class="warnings" data-warnings="${list.length}" aria-label="Warnings">${items.join('')}</ul>`;
}

function sectionHtml(model: ReportModel, { id, title, text, content }: ReportSection, charts: Charts): string {
  const parts: string[] = [];
  for (let i = 0; i < content.length; i++) {
    const [part, next] = [content[i], content[i + 1]], isPair = part.kind === 'bars' || part.kind === 'histogram';
    // A small chart and the table that says the same stand side by side.
    if (isPair && next?.kind === 'table') {
      parts.push(`<div class="sides"><div>${contentHtml(model, part, charts)}</div><div>${contentHtml(model, next, charts)}</div></div>`);
      i++;
    } else parts.push(contentHtml(model, part, charts));
  }
  return `<section id="${escapeText(id)}"><h2>${escapeText(title)}</h2>${text === '' ? '' : `<p class="text">${escapeText(text)}</p>`}${parts.join('\n')}</section>`;
}

function contentHtml(model: ReportModel, { kind, id }: ReportContent, charts: Charts): string {
  if (kind === 'table') return tableHtml(id, model.tables[id]);
  if (kind === 'candles') return candlesHtml(id, model.candles[id]);
  if (kind === 'series') {
    const series = model.series[id], isDrawdown = id === 'drawdown', title = series.unit === '' || series.unit === 'fraction' ? series.title : `${series.title}, ${series.unit}`;
    return heading(title) + charts.series(series, { width: wide, height: isDrawdown ? 150 : id === 'equity' ? 320 : 180 }, isDrawdown ? 'drawdown' : 'line');
  }
  if (kind === 'bars') return heading(`${model.bars[id].title}, ${model.bars[id].unit}`) + charts.bars(model.bars[id], { width: half, height: 40 + 34 * model.bars[id].label.length });
  if (model.histograms[id].count.length === 0) return `${heading(model.histograms[id].title)}<p class="note">None.</p>`;
  return heading(`${model.histograms[id].title}, ${model.histograms[id].unit}`) + charts.histogram(model.histograms[id], { width: half, height: 250 });
}

function heading(title: string): string {
  return `<h3>${escapeText(title)}</h3>`;
}

function tableHtml(id: string, { title, columns, rows, rowCount }: ReportTable): string {
  const kept = columns.map((_, k) => k).filter(k => k === 0 || rows.some(row => row[k] !== ''));
  const look = columns.map(({ align, name }) => (align === 'right' ? 'right' : ['definition', 'reason', 'value'].includes(name) ? 'wrap' : name === 'digest' ? 'mono wrap' : ''));
  const cell = (tag: string, k: number, text: string): string => `<${tag}${look[k] === '' ? '' : ` class="${look[k]}"`}>${escapeText(text)}</${tag}>`;
  const head = kept.map(k => cell('th', k, columns[k].title)).join('');
  const body = rows.map(row => `<tr${id === 'trades' ? ` data-trip="${escapeText(row[0])}"` : ''}>${kept.map(k => cell('td', k, row[k])).join('')}</tr>`).join('\n');
  if (rows.length === 0) return `${heading(title)}<p class="note" data-table="${escapeText(id)}" data-rows="0">None.</p>`;
  const note = rowCount > rows.length ? `<p class="note">The latest ${rows.length} of ${rowCount}.</p>` : '';
  return `${heading(title)}<div class="scroll${rows.length > 40 ? ' tall' : ''}"><table data-table="${escapeText(id)}" data-rows="${rows.length}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${note}`;
}

function candlesHtml(id: string, candles: ReportCandles): string {
  const name = escapeText(id), { instrument, interval, price, row, rowCount, swings, zones, breaks, fills } = candles;
  const layer = (key: string, text: string, count: number): string => `<label><input type="checkbox" data-layer="${key}" checked>${text} (${count})</label>`;
  const shown = row.length < rowCount ? ` The ${row.length} of ${rowCount} candles around the latest round trips; dashed lines mark what is left out.` : '';
  return `<div class="explorer" data-candles-of="${name}">
${heading(`${instrument} ${interval}, ${price}`)}
<div class="tools"><button data-go="trade-1">Previous trade</button><button data-go="trade+1">Next trade</button><button data-go="page-1">Earlier</button><button data-go="page+1">Later</button><button data-go="zoom+1">Zoom in</button><button data-go="zoom-1">Zoom out</button><span class="space"></span>${
    layer('zones', 'zones', zones.length)}${layer('swings', 'swings', swings.length)}${layer('breaks', 'breaks', breaks.length)}${layer('fills', 'fills', fills.length)}</div>
<div class="readout" aria-live="polite"></div>
<svg viewBox="0 0 ${wide} 520" tabindex="0" role="img" aria-label="Candles of ${escapeText(instrument)} with zones, swings and fills"></svg>
<input type="range" min="0" max="${Math.max(row.length - 1, 0)}" value="0" aria-label="Position in the run">
<p class="note">Arrow keys move, plus and minus zoom; a click on a round trip in the table shows it here.${shown}</p>
<script type="application/json">${scriptJson(candles)}</script>
</div>`;
}
