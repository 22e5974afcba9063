/** The slots of live orders: taken, given back, and found by the order's id. */
import { Slot } from './order.ts';

export class OrderPool {
  /** Every slot ever made; those without an order are free. */
  readonly slots: Slot[] = [];
  private readonly free: Slot[] = [];
  private readonly places: (Slot | null)[] = Array.from({ length: 1024 }, () => null);
  /** Orders whose place another live order has. */
  private readonly others: Map<number, Slot> = new Map();

  take(order: number): Slot {
    let slot = this.free.pop();
    if (slot === undefined) {
      slot = new Slot();
      this.slots.push(slot);
    }
    slot.order = order;
    const place = order & 1023;
    if (this.places[place] === null) this.places[place] = slot;
    else this.others.set(order, slot);
    return slot;
  }

  give(slot: Slot): void {
    const place = slot.order & 1023;
    if (this.places[place] === slot) this.places[place] = null;
    else this.others.delete(slot.order);
    slot.reset();
    this.free.push(slot);
  }

  find(order: number): Slot | undefined {
    const slot = this.places[order & 1023];
    return slot !== null && slot.order === order ? slot : this.others.get(order);
  }

  /** All slots with an order, by id. */
  ascending(): Slot[] {
    return this.slots.filter(slot => slot.order >= 0).sort((a, b) => a.order - b.order);
  }

  clear(): void {
    this.slots.length = 0;
    this.free.length = 0;
    this.places.fill(null);
    this.others.clear();
  }
}
