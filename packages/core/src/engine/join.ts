/** A table that an engine reads through offsets: which of its rows became visible at which of the driver's. */
import type { GrowingTable } from '../table.ts';
import { leap, visibility, type Place } from './place.ts';

export class Join {
  readonly name: string;
  readonly place: Place;
  private readonly driver: Place;
  private readonly table: GrowingTable;
  private offsets: Int32Array = new Int32Array(2);
  /** Where the kernel sees the offsets. */
  private readonly shown: Record<string, Int32Array>;
  /** What tells of one pair of rows; made anew where arrays or the rows' positions are others. */
  private isVisible: ((k: number, i: number) => boolean) | undefined;

  constructor(name: string, place: Place, driver: Place, shown: Record<string, Int32Array>) {
    this.name = name;
    this.place = place;
    this.driver = driver;
    this.table = place.table;
    this.shown = shown;
    shown[name] = this.offsets;
  }

  /** Arrays were replaced or rows forgotten. */
  forget(): void {
    this.isVisible = undefined;
  }

  /** Writes the offsets of positions `[from, to)`, all rows before the absolute row `cursor` having been seen; returns the new cursor. */
  look(cursor: number, from: number, to: number): number {
    const { base, length } = this.table;
    let k = cursor - base;
    if (this.offsets.length <= to) this.shown[this.name] = this.offsets = new Int32Array(2 * to + 1);
    const { offsets } = this;
    if (from < to && k < length) {
      const isVisible = (this.isVisible ??= visibility(this.place, this.driver)), skip = length - k > 8 * (to - from) ? leap(this.place, this.driver) : undefined;
      for (let i = from; i < to; i++) {
        offsets[i] = k;
        for (k = skip?.(k, i) ?? k; k < length && isVisible(k, i); ) k++;
      }
    } else if (to - from === 1) offsets[from] = k;
    else offsets.fill(k, from, to);
    offsets[to] = k;
    return base + k;
  }
}
