/**
 * Every power of two that a number can be, 2^-1074 to 2^1023: `powersOfTwo[k + powerOffset]` is 2^k.
 *
 * A product with one is exact unless it underflows, and no engine of JavaScript makes other bits of it, as they do of `2 ** k`.
 */
export const powersOfTwo: Float64Array = doubled(5e-324, 2098), powerOffset = 1074;

function doubled(first: number, count: number): Float64Array {
  const powers = new Float64Array(count);
  for (let at = 0, power = first; at < count; at++, power *= 2) powers[at] = power;
  return powers;
}
