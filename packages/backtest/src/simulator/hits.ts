/** Rows at which orders on ticks must be looked at, nearest first: a binary heap whose entries go stale when their order moves on. */
import type { Slot } from './order.ts';

export class Hits {
  private readonly rows: number[] = [];
  private readonly slots: Slot[] = [];

  push(row: number, slot: Slot): void {
    const { rows, slots } = this;
    let at = rows.length;
    rows.push(row);
    slots.push(slot);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (rows[above] <= row) break;
      rows[at] = rows[above];
      slots[at] = slots[above];
      at = above;
    }
    rows[at] = row;
    slots[at] = slot;
  }

  /** The nearest row of an order that still waits for it, Infinity if there is none. */
  top(instrument: number): number {
    const { rows, slots } = this;
    while (rows.length > 0) {
      const slot = slots[0];
      if (slot.next === rows[0] && slot.instrument === instrument) return rows[0];
      this.pop();
    }
    return Infinity;
  }

  /** The order of the nearest entry. */
  get topSlot(): Slot {
    return this.slots[0];
  }

  get topRow(): number {
    return this.rows.length > 0 ? this.rows[0] : Infinity;
  }

  pop(): void {
    const { rows, slots } = this, row = rows.pop()!, slot = slots.pop()!, count = rows.length;
    if (count === 0) return;
    let at = 0;
    for (let below = 1; below < count; below = 2 * at + 1) {
      if (below + 1 < count && rows[below + 1] < rows[below]) below++;
      if (rows[below] >= row) break;
      rows[at] = rows[below];
      slots[at] = slots[below];
      at = below;
    }
    rows[at] = row;
    slots[at] = slot;
  }

  clear(): void {
    if (this.rows.length === 0) return;
    this.rows.length = 0;
    this.slots.length = 0;
  }
}
