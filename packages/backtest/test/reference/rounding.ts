/** Grids as `contracts.md` 4 and `fills.md` 36 and 60 have them, for one instrument. */
export class Rounding {
  readonly tick: number;
  readonly step: number;

  constructor(tick: number, step: number) {
    this.tick = tick;
    this.step = step;
  }

  /** The passive side: buyers bid lower, sellers ask higher. */
  limit(price: number, side: number): number {
    return onGrid(price, this.tick, side > 0 ? Math.floor : Math.ceil);
  }

  /** Against whoever takes, and away from the market for stops: both are up for a buyer. */
  against(price: number, side: number): number {
    return onGrid(price, this.tick, side > 0 ? Math.ceil : Math.floor);
  }

  quantityDown(quantity: number): number {
    return onGrid(quantity, this.step, Math.trunc);
  }

  /** A sum of quantities, freed of the dust of adding doubles. */
  quantity(sum: number): number {
    return onGrid(sum, this.step, Math.round);
  }
}

function onGrid(value: number, step: number, round: (steps: number) => number): number {
  if (Number.isNaN(step) || !Number.isFinite(value)) return value;
  const perUnit = step < 1 ? Math.round(1 / step) : NaN;
  const steps = step < 1 ? value * perUnit : value / step;
  const nearest = Math.round(steps);
  const whole = Math.abs(steps - nearest) <= 1e-6 ? nearest : round(steps);
  return step < 1 ? whole / perUnit : whole * step;
}

/** Money counted in units; a unit of 0 never rounds. */
export class Money {
  readonly perUnit: number;
  counted: number;

  constructor(unit: number, start: number) {
    this.perUnit = unit === 0 ? 0 : Math.round(1 / unit);
    this.counted = this.perUnit === 0 ? start : Math.round(start * this.perUnit);
  }

  get value(): number {
    return this.perUnit === 0 ? this.counted : this.counted / this.perUnit;
  }

  round(amount: number): number {
    return this.perUnit === 0 ? amount : Math.round(amount * this.perUnit) / this.perUnit;
  }

  units(rounded: number): number {
    return this.perUnit === 0 ? rounded : Math.round(rounded * this.perUnit);
  }

  add(rounded: number): void {
    this.counted += this.perUnit === 0 ? rounded : Math.round(rounded * this.perUnit);
  }
}
