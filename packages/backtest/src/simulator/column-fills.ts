/** Fills of many columns in flat arrays that are kept from run to run. */

export class ColumnFills {
  /** Rows in use. */
  length = 0;
  /** Which column: its place in the list. */
  column: Int32Array = new Int32Array(0);
  side: Int8Array = new Int8Array(0);
  time: BigInt64Array = new BigInt64Array(0);
  row: Int32Array = new Int32Array(0);
  quantity: Float64Array = new Float64Array(0);
  price: Float64Array = new Float64Array(0);
  fee: Float64Array = new Float64Array(0);

  /** Makes room for `count` rows more. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.side.length) return;
    const capacity = Math.max(needed, 2 * this.side.length, 1024), grown = <T extends Int32Array | Int8Array | BigInt64Array | Float64Array>(old: T, array: T): T => {
      (array as Float64Array).set(old.subarray(0, this.length) as Float64Array);
      return array;
    };
    this.column = grown(this.column, new Int32Array(capacity));
    this.side = grown(this.side, new Int8Array(capacity));
    this.time = grown(this.time, new BigInt64Array(capacity));
    this.row = grown(this.row, new Int32Array(capacity));
    this.quantity = grown(this.quantity, new Float64Array(capacity));
    this.price = grown(this.price, new Float64Array(capacity));
    this.fee = grown(this.fee, new Float64Array(capacity));
  }
}
