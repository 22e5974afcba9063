/** Equity over time, compact: times stay in the columns that they come from, cash is kept where it changes. */
import { ChunkLog } from './chunks.ts';
import type { Clock } from './clock.ts';

/** Elements `[from, from + count)` of a column of times. */
interface Stretch {
  times: BigInt64Array;
  from: number;
  count: number;
  isOwn: boolean;
}

/** Money that moves without a fill. */
export type Flow = 'dividends' | 'funding' | 'borrow';

/** Equity and cash, one row at a time; the times of rows that follow each other are remembered as a stretch of their column, cash where it changes. */
export class EquityLog {
  equity!: Float64Array;
  readonly log: ChunkLog;
  private readonly stretches: Stretch[] = [];
  private last: Stretch = { times: new BigInt64Array(0), from: 0, count: 0, isOwn: false };
  private readonly changes: ChunkLog;
  private changeRow!: Float64Array;
  private changeCash!: Float64Array;
  private lastCash: number = NaN;
  /** Since the row before, by row: dividends received, funding and borrow paid. */
  private readonly flows: { readonly [F in Flow]: Map<number, number> } = { dividends: new Map(), funding: new Map(), borrow: new Map() };
  /** Times that were copied out of columns that go. */
  private kept: BigInt64Array = new BigInt64Array(1024);
  private keptCount = 0;

  constructor() {
    this.log = new ChunkLog(['f64'], [], columns => {
      [this.equity] = columns;
    });
    this.changes = new ChunkLog(['f64', 'f64'], [], columns => {
      [this.changeRow, this.changeCash] = columns;
    });
  }

  write(clock: Clock, equity: number, cash: number): void {
    const { last } = this;
    if (cash !== this.lastCash) this.keepCash(cash);
    if (last.times === clock.times && last.from + last.count === clock.at && clock.times !== clock.own) last.count++;
    else this.begin(clock, 1);
    const at = this.log.append();
    this.equity[at] = equity;
  }

  /** Part of the next row: a dividend is positive where it was received, the others where they were paid. */
  add(flow: Flow, amount: number): void {
    const row = this.log.length, rows = this.flows[flow];
    rows.set(row, (rows.get(row) ?? 0) + amount);
  }

  /** What no row has yet. */
  pending(flow: Flow): number {
    return this.flows[flow].get(this.log.length) ?? 0;
  }

  /** Undefined where there was none. */
  flow(flow: Flow): Float64Array | undefined {
    const rows = this.flows[flow];
    if (rows.size === 0) return undefined;
    const all = new Float64Array(this.log.length);
    for (const [row, amount] of rows) if (row < all.length) all[row] = amount;
    return all;
  }

  /**
   * Makes room for rows that the caller writes into `equity` from `log.at` on and then counts by `close`: the first at the present key, each at the next element
   * of its column of times, all with this cash. Returns for how many there is room.
   */
  open(clock: Clock, cash: number): number {
    const { last } = this;
    if (cash !== this.lastCash) this.keepCash(cash);
    if (last.times !== clock.times || last.from + last.count !== clock.at) this.begin(clock, 0);
    return this.log.reserve();
  }

  close(count: number): void {
    this.log.at += count;
    this.last.count += count;
  }

  private keepCash(cash: number): void {
    const at = this.changes.append();
    this.changeRow[at] = this.log.length;
    this.changeCash[at] = cash;
    this.lastCash = cash;
  }

  private begin(clock: Clock, count: number): void {
    this.last = { times: clock.times, from: clock.at, count, isOwn: false };
    this.stretches.push(this.last);
    if (clock.times === clock.own) this.keep(this.stretches.length - 1);
  }

  /** Copies the times that still stand in other columns, before those go. */
  keepTimes(): void {
    for (let k = this.stretches.length - 1; k >= 0 && !this.stretches[k].isOwn; k--) this.keep(k);
  }

  private keep(k: number): void {
    const { stretches } = this, stretch = stretches[k], { times, from, count } = stretch;
    if (this.keptCount + count > this.kept.length) {
      this.kept = new BigInt64Array(Math.max(32_768, count));
      this.keptCount = 0;
    }
    this.kept.set(times.subarray(from, from + count), this.keptCount);
    stretch.times = this.kept;
    stretch.from = this.keptCount;
    stretch.isOwn = true;
    this.keptCount += count;
    const before = stretches[k - 1];
    if (k === stretches.length - 1 && before !== undefined && before.times === this.kept && before.from + before.count === stretch.from) {
      before.count += count;
      stretches.pop();
      this.last = before;
    }
  }

  times(): BigInt64Array {
    const all = new BigInt64Array(this.log.length);
    let at = 0;
    for (const { times, from, count } of this.stretches) {
      all.set(times.subarray(from, from + count), at);
      at += count;
    }
    return all;
  }

  cash(): Float64Array {
    const { length } = this.log, all = new Float64Array(length), { changes } = this;
    for (let k = 0; k < changes.length; k++) all.fill(changes.value(1, k), changes.value(0, k), k + 1 < changes.length ? changes.value(0, k + 1) : length);
    return all;
  }
}
