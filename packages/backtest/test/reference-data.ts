/** Seeded reference data that any language makes alike, for oracles: a multiplicative congruential generator and sums of twelve uniforms. */
export function* uniforms(seed: number): Generator<number, never> {
  let x = seed;
  for (;;) {
    x = (48_271 * x) % 2_147_483_647;
    yield x / 2_147_483_647;
  }
}

export function normal(stream: Generator<number, never>): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += stream.next().value;
  return sum - 6;
}

/** 500 daily returns 0.0004 + 0.01 z from seed 12345: the first is 0.0032438674299250622, the sum 0.50544712509282. */
export function seriesA(): Float64Array {
  const stream = uniforms(12_345);
  return Float64Array.from({ length: 500 }, () => 0.0004 + 0.01 * normal(stream));
}

/** Closes as `oracles/metrics/seeded_bars.py` makes them. */
export function seededCloses(seed: number, count: number): Float64Array {
  const stream = uniforms(seed);
  let price = 100;
  return Float64Array.from({ length: count }, () => {
    price *= 1 + 0.001 * normal(stream);
    price *= 1 + 0.0004 + 0.01 * normal(stream);
    stream.next();
    stream.next();
    return price;
  });
}
