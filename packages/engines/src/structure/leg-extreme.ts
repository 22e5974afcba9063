/**
 * Where the leg of a break begins, over a ring of the rows up to `before` in which row r has the place r modulo the ring's length: the row of the lowest value
 * between the rows `after` and `before`, both exclusive, of equals the last. The row before `before` where there is none. NaN is no value; what has left the ring is none.
 */
export function lowestRow(ring: Float64Array, after: number, before: number): number {
  const size = ring.length, first = Math.max(after + 1, before - size);
  let found = before - 1, lowest = Infinity, place = (before - 1) % size;
  for (let row = before - 1; row >= first; row--) {
    if (ring[place] < lowest) {
      lowest = ring[place];
      found = row;
    }
    place = place === 0 ? size - 1 : place - 1;
  }
  return found;
}
