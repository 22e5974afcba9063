/** Decimal text in bytes to the nearest double, without making strings. */

const powers: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const missing: ReadonlySet<string> = new Set(['', 'nan', 'null', 'na', 'n/a', 'none', '.', '-']);

/**
 * The double nearest to the decimal in `bytes[start, end)`, NaN where the field says that there is no value, undefined where it is no number.
 *
 * Up to 15 digits over a power of ten up to 22 are two exact doubles, so one division rounds correctly (W. D. Clinger, How to Read Floating
 * Point Numbers Accurately, 1990); anything else goes the slow way through a string. Missing: empty, nan, null, na, n/a, none, `.` and `-`.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start,
    mantissa = 0,
    digits = 0,
    decimals = 0;
  const isNegative = bytes[at] === minus;
  if (isNegative) at++;
  for (; at < end; at++) {
    const digit = bytes[at] - zero;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
    digits++;
  }
  if (at < end && bytes[at] === point) {
    const first = ++at;
    for (; at < end; at++) {
      const digit = bytes[at] - zero;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
      digits++;
    }
    decimals = at - first;
  }
  // A mantissa of at most 2^53 was exact at every step, however many zeros the text has.
  if (at !== end || digits === 0 || mantissa > 9_007_199_254_740_992 || decimals > 22 || digits > 22) return slowNumber(bytes, start, end);
  const value = mantissa / powers[decimals];
  return isNegative ? -value : value;
}

function slowNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  const text = fieldText(bytes, start, end);
  if (decimal.test(text)) return Number(text);
  return missing.has(text.toLowerCase()) ? NaN : undefined;
}

/** The text of a field. */
export function fieldText(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

export const zero = 48;
export const minus = 45;
export const point = 46;
