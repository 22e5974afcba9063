/**
 * A sum that keeps what each addition rounds away.
 *
 * Definition  s + c, where s is the running sum and c collects the rounding error of every step, exactly
 * Units       those of the values     NaN  any NaN gives NaN; infinities give what bare addition gives     Empty  0
 * Source      A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974)
 * Example     1, 1e100, 1, -1e100 sums to 2
 */
export class CompensatedSum {
  #sum = 0;
  #error = 0;

  add(value: number): void {
    const sum = this.#sum + value;
    this.#error += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
  }

  get total(): number {
    const total = this.#sum + this.#error;
    // After an overflow the error term is NaN although the sum itself is a true infinity.
    return Number.isNaN(total) ? this.#sum : total;
  }
}

/** The compensated sum of rows `[from, to)` of a column. */
export function compensatedSum(values: ArrayLike<number>, from: number = 0, to: number = values.length): number {
  return sumOf(values, from, to, 0, false);
}

/** The compensated sum of the squared distances from `center`, without a column to hold them. */
export function compensatedSquares(values: ArrayLike<number>, center: number): number {
  return sumOf(values, 0, values.length, center, true);
}

function sumOf(values: ArrayLike<number>, from: number, to: number, center: number, isSquared: boolean): number {
  let sum = 0, error = 0;
  for (let i = from; i < to; i++) {
    const given = values[i], distance = given - center, value = isSquared ? distance * distance : given;
    // Knuth's form of the same exact error: no branch that depends on which of the two is larger.
    const next = sum + value, added = next - sum;
    error += sum - (next - added) + (value - added);
    sum = next;
  }
  return Number.isNaN(sum + error) ? sum : sum + error;
}
