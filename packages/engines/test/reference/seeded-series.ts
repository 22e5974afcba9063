/** Series that any language can make: x <- 48271 x mod 2147483647, u = x / 2147483647, z = twelve u summed in order, minus 6. */
export function seededNormals(seed: number): () => number {
  let x = seed;
  return () => {
    let sum = 0;
    for (let k = 0; k < 12; k++) {
      x = (48_271 * x) % 2_147_483_647;
      sum += x / 2_147_483_647;
    }
    return sum - 6;
  };
}

/** Series A: 500 returns. */
export function seededReturns(): Float64Array {
  const z = seededNormals(12_345);
  return Float64Array.from({ length: 500 }, () => 0.0004 + 0.01 * z());
}
