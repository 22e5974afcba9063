/**
 * Volume that an account has traded, as fee tiers count it.
 *
 * Definition  `month`: since the first of the fill's UTC month, what was traded before the fill included; `thirtyDays`: the 30 UTC days before the day of the fill
 * Shapes      one number; days that count no more are forgotten
 */
import { civilDate } from '@zanzibar/core';

const daysCounted = 30;

export class TradedVolume {
  readonly isMonthly: boolean;
  private day = -1;
  private month = -1;
  /** Up to the present: the month's, or the present day's. */
  private present = 0;
  /** Sum over `days`. */
  private before = 0;
  private days: { readonly day: number; readonly volume: number }[] = [];

  constructor(window: 'month' | 'thirtyDays') {
    this.isMonthly = window === 'month';
  }

  /** What counts for a fill of this day (since 1970, UTC); days never decrease. */
  at(day: number): number {
    if (day !== this.day) this.begin(day);
    return this.isMonthly ? this.present : this.before;
  }

  /** Counts a fill of the day that was asked about last. */
  add(volume: number): void {
    this.present += volume;
  }

  private begin(day: number): void {
    if (this.isMonthly) {
      const { year, month } = civilDate(day), present = 12 * year + month;
      if (present !== this.month) this.present = 0;
      this.month = present;
    } else {
      if (this.present > 0) this.days.push({ day: this.day, volume: this.present });
      this.days = this.days.filter(one => one.day >= day - daysCounted);
      this.before = this.days.reduce((sum, { volume }) => sum + volume, 0);
      this.present = 0;
    }
    this.day = day;
  }

  save(): object {
    const { day, month, present, days } = this;
    return { day, month, present, days };
  }

  restore({ day, month, present, days }: { day: number; month: number; present: number; days: { day: number; volume: number }[] }): void {
    this.day = day;
    this.month = month;
    this.present = present;
    this.days = days;
    this.before = days.reduce((sum, { volume }) => sum + volume, 0);
  }
}
