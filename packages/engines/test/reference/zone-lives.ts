/**
 * The lives of zones, bar by bar over a plain list, from the definitions of the engines that follow zones: what price reaches, what ends a zone, age and cap. Shares no code with them.
 */
export interface OpenedZone { readonly id: number; readonly row: number; readonly direction: number; readonly lower: number; readonly upper: number }
export interface ZoneBars { readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly close: ArrayLike<number>; readonly segment?: ArrayLike<number> }
export interface ZoneRules {
  /** What has to be beyond the far edge to violate; `reach`: a high or low at the edge fills instead, and nothing is told of the middle. */
  readonly end: 'close' | 'wick' | 'reach';
  readonly cap: number;
  readonly maximumAge: number;
}

/** Lines `row kind id`, as they are told: within a bar the zones by age, and before a new zone the one that it drives out. */
export function zoneLives({ high, low, close, segment }: ZoneBars, zones: readonly OpenedZone[], { end, cap, maximumAge }: ZoneRules): string[] {
  const told: string[] = [];
  let open: { zone: OpenedZone; touched: boolean; halved: boolean; newer: number }[] = [];
  for (let row = 0; row < high.length; row++) {
    if (segment !== undefined && row > 0 && segment[row] !== segment[row - 1]) {
      for (const { zone } of open) told.push(`${row} segmentEnd ${zone.id}`);
      open = [];
    }
    const isBar = !Number.isNaN(high[row] + low[row] + (end === 'reach' ? 0 : close[row]));
    open = open.filter((life) => {
      const { zone: { id, row: born, direction, lower, upper } } = life;
      if (row - born > maximumAge) {
        told.push(`${row} expired ${id}`);
        return false;
      }
      if (!isBar) return true;
      // How far into the zone the bar goes: 0 at the near edge, 1 at the far one.
      const nearEdge = direction > 0 ? upper : lower, farEdge = direction > 0 ? lower : upper, middle = (lower + upper) / 2, price = direction > 0 ? low[row] : high[row];
      const reaches = (level: number): boolean => (direction > 0 ? price <= level : price >= level);
      if (reaches(nearEdge) && !life.touched) {
        told.push(`${row} touched ${id}`);
        life.touched = true;
      }
      if (end === 'reach') {
        if (!reaches(farEdge)) return true;
        told.push(`${row} filled ${id}`);
        return false;
      }
      if (reaches(middle) && !life.halved) {
        told.push(`${row} midTouched ${id}`);
        life.halved = true;
      }
      const last = end === 'close' ? close[row] : price;
      if (!(direction > 0 ? last < farEdge : last > farEdge)) return true;
      told.push(`${row} violated ${id}`);
      return false;
    });
    for (const zone of zones.filter(({ row: born }) => born === row)) {
      for (const life of open) life.newer++;
      const out = open.filter(({ newer }) => newer >= cap);
      for (const { zone: old } of out) told.push(`${row} expired ${old.id}`);
      open = open.filter(({ newer }) => newer < cap);
      open.push({ zone, touched: false, halved: false, newer: 0 });
    }
  }
  return told;
}

/** The newest `count` zones that still stand at each row, until `is` holds for one: lines of what it gives. A cut forgets them. */
function watched({ high, segment }: ZoneBars, zones: readonly OpenedZone[], count: number, is: (zone: OpenedZone, row: number) => string | undefined): string[] {
  const told: string[] = [];
  // Of those that were done a place is left, which a newer one pushes out like any.
  let waiting: (OpenedZone | undefined)[] = [];
  for (let row = 0; row < high.length; row++) {
    if (segment !== undefined && row > 0 && segment[row] !== segment[row - 1]) waiting = [];
    waiting = waiting.map((zone) => {
      const line = zone && is(zone, row);
      if (line !== undefined) told.push(line);
      return line === undefined ? zone : undefined;
    });
    waiting = [...waiting, ...zones.filter(zone => zone.row === row)].slice(-count);
  }
  return told;
}

/** Gaps whose far edge a close is beyond: `row direction id`, the direction turned. */
export function turns(bars: ZoneBars, gaps: readonly OpenedZone[], count: number): string[] {
  return watched(bars, gaps, count, ({ id, direction, lower, upper }, row) => {
    const { high, low, close } = bars, isBar = !Number.isNaN(high[row] + low[row] + close[row]);
    return isBar && (direction > 0 ? close[row] < lower : close[row] > upper) ? `${row} ${-direction} ${id}` : undefined;
  });
}

/** Gaps whose middle a bar reaches: `row midTouched id`. */
export function middlesReached(bars: ZoneBars, gaps: readonly OpenedZone[], count: number): string[] {
  return watched(bars, gaps, count, ({ id, direction, lower, upper }, row) => {
    const middle = (lower + upper) / 2, isBar = !Number.isNaN(bars.high[row] + bars.low[row]);
    return isBar && (direction > 0 ? bars.low[row] <= middle : bars.high[row] >= middle) ? `${row} midTouched ${id}` : undefined;
  });
}
