/** Equity and drawdown as one SVG file: no script, no network, the same bytes for the same report. */
import { loadCharts } from './plot-charts.ts';
import type { ReportModel } from './report-model.ts';
import { escapeText } from './escape-text.ts';

const width = 960, equityHeight = 320, drawdownHeight = 140, top = 64;

const colors = `
svg{--gain:#0072b2;--loss:#d55e00;--muted:#5b6573;--grid:#d9dee5;--ink:#17202b;--paper:#ffffff;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--gain:#56b4e9;--loss:#e69f00;--muted:#9aa6b4;--grid:#2b3542;--ink:#e8edf3;--paper:#10161d}}
`;

export async function renderSvgEquity(model: ReportModel): Promise<string> {
  const charts = await loadCharts(), { equity, drawdown } = model.series, height = top + equityHeight + drawdownHeight + 24;
  const figures = model.figures.slice(0, 4).map(({ title, text }) => `${title} ${text}`).join(' \u00b7 ');
  const place = (svg: string, y: number): string => svg.replace('<svg ', `<svg x="0" y="${y}" `);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Equity and drawdown of ${escapeText(model.title)}">
<style>${colors}</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
<text x="16" y="28" font-size="18" font-weight="600" fill="var(--ink)">${escapeText(model.title)}</text>
<text x="16" y="50" font-size="13" fill="var(--muted)">${escapeText(figures)}</text>
${place(charts.series(equity, { width, height: equityHeight }, 'line'), top)}
${place(charts.series(drawdown, { width, height: drawdownHeight }, 'drawdown'), top + equityHeight + 8)}
</svg>
`;
}
