/** Which cycles a row hits, by listing the multiples of each one by one. Shares nothing with the engine. */
export function cyclesAt(row: number, anchor: number, periods: readonly number[], tolerance: number): { readonly hits: number[]; readonly exact: number } {
  const hits: number[] = [];
  let exact = 0;
  for (const period of periods) {
    let isHit = false;
    for (let multiple = period; anchor + multiple <= row + tolerance; multiple += period) {
      if (anchor + multiple >= row - tolerance) isHit = true;
      if (anchor + multiple === row) exact++;
    }
    if (isHit && row > anchor) hits.push(period);
  }
  return { hits, exact };
}
