/**
 * Hit rate: share of round trips that made money after costs; one that made exactly 0 did not.
 *
 * Definition  count(net > 0) / count.  Units  fraction.  NaN  without a round trip.  Example  2, -1, 0, 3 -> 0.5
 */
export function hitRate(net: ArrayLike<number>): number {
  let hits = 0;
  for (let i = 0; i < net.length; i++) if (net[i] > 0) hits++;
  return hits / net.length;
}
