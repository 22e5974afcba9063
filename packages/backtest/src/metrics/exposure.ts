/**
 * Exposure: share of the run's time in which at least one position was open.
 *
 * Definition  time with a quantity other than 0 in any instrument / (to - from), the quantities summed from the fills in order; closed hours count as time.
 * Units       fraction.  NaN  for a run without length.  Example  in from 2 to 5 of a run from 0 to 10 -> 0.3
 */
export interface SignedFill {
  /** Any unit, ascending. */
  readonly time: number;
  /** Code of the instrument. */
  readonly instrument: number;
  /** Bought above 0, sold below. */
  readonly quantity: number;
}

/** `dust` is the quantity at or below which a position counts as closed. */
export function exposure(fills: readonly SignedFill[], from: number, to: number, dust: number = 1e-9): number {
  if (!(to > from)) return NaN;
  const held = new Map<number, number>();
  let open = 0, since = from, total = 0;
  for (const { time, instrument, quantity } of fills) {
    const before = held.get(instrument) ?? 0, after = before + quantity;
    const isOpenBefore = Math.abs(before) > dust, isOpenAfter = Math.abs(after) > dust;
    held.set(instrument, isOpenAfter ? after : 0);
    if (isOpenAfter && !isOpenBefore && open++ === 0) since = time;
    if (!isOpenAfter && isOpenBefore && --open === 0) total += time - since;
  }
  if (open > 0) total += to - since;
  return total / (to - from);
}
