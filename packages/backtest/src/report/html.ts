/** The report as one HTML file: nothing is loaded from anywhere, which its own content security policy enforces. */
import { candleScript } from './candle-script.ts';
import { escapeText, scriptJson } from './escape-text.ts';
import { layerSwitches } from './layer-switches.ts';
import { pageStyle } from './page-style.ts';
import { loadCharts } from './plot-charts.ts';
import type { Charts } from './plot-charts.ts';
import type { ReportCandles } from './candle-model.ts';
import type { ReportContent, ReportFigure, ReportHeatMap, ReportModel, ReportSection, ReportTable } from './report-model.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
const wide = 1132, half = 540, narrow = 360;

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
${trials(model)}<dl class="figures">${model.figures.map(figure).join('')}</dl>
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

/** How many things were tried on this data: without it no figure can be judged. */
function trials({ trials: known }: ReportModel): string {
  if (known === undefined) return '';
  return `<p class="trials" data-trials="${known.count}">${known.count === 1 ? 'The first trial' : `${known.count} trials`} on this data; the ledger counts since ${escapeText(known.since.slice(0, 10))}.</p>\n`;
}

function warnings({ warnings: list }: ReportModel): string {
  if (list.length === 0) return '<p class="calm" data-warnings="0">No warnings.</p>';
  const items = list.map(({ code, message, count }) => `<li data-code="${escapeText(code)}">${escapeText(message)}${count > 1 ? ` (${count} times)` : ''}</li>`);
  return `<ul class="warnings" data-warnings="${list.length}" aria-label="Warnings">${items.join('')}</ul>`;
}

function sectionHtml(model: ReportModel, { id, title, text, content }: ReportSection, charts: Charts): string {
  const parts: string[] = [], html = (part: ReportContent, isHalf: boolean): string => contentHtml(model, part, charts, isHalf);
  for (let i = 0; i < content.length; i++) {
    const [part, next] = [content[i], content[i + 1]], isSmallChart = part.kind === 'bars' || part.kind === 'histogram';
    // Halves stand side by side; so do a small chart and the table that says the same.
    if (next !== undefined && ((part.half && next.half) || (isSmallChart && next.kind === 'table'))) {
      parts.push(`<div class="sides"><div>${html(part, true)}</div><div>${html(next, true)}</div></div>`);
      i++;
    } else parts.push(html(part, isSmallChart));
  }
  return `<section id="${escapeText(id)}"><h2>${escapeText(title)}</h2>${text === '' ? '' : `<p class="text">${escapeText(text)}</p>`}${parts.join('\n')}</section>`;
}

function contentHtml(model: ReportModel, part: ReportContent, charts: Charts, isHalf: boolean): string {
  const { kind, id } = part, width = isHalf ? half : wide;
  switch (kind) {
    case 'table':
      return tableHtml(id, model.tables[id], isHalf);
    case 'candles':
      return candlesHtml(id, model.candles[id]);
    case 'heatMap':
      return heatMapHtml(id, model.heatMaps![id]);
    case 'series': {
      const series = model.series[id], isDrawdown = id === 'drawdown', title = series.unit === '' || series.unit === 'fraction' ? series.title : `${series.title}, ${series.unit}`;
      const others = (part.others ?? []).map(other => model.series[other]), height = isDrawdown ? 150 : id === 'equity' ? 320 : 180;
      return heading(title) + bothSizes(width, size => charts.series(series, { width: size, height: size === narrow ? Math.min(height, 240) : height }, isDrawdown ? 'drawdown' : 'line', others));
    }
    case 'curve': {
      const curve = model.curves![id];
      return heading(curve.title) + bothSizes(width, size => charts.curve(curve, { width: size, height: size === narrow ? 240 : 280 }));
    }
    case 'bars':
      return heading(`${model.bars[id].title}, ${model.bars[id].unit}`) + bothSizes(width, size => charts.bars(model.bars[id], { width: size, height: 40 + 34 * model.bars[id].label.length }));
    case 'histogram': {
      const histogram = model.histograms[id];
      if (histogram.count.length === 0) return `${heading(histogram.title)}<p class="note">None.</p>`;
      return heading(`${histogram.title}, ${histogram.unit}`) + bothSizes(width, size => charts.histogram(histogram, { width: size, height: size === narrow ? 200 : 250 }));
    }
    default:
      return '';
  }
}

/** A drawing for a desk and one for a telephone, of which the page shows one: scaled down, its text could not be read. */
function bothSizes(width: number, draw: (width: number) => string): string {
  return `<div class="wide">${draw(width)}</div><div class="narrow">${draw(narrow)}</div>`;
}

/** A table whose cells have the colour of their sign, the stronger the larger they are. */
function heatMapHtml(id: string, { title, unit, rows, columns, value, text, full }: ReportHeatMap): string {
  const cell = (row: number, k: number): string => {
    const amount = value[row][k];
    if (amount === null) return '<td></td>';
    const share = Math.round(Math.min(Math.abs(amount) / full, 1) * 70);
    return `<td style="background:color-mix(in srgb,var(--${amount < 0 ? 'loss' : 'gain'}) ${share}%,transparent)">${escapeText(text[row][k])}</td>`;
  };
  const body = rows.map((name, row) => `<tr><th scope="row">${escapeText(name)}</th>${columns.map((_, k) => cell(row, k)).join('')}</tr>`).join('\n');
  return `${heading(unit === '' ? title : `${title}, ${unit}`)}<div class="scroll"><table class="heat" style="min-width:${52 + 42 * columns.length}px" data-heat="${escapeText(id)}"><thead><tr><th></th>${columns.map(name => `<th>${escapeText(name)}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function heading(title: string): string {
  return `<h3>${escapeText(title)}</h3>`;
}

function tableHtml(id: string, { title, columns, rows, rowCount }: ReportTable, isHalf: boolean): string {
  const kept = columns.map((_, k) => k).filter(k => k === 0 || rows.some(row => row[k] !== ''));
  const look = columns.map(({ align, name }) => (align === 'right' ? 'right' : ['definition', 'reason', 'value'].includes(name) ? 'wrap' : name === 'digest' ? 'mono wrap' : ''));
  const cell = (tag: string, k: number, text: string): string => `<${tag}${look[k] === '' ? '' : ` class="${look[k]}"`}>${escapeText(text)}</${tag}>`;
  const head = kept.map(k => cell('th', k, columns[k].title)).join('');
  const body = rows.map(row => `<tr${id === 'trades' ? ` data-trip="${escapeText(row[0])}"` : ''}>${kept.map(k => cell('td', k, row[k])).join('')}</tr>`).join('\n');
  if (rows.length === 0) return `${heading(title)}<p class="note" data-table="${escapeText(id)}" data-rows="0">None.</p>`;
  const note = rowCount > rows.length ? `<p class="note">The latest ${rows.length} of ${rowCount}.</p>` : '';
  return `${heading(title)}<div class="scroll${isHalf && rows.length > 12 ? ' beside' : rows.length > 40 ? ' tall' : ''}"><table data-table="${escapeText(id)}" data-rows="${rows.length}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${note}`;
}

function candlesHtml(id: string, candles: ReportCandles): string {
  const name = escapeText(id), { instrument, interval, price, row, rowCount } = candles;
  const switches = layerSwitches(candles), layers = switches.map(({ layer, count, isOn }) => `<label><input type="checkbox" autocomplete="off" data-layer="${layer}"${isOn ? ' checked' : ''}>${layer} ${count === undefined ? '<span class="older"></span>' : `(${count})`}</label>`).join('');
  const shown = row.length < rowCount ? ` The ${row.length} of ${rowCount} candles around the latest round trips; dashed lines mark what is left out.` : '';
  return `<div class="explorer" data-candles-of="${name}">
${heading(`${instrument} ${interval}, ${price}`)}
<div class="tools"><button data-go="trade-1">Previous trade</button><button data-go="trade+1">Next trade</button><button data-go="page-1">Earlier</button><button data-go="page+1">Later</button><button data-go="zoom+1">Zoom in</button><button data-go="zoom-1">Zoom out</button></div>
<div class="tools layers"><b>Layers</b>${layers}</div>
<div class="readout" aria-live="polite"></div>
<svg viewBox="0 0 ${wide} 520" tabindex="0" role="img" aria-label="Candles of ${escapeText(instrument)} with zones, swings and fills"></svg>
<input class="position" type="range" min="0" max="${Math.max(row.length - 1, 0)}" value="0" aria-label="Position in the run">
<div class="tools"><b>Replay</b><button data-go="bar-1">Back one bar</button><button data-go="play">Play</button><button data-go="bar+1">On one bar</button><button data-go="all">Show all</button></div>
<input class="replay" type="range" min="0" max="${Math.max(row.length - 1, 0)}" value="${Math.max(row.length - 1, 0)}" aria-label="Replay: what was known at this bar">
<p class="note">Arrow keys move, plus and minus zoom; a click on a round trip in the table shows it here. Replay shows what was known when a bar had closed: zones, swings and breaks from the row that proved them, orders from when they were sent. Of the zones that stand the newest of each kind and direction are drawn, and those that ended within the window; the switch for older zones brings the rest. Words that would cover others are left out, the pointer on a shape says what it is.${shown}</p>
<script type="application/json">${scriptJson(candles)}</script>
</div>`;
}
