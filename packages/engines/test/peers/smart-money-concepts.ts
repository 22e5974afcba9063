/**
 * What smartmoneyconcepts 0.0.27 (J. Attridge, MIT, github.com/joshyattridge/smart-money-concepts) computes, with its habits, for comparison only: its
 * swings, breaks, blocks and retracements know the future and are rewritten when a bar is added. Written from the described behaviour.
 *
 * Habits that have to be met: the swing window of 2L bars ends L bars ahead, so that L - 1 lie before; a high is tested before a low; the first and the last
 * bar get an invented swing; prices of levels are stored in single precision and compared in double; retracements are rounded to one decimal, half to even,
 * moved by one bar, and the first three legs are zeroed; weeks are labelled by their Sunday, so "previous" is the week before last.
 */

export interface Bars { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array; readonly volume: Float64Array }
export interface Columns { readonly [column: string]: Float64Array }

const emptyColumn = (count: number): Float64Array => new Float64Array(count).fill(NaN);

export function fairValueGapsOfPeer({ open, high, low, close }: Bars, isJoined: boolean): Columns {
  const count = open.length, fvg = emptyColumn(count), top = emptyColumn(count), bottom = emptyColumn(count), mitigatedIndex = emptyColumn(count);
  for (let row = 1; row + 1 < count; row++) {
    const isUp = high[row - 1] < low[row + 1] && close[row] > open[row], isDown = low[row - 1] > high[row + 1] && close[row] < open[row];
    if (!isUp && !isDown) continue;
    fvg[row] = isUp ? 1 : -1;
    top[row] = isUp ? low[row + 1] : low[row - 1];
    bottom[row] = isUp ? high[row - 1] : high[row + 1];
  }
  if (isJoined) {
    for (let row = 0; row + 1 < count; row++) {
      if (fvg[row] !== fvg[row + 1]) continue;
      top[row + 1] = Math.max(top[row], top[row + 1]);
      bottom[row + 1] = Math.min(bottom[row], bottom[row + 1]);
      fvg[row] = top[row] = bottom[row] = NaN;
    }
  }
  for (let row = 0; row < count; row++) {
    if (Number.isNaN(fvg[row])) continue;
    let later = row + 2;
    while (later < count && !(fvg[row] > 0 ? low[later] <= top[row] : high[later] >= bottom[row])) later++;
    // 0 is "never".
    mitigatedIndex[row] = later < count ? later : 0;
  }
  return { fvg, top, bottom, mitigatedIndex };
}

export function swingsOfPeer({ high, low }: Pick<Bars, 'high' | 'low'>, length: number): { readonly highLow: Float64Array; readonly level: Float64Array } {
  const count = high.length, highLow = emptyColumn(count), level = emptyColumn(count);
  let rows: number[] = [];
  for (let row = 2 * length - 1; row + length < count; row++) {
    let isHigh = true, isLow = true;
    for (let near = row - length + 1; near <= row + length; near++) {
      if (!(high[near] <= high[row])) isHigh = false;
      if (!(low[near] >= low[row])) isLow = false;
    }
    if (!isHigh && !isLow) continue;
    highLow[row] = isHigh ? 1 : -1;
    rows.push(row);
  }
  for (;;) {
    const gone = new Set<number>();
    for (let k = 0; k + 1 < rows.length; k++) {
      const a = rows[k], b = rows[k + 1];
      if (highLow[a] !== highLow[b]) continue;
      gone.add((highLow[a] > 0 ? high[a] < high[b] : low[a] > low[b]) ? a : b);
    }
    if (gone.size === 0) break;
    for (const row of gone) highLow[row] = NaN;
    rows = rows.filter(row => !gone.has(row));
  }
  if (rows.length > 0) {
    highLow[0] = -highLow[rows[0]];
    highLow[count - 1] = -highLow[rows.at(-1)!];
  }
  for (let row = 0; row < count; row++) if (!Number.isNaN(highLow[row])) level[row] = highLow[row] > 0 ? high[row] : low[row];
  return { highLow, level };
}

export function breaksOfPeer({ high, low, close }: Bars, { highLow, level: swingLevel }: ReturnType<typeof swingsOfPeer>, isByClose: boolean): Columns {
  const count = close.length, bos = emptyColumn(count), choch = emptyColumn(count), level = emptyColumn(count), brokenIndex = emptyColumn(count), rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (Number.isNaN(highLow[row])) continue;
    rows.push(row);
    if (rows.length < 4) continue;
    const [a, b, c, d] = rows.slice(-4), side = highLow[d], turns = highLow[a] === -side && highLow[b] === side && highLow[c] === -side;
    if (!turns) continue;
    const [la, lb, lc, ld] = [a, b, c, d].map(at => swingLevel[at] * side);
    if (la < lc && lc < lb && lb < ld) bos[b] = side;
    if (ld > lb && lb > la && la > lc) choch[b] = side;
    if (!Number.isNaN(bos[b]) || !Number.isNaN(choch[b])) level[b] = Math.fround(swingLevel[b]);
  }
  const marked: number[] = [];
  for (let row = 0; row < count; row++) {
    if (Number.isNaN(level[row])) continue;
    const isUp = bos[row] === 1 || choch[row] === 1, price = isByClose ? close : isUp ? high : low;
    let later = row + 2;
    while (later < count && !(isUp ? price[later] > level[row] : price[later] < level[row])) later++;
    if (later < count) {
      brokenIndex[row] = later;
      // Earlier marks that are broken no sooner go, but their broken index stays.
      for (const earlier of marked) if (brokenIndex[earlier] >= later) bos[earlier] = choch[earlier] = level[earlier] = NaN;
    }
    marked.push(row);
  }
  for (let row = 0; row < count; row++) if (Number.isNaN(brokenIndex[row])) bos[row] = choch[row] = level[row] = NaN;
  return { bos, choch, level, brokenIndex };
}

export function orderBlocksOfPeer({ open, high, low, close, volume }: Bars, { highLow }: ReturnType<typeof swingsOfPeer>, isByClose: boolean): Columns {
  const count = close.length, ob = emptyColumn(count), top = emptyColumn(count), bottom = emptyColumn(count), obVolume = emptyColumn(count);
  const mitigatedIndex = emptyColumn(count), percentage = emptyColumn(count), isBreaker = new Uint8Array(count);
  for (const side of [1, -1]) {
    // Blocks that are followed: one row may be there twice.
    let followed: number[] = [], last = -1;
    const crossed = new Set<number>();
    for (let row = 0; row < count; row++) {
      if (row > 0 && highLow[row - 1] === side) last = row - 1;
      for (const block of followed) {
        if (isBreaker[block] === 1) {
          // A block that was reset has edges of 0.
          const edge = side > 0 ? top[block] : bottom[block];
          if (side > 0 ? !(high[row] > (Number.isNaN(edge) ? 0 : edge)) : !(low[row] < (Number.isNaN(edge) ? 0 : edge))) continue;
          ob[block] = top[block] = bottom[block] = obVolume[block] = mitigatedIndex[block] = percentage[block] = NaN;
          followed = followed.filter((other, k) => k !== followed.indexOf(block));
        } else {
          const price = side > 0 ? (isByClose ? Math.min(open[row], close[row]) : low[row]) : isByClose ? Math.max(open[row], close[row]) : high[row];
          if (side > 0 ? !(price < bottom[block]) : !(price > top[block])) continue;
          isBreaker[block] = 1;
          mitigatedIndex[block] = side > 0 ? row - 1 : row;
        }
      }
      if (last < 0 || crossed.has(last) || !(side > 0 ? close[row] > high[last] : close[row] < low[last])) continue;
      crossed.add(last);
      let block = row - 1, isBetween = false;
      for (let at = last + 1; at < row; at++) {
        if (!isBetween || (side > 0 ? low[at] <= low[block] : high[at] >= high[block])) block = at;
        isBetween = true;
      }
      const isUpsideDown = side > 0 && !isBetween;
      ob[block] = side;
      top[block] = Math.fround(isUpsideDown ? low[block] : high[block]);
      bottom[block] = Math.fround(isUpsideDown ? high[block] : low[block]);
      const two = volume[row] + volume[row - 1], before = row >= 2 ? volume[row - 2] : 0, larger = Math.max(Math.fround(two), Math.fround(before));
      obVolume[block] = Math.fround(two + before);
      percentage[block] = larger === 0 ? 100 : Math.fround((Math.min(Math.fround(two), Math.fround(before)) / larger) * 100);
      if (Number.isNaN(mitigatedIndex[block])) mitigatedIndex[block] = 0;
      followed.push(block);
    }
  }
  return { ob, top, bottom, obVolume, mitigatedIndex, percentage };
}

export function liquidityOfPeer({ high, low }: Bars, { highLow, level: swingLevel }: ReturnType<typeof swingsOfPeer>, share: number): Columns {
  const count = high.length, liquidity = emptyColumn(count), level = emptyColumn(count), end = emptyColumn(count), swept = emptyColumn(count);
  const range = (high.reduce((a, b) => Math.max(a, b)) - low.reduce((a, b) => Math.min(a, b))) * share;
  for (const side of [1, -1]) {
    const rows = [...highLow.keys()].filter(row => highLow[row] === side), used = new Set<number>();
    for (const row of rows) {
      if (used.has(row)) continue;
      const from = swingLevel[row] - range, to = swingLevel[row] + range;
      let sweep = row + 1;
      while (sweep < count && !(side > 0 ? high[sweep] >= to : low[sweep] <= from)) sweep++;
      const group = rows.filter(other => other > row && other < sweep && !used.has(other) && swingLevel[other] >= from && swingLevel[other] <= to);
      if (group.length === 0) continue;
      for (const other of group) used.add(other);
      liquidity[row] = side;
      level[row] = Math.fround(group.reduce((sum, other) => sum + swingLevel[other], swingLevel[row]) / (group.length + 1));
      end[row] = group.at(-1)!;
      // 0 is "never".
      swept[row] = sweep < count ? sweep : 0;
    }
  }
  return { liquidity, level, end, swept };
}

const minute = 60_000, day = 1440 * minute;
const frames: { readonly [frame: string]: number } = { '1h': 60 * minute, '4h': 240 * minute, '1D': day };
/** Milliseconds of 1970-01-04, a Sunday. */
const sunday = 3 * day;

/** `times` are opening times in milliseconds. */
export function previousHighLowOfPeer({ high, low }: Bars, times: Float64Array, frame: string): Columns {
  const count = high.length, previousHigh = emptyColumn(count), previousLow = emptyColumn(count), brokenHigh = new Float64Array(count), brokenLow = new Float64Array(count);
  // The label of a period is its start, that of a week the Sunday at its end.
  const label = (time: number): number => (frame === 'W' ? Math.ceil((time - sunday - (day - 1)) / (7 * day)) * 7 * day + sunday : Math.floor(time / frames[frame]) * frames[frame]);
  const labels: number[] = [], highs: number[] = [], lows: number[] = [];
  for (let row = 0; row < count; row++) {
    const at = label(times[row]);
    if (labels.at(-1) !== at) {
      labels.push(at);
      highs.push(high[row]);
      lows.push(low[row]);
    } else {
      highs[labels.length - 1] = Math.max(highs.at(-1)!, high[row]);
      lows[labels.length - 1] = Math.min(lows.at(-1)!, low[row]);
    }
  }
  let before = 0, highest = NaN, lowest = NaN;
  for (let row = 0; row < count; row++) {
    const was = before;
    while (before < labels.length && labels[before] < times[row]) before++;
    const isNew = row === 0 || before !== was;
    highest = isNew ? high[row] : Math.max(highest, high[row]);
    lowest = isNew ? low[row] : Math.min(lowest, low[row]);
    if (before < 2) continue;
    previousHigh[row] = Math.fround(highs[before - 2]);
    previousLow[row] = Math.fround(lows[before - 2]);
    brokenHigh[row] = highest > previousHigh[row] ? 1 : 0;
    brokenLow[row] = lowest < previousLow[row] ? 1 : 0;
  }
  return { previousHigh, previousLow, brokenHigh, brokenLow };
}

/** `start` and `end` in minutes of the UTC day, both inclusive. */
export function sessionsOfPeer({ high: tops, low: bottoms }: Bars, times: Float64Array, start: number, end: number): Columns {
  const count = tops.length, active = new Float64Array(count), high = new Float64Array(count), low = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const now = Math.floor((times[row] % day) / minute);
    if (!(start < end ? start <= now && now <= end : start <= now || now <= end)) continue;
    active[row] = 1;
    high[row] = Math.fround(Math.max(tops[row], row > 0 ? high[row - 1] : 0));
    low[row] = Math.fround(Math.min(bottoms[row], row > 0 && low[row - 1] !== 0 ? low[row - 1] : Infinity));
  }
  return { active, high, low };
}

/** To one decimal, half to even. */
function roundedToTenth(value: number): number {
  const tenfold = value * 10, lower = Math.floor(tenfold), rest = tenfold - lower;
  return (rest < 0.5 || (rest === 0.5 && lower % 2 === 0) ? lower : lower + 1) / 10;
}

export function retracementsOfPeer({ high, low }: Bars, { highLow, level }: ReturnType<typeof swingsOfPeer>): Columns {
  const count = high.length, direction = new Float64Array(count), current = new Float64Array(count), deepest = new Float64Array(count);
  let top = 0, bottom = 0;
  for (let row = 0; row < count; row++) {
    if (highLow[row] === 1) top = level[row];
    if (highLow[row] === -1) bottom = level[row];
    const before = row > 0 ? direction[row - 1] : 0;
    direction[row] = Number.isNaN(highLow[row]) ? before : highLow[row];
    // On the row of a low after a leg up both are computed, the second stands.
    for (const side of [1, -1]) {
      if (side > 0 ? before !== 1 : direction[row] !== -1) continue;
      const price = side > 0 ? low[row] : high[row], from = side > 0 ? bottom : top, reach = side > 0 ? top - bottom : bottom - top;
      current[row] = roundedToTenth(reach === 0 ? 0 : 100 - ((price - from) / reach) * 100);
      deepest[row] = Math.max(before === side ? deepest[row - 1] : 0, current[row]);
    }
  }
  const shifted = (values: Float64Array): Float64Array => Float64Array.from(values, (_, row) => values[row === 0 ? count - 1 : row - 1]);
  const columns = { direction: shifted(direction), currentRetracement: shifted(current), deepestRetracement: shifted(deepest) };
  let changes = 0, last = 0;
  while (last + 1 < count && changes < 3) if (columns.direction[last] !== columns.direction[++last]) changes++;
  for (const name in columns) columns[name as keyof typeof columns].fill(0, 0, changes === 3 ? last + 1 : last);
  return columns;
}
