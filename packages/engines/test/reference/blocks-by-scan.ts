/** Order blocks, breakers and mitigation blocks by looking at every row anew, from their definitions; shares no code with the engines. */
import type { ScannedBreak } from './breaks-by-scan.ts';

type Columns = { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly atr: Float64Array; readonly longAtr: Float64Array };
export interface BlockRules { readonly block: string; readonly zone: string; readonly mode: string; readonly maximumRange: number; readonly maximumAge: number; readonly lookback: number }
export interface ScannedBlock {
  readonly direction: number; readonly originRow: number; readonly knownRow: number; readonly lower: number; readonly upper: number; readonly displacement: number;
  /** NaN: never. */
  readonly touched: number; readonly midTouched: number; readonly violated: number; readonly expired: number;
  /** Was there a break of structure in its direction by then? */
  readonly wasLed: boolean;
}

function rows(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}

/** What a zone meets after `knownRow`, with `isBeyond` as its end. */
function lifeOf({ high, low }: Columns, direction: number, lower: number, upper: number, knownRow: number, maximumAge: number, isBeyond: (row: number) => boolean): Pick<ScannedBlock, 'touched' | 'midTouched' | 'violated' | 'expired'> {
  const later = rows(knownRow + 1, Math.min(high.length, knownRow + maximumAge + 1)), middle = (lower + upper) / 2;
  const violated = later.find(isBeyond) ?? NaN, open = later.filter(row => !(row > violated));
  const expiry = knownRow + maximumAge + 1;
  return {
    touched: open.find(row => (direction > 0 ? low[row] <= upper : high[row] >= lower)) ?? NaN,
    midTouched: open.find(row => (direction > 0 ? low[row] <= middle : high[row] >= middle)) ?? NaN,
    violated, expired: Number.isNaN(violated) && expiry < high.length ? expiry : NaN,
  };
}

export function blocksByScan(bars: Columns, breaks: readonly ScannedBreak[], { block, zone, mode, maximumRange, maximumAge, lookback }: BlockRules): ScannedBlock[] {
  const { open, high, low, close, atr, longAtr } = bars;
  return breaks.map(({ direction, originRow: swing, knownRow }) => {
    const isWild = (row: number): boolean => maximumRange > 0 && high[row] - low[row] >= maximumRange * longAtr[row];
    const depth = (row: number): number => (direction > 0 === isWild(row) ? high[row] : low[row]) * direction, between = rows(Math.max(swing + 1, knownRow - lookback), knownRow);
    const extreme = between.length === 0 ? knownRow - 1 : between.filter(row => depth(row) === Math.min(...between.map(depth))).at(-1)!;
    const opposite = between.filter(row => row <= extreme && Math.sign(close[row] - open[row]) === -direction).at(-1);
    const origin = block === 'extreme' ? extreme : (opposite ?? extreme);
    const [lower, upper] = zone === 'range' ? [low[origin], high[origin]] : [Math.min(open[origin], close[origin]), Math.max(open[origin], close[origin])];
    const life = lifeOf(bars, direction, lower, upper, knownRow, maximumAge, row => {
      const price = mode === 'close' ? close[row] : direction > 0 ? low[row] : high[row];
      return direction > 0 ? price < lower : price > upper;
    });
    const wasLed = breaks.some(other => other.kind === 'breakOfStructure' && other.direction === direction && other.knownRow >= knownRow && (other.knownRow < life.violated || other.knownRow === knownRow));
    return { direction, originRow: origin, knownRow, lower, upper, displacement: (direction > 0 ? close[knownRow] - low[origin] : high[origin] - close[knownRow]) / atr[knownRow], ...life, wasLed };
  });
}

/** What violated blocks become, and their lives. */
export function breakersByScan(bars: Columns, blocks: readonly ScannedBlock[], maximumAge: number): (Omit<ScannedBlock, 'displacement' | 'originRow'> & { kind: string })[] {
  return blocks.filter(({ violated }) => !Number.isNaN(violated)).map(({ direction, lower, upper, violated, wasLed }) => ({
    kind: wasLed ? 'breakerBlock' : 'mitigationBlock', direction: -direction, knownRow: violated, lower, upper, wasLed,
    ...lifeOf(bars, -direction, lower, upper, violated, maximumAge, row => (direction > 0 ? bars.close[row] > upper : bars.close[row] < lower)),
  }));
}
