import { appendEvent, defineEngine, eventCode, eventSchema, nonNegativeNumber, oneOf, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { lowestRow } from './leg-extreme.ts';
import { endZones, followZones, newZones, openZone } from './zones.ts';

/**
 * Order blocks: the bar from which a move began that broke structure, and the life of its zone.
 *
 * Definition  A break of structure or change of character up of bar t over the swing of row q makes bar k in (q, t) a block: with `block: 'extreme'` that of
 *             the lowest low, of equals the last; with 'lastOpposite' the last bar with close < open in (q, that bar], which itself if none. Where no bar lies
 *             between, k = t - 1; at most `lookback` bars back count. A bar whose range is at least `maximumRange` times `longAtr` has its high and low
 *             swapped for this search (0: no bar has). Zone [low[k], high[k]], or the body. Down mirrors. From the bar after t on: `touched` at the near edge
 *             (up: low <= upper), `midTouched` at the middle, `violated` beyond the far edge, by the close (mode `wick`: the low), which ends it; `expired`
 *             after `maximumAge` bars or when `cap` newer blocks came, `segmentEnd` at a cut. Within a bar blocks go by age, and the new one comes last
 * Units       price in; `atr` and `longAtr` in price, `volume` (all optional). Levels are the edges, lower first, ref the block's id. value of an orderBlock
 *             is its displacement, (close[t] - low[k]) / atr[t]; of a violated one 1 if a breakOfStructure in its direction made it or came in between, else
 *             0; else NaN. blockVolume is v[t] + v[t-1] + v[t-2], blockBalance min(a, b) / max(a, b) of a = v[t] + v[t-1], b = v[t-2], in rows with a new block
 * Warm-up     that of the swings     Lag  none that is fixed: originRow is k, knownRow t
 * NaN         such a bar is no extreme, and touches and violates nothing; without the column that a figure needs the figure is NaN
 * Source      inner-circle trading practice, no primary source; search, guard and life as LuxAlgo's Smart Money Concepts states them
 * Oracle      reference packages/engines/test/reference/blocks-by-scan.ts
 * Oracle      reference packages/engines/test/reference/drawn-structures.ts
 * Oracle      reference packages/engines/test/reference/zone-lives.ts
 * Example     low 3 2 1 2 4, high 5 3 2 4 6, a break up of row 4 over the swing of row 0: orderBlock, originRow 2, knownRow 4, levels 1 and 2
 */
export interface OrderBlocksOptions {
  /** The bar that is the block. @defaultValue 'extreme' */
  block: 'extreme' | 'lastOpposite';
  /** From low to high, or from open to close. @defaultValue 'range' */
  zone: 'range' | 'body';
  /** What has to be beyond the far edge: the close, or the high or low. @defaultValue 'close' */
  mode: 'close' | 'wick';
  /** Long average true ranges from which on a bar is too wild to be an extreme; 0: no bar is. Needs the column longAtr. @defaultValue 0 */
  maximumRange: number;
  /** Bars back in which the block is looked for. @defaultValue 500 */
  lookback: number;
  /** Bars for which a block is followed. @defaultValue 1000 */
  maximumAge: number;
  /** Newest blocks that are followed. @defaultValue 32 */
  cap: number;
}

const breakColumns = { kind: 'i16', direction: 'i8', originRow: 'f64' } as const;

export const orderBlocks: Engine<
  OrderBlocksOptions, F64<'open' | 'high' | 'low' | 'close'>, F64<'blockVolume' | 'blockBalance'>, { events: typeof eventSchema }, { breaks: typeof breakColumns }, F64<'volume' | 'atr' | 'longAtr'>
> = /* @__PURE__ */ defineEngine({
  name: 'orderBlocks',
  version: 2,
  input: { open: 'f64', high: 'f64', low: 'f64', close: 'f64' },
  optional: { volume: 'f64', atr: 'f64', longAtr: 'f64' },
  reads: { breaks: breakColumns },
  aligned: { blockVolume: 'f64', blockBalance: 'f64' },
  sparse: ['blockVolume', 'blockBalance'],
  appended: { events: eventSchema },
  kinds: ['orderBlock', 'touched', 'midTouched', 'violated', 'expired', 'segmentEnd'],
  defaults: { block: 'extreme', zone: 'range', mode: 'close', maximumRange: 0, lookback: 500, maximumAge: 1000, cap: 32 } as OrderBlocksOptions,
  check({ block, zone, mode, maximumRange, lookback, maximumAge, cap }) {
    oneOf('orderBlocks: block', block, ['extreme', 'lastOpposite']);
    oneOf('orderBlocks: zone', zone, ['range', 'body']);
    oneOf('orderBlocks: mode', mode, ['close', 'wick']);
    nonNegativeNumber('orderBlocks: maximumRange', maximumRange);
    positiveInteger('orderBlocks: lookback', lookback);
    positiveInteger('orderBlocks: maximumAge', maximumAge);
    positiveInteger('orderBlocks: cap', cap);
  },
  units: { value: 'ratio', blockVolume: 'volume', blockBalance: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init: ({ lookback, cap }) => ({
    // Did a break of structure in its direction make the block or come after it?
    wasLed: new Uint8Array(cap),
    volume1: NaN, volume2: NaN,
    // The last bars: as they are, and as the search for extremes sees them (the high sides turned over, so that one search serves both).
    opens: new Float64Array(lookback).fill(NaN), highs: new Float64Array(lookback).fill(NaN), lows: new Float64Array(lookback).fill(NaN), closes: new Float64Array(lookback).fill(NaN),
    floors: new Float64Array(lookback).fill(NaN), ceilings: new Float64Array(lookback).fill(NaN),
    ...newZones(cap),
  }),

  advance(state, { base, open, high, low, close, volume, atr, longAtr, tables, offsets }, { events, blockVolume, blockBalance }, from, to, options) {
    const { breaks } = tables, start = offsets.breaks, { mode, zone, maximumRange, lookback, maximumAge } = options, { wasLed, side, opens, highs, lows, closes, floors, ceilings } = state;
    if (maximumRange > 0 && longAtr === undefined) throw new TypeError('orderBlocks: maximumRange needs the column "longAtr"');
    let { volume1, volume2 } = state, place = (base + from) % lookback;
    for (let i = from; i < to; i++) {
      const row = base + i, c = close[i], sum = high[i] + low[i] + c, isBar = sum === sum, h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN, v = volume === undefined ? NaN : volume[i];
      if (l <= state.below || h >= state.above || row > state.due) followZones(events, state, h, l, mode === 'close' ? c : l, mode === 'close' ? c : h, row, wasLed);
      blockVolume[i] = NaN;
      blockBalance[i] = NaN;
      for (let k = start[i]; k < start[i + 1]; k++) {
        const isBreak = breaks.kind[k] === eventCode.breakOfStructure, direction = breaks.direction[k];
        if (!isBreak && breaks.kind[k] !== eventCode.changeOfCharacter) continue;
        if (isBreak) for (let z = 0; z < side.length; z++) if (side[z] === direction) wasLed[z] = 1;
        const origin = blockRow(state, direction, breaks.originRow[k], row, options), at = origin % lookback;
        const lower = zone === 'range' ? lows[at] : Math.min(opens[at], closes[at]), upper = zone === 'range' ? highs[at] : Math.max(opens[at], closes[at]);
        // The bar before the break held NaN and no other was there.
        if (!(lower <= upper)) continue;
        const a = v + volume1, move = direction > 0 ? c - lows[at] : highs[at] - c, z = openZone(events, state, direction, lower, upper, row, maximumAge);
        wasLed[z] = isBreak ? 1 : 0;
        state.id[z] = appendEvent(events, eventCode.orderBlock, direction, origin, row, NaN, lower, upper, atr !== undefined && atr[i] > 0 ? move / atr[i] : NaN);
        blockVolume[i] = a + volume2;
        blockBalance[i] = Math.max(a, volume2) > 0 ? Math.min(a, volume2) / Math.max(a, volume2) : NaN;
      }
      const isWild = maximumRange > 0 && h - l >= maximumRange * longAtr![i];
      opens[place] = open[i];
      highs[place] = h;
      lows[place] = l;
      closes[place] = c;
      floors[place] = isWild ? h : l;
      ceilings[place] = isWild ? -l : -h;
      place = place + 1 === lookback ? 0 : place + 1;
      volume2 = volume1;
      volume1 = v;
    }
    state.volume1 = volume1;
    state.volume2 = volume2;
  },

  end(state, { base }, { events }, row) {
    endZones(events, state, base + row);
  },
});

type Past = { opens: Float64Array; closes: Float64Array; floors: Float64Array; ceilings: Float64Array };

/** The row of the block of a break at `row` over the swing of row `swing`. */
function blockRow({ opens, closes, floors, ceilings }: Past, direction: number, swing: number, row: number, { block, lookback }: OrderBlocksOptions): number {
  const extreme = lowestRow(direction > 0 ? floors : ceilings, swing, row);
  if (block === 'extreme') return extreme;
  for (let back = extreme; back > swing && back >= row - lookback; back--) if ((closes[back % lookback] - opens[back % lookback]) * direction < 0) return back;
  return extreme;
}
