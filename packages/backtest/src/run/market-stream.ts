/** Ticks that are read while they are replayed: memory holds a block of them, however many there are. */
import { DataError, formatTime, type Calendar, type Instrument, type InstrumentActions, type SourceColumns } from '@zanzibar/core';
import type { Financing } from '../ledger/financing.ts';
import type { Halt } from '../simulator/account-options.ts';
import { firstAtOrAfter, type Feed } from './replay.ts';

export interface MarketStream {
  readonly instrument: Instrument;
  readonly kind: 'quotes' | 'trades';
  /** Of the first and the last row, UTC nanoseconds. */
  readonly firstTime: bigint;
  readonly lastTime: bigint;
  /** How many rows there are, for progress. */
  readonly rows?: number;
  readonly calendar?: Calendar;
  readonly actions?: InstrumentActions;
  readonly financing?: Financing;
  readonly halts?: readonly Halt[];
  /** The rows in order of time, block by block, from the beginning each time. A block's arrays may be used again for the next. */
  blocks(): AsyncIterable<SourceColumns>;
}

type Block = Pick<Feed, 'columns' | 'known' | 'end' | 'at'>;

/** One instrument of a replay: the block in hand, and of the one before what has not been replayed yet. */
export class StreamFeed {
  /** In order of time; the last one is in the arrays of the stream. */
  private blocks: Block[] = [];
  /** No block comes after those in hand. */
  isLast: boolean = false;
  /** Rows replayed. */
  done = 0;
  private readonly stream: MarketStream;
  private readonly source: AsyncIterator<SourceColumns>;
  private readonly to: bigint;
  private last: bigint | undefined = undefined;

  /** Rows at or after `to` are left out. */
  constructor(stream: MarketStream, to: bigint) {
    this.stream = stream;
    this.source = stream.blocks()[Symbol.asyncIterator]();
    this.to = to;
  }

  /** Time of the next row, undefined where none is in hand. */
  get firstKnown(): bigint | undefined {
    const [block] = this.blocks;
    return block?.known[block.at];
  }

  /** Time of the last row in hand. */
  get lastKnown(): bigint | undefined {
    const block = this.blocks.at(-1);
    return block?.known[block.end - 1];
  }

  /** Time of the row that is `rows` behind the next one; undefined where fewer are in hand. */
  timeBehind(rows: number): bigint | undefined {
    let left = rows;
    for (const { known, at, end } of this.blocks) {
      if (left < end - at) return known[at + left];
      left -= end - at;
    }
    return undefined;
  }

  /** Reads the next block. What is left of those in hand is copied out of its way. Errors: DataError where time runs backwards. */
  async pull(): Promise<void> {
    this.blocks = this.blocks.map(({ columns, known, at, end }) => ({
      columns: Object.fromEntries(Object.entries(columns).filter(([, values]) => ArrayBuffer.isView(values)).map(([name, values]) => [name, values.slice(at, end)])),
      known: known.slice(at, end), at: 0, end: end - at,
    }));
    const { value, done } = await this.source.next();
    if (done) {
      this.isLast = true;
      return;
    }
    const columns = value as SourceColumns, known = columns.time as BigInt64Array, length = columns.length ?? known.length, end = firstAtOrAfter(known, this.to, length), { id } = this.stream.instrument;
    if (length > 0 && this.last !== undefined && known[0] < this.last) throw new DataError(`a block of ${id} begins at ${formatTime(known[0])}, before the one in front of it ends at ${formatTime(this.last)}`, {});
    if (length > 0) this.last = known[length - 1];
    if (end > 0) this.blocks.push({ columns, known, at: 0, end });
    if (end === length) return;
    this.isLast = true;
    await this.source.return?.();
  }

  /** Hands over the rows before `limit`, all of them without one, in pieces. */
  take(limit: bigint | undefined, push: (columns: SourceColumns, from: number, to: number) => void): void {
    for (const block of this.blocks) {
      const to = limit === undefined ? block.end : firstAtOrAfter(block.known, limit, block.end, block.at);
      if (to > block.at) push(block.columns, block.at, to);
      this.done += to - block.at;
      block.at = to;
    }
    this.blocks = this.blocks.filter(({ at, end }) => at < end);
  }

  /** Must another block be read before anything behind the next row's time is known to be complete? */
  get isShort(): boolean {
    return !this.isLast && (this.blocks.length === 0 || this.firstKnown === this.lastKnown);
  }

  /** Lets go of the stream, wherever it is. */
  async close(): Promise<void> {
    if (!this.isLast) await this.source.return?.();
  }
}
