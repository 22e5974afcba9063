/**
 * Count, mean and variance of values that come one at a time, in one pass; two of them merge into that of all their values.
 *
 * Definition  n += 1; d = x - m; m += d / n; q += d (x - m); variance q / (n - 1)
 *             merged: d = m2 - m1; m = m1 + d n2 / n; q = q1 + q2 + d^2 n1 n2 / n
 * Units       mean those of x, variances their square     NaN  absorbing; also with too few values (1; 2 for the sample variance)
 * Source      B. P. Welford, Technometrics 4 (1962); merging by T. F. Chan, G. H. Golub, R. J. LeVeque, The American Statistician 37 (1983)
 * Example     after 1, 2, 3, 4: mean 2.5, variance 1.666...
 */
export class RunningMoments {
  count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count++;
    const distance = value - this.#mean;
    this.#mean += distance / this.count;
    this.#squares += distance * (value - this.#mean);
  }

  /** Takes in all values that `other` has seen. */
  merge(other: RunningMoments): void {
    if (other.count === 0) return;
    const count = this.count + other.count, distance = other.#mean - this.#mean;
    this.#squares += other.#squares + (distance * distance * this.count * other.count) / count;
    this.#mean += (distance * other.count) / count;
    this.count = count;
  }

  get mean(): number {
    return this.count < 1 ? NaN : this.#mean;
  }

  /** Of a sample: divides by n - 1. */
  get variance(): number {
    return this.count < 2 ? NaN : this.#squares / (this.count - 1);
  }

  get populationVariance(): number {
    return this.count < 1 ? NaN : this.#squares / this.count;
  }

  /** Of a sample. */
  get standardDeviation(): number {
    return Math.sqrt(this.variance);
  }

  /** Its three numbers, for state that outlives it. */
  snapshot(): Float64Array {
    return Float64Array.of(this.count, this.#mean, this.#squares);
  }

  static restore(snapshot: Float64Array): RunningMoments {
    const moments = new RunningMoments();
    [moments.count, moments.#mean, moments.#squares] = snapshot;
    return moments;
  }
}
