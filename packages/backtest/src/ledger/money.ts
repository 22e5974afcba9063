/** Cash counted in whole units: every amount is rounded once, and sums are exact. */

export class Money {
  /** Units in one of the currency, 0: amounts are doubles and never rounded. */
  readonly perUnit: number;
  /** Cash in units. */
  counted: number;

  /** Errors: RangeError for a unit that is not 0, 1 or one over a whole number. */
  constructor(unit: number, start: number) {
    const perUnit = unit === 0 ? 0 : Math.round(1 / unit);
    if (!(unit >= 0) || (unit > 0 && perUnit < 1)) throw new RangeError(`money: moneyUnit must be 0, or at most 1 and one over a whole number, was ${unit}`);
    if (!Number.isFinite(start)) throw new RangeError(`money: cash must be a finite number, was ${start}`);
    this.perUnit = perUnit;
    this.counted = perUnit === 0 ? start : Math.round(start * perUnit);
  }

  get value(): number {
    return this.perUnit === 0 ? this.counted : this.counted / this.perUnit;
  }

  /** An amount in units, rounded. */
  count(amount: number): number {
    return this.perUnit === 0 ? amount : Math.round(amount * this.perUnit);
  }

  /** The amount of so many units. */
  amount(units: number): number {
    return this.perUnit === 0 ? units : units / this.perUnit;
  }
}
