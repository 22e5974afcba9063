/**
 * What is held of an instrument: one netted position, or in hedging several beside each other (`fills.md` 33, H1 to H12).
 *
 * With netting the market itself is the holding, the only one that it has; so whatever goes over holdings goes over that one number.
 */
import type { Lot } from '../ledger/lots.ts';
import type { Slot } from './order.ts';

export interface Holding {
  /** Signed. */
  position: number;
  /** NaN when flat. */
  average: number;
  /** Oldest first, where positions have lots. */
  lots: Lot[];
}

/** A position by itself: its id is that of the order that opened it. */
export class HedgedPosition implements Holding {
  readonly id: number;
  position = 0;
  average: number = NaN;
  lots: Lot[] = [];

  constructor(id: number) {
    this.id = id;
  }
}

/** The positions of an instrument that are open, in the order in which they were opened. */
export class Hedge {
  readonly positions: HedgedPosition[] = [];

  find(id: number): HedgedPosition | undefined {
    return this.positions.find(position => position.id === id);
  }

  /** What an order opens or reduces; one that holds nothing where there is nothing to reduce yet, or any more. */
  of({ order, positionId, isReduceOnly, side }: Slot): HedgedPosition {
    const found = positionId === positionId ? this.find(positionId) : isReduceOnly ? this.positions.find(({ position }) => position * side < 0) : this.find(order);
    return found ?? new HedgedPosition(positionId === positionId ? positionId : order);
  }

  /** A fill has changed a position: it joins the others, or leaves them. */
  settle(position: HedgedPosition): void {
    const { positions } = this, at = positions.indexOf(position);
    if (position.position === 0) {
      if (at >= 0) positions.splice(at, 1);
    } else if (at < 0) positions.push(position);
  }

  /** Sum of all. */
  get net(): number {
    return this.positions.reduce((sum, { position }) => sum + position, 0);
  }

  /** Of all, where they are of one side; else NaN. */
  get average(): number {
    const { positions } = this, side = positions.length === 0 ? 0 : Math.sign(positions[0].position);
    let worth = 0, size = 0;
    for (const { position, average } of positions) {
      if (position * side < 0) return NaN;
      worth += side * position * average;
      size += side * position;
    }
    return positions.length === 1 ? positions[0].average : worth / size;
  }
}
