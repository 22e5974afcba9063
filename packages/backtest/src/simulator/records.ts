/** What a run writes down: orders, fills, executions and equity in compact logs, as tables of the schemas when they are asked for. */
import { ChunkLog, SparseDoubles } from './chunks.ts';
import type { Clock } from './clock.ts';
import type { Trail } from './trail.ts';
import { limit, oto, stop, stopLimit, trailingStop, trailingStopLimit, type Slot } from './order.ts';

/** Codes of core's registers that the venue writes. */
export const event = { submit: 0, accept: 1, reject: 2, trigger: 3, fill: 4, replace: 5, cancel: 6, expire: 7, cancelReject: 8, replaceReject: 9 } as const;
export const maker = 1, taker = 2;

/** Orders as submitted, one row each, by id. */
export class OrderLog {
  facts!: Int32Array;
  instrument!: Int32Array;
  quantity!: Float64Array;
  decisionTime!: BigInt64Array;
  decisionRow!: Float64Array;
  readonly price: SparseDoubles = new SparseDoubles(NaN);
  readonly stopPrice: SparseDoubles = new SparseDoubles(NaN);
  readonly trail: SparseDoubles = new SparseDoubles(NaN);
  readonly activation: SparseDoubles = new SparseDoubles(NaN);
  readonly parent: SparseDoubles = new SparseDoubles(NaN);
  readonly linkGroup: SparseDoubles = new SparseDoubles(NaN);
  readonly hold: SparseDoubles = new SparseDoubles(NaN);
  readonly holdRows: SparseDoubles = new SparseDoubles(NaN);
  readonly position: SparseDoubles = new SparseDoubles(NaN);
  readonly tag: SparseDoubles = new SparseDoubles(-1);
  /** Of orders good till a time, by row. */
  readonly expireTimes: Map<number, bigint> = new Map();
  readonly log: ChunkLog;

  constructor() {
    const sparse = [this.price, this.stopPrice, this.trail, this.activation, this.parent, this.linkGroup, this.hold, this.holdRows, this.position, this.tag];
    this.log = new ChunkLog(['i32', 'i32', 'f64', 'i64', 'f64'], sparse, columns => {
      [this.facts, this.instrument, this.quantity, this.decisionTime, this.decisionRow] = columns;
    });
  }

  /** Writes the order of a slot and returns its id. */
  write(slot: Slot, quantity: number, clock: Clock, decisionRow: number): void {
    const at = this.log.append();
    this.facts[at] = (slot.side + 2) | (slot.form << 3) | (slot.timeInForce << 7) | (slot.linkKind << 10) | ((slot.isReduceOnly ? 1 : 0) << 12) | ((slot.isPostOnly ? 1 : 0) << 13);
    if (slot.trail !== null) this.writeTrail(at, slot.trail);
    this.instrument[at] = slot.instrument;
    this.quantity[at] = quantity;
    this.decisionTime[at] = clock.times[clock.at];
    this.decisionRow[at] = decisionRow;
    if (slot.limit === slot.limit) this.price.set(at, slot.limit);
    if (slot.stop === slot.stop) this.stopPrice.set(at, slot.stop);
    if (slot.parent !== null) this.parent.set(at, slot.parent.order);
    else if (slot.linkKind === oto && slot.linkGroup < slot.order) this.parent.set(at, slot.linkGroup);
    if (slot.holdRows === slot.holdRows) this.holdRows.set(at, slot.holdRows);
    if (slot.linkGroup === slot.linkGroup) this.linkGroup.set(at, slot.linkGroup);
    if (slot.hold === slot.hold) this.hold.set(at, slot.hold);
    if (slot.positionId === slot.positionId) this.position.set(at, slot.positionId);
    if (slot.tag >= 0) this.tag.set(at, slot.tag);
    if (slot.expireTime !== 0n) this.expireTimes.set(this.log.length - 1, slot.expireTime);
  }

  private writeTrail(at: number, { unit, distance, activation }: Trail): void {
    this.facts[at] |= unit << 14;
    if (distance === distance) this.trail.set(at, distance);
    if (activation === activation) this.activation.set(at, activation);
  }

  /** Place of the instrument of an order that has been written, -1 where this log does not hold it. */
  instrumentOf(order: number): number {
    const row = order - this.log.base;
    return row >= 0 && row < this.log.length ? this.log.value(1, row) : -1;
  }
}

/** What a fill of a leg, or of an order that waited for its entry, is as an exit: by its kind stop, trailingStop, target, time or order (core's `exitReasons`). */
function exitOf({ form, kind, side, turn, parent }: Slot): number {
  if (form === trailingStop || form === trailingStopLimit) return 6;
  if (kind === limit || turn !== side) return 3;
  if (kind === stop || kind === stopLimit) return 2;
  return parent === null ? 1 : 4;
}

/** Fills, one row each. */
export class FillLog {
  order!: Float64Array;
  /** Side + 2, liquidity, exit reason, instrument. */
  facts!: Int32Array;
  time!: BigInt64Array;
  row!: Float64Array;
  price!: Float64Array;
  quantity!: Float64Array;
  readonly fee: SparseDoubles = new SparseDoubles(0);
  readonly spread: SparseDoubles = new SparseDoubles(0);
  readonly slippage: SparseDoubles = new SparseDoubles(0);
  readonly latency: SparseDoubles = new SparseDoubles(0);
  readonly impact: SparseDoubles = new SparseDoubles(0);
  /** Hedging: the position that was opened or reduced. */
  readonly position: SparseDoubles = new SparseDoubles(NaN);
  readonly tag: SparseDoubles = new SparseDoubles(-1);
  readonly log: ChunkLog;

  constructor() {
    this.log = new ChunkLog(['f64', 'i32', 'i64', 'f64', 'f64', 'f64'], [this.fee, this.spread, this.slippage, this.latency, this.impact, this.position, this.tag], columns => {
      [this.order, this.facts, this.time, this.row, this.price, this.quantity] = columns;
    });
  }

  write(slot: Slot, clock: Clock, row: number, price: number, quantity: number, liquidity: number): number {
    const at = this.log.append();
    this.order[at] = slot.order;
    const exit = slot.parent === null && !slot.isExit && slot.positionId !== slot.positionId ? 1 : exitOf(slot);
    this.facts[at] = (slot.side + 2) | (liquidity << 3) | (exit << 5) | (slot.instrument << 8);
    this.time[at] = clock.times[clock.at];
    this.row[at] = row;
    this.price[at] = price;
    this.quantity[at] = quantity;
    if (slot.tag >= 0) this.tag.set(at, slot.tag);
    return at;
  }
}

/**
 * Executions: one code each. Their times are those of the order or fill they belong to or, where neither is, stamped beside; prices and quantities are the
 * fill's. So an order that is sent, accepted and filled costs three doubles here.
 */
export class ExecutionLog {
  code!: Float64Array;
  readonly log: ChunkLog;
  /** Entry and time, where the time is not that of the entry before. */
  readonly stampEntries: number[] = [];
  readonly stampTimes: bigint[] = [];
  /** What replaces left to do and the price they work at, in order. */
  readonly replaced: { readonly quantity: number; readonly price: number }[] = [];
  /** States of the orders that ended before the snapshot from which this run goes on. */
  endsBefore: Uint8Array = new Uint8Array(0);
  /** When these orders had arrived, and the time of the last execution. */
  arrivalsBefore: BigInt64Array = new BigInt64Array(0);
  private timeBefore = 0n;
  private readonly last: BigInt64Array = new BigInt64Array(1);

  constructor() {
    this.log = new ChunkLog(['f64'], [], columns => {
      [this.code] = columns;
    });
  }

  write(order: number, what: number, state: number, reason: number, clock: Clock): void {
    const { last } = this;
    if (last[0] !== clock.times[clock.at]) {
      last[0] = clock.times[clock.at];
      if (what !== event.submit && what !== event.fill) {
        this.stampEntries.push(this.log.length);
        this.stampTimes.push(last[0]);
      }
    }
    // Two steps: appending may open a new chunk.
    const at = this.log.append();
    this.code[at] = order * 8192 + ((what << 9) | (state << 5) | reason);
  }

  /** Time of the last execution. */
  get lastTime(): bigint {
    return this.last[0];
  }

  /** Goes on after an execution of this time. */
  set lastTime(time: bigint) {
    this.last[0] = time;
    this.timeBefore = time;
  }

  /** Time of the execution before this log's first. */
  get firstTime(): bigint {
    return this.timeBefore;
  }

  /** The state in which an order ended, from the last of its entries. */
  endOf(order: number): number {
    for (let k = this.log.length - 1; k >= 0; k--) {
      const code: number = this.log.value(0, k);
      if (Math.floor(code / 8192) === order) return ((code % 8192) >> 5) & 15;
    }
    return this.endsBefore[order] ?? 13;
  }
}
