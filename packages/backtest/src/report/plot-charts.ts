/** Static charts as SVG text, drawn by Observable Plot on a document without a browser: the same model gives the same bytes. */
import type * as Plot from '@observablehq/plot';
import { numberText } from './figure-text.ts';
import type { ReportBars, ReportCurve, ReportHistogram, ReportSeries } from './report-model.ts';

type PlotDocument = NonNullable<Plot.PlotOptions['document']>;

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Draws charts; colours are CSS variables with the light ones behind them. */
export interface Charts {
  /** `others` stand in the same drawing as thinner lines; with them comes a legend. */
  series(series: ReportSeries, size: ChartSize, look: 'line' | 'drawdown', others?: readonly ReportSeries[]): string;
  bars(bars: ReportBars, size: ChartSize): string;
  histogram(histogram: ReportHistogram, size: ChartSize): string;
  curve(curve: ReportCurve, size: ChartSize): string;
}

const gain = 'var(--gain, #0072b2)', loss = 'var(--loss, #d55e00)', muted = 'var(--muted, #5b6573)', faint = 'var(--grid, #d9dee5)';
/** For lines beside the first (Okabe and Ito): told apart by lightness too. */
const otherColors = ['var(--other, #9a6a00)', 'var(--zone-up, #009e73)', 'var(--zone-down, #cc79a7)'];
const style = { background: 'none', color: muted, fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' };

/** Loads the chart library when the first chart is asked for, so that nothing else pays for it. */
export async function loadCharts(): Promise<Charts> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<html><body></body></html>');
  const draw = (label: string, size: ChartSize, options: Plot.PlotOptions): string => {
    const svg = plot.plot({ ...size, marginLeft: 64, marginRight: 26, marginTop: 12, marginBottom: 34, style, document: document as unknown as PlotDocument, ariaLabel: label, ...options });
    svg.setAttribute('role', 'img');
    return svg.outerHTML;
  };
  const grid = plot.gridY({ stroke: faint, strokeOpacity: 1 });
  const legendMarks = (lines: readonly { readonly title: string; readonly stroke: string }[]): Plot.Markish[] => [
    ...lines.map(({ title }, k) => plot.text([title], { frameAnchor: 'top-left', dx: 16 + k * 120, dy: -20, fill: 'currentColor', text: [title] })),
    ...lines.map(({ stroke }, k) => plot.dot([0], { frameAnchor: 'top-left', dx: 6 + k * 120, dy: -14, r: 4, fill: stroke })),
  ];
  return {
    series(series, size, look, others = []) {
      const points = series.time.map((time, i) => ({ time: new Date(time), value: series.value[i] })), isDrawdown = look === 'drawdown';
      const channels = { x: 'time', y: 'value' }, isFraction = series.unit === 'fraction';
      const own = series.value.filter(value => value !== null), values = [...own, ...others.flatMap(({ value }) => value.filter(each => each !== null))], low = Math.min(...values), high = Math.max(...values);
      const lines = others.map((other, k) => ({ title: other.title, stroke: otherColors[k % otherColors.length], points: other.time.map((time, i) => ({ time: new Date(time), value: other.value[i] })) }));
      const legend = lines.length === 0 ? [] : [{ title: series.title, stroke: gain }, ...lines];
      return draw(series.title, size, {
        marginTop: legend.length > 0 ? 30 : 12, x: { type: 'utc', label: null, ticks: size.width < 640 ? 4 : 8, ...timeTicks(series.time) },
        y: { label: null, ...(isFraction ? { tickFormat: '.2~%' } : { tickFormat: tickFormat(high - low) }), ticks: isDrawdown ? 3 : 5, zero: isDrawdown },
        marks: [
          grid,
          isDrawdown ? plot.areaY(points, { ...channels, fill: loss, fillOpacity: 0.25 }) : plot.areaY(points, { x: 'time', y1: () => (values.length > 0 ? low : 0), y2: 'value', fill: gain, fillOpacity: 0.08 }),
          ...lines.map(line => plot.lineY(line.points, { ...channels, stroke: line.stroke, strokeWidth: 1.25 })),
          plot.lineY(points, { ...channels, stroke: isDrawdown ? loss : gain, strokeWidth: 1.5 }),
          ...legendMarks(legend),
        ],
      });
    },
    curve({ title, unit, along, isLogarithmic, at, lines, marks }, size) {
      const drawn = lines.map(({ title: name, value }, k) => ({ title: name, stroke: k === 0 ? gain : otherColors[(k - 1) % otherColors.length], points: at.map((x, i) => ({ x, value: value[i] })) }));
      const first = at[0], last = at[at.length - 1], isRight = (x: number): boolean => (isLogarithmic ? x * x > first * last : 2 * x > first + last);
      const values = lines.flatMap(({ value }) => value), range = Math.max(...values) - Math.min(...values);
      return draw(title, size, {
        marginTop: 30, marginBottom: 44, x: { label: along, labelArrow: false, labelAnchor: 'center', labelOffset: 38, ...(isLogarithmic ? { type: 'log' as const } : {}), tickFormat: '~s', ticks: size.width < 480 ? 4 : 8 },
        y: { label: null, ticks: 5, tickFormat: unit === 'fraction' ? '.2~%' : tickFormat(range) },
        marks: [
          grid, plot.ruleY([0], { stroke: muted }),
          plot.ruleX(marks, { x: 'at', stroke: muted, strokeDasharray: '3 3' }),
          ...[...drawn].reverse().map(({ points, stroke }, k) => plot.lineY(points, { x: 'x', y: 'value', stroke, strokeWidth: k === drawn.length - 1 ? 2 : 1.25 })),
          // Below each other, for places may be near to each other.
          ...marks.map(({ at: x, label }, k) => plot.text([label], { x: () => x, text: [label], frameAnchor: 'bottom', textAnchor: isRight(x) ? 'end' : 'start', dx: isRight(x) ? -5 : 5, dy: -6 - 15 * k, fill: 'currentColor' })),
          ...legendMarks(drawn),
        ],
      });
    },
    bars({ title, label, value }, size) {
      const rows = waterfall(label, value);
      return draw(title, size, {
        marginLeft: 88, marginRight: 72, x: { label: null, ticks: size.width < 480 ? 3 : 6, tickFormat: tickFormat(Math.max(...rows.map(({ to }) => Math.abs(to)), 1)) }, y: { label: null, domain: [...label] }, marginBottom: 28,
        marks: [
          plot.gridX({ stroke: faint, strokeOpacity: 1 }),
          plot.barX(rows, { y: 'label', x1: 'from', x2: 'to', fill: ({ isTotal, amount }) => (isTotal ? muted : amount < 0 ? loss : gain), insetTop: 3, insetBottom: 3, rx: 2 }),
          // What is left after a step stands where the next one starts.
          plot.ruleX(rows.slice(0, -1), { x: 'to', y1: ({ label: at }) => at, y2: (_, i) => rows[i + 1].label, stroke: muted, strokeDasharray: '2 2' }),
          plot.ruleX([0], { stroke: muted }),
          plot.text(rows, { y: 'label', x: ({ from, to }) => Math.max(from, to), text: ({ amount }) => numberText(amount, 2), textAnchor: 'start', dx: 5, fill: 'currentColor' }),
        ],
      });
    },
    histogram({ title, edges, count, mark }, size) {
      const bins = count.map((n, k) => ({ from: edges[k], to: edges[k + 1], count: n })), beside = mark === undefined ? [] : [mark], isRight = mark !== undefined && mark.value > (edges[0] + edges[edges.length - 1]) / 2;
      return draw(title, size, {
        x: { label: null, ticks: size.width < 480 ? 3 : 5, tickFormat: tickFormat(edges.length > 1 ? edges[edges.length - 1] - edges[0] : 1) }, y: { label: null, ticks: 4, tickFormat: 'd' },
        marks: [grid, plot.rectY(bins, { x1: 'from', x2: 'to', y: 'count', fill: ({ from }) => (from < 0 ? loss : gain), inset: 0.5 }), plot.ruleY([0], { stroke: muted }),
          plot.ruleX(beside, { x: 'value', stroke: 'currentColor', strokeWidth: 2 }),
          plot.text(beside, { x: 'value', text: 'label', frameAnchor: 'top', textAnchor: isRight ? 'end' : 'start', dx: isRight ? -6 : 6, dy: 4, fill: 'currentColor' }),
        ],
      });
    },
  };
}

/** Up to four days show the time of day in 24 hours, the date where it changes; longer spans are the library's own. */
function timeTicks(time: readonly number[]): { tickFormat?: (date: Date, i: number) => string } {
  if (time.length > 0 && time[time.length - 1] - time[0] > 4 * 86_400_000) return {};
  return {
    tickFormat: (date, i) => {
      const text = date.toISOString(), clock = text.slice(11, 16);
      return i === 0 || clock === '00:00' ? `${clock}\n${text.slice(0, 10)}` : clock;
    },
  };
}

/** Decimals by the range that an axis spans, so that neighbouring ticks differ. */
function tickFormat(range: number): string {
  return range >= 20 ? ',.0f' : range >= 2 ? ',.1f' : range >= 0.2 ? ',.2f' : '.5~f';
}

/** The first and last amount stand on 0, those between on what is left so far. */
function waterfall(label: readonly string[], value: readonly number[]): { label: string; from: number; to: number; amount: number; isTotal: boolean }[] {
  let level = 0;
  return label.map((name, i) => {
    const isTotal = i === 0 || i === label.length - 1, from = isTotal ? 0 : level;
    level = isTotal ? value[i] : level + value[i];
    return { label: name, from, to: level, amount: value[i], isTotal };
  });
}
