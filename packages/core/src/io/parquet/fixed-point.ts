/** Decimals as the doubles nearest to them: unscaled integers over a power of ten. */

const powers: readonly number[] = Array.from({ length: 23 }, (_, scale) => Number(`1e${scale}`));
const safe = 9_007_199_254_740_991;

/** `unscaled` / 10^scale, rounded once: both are exact doubles, or the decimal's text is read. */
export function decimal(unscaled: number | bigint, scale: number): number {
  const value = Number(unscaled);
  if (Math.abs(value) <= safe && scale < powers.length) return value / powers[scale];
  return Number(`${unscaled}e-${scale}`);
}

/** The two's complement integer in `bytes[start, start + length)`, most significant byte first unless `isLittle`; a number where it is exact. */
export function integerAt(bytes: Uint8Array, start: number, length: number, isLittle: boolean): number | bigint {
  const first = isLittle ? start + length - 1 : start,
    step = isLittle ? -1 : 1;
  let value = length === 0 ? 0 : (bytes[first] << 24) >> 24;
  for (let k = 1, at = first + step; k < length; k++, at += step) {
    value = value * 256 + bytes[at];
    if (Math.abs(value) > safe) return wideIntegerAt(bytes, first, length, step);
  }
  return value;
}

function wideIntegerAt(bytes: Uint8Array, first: number, length: number, step: number): bigint {
  let value = BigInt((bytes[first] << 24) >> 24);
  for (let k = 1, at = first + step; k < length; k++, at += step) value = (value << 8n) | BigInt(bytes[at]);
  return value;
}

/** The IEEE 754 half-precision number in two bytes, least significant first. */
export function halfFloatAt(bytes: Uint8Array, at: number): number {
  const bits = bytes[at] | (bytes[at + 1] << 8),
    sign = bits & 32_768 ? -1 : 1,
    exponent = (bits >> 10) & 31,
    fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return (sign * fraction) / 16_777_216;
  return exponent >= 25 ? sign * (1024 + fraction) * (1 << (exponent - 25)) : (sign * (1024 + fraction)) / (1 << (25 - exponent));
}
