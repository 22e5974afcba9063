/** The present key: a time that is an element of some column (so that nothing is allocated to keep it), a class, and a place. */

export class Clock {
  times: BigInt64Array;
  at = 0;
  class = -1;
  rank = -1;
  /** Absolute market row of a key of class 5. */
  row = -1;
  /** Times that stand in no column; they change. */
  readonly own: BigInt64Array = new BigInt64Array(2);
  private turn = 0;

  constructor(time: bigint) {
    this.times = this.own;
    this.own[0] = time;
  }

  get time(): bigint {
    return this.times[this.at];
  }

  /** A time that stands in no column. */
  set(time: bigint, timeClass: number): void {
    this.turn = 1 - this.turn;
    this.own[this.turn] = time;
    this.times = this.own;
    this.at = this.turn;
    this.class = timeClass;
  }
}
