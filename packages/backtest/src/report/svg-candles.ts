/** The last candles of a source with profiles, zones, breaks, labels and fills as one SVG: no script, so a notebook shows it inline. */
import { escapeText } from './escape-text.ts';
import { placeTexts, type WantedText } from './place-texts.ts';
import type { ReportCandles } from './candle-model.ts';
import type { ReportModel } from './report-model.ts';

const width = 960, height = 360, left = 8, right = 72, top = 40, bottom = 28;

const colors = `
svg{--gain:#0072b2;--loss:#d55e00;--other:#8a6d9f;--muted:#5b6573;--grid:#d9dee5;--ink:#17202b;--paper:#ffffff;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.tag{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){svg{--gain:#56b4e9;--loss:#e69f00;--other:#b79fcb;--muted:#9aa6b4;--grid:#2b3542;--ink:#e8edf3;--paper:#10161d}}
`;

export interface CandleOptions {
  /** Bars of the strategy to draw. @defaultValue its first */
  readonly source?: string;
  /** Candles, the latest. @defaultValue 160 */
  readonly count?: number;
}

/** Errors: RangeError where the report has no such source, or no bars. */
export function renderSvgCandles(model: ReportModel, { source = Object.keys(model.candles)[0], count }: CandleOptions = {}): string {
  const candles = model.candles[source] as ReportCandles | undefined;
  if (candles === undefined) throw new RangeError(`renderSvgCandles: there are no bars "${source}", the report has ${Object.keys(model.candles).join(', ') || 'none'}`);
  return svgOfCandles(candles, 'renderSvgCandles', count);
}

/** `by` is who is named where the count is none. */
export function svgOfCandles(candles: ReportCandles, by: string, count: number = 160): string {
  if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`${by}: count must be a positive integer, was ${count}`);
  const first = Math.max(0, candles.row.length - count), rows = candles.row.slice(first), size = rows.length, highs = candles.high.slice(first), lows = candles.low.slice(first);
  const high = Math.max(...highs), low = Math.min(...lows), span = high - low || 1, step = (width - left - right) / Math.max(size, 1), placeOf = new Map(rows.map((row, k) => [row, k]));
  const x = (k: number): string => (left + step * (k + 0.5)).toFixed(1), y = (price: number): string => (top + ((high - Math.min(high, Math.max(low, price))) / span) * (height - top - bottom)).toFixed(1);
  const parts: string[] = profileRows(candles, placeOf, step, x, y), wanted: WantedText[] = [];
  for (const { fromRow, toRow, low: floor, high: ceiling, kind, direction } of candles.zones) {
    const last = rows[size - 1], end = Math.min(toRow ?? last, last), begin = Math.max(fromRow, rows[0] ?? 0);
    if (end < begin || ceiling < low || floor > high) continue;
    const from = placeOf.get(begin) ?? 0, to = placeOf.get(end) ?? size - 1, color = direction > 0 ? 'var(--gain)' : 'var(--loss)';
    parts.push(`<rect class="zone" x="${x(from)}" y="${y(ceiling)}" width="${(step * (to - from + 0.5)).toFixed(1)}" height="${Math.max(1, Number(y(floor)) - Number(y(ceiling))).toFixed(1)}" fill="${color}" opacity="0.16"><title>${escapeText(kind)} ${floor} to ${ceiling}</title></rect>`);
  }
  for (let k = 0; k < size; k++) {
    const open = candles.open[first + k], close = candles.close[first + k], color = close >= open ? 'var(--gain)' : 'var(--loss)', body = Math.max(1, Math.abs(Number(y(open)) - Number(y(close))));
    parts.push(`<path class="candle" d="M${x(k)} ${y(highs[k])}V${y(lows[k])}" stroke="${color}"/><rect x="${(left + step * (k + 0.2)).toFixed(1)}" y="${y(Math.max(open, close))}" width="${(step * 0.6).toFixed(1)}" height="${body.toFixed(1)}" fill="${color}"/>`);
  }
  for (const { row, level, short, kind, direction } of candles.breaks) {
    const k = placeOf.get(row);
    if (k === undefined) continue;
    parts.push(`<path class="break" d="M${x(k)} ${y(level)}h${Math.min(Math.max(10 * step, 14), width - right - Number(x(k))).toFixed(1)}" stroke="var(--ink)" stroke-width="1.2"><title>${escapeText(kind)} ${level}</title></path>`);
    const isUp = direction > 0;
    if (short) wanted.push({ rank: 0, words: short, x: Number(x(k)) + 2, y: Number(y(level)) + (isUp ? -4 : 11), fill: '', size: 10, way: isUp ? -1 : 1, isMiddle: false });
  }
  for (const { row, level, short, kind, direction } of candles.labels ?? []) {
    const k = placeOf.get(row);
    if (k === undefined) continue;
    const isBelow = direction > 0, at = Number(y(level ?? (isBelow ? lows[k] : highs[k])));
    parts.push(`<path class="label" d="M${x(k)} ${at}v${isBelow ? 7 : -7}" stroke="var(--ink)"><title>${escapeText(kind)}</title></path>`);
    wanted.push({ rank: 1, words: short, x: Number(x(k)), y: at + (isBelow ? 16 : -9), fill: '', size: 10, way: isBelow ? 1 : -1, isMiddle: true });
  }
  for (const { row, price, side, quantity } of candles.fills) {
    const k = placeOf.get(row);
    if (k === undefined) continue;
    const tip = side > 0 ? 8 : -8;
    parts.push(`<path class="fill" d="M${x(k)} ${y(price)}l-5 ${tip}h10z" fill="var(--ink)"><title>${side > 0 ? 'buy' : 'sell'} ${quantity} at ${price}</title></path>`);
  }
  const words = placeTexts(wanted, { left, right: width - right, top: top - 12, bottom: height - bottom + 8 });
  const ticks = [high, low + span / 2, low].map(price => `<path d="M${left} ${y(price)}H${width - right}" stroke="var(--grid)"/><text x="${width - right + 6}" y="${Number(y(price)) + 4}" font-size="12" fill="var(--muted)">${price.toFixed(candles.digits)}</text>`);
  const at = (k: number): string => (size === 0 ? '' : `${new Date(candles.time[first + k]).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Candles of ${escapeText(candles.instrument)}">
<style>${colors}</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
<text x="16" y="24" font-size="15" font-weight="600" fill="var(--ink)">${escapeText(`${candles.instrument} ${candles.interval} (${candles.price})`)}</text>
${ticks.join('')}
${parts.join('\n')}
${words.map(({ text, x: begin, y: base }) => `<text class="tag" x="${begin.toFixed(1)}" y="${base.toFixed(1)}" font-size="${text.size}">${escapeText(text.words)}</text>`).join('')}
<text x="${left}" y="${height - 8}" font-size="12" fill="var(--muted)">${at(0)}</text><text x="${width - right}" y="${height - 8}" font-size="12" text-anchor="end" fill="var(--muted)">${at(size - 1)}</text>
</svg>
`;
}

/** Finished profiles lie under the candles that they are of, the widest row 60 % as wide as those. */
function profileRows(candles: ReportCandles, placeOf: ReadonlyMap<number, number>, step: number, x: (k: number) => string, y: (price: number) => string): string[] {
  const parts: string[] = [], last = placeOf.size - 1;
  for (const { fromRow, row, price, volume, size, low, high, control } of candles.profiles ?? []) {
    const begin = placeOf.get(fromRow) ?? 0, end = placeOf.get(row) ?? (row > candles.row[candles.row.length - 1] ? last : NaN), most = Math.max(...volume);
    if (!(end > begin)) continue;
    const wide = step * (end - begin), from = Number(x(begin)) - step / 2;
    price.forEach((level, k) => {
      const top = y(level + size), tall = Math.max(0.6, Number(y(level)) - Number(top)).toFixed(1);
      parts.push(`<rect class="profile" x="${from.toFixed(1)}" y="${top}" width="${((volume[k] / most) * wide * 0.6).toFixed(1)}" height="${tall}" fill="var(--other)" opacity="${level >= low && level <= high ? 0.35 : 0.18}"/>`);
    });
    parts.push(`<path d="M${from.toFixed(1)} ${y(control)}h${wide.toFixed(1)}" stroke="var(--other)"><title>point of control ${control}</title></path>`);
  }
  return parts;
}
