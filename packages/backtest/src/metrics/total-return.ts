/**
 * Total return: growth of equity over the whole run, as a fraction of what there was at the start.
 *
 * Definition  final / start - 1.  Units  fraction.  NaN  when the start is not above 0.  Example  100, 110 -> 0.1
 */
export function totalReturn(start: number, final: number): number {
  return start > 0 ? final / start - 1 : NaN;
}
